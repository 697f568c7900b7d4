// Promises: one round trip a page; only published rows, whatever the caller wants; bounded rows however many stories there are.
// Relies on: the published_* views, each of which starts from `live`, and on the indexes of `live` and what hangs on it.
// Does not: write, cache, or decide what a page that is not there looks like.

import type { ListKindName, Nameable } from "../../domain/lists.ts";
import type {
  Front,
  ListEntries,
  Listing,
  CorrectionsPage,
  FeedListing,
  MonthPage,
  Newest,
  SearchPage,
  Site,
  StoryPage,
  PlainPage,
  Twin,
  Wanted,
} from "../../domain/published.ts";
import { learnStems } from "../../domain/search/stems.ts";
import type { FileSettings, Settings } from "../../domain/settings.ts";
import type { CardDesign } from "../../domain/share-card.ts";
import type { NewsStory, PlainUrl, SitemapIndex, SitemapUrl } from "../../domain/sitemap.ts";
import { StoreUnavailable } from "../../domain/unavailable.ts";
import type { Cost, Database } from "../batch.d1.ts";
import type { Form } from "../../domain/media.ts";
import type { Bytes, Icon, Pictures } from "../media.r2.ts";
import { fileSettingsQuery, readFileSettings } from "../paper.d1.ts";
import { addressOf, addressQuery, trailOf, type AddressRow } from "./addresses.d1.ts";
import { archiveQuery, monthOf, monthQueries, type MonthRange } from "./archive.d1.ts";
import { correctionsOf, correctionsQuery } from "./corrections.d1.ts";
import { feedOf, feedQueries } from "./feeds.d1.ts";
import { seriesFromRows } from "./leading-on.d1.ts";
import { frontOf, frontQueries, listingOf, listQueries } from "./lists.d1.ts";
import { logoQuery, publicPictureQuery, type PublicPicture } from "./media.d1.ts";
import { pageQuery, pageTwinQuery, type FoundTwin } from "./pages.d1.ts";
import { findIds, foundQueries, narrowingQuery, rangeOf, searchPageOf } from "./search.d1.ts";
import { openSite, type Absence, type Surroundings, type Visit } from "./site.d1.ts";
import {
  entriesSitemapQuery,
  monthSitemapQuery,
  newestQuery,
  newsQuery,
  plainPagesQuery,
  sitemapIndexOf,
  sitemapIndexQueries,
} from "./sitemaps.d1.ts";
import {
  shareCardQuery,
  type KnownCard,
  storyPageOf,
  storyQueries,
  twinAddress,
  twinOf,
  twinQueries,
} from "./story.d1.ts";
import { EVER } from "../words.d1.ts";

export type { Bytes, Icon } from "../media.r2.ts";
export type { Absence, Visit } from "./site.d1.ts";

