// Promises: the editors' redirects, beside the stories' own paths in one table, so that a path means one thing.
// Relies on: the primary key of `paths`; the path of a live story is never overwritten.
// Does not: follow a redirect (addresses.d1.ts does, for readers).

import { guarded, sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";

/** A path that leads elsewhere. Prefix redirects are stored with a trailing slash, which no page has. */
export interface Redirect {
  path: string;
  kind: "exact" | "prefix" | "gone";
  target: string | null;
}

export function redirectsQuery({ after, limit }: { after: string; limit: number }): Read<Redirect> {
  return sql<Redirect>`
    select path, kind, target from paths where kind <> 'article' and vacated = 0 and path > ${after} order by path limit ${limit}`;
}

/** What stands on a path: a redirect, or a story's present or past address. */
interface StandingPath {
  path: string;
  kind: Redirect["kind"] | "article";
  target: string | null;
}

/** Finds what stands on each of the paths. Where a story was that is deleted for good, a story was. */
export function pathsQuery(paths: string[]): Read<StandingPath> {
  return sql<StandingPath>`
    select path, iif(vacated, 'article', kind) as kind, target from paths
    where path in (select value from json_each(${JSON.stringify(paths)}))`;
}

/** A redirect that a new one may form a circle with, and the path of the new one. */
export interface NearRedirect extends Redirect {
  by: string;
}

/**
 * Finds redirects that stand below where a prefix leads, and those that lead below the prefix: each may lead back. `most` bounds
 * how many of either.
 */
export function nearQuery(prefixes: Redirect[], most: number): Read<NearRedirect> {
  const wanted = prefixes.map(({ path, target }) => {
    const below = `${(target ?? "").replace(/[?#].*$/, "").replace(/\/$/, "")}/`;
    return { by: path, below, end: endOf(below), from: path, to: endOf(path) };
  });
  const rows = JSON.stringify(wanted);
  return sql<NearRedirect>`
    select * from (
      select w.value ->> 'by' as by, p.path, p.kind, p.target from json_each(${rows}) w
      cross join paths p on p.path > w.value ->> 'below' and p.path < w.value ->> 'end'
      where p.kind <> 'article' limit ${most})
    union all
    select * from (
      select w.value ->> 'by' as by, p.path, p.kind, p.target from json_each(${rows}) w
      cross join paths p on p.target > w.value ->> 'from' and p.target < w.value ->> 'to'
      where p.target is not null limit ${most})`;
}

/** What sorts behind everything that begins with a text that ends in a slash: "0" follows "/". */
function endOf(below: string): string {
  return below.replace(/\/$/, "0");
}

/** Writes redirects over what is no live story or page, in one statement; lost when one went live there meanwhile. */
export function writeRedirects(redirects: Redirect[], now: number): Write {
  return guarded(
    sqlWrite`
      insert into paths (path, kind, article_id, target, created_at)
      select value ->> 'path', value ->> 'kind', null, value ->> 'target', ${now}
      from json_each(${JSON.stringify(redirects)}) where true
      on conflict (path) do update set kind = excluded.kind, target = excluded.target, vacated = 0
      where not exists (select 1 from live where live.path = excluded.path)
        and not exists (select 1 from live_pages g where g.path = excluded.path)`,
    "path",
    redirects.length,
  );
}

/** Deletes a redirect. A story's former path that it stood on is that again, or gone if the story was removed. */
export function deleteRedirect(path: string): Write[] {
  return [
    guarded(
      sqlWrite`update paths set kind = 'gone', target = null where path = ${path} and kind <> 'article'`,
      "present",
    ),
    sqlWrite`
      update paths set kind = 'article'
      where path = ${path} and article_id in (select id from articles where removed_at is null)`,
    sqlWrite`delete from paths where path = ${path} and article_id is null`,
  ];
}

/**
 * Declares every address that a story has or had gone for good: no story can come there, nor it itself again. Where an editor leads
 * readers elsewhere, nothing of it is left to go.
 */
export function closeAddresses(articleId: string): Write {
  return sqlWrite`update paths set kind = 'gone', target = null where article_id = ${articleId} and kind = 'article'`;
}
