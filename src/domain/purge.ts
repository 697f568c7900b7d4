import type { Live } from "./article.ts";
import { authorPath, frontPath, LAST_PAGE, monthPath, sectionPath, tagPath } from "./paths.ts";
import { FRONT_STORIES, PAGE_SIZE, RAIL_SIZE } from "./published.ts";
import {
  aboutTag,
  addressTag,
  aroundTag,
  cardTag,
  dayTag,
  FRONT,
  isTag,
  listTag,
  pageTag,
  mediaTag,
  MONTHS,
  monthTag,
  nameTag,
  originalTag,
  pathTag,
  railTag,
  SITE,
  storyTag,
  type ListName,
} from "./tags.ts";

// What a public act makes stale: a pure function of what was there before, what is there afterwards and what stands
// around it. Sound: every page whose bytes changed carries one of the tags. Precise: others carry none.

/** A story as readers see it: its row, and what its card is made of. */
export interface Shown extends Live {
  /** Everything of the revision that a card shows, as text to compare. */
  face: string;
  translationOf: string | null;
  /** Former paths that lead to it because an importer said so. */
  redirectFrom: string[];
}

/** One story before and after an act; null where readers see nothing of it. */
export interface StoryAct {
  before: Shown | null;
  after: Shown | null;
}

/** Something before and after an act; null where it is not there. */
export interface Replaced<T> {
  before: T | null;
  after: T | null;
}

/** A public act: everything that it changes of what readers see. */
export interface PublicAct {
  stories?: StoryAct[];
  /** What stands around the stories; needed with them. */
  around?: Around;
  authors?: Replaced<{ slug: string; name: string; role: string | null; bio: string | null }>[];
  tags?: Replaced<{ slug: string; name: string; description: string | null }>[];
  sections?: Replaced<{
    slug: string;
    name: string;
    /** How many sections stand before it. */
    rank: number;
    description: string | null;
  }>[];
  /** The settings changed; of logos, the pictures that were and are shown. */
  settings?: { logos: string[] };
  /** Others stories than before are placed on the front page. */
  front?: true;
  /** Paths at which a redirect came, changed or went. */
  redirects?: string[];
  /** Pictures that were taken down or came back. */
  pictures?: string[];
}

/** What stands in the newsroom beside the stories of an act. */
export interface Around {
  /** Of each list in which a story comes, goes or moves; the act's stories are not counted. */
  lists: Map<ListName, AroundList>;
  /** The stories next to each place that a story comes to, once those that move have left. */
  neighbours: string[];
  /** Of each month that a story is in before or after; a section's month is `section:yyyy-mm`. */
  months: Map<string, AroundMonth>;
  /** Stories that the editors placed on the front page. */
  placed: Set<string>;
  /** Sections that have room on the front page. */
  frontSections: Set<string>;
  /** Of the stories' pictures, those that readers see anyway. */
  pictures: Set<string>;
}

/** Counts end at 201: no page of a list shows what comes after. */
export interface AroundList {
  length: number;
  /** How many stand before the newest of the places that the act touches. */
  newer: number;
  /** How many stand between the newest and the oldest of them. */
  between: number;
}

export interface AroundMonth {
  others: boolean;
  /** The months with stories on either side. */
  older: string | null;
  newer: string | null;
}

/** What the edge must forget: `purge` at once, since it may not be served again; `invalidate` with the minute's call. */
export interface Stale {
  purge: string[];
  invalidate: string[];
}

/** Maps a public act to the cache tags of everything that it changes. */
export async function purgeSet(act: PublicAct): Promise<Stale> {
  const clauses: Clause[] = Object.values(CLAUSES);
  const found = await Promise.all(clauses.map(async (clause) => clause(act)));
  const purge = new Set(found.flatMap(({ hard = [] }) => hard));
  const invalidate = new Set(found.flatMap(({ soft = [] }) => soft));
  const wrong = [...purge, ...invalidate].filter((tag) => !isTag(tag));
  if (wrong.length > 0) throw new Error(`The platform would drop the tags ${wrong.join(" ")}`);
  return {
    purge: [...purge].sort(),
    invalidate: [...invalidate].filter((tag) => !purge.has(tag)).sort(),
  };
}

