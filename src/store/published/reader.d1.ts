// Promises: one round trip a page; only published rows, whatever the caller wants; bounded rows however many stories there are.
// Relies on: the published_* views, each of which starts from `live`, and on the indexes of `live` and what hangs on it.
// Does not: write, cache, or decide what a page that is not there looks like.

import type { Nameable } from "../../domain/lists.ts";
import type {
  Front,
  ListEntries,
  Listing,
  CorrectionsPage,
  FeedListing,
  MonthPage,
  SearchPage,
  StoryPage,
  Twin,
  Wanted,
} from "../../domain/published.ts";
import { learnStems } from "../../domain/search/stems.ts";
import { StoreUnavailable } from "../../domain/unavailable.ts";
import type { Cost, Database } from "../batch.d1.ts";
import type { Bytes, Form, Pictures } from "../media.r2.ts";
import { addressOf, addressQuery, trailOf } from "./addresses.d1.ts";
import { archiveQuery, monthOf, monthQueries, type MonthRange } from "./archive.d1.ts";
import { correctionsOf, correctionsQuery } from "./corrections.d1.ts";
import { feedQueries, frontOf, frontQueries, listingOf, listQueries } from "./lists.d1.ts";
import { publicPictureQuery, type PublicPicture } from "./media.d1.ts";
import { findIds, foundQueries, narrowingQuery, rangeOf, searchPageOf } from "./search.d1.ts";
import { openSite, type Absence, type Visit } from "./site.d1.ts";
import { storyPageOf, storyQueries, twinAddress, twinOf, twinQueries } from "./story.d1.ts";
import { EVER } from "../words.d1.ts";

export type { Bytes } from "../media.r2.ts";
export type { Absence, Visit } from "./site.d1.ts";

/** Everything the readers' code is ever given of the newsroom. Each reads the page that may stand at a path. */
export interface Reader {
  cost: Cost;
  front(path: string, page: number): Promise<Visit<Front>>;
  /** A page of a section's, an author's or a tag's list. */
  list<Kind extends Nameable>(
    path: string,
    kind: Kind,
    wanted: { slug: string; page: number },
  ): Promise<Visit<{ entry: ListEntries[Kind]; listing: Listing }>>;
  /** The newest stories of a section's, an author's or a tag's list, with what a feed tells of them. */
  feed<Kind extends Nameable>(
    path: string,
    kind: Kind,
    slug: string,
  ): Promise<Visit<{ entry: ListEntries[Kind]; listing: FeedListing }>>;
  /** A page of the corrections of all stories. */
  corrections(path: string, page: number): Promise<Visit<CorrectionsPage>>;
  story(path: string): Promise<Visit<StoryPage>>;
  twin(path: string, storyPath: string): Promise<Visit<{ story: Twin; body: string }>>;
  months(path: string): Promise<Visit<string[]>>;
  month(path: string, range: MonthRange): Promise<Visit<MonthPage>>;
  /** A picture that readers may see, or may not see any more; null for every other, uploaded or not. */
  picture(path: string, hash: string): Promise<Visit<PublicPicture>>;
  /** The bytes of a picture in a form, or as it was uploaded; null when there are none. */
  bytes(picture: PublicPicture, form: Form | null): Promise<Bytes | null>;
  /** A page of what a search found; it asks the index first, which is another database. */
  search(path: string, wanted: Wanted): Promise<Visit<SearchPage>>;
  /** What every page shows around its own content, for a page that has none of the newsroom's. */
  site(path: string): Promise<Visit<true>>;
  nowhere(path: string): Promise<Absence>;
}

