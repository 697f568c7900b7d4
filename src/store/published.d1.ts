// Promises: one round trip a page; only published rows, whatever the caller asks; bounded rows however many stories there are.
// Relies on: the published_* views, each of which starts from `live`, and on the indexes of migration 0001.
// Does not: write, cache, or decide what a page that is not there looks like.

import type { Correction } from "../domain/article.ts";
import type { Hero } from "../domain/hero.ts";
import {
  FRONT_SECTIONS,
  FRONT_STORIES,
  PAGE_SIZE,
  RAIL_SIZE,
  type Card,
  type Front,
  type Listing,
  type MonthPage,
  type Named,
  type Profile,
  type SectionFront,
  type Site,
  type Story,
  type StoryPage,
  type Topic,
  type Twin,
} from "../domain/published.ts";
import type { Trail } from "../purge/tags.ts";
import type { PictureType } from "../domain/media.ts";
import { twinPath } from "../domain/paths.ts";
import {
  addressOf,
  addressQuery,
  destination,
  trailOf,
  type Address,
  type AddressRow,
  type Lead,
} from "./addresses.d1.ts";
import type { Bytes, Form, Pictures } from "./media.r2.ts";
import { readSettings, type SettingRow } from "./paper.d1.ts";
import { sql, type Cost, type Database, type Read } from "./batch.d1.ts";

export type { Bytes } from "./media.r2.ts";

/** Stories on one page of a month of the archive. */
const MONTH_PAGE_SIZE = 50;
/** Translations that a story names. */
const TRANSLATIONS = 20;

/** What a path is: a page, or none; then where it leads, if anywhere, and what was asked to find out. */
export type Visit<T> = { site: Site; found: T } | Absence;

export interface Absence {
  site: Site;
  found: null;
  address: Address | null;
  trail: Trail;
}

/** A picture as its addresses need it. */
interface PublicPicture {
  hash: string;
  name: string;
  type: PictureType;
  kept: string;
  /** Taken down: its addresses answer 410. */
  gone: boolean;
}

/** Everything the readers' code is ever given of the newsroom. */
export interface Reader {
  cost: Cost;
  front(path: string, page: number): Promise<Visit<Front>>;
  section(
    path: string,
    slug: string,
    page: number,
  ): Promise<Visit<{ section: SectionFront; listing: Listing }>>;
  author(
    path: string,
    slug: string,
    page: number,
  ): Promise<Visit<{ author: Profile; listing: Listing }>>;
  tag(path: string, slug: string, page: number): Promise<Visit<{ topic: Topic; listing: Listing }>>;
  story(path: string): Promise<Visit<StoryPage>>;
  twin(path: string, storyPath: string): Promise<Visit<{ story: Twin; body: string }>>;
  months(path: string): Promise<Visit<string[]>>;
  month(
    path: string,
    month: string,
    section: string | null,
    from: string | null,
  ): Promise<Visit<MonthPage>>;
  /** A picture that readers may see, or may not see any more; null for every other, uploaded or not. */
  picture(path: string, hash: string): Promise<Visit<PublicPicture>>;
  /** The bytes of a picture in a form, or as it was uploaded; null when there are none. */
  bytes(picture: PublicPicture, form: Form | null): Promise<Bytes | null>;
  nowhere(path: string): Promise<Absence>;
}

