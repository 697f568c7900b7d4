-- The newsroom. What each table is for, with an example row, stands in migrations/README.md.
-- Times are epoch milliseconds. Lists inside a row are JSON. Order is always by `place`, never by time.

create table sections (
  slug text primary key,
  name text not null,
  description text,
  position integer not null
) strict;

create table authors (
  slug text primary key,
  name text not null,
  role text,
  bio text
) strict;

create table tags (
  slug text primary key,
  name text not null,
  description text
) strict;

create table settings (
  name text primary key,
  value text not null check (json_valid(value)),
  public integer not null check (public in (0, 1))
) strict;

-- A story: its life, and which of its revisions is which. Nothing in here is read by readers.
create table articles (
  id text primary key,
  status text not null check (status in ('draft', 'inReview', 'scheduled', 'published', 'withdrawn', 'binned')),
  version integer not null,
  head integer not null,
  live integer,
  last_live integer,
  scheduled integer,
  scheduled_for integer,
  expires_at integer,
  first_published_at integer,
  changed_at integer,
  published_at integer,
  updated_at integer,
  created_at integer not null,
  created_by text not null,
  binned_at integer,
  assignee text,
  review_note text,
  source text,
  source_key text,
  source_hash text,
  -- Former paths elsewhere that an importer named: they lead to the story while it is live.
  redirect_from text not null default '[]' check (json_valid(redirect_from)),
  -- Of the head revision, so that two drafts cannot want one URL.
  section text not null references sections (slug),
  path text not null,
  -- Zero-padded created_at, then the id: the order of the editors' list.
  born text not null unique
) strict;

-- Two stories never want one URL; the bin lets go of it.
create unique index articles_path on articles (path) where status <> 'binned';
-- An importer finds its own story again.
create unique index articles_source on articles (source, source_key) where source is not null;
-- The cron asks what is due.
create index articles_scheduled on articles (scheduled_for) where scheduled_for is not null;
create index articles_expiring on articles (expires_at) where expires_at is not null;

-- Every save. The long columns come last: SQLite reads a row from the front and stops where it can.
create table revisions (
  article_id text not null references articles (id),
  n integer not null,
  title text not null,
  slug text not null,
  standfirst text,
  section text not null,
  tags text not null check (json_valid(tags)),
  authors text not null check (json_valid(authors)),
  hero text check (json_valid(hero)),
  language text,
  canonical_url text,
  translation_of text,
  corrections text not null check (json_valid(corrections)),
  seo text not null check (json_valid(seo)),
  published_at integer,
  updated_at integer,
  material integer not null check (material in (0, 1)),
  words integer not null,
  saved_at integer not null,
  saved_by text not null,
  body text not null,
  html text not null,
  primary key (article_id, n)
) strict;

-- The translations of a story.
create index revisions_translations on revisions (translation_of) where translation_of is not null;

-- What readers see of a story. A row exists exactly while the story is live, so that nothing else can be reached.
create table live (
  article_id text primary key references articles (id),
  revision integer not null,
  section text not null references sections (slug),
  path text not null unique,
  place text not null unique,
  month text not null,
  published_at integer not null,
  updated_at integer,
  foreign key (article_id, revision) references revisions (article_id, n)
) strict;

-- A section front, and the latest of a section under a story.
create index live_section on live (section, place);
-- A month of the archive, and which months have stories; the same of one section.
create index live_month on live (month, place);
create index live_section_month on live (section, month, place);

create table live_tags (
  tag text not null references tags (slug),
  place text not null,
  article_id text not null references live (article_id) on delete cascade,
  position integer not null,
  primary key (tag, place)
) strict, without rowid;

-- The tags of a story; what goes when it is withdrawn.
create index live_tags_article on live_tags (article_id, position);

create table live_authors (
  author text not null references authors (slug),
  place text not null,
  article_id text not null references live (article_id) on delete cascade,
  position integer not null,
  primary key (author, place)
) strict, without rowid;

-- The bylines of a story, in order.
create index live_authors_article on live_authors (article_id, position);

-- Every path that ever meant something and is not a page of its own: a story's present and past paths
-- (kind article: served, moved or gone as the story is), and the editors' redirects.
create table paths (
  path text primary key,
  kind text not null check (kind in ('article', 'exact', 'prefix', 'gone')),
  article_id text references articles (id),
  target text,
  created_at integer not null,
  -- A redirect made over a story's former path remembers whose it was, and gives it back when it is deleted.
  check (kind <> 'article' or article_id is not null),
  check ((kind in ('exact', 'prefix')) = (target is not null))
) strict;