/** Opens the readers' view of a database, and the pictures only for a picture; `origin` is the site's scheme and host. */
export function createReader(
  db: Database,
  origin: string,
  openPictures: () => Pick<Pictures, "original" | "sized">,
  search: Database | null,
): Reader {
  const { visit, settle, lead } = openSite(db, origin);

  /** What the index has; null while it is away: then the page says so, and everything else is as ever. */
  async function found(
    ...asked: [string, Parameters<typeof findIds>[2]]
  ): Promise<string[] | null> {
    try {
      return await findIds(search, ...asked);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      console.error(JSON.stringify({ event: "search away", error: error.message }));
      return null;
    }
  }

  return {
    cost: db.cost,

    async front(path, page) {
      const { rows, surroundings } = await visit(path, ...frontQueries(page));
      return settle(surroundings, frontOf(rows, page));
    },

    async list(path, kind, { slug, page }) {
      const { rows, surroundings } = await visit(path, ...listQueries(kind, slug, page));
      const [[entry], cards] = rows;
      const listing = listingOf(cards, page);
      return settle(surroundings, entry && listing ? { entry, listing } : null);
    },

    async feed(path, kind, slug) {
      const { rows, surroundings } = await visit(path, ...feedQueries(kind, slug));
      const [[entry], stories] = rows;
      return settle(surroundings, entry ? { entry, listing: { stories } } : null);
    },

    async corrections(path, page) {
      const { rows, surroundings } = await visit(path, correctionsQuery(page));
      return settle(surroundings, correctionsOf(rows[0], page));
    },

    async story(path) {
      const { rows, surroundings } = await visit(path, ...storyQueries(path));
      return settle(surroundings, storyPageOf(rows));
    },

    async twin(path, storyPath) {
      const queries = [...twinQueries(storyPath), addressQuery(storyPath)] as const;
      const { rows, surroundings } = await visit(path, ...queries);
      const [row, authors, tags, atStory] = rows;
      const found = twinOf([row, authors, tags]);
      if (found) return { site: surroundings.site, found };
      // The twin moves with its story and is gone with it; what leads to a story elsewhere leads to no twin.
      const looked = trailOf(storyPath, atStory);
      const withStory = twinAddress(addressOf(storyPath, atStory));
      // What a section was called says less than where its story is.
      const addresses = surroundings.addresses.filter(
        ({ kind }) => kind !== "former" || !withStory,
      );
      const own = await lead({ ...surroundings, addresses });
      const trail = {
        paths: [...own.trail.paths, ...looked.paths],
        stories: [...own.trail.stories, ...looked.stories],
      };
      return { ...own, trail, address: own.address ?? withStory };
    },

    async months(path) {
      const { rows, surroundings } = await visit(path, archiveQuery());
      const months = rows[0].map(({ month }) => month);
      return settle(surroundings, months);
    },

    async month(path, range) {
      const { rows, surroundings } = await visit(path, ...monthQueries(range));
      return settle(surroundings, monthOf(rows, range));
    },

    async picture(path, hash) {
      const { rows, surroundings } = await visit(path, publicPictureQuery(hash));
      return settle(surroundings, rows[0][0] ?? null);
    },

    bytes(picture, form) {
      const pictures = openPictures();
      return form === null ? pictures.original(picture) : pictures.sized(picture, form);
    },

    async search(path, wanted) {
      // The page says where the words are, too.
      if (wanted.q !== "") await learnStems();
      const isNarrow = wanted.section ?? wanted.author ?? wanted.from ?? wanted.to;
      // What it is narrowed to is read first, since the index knows ids, and days are those of the site's time zone.
      const before = isNarrow === null ? null : await visit(path, narrowingQuery(wanted));
      const named = before?.rows[0] ?? [];
      const section = named.find(({ kind }) => kind === "section") ?? null;
      const author = named.find(({ kind }) => kind === "author") ?? null;
      const isNowhere = (wanted.section && !section) || (wanted.author && !author);
      const narrowed = {
        section: section?.id ?? null,
        author: author?.id ?? null,
        range: before ? rangeOf(wanted, before.surroundings.site.settings.timeZone) : EVER,
      };
      const ids = isNowhere ? [] : await found(wanted.q, narrowed);
      const { rows, surroundings } = await visit(path, ...foundQueries(ids ?? [], wanted.page));
      const told = author && { slug: author.slug, name: author.name };
      const page = searchPageOf(wanted, rows, told);
      return settle(surroundings, ids === null ? { ...page, stories: null } : page);
    },

    async site(path) {
      const { surroundings } = await visit(path);
      return settle(surroundings, true);
    },

    async nowhere(path) {
      const { surroundings } = await visit(path);
      return lead(surroundings);
    },
  };
}
