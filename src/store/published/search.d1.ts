// Promises: what was found is told by what is published now: an index that lags shows nothing that was withdrawn, and no words that are
// out no more. As many rows as pages of results show, however common the words.
// Relies on: the index of what readers see (words.d1.ts), of which only ids are taken; the published views.
// Does not: decide in which order (domain/search/rank.ts).

import { nextDay, startOfDay } from "../../domain/calendar.ts";
import {
  PAGE_SIZE,
  SEARCH_PAGES,
  type FoundStory,
  type Named,
  type SearchPage,
  type Wanted,
} from "../../domain/published.ts";
import { docidFrom } from "../../domain/search/docid.ts";
import { EXCERPTED } from "../../domain/search/highlight.ts";
import { filedUnder } from "../../domain/search/prepared.ts";
import { readQuery } from "../../domain/search/query.ts";
import { armsOf, rank } from "../../domain/search/rank.ts";
import { readAs, sql, type Database, type Read } from "../batch.d1.ts";
import { EVER, hitsQuery, readWords, type Range } from "../words.d1.ts";
import { CARD_COLUMNS, cardFromRow, type CardRow } from "./cards.d1.ts";

/** How many stories pages show; some more are read, in case that not all of them are published any more. */
const SHOWN = PAGE_SIZE * SEARCH_PAGES;
const RESERVE = 20;

/** What a search is narrowed to, by ids. */
export interface Narrowed {
  section: string | null;
  author: string | null;
  range: Range;
}

/** The section and the author that a search is narrowed to, if readers see them. */
export function narrowingQuery({
  section,
  author,
}: Wanted): Read<Named & { kind: "section" | "author"; id: string }> {
  return sql<Named & { kind: "section" | "author"; id: string }>`
    select 'section' as kind, id, slug, name from published_sections where slug = ${section}
    union all
    select 'author', id, slug, name from published_authors where slug = ${author}`;
}

/** The days of a search as numbers of the index: days of the site's time zone, both included. */
export function rangeOf({ from, to }: Wanted, timeZone: string): Range {
  return {
    from: from === null ? EVER.from : docidFrom(startOfDay(from, timeZone)),
    to: to === null ? EVER.to : docidFrom(startOfDay(nextDay(to), timeZone)) - 1,
  };
}

/** The ids of what the index has, best first, as many as pages could show; call learnStems() before. */
export async function findIds(
  search: Database | null,
  q: string,
  { section, author, range }: Narrowed,
): Promise<string[]> {
  const query = readQuery(q, "en");
  if (query.terms.length === 0) return [];
  const filed = [
    ...(section === null ? [] : [[filedUnder.section(section)]]),
    ...(author === null ? [] : [[filedUnder.author(author)]]),
  ];
  const arms = armsOf(query, filed);
  const found = await readWords(search, ...arms.map((arm) => hitsQuery("published", arm, range)));
  return rank(arms, found)
    .slice(0, SHOWN + RESERVE)
    .map(({ id }) => id);
}

type FoundRow = CardRow & { html: string };

/** A page of stories out of ids in their order, of which some may not be published any more; and how many are. */
export function foundQueries(ids: string[], page: number) {
  const json = JSON.stringify(ids);
  const count = sql<{ n: number }>`
    select count(*) as n from json_each(${json}) j cross join published_places p on p.id = j.value`;
  const stories = sql<FoundRow>`
    select ${CARD_COLUMNS}, (select substr(s.html, 1, ${EXCERPTED}) from published_stories s where s.id = c.id) as html from (
      select p.id, j.key from json_each(${json}) j cross join published_places p on p.id = j.value
      order by j.key limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}
    ) x cross join published_cards c on c.id = x.id order by x.key`;
  return [
    count,
    readAs(stories, (row): FoundStory => ({ card: cardFromRow(row), html: row.html })),
  ] as const;
}

/** A page of what was found. */
export function searchPageOf(
  wanted: Wanted,
  [[counted], stories]: [{ n: number }[], FoundStory[]],
  author: Named | null,
): SearchPage {
  const n = counted?.n ?? 0;
  return { wanted, stories, count: Math.min(n, SHOWN), hasMore: n > SHOWN, author };
}
