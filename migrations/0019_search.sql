-- Which stories name an author or a tag in what editors are at: lists narrowed by one read as many rows as they show. Written with the
-- head, in its transaction; `born` is the order of the editors' lists.
create table head_names (
  kind text not null check (kind in ('author', 'tag')),
  entry_id text not null,
  born text not null,
  article_id text not null references articles (id) on delete cascade,
  primary key (kind, entry_id, born)
) strict, without rowid;

-- The names of a story: what goes when its head changes.
create index head_names_article on head_names (article_id);

insert into head_names (kind, entry_id, born, article_id)
select 'author', j.value, a.born, a.id
from articles a join revisions r on r.article_id = a.id and r.n = a.head join json_each(r.content, '$.authors') j where true
on conflict do nothing;
insert into head_names (kind, entry_id, born, article_id)
select 'tag', j.value, a.born, a.id
from articles a join revisions r on r.article_id = a.id and r.n = a.head join json_each(r.content, '$.tags') j where true
on conflict do nothing;

-- Whose turn it is to bring the search index up to date: a number that grows, about the time in epoch milliseconds. Who has a later one
-- has looked later, and is not written over.
create table index_turn (
  only integer primary key check (only = 1),
  n integer not null
) strict;
insert into index_turn (only, n) values (1, 0);

-- The outbox takes one more kind, `index`. Which kinds there are says OutboxKind in src/store/outbox.d1.ts: SQLite cannot change a
-- check, and a table made anew for each is too much. Its rows keep their order: what is pending is listed by rowid.
drop index outbox_due;
drop index outbox_done;
alter table outbox rename to outbox_before;
create table outbox (
  id text primary key,
  kind text not null check (kind <> ''),
  payload text not null check (json_valid(payload)),
  attempts integer not null default 0,
  created_at integer not null,
  due_at integer not null,
  leased_until integer,
  done_at integer
) strict;
insert into outbox (rowid, id, kind, payload, attempts, created_at, due_at, leased_until, done_at)
select rowid, id, kind, payload, attempts, created_at, due_at, leased_until, done_at from outbox_before;
drop table outbox_before;
create index outbox_due on outbox (kind, due_at) where done_at is null;
create index outbox_done on outbox (done_at) where done_at is not null;