interface Tags {
  hard?: string[];
  soft?: string[];
}
type Clause = (act: PublicAct) => Tags | Promise<Tags>;

/** Each says one thing that a page may show of the newsroom. Without any of them some page would stay stale. */
export const CLAUSES = {
  /** The story itself, as page and as Markdown. */
  story: ({ stories = [] }) => ({
    hard: stories.flatMap(({ before, after }) =>
      before && pageOf(before) !== pageOf(after) ? [storyTag(before.articleId)] : [],
    ),
  }),

  /** What was cached where the story comes to stand: a 404, a 410, a redirect; also at its twin's address. */
  path: async ({ stories = [] }) => ({
    hard: await Promise.all(
      stories.flatMap(({ before, after }) =>
        after && after.path !== before?.path ? [pathTag(after.path)] : [],
      ),
    ),
  }),

  /** What leads to the story from its former paths. */
  address: ({ stories = [] }) => ({
    hard: stories
      .filter(({ before, after }) => before?.path !== after?.path)
      .flatMap(({ before, after }) => idOf(before ?? after))
      .map(addressTag),
  }),

  /** Former paths elsewhere that begin to lead to the story. */
  former: async ({ stories = [] }) => ({
    hard: await Promise.all(
      stories
        .filter(({ before, after }) => !isSame(before?.redirectFrom, after?.redirectFrom))
        .flatMap(({ after }) => after?.redirectFrom ?? [])
        .map(pathTag),
    ),
  }),

  /** Pages that show the story's card, when it looks otherwise or is gone. */
  card: ({ stories = [] }) => ({
    hard: stories.flatMap(({ before, after }) =>
      before && (!after || faceOf(before) !== faceOf(after)) ? [cardTag(before.articleId)] : [],
    ),
  }),

  /** Pages of the lists that the story enters or leaves, from the first one on that changes. */
  list: (act) => ({
    hard: shiftsOf(act).flatMap((shift) => {
      const page = firstPageThatMoves(shift);
      return page === null || isRotation(shift) ? [] : [listTag(shift.list, page)];
    }),
  }),

  /** Pages of the lists in which as many stories come as go: those behind them stay. */
  rotation: (act) => ({
    hard: shiftsOf(act)
      .filter(isRotation)
      .flatMap((shift) => pagesThatRotate(shift).map((page) => pageTag(shift.list, page))),
  }),

  /** Pages of lists that were none: the list was shorter, or an author's or a tag's empty. */
  page: async (act) => ({
    hard: await Promise.all(shiftsOf(act).flatMap(newPages).map(pathTag)),
  }),

  /** The stories next to one that comes to stand between them. */
  neighbours: ({ stories = [], around }) => ({
    hard: stories.length > 0 ? need(around).neighbours.map(aroundTag) : [],
  }),

  /** The story that this one translates, which names its translations. */
  translations: ({ stories = [] }) => ({
    hard: stories
      .filter(
        ({ before, after }) =>
          before?.translationOf !== after?.translationOf || before?.path !== after?.path,
      )
      .flatMap((story) => [story.before?.translationOf, story.after?.translationOf])
      .filter((id) => typeof id === "string")
      .map(aroundTag),
  }),

  /** The translations of a story that comes: each names it. */
  original: ({ stories = [] }) => ({
    hard: stories.flatMap(({ before, after }) =>
      after && after.path !== before?.path ? [originalTag(after.articleId)] : [],
    ),
  }),

  /** What the front page shows beside its list: what the editors placed, and the latest of each section. */
  front: (act) => {
    const { placed, frontSections } = act.around ?? { placed: NONE, frontSections: NONE };
    const isShown = comingsOf(act.stories ?? []).some(
      ({ articleId, section }) =>
        placed.has(articleId) ||
        (frontSections.has(section) && rankIn(act, section) < FRONT_STORIES),
    );
    return { hard: act.front || isShown ? [FRONT] : [] };
  },

  /** Stories of the section that name its latest: a new name in their rail may wait a minute. */
  rail: (act) => ({
    soft: comingsOf(act.stories ?? []).flatMap(({ section }) => {
      const rank = rankIn(act, section);
      if (rank < RAIL_SIZE) return [railTag(section)];
      return rank === RAIL_SIZE ? [railTag(section, true)] : [];
    }),
  }),

  /** Pages of the months that the story comes to or leaves, on which its day is. */
  month: ({ stories = [] }) => ({
    hard: stories.flatMap(({ before, after }) =>
      before?.place === after?.place && before?.section === after?.section
        ? []
        : [before, after].flatMap((live) =>
            live
              ? [dayTag(live.month, null, live.place), dayTag(live.month, live.section, live.place)]
              : [],
          ),
    ),
  }),

  /** The list of months, the months next to one that appears or vanishes, and the 404 that stood there. */
  months: async ({ stories = [], around }) => {
    const flips = filingsOf(stories).filter(({ key, was, is }) => {
      const { others } = need(around?.months.get(key));
      return (others || was) !== (others || is);
    });
    const tags = flips.flatMap(({ key, section }) => {
      const { older, newer } = need(around?.months.get(key));
      const beside = [older, newer].filter((month) => month !== null);
      return beside.map((month) => monthTag(month, section));
    });
    const paths = flips.map(({ month, section }) => pathTag(monthPath(month, section)));
    const listed = flips.some(({ section }) => section === null) ? [MONTHS] : [];
    return { hard: [...tags, ...listed, ...(await Promise.all(paths))] };
  },

  /** Later pages of a month that start at the story: there was none before. */
  start: async ({ stories = [] }) => ({
    hard: await Promise.all(
      comingsOf(stories)
        .flatMap(({ month, section, place }) => [
          monthPath(month, null, place),
          monthPath(month, section, place),
        ])
        .map(pathTag),
    ),
  }),

  /** Pictures that readers begin or cease to see: with the stories that show them, as a logo, or by an editor's hand. */
  pictures: ({ stories = [], around, settings, pictures = [] }) => {
    const shown = (side: "before" | "after") =>
      new Set(stories.flatMap((story) => story[side]?.pictures ?? []));
    const [was, is] = [shown("before"), shown("after")];
    const flips = [...was, ...is].filter(
      (hash) => was.has(hash) !== is.has(hash) && !need(around).pictures.has(hash),
    );
    return { hard: [...flips, ...pictures, ...(settings?.logos ?? [])].map(mediaTag) };
  },

  /** Paths at which a redirect comes or goes, and everything below them. */
  redirect: async ({ redirects = [] }) => ({ hard: await Promise.all(redirects.map(pathTag)) }),

  /** Names of authors and tags. A section's name is in every masthead. */
  name: ({ authors = [], tags = [] }) => ({
    hard: [
      ...renamed(authors).map((slug) => nameTag("author", slug)),
      ...renamed(tags).map((slug) => nameTag("tag", slug)),
    ],
  }),

  /** What is said of authors, tags and sections beside their names. */
  about: ({ authors = [], tags = [], sections = [] }) => ({
    hard: [
      ...changed(authors, ["role", "bio"]).map((slug) => aboutTag("author", slug)),
      ...changed(tags, ["description"]).map((slug) => aboutTag("tag", slug)),
      ...changed(sections, ["description"]).map((slug) => aboutTag("section", slug)),
    ],
  }),

  /** Every page: the settings, and which sections there are. A 404 where one comes to be is asked anew at once, like all 404s. */
  site: ({ settings, sections = [] }) => ({
    soft: settings || changed(sections, ["name", "rank"]).length > 0 ? [SITE] : [],
  }),
} satisfies Record<string, Clause>;

