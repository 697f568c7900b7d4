// Promises: what was found is told by what is published now: an index that lags shows nothing that was withdrawn, and no words that are
// out no more. As many rows as pages of results show, however common the words.
// Relies on: the index of what readers see (words.d1.ts), of which only ids are taken; the published views.
// Does not: decide in which order (domain/search/rank.ts).

import { nextDay, startOfDay } from "../../domain/calendar.ts";
import {
  PAGE_SIZE,
  SEARCH_PAGES,
  type FoundPage,
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
import { Fragment, sql, type Database, type Read } from "../batch.d1.ts";
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

type FoundRow = CardRow & { key: number; html: string };

type FoundPageRow = FoundPage["page"] & { key: number; html: string };

/** Where what was asked for is, of either form; what is not published any more is left out. */
const PLACES = new Fragment(`
  select p.id, j.key from asked cross join json_each(asked.ids) j cross join published_places p on p.id = j.value
  union all
  select g.id, j.key from asked cross join json_each(asked.ids) j cross join published_page_places g on g.id = j.value`);

/** A page of stories and pages out of ids in their order, of which some may not be published any more; and how many are. */
export function foundQueries(ids: string[], page: number) {
  const json = JSON.stringify(ids);
  const skipped = (page - 1) * PAGE_SIZE;
  return [
    sql<{ n: number }>`with asked (ids) as (select ${json}) select count(*) as n from (${PLACES})`,
    sql<FoundRow>`
      with asked (ids) as (select ${json})
      select ${CARD_COLUMNS}, x.key, (select substr(s.html, 1, ${EXCERPTED}) from published_stories s where s.id = c.id) as html
      from (select id, key from (${PLACES}) order by key limit ${PAGE_SIZE} offset ${skipped}) x
      cross join published_cards c on c.id = x.id`,
    sql<FoundPageRow>`
      with asked (ids) as (select ${json})
      select g.id, g.path, g.content ->> 'title' as title, g.content ->> 'standfirst' as standfirst,
        g.content ->> 'language' as language, x.key, substr(g.html, 1, ${EXCERPTED}) as html
      from (select id, key from (${PLACES}) order by key limit ${PAGE_SIZE} offset ${skipped}) x
      cross join published_page_places p on p.id = x.id cross join published_pages g on g.path = p.path`,
  ] as const;
}

/** A page of what was found. */
export function searchPageOf(
  wanted: Wanted,
  [[counted], stories, pages]: [{ n: number }[], FoundRow[], FoundPageRow[]],
  author: Named | null,
): SearchPage {
  const n = counted?.n ?? 0;
  const found: ((FoundStory & { key: number }) | (FoundPage & { key: number }))[] = [
    ...stories.map((row) => ({ key: row.key, card: cardFromRow(row), html: row.html })),
    ...pages.map(({ key, html, ...page }) => ({ key, page, html })),
  ];
  found.sort((one, other) => one.key - other.key);
  const shown = found.map(({ key: _, ...each }) => each);
  return { wanted, stories: shown, count: Math.min(n, SHOWN), hasMore: n > SHOWN, author };
}