/** Opens the readers' view of a database and the pictures; `origin` is the site's scheme and host. */
export function createReader(db: Database, origin: string, pictures: Pictures): Reader {
  /** Asks for the page and, in the same round trip, for what surrounds it. */
  async function visit<Queries extends Read[]>(path: string, ...queries: Queries) {
    const [settings, sections, addresses, ...rows] = await db.read(
      sql<SettingRow>`select name, value from public_settings`,
      sql<Named>`select slug, name from published_sections order by position, slug`,
      addressQuery(path),
      ...queries,
    );
    const site: Site = { origin, settings: readSettings(settings), sections };
    return {
      around: { site, path, addresses },
      rows: rows as { [K in keyof Queries]: Queries[K] extends Read<infer R> ? R[] : never },
    };
  }

  /** The page, or what became of its path. */
  async function settle<T>(around: Around, found: T | null): Promise<Visit<T>> {
    return found === null ? lead(around) : { site: around.site, found };
  }

  async function lead({ site, path, addresses }: Around): Promise<Absence> {
    return { site, found: null, ...(await destination(db, path, addresses)) };
  }

  return {
    cost: db.cost,

    // In every list the offset skips rows of an index, not whole cards. `cross join` is SQLite's way to say which table comes
    // first: left to choose, it may read every card (https://www.sqlite.org/optoverview.html#crossjoin).

    async front(path, page) {
      const { rows, around } = await visit(
        path,
        sql<CardRow & { position: number }>`
          select f.position, c.* from published_front f cross join published_cards c on c.id = f.id
          where ${page} = 1 order by f.position`,
        sql<CardRow>`
          select c.* from (
            select id from published_places order by place desc
            limit ${PAGE_SIZE + 1} offset ${(page - 1) * PAGE_SIZE}
          ) x cross join published_cards c on c.id = x.id order by c.place desc`,
        sql<CardRow>`
          select c.* from (
            select id from published_sections where ${page} = 1 order by position, slug limit ${FRONT_SECTIONS}
          ) s cross join published_cards c on c.id in (
            select id from published_places where section_id = s.id order by place desc limit ${FRONT_STORIES})
          order by c.place desc`,
      );
      const [placed, newest, latest] = rows;
      const listing = listingOf(newest, page);
      return settle(around, listing && arrange(placed, listing, latest.map(cardFromRow)));
    },

    async section(path, slug, page) {
      const { rows, around } = await visit(
        path,
        sql<SectionFront>`select slug, name, description from published_sections where slug = ${slug}`,
        sql<CardRow>`
          select c.* from (
            select id from published_places
            where section_id = (select id from published_sections where slug = ${slug}) order by place desc
            limit ${PAGE_SIZE + 1} offset ${(page - 1) * PAGE_SIZE}
          ) x cross join published_cards c on c.id = x.id order by c.place desc`,
      );
      const [section] = rows[0];
      const listing = listingOf(rows[1], page);
      return settle(around, section && listing ? { section, listing } : null);
    },

    async author(path, slug, page) {
      const { rows, around } = await visit(
        path,
        sql<Profile>`select slug, name, role, bio from published_authors where slug = ${slug}`,
        sql<CardRow>`
          select c.* from (
            select article_id from published_authorship
            where author_id = (select id from published_authors where slug = ${slug}) order by place desc
            limit ${PAGE_SIZE + 1} offset ${(page - 1) * PAGE_SIZE}
          ) x cross join published_cards c on c.id = x.article_id order by c.place desc`,
      );
      const [author] = rows[0];
      const listing = listingOf(rows[1], page);
      return settle(around, author && listing ? { author, listing } : null);
    },

    async tag(path, slug, page) {
      const { rows, around } = await visit(
        path,
        sql<Topic>`select slug, name, description from published_tags where slug = ${slug}`,
        sql<CardRow>`
          select c.* from (
            select article_id from published_tagging
            where tag_id = (select id from published_tags where slug = ${slug}) order by place desc
            limit ${PAGE_SIZE + 1} offset ${(page - 1) * PAGE_SIZE}
          ) x cross join published_cards c on c.id = x.article_id order by c.place desc`,
      );
      const [topic] = rows[0];
      const listing = listingOf(rows[1], page);
      return settle(around, topic && listing ? { topic, listing } : null);
    },

    async story(path) {
      const { rows, around } = await visit(path, ...storyQueries(path));
      return settle(around, storyPageOf(rows));
    },

    async twin(path, storyPath) {
      const { rows, around } = await visit(
        path,
        ...twinQueries(storyPath),
        addressQuery(storyPath),
      );
      const [[row], authors, tags, atStory] = rows;
      const found = row ? { story: twinFromRow(row, authors, tags), body: row.body } : null;
      if (found) return { site: around.site, found };
      const own = await lead(around);
      // The twin moves with its story and is gone with it; what leads to a story elsewhere leads to no twin.
      const asked = trailOf(storyPath, atStory);
      const trail = {
        paths: [...own.trail.paths, ...asked.paths],
        stories: [...own.trail.stories, ...asked.stories],
      };
      return { ...own, trail, address: own.address ?? twinAddress(addressOf(storyPath, atStory)) };
    },

    async months(path) {
      const { rows, around } = await visit(
        path,
        // Jumps from month to month in the index: one seek each, however many stories a month has.
        sql<{ month: string }>`
          with recursive months (month) as (
            select max(month) from published_places
            union all
            select (select max(month) from published_places p where p.month < months.month)
            from months where months.month is not null
          )
          select month from months where month is not null`,
      );
      return settle(
        around,
        rows[0].map(({ month }) => month),
      );
    },

    async month(path, month, section, from) {
      const { rows, around } = await visit(path, ...monthQueries(month, section, from));
      const [cardRows, neighbours, named] = rows;
      const cards = cardRows.map(cardFromRow);
      const [first] = cards;
      // A page starts at a story, so that nobody can fill the cache with starts that are none.
      if (!first || (from !== null && first.place !== from)) return lead(around);
      const page: MonthPage = {
        month,
        section: named[0] ?? null,
        cards: cards.slice(0, MONTH_PAGE_SIZE),
        next: cards[MONTH_PAGE_SIZE]?.place ?? null,
        first: from === null,
        olderMonth: neighbours[0]?.older ?? null,
        newerMonth: neighbours[0]?.newer ?? null,
      };
      return settle(around, page);
    },

    async picture(path, hash) {
      const { rows, around } = await visit(
        path,
        sql<Omit<PublicPicture, "gone"> & { gone: number }>`
          select hash, name, type, kept, gone from published_media where hash = ${hash}`,
      );
      const [row] = rows[0];
      return settle(around, row ? { ...row, gone: row.gone === 1 } : null);
    },

    bytes: (picture, form) =>
      form === null ? pictures.original(picture) : pictures.sized(picture, form),

    async nowhere(path) {
      const { around } = await visit(path);
      return lead(around);
    },
  };
}