export type ClauseName = keyof typeof CLAUSES;

/** What an act moves in one list. */
export interface Move {
  list: ListName;
  /** Ids of the stories that come to a place in it, and of those that leave one. */
  comes: string[];
  goes: string[];
  /** The newest and the oldest of these places. */
  newest: string;
  oldest: string;
  /** The places in it of the act's other stories, which stay. */
  stay: string[];
}

/** The lists that stories enter, leave, or move in. */
export function movesOf(stories: StoryAct[]): Move[] {
  const moves = new Map<ListName, Move>();
  const note = (list: ListName, side: "comes" | "goes" | "stay", { articleId, place }: Live) => {
    const { comes, goes, stay, newest, oldest } = moves.get(list) ?? NO_MOVE;
    const move = { list, comes: [...comes], goes: [...goes], stay: [...stay], newest, oldest };
    move[side].push(side === "stay" ? place : articleId);
    if (side !== "stay") {
      move.newest = newest > place ? newest : place;
      move.oldest = oldest !== "" && oldest < place ? oldest : place;
    }
    moves.set(list, move);
  };
  for (const { before, after } of stories) {
    const [was, is] = [listsOf(before), listsOf(after)];
    const isMoved = before?.place !== after?.place;
    for (const list of was)
      if (before) note(list, isMoved || !is.includes(list) ? "goes" : "stay", before);
    for (const list of is)
      if (after && (isMoved || !was.includes(list))) note(list, "comes", after);
  }
  return [...moves.values()].filter(({ comes, goes }) => comes.length + goes.length > 0);
}

