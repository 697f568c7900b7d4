-- What a revision says is one column of JSON (Content in src/domain/article.ts, without its body), so that a new field of a story
-- is no new column. Section, tags and authors stand in it by their ids. Beside it are the body, its HTML, what rendering told, and
-- what is looked up. Tables that point to revisions are made anew with it: SQLite cannot change what a key points to.

drop view revisions_by_slug;
drop view published_stories;
drop view published_cards;
drop view published_translations;

create table former_revisions as select * from revisions;
create table former_revision_pictures as select * from revision_pictures;
create table former_live as select * from live;
create table former_live_tags as select * from live_tags;
create table former_live_authors as select * from live_authors;
create table former_live_pictures as select * from live_pictures;
drop table live_pictures;
drop table live_authors;
drop table live_tags;
drop table live;
drop table revision_pictures;
drop table revisions;

-- Every save. The long columns come last: SQLite reads a row from the front and stops where it can.
create table revisions (
  article_id text not null references articles (id),
  n integer not null,
  content text not null check (json_valid(content)),
  -- Of the content, what is looked up.
  translation_of text generated always as (content ->> 'translationOf') virtual,
  words integer not null,
  -- The first picture of the body that has neither alt text nor a mark that it is decorative.
  undescribed text,
  material integer not null check (material in (0, 1)),
  saved_at integer not null,
  saved_by text not null,
  -- Which renderer made the HTML.
  renderer integer not null default 1,
  body text not null,
  html text not null,
  primary key (article_id, n)
) strict;

insert into revisions (article_id, n, content, words, undescribed, material, saved_at, saved_by, renderer, body, html)
select article_id, n,
  json_object(
    'title', title, 'slug', slug, 'slugWritten', json(iif(slug_written, 'true', 'false')), 'standfirst', standfirst,
    'section', section, 'tags', json(tags), 'authors', json(authors), 'hero', json(hero), 'language', language,
    'canonicalUrl', canonical_url, 'translationOf', translation_of, 'corrections', json(corrections), 'seo', json(seo),
    'publishedAt', published_at, 'updatedAt', updated_at),
  words, undescribed, material, saved_at, saved_by, renderer, body, html
from former_revisions;

-- The translations of a story.
create index revisions_translations on revisions (translation_of) where translation_of is not null;

-- The pictures that a revision shows.
create table revision_pictures (
  article_id text not null,
  n integer not null,
  hash text not null references media (hash),
  primary key (article_id, n, hash),
  foreign key (article_id, n) references revisions (article_id, n)
) strict, without rowid;
insert into revision_pictures (article_id, n, hash) select article_id, n, hash from former_revision_pictures;

-- Which stories use a picture.
create index revision_pictures_hash on revision_pictures (hash, article_id, n);

-- What readers see of a story. A row exists exactly while the story is live, so that nothing else can be reached.
create table live (
  article_id text primary key references articles (id),
  revision integer not null,
  section text not null references sections (id),
  path text not null unique,
  place text not null unique,
  month text not null,
  published_at integer not null,
  updated_at integer,
  foreign key (article_id, revision) references revisions (article_id, n)
) strict;
insert into live (article_id, revision, section, path, place, month, published_at, updated_at)
select article_id, revision, section, path, place, month, published_at, updated_at from former_live;

-- A section front, and the latest of a section under a story.
create index live_section on live (section, place);
-- A month of the archive, and which months have stories; the same of one section.
create index live_month on live (month, place);
create index live_section_month on live (section, month, place);

create table live_tags (
  tag text not null references tags (id),
  place text not null,
  article_id text not null references live (article_id) on delete cascade,
  position integer not null,
  primary key (tag, place)
) strict, without rowid;
insert into live_tags (tag, place, article_id, position) select tag, place, article_id, position from former_live_tags;

-- The tags of a story; what goes when it is withdrawn.
create index live_tags_article on live_tags (article_id, position);

