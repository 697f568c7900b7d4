// Promises: a page of a list reads as many rows as it shows, however long the list is: at most LAST_PAGE pages in.
// Relies on: the index that domain/lists.ts names for each kind of list, in the order of `place`.
// Does not: arrange a page beyond its order.

import type { Entry, Placement } from "../../domain/front.ts";
import { LISTS, type Nameable } from "../../domain/lists.ts";
import {
  FRONT_SECTIONS,
  FRONT_STORIES,
  PAGE_SIZE,
  type Card,
  type Front,
  type ListEntries,
  type Listing,
} from "../../domain/published.ts";
import type { Series } from "../../domain/series.ts";
import { Fragment, readAs, sql, type Database, type Read } from "../batch.d1.ts";
import type { Row } from "../columns.ts";
import { CARD_COLUMNS, cardFromRow, type CardRow } from "./cards.d1.ts";
import { partsOfTagQuery } from "./leading-on.d1.ts";

// In every list the offset skips rows of an index, not whole cards. `cross join` is SQLite's way to say which table comes
// first: left to choose, it may read every card (https://www.sqlite.org/optoverview.html#crossjoin).

/** What is told of the entry that a list is named after, from `published_{entries}`. */
const ENTRY_COLUMNS = {
  section: new Fragment("slug, name, description"),
  author: new Fragment("slug, name, role, bio, links"),
  tag: new Fragment("slug, name, description"),
};

/** One page of a section's, an author's or a tag's list, and the entry itself. */
export function listQueries<Kind extends Nameable>(kind: Kind, slug: string, page: number) {
  const offset = (page - 1) * PAGE_SIZE;
  return [
    entryQuery(kind, slug),
    sql<CardRow>`
      select ${CARD_COLUMNS} from (
        ${placesOf(kind)} ${slug}) order by place desc limit ${PAGE_SIZE + 1} offset ${offset}
      ) x cross join published_cards c on c.id = x.id order by c.place desc`,
    // A series is told as one on the first page of its tag.
    ...(kind === "tag" && page === 1 ? [partsOfTagQuery(slug)] : []),
  ] as const;
}

function entryQuery<Kind extends Nameable>(kind: Kind, slug: string): Read<ListEntries[Kind]> {
  const query = sql<Row>`select ${ENTRY_COLUMNS[kind]} from ${entriesOf(kind)} where slug = ${slug}`;
  return readAs(query, (row) => entryFromRow(row) as ListEntries[Kind]);
}

function entryFromRow(row: Row): unknown {
  const { links } = row;
  return links === undefined ? row : { ...row, links: JSON.parse(String(links)) as string[] };
}

/** Where a list is read from, up to the slug of its entry and a closing bracket. */
export function placesOf(kind: Nameable): Fragment {
  const { view, story, key } = LISTS[kind].index;
  const entries = entriesOf(kind).text;
  return new Fragment(
    `select ${story} as id from ${view} where ${key}_id = (select id from ${entries} where slug =`,
  );
}

/** The readers' view of what lists are named after. */
export function entriesOf(kind: Nameable): Fragment {
  return new Fragment(`published_${LISTS[kind].index.entries}`);
}

/** The front page's list, with what the editors placed and the latest of each section. */
export function frontQueries(page: number) {
  return [
    sql<PlacedRow>`
      select f.in_row, f.position, f.row_name, f.own, ${CARD_COLUMNS}
      from published_placed f cross join published_cards c on c.id = f.id
      where ${page} = 1 order by f.in_row, f.position`,
    sql<CardRow>`
      select ${CARD_COLUMNS} from (
        select id from published_places order by place desc
        limit ${PAGE_SIZE + 1} offset ${(page - 1) * PAGE_SIZE}
      ) x cross join published_cards c on c.id = x.id order by c.place desc`,
    sql<CardRow>`
      select ${CARD_COLUMNS} from (
        select id from published_sections where ${page} = 1 order by position, slug limit ${FRONT_SECTIONS}
      ) s cross join published_cards c on c.id in (
        select id from published_places where section_id = s.id order by place desc limit ${FRONT_STORIES})
      order by c.place desc`,
  ] as const satisfies Read[];
}

