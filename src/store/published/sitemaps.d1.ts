// Promises: a file of the sitemap reads the stories that it names and no others; the index a row for each file; news, two days.
// Relies on: `months` (store/months.d1.ts), the index of `live` on month and place, and places being times.
// Does not: know any clock: who asks says from when on a story is news.

import {
  changeOf,
  NEWS_STORIES,
  SITEMAP_ENTRIES,
  SITEMAP_URLS,
  type NewsStory,
  type PlainUrl,
  type SitemapFile,
  type SitemapIndex,
  type SitemapUrl,
} from "../../domain/sitemap.ts";
import type { Hero } from "../../domain/hero.ts";
import { LISTS } from "../../domain/lists.ts";
import type { Newest } from "../../domain/published.ts";
import { Fragment, readAs, sql, type Read } from "../batch.d1.ts";
import { IS_NAMED } from "../months.d1.ts";

/** Stories that the list for agents names. */
const NEWEST = 20;

/** Which stories are for the sitemap for news, of their `content`. `newsOf` in domain/sitemap.ts says the same. */
const IS_NEWS = new Fragment(
  `${IS_NAMED.text} and coalesce(content ->> 'kind', '') <> 'sponsored'`,
);

/** Every file that names a story, newest month first, and whether there are authors and tags to name. */
export function sitemapIndexQueries() {
  return [
    sql<SitemapFile>`
      select month, part, changed_at as changedAt from published_months
      order by month desc, part limit ${SITEMAP_URLS - 10}`,
    sql<{ authors: number; tags: number }>`
      select exists (select 1 from published_authorship) as authors, exists (select 1 from published_tagging) as tags`,
  ] as const;
}

export function sitemapIndexOf([files, [named]]: readonly [
  SitemapFile[],
  { authors: number; tags: number }[],
]): SitemapIndex {
  return { files, authors: named?.authors === 1, tags: named?.tags === 1 };
}

/** What one file of a month names, oldest first. It begins and ends where `months` says. */
export function monthSitemapQuery(month: string, part: number): Read<SitemapUrl> {
  const query = sql<{
    path: string;
    published_at: number;
    updated_at: number | null;
    hero: string | null;
  }>`
    select u.path, u.published_at, u.updated_at, json_extract(u.content, '$.hero') as hero
    from published_months m cross join published_urls u
      on u.month = m.month and u.place >= m.starts and u.place < coalesce((
        select min(starts) from published_month_files n where n.month = m.month and n.starts > m.starts), '~')
    where m.month = ${month} and m.part = ${part} and ${IS_NAMED}
    order by u.place limit ${SITEMAP_URLS}`;
  return readAs(query, (row) => ({
    path: row.path,
    changedAt: changeOf(row.published_at, row.updated_at),
    hero: row.hero === null ? null : (JSON.parse(row.hero) as Hero),
  }));
}

/** Pages that are no stories: a paper has a handful. */
export function plainPagesQuery(): Read<PlainUrl> {
  return sql<PlainUrl>`
    select path, max(published_at, coalesce(updated_at, 0)) as changedAt from published_pages
    where ${IS_NAMED} order by path limit ${PLAIN_URLS}`;
}

/** How many of them the sitemap names. */
const PLAIN_URLS = 5000;

/** The authors, or the tags, of live stories: found from one to the next in the index of their lists, however long these are. */
export function entriesSitemapQuery(kind: "author" | "tag"): Read<{ slug: string }> {
  const { view, key, entries } = LISTS[kind].index;
  const [rows, id, named] = [view, `${key}_id`, `published_${entries}`].map(
    (text) => new Fragment(text),
  );
  return sql<{ slug: string }>`
    with recursive hops (id) as (
      select min(${id ?? ""}) from ${rows ?? ""}
      union all
      select (select min(${id ?? ""}) from ${rows ?? ""} where ${id ?? ""} > hops.id) from hops where hops.id is not null
      limit ${SITEMAP_ENTRIES})
    select e.slug from hops cross join ${named ?? ""} e on e.id = hops.id order by e.slug`;
}

/** The stories that went out between two moments (epoch ms), newest first. */
export function newsQuery({ since, until }: { since: number; until: number }): Read<NewsStory> {
  return sql<NewsStory>`
    select path, published_at as publishedAt, content ->> 'title' as title, content ->> 'language' as language from (
      select u.path, u.published_at, u.place, u.content from published_urls u
      where u.place >= ${placeAt(since)} and u.place < ${placeAt(until + 1)} order by u.place desc limit ${NEWS_STORIES})
    where ${IS_NEWS} order by place desc`;
}

/** What sorts before every place of a moment. */
function placeAt(moment: number): string {
  return String(Math.max(0, moment)).padStart(15, "0");
}

/** The newest stories with what an agent is told of them. */
export function newestQuery(): Read<Newest> {
  return sql<Newest>`
    select c.id, c.path, c.content ->> 'title' as title, c.content ->> 'standfirst' as standfirst,
      coalesce(c.content ->> 'kind', 'news') as kind, c.content ->> 'language' as language from (
      select id from published_places order by place desc limit ${NEWEST}
    ) x cross join published_cards c on c.id = x.id order by c.place desc`;
}
