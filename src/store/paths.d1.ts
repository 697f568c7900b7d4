// Promises: who holds a path: a live story, a draft, a schedule, a redirect, or a story that was there once.
// Relies on: articles.path and live.path, each unique.
// Does not: write a path (live.d1.ts and redirects.d1.ts do), or follow one (published/addresses.d1.ts does).

import { sql, type Read } from "./batch.d1.ts";

/** Who holds a path: a live story, what a draft or a schedule wants, or an editors' redirect. */
export interface PathHolder {
  path: string;
  /** `former`: a story was there once, and its address still redirects or returns 410. Who names the path may have it. */
  holder: "live" | "draft" | "scheduled" | "redirect" | "former";
  articleId: string | null;
}

/** Finds who holds each of the given paths, and those that the heads of the given stories want. */
export function pathHoldersQuery(paths: string[], ids: string[] = []): Read<PathHolder> {
  return sql<PathHolder>`
    with wanted (path) as (
      select value from json_each(${JSON.stringify(paths)})
      union select path from articles where id in (select value from json_each(${JSON.stringify(ids)})))
    select path, 'live' as holder, article_id as articleId from live where path in (select path from wanted)
    union all
    select path, 'draft', id from articles where path in (select path from wanted) and status <> 'binned'
    union all
    select '/' || r.section || '/' || r.slug, 'scheduled', a.id
    from articles a join revisions_by_slug r on r.article_id = a.id and r.n = a.scheduled
    where a.scheduled_for is not null and '/' || r.section || '/' || r.slug in (select path from wanted)
    union all
    -- A redirect over a story's own former path is in its way, too.
    select path, iif(kind = 'article' or vacated, 'former', 'redirect'), iif(kind = 'article', article_id, null)
    from paths where path in (select path from wanted)`;
}

/** Finds which paths are held of those that the nth story with one of these slugs would have: stem, hyphen, number. */
export function numberedPathsQuery(stems: string[]): Read<{ path: string }> {
  return sql<{ path: string }>`
    with stems (low, high) as (
      select value || '-0', value || '-:' from json_each(${JSON.stringify(stems)}))
    select path from stems join live where path > low and path < high
    union select path from stems join articles where path > low and path < high and status <> 'binned'
    union select path from stems join paths where path > low and path < high
    union
    select '/' || r.section || '/' || r.slug
    from articles a join revisions_by_slug r on r.article_id = a.id and r.n = a.scheduled
    join stems on '/' || r.section || '/' || r.slug > low and '/' || r.section || '/' || r.slug < high
    where a.scheduled_for is not null`;
}

/** Every address that a story has or had, whatever stands there now. */
export function addressesQuery(articleId: string): Read<{ path: string }> {
  return sql<{ path: string }>`
    select path from paths where article_id = ${articleId} order by path`;
}