/** The first page of the front as it is, and as it would be with another placement, of the same moment. */
export async function findArrangedFronts(
  db: Database,
  placement: Placement,
): Promise<{ before: Front; after: Front }> {
  const [up, newest, latest, placed] = await db.read(...frontQueries(1), placedAsQuery(placement));
  const [before, after] = [up, placed].map((rows) => frontOf([rows, newest, latest], 1));
  if (!before || !after) throw new Error("The front has a first page, whatever is on it.");
  return { before, after };
}

/** What readers would see of a placement that is not kept. */
function placedAsQuery({ lead, pinned, rows }: Placement): Read<PlacedRow> {
  const at = (in_row: number, row_name: string | null) => (entry: Entry, position: number) => {
    const { story, ...own } = entry;
    return { in_row, position, row_name, story, own };
  };
  const entries = [
    ...(lead ? [at(TOP, null)(lead, 0)] : []),
    ...pinned.map((entry, index) => at(TOP, null)(entry, index + 1)),
    ...rows.flatMap((row, index) => row.entries.map(at(index, row.name))),
  ];
  return sql<PlacedRow>`
    select e.value ->> 'in_row' as in_row, e.value ->> 'position' as position, e.value ->> 'row_name' as row_name,
      e.value -> 'own' as own, ${CARD_COLUMNS}
    from json_each(${JSON.stringify(entries)}) e cross join published_cards c on c.id = e.value ->> 'story'
    order by in_row, e.value ->> 'position'`;
}

/** A story where the editors placed it; at the top, the lead has position 0, the pinned those after it. */
type PlacedRow = CardRow & {
  in_row: number;
  position: number;
  row_name: string | null;
  own: string | null;
};

/** What stands in no row. */
const TOP = -1;

type OwnWords = Omit<Entry, "story">;

/** The front page, or null when it is past the end. */
export function frontOf(
  [placed, newest, latest]: [PlacedRow[], CardRow[], CardRow[]],
  page: number,
): Front | null {
  const listing = listingOf(newest, page);
  return listing && arrange(placed, listing, latest.map(cardFromRow));
}

/** A page of a list, or null when it is past the end. The first page of an empty list is a page. */
export function listingOf(
  rows: CardRow[],
  page: number,
  series: Series | null = null,
): Listing | null {
  if (rows.length === 0 && page > 1) return null;
  return {
    ...(series && { series }),
    cards: rows.slice(0, PAGE_SIZE).map(cardFromRow),
    page,
    hasOlder: rows.length > PAGE_SIZE,
  };
}

/** Puts what the editors placed first and takes it out of the newest; without a lead, the newest story leads. */
function arrange(rows: PlacedRow[], listing: Listing, latest: Card[]): Front {
  // The first place counts: an older version of the Worker wrote the lead and the pinned without knowing of rows.
  const placed = rows.filter(({ id }, index) => rows.findIndex((row) => row.id === id) === index);
  const top = placed.filter((row) => row.in_row === TOP);
  const lead = top.find((row) => row.position === 0);
  const pinned = top.filter((row) => row.position > 0);
  const elsewhere = new Set(placed.map(({ id }) => id));
  const newest = listing.cards.filter(({ id }) => !elsewhere.has(id));
  const known = new Set([...elsewhere, ...newest.map(({ id }) => id)]);
  const others = latest.filter(({ id }) => !known.has(id));
  const page = { ...listing, pinned: pinned.map(placedCard), rows: rowsOf(placed), others };
  if (lead) return { ...page, lead: placedCard(lead), cards: newest };
  if (listing.page > 1) return { ...page, lead: null, cards: newest };
  return { ...page, lead: newest[0] ?? null, cards: newest.slice(1) };
}

/** The rows of which anything is live, in their order. */
function rowsOf(placed: PlacedRow[]): Front["rows"] {
  const rows = new Map<number, Front["rows"][number]>();
  for (const row of placed) {
    if (row.in_row === TOP) continue;
    const known = rows.get(row.in_row) ?? { name: row.row_name ?? "", cards: [] };
    known.cards.push(placedCard(row));
    rows.set(row.in_row, known);
  }
  return [...rows.values()];
}

/** A card with the words and the picture that it has on the front page alone. */
function placedCard(row: PlacedRow): Card {
  const card = cardFromRow(row);
  if (row.own === null) return card;
  const { title, standfirst, hero } = JSON.parse(row.own) as OwnWords;
  return {
    ...card,
    title: title ?? card.title,
    standfirst: standfirst ?? card.standfirst,
    hero: hero ?? card.hero,
  };
}
