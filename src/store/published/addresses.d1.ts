// Promises: where a path leads that no page has: to a story that moved, elsewhere by a redirect, or nowhere any more.
// Relies on: `paths`, in which a path means one thing, and the published places of stories.
// Does not: know of stories that are not published; their paths are in `paths` only once they were.

import type { Trail } from "../../purge/tags.ts";
import { sql, type Database, type Read } from "../batch.d1.ts";

/** Where a path that is not a page leads; `story` says that a published story stands there. */
export type Address = { kind: "moved"; to: string; story: boolean } | { kind: "gone" };

/** Where a path leads, or null, and everything that was looked up to find out. */
export interface Lead {
  address: Address | null;
  trail: Trail;
}

/** Follows redirects that lead to redirects, a trip each, so that the reader is sent once. A circle leads nowhere. */
export async function destination(db: Database, path: string, rows: AddressRow[]): Promise<Lead> {
  const passed = new Set([path]);
  const trail = trailOf(path, rows);
  let address = addressOf(path, rows);
  while (address?.kind === "moved" && !address.story && address.to.startsWith("/")) {
    const next = address.to.replace(/[?#].*$/, "");
    if (passed.has(next)) return { address: null, trail };
    if (passed.size > HOPS) break;
    passed.add(next);
    const [onward] = await db.read(addressQuery(next));
    const looked = trailOf(next, onward);
    trail.paths.push(...looked.paths);
    trail.stories.push(...looked.stories);
    const further = addressOf(next, onward);
    if (further?.kind !== "moved") break;
    address = further;
  }
  return { address, trail };
}

/** What is looked up for one path: itself, every prefix of it, where it leads, and the stories that have or had any of these. */
export function trailOf(path: string, rows: AddressRow[]): Trail {
  const targets = rows.flatMap(({ kind, target }) =>
    kind === "exact" && target !== null ? [target] : [],
  );
  return {
    paths: [path, ...prefixesOf(path), ...targets.filter((target) => target.startsWith("/"))],
    stories: rows.flatMap((row) =>
      [row.article_id, row.target_article_id].filter((id) => id !== null),
    ),
  };
}

export interface AddressRow {
  path: string;
  kind: "article" | "exact" | "prefix" | "gone";
  target: string | null;
  article_id: string | null;
  target_article_id: string | null;
  live_path: string | null;
  target_live_path: string | null;
}

/** The path itself and every prefix of it that a redirect may stand on, longest first. */
export function addressQuery(path: string): Read<AddressRow> {
  return sql<AddressRow>`
    select p.path, p.kind, p.target, p.article_id, t.article_id as target_article_id, l.path as live_path, tl.path as target_live_path
    from paths p
    left join published_places l on l.id = p.article_id
    left join paths t on t.path = p.target and t.kind = 'article'
    left join published_places tl on tl.id = t.article_id
    where p.path in (select value from json_each(${JSON.stringify([path, ...prefixesOf(path)])}))
    order by length(p.path) desc`;
}

/** The prefixes of a path that a redirect may stand on: `/old/` of `/old/x`. */
function prefixesOf(path: string): string[] {
  const segments = path.split("/").slice(1, PREFIX_DEPTH + 1);
  return segments.slice(1).map((_, index) => `/${segments.slice(0, index + 1).join("/")}/`);
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
