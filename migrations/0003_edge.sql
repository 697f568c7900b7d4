-- What the edge is told, by when, and how much of it: the outbox is from the first migration.

-- How often the cache in front of the Worker may still be told to forget: the platform's limit, kept by ourselves, so that
-- a burst of publishing does not use up what the minute's tick needs. https://developers.cloudflare.com/workers/cache/limitations/
create table purge_allowance (
  only integer primary key check (only = 1),
  tokens real not null,
  -- When `tokens` was true.
  at integer not null
) strict;
insert into purge_allowance (only, tokens, at) values (1, 25, 0);

-- How many last good copies were written on a day (yyyy-mm-dd, UTC), since KV counts them by day.
create table copies_written (
  day text primary key,
  n integer not null
) strict;

-- Which version of the Worker served last, and when the cron last ran.
create table deployment (
  only integer primary key check (only = 1),
  version text,
  since integer,
  ticked_at integer
) strict;
insert into deployment (only) values (1);

-- Due rows of one kind. A copy of what must not be seen again is due since ever (0), and so comes first.
drop index outbox_due;
create index outbox_due on outbox (kind, due_at) where done_at is null;
