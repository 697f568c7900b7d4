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

/**
 * Follows redirects that lead to redirects, so that the reader is sent once: one trip more, however many there are, up to those
 * whose tags an answer has room for. A circle leads nowhere.
 */
export async function destination(db: Database, path: string, rows: AddressRow[]): Promise<Lead> {
  const passed = new Set([path]);
  const trail = trailOf(path, rows);
  const looked = new Set(trail.paths);
  let ahead = new Map<string, AddressRow[]>();
  let address = addressOf(path, rows);
  for (let next = onwardOf(address); next !== null; next = onwardOf(address)) {
    if (passed.has(next)) return { address: null, trail };
    if (looked.size >= LOOKED_UP) break;
    passed.add(next);
    if (!ahead.has(next)) ahead = byPath((await db.read(hopsQuery([next], LOOKED_UP)))[0]);
    const onward = ahead.get(next) ?? [];
    const more = trailOf(next, onward);
    for (const each of more.paths) looked.add(each);
    trail.paths = [...looked];
    trail.stories.push(...more.stories);
    const further = addressOf(next, onward);
    if (further?.kind !== "moved") break;
    // What stands behind the path of a story, such as a part of its page, is still wanted where the story is now.
    const behind = further.story && address?.kind === "moved" ? address.to.slice(next.length) : "";
    address = { ...further, to: further.to + behind };
  }
  return { address, trail };
}

