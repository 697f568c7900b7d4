-- What a story says it is, the series that a tag may be, and what leads on from a story. Kind, sponsor, part and related stories are in
-- a revision's content; here is what is looked up.

-- The stories with the tag are parts of a series.
alter table tags add column series integer not null default 0 check (series in (0, 1));

-- The kind of the head revision, for the editors' list of one kind. Until now there was but one.
alter table articles add column kind text not null default 'news';
create index articles_kind on articles (kind, born);

-- As before, and whether it is a series.
drop view published_tags;
create view published_tags as
select t.id, t.slug, t.name, t.description, t.series from tags t
where exists (select 1 from live_tags x where x.tag = t.id);

-- The series that a live story is in, in the order of its tags.
create view published_series as
select x.article_id, x.position, t.id, t.slug, t.name
from live_tags x
cross join tags t on t.id = x.tag
where t.series = 1;

-- The other tags of a live story, in their order: by these it is near to others.
create view published_subjects as
select x.article_id, x.position, x.tag as tag_id
from live_tags x
cross join tags t on t.id = x.tag
where t.series = 0;

-- The live parts of a series by its id, with what another part names of each.
create view published_parts as
select
  x.tag as series_id, t.slug as series, t.name, x.place, x.article_id as id, l.path, r.content ->> 'title' as title,
  r.content ->> 'language' as language, coalesce(r.content ->> 'kind', 'news') as kind, r.content ->> 'part' as part
from live_tags x
cross join live l on l.article_id = x.article_id
cross join revisions r on r.article_id = l.article_id and r.n = l.revision
cross join tags t on t.id = x.tag;

-- As before, and what the story is.
drop view published_corrections;
create view published_corrections as
select
  c.place, c.at, c.text, l.article_id as id, l.path, r.content ->> 'title' as title, r.content ->> 'language' as language,
  coalesce(r.content ->> 'kind', 'news') as kind
from live_corrections c
join live l on l.article_id = c.article_id
join revisions r on r.article_id = l.article_id and r.n = l.revision;
