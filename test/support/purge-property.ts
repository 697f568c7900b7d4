import fc from "fast-check";
import { expect, vi } from "vitest";
import type { PurgeTarget } from "../../src/edge/cache.ts";
import { articlePath, pagePath } from "../../src/domain/paths.ts";
import type { SiteMap } from "../../src/domain/site-map.ts";
import { SITEMAP_PART } from "../../src/domain/sitemap.ts";
import type { PaperSample } from "../../src/reader/kind.ts";
import { expressionOf, nowhere, PAGES, siteMap } from "../../src/reader/pages.ts";
import { CORRECTIONS, FRONT, MONTHS, SITE } from "../../src/purge/tags.ts";
import type { PublicAct } from "../../src/purge/public-act.ts";
import { CLAUSES, purgeSet, type ClauseName } from "../../src/purge/clauses.ts";
import {
  ACTS,
  ADDED_AUTHOR,
  AUTHORS,
  CHAIN,
  LATER_AUTHOR,
  LATER_SECTION,
  LATER_SLUGS,
  LATER_TAGS,
  OTHER_SLUGS,
  PAGE_SLUGS,
  REDIRECTS,
  SECTIONS,
  TAGS,
  openStage,
  UNLISTED_SECTION,
  WIDE,
  type Chance,
  type Stage,
} from "./acts.ts";
import type { Paper } from "./paper.ts";
import { keptTags } from "./platform.ts";
import { withHook } from "./sqlite-d1.ts";

// After an act every page of the paper is looked at again: one that changed must have carried a tag that was purged or
// invalidated, and few others may.

/** One act, or two at once: the second one starts when the first one has asked the database `after` times. */
interface Step {
  first: string;
  second: string | null;
  after: number;
  seed: number;
}

/** How much is done: newsrooms, steps in each, after how many of them pages are looked at that should be as they were. */
export interface Extent {
  newsrooms: number;
  steps: number;
  round: number;
  seed: number;
  /** Without the acts that change every page, and with every third page, where looking takes long. */
  narrow?: boolean;
}

/** When every newsroom opens. */
const OPENING = Date.UTC(2026, 10, 25, 12);

/** Makes newsrooms and acts in them, and holds what is said above of each. */
export async function holdPurges(
  openSite: () => Promise<Paper>,
  { newsrooms, steps, round, seed, narrow = false }: Extent,
): Promise<Findings> {
  const findings = newFindings();
  let rooms = 0;
  // Thousands of lines that say that all is well.
  const quiet = (["log", "warn"] as const).map((how) => vi.spyOn(console, how).mockReturnValue());
  // So small that months are in several files, and acts part them.
  const { stories } = SITEMAP_PART;
  SITEMAP_PART.stories = SMALL_PART;
  try {
    await fc.assert(
      fc.asyncProperty(fc.nat(), stepsOf(steps, narrow), async (newsroom, all) => {
        const paper = await openSite();
        const isFirst = findings.tallies.size === 0;
        const rare = RARE.filter(({ first }) => isFirst && !(narrow && WIDE.has(first)));
        await atOpening(newsroom, async (clock) => {
          // Each fourth newsroom has twenty authors to a story: the first of them is one.
          const isCrowded = rooms++ % 4 === 0;
          const stage = await openStage(paper, chanceOf(newsroom), clock, isCrowded);
          await afterwards(stage);
          await performAll(stage, [...rare, ...all], { findings, round, every: narrow ? 3 : 1 });
        });
      }),
      { numRuns: newsrooms, seed, endOnFailure: true },
    );
  } finally {
    SITEMAP_PART.stories = stories;
    for (const spy of quiet) spy.mockRestore();
  }
  return findings;
}

/** How many stories a file of a month's sitemap has before it is parted. */
const SMALL_PART = 12;

