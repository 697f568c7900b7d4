// Promises: the editors' redirects, beside the stories' own paths in one table, so that a path means one thing.
// Relies on: the primary key of `paths`; a story's path is never overwritten.
// Does not: follow a redirect (published.d1.ts does, for readers).

import { guarded, sql, type Statement, type Write } from "./batch.d1.ts";

/** A path that leads elsewhere. Prefix redirects are stored with a trailing slash, which no page has. */
export interface Redirect {
  path: string;
  kind: "exact" | "prefix" | "gone";
  target: string | null;
}

export function redirectsQuery({
  after,
  limit,
}: {
  after: string;
  limit: number;
}): Statement<Redirect> {
  return sql<Redirect>`
    select path, kind, target from paths where kind <> 'article' and path > ${after} order by path limit ${limit}`;
}

/** Finds what stands on a path: a redirect, or a story's present or past address. */
export function pathQuery(path: string): Statement<{
  path: string;
  kind: Redirect["kind"] | "article";
  target: string | null;
  live: number;
}> {
  return sql<{
    path: string;
    kind: Redirect["kind"] | "article";
    target: string | null;
    live: number;
  }>`
    select p.path, p.kind, p.target, exists (select 1 from live l where l.path = p.path) as live
    from paths p where p.path = ${path}`;
}

/** Writes a redirect over what is not a live story, and lets redirects that led here lead to the new target. */
export function writeRedirect({ path, kind, target }: Redirect, now: number): Write[] {
  return [
    guarded(
      sql`
        insert into paths (path, kind, article_id, target, created_at) values (${path}, ${kind}, null, ${target}, ${now})
        on conflict (path) do update set kind = excluded.kind, article_id = null, target = excluded.target
        where not exists (select 1 from live where live.path = excluded.path)`,
      "path",
    ),
    ...(kind === "exact" ? [sql`update paths set target = ${target} where target = ${path}`] : []),
  ];
}

export function deleteRedirect(path: string): Write {
  return guarded(sql`delete from paths where path = ${path} and kind <> 'article'`, "present");
}