-- The editors' list of redirects.
create index paths_redirects on paths (path) where kind <> 'article';

create table front (
  only integer primary key check (only = 1),
  lead text references articles (id),
  pinned text not null check (json_valid(pinned))
) strict;
insert into front (only, lead, pinned) values (1, null, '[]');

create table keys (
  id text primary key,
  name text not null,
  role text not null check (role in ('admin', 'editor', 'author', 'contributor')),
  author text,
  hash text not null,
  created_at integer not null,
  last_used_at integer,
  revoked_at integer
) strict;

create table audit (
  id integer primary key autoincrement,
  at integer not null,
  actor text not null,
  act text not null,
  subject text not null,
  detail text not null check (json_valid(detail))
) strict;
-- The history of one story or one key.
create index audit_subject on audit (subject, id);

create table outbox (
  id text primary key,
  kind text not null check (kind in ('purge', 'close', 'invalidate', 'copy', 'index', 'hook')),
  payload text not null check (json_valid(payload)),
  attempts integer not null default 0,
  created_at integer not null,
  due_at integer not null,
  leased_until integer,
  done_at integer
) strict;
-- What is still to do, by when.
create index outbox_due on outbox (due_at) where done_at is null;
-- What is done and old enough to be forgotten.
create index outbox_done on outbox (done_at) where done_at is not null;

-- The first answer to an Idempotency-Key, for 24 hours.
create table idempotency (
  owner text not null,
  key text not null,
  body_hash text not null,
  article_id text not null,
  answer text not null check (json_valid(answer)),
  created_at integer not null,
  primary key (owner, key)
) strict;
create index idempotency_created on idempotency (created_at);

-- Moved by every public act from the value it read: two acts that read the same newsroom cannot both commit.
create table edition (
  only integer primary key check (only = 1),
  n integer not null
) strict;
insert into edition (only, n) values (1, 0);

-- Never holds a row. A null in one of its columns aborts the batch and names what was lost.
create table guard (
  version integer not null default 0,
  edition integer not null default 0,
  path integer not null default 0,
  present integer not null default 0
) strict;

-- What readers are given. Everything here starts from `live`.

create view published_bylines as
select x.article_id, x.position, x.place, a.slug, a.name, a.role, a.bio
from live_authors x
join authors a on a.slug = x.author;

create view published_topics as
select x.article_id, x.position, x.place, t.slug, t.name, t.description
from live_tags x
join tags t on t.slug = x.tag;

create view published_cards as
select
  l.article_id as id, l.path, l.place, l.month, l.section, s.name as section_name,
  r.title, r.standfirst, r.hero, r.language, l.published_at, l.updated_at,
  (select json_group_array(json_object('slug', b.slug, 'name', b.name) order by b.position)
   from published_bylines b where b.article_id = l.article_id) as authors
from live l
join revisions r on r.article_id = l.article_id and r.n = l.revision
join sections s on s.slug = l.section;

create view published_stories as
select
  l.article_id as id, l.path, l.place, l.month, l.section, s.name as section_name,
  r.title, r.standfirst, r.hero, r.language, l.published_at, l.updated_at,
  r.canonical_url, r.translation_of, r.corrections, r.seo, r.words, r.body, r.html
from live l
join revisions r on r.article_id = l.article_id and r.n = l.revision
join sections s on s.slug = l.section;

-- The order of an author's and a tag's list, narrow enough that an OFFSET skips index rows only.
create view published_authorship as select author, place, article_id from live_authors;
create view published_tagging as select tag, place, article_id from live_tags;

create view published_places as
select article_id as id, path, place, month, section from live;

create view published_authors as
select a.slug, a.name, a.role, a.bio from authors a
where exists (select 1 from live_authors x where x.author = a.slug);

create view published_tags as
select t.slug, t.name, t.description from tags t
where exists (select 1 from live_tags x where x.tag = t.slug);

create view published_sections as
select slug, name, description, position from sections;

create view published_front as
select 0 as position, l.article_id as id
from front f
join live l on l.article_id = f.lead
union all
select j.key + 1, l.article_id
from front f, json_each(f.pinned) j
join live l on l.article_id = j.value;

create view published_translations as
select l.article_id as id, r.translation_of, l.path, r.title, r.language
from revisions r
join live l on l.article_id = r.article_id and l.revision = r.n
where r.translation_of is not null;

create view public_settings as
select name, value from settings where public = 1;
