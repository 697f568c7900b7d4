import { canonicalPath, RESERVED } from "../../domain/paths.ts";
import {
  granted,
  invalid,
  refused,
  type Issue,
  type Outcome,
  type Problem,
} from "../../domain/problem.ts";
import type { SiteMap, Standing } from "../../domain/site-map.ts";
import { standingQuery } from "../../store/directory.d1.ts";
import { editionQuery } from "../../store/paper.d1.ts";
import { pathHoldersQuery } from "../../store/paths.d1.ts";
import { PREFIX_DEPTH } from "../../store/published/addresses.d1.ts";
import { pathsQuery, type Redirect } from "../../store/redirects.d1.ts";
import type { CommandContext } from "../context.ts";
import { under, type Input } from "../input.ts";
import { findCircles } from "./circles.ts";

// What speaks against redirects: what they say, what stands where they are to stand, and where they would lead.

export interface RedirectFields {
  from: string;
  kind: Redirect["kind"];
  to: string | null;
}

/** A redirect as it was sent. */
export interface SentRedirect {
  input: Input<RedirectFields>;
  /** Where it stands in the request, for its issues: `items.3`, or "" for a single one. */
  at: string;
}

/** A redirect that may stand, and the one that stands there already, if any. */
export interface CheckedRedirect {
  at: string;
  after: Redirect;
  before: Redirect | null;
}

/**
 * Checks redirects against what they say and what stands on the site, all at once; `removed` are paths of redirects that go.
 * Whether another redirect may be replaced is for the caller to say.
 */
export async function checkRedirects(
  context: CommandContext,
  sent: SentRedirect[],
  removed: string[] = [],
): Promise<Outcome<{ checked: CheckedRedirect[]; edition: number }>> {
  const { db, origin } = context.store;
  const read = sent.map((each) => readRedirect(each, origin));
  const issues = read.flatMap((each) => each.issues);
  if (issues.length > 0) return invalid(issues);
  const rows = read.flatMap(({ row }) => row ?? []);
  const froms = rows.map(({ from }) => from);
  const standings = froms.map((from) => context.siteMap.standingAt(from));
  const [[edition], held, holders, pages] = await db.read(
    editionQuery(),
    pathsQuery(rows.map(({ after }) => after.path)),
    pathHoldersQuery(froms.map(storyPath)),
    standingQuery(standings),
  );
  const stories = new Set(
    holders.flatMap(({ holder, path }) =>
      ["redirect", "former", "section"].includes(holder) ? [] : [path],
    ),
  );
  const entries = new Set(pages.map(({ kind, slug }) => `${kind} ${slug}`));
  const taken = rows.flatMap(({ at, from, after }, index) => {
    const standing = standings[index] ?? null;
    const message = whyTaken(context.siteMap, { from, after, standing, stories, entries });
    return message === null ? [] : under(at, [{ path: "from", message }]);
  });
  if (taken.length > 0) return refused(takenProblem(taken));
  const made = rows.map(({ after }) => after);
  const circles = await findCircles(db, { made, removed });
  const wrong = rows.flatMap(({ at, after: { path } }) => {
    const circle = circles.get(path);
    return circle ? under(at, [{ path: "to", message: `leads readers ${circle}.` }]) : [];
  });
  if (wrong.length > 0) return invalid(wrong);
  const standing = new Map(held.map((row) => [row.path, row]));
  const checked = rows.map(({ at, after }) => {
    const { path, kind = "article", target = null } = standing.get(after.path) ?? {};
    const before = path === undefined || kind === "article" ? null : { path, kind, target };
    return { at, after, before };
  });
  return granted({ checked, edition: edition?.n ?? 0 });
}

/** The refusal of paths that are held. */
export function takenProblem(issues: Issue[]): Problem {
  return { kind: "taken", detail: issues[0]?.message ?? "", issues };
}

/** A redirect by what it says, or what is wrong with that. */
function readRedirect(
  { input, at }: SentRedirect,
  origin: string,
): { row?: { at: string; from: string; after: Redirect }; issues: Issue[] } {
  const { from, kind = "exact", to: named = null } = input.fields;
  const to = named === null ? null : onSite(named, origin);
  // Of what is wrong by itself nothing more is said.
  const wrong = new Set(input.issues.map((issue) => issue.path));
  const more = wrong.has("") ? [] : redirectIssues({ ...input.fields, to });
  const issues = [...input.issues, ...more.filter((issue) => !wrong.has(issue.path))];
  if (issues.length > 0 || from === undefined) return { issues: under(at, issues) };
  const path = kind === "prefix" ? `${from}/` : from;
  return { row: { at, from, after: { path, kind, target: to } }, issues: [] };
}

/** A target on the site as the door would have it: a canonical path, so that readers hop once. */
function onSite(to: string, origin: string): string {
  const url = new URL(to, origin);
  return url.origin === origin ? canonicalPath(url.pathname) + url.search + url.hash : to;
}

function redirectIssues({ from, kind, to }: Partial<RedirectFields>): Issue[] {
  const issues: Issue[] = [];
  if (kind === "gone" && to != null)
    issues.push({ path: "to", message: "must be null: what is gone leads nowhere." });
  if (kind !== "gone" && to === null)
    issues.push({ path: "to", message: "must say where the redirect leads." });
  const where = to?.replace(/[?#].*$/, "");
  if (kind === "prefix" && from && from.split("/").length > PREFIX_DEPTH) {
    const message = `must have at most ${PREFIX_DEPTH - 1} segments where it is a prefix.`;
    issues.push({ path: "from", message });
  }
  if (kind === "prefix" && from && where && `${where}/`.startsWith(`${from}/`)) {
    issues.push({ path: "to", message: `lies below ${from} itself: readers would go in circles.` });
  }
  return issues;
}

interface Place {
  from: string;
  after: Redirect;
  standing: Standing | null;
  stories: ReadonlySet<string>;
  entries: ReadonlySet<string>;
}

/** Why no redirect may stand at a path, or null. Prefixes may: a page below them comes first. */
function whyTaken(
  siteMap: SiteMap,
  { from, after: { kind }, standing, stories, entries }: Place,
): string | null {
  if (standing === "always" || isReserved(from, siteMap))
    return `${from} is a page of the site itself.`;
  if (kind === "prefix") return null;
  const story = storyPath(from);
  const noun = story.lastIndexOf("/") === 0 ? "page" : "story";
  if (stories.has(story)) return `A ${noun} has or wants ${story}.`;
  if (typeof standing !== "object" || standing === null) return null;
  const { kind: of, slug } = standing;
  return entries.has(`${of} ${slug}`) ? `The page of the ${of} "${slug}" is there.` : null;
}

/** The path of the story whose twin may be asked for. */
function storyPath(from: string): string {
  return from.replace(/\.md$/, "");
}

/** Tells whether a path is kept for pages that are none of the readers', or are not there yet. */
function isReserved(path: string, { listRoots }: SiteMap): boolean {
  const [, first = ""] = path.split("/");
  return RESERVED.has(first) && !listRoots.has(first);
}
