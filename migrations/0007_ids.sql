-- Sections, authors and tags get an id that never changes, with a unique slug beside it. Whatever is stored names them by their
-- ids; what is sent and read says slugs. Those of before keep the slug that they had as their id. What is deleted stays as a row:
-- revisions of the past still say what it was called, and it comes back with its slug.

drop view published_stories;
drop view published_cards;
drop view published_bylines;
drop view published_topics;
drop view published_authorship;
drop view published_tagging;
drop view published_places;
drop view published_authors;
drop view published_tags;
drop view published_sections;

-- The foreign keys of articles, live, live_tags and live_authors follow.
alter table sections rename column slug to id;
alter table authors rename column slug to id;
alter table tags rename column slug to id;
alter table sections add column slug text not null default '';
alter table authors add column slug text not null default '';
alter table tags add column slug text not null default '';
alter table sections add column deleted_at integer;
alter table authors add column deleted_at integer;
alter table tags add column deleted_at integer;
update sections set slug = id;
update authors set slug = id;
update tags set slug = id;
create unique index sections_slug on sections (slug);
create unique index authors_slug on authors (slug);
create unique index tags_slug on tags (slug);

-- A section that only the bin still named was deleted before, and its stories filed under another: it has a row again, deleted,
-- and so have authors and tags that only revisions of the past name.
insert into sections (id, slug, name, position, deleted_at)
select distinct section, section, section, 0, 0 from revisions where section not in (select id from sections);
insert into authors (id, slug, name, deleted_at)
select distinct value, value, value, 0 from revisions, json_each(authors) where value not in (select id from authors);
insert into tags (id, slug, name, deleted_at)
select distinct value, value, value, 0 from revisions, json_each(tags) where value not in (select id from tags);
update articles set section = (select r.section from revisions r where r.article_id = articles.id and r.n = articles.head);

-- Revisions as editors read them: with slugs.
create view revisions_by_slug as
select
  r.article_id, r.n, r.title, r.slug, r.slug_written, r.standfirst, s.slug as section,
  (select json_group_array(t.slug order by j.key) from json_each(r.tags) j join tags t on t.id = j.value) as tags,
  (select json_group_array(a.slug order by j.key) from json_each(r.authors) j join authors a on a.id = j.value) as authors,
  r.hero, r.language, r.canonical_url, r.translation_of, r.corrections, r.seo, r.published_at, r.updated_at, r.material,
  r.words, r.saved_at, r.saved_by, r.undescribed, r.body, r.html
from revisions r
join sections s on s.id = r.section;

-- What readers are given, as before; what is looked up by a section, an author or a tag is looked up by its id.

create view published_bylines as
select x.article_id, x.position, x.place, a.slug, a.name, a.role, a.bio
from live_authors x
join authors a on a.id = x.author;

create view published_topics as
select x.article_id, x.position, x.place, t.slug, t.name, t.description
from live_tags x
join tags t on t.id = x.tag;

create view published_cards as
select
  l.article_id as id, l.path, l.place, l.month, l.section as section_id, s.slug as section, s.name as section_name,
  r.title, r.standfirst, r.hero, r.language, l.published_at, l.updated_at,
  (select json_group_array(json_object('slug', b.slug, 'name', b.name) order by b.position)
   from published_bylines b where b.article_id = l.article_id) as authors
from live l
join revisions r on r.article_id = l.article_id and r.n = l.revision
join sections s on s.id = l.section;

create view published_stories as
select
  l.article_id as id, l.path, l.place, l.month, s.slug as section, s.name as section_name,
  r.title, r.standfirst, r.hero, r.language, l.published_at, l.updated_at,
  r.canonical_url, r.translation_of, r.corrections, r.seo, r.words, r.body, r.html
from live l
join revisions r on r.article_id = l.article_id and r.n = l.revision
join sections s on s.id = l.section;

-- The columns of before stand beside: the Worker of before, which looks up by slugs, finds what had its slug for an id.
create view published_authorship as select author as author_id, author, place, article_id from live_authors;
create view published_tagging as select tag as tag_id, tag, place, article_id from live_tags;

create view published_places as
select article_id as id, path, place, month, section as section_id, section from live;

create view published_authors as
select a.id, a.slug, a.name, a.role, a.bio from authors a
where exists (select 1 from live_authors x where x.author = a.id);

create view published_tags as
select t.id, t.slug, t.name, t.description from tags t
where exists (select 1 from live_tags x where x.tag = t.id);

create view published_sections as
select id, slug, name, description, position from sections where deleted_at is null;