/** Runs at the hour in which a newsroom opens, with the same ids each time, so that it can be opened again. */
async function atOpening(
  newsroom: number,
  run: (clock: Pick<Stage, "now" | "pass">) => Promise<void>,
): Promise<void> {
  const chance = chanceOf(newsroom);
  const random = vi.spyOn(crypto, "getRandomValues");
  random.mockImplementation(<T extends ArrayBufferView | null>(bytes: T): T => {
    if (bytes instanceof Uint8Array) bytes.forEach((_, at) => (bytes[at] = chance.number(256)));
    return bytes;
  });
  vi.useFakeTimers({ toFake: ["Date"], now: OPENING });
  try {
    await run({
      now: () => Date.now(),
      pass: (milliseconds) => void vi.setSystemTime(Date.now() + milliseconds),
    });
  } finally {
    random.mockRestore();
    vi.useRealTimers();
  }
}

function stepsOf(count: number, narrow: boolean): fc.Arbitrary<Step[]> {
  const others = Object.keys(ACTS).filter((name) => !WIDE.has(name));
  // What changes every page takes longest to look at, and is soonest understood.
  const act = fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(...others) },
    { weight: narrow ? 0 : 1, arbitrary: fc.constantFrom(...WIDE) },
  );
  const step: fc.Arbitrary<Step> = fc.record({
    first: act,
    second: fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: act }),
    after: fc.integer({ min: 1, max: 6 }),
    seed: fc.nat(),
  });
  return fc.array(step, { minLength: count, maxLength: count });
}

/** What chance brings about too seldom: a page's start that comes back, an original that does, a story that moves on. */
const RARE: Step[] = [
  "withdraw a story at which a page starts",
  "publish a story at which a page starts",
  "withdraw a story that has a translation",
  "publish a story that has a translation",
  "withdraw a story that has a translation",
  "publish a story that has a translation",
  "change the slug",
  "move a story that moved before",
  "import a story that came from elsewhere",
  // The tenth, after which every page is looked at: what it leaves stale on later pages another act soon hides.
  "merge two tags",
  "withdraw a story that is in a row",
  "publish a story that is in a row",
  "make a section",
  "delete a section",
  "publish in a section that is not listed",
  "withdraw from a section that is not listed",
  "give an author another address",
  "give an author another address",
  "merge two authors",
  // The twentieth, and the one after it: the second undoes the first.
  "withdraw a story with a picture on the front page",
  "publish a story with a picture on the front page",
  "publish a page that the footer names",
  "withdraw a page that the footer names",
  "withdraw a story that others chose",
  "publish a story that others chose",
  "change an author's links",
  "change an author's links",
  "give a page another address",
].map((first, index) => ({ first, second: null, after: 1, seed: Math.floor(index / 2) }));

/** The most that an act may purge for nothing, of all pages. */
const OVER_PURGED = 0.05;

/** Holds that few pages are purged for nothing, and that the property would have noticed less. */
export function holdFindings({ tallies, families, clauses }: Findings): void {
  for (const [name, { over, compared }] of tallies)
    expect(over / compared, `over-purged by "${name}"`).toBeLessThan(OVER_PURGED);
  const needless = [...families, ...clauses].filter(([, saved]) => saved === 0);
  expect(needless, "without these no page would have stayed stale").toEqual([]);
}

/** What was found of a kind of act. */
interface Tally {
  acts: number;
  /** Steps in which anything that readers see changed. */
  steps: number;
  compared: number;
  changed: number;
  purged: number;
  /** Purged, or invalidated, although nothing had changed. */
  over: number;
}

/** What was found of all of them, and which mutants of pages and purgeSet an act has given away. */
export interface Findings {
  tallies: Map<string, Tally>;
  families: Map<string, number>;
  clauses: Map<ClauseName, number>;
}

function newFindings(): Findings {
  return {
    tallies: new Map(),
    families: new Map(FAMILIES.map((family) => [family, 0])),
    clauses: new Map((Object.keys(CLAUSES) as ClauseName[]).map((name) => [name, 0])),
  };
}

/** The first parts of the tags that pages carry. */
const FAMILIES = [
  SITE,
  FRONT,
  MONTHS,
  CORRECTIONS,
  "path",
  "story",
  "around",
  "original",
  "card",
  "address",
  "name",
  "about",
  "list",
  "page",
  "rail",
  "series",
  "month",
  "media",
  "news",
];

/** A page as it was seen: `told` are the headers that say what it is, without what differs from one making to the next. */
interface Face {
  status: number;
  etag: string;
  tags: string[];
  told: string;
  body: string;
}
type Faces = Map<string, Face>;