/** Everything the readers' code is ever given of the newsroom. Each reads the page that may stand at a path. */
export interface Reader {
  cost: Cost;
  front(path: string, page: number): Promise<Visit<Front>>;
  /** What stands at a path of one segment: a page that is no story, or a section's front. */
  pageOrSection(path: string, slug: string): Promise<Visit<PageOrSection>>;
  /** A page of a section's, an author's or a tag's list. */
  list<Kind extends Nameable>(
    path: string,
    kind: Kind,
    wanted: { slug: string; page: number },
  ): Promise<Visit<{ entry: ListEntries[Kind]; listing: Listing }>>;
  /** The newest stories of a list, with what a feed tells of them. */
  feed(path: string, kind: ListKindName, slug: string): Promise<Visit<FeedListing>>;
  /** A page of the corrections of all stories. */
  corrections(path: string, page: number): Promise<Visit<CorrectionsPage>>;
  story(path: string): Promise<Visit<StoryPage>>;
  twin(path: string, storyPath: string): Promise<Visit<{ story: Twin; body: string }>>;
  /** The twin of a page that is no story. */
  pageTwin(path: string, pagePath: string): Promise<Visit<FoundTwin>>;
  months(path: string): Promise<Visit<string[]>>;
  month(path: string, range: MonthRange): Promise<Visit<MonthPage>>;
  /** A picture that readers may see, or may not see any more; null for every other, uploaded or not. */
  picture(path: string, hash: string): Promise<Visit<PublicPicture>>;
  /** The bytes of a picture in a form, or as it was uploaded; null when there are none. */
  bytes(picture: PublicPicture, form: Form | null): Promise<Bytes | null>;
  /** What the share card of a live story says; null for every other, and where no cards are drawn. */
  shareCard(path: string, id: string): Promise<Visit<KnownCard>>;
  /** Draws a share card. */
  drawn(design: CardDesign): Promise<Bytes | null>;
  /** The paper alone, for what is made of its settings, if these want it. */
  paper(path: string, isWanted: (settings: Settings) => boolean): Promise<Visit<true>>;
  /** Nothing but what every page shows. */
  frame(path: string): Promise<Visit<true>>;
  sitemapIndex(path: string): Promise<Visit<SitemapIndex>>;
  /** Every page that is no story. */
  plainPages(path: string): Promise<Visit<PlainUrl[]>>;
  /** What a file of a month's sitemap names. */
  monthSitemap(path: string, month: string, part: number): Promise<Visit<SitemapUrl[]>>;
  /** The slugs of all authors, or tags, of live stories. */
  entriesSitemap(path: string, kind: "author" | "tag"): Promise<Visit<string[]>>;
  /** The stories that went out between two moments, in epoch milliseconds. */
  news(path: string, period: { since: number; until: number }): Promise<Visit<NewsStory[]>>;
  newest(path: string): Promise<Visit<Newest[]>>;
  /** What the paper says to crawlers. */
  robots(path: string): Promise<Visit<Pick<FileSettings, "contentSignals" | "robots">>>;
  /** The setting that a file of its own is made of, if it is set. */
  file<Name extends keyof FileSettings>(
    path: string,
    name: Name,
  ): Promise<Visit<NonNullable<FileSettings[Name]>>>;
  /** The picture that is the paper's sign, if there is one and readers may see it. */
  logo(path: string): Promise<Visit<{ logo: PublicPicture | null }>>;
  /** A picture as a square icon, in pixels. */
  icon(picture: PublicPicture, size: number): Promise<Icon>;
  /** A page of what a search found; it asks the index first, which is another database. */
  search(path: string, wanted: Wanted): Promise<Visit<SearchPage>>;
  nowhere(path: string): Promise<Absence>;
}

/** A page that is no story, or a section's front: they have one name space. */
type PageOrSection = { page: PlainPage } | { entry: ListEntries["section"]; listing: Listing };

