-- What a newsroom does with a story before readers see it: review, assignment, notes, previews, and who has it open.

-- The highest number that a revision of the story has: discarding a draft takes the head back, and numbers never come twice.
alter table articles add column last_revision integer not null default 0;
update articles set last_revision = (select max(n) from revisions r where r.article_id = articles.id);
-- The revision that was submitted and waits for an editor, when and by whom.
alter table articles add column submitted integer;
alter table articles add column submitted_at integer;
alter table articles add column submitted_by text;
-- How long it is to be, in words, and when it is to go out: plans, which nothing follows by itself.
alter table articles add column planned_words integer;
alter table articles add column planned_for integer;
-- By which version each field changed last, so that who lost a race is told what changed since they read.
alter table articles add column field_versions text not null default '{}' check (json_valid(field_versions));
-- Of the versions until now nobody knows.
update articles set field_versions = json_object('*', version);

-- When it was removed because the law says so: whoever may do that may also bring it back, and nobody else.
alter table articles add column removed_at integer;

-- What waits for review, and what is assigned to somebody (`assignee` is the id of an author), in the order of the editors' list.
create index articles_submitted on articles (born) where submitted is not null;
create index articles_assignee on articles (assignee, born) where assignee is not null;
-- The editors' list of one status.
create index articles_status on articles (status, born);

-- Why the editor saved it, when the run of quick saves that it is began, and whether that run is over for good.
alter table revisions add column reason text;
alter table revisions add column began_at integer;
alter table revisions add column sealed integer not null default 0 check (sealed in (0, 1));

-- `cross join` says which table comes first: where tags are few, statistics let SQLite read all of them for each story.
drop view revisions_by_slug;
create view revisions_by_slug as
select
  r.article_id, r.n, s.slug as section, r.content ->> 'slug' as slug, r.content ->> 'title' as title,
  json_set(
    r.content, '$.section', s.slug,
    '$.tags', json((
      select json_group_array(t.slug order by j.key) from json_each(r.content, '$.tags') j cross join tags t on t.id = j.value)),
    '$.authors', json((
      select json_group_array(a.slug order by j.key) from json_each(r.content, '$.authors') j cross join authors a on a.id = j.value))
  ) as content,
  (select json_group_array(u.hash order by u.hash) from revision_pictures u where u.article_id = r.article_id and u.n = r.n) as pictures,
  r.words, r.undescribed, r.material, r.saved_at, r.saved_by, r.reason, coalesce(r.began_at, r.saved_at) as began_at, r.sealed,
  r.body, r.html
from revisions r
join sections s on s.id = r.content ->> 'section';

-- As before, but of one table: a view of several is read whole where it is joined from the left
-- (https://www.sqlite.org/optoverview.html#flattening), and every editor's call did so.
drop view live_by_slug;
create view live_by_slug as
select
  l.article_id, l.revision, (select s.slug from sections s where s.id = l.section) as section, l.path, l.place, l.month,
  l.published_at, l.updated_at,
  (select json_group_array(t.slug order by x.position) from live_tags x cross join tags t on t.id = x.tag
   where x.article_id = l.article_id) as tags,
  (select json_group_array(a.slug order by x.position) from live_authors x cross join authors a on a.id = x.author
   where x.article_id = l.article_id) as authors,
  (select json_group_array(x.hash order by x.hash) from live_pictures x where x.article_id = l.article_id) as pictures,
  (select r.content from revisions r where r.article_id = l.article_id and r.n = l.revision) as content
from live l;

-- The thread of notes on a story. Readers never get any of it.
create table notes (
  id text primary key,
  article_id text not null references articles (id),
  at integer not null,
  by text not null,
  kind text not null check (kind in ('note', 'submit', 'return')),
  text text,
  -- Zero-padded `at`, then the id: the order of the thread.
  born text not null unique,
  check (text is not null or kind = 'submit')
) strict;
create index notes_article on notes (article_id, born);

-- Links by which one revision can be read without a key. The token is not stored, only its SHA-256.
create table previews (
  id text primary key,
  token_hash text not null unique,
  article_id text not null,
  n integer not null,
  created_at integer not null,
  created_by text not null,
  expires_at integer not null,
  revoked_at integer,
  foreign key (article_id, n) references revisions (article_id, n)
) strict;
create index previews_article on previews (article_id, created_at);
-- What is over and can be deleted.
create index previews_expiry on previews (expires_at);

-- Who has a story open: one row for each, forgotten a minute after the last sign of life.
create table presence (
  article_id text not null references articles (id),
  actor text not null,
  since integer not null,
  at integer not null,
  primary key (article_id, actor)
) strict, without rowid;
create index presence_at on presence (at);

-- While a key is rotated both secrets are valid, until this time.
alter table keys add column former_hash text;
alter table keys add column former_until integer;

-- What of the outbox the call left to be done that an Idempotency-Key was sent with: a retry is told whether it is.
alter table idempotency add column outbox text not null default '[]' check (json_valid(outbox));

-- Where a story was that is deleted for good: gone, until another story comes there. Editors' own redirects never say so.
alter table paths add column vacated integer not null default 0 check (vacated in (0, 1));

-- The addresses of a story.
create index paths_article on paths (article_id) where article_id is not null;

-- What is past bringing back.
create index articles_binned on articles (binned_at) where binned_at is not null;

-- The records of one actor, of one kind of act, and of a stretch of time.
create index audit_actor on audit (actor, id);
create index audit_act on audit (act, id);
create index audit_at on audit (at);
