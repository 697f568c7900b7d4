// Promises: who holds a path: a live story or page, a draft, a schedule, a redirect, a story that was there once, or a section.
// Relies on: articles.path, live.path and live_pages.path, each unique.
// Does not: write a path (live.d1.ts and redirects.d1.ts do), or follow one (published/addresses.d1.ts does).

import { Fragment, sql, type Read } from "./batch.d1.ts";

/** Who holds a path: a live story or page, what a draft or a schedule wants, an editors' redirect, or a section. */
export interface PathHolder {
  path: string;
  /**
   * `former`: a story was there once, and its address still redirects or returns 410. Who names the path may have it. `section`: the
   * front of a section is there, or what it was called once leads to it.
   */
  holder: "live" | "draft" | "scheduled" | "redirect" | "former" | "section";
  articleId: string | null;
}

/** Finds who holds each of the given paths, and those that the heads of the given stories want. */
export function pathHoldersQuery(paths: string[], ids: string[] = []): Read<PathHolder> {
  return sql<PathHolder>`
    with wanted (path) as (
      select value from json_each(${JSON.stringify(paths)})
      union select path from articles where id in (select value from json_each(${JSON.stringify(ids)})))
    select w.path, 'live' as holder, coalesce(l.article_id, g.article_id) as articleId
    from wanted w left join live l on l.path = w.path left join live_pages g on g.path = w.path
    where l.path is not null or g.path is not null
    union all
    select path, 'draft', id from articles where path in (select path from wanted) and status <> 'binned'
    union all
    select ${PATH_OF_REVISION}, 'scheduled', a.id
    from articles a join revisions_by_slug r on r.article_id = a.id and r.n = a.scheduled
    where a.scheduled_for is not null and ${PATH_OF_REVISION} in (select path from wanted)
    union all
    -- A redirect over a story's own former path is in its way, too.
    select path, iif(kind = 'article' or vacated, 'former', 'redirect'), iif(kind = 'article', article_id, null)
    from paths where path in (select path from wanted)
    union all
    select w.path, 'section', null from wanted w
    where instr(substr(w.path, 2), '/') = 0 and (
      exists (select 1 from sections s where s.slug = substr(w.path, 2) and s.deleted_at is null)
      or exists (
        select 1 from former_slugs f cross join sections s on s.id = f.entry_id
        where f.kind = 'section' and f.slug = substr(w.path, 2) and s.deleted_at is null))`;
}

/** The path of a revision `r` with slugs; that of a page names no section. */
const PATH_OF_REVISION = new Fragment("rtrim('/' || r.section, '/') || '/' || r.slug");

/** That no section is at a path: pages are in one name space with them. */
export function noSectionAt(path: string): Fragment {
  return new Fragment(
    `not exists (select 1 from sections s where s.slug = substr(${path}, 2) and s.deleted_at is null)`,
  );
}

/** That no page has the path of a section with a slug, or wants it. */
export function noPageAt(slug: string): Fragment {
  return new Fragment(`not exists (select 1 from live_pages g where g.path = '/' || ${slug})
    and not exists (select 1 from articles a where a.path = '/' || ${slug} and a.status <> 'binned')`);
}

/** Finds which paths are held of those that the nth story with one of these slugs would have: stem, hyphen, number. */
export function numberedPathsQuery(stems: string[]): Read<{ path: string }> {
  return sql<{ path: string }>`
    with stems (low, high) as (
      select value || '-0', value || '-:' from json_each(${JSON.stringify(stems)}))
    select path from stems join live where path > low and path < high
    union select path from stems join articles where path > low and path < high and status <> 'binned'
    union select path from stems join paths where path > low and path < high
    union select '/' || slug from stems join sections where slug > substr(low, 2) and slug < substr(high, 2) and deleted_at is null
    union
    select ${PATH_OF_REVISION}
    from articles a join revisions_by_slug r on r.article_id = a.id and r.n = a.scheduled
    join stems on ${PATH_OF_REVISION} > low and ${PATH_OF_REVISION} < high
    where a.scheduled_for is not null`;
}

/** Every address that a story has or had, whatever stands there now. */
export function addressesQuery(articleId: string): Read<{ path: string }> {
  return sql<{ path: string }>`
    select path from paths where article_id = ${articleId} order by path`;
}