/** Opens the readers' view of a database, and the pictures only for a picture. */
export function createReader(
  db: Database,
  setup: Pick<Site, "origin" | "drawsPictures">,
  openPictures: () => Pick<Pictures, "original" | "sized" | "card" | "icon">,
  search: Database | null,
): Reader {
  const { visit, settle, lead } = openSite(db, setup);

  /** What became of a twin that is not there: it moves with what it is the twin of, and is gone with it. */
  async function leadTwin(
    { addresses: all, ...surroundings }: Surroundings,
    ofPath: string,
    atPath: AddressRow[],
  ): Promise<Absence> {
    const looked = trailOf(ofPath, atPath);
    // What leads to a story elsewhere leads to no twin, and what a section was called says less than where its story is.
    const isOwn = ({ kind }: AddressRow) => kind !== "former";
    const withStory = twinAddress(addressOf(ofPath, atPath.filter(isOwn)));
    const addresses = withStory ? all.filter(isOwn) : all;
    const own = await lead({ ...surroundings, addresses });
    const trail = {
      paths: [...own.trail.paths, ...looked.paths],
      stories: [...own.trail.stories, ...looked.stories],
    };
    return { ...own, trail, address: own.address ?? withStory };
  }

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

    async pageOrSection(path, slug) {
      const queries = [pageQuery(path), ...listQueries("section", slug, 1)] as const;
      const { rows, surroundings } = await visit(path, ...queries);
      const [[page], [entry], cards] = rows;
      const listing = listingOf(cards, 1);
      if (page) return settle<PageOrSection>(surroundings, { page });
      return settle<PageOrSection>(surroundings, entry && listing ? { entry, listing } : null);
    },

    async list(path, kind, { slug, page }) {
      const { rows, surroundings } = await visit(path, ...listQueries(kind, slug, page));
      const [[entry], cards, parts = []] = rows;
      const listing = listingOf(cards, page, seriesFromRows(parts));
      return settle(surroundings, entry && listing ? { entry, listing } : null);
    },

    async feed(path, kind, slug) {
      const { rows, surroundings } = await visit(path, ...feedQueries(kind, slug));
      return settle(surroundings, feedOf(kind, rows));
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
      return found ? settle(surroundings, found) : leadTwin(surroundings, storyPath, atStory);
    },

    async pageTwin(path, pagePath) {
      const queries = [pageTwinQuery(pagePath), addressQuery(pagePath)] as const;
      const { rows, surroundings } = await visit(path, ...queries);
      const [[found], atPage] = rows;
      return found ? settle(surroundings, found) : leadTwin(surroundings, pagePath, atPage);
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

    async shareCard(path, id) {
      const { rows, surroundings } = await visit(path, shareCardQuery(id));
      return settle(surroundings, setup.drawsPictures ? (rows[0][0] ?? null) : null);
    },

    drawn: (design) => openPictures().card(design),

    async paper(path, isWanted) {
      const { surroundings } = await visit(path);
      return settle(surroundings, isWanted(surroundings.site.settings) ? true : null);
    },

    async frame(path) {
      const { surroundings } = await visit(path);
      return settle(surroundings, true as const);
    },

    async plainPages(path) {
      const { rows, surroundings } = await visit(path, plainPagesQuery());
      return settle(surroundings, rows[0]);
    },

    async sitemapIndex(path) {
      const { rows, surroundings } = await visit(path, ...sitemapIndexQueries());
      return settle(surroundings, sitemapIndexOf(rows));
    },

    async monthSitemap(path, month, part) {
      const { rows, surroundings } = await visit(path, monthSitemapQuery(month, part));
      return settle(surroundings, rows[0].length > 0 ? rows[0] : null);
    },

    async entriesSitemap(path, kind) {
      const { rows, surroundings } = await visit(path, entriesSitemapQuery(kind));
      const slugs = rows[0].map(({ slug }) => slug);
      return settle(surroundings, slugs.length > 0 ? slugs : null);
    },

    async news(path, period) {
      const { rows, surroundings } = await visit(path, newsQuery(period));
      return settle(surroundings, rows[0]);
    },

    async newest(path) {
      const { rows, surroundings } = await visit(path, newestQuery());
      return settle(surroundings, rows[0]);
    },

    async robots(path) {
      const { rows, surroundings } = await visit(path, fileSettingsQuery());
      // Not what other files are made of: its ETag is a hash of all that it gets.
      const { contentSignals, robots } = readFileSettings(rows[0]);
      return settle(surroundings, { contentSignals, robots });
    },

    async file<Name extends keyof FileSettings>(path: string, name: Name) {
      const { rows, surroundings } = await visit(path, fileSettingsQuery());
      const set = readFileSettings(rows[0])[name] as NonNullable<FileSettings[Name]> | null;
      return settle(surroundings, set);
    },

    async logo(path) {
      const { rows, surroundings } = await visit(path, logoQuery());
      return settle(surroundings, { logo: rows[0][0] ?? null });
    },

    icon: (picture, size) => openPictures().icon(picture, size),

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

    async nowhere(path) {
      const { surroundings } = await visit(path);
      return lead(surroundings);
    },
  };
}