/** What every page's round trip finds beside the page. */
interface Around {
  site: Site;
  path: string;
  addresses: AddressRow[];
}

/** Where the twin of a path is that leads to a story, or that its story has left. */
function twinAddress(address: Lead["address"]): Address | null {
  if (address?.kind === "gone") return address;
  return address?.story ? { ...address, to: twinPath(address.to) } : null;
}

interface CardRow {
  id: string;
  path: string;
  place: string;
  month: string;
  section: string;
  section_name: string;
  title: string;
  standfirst: string | null;
  hero: string | null;
  language: string | null;
  published_at: number;
  authors: string;
}

function cardFromRow(row: CardRow): Card {
  return {
    id: row.id,
    path: row.path,
    place: row.place,
    section: { slug: row.section, name: row.section_name },
    title: row.title,
    standfirst: row.standfirst,
    hero: row.hero === null ? null : (JSON.parse(row.hero) as Hero),
    language: row.language,
    publishedAt: row.published_at,
    authors: JSON.parse(row.authors) as Named[],
  };
}

/** A page of a list, or null when it is past the end. The first page of an empty list is a page. */
function listingOf(rows: CardRow[], page: number): Listing | null {
  if (rows.length === 0 && page > 1) return null;
  return {
    cards: rows.slice(0, PAGE_SIZE).map(cardFromRow),
    page,
    hasOlder: rows.length > PAGE_SIZE,
  };
}

/** Puts what the editors placed first and takes it out of the newest; without a lead, the newest story leads. */
function arrange(
  placed: (CardRow & { position: number })[],
  listing: Listing,
  latest: Card[],
): Front {
  const lead = placed.find(({ position }) => position === 0);
  const leadId = lead?.id;
  const pinned = placed
    .filter(({ position, id }) => position > 0 && id !== leadId)
    .map(cardFromRow);
  const elsewhere = new Set(placed.map(({ id }) => id));
  const cards = listing.cards.filter(({ id }) => !elsewhere.has(id));
  const newest = new Set(cards.map(({ id }) => id));
  const others = latest.filter(({ id }) => !elsewhere.has(id) && !newest.has(id));
  const page = { ...listing, pinned, others };
  if (lead) return { ...page, lead: cardFromRow(lead), cards };
  if (listing.page > 1) return { ...page, lead: null, pinned: [], cards };
  return { ...page, lead: cards[0] ?? null, cards: cards.slice(1) };
}

type StoryRow = Omit<CardRow, "authors"> & {
  updated_at: number | null;
  translation_of: string | null;
  canonical_url: string | null;
  corrections: string;
  seo: string;
  words: number;
  html: string;
};
type TranslationRow = Story["translations"][number];

interface TwinRow {
  id: string;
  path: string;
  section: string;
  section_name: string;
  title: string;
  standfirst: string | null;
  language: string | null;
  published_at: number;
  updated_at: number | null;
  canonical_url: string | null;
  corrections: string;
  body: string;
}

/** What a story's twin says: nothing of what stands around it. */
function twinQueries(path: string) {
  return [
    sql<TwinRow>`
      select id, path, section, section_name, title, standfirst, language, published_at, updated_at, canonical_url, corrections, body
      from published_stories where path = ${path}`,
    sql<Named>`
      select slug, name from published_bylines
      where article_id = (select id from published_places where path = ${path}) order by position`,
    sql<Named>`
      select slug, name from published_topics
      where article_id = (select id from published_places where path = ${path}) order by position`,
  ] as const;
}