const NO_MOVE = { comes: [], goes: [], stay: [], newest: "", oldest: "" };
const NONE: ReadonlySet<string> = new Set();

/** A move with what stands around it, the act's staying stories included. */
interface Shift extends AroundList {
  list: ListName;
  comes: number;
  goes: number;
  /** It is one story that moves, and no other comes or goes. */
  alone: boolean;
}

function shiftsOf({ stories = [], around }: PublicAct): Shift[] {
  return movesOf(stories).map(({ list, comes, goes, newest, oldest, stay }) => {
    const { length, newer, between } = need(around?.lists.get(list));
    return {
      list,
      comes: comes.length,
      goes: goes.length,
      alone: comes.length === 1 && goes.length === 1 && comes[0] === goes[0],
      length: length + stay.length,
      newer: newer + stay.filter((place) => place > newest).length,
      between: between + stay.filter((place) => place > oldest && place < newest).length,
    };
  });
}

/** How many stories of a section stand before the newest place in it that the act touches. */
function rankIn(act: PublicAct, section: string): number {
  return need(shiftsOf(act).find(({ list }) => list === `section:${section}`)).newer;
}

/** Every list that a story is in. */
function listsOf(live: Live | null): ListName[] {
  if (!live) return [];
  return [
    "front",
    `section:${live.section}`,
    ...live.authors.map((slug): ListName => `author:${slug}`),
    ...live.tags.map((slug): ListName => `tag:${slug}`),
  ];
}

/** The number of the first page on which anything moves, or null when the pages of the list stay as they are. */
function firstPageThatMoves({ comes, goes, alone, newer, length, between }: Shift): number | null {
  // Between its old place and its new one stands no other: only its card has changed.
  if (alone && between === 0) return null;
  const page = Math.floor(newer / PAGE_SIZE) + 1;
  // A page reads one story further than it shows, to tell whether an older page follows.
  const isFollowed = (total: number) => total > newer;
  const isPeekedAt =
    newer % PAGE_SIZE === 0 && page > 1 && isFollowed(length + goes) !== isFollowed(length + comes);
  const first = isPeekedAt ? page - 1 : page;
  return first <= LAST_PAGE ? first : null;
}

/** As many stories come to the list as leave it. */
function isRotation({ comes, goes }: Shift): boolean {
  return comes === goes;
}

