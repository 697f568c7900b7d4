-- Pictures. The bytes are in R2, under the same hash; what stands here is what pages and editors need to know of them.

create table media (
  -- 160 bits of the SHA-256 of the kept bytes, in base32.
  hash text primary key,
  name text not null,
  type text not null check (type in ('image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif')),
  width integer not null,
  height integer not null,
  bytes integer not null,
  animated integer not null check (animated in (0, 1)),
  -- Names the bytes in R2 together with the hash: each time it is taken in, anew, so that whoever takes it down deletes
  -- what they saw, and not what came after.
  kept text not null,
  -- What stories are told of it unless they say it themselves.
  alt text,
  decorative integer not null check (decorative in (0, 1)),
  caption text,
  credit text,
  focal_point text not null,
  created_at integer not null,
  created_by text not null,
  -- Readers have been shown it: where it is not shown any more, its addresses answer 410 and not 404.
  shown integer not null default 0 check (shown in (0, 1)),
  -- Taken down: the bytes are gone.
  removed_at integer,
  -- Zero-padded created_at, then the hash: the order of the editors' list.
  born text not null unique
) strict;

-- The pictures that a revision shows.
create table revision_pictures (
  article_id text not null,
  n integer not null,
  hash text not null references media (hash),
  primary key (article_id, n, hash),
  foreign key (article_id, n) references revisions (article_id, n)
) strict, without rowid;

-- Which stories use a picture.
create index revision_pictures_hash on revision_pictures (hash, article_id, n);

-- The pictures that live stories show: readers get these, and no others.
create table live_pictures (
  hash text not null references media (hash),
  article_id text not null references live (article_id) on delete cascade,
  primary key (hash, article_id)
) strict, without rowid;

-- The pictures of a story; what goes when it is withdrawn.
create index live_pictures_article on live_pictures (article_id, hash);

-- The first picture of a revision's body that has neither alt text nor a mark that it is decorative: it may be saved so,
-- and not published.
alter table revisions add column undescribed text;

-- The paper's logo is shown on every page.
create view published_logo as
select value ->> 'src' as src from settings where name = 'logo' and public = 1 and value <> 'null';

-- What readers may have of the library, and what they had once.
create view published_media as
select
  m.hash, m.name, m.type, m.kept,
  m.removed_at is not null or not (
    exists (select 1 from live_pictures x where x.hash = m.hash)
    or exists (select 1 from published_logo l where instr(l.src, '/media/' || m.hash || '/') = 1)
  ) as gone
from media m
where m.shown = 1
  or exists (select 1 from published_logo l where instr(l.src, '/media/' || m.hash || '/') = 1);