/** What one page out of so many is read whole, though its tag says that it is the same. */
const READ_ANYWAY = 12;
const MINUTE = 60_000;

/**
 * Performs the steps one after the other, and throws at the first page that changed and would stay in the cache. Pages that
 * were purged are looked at after each step, the others after every `round` of them: they must all be as they were.
 */
async function performAll(
  stage: Stage,
  steps: Step[],
  { findings, round, every }: { findings: Findings; round: number; every: number },
): Promise<void> {
  const asked: PublicAct[] = [];
  const original = CLAUSES.story;
  const spy = vi.spyOn(CLAUSES, "story");
  spy.mockImplementation((act) => {
    asked.push(act);
    return original(act);
  });
  try {
    const watched = await addressesOf(stage);
    const some = watched.filter((_, index) => index % every === 0);
    let before = await lookAtAll(stage, new Map(), { urls: some, turn: 0, among: () => true });
    for (const [turn, step] of steps.entries()) {
      asked.length = 0;
      stage.paper.platform.told.length = 0;
      const done = await perform(stage, step);
      await afterwards(stage);
      const purged = purgedBy(stage);
      const isRound = turn % round === round - 1 || turn === steps.length - 1;
      const among = (face: Face) => isRound || isPurged(face, purged);
      const urls = every === 1 ? await withFresh(stage, before) : [...before.keys()];
      const after = await lookAtAll(stage, before, { urls, turn, among });
      await judge(step, done, { purged, asked: [...asked], before, after }, findings);
      before = after;
    }
  } finally {
    spy.mockRestore();
  }
}

type Purged = Set<string> | "everything";

function isPurged({ tags }: Face, purged: Purged): boolean {
  return purged === "everything" || tags.some((tag) => purged.has(tag));
}

