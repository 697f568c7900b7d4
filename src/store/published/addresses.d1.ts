// Promises: where a path leads that no page has: to a story that moved, elsewhere by a redirect, to what an author, a section or
// a tag is called now, or nowhere any more.
// Relies on: `paths`, in which a path means one thing, the published places of stories, and the published former slugs.
// Does not: know of stories that are not published; their paths are in `paths` only once they were.

import { LISTS, type Nameable } from "../../domain/lists.ts";
import type { Trail } from "../../purge/tags.ts";
import { Fragment, sql, type Database, type Read } from "../batch.d1.ts";

/**
 * Where a path that is not a page leads; `story` says that a published story stands there, `renamed` that it is the same page of
 * an entry that is called otherwise now.
 */
export type Address =
  | { kind: "moved"; to: string; story: boolean; renamed?: true }
  | { kind: "gone" };

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

/** What was found of a path: what stands in `paths`, or the entry that was called like a part of it once. */
export interface AddressRow {
  path: string;
  kind: "article" | "exact" | "prefix" | "gone" | "former";
  target: string | null;
  article_id: string | null;
  target_article_id: string | null;
  live_path: string | null;
  target_live_path: string | null;
}

/** The path itself and every prefix of it that a redirect may stand on, longest first; then whose former address it is. */
export function addressQuery(path: string): Read<AddressRow> {
  const { kind, root, slug } = nameIn(path);
  return sql<AddressRow>`
    select * from (
      select p.path, p.kind, p.target, p.article_id, t.article_id as target_article_id, l.path as live_path,
        tl.path as target_live_path
      from paths p
      left join published_places l on l.id = p.article_id
      left join paths t on t.path = p.target and t.kind = 'article'
      left join published_places tl on tl.id = t.article_id
      where p.path in (select value from json_each(${JSON.stringify([path, ...prefixesOf(path)])}))
      union all
      select ${root} || slug, 'former', ${root} || present, null, null, null, null
      from published_former_slugs where kind = ${new Fragment(`'${kind}'`)} and slug = ${slug})
    order by length(path) desc`;
}

/** The entry that a path would be a page of: `/tags/trams/page/2` of the tag `trams`, `/city/feed.json` of a section. */
function nameIn(path: string): { kind: Nameable; root: string; slug: string } {
  const kind = NAMED.find((each) => path.startsWith(LISTS[each].path(""))) ?? "section";
  const root = LISTS[kind].path("");
  const [slug = ""] = path.slice(root.length).split("/");
  return { kind, root, slug };
}

/** Kinds of entry; a section's path begins like every other. */
const NAMED: Nameable[] = ["author", "tag", "section"];

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
  const exact = rows.find((row) => row.path === path && row.kind !== "former");
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
  if (prefix?.target) {
    const to = prefix.target.replace(/\/$/, "") + path.slice(prefix.path.length - 1);
    return { kind: "moved", to, story: false };
  }
  const former = rows.find((row) => row.kind === "former");
  if (!former?.target) return null;
  const to = former.target + path.slice(former.path.length);
  return { kind: "moved", to, story: false, renamed: true };
}
