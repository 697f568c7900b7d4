-- Pages that are no stories (about, imprint): articles of another form, with the same life. They have no section and no date, and
-- stand in no list, so that what readers see of them has a table of its own, and every list reads `live` as before.

-- Never changes.
alter table articles add column form text not null default 'story' check (form in ('story', 'page'));

-- The editors' list of pages.
create index articles_pages on articles (born) where form = 'page';

-- Where a story names its section, a page names this row, which is deleted from the start and so never seen.
insert into sections (id, slug, name, position, listed, deleted_at) values ('', '', '', 0, 0, 0);

-- What readers see of a page. A row exists exactly while the page is live.
create table live_pages (
  article_id text primary key references articles (id),
  revision integer not null,
  path text not null unique,
  published_at integer not null,
  updated_at integer,
  foreign key (article_id, revision) references revisions (article_id, n)
) strict;

-- The pictures that live articles show, of either form: made anew, since a row belonged to one in `live`. It goes with the row of
-- its article in either table, whichever version of the Worker deletes that.
create table former_live_pictures as select * from live_pictures;
drop table live_pictures;
create table live_pictures (
  hash text not null references media (hash),
  article_id text not null references articles (id),
  primary key (hash, article_id)
) strict, without rowid;
insert into live_pictures (hash, article_id) select hash, article_id from former_live_pictures;
drop table former_live_pictures;

-- The pictures of an article; what goes when it is withdrawn.
create index live_pictures_article on live_pictures (article_id, hash);

create trigger live_pictures_of_story after delete on live begin
  delete from live_pictures where article_id = old.article_id;
end;
create trigger live_pictures_of_page after delete on live_pages begin
  delete from live_pictures where article_id = old.article_id;
end;

-- What readers are given. Where a page is, narrow enough for whoever follows an address; and all of it.
create view published_page_places as select article_id as id, path from live_pages;

create view published_pages as
select l.article_id as id, l.path, l.published_at, l.updated_at, r.content, r.body, r.html
from live_pages l
join revisions r on r.article_id = l.article_id and r.n = l.revision;