/** Does the acts, and tells how many of them were not refused. */
async function perform(stage: Stage, { first, second, after, seed }: Step): Promise<number> {
  const { paper } = stage;
  const plainly = (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => paper.call(method, path, body, { "If-Match": "*", ...headers });
  const statuses: number[] = [];
  const run = async (name: string, chance: Chance, call: typeof plainly) => {
    const act = ACTS[name];
    if (!act) throw new Error(`There is no act "${name}"`);
    statuses.push((await act(stage, chance, call)).status);
  };
  if (second === null) {
    await run(first, chanceOf(seed), plainly);
  } else {
    let batches = 0;
    const db = withHook(paper.env.DB, async () => {
      batches += 1;
      if (batches === after) await run(second, chanceOf(seed + 1), plainly);
    });
    await run(first, chanceOf(seed), (...call) => paper.callOn(db, ...call));
    if (batches < after) await run(second, chanceOf(seed + 1), plainly);
  }
  return statuses.filter((status) => status < 300).length;
}

/** The minutes in which the cron does its part. */
async function afterwards({ paper, pass }: Stage): Promise<void> {
  // The second tick is for what the first one did itself.
  for (let ticks = 0; ticks < 2; ticks += 1) {
    pass(3 * MINUTE);
    await paper.tick();
    await paper.platform.settled();
  }
}

interface Scene {
  purged: Purged;
  asked: PublicAct[];
  before: Faces;
  after: Faces;
}

async function judge(step: Step, done: number, scene: Scene, findings: Findings): Promise<void> {
  const { purged, asked, before, after } = scene;
  const name = step.second === null ? step.first : "two at once";
  const none = { acts: 0, steps: 0, compared: 0, changed: 0, purged: 0, over: 0 };
  const tally = findings.tallies.get(name) ?? none;
  findings.tallies.set(name, tally);
  const changed: Face[] = [];
  for (const [url, face] of before) {
    const isGone = isPurged(face, purged);
    const now = after.get(url);
    const isChanged =
      !now || now.status !== face.status || now.told !== face.told || now.body !== face.body;
    tally.compared += 1;
    if (isGone) tally.purged += 1;
    if (isGone && !isChanged) tally.over += 1;
    if (!isChanged) continue;
    tally.changed += 1;
    if (isGone) changed.push(face);
    else if (!isBrief(url) || !now || showsWhatIsOver({ face, now, after }))
      throw new Error(unsoundness(url, step, { purged, face, now }));
  }
  tally.acts += done;
  if (changed.length > 0) tally.steps += 1;
  if (purged !== "everything") await findMutants(asked, purged, changed, findings);
}

/** Pages that are kept for a minute whatever is new: what is found is on the next one. */
const BRIEF = PAGES.filter(({ name }) => name === "search").flatMap(({ patterns }) =>
  patterns.map(expressionOf),
);

function isBrief(url: string): boolean {
  const [path = ""] = url.split("?");
  return BRIEF.some((expression) => expression.test(path));
}

/**
 * Tells whether such a page, kept as it was, shows what is not so any more: anything around its list; a story that readers cannot reach,
 * or that the page shows otherwise now; an author who is called otherwise. That a story is missing, or stands elsewhere, is no such thing.
 */
function showsWhatIsOver({ face, now, after }: { face: Face; now: Face; after: Faces }): boolean {
  if (face.status !== now.status || aroundMain(face.body) !== aroundMain(now.body)) return true;
  const shown = storiesOn(now.body);
  for (const [path, story] of storiesOn(face.body)) {
    const same = shown.get(path);
    // Acts are on stories that are looked at: one that is not is as it was.
    const status = after.get(path)?.status ?? 200;
    if (same === undefined ? status !== 200 : same !== story) return true;
  }
  const called = choicesOn(now.body);
  return [...choicesOn(face.body)].some(([slug, name]) => (called.get(slug) ?? name) !== name);
}

function aroundMain(html: string): string {
  return html.replace(/<main.*<\/main>/s, "");
}

/** The stories in the list of a page, by their paths. */
function storiesOn(html: string): Map<string, string> {
  const stories = html.match(/<article class="card.*?<\/article>/gs) ?? [];
  return new Map(
    stories.map((story) => [/<h\d[^>]*><a href="([^"]*)"/.exec(story)?.[1] ?? "", story]),
  );
}

function choicesOn(html: string): Map<string, string> {
  const choices = html.matchAll(/<option value="([^"]+)"[^>]*>([^<]*)/g);
  return new Map(Array.from(choices, ([, slug = "", name = ""]) => [slug, name]));
}

function unsoundness(
  url: string,
  { first, second }: Step,
  { purged, face, now }: { purged: Purged; face: Face; now: Face | undefined },
): string {
  return [
    `${url} changed and stays in the cache after "${first}"${second === null ? "" : ` with "${second}"`}`,
    `it carried ${face.tags.join(" ")}`,
    `purged ${purged === "everything" ? purged : [...purged].join(" ")}`,
    `before ${face.status} ${face.told}`,
    `after ${now?.status} ${now?.told}`,
  ].join("\n");
}

/** Which tags alone, and which clauses alone, kept a changed page from staying. */
async function findMutants(
  asked: PublicAct[],
  purged: Set<string>,
  changed: Face[],
  { families, clauses }: Findings,
): Promise<void> {
  for (const { tags } of changed) {
    const [family, ...others] = new Set(
      tags.filter((tag) => purged.has(tag)).map((tag) => tag.split(":")[0] ?? ""),
    );
    if (family !== undefined && others.length === 0)
      families.set(family, (families.get(family) ?? 0) + 1);
  }
  // An act that lost its race asked, too, and what it asked for was never told.
  const told: PublicAct[] = [];
  for (const act of asked) {
    const { purge, invalidate } = await purgeSet(act, siteMap);
    if ([...purge, ...invalidate].every((tag) => purged.has(tag))) told.push(act);
  }
  const byClause = new Map<ClauseName, Set<string>>();
  for (const name of clauses.keys()) {
    const clause = CLAUSES[name] as (
      act: PublicAct,
      site: SiteMap,
    ) => Promise<{ hard?: string[]; soft?: string[] }>;
    const found = await Promise.all(told.map((act) => clause(act, siteMap)));
    byClause.set(name, new Set(found.flatMap(({ hard = [], soft = [] }) => [...hard, ...soft])));
  }
  for (const { tags } of changed) {
    const saving = [...byClause].filter(([, named]) => tags.some((tag) => named.has(tag)));
    const [only] = saving;
    if (only && saving.length === 1) clauses.set(only[0], (clauses.get(only[0]) ?? 0) + 1);
  }
}

/** Every tag that the cache was told, or everything. */
function purgedBy({ paper }: Stage): Purged {
  const told: PurgeTarget[] = paper.platform.told.map(({ what }) => what);
  if (told.some((what) => "everything" in what)) return "everything";
  return new Set(told.flatMap((what) => ("tags" in what ? what.tags : [])));
}

/** Looks at addresses of the paper, reading only what its tag says is another; those not `among` them stay as they were. */
async function lookAtAll(
  stage: Stage,
  known: Faces,
  { urls, turn, among }: { urls: string[]; turn: number; among(face: Face): boolean },
): Promise<Faces> {
  const faces: Faces = new Map();
  for (const [index, url] of urls.entries()) {
    const face = known.get(url);
    const isRead = (index + turn) % READ_ANYWAY === 0;
    faces.set(
      url,
      face && !among(face) ? face : await lookAt(stage, url, isRead ? undefined : face),
    );
  }
  return faces;
}

async function lookAt({ paper }: Stage, url: string, known: Face | undefined): Promise<Face> {
  const asked = known?.status === 200 && known.etag ? { "If-None-Match": known.etag } : {};
  const response = await atItsHour(url, () => paper.made(url, asked));
  const { headers } = response;
  const told = TOLD.map((name) => headers.get(name) ?? "").join(" | ");
  if (response.status === 304 && known) return { ...known, told };
  return {
    status: response.status,
    etag: headers.get("ETag") ?? "",
    tags: keptTags(headers),
    told,
    body: await bodyOf(response),
  };
}

/** Looks at a page that the clock changes always at the same hour: what changes then an act has changed. */
async function atItsHour<T>(url: string, look: () => Promise<T>): Promise<T> {
  if (!CLOCKED.some((expression) => expression.test(url))) return look();
  const now = Date.now();
  vi.setSystemTime(OPENING + 24 * 60 * MINUTE);
  try {
    return await look();
  } finally {
    vi.setSystemTime(now);
  }
}

const CLOCKED = PAGES.filter(({ freshness }) => freshness !== undefined).flatMap(({ patterns }) =>
  patterns.map(expressionOf),
);

async function bodyOf(response: Response): Promise<string> {
  const isPicture = response.headers.get("Content-Type")?.startsWith("image/") ?? false;
  return isPicture ? new Uint8Array(await response.arrayBuffer()).join() : response.text();
}

/** What a page and a 304 both say of it. */
const TOLD = [
  "ETag",
  "Cache-Tag",
  "Cloudflare-CDN-Cache-Control",
  "Content-Security-Policy",
  "Last-Modified",
  "Location",
  "Link",
  "Speculation-Rules",
];

async function pathsOfStories({ paper }: Stage): Promise<string[]> {
  const { results } = await paper.env.DB.prepare("select path from paths").all<{ path: string }>();
  return results.map(({ path }) => path).filter((path) => !path.endsWith("/"));
}

/** What is looked at, and what became an address since. */
async function withFresh(stage: Stage, known: Faces): Promise<string[]> {
  const fresh = (await pathsOfStories(stage)).filter((path) => !known.has(path));
  return [...known.keys(), ...fresh];
}

/** Every address that is a page, was one, or may come to be one by an act. */
export async function addressesOf(stage: Stage): Promise<string[]> {
  const { paper, pictures, frontPicture, starts } = stage;
  const stories = await pathsOfStories(stage);
  const { results: known } = await paper.env.DB.prepare(
    "select distinct article_id as id from paths where article_id is not null order by article_id",
  ).all<{ id: string }>();
  const ids = known.map(({ id }) => id);
  const { results: places } = await paper.env.DB.prepare(
    "select l.place, l.month, s.slug as section from live l join sections s on s.id = l.section where l.article_id in (select value from json_each(?1))",
  )
    .bind(JSON.stringify(starts))
    .all<{ place: string; month: string; section: string }>();
  const later = SECTIONS.flatMap((section) =>
    LATER_SLUGS.map((slug) => articlePath(section, slug)),
  );
  const months = Array.from({ length: 9 }, (_, n) => {
    const date = new Date(Date.UTC(2026, 3 + n));
    return date.toISOString().slice(0, 7);
  });
  const sample: PaperSample = {
    sections: [...SECTIONS, LATER_SECTION, UNLISTED_SECTION, OTHER_SLUGS.sections],
    authors: [...AUTHORS, LATER_AUTHOR, ADDED_AUTHOR, OTHER_SLUGS.authors],
    tags: [...TAGS, ...LATER_TAGS, OTHER_SLUGS.tags],
    stories: [...stories, ...later],
    ids,
    plain: PAGE_SLUGS.map(pagePath),
    months: months.map((month) => ({
      month,
      sections: month >= "2026-09" ? [...SECTIONS, ...OF_CHANGE] : SECTIONS.slice(0, 2),
    })),
    starts: places.flatMap(({ place, month, section }) => [
      { month, section: null, from: place },
      { month, section, from: place },
    ]),
    pictures: [...pictures, frontPicture],
    pages: 4,
  };
  return [
    ...[...PAGES, nowhere].flatMap((kind) => kind.samples(sample)),
    ...REDIRECTS,
    ...REDIRECTS.map((path) => `${path}.md`),
    ...CHAIN,
    "/before/2019/gate",
    "/before/2020/a/b/c",
    "/old/harbour/wall",
    ...OF_CHANGE.flatMap((section) => [`/${section}/unlisted-0`, `/${section}/no/such/path`]),
    ...Object.values(OTHER_SLUGS).map((slug) => `/authors/${slug}/no-such-page`),
    `/authors/${AUTHORS.at(-1)}/no-such-page`,
    `/tags/${TAGS.at(-1)}/no-such-page`,
    `/tags/${LATER_TAGS[0]}/no-such-page`,
  ];
}

/** Sections whose addresses come, go and lead elsewhere. */
const OF_CHANGE = [UNLISTED_SECTION, OTHER_SLUGS.sections];

/** Chance from a seed: a small generator (mulberry32) whose numbers are the same everywhere. */
function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const number = (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
  const of = <T>(list: readonly T[]): T => list[number(list.length)] as T;
  return {
    number,
    of,
    some: (list, most) => {
      const left = [...list];
      return Array.from({ length: Math.min(left.length, number(most + 1)) }, () =>
        left.splice(number(left.length), 1),
      ).flat();
    },
  };
}

/** The findings as Markdown, for docs/purging.md. */
export function tellFindings({ tallies, families, clauses }: Findings, seed: number): string {
  const sum = (name: keyof Tally) =>
    [...tallies.values()].reduce((total, tally) => total + tally[name], 0);
  const figure = (n: number) => n.toLocaleString("en");
  const mutants = (map: Map<string, number>) =>
    [...map].map(([name, saved]) => `${name} ${figure(saved)}`).join(" · ");
  const rows = [...tallies].map(([name, tally]) => {
    const { acts, compared, changed, purged, over } = tally;
    return `| ${name} | ${acts} | ${compared} | ${changed} | ${purged} | 0 | ${percent(over, compared)} | ${percent(over, purged)} |`;
  });
  const [compared, purged, over] = [sum("compared"), sum("purged"), sum("over")];
  return [
    `\`SEED=${seed} npm run test:deep\`: ${figure(sum("acts"))} acts that were not refused, ${figure(compared)} pages compared, ${figure(sum("changed"))} of them changed, ${figure(purged)} purged, none stale. ${figure(over)} pages were purged for nothing: ${percent(over, compared)} of all, ${percent(over, purged)} of the purged. "Of all" is what the test bounds. Some of it is not the act's own: the later closings of a picture that an earlier act took away fall into its minutes.`,
    "",
    "| act | done | pages compared | changed | purged | unsound | over-purged, of all | of the purged |",
    "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ...rows.sort(),
    "",
    `Leaving out any one kind of tag would have left so many pages stale: ${mutants(families)}.`,
    "",
    `Leaving out any one clause of \`purgeSet\`: ${mutants(clauses)}.`,
  ].join("\n");
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(2)} %`;
}
