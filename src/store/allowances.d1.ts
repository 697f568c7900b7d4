// Promises: all Workers together purge no more often than the platform allows.
// Relies on: one row that every caller takes from in one statement.
// Does not: know of other Workers of the account that purge: the platform counts them together, and then refuses.

import { sql, sqlTake, sqlNote, type Read, type Take, type Note } from "./batch.d1.ts";

/**
 * https://developers.cloudflare.com/workers/cache/limitations/: 5 calls a minute, of which 25 may be saved up. Near that the
 * platform has been seen to accept a purge and to be late with it, so that a distance is kept.
 */
const PURGE_BURST = 20;
const PURGES_A_MILLISECOND = 4 / 60_000;

/**
 * Takes `calls` of what may still be purged, if `reserve` are left for others then; returns no row, and takes nothing, if not. A
 * negative reserve, -5 at least, takes of the distance: what the platform has and we do not count.
 */
export function takePurges({
  calls,
  reserve,
  now,
}: {
  calls: number;
  reserve: number;
  now: number;
}): Take<{ tokens: number }> {
  return sqlTake`
    update purge_allowance set
      tokens = min(${PURGE_BURST}, tokens + max(0, ${now} - at) * ${PURGES_A_MILLISECOND}) - ${calls}, at = max(at, ${now})
    where min(${PURGE_BURST}, tokens + max(0, ${now} - at) * ${PURGES_A_MILLISECOND}) >= ${calls + reserve}
    returning tokens`;
}

/** How many copies were written on a day (`yyyy-mm-dd`, UTC). */
export function copiesWrittenQuery(day: string): Read<{ n: number }> {
  return sql<{ n: number }>`select n from copies_written where day = ${day}`;
}

/** Counts copies that are about to be written, and deletes the days before. */
export function countCopies(day: string, n: number): Note[] {
  return [
    sqlNote`insert into copies_written (day, n) values (${day}, ${n}) on conflict (day) do update set n = n + excluded.n`,
    sqlNote`delete from copies_written where day < ${day}`,
  ];
}