/** The numbers of the pages between the newest and the oldest place that is touched. */
function pagesThatRotate(shift: Shift): number[] {
  const first = firstPageThatMoves(shift);
  if (first === null) return [];
  const lastRank = shift.newer + shift.between + shift.comes - 1;
  const last = Math.min(LAST_PAGE, Math.floor(lastRank / PAGE_SIZE) + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The paths of the pages that a list has afterwards and had not before. */
function newPages({ list, comes, goes, length }: Shift): string[] {
  const [kind = "", slug = ""] = list.split(":");
  const always = kind === "front" || kind === "section" ? 1 : 0;
  const pages = (total: number) =>
    Math.min(LAST_PAGE, Math.max(always, Math.ceil(total / PAGE_SIZE)));
  const [had, has] = [pages(length + goes), pages(length + comes)];
  return Array.from({ length: Math.max(0, has - had) }, (_, index) =>
    PATHS[kind as keyof typeof PATHS](slug, had + index + 1),
  );
}

const PATHS = {
  front: (_: string, page: number) => frontPath(page),
  section: sectionPath,
  author: authorPath,
  tag: tagPath,
};

/** The stories that are at another place in time than before, or at none on one side. */
export function movedOf(stories: StoryAct[]): StoryAct[] {
  return stories.filter(({ before, after }) => before?.place !== after?.place);
}

/** The stories that come to a place where they were not: in time, or in a section. */
export function comingsOf(stories: StoryAct[]): Shown[] {
  return stories.flatMap(({ before, after }) =>
    after && (after.place !== before?.place || after.section !== before.section) ? [after] : [],
  );
}

/** A month of the paper or of one section that the act touches: whether any of its stories was and is in it. */
export interface Filing {
  key: string;
  month: string;
  section: string | null;
  was: boolean;
  is: boolean;
}

/** The months in which anything moves. */
export function filingsOf(stories: StoryAct[]): Filing[] {
  const all = new Map<string, Filing & { moves: boolean }>();
  const note = (live: Live, section: string | null, side: "was" | "is", moves: boolean) => {
    const key = section === null ? live.month : `${section}:${live.month}`;
    const known = all.get(key) ?? { key, month: live.month, section, was: false, is: false, moves };
    all.set(key, { ...known, [side]: true, moves: known.moves || moves });
  };
  for (const { before, after } of stories) {
    const moved = before?.place !== after?.place || before?.month !== after?.month;
    const filed = moved || before?.section !== after?.section;
    if (before) {
      note(before, null, "was", moved);
      note(before, before.section, "was", filed);
    }
    if (after) {
      note(after, null, "is", moved);
      note(after, after.section, "is", filed);
    }
  }
  return [...all.values()].filter(({ moves }) => moves);
}

/** What a story's own page shows of it, as text to compare: its revision, and where and when it stands. */
function pageOf(shown: Shown | null): string {
  return JSON.stringify({ ...shown, redirectFrom: null });
}

/** What a card shows of a story, as text to compare. */
function faceOf({ face, path, place, section, authors }: Shown): string {
  return JSON.stringify([face, path, place, section, authors]);
}

function idOf(live: Live | null): string[] {
  return live ? [live.articleId] : [];
}

function renamed(entries: Replaced<{ slug: string; name: string }>[]): string[] {
  return changed(entries, ["name"]);
}

/** The slugs of the entries of which any of the fields came out different. */
function changed<T extends { slug: string }>(
  entries: Replaced<T>[],
  fields: (keyof T)[],
): string[] {
  return entries
    .filter(({ before, after }) => fields.some((field) => before?.[field] !== after?.[field]))
    .map(slugOf);
}

function slugOf({ before, after }: Replaced<{ slug: string }>): string {
  return need(before ?? after).slug;
}

function isSame(one: string[] | undefined, other: string[] | undefined): boolean {
  return JSON.stringify(one ?? []) === JSON.stringify(other ?? []);
}

/** What an act on stories must come with. */
function need<T>(value: T | null | undefined): T {
  if (value === null || value === undefined)
    throw new Error("A public act on stories must come with what stands around them.");
  return value;
}
