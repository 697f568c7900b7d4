// Promises: the months of the archive with one seek each, and a page of a month with as many rows as it shows.
// Relies on: the indexes of `live` on month and place, of the paper and of one section.
// Does not: know the paper's time zone: a story's month was decided when it was published.

import type { MonthPage, Named } from "../../domain/published.ts";
import { sql, type Read } from "../batch.d1.ts";
import { CARD_COLUMNS, cardFromRow, type CardRow } from "./cards.d1.ts";

/** Stories on one page of a month of the archive. */
const MONTH_PAGE_SIZE = 50;

/** Which months have stories. Jumps from month to month in the index, however many stories a month has. */
export function archiveQuery(): Read<{ month: string }> {
  return sql<{ month: string }>`
    with recursive hops (month) as (
      select max(month) from published_places
      union all
      select (select max(month) from published_places p where p.month < hops.month)
      from hops where hops.month is not null
    )
    select month from hops where month is not null`;
}

/** A month (`yyyy-mm`) of the archive, of one section or of all; `from` is the place a later page starts at. */
export interface MonthRange {
  month: string;
  section: string | null;
  from: string | null;
}

/** A month's stories and its neighbours. Two shapes of one question, since each has an index of its own. */
export function monthQueries({ month, section, from }: MonthRange) {
  // Every place sorts before "~", so a first page starts at the top of the month.
  const start = from ?? "~";
  const named = sql<Named>`select slug, name from published_sections where slug = ${section}`;
  if (section === null) {
    return [
      sql<CardRow>`
        select ${CARD_COLUMNS} from published_cards c where c.month = ${month} and c.place <= ${start}
        order by c.place desc limit ${MONTH_PAGE_SIZE + 1}`,
      sql<NeighbourRow>`
        select (select max(month) from published_places where month < ${month}) as older,
          (select min(month) from published_places where month > ${month}) as newer`,
      named,
    ] as const;
  }
  return [
    sql<CardRow>`
      select ${CARD_COLUMNS} from published_cards c
      where c.section_id = (select id from published_sections where slug = ${section}) and c.month = ${month} and c.place <= ${start}
      order by c.place desc limit ${MONTH_PAGE_SIZE + 1}`,
    sql<NeighbourRow>`
      select (select max(month) from published_places p where p.section_id = x.id and month < ${month}) as older,
        (select min(month) from published_places p where p.section_id = x.id and month > ${month}) as newer
      from published_sections x where x.slug = ${section}`,
    named,
  ] as const;
}

/** The months with stories on either side. */
interface NeighbourRow {
  older: string | null;
  newer: string | null;
}

/** A page of a month, or null when nothing starts there. Pages start at stories only, so that made-up addresses fill no cache. */
export function monthOf(
  [rows, [beside], [section]]: readonly [CardRow[], NeighbourRow[], Named[]],
  { month, from }: MonthRange,
): MonthPage | null {
  const cards = rows.map(cardFromRow);
  const [first] = cards;
  if (!first || (from !== null && first.place !== from)) return null;
  return {
    month,
    section: section ?? null,
    cards: cards.slice(0, MONTH_PAGE_SIZE),
    next: cards[MONTH_PAGE_SIZE]?.place ?? null,
    first: from === null,
    olderMonth: beside?.older ?? null,
    newerMonth: beside?.newer ?? null,
  };
}
