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
  StoryPage,
  Twin,
} from "../../domain/published.ts";
import type { Cost, Database } from "../batch.d1.ts";
import type { Bytes, Form, Pictures } from "../media.r2.ts";
import { addressOf, addressQuery, trailOf } from "./addresses.d1.ts";
import { archiveQuery, monthOf, monthQueries, type MonthRange } from "./archive.d1.ts";
import { correctionsOf, correctionsQuery } from "./corrections.d1.ts";
import { seriesFromRows } from "./leading-on.d1.ts";
import { feedQueries, frontOf, frontQueries, listingOf, listQueries } from "./lists.d1.ts";
import { publicPictureQuery, type PublicPicture } from "./media.d1.ts";
import { openSite, type Absence, type Visit } from "./site.d1.ts";
import { storyPageOf, storyQueries, twinAddress, twinOf, twinQueries } from "./story.d1.ts";

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
  nowhere(path: string): Promise<Absence>;
}

/** Opens the readers' view of a database, and the pictures only for a picture; `origin` is the site's scheme and host. */
export function createReader(
  db: Database,
  origin: string,
  openPictures: () => Pick<Pictures, "original" | "sized">,
): Reader {
  const { visit, settle, lead } = openSite(db, origin);
  return {
    cost: db.cost,

    async front(path, page) {
      const { rows, surroundings } = await visit(path, ...frontQueries(page));
      return settle(surroundings, frontOf(rows, page));
    },

    async list(path, kind, { slug, page }) {
      const { rows, surroundings } = await visit(path, ...listQueries(kind, slug, page));
      const [[entry], cards, parts = []] = rows;
      const listing = listingOf(cards, page, seriesFromRows(parts));
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

    async nowhere(path) {
      const { surroundings } = await visit(path);
      return lead(surroundings);
    },
  };
}