function twinFromRow(row: TwinRow, authors: Named[], tags: Named[]): Twin {
  return {
    id: row.id,
    path: row.path,
    section: { slug: row.section, name: row.section_name },
    title: row.title,
    standfirst: row.standfirst,
    language: row.language,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
    canonicalUrl: row.canonical_url,
    corrections: JSON.parse(row.corrections) as Correction[],
    authors,
    tags,
  };
}

/** A story with its names and neighbours, all found from its path, so that one batch suffices. */
function storyQueries(path: string) {
  return [
    sql<StoryRow>`
      select id, path, place, month, section, section_name, title, standfirst, hero, language,
        published_at, updated_at, translation_of, canonical_url, corrections, seo, words, html
      from published_stories where path = ${path}`,
    sql<Profile>`
      select slug, name, role, bio from published_bylines
      where article_id = (select id from published_places where path = ${path}) order by position`,
    sql<Named>`
      select slug, name from published_topics
      where article_id = (select id from published_places where path = ${path}) order by position`,
    sql<CardRow & { side: "older" | "newer" }>`
      select * from (
        select 'older' as side, c.* from published_cards c
        where c.place < (select place from published_places where path = ${path}) order by c.place desc limit 1)
      union all
      select * from (
        select 'newer' as side, c.* from published_cards c
        where c.place > (select place from published_places where path = ${path}) order by c.place limit 1)`,
    sql<CardRow>`
      select * from published_cards
      where section_id = (select section_id from published_places where path = ${path}) and path <> ${path}
      order by place desc limit ${RAIL_SIZE}`,
    sql<TranslationRow>`
      select id, path, title, language from published_translations
      where translation_of = (select id from published_places where path = ${path})
      union
      select c.id, c.path, c.title, c.language from published_stories s cross join published_cards c on c.id = s.translation_of
      where s.path = ${path}
      order by path limit ${TRANSLATIONS}`,
  ] as const;
}

type StoryRows = readonly [
  StoryRow[],
  Profile[],
  Named[],
  (CardRow & { side: "older" | "newer" })[],
  CardRow[],
  TranslationRow[],
  ...unknown[],
];

function storyPageOf([
  [row],
  authors,
  tags,
  neighbours,
  latest,
  translations,
]: StoryRows): StoryPage | null {
  if (!row) return null;
  const neighbour = (side: "older" | "newer") => {
    const found = neighbours.find((candidate) => candidate.side === side);
    return found ? cardFromRow(found) : null;
  };
  const { authors: _, ...card } = cardFromRow({ ...row, authors: "[]" });
  const story: Story = {
    ...card,
    updatedAt: row.updated_at,
    translationOf: row.translation_of,
    authors,
    tags,
    html: row.html,
    words: row.words,
    canonicalUrl: row.canonical_url,
    corrections: JSON.parse(row.corrections) as Correction[],
    seo: JSON.parse(row.seo) as Story["seo"],
    translations,
  };
  return {
    story,
    older: neighbour("older"),
    newer: neighbour("newer"),
    latest: latest.map(cardFromRow),
  };
}

/** A month's stories and its neighbours. Two shapes of one question, since each has an index of its own. */
function monthQueries(month: string, section: string | null, from: string | null) {
  // Every place sorts before "~", so a first page starts at the top of the month.
  const start = from ?? "~";
  const named = sql<Named>`select slug, name from published_sections where slug = ${section}`;
  if (section === null) {
    return [
      sql<CardRow>`
        select * from published_cards where month = ${month} and place <= ${start}
        order by place desc limit ${MONTH_PAGE_SIZE + 1}`,
      sql<NeighbourRow>`
        select (select max(month) from published_places where month < ${month}) as older,
          (select min(month) from published_places where month > ${month}) as newer`,
      named,
    ] as const;
  }
  return [
    sql<CardRow>`
      select * from published_cards
      where section_id = (select id from published_sections where slug = ${section}) and month = ${month} and place <= ${start}
      order by place desc limit ${MONTH_PAGE_SIZE + 1}`,
    sql<NeighbourRow>`
      select (select max(month) from published_places p where p.section_id = x.id and month < ${month}) as older,
        (select min(month) from published_places p where p.section_id = x.id and month > ${month}) as newer
      from published_sections x where x.slug = ${section}`,
    named,
  ] as const;
}

interface NeighbourRow {
  older: string | null;
  newer: string | null;
}
