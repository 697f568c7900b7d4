-- The front page as editors arrange it: rows with names, words and pictures of an entry's own, and a front that is to come.
-- Whoever wrote `lead` and `pinned` alone goes on doing so.

alter table front add column version integer not null default 1;
-- By which version lead, pinned, rows and scheduled changed last.
alter table front add column field_versions text not null default '{}' check (json_valid(field_versions));
-- Named rows below the pinned: [{"name": …, "stories": [ids]}].
alter table front add column named text not null default '[]' check (json_valid(named));
-- What an entry says on the front page alone, by its story's id: {"id": {"title": …, "standfirst": …, "hero": …}}, null for the story's own.
alter table front add column own text not null default '{}' check (json_valid(own));
-- The placement that goes up at `scheduled_for`, whole.
alter table front add column scheduled text check (scheduled is null or json_valid(scheduled));
alter table front add column scheduled_for integer check ((scheduled_for is null) = (scheduled is null));

-- The library's pictures that entries have of their own: of the front that is up (0) and of the one that is to come (1).
create table front_pictures (
  article_id text not null references articles (id) on delete cascade,
  scheduled integer not null check (scheduled in (0, 1)),
  hash text not null references media (hash),
  primary key (article_id, scheduled)
) strict, without rowid;

-- Whether the front page shows a picture.
create index front_pictures_hash on front_pictures (hash, scheduled, article_id);

-- What readers are given of the front page: only what is live. A row in which nothing is has no line here, and so no name.
-- `published_front`, without rows, is read by the Worker of before.
create view published_placed as
select -1 as in_row, 0 as position, null as row_name, l.article_id as id, f.own -> l.article_id as own
from front f
cross join live l on l.article_id = f.lead
union all
select -1, p.key + 1, null, l.article_id, f.own -> l.article_id
from front f
cross join json_each(f.pinned) p
cross join live l on l.article_id = p.value
union all
select r.key, s.key, r.value ->> 'name', l.article_id, f.own -> l.article_id
from front f
cross join json_each(f.named) r
cross join json_each(r.value, '$.stories') s
cross join live l on l.article_id = s.value;

create view published_front_pictures as
select p.hash, p.article_id
from front_pictures p
cross join live l on l.article_id = p.article_id
where p.scheduled = 0;

-- As before, and what the front page shows.
drop view published_media;
create view published_media as
select
  m.hash, m.name, m.type, m.kept,
  m.removed_at is not null or not (
    exists (select 1 from live_pictures x where x.hash = m.hash)
    or exists (select 1 from published_logo l where instr(l.src, '/media/' || m.hash || '/') = 1)
    or exists (select 1 from published_front_pictures f where f.hash = m.hash)
  ) as gone
from media m
where m.shown = 1
  or exists (select 1 from published_logo l where instr(l.src, '/media/' || m.hash || '/') = 1)
  or exists (select 1 from published_front_pictures f where f.hash = m.hash);
