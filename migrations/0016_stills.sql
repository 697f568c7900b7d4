-- Still pictures of charts that are shown elsewhere (Datawrapper, Flourish): which picture of the library is the one of which chart.
create table stills (
  -- Whose it is, and its id there: datawrapper/aBc12, flourish/visualisation/123.
  chart text primary key,
  -- Null until there is one. One that was taken down stays here, so that nothing brings it back.
  hash text references media (hash),
  -- When it was fetched last, in epoch milliseconds.
  fetched_at integer,
  -- How often it was tried since, and when the cron tries next; null when there is nothing to do.
  tries integer not null default 0,
  due_at integer,
  leased_until integer
) strict, without rowid;

-- What is to be fetched, by whoever looks each minute.
create index stills_due on stills (due_at) where due_at is not null;

-- What a story shows that is published: an old picture is fetched anew.
create index stills_hash on stills (hash) where hash is not null;

-- Which stories showed a chart when they were saved: what is to be rendered again when its picture comes.
create table chart_stories (
  chart text not null references stills (chart),
  article_id text not null references articles (id) on delete cascade,
  primary key (chart, article_id)
) strict, without rowid;

-- What goes with a story that is deleted for good.
create index chart_stories_article on chart_stories (article_id);