create table live_authors (
  author text not null references authors (id),
  place text not null,
  article_id text not null references live (article_id) on delete cascade,
  position integer not null,
  primary key (author, place)
) strict, without rowid;
insert into live_authors (author, place, article_id, position)
select author, place, article_id, position from former_live_authors;

-- The bylines of a story, in order.
create index live_authors_article on live_authors (article_id, position);

-- The pictures that live stories show: readers get these, and no others.
create table live_pictures (
  hash text not null references media (hash),
  article_id text not null references live (article_id) on delete cascade,
  primary key (hash, article_id)
) strict, without rowid;
insert into live_pictures (hash, article_id) select hash, article_id from former_live_pictures;

-- The pictures of a story; what goes when it is withdrawn.
create index live_pictures_article on live_pictures (article_id, hash);

drop table former_revisions;
drop table former_revision_pictures;
drop table former_live;
drop table former_live_tags;
drop table former_live_authors;
drop table former_live_pictures;

-- Revisions as editors read them: with slugs.
create view revisions_by_slug as
select
  r.article_id, r.n, s.slug as section, r.content ->> 'slug' as slug, r.content ->> 'title' as title,
  json_set(
    r.content, '$.section', s.slug,
    '$.tags', json((
      select json_group_array(t.slug order by j.key) from json_each(r.content, '$.tags') j join tags t on t.id = j.value)),
    '$.authors', json((
      select json_group_array(a.slug order by j.key) from json_each(r.content, '$.authors') j join authors a on a.id = j.value))
  ) as content,
  (select json_group_array(u.hash order by u.hash) from revision_pictures u where u.article_id = r.article_id and u.n = r.n) as pictures,
  r.words, r.undescribed, r.material, r.saved_at, r.saved_by, r.body, r.html
from revisions r
join sections s on s.id = r.content ->> 'section';

-- What readers see of a story, as editors read it: with slugs.
create view live_by_slug as
select
  l.article_id, l.revision, s.slug as section, l.path, l.place, l.month, l.published_at, l.updated_at,
  (select json_group_array(t.slug order by x.position) from live_tags x join tags t on t.id = x.tag
   where x.article_id = l.article_id) as tags,
  (select json_group_array(a.slug order by x.position) from live_authors x join authors a on a.id = x.author
   where x.article_id = l.article_id) as authors,
  (select json_group_array(x.hash order by x.hash) from live_pictures x where x.article_id = l.article_id) as pictures,
  r.content
from live l
join sections s on s.id = l.section
join revisions r on r.article_id = l.article_id and r.n = l.revision;

-- What readers are given. The columns beside `content` that are made of it are read by the Worker of before.

create view published_cards as
select
  l.article_id as id, l.path, l.place, l.month, l.section as section_id, s.slug as section, s.name as section_name,
  r.content, l.published_at, l.updated_at,
  (select json_group_array(json_object('slug', b.slug, 'name', b.name) order by b.position)
   from published_bylines b where b.article_id = l.article_id) as authors,
  r.content ->> 'title' as title, r.content ->> 'standfirst' as standfirst, json_extract(r.content, '$.hero') as hero,
  r.content ->> 'language' as language
from live l
join revisions r on r.article_id = l.article_id and r.n = l.revision
join sections s on s.id = l.section;

create view published_stories as
select
  l.article_id as id, l.path, l.place, l.month, s.slug as section, s.name as section_name,
  r.content, l.published_at, l.updated_at, r.words, r.body, r.html,
  r.content ->> 'title' as title, r.content ->> 'standfirst' as standfirst, json_extract(r.content, '$.hero') as hero,
  r.content ->> 'language' as language, r.content ->> 'canonicalUrl' as canonical_url, r.translation_of,
  r.content -> 'corrections' as corrections, r.content -> 'seo' as seo
from live l
join revisions r on r.article_id = l.article_id and r.n = l.revision
join sections s on s.id = l.section;

create view published_translations as
select l.article_id as id, r.translation_of, l.path, r.content ->> 'title' as title, r.content ->> 'language' as language
from revisions r
join live l on l.article_id = r.article_id and l.revision = r.n
where r.translation_of is not null;
