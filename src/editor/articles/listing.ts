import type { StoryState } from "../../domain/article.ts";
import { may, type Actor } from "../../domain/role.ts";
import { docidFrom } from "../../domain/search/docid.ts";
import { canonicalQuery, matchOf, readQuery } from "../../domain/search/query.ts";
import { learnStems } from "../../domain/search/stems.ts";
import { StoreUnavailable } from "../../domain/unavailable.ts";
import {
  listStories,
  storiesAmong,
  type ArticleFilter,
  type Owner,
} from "../../store/articles.d1.ts";
import { EVER, hitsQuery, readWords } from "../../store/words.d1.ts";
import type { CommandContext } from "../context.ts";
import { log } from "../log.ts";
import { filedBy } from "../search/filed.ts";

// The editors' lists. Words are looked for in the search index, and what it finds is read from the database, which has the last word on
// what is among the list; while the index is away the list is read through.

interface Page {
  before: string | null;
  limit: number;
}

interface Listed {
  stories: StoryState[];
  next: string | null;
}

/** A page of the stories that an actor may see, newest first by creation. */
export async function listed(context: CommandContext, asked: Asked, page: Page): Promise<Listed> {
  const { store, actor } = context;
  const filter = filterFor(actor, asked);
  // A list that was begun without the index goes on without it: within a second the index has another order.
  const isBegun = page.before !== null && !page.before.startsWith(NUMBER);
  if (filter.q === undefined || !store.search || isBegun)
    return listStories(store.db, filter, bornPage(page));
  try {
    return await foundIn(context, filter, page);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    log("search away", { error: error.message }, console.error);
    return listStories(store.db, filter, bornPage(page));
  }
}

/** What a list is asked for; `mine` is what is the caller's own. */
export type Asked = Omit<ArticleFilter, "mine" | "visibleTo"> & { mine?: boolean | undefined };

/** The same for one who asks: what is theirs, and what they may see. */
export function filterFor(actor: Actor, { mine, ...asked }: Asked): ArticleFilter {
  const owner: Owner = { author: actor.author, key: actor.id };
  // Who may see what is planned sees everybody's unpublished stories.
  const seen = may(actor, "see what is planned") ? {} : { visibleTo: owner };
  return { ...asked, ...(mine && { mine: owner }), ...seen };
}

/** How many more are looked at than are shown: the index may have some that are not among the list any more. */
const SPARE = 20;

async function foundIn(
  { store }: CommandContext,
  { q = "", ...filter }: ArticleFilter,
  { before, limit }: Page,
): Promise<Listed> {
  await learnStems();
  const query = readQuery(canonicalQuery(q), "en");
  // What has no word in it is in no headline as one, but may be as it stands.
  if (query.terms.length === 0)
    return listStories(store.db, { q, ...filter }, bornPage({ before, limit }));
  const filed = await filedBy(store.db, filter);
  if (filed === null) return { stories: [], next: null };
  const match = matchOf({ query, within: ["title"], filed });
  const range = { from: EVER.from, to: before === null ? EVER.to : docidBefore(before) };
  const [hits = []] = await readWords(
    store.search,
    hitsQuery("head", { match, limit: limit + SPARE }, range),
  );
  const found = await storiesAmong(
    store.db,
    hits.map(({ id }) => id),
    filter,
  );
  const stories = found.slice(0, limit);
  const last =
    found.length > limit ? hits.find(({ id }) => id === stories.at(-1)?.article.id) : hits.at(-1);
  const isWhole = found.length <= limit && hits.length < limit + SPARE;
  return { stories, next: isWhole || !last ? null : `${NUMBER}${last.docid}` };
}

/** How a cursor begins that goes on after a number of the index. */
const NUMBER = "n:";

/** The highest number before a cursor. */
function docidBefore(cursor: string): number {
  return Number(cursor.slice(NUMBER.length)) - 1;
}

/** The same for a list that is read through. Within a second it has another order: some may be there twice. */
function bornPage({ before, limit }: Page): Page {
  if (!before?.startsWith(NUMBER)) return { before, limit };
  const second = Math.floor(Number(before.slice(NUMBER.length)) / docidFrom(1000));
  return { before: `${String(second * 1000 + 999).padStart(15, "0")}~`, limit };
}
