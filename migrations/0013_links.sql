-- The corrections that readers see: of live stories, each a row, so that a page lists the newest of all in their order.
create table live_corrections (
  -- When it was made, padded to 15 digits, the story's id and which of its corrections it is: unique, and the only sort key.
  place text primary key,
  article_id text not null references live (article_id) on delete cascade,
  position integer not null,
  -- In epoch milliseconds.
  at integer not null,
  text text not null
) strict, without rowid;

-- The corrections of a story; what goes when it is withdrawn.
create index live_corrections_article on live_corrections (article_id);

-- Which redirects lead to a path: what a new one may make a circle with.
create index paths_targets on paths (target) where target is not null;

insert into live_corrections (place, article_id, position, at, text)
select printf('%015d-%s-%02d', c.value ->> 'at', l.article_id, c.key), l.article_id, c.key, c.value ->> 'at', c.value ->> 'text'
from live l
join revisions r on r.article_id = l.article_id and r.n = l.revision
join json_each(r.content, '$.corrections') c;

-- Where each stands, to skip to a page by: whoever skips needs no more of them.
create view published_correction_places as select place from live_corrections;

-- What readers are given of them, with the headline of the story and where it is.
create view published_corrections as
select
  c.place, c.at, c.text, l.article_id as id, l.path, r.content ->> 'title' as title, r.content ->> 'language' as language
from live_corrections c
join live l on l.article_id = c.article_id
join revisions r on r.article_id = l.article_id and r.n = l.revision;
