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

/** Finds what stands on a path. Where a story was that is deleted for good, a story was. */
export function pathQuery(path: string): Read<StandingPath> {
  return sql<StandingPath>`
    select path, iif(vacated, 'article', kind) as kind, target from paths where path = ${path}`;
}

/** Writes a redirect over what is not a live story; lost when one went live there meanwhile. */
export function writeRedirect({ path, kind, target }: Redirect, now: number): Write {
  return guarded(
    sqlWrite`
      insert into paths (path, kind, article_id, target, created_at) values (${path}, ${kind}, null, ${target}, ${now})
      on conflict (path) do update set kind = excluded.kind, target = excluded.target, vacated = 0
      where not exists (select 1 from live where live.path = excluded.path)`,
    "path",
  );
}

/** Deletes a redirect. A story's former path that it stood on is that again. */
export function deleteRedirect(path: string): Write[] {
  return [
    guarded(
      sqlWrite`update paths set kind = 'gone', target = null where path = ${path} and kind <> 'article'`,
      "present",
    ),
    sqlWrite`update paths set kind = 'article' where path = ${path} and article_id is not null`,
    sqlWrite`delete from paths where path = ${path} and article_id is null`,
  ];
}

/** Declares every address that a story has or had gone for good: no story can come there, nor it itself again. */
export function closeAddresses(articleId: string): Write {
  return sqlWrite`update paths set kind = 'gone', target = null where article_id = ${articleId}`;
}
