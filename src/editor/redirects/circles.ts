import {
  addressOf,
  byPath,
  hopsQuery,
  onwardOf,
  prefixesOf,
  type AddressRow,
} from "../../store/published/addresses.d1.ts";
import type { Database } from "../../store/batch.d1.ts";
import { nearQuery, type Redirect } from "../../store/redirects.d1.ts";

// Where redirects would lead once they stood, among those that stand already: an editor is told of a circle, and no reader ever
// meets it. Through prefixes that is known of what lies below them as a whole, and of the redirects next to them.

/** What a redirect is to be replaced by, and what goes. */
interface Planned {
  made: Redirect[];
  removed: string[];
}

/** How often the database is asked on: each time it follows its own redirects to their ends. A way that is not at its end then has none. */
const ROUNDS = 10;
/** How many paths it follows at once. */
const HOPS = 5000;
/** How many redirects next to new prefixes are looked at. */
const NEAR = 500;
/** How far one way is followed: more redirects than that in a row, or a longer path, are a way that grows without end. */
const LONGEST_WAY = 2000;
const LONGEST_PATH = 2000;
/** How much of a circle is told. */
const TOLD = 10;

/** Stands for whatever is below a prefix. No path has it: what is not ASCII is percent-encoded there. */
const ANYTHING = "…";

/** The circles that redirects would lead readers in, in words, by the path of the redirect. */
export async function findCircles(db: Database, planned: Planned): Promise<Map<string, string>> {
  const starts = [...startsOf(planned.made), ...(await startsNear(db, planned.made))];
  const known = new Map<string, AddressRow[]>();
  for (let round = 1; ; round += 1) {
    const ways = openWays(planned, known);
    const circles = starts.flatMap(({ by, at, isNear }) => {
      const circle = ways.follow(at, round === ROUNDS);
      const isOwn = circle?.some((passed) => !isNear || passed.startsWith(by)) ?? false;
      return circle && isOwn ? [[by, tell(circle)] as const] : [];
    });
    if (ways.unknown.size === 0 || round === ROUNDS) return new Map(circles);
    const asked = [...ways.unknown].slice(0, HOPS);
    const [rows] = await db.read(hopsQuery(asked, HOPS));
    // What has no row in the answer is not asked for again.
    for (const at of asked) known.set(at, []);
    for (const [at, found] of byPath(rows)) known.set(at, found);
  }
}

/** A path from which a way is followed on account of a redirect. */
interface Start {
  by: string;
  at: string;
  /** It is another redirect's: a circle counts only if it leads through the new one. */
  isNear?: true;
}

function startsOf(made: Redirect[]): Start[] {
  return made
    .filter(({ kind }) => kind !== "gone")
    .map(({ path, kind }) => ({ by: path, at: kind === "prefix" ? path + ANYTHING : path }));
}

/** Redirects below where a new prefix leads are met by what is below the prefix; those that lead below it come by it. */
async function startsNear(db: Database, made: Redirect[]): Promise<Start[]> {
  const prefixes = made.filter(({ kind, target }) => kind === "prefix" && target?.startsWith("/"));
  if (prefixes.length === 0) return [];
  const targets = new Map(prefixes.map(({ path, target }) => [path, target ?? ""]));
  const [near] = await db.read(nearQuery(prefixes, NEAR));
  return near.flatMap(({ by, path, kind }) => {
    const at = kind === "prefix" ? path + ANYTHING : path;
    const below = `${(targets.get(by) ?? "").replace(/[?#].*$/, "").replace(/\/$/, "")}/`;
    const above = at.startsWith(below)
      ? [{ by, at: by + at.slice(below.length), isNear: true as const }]
      : [];
    return [{ by, at, isNear: true as const }, ...above];
  });
}

/** Ways through the redirects that are known and planned; `unknown` are the paths of which nothing is known yet. */
function openWays({ made, removed }: Planned, known: ReadonlyMap<string, AddressRow[]>) {
  const planned = new Map(made.map((redirect) => [redirect.path, rowOf(redirect)]));
  const others = new Set([...planned.keys(), ...removed]);
  const unknown = new Set<string>();
  /** Paths whose ways end. */
  const settled = new Set<string>();

  /** Where a path leads at the next hop, or null. */
  function next(at: string): string | null {
    const own = [at, ...prefixesOf(at)].flatMap((path) => planned.get(path) ?? []);
    const stored = known.get(at);
    // The row of a planned redirect decides, whatever stands there.
    if (!stored && own[0]?.path !== at) unknown.add(at);
    // What leads to a former address of a story leads to what is planned there.
    const kept = (stored ?? [])
      .filter(({ path }) => !others.has(path))
      .map((row) => (planned.has(row.target ?? "") ? { ...row, target_live_path: null } : row));
    const rows = [...own, ...kept].sort((a, b) => b.path.length - a.path.length);
    return onwardOf(addressOf(at, rows));
  }

  /** The paths of a circle, the first of them again at its end; or the first ones of a way without end; null if it ends. */
  function follow(start: string, isLast: boolean): string[] | null {
    const way = new Map([[start, 0]]);
    for (let at = next(start); at !== null && !settled.has(at); at = next(at)) {
      const seen = way.get(at);
      if (seen !== undefined) return [...[...way.keys()].slice(seen), at];
      if (way.size >= LONGEST_WAY || at.length > LONGEST_PATH)
        return [...[...way.keys()].slice(0, 3), "…"];
      way.set(at, way.size);
    }
    if (isLast && [...way.keys()].some((at) => unknown.has(at)))
      return [...[...way.keys()].slice(0, 3), "…"];
    for (const at of way.keys()) settled.add(at);
    return null;
  }

  return { unknown, follow };
}

/** What an editor is told of a circle. */
function tell(circle: string[]): string {
  const told =
    circle.length <= TOLD
      ? circle
      : [...circle.slice(0, TOLD / 2), "…", ...circle.slice(1 - TOLD / 2)];
  return `${circle.at(-1) === "…" ? "on and on" : "in a circle"}: ${told.join(" → ")}`;
}

/** A planned redirect as if it stood. */
function rowOf({ path, kind, target }: Redirect): AddressRow {
  const story = { article_id: null, target_article_id: null };
  return { path, kind, target, ...story, live_path: null, target_live_path: null };
}
