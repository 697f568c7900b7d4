import type { Live } from "../domain/article.ts";
import { LAST_PAGE } from "../domain/paths.ts";
import type { AroundList, PublicAct, Replaced } from "./public-act.ts";
import { PAGE_SIZE } from "../domain/published.ts";
import type { SiteMap } from "../domain/site-map.ts";
import { listName, listOf, type ListName } from "../domain/lists.ts";

// Where an act moves stories: in which lists, from which page on, in which months.

/** A place in the list of a tag that a story comes to or leaves. */
export interface TagMove {
  articleId: string;
  tag: string;
  place: string;
}

/** The places in lists of tags that stories come to or leave. */
export function tagMovesOf(stories: Replaced<Live>[]): TagMove[] {
  const at = (live: Live | null) =>
    (live?.tags ?? []).map((tag) => ({
      articleId: need(live).articleId,
      tag,
      place: need(live).place,
    }));
  return stories.flatMap(({ before, after }) => {
    const [was, is] = [at(before), at(after)];
    const isIn = (moves: TagMove[]) => (one: TagMove) =>
      moves.some(({ tag, place }) => tag === one.tag && place === one.place);
    return [...was.filter((one) => !isIn(is)(one)), ...is.filter((one) => !isIn(was)(one))];
  });
}

/** What an act moves in one list. */
export interface Move {
  list: ListName;
  /** Ids of the stories that come to a place in it, and of those that leave one. */
  comes: string[];
  goes: string[];
  /** The newest and the oldest of these places; every place sorts between "" and "~". */
  newest: string;
  oldest: string;
  /** The places in it of the act's other stories, which stay. */
  stay: string[];
}

/** The lists that stories enter, leave, or move in. */
export function movesOf(stories: Replaced<Live>[]): Move[] {
  const moves = new Map<ListName, Move>();
  const moveIn = (list: ListName): Move => {
    const move = moves.get(list) ?? {
      list,
      comes: [],
      goes: [],
      stay: [],
      newest: "",
      oldest: "~",
    };
    moves.set(list, move);
    return move;
  };
  const note = (list: ListName, side: "comes" | "goes", { articleId, place }: Live) => {
    const move = moveIn(list);
    move[side].push(articleId);
    if (place > move.newest) move.newest = place;
    if (place < move.oldest) move.oldest = place;
  };
  for (const { before, after } of stories) {
    const [was, is] = [listsOf(before), listsOf(after)];
    const isMoved = before?.place !== after?.place;
    for (const list of was) {
      if (before && (isMoved || !is.includes(list))) note(list, "goes", before);
      else if (before) moveIn(list).stay.push(before.place);
    }
    for (const list of is)
      if (after && (isMoved || !was.includes(list))) note(list, "comes", after);
  }
  return [...moves.values()].filter(({ comes, goes }) => comes.length + goes.length > 0);
}

/** A move with what stands around it, the act's staying stories included. */
interface Shift extends AroundList {
  list: ListName;
  comes: number;
  goes: number;
  /** It is one story that moves, and no other comes or goes. */
  alone: boolean;
}

/** What an act moves, list by list. */
export function shiftsOf({ stories = [], around }: PublicAct): Shift[] {
  return movesOf(stories).map(({ list, comes, goes, newest, oldest, stay }) => {
    const { length, newer, between, always, former } = need(around?.lists.get(list));
    return {
      list,
      comes: comes.length,
      goes: goes.length,
      alone: comes.length === 1 && goes.length === 1 && comes[0] === goes[0],
      length: length + stay.length,
      newer: newer + stay.filter((place) => place > newest).length,
      between: between + stay.filter((place) => place > oldest && place < newest).length,
      always,
      former,
    };
  });
}

/** How many stories of a section stand before the newest place in it that the act touches. */
export function rankIn(shifts: Shift[], section: string): number {
  return need(shifts.find(({ list }) => list === `section:${section}`)).newer;
}

/** Every list that a story is in. */
function listsOf(live: Live | null): ListName[] {
  if (!live) return [];
  return [
    "front",
    listName("section", live.section),
    ...live.authors.map((slug) => listName("author", slug)),
    ...live.tags.map((slug) => listName("tag", slug)),
  ];
}

/** The number of the first page on which anything moves, or null when the pages of the list stay as they are. */
export function firstPageThatMoves({
  comes,
  goes,
  alone,
  newer,
  length,
  between,
}: Shift): number | null {
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
export function isRotation({ comes, goes }: Shift): boolean {
  return comes === goes;
}

/** The numbers of the pages between the newest and the oldest place that is touched. */
export function pagesThatRotate(shift: Shift): number[] {
  const first = firstPageThatMoves(shift);
  if (first === null) return [];
  const lastRank = shift.newer + shift.between + shift.comes - 1;
  const last = Math.min(LAST_PAGE, Math.floor(lastRank / PAGE_SIZE) + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Tells whether the list's pages come or go with the act: it gets its first story, or loses its last. */
export function isFlip({ always, comes, goes, length }: Shift): boolean {
  return !always && (length + goes === 0) !== (length + comes === 0);
}

/** The paths of the pages that a list has afterwards and had not before. */
export function newPages({ list, comes, goes, length, always }: Shift, site: SiteMap): string[] {
  const { kind, slug } = listOf(list);
  const pages = (total: number) =>
    Math.min(LAST_PAGE, Math.max(always ? 1 : 0, Math.ceil(total / PAGE_SIZE)));
  const [had, has] = [pages(length + goes), pages(length + comes)];
  const numbers = Array.from({ length: Math.max(0, has - had) }, (_, index) => had + index + 1);
  return numbers.flatMap((number) => site.listPaths(kind, slug, number));
}

/** The stories that are at another place in time than before, or at none on one side. */
export function movedOf(stories: Replaced<Live>[]): Replaced<Live>[] {
  return stories.filter(({ before, after }) => before?.place !== after?.place);
}

/** The stories that come to a place where they were not: in time, or in a section. */
export function comingsOf(stories: Replaced<Live>[]): Live[] {
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
export function filingsOf(stories: Replaced<Live>[]): Filing[] {
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

/** What an act on stories must come with. */
export function need<T>(value: T | null | undefined): T {
  if (value === null || value === undefined)
    throw new Error("A public act on stories must come with what stands around them.");
  return value;
}
