-- The outbox takes one more kind, `form`: the smaller forms of a picture that has come to open a story. Two that no code ever
-- wrote go. SQLite cannot change a check, so the table is made anew. Its rows keep their order: what is pending is listed by rowid.
drop index outbox_due;
drop index outbox_done;
alter table outbox rename to outbox_before;
create table outbox (
  id text primary key,
  kind text not null check (kind in ('purge', 'close', 'invalidate', 'copy', 'form')),
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
