// Promises: a page of the newest corrections reads as many rows as it shows and skips, however many stories and corrections there are.
// Relies on: the primary key of `live_corrections`, in the order of its place, and the published view over it.
// Does not: know of corrections of stories that are not live: they have no row.

import { LAST_PAGE } from "../../domain/paths.ts";
import {
  CORRECTIONS_PAGE_SIZE,
  type CorrectionsPage,
  type ListedCorrection,
} from "../../domain/published.ts";
import { sql, type Read } from "../batch.d1.ts";

/** One page of the corrections of live stories, and one more. The offset skips rows of the index, not stories. */
export function correctionsQuery(page: number): Read<ListedCorrection> {
  return sql<ListedCorrection>`
    select c.id, c.path, c.title, c.kind, c.language, c.at, c.text from (
      select place from published_correction_places order by place desc
      limit ${CORRECTIONS_PAGE_SIZE + 1} offset ${(page - 1) * CORRECTIONS_PAGE_SIZE}
    ) x cross join published_corrections c on c.place = x.place order by c.place desc`;
}

/** A page of corrections, or null when it is past the end. The first page is there without any. */
export function correctionsOf(rows: ListedCorrection[], page: number): CorrectionsPage | null {
  if (rows.length === 0 && page > 1) return null;
  return {
    corrections: rows.slice(0, CORRECTIONS_PAGE_SIZE),
    page,
    hasOlder: rows.length > CORRECTIONS_PAGE_SIZE && page < LAST_PAGE,
  };
}
