// Promises: where a path leads that no page has: to a story that moved, elsewhere by a redirect, or nowhere any more.
// Relies on: `paths`, in which a path means one thing, and the published places of stories.
// Does not: know of stories that are not published; their paths are in `paths` only once they were.

import { sql, type Database, type Statement } from "./batch.d1.ts";

/** Where a path that is not a page leads; `story` says that a published story stands there. */
export type Address = { kind: "moved"; to: string; story: boolean } | { kind: "gone" };

/** Follows redirects that lead to redirects, a trip each, so that the reader is sent once. A circle leads nowhere. */
export async function destination(
  db: Database,
  path: string,
  rows: AddressRow[],
): Promise<Address | null> {
  const passed = new Set([path]);
  let address = addressOf(path, rows);
  while (address?.kind === "moved" && !address.story && address.to.startsWith("/")) {
    const next = address.to.replace(/[?#].*$/, "");
    if (passed.has(next)) return null;
    if (passed.size > HOPS) return address;
    passed.add(next);
    const [onward] = await db.read(addressQuery(next));
    const further = addressOf(next, onward);
    if (further?.kind !== "moved") return address;
    address = further;
  }
  return address;
}

export interface AddressRow {
  path: string;
  kind: "article" | "exact" | "prefix" | "gone";
  target: string | null;
  live_path: string | null;
  target_live_path: string | null;
}

/** The path itself and every prefix of it that a redirect may stand on, longest first. */
export function addressQuery(path: string): Statement<AddressRow> {
  const segments = path.split("/").slice(1, PREFIX_DEPTH + 1);
  const prefixes = segments.map(
    (_, index) => `/${segments.slice(0, index).join("/")}${index ? "/" : ""}`,
  );
  return sql<AddressRow>`
    select p.path, p.kind, p.target, l.path as live_path, tl.path as target_live_path
    from paths p
    left join published_places l on l.id = p.article_id
    left join paths t on t.path = p.target and t.kind = 'article'
    left join published_places tl on tl.id = t.article_id
    where p.path in (select value from json_each(${JSON.stringify([path, ...prefixes.slice(1)])}))
    order by length(p.path) desc`;
}

/** How many redirects are followed for a reader. */
const HOPS = 5;

/** How deep a prefix redirect may stand, in path segments. */
const PREFIX_DEPTH = 12;

/** Where a path leads by what was found of it, or null when nothing stands there. */
export function addressOf(path: string, rows: AddressRow[]): Address | null {
  const exact = rows.find((row) => row.path === path);
  if (exact?.kind === "gone") return { kind: "gone" };
  if (exact?.kind === "article") {
    return exact.live_path ? { kind: "moved", to: exact.live_path, story: true } : { kind: "gone" };
  }
  if (exact?.target) {
    return {
      kind: "moved",
      to: exact.target_live_path ?? exact.target,
      story: exact.target_live_path !== null,
    };
  }
  const prefix = rows.find((row) => row.kind === "prefix");
  if (!prefix?.target) return null;
  const to = prefix.target.replace(/\/$/, "") + path.slice(prefix.path.length - 1);
  return { kind: "moved", to, story: false };
}