/** The path on this site that an address leads to and that may lead further, or null. */
export function onwardOf(address: Address | null): string | null {
  if (address?.kind !== "moved" || address.story || !address.to.startsWith("/")) return null;
  return address.to.replace(/[?#].*$/, "");
}

/** What stands at each path of a way, and above it. */
export function byPath(rows: HopRow[]): Map<string, AddressRow[]> {
  const found = new Map<string, AddressRow[]>();
  for (const { at, path, ...row } of rows) {
    const known = found.get(at) ?? [];
    found.set(at, path === null ? known : [...known, { path, ...row }]);
  }
  return found;
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
      select p.path, ${KIND} as kind, p.target, p.article_id, t.article_id as target_article_id, ${LIVE_PATH} as live_path,
        ${TARGET_LIVE_PATH} as target_live_path
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

/** Where a story was that is deleted for good is like where one was that is withdrawn. */
const KIND = new Fragment("iif(p.vacated, 'article', p.kind)");
/** Where the story or page is now that has or had a path: a view of both tables would be read whole where it is joined from the left. */
const LIVE_PATH = new Fragment(
  "coalesce(l.path, (select g.path from published_page_places g where g.id = p.article_id))",
);
const TARGET_LIVE_PATH = new Fragment(
  "coalesce(tl.path, (select g.path from published_page_places g where g.id = t.article_id))",
);

/** A row at a path of a way, or none. */
export type HopRow = Omit<AddressRow, "path"> & { at: string; path: string | null };

/**
 * Follows redirects and former slugs in the database from some paths on, and finds at each path that they lead through what
 * `addressQuery` finds at one; `most` bounds how many paths. A story's address, what is gone and what is elsewhere lead no further.
 */
export function hopsQuery(starts: string[], most: number): Read<HopRow> {
  return sql<HopRow>`
    with recursive hops (at) as (
      select value from json_each(${JSON.stringify(starts)})
      union
      select coalesce((
        select case
          when p.kind = 'exact' then substr(p.target, 1, min(instr(p.target || '?', '?'), instr(p.target || '#', '#')) - 1)
          when p.kind = 'prefix' then rtrim(p.target, '/') || substr(hops.at, length(p.path))
          end
        from paths p where p.path in (${STANDING}) and ${LEADS}
        order by length(p.path) desc limit 1), (
        select ${ROOT} || present || substr(hops.at, length(${ROOT}) + length(slug) + 1) from ${FORMER}))
      from hops where hops.at glob '/*'
      limit ${most})
    select * from (
      select hops.at, p.path, ${KIND} as kind, p.target, p.article_id, t.article_id as target_article_id, ${LIVE_PATH} as live_path,
        ${TARGET_LIVE_PATH} as target_live_path
      from hops
      left join paths p on p.path in (${STANDING}) and ${LEADS}
      left join published_places l on l.id = p.article_id
      left join paths t on t.path = p.target and t.kind = 'article'
      left join published_places tl on tl.id = t.article_id
      where hops.at glob '/*'
      union all
      select hops.at, ${ROOT} || (select slug from ${FORMER}), 'former', ${ROOT} || (select present from ${FORMER}),
        null, null, null, null
      from hops where exists (select 1 from ${FORMER}))
    order by length(path) desc`;
}

/** How deep a prefix redirect may stand: so many segments has the shortest path below it. */
export const PREFIX_DEPTH = 12;

/** The path of a hop and what `prefixesOf` has of it: of JSON that has its segments, each with those before it. */
const STANDING = new Fragment(`
  select hops.at union all
  select group_concat(s.value, '/') over (order by s.key) || '/'
  from json_each(replace(json_array(hops.at), '/', '","')) s where s.key < ${PREFIX_DEPTH}`);

/** A prefix of a path is shorter than it. */
const LEADS = new Fragment(
  "(p.path = hops.at or p.kind = 'prefix' and length(p.path) < length(hops.at))",
);

/** The entry that a path would be a page of: `/tags/trams/page/2` of the tag `trams`, `/city/feed.json` of a section. */
function nameIn(path: string): { kind: Nameable; root: string; slug: string } {
  const section = { kind: "section" as const, root: LISTS.section.path("") };
  const { kind, root } = ROOTED.find((each) => path.startsWith(each.root)) ?? section;
  const [slug = ""] = path.slice(root.length).split("/");
  return { kind, root, slug };
}

/** The kinds whose paths begin like no other; a section's begins like every other. */
const ROOTED = (["author", "tag"] as const).map((kind) => ({ kind, root: LISTS[kind].path("") }));

/** What `nameIn` finds of the path of a hop: where its name begins, … */
const ROOT = new Fragment(
  `(case ${ROOTED.map(({ root }) => `when hops.at glob '${root}*' then '${root}'`).join(" ")} else '/' end)`,
);

/** … and whose former slug that is, if it is one. */
const FORMER = new Fragment(`published_former_slugs
  where kind = (case ${ROOTED.map(({ root, kind }) => `when hops.at glob '${root}*' then '${kind}'`).join(" ")} else 'section' end)
    and slug = substr(hops.at, length(${ROOT.text}) + 1,
      instr(substr(hops.at, length(${ROOT.text}) + 1) || '/', '/') - 1)`);

/** The prefixes of a path that a redirect may stand on: `/old/` of `/old/x`. */
export function prefixesOf(path: string): string[] {
  const segments = path.split("/").slice(1, PREFIX_DEPTH + 1);
  return segments.slice(1).map((_, index) => `/${segments.slice(0, index + 1).join("/")}/`);
}

/** How many paths are looked up for a reader: each is a tag of the answer, of 58 bytes, and these have 12 KB (purge/tags.ts). */
const LOOKED_UP = 150;

/** Where a path leads by what was found of it, or null when nothing stands there. */
export function addressOf(path: string, rows: AddressRow[]): Address | null {
  const former = rows.find((row) => row.kind === "former");
  const exact = rows.find((row) => row.path === path && row.kind !== "former");
  if (exact?.kind === "gone") return { kind: "gone" };
  // Where a section was after a page, which had left, the section has the last word: no page comes after a section.
  if (exact?.kind === "article" && former?.path !== path) {
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
  if (!former?.target) return null;
  const to = former.target + path.slice(former.path.length);
  return { kind: "moved", to, story: false, renamed: true };
}
