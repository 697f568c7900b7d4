-- The files that the sitemap has for each month, and what must be known of each without reading its stories.
create table months (
  -- yyyy-mm in the paper's time zone, as live.month has it.
  month text not null,
  -- The place at which the file begins; it ends where the month's next one does. '' for the first.
  starts text not null,
  -- Which file of the month it is, from 1, in its address: in the order in which they came to be.
  part integer not null,
  -- How many live stories stand in it, and how many of these it names.
  stories integer not null,
  urls integer not null,
  -- When what it says changed last, in epoch ms.
  changed_at integer not null,
  primary key (month, starts)
) strict, without rowid;

-- A file by its address.
create unique index months_part on months (month, part);

-- 5,000 stories a file: SITEMAP_PART in src/domain/sitemap.ts.
insert into months (month, starts, part, stories, urls, changed_at)
select month, iif(part = 1, '', min(place)), part, count(*), sum(named), max(changed_at)
from (
  select l.month, l.place, (row_number() over (partition by l.month order by l.place) - 1) / 5000 + 1 as part,
    r.content ->> 'canonicalUrl' is null as named, max(l.published_at, coalesce(l.updated_at, 0)) as changed_at
  from live l
  join revisions r on r.article_id = l.article_id and r.n = l.revision)
group by month, part;

-- What readers are given of them: files that name something, and where each begins, also of those that name nothing now.
create view published_months as select month, starts, part, changed_at from months where urls > 0;
create view published_month_files as select month, starts from months;

-- What sitemaps are made of: of each live story where it stands, and what it says of itself.
create view published_urls as
select l.month, l.place, l.path, l.published_at, l.updated_at, r.content
from live l
join revisions r on r.article_id = l.article_id and r.n = l.revision;

-- Settings of which a file of their own is made, and no page: they are not public, and read with that file alone.
create view published_files as
select name, value from settings
where name in ('contentSignals', 'robots', 'security', 'adsTxt', 'appAdsTxt', 'trustTxt', 'humansTxt');
