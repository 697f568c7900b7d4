// Promises: which picture of the library is the still one of which chart elsewhere; each is fetched by one worker at a time.
// Relies on: every save telling which charts it shows (writeCharts).
// Does not: fetch, or know whose charts there are (text/charts.ts).

import type { Picture } from "../domain/media.ts";
import { readAs, sql, sqlNote, sqlTake, sqlWrite } from "./batch.d1.ts";
import type { Note, Read, Take, Write } from "./batch.d1.ts";
import { fromRow, type Row } from "./columns.ts";
import { PICTURE, PICTURE_COLUMNS } from "./media.d1.ts";

/** What is known of a chart's still picture. Times in epoch milliseconds. */
export interface Still {
  chart: string;
  /** Of the picture, also if it was taken down since; null when there was none yet. */
  hash: string | null;
  /** When the cron tries to fetch it next. */
  dueAt: number | null;
  /** The picture, if the library has it. */
  picture: Picture | null;
}

/** What is known of some charts. */
export function stillsQuery(charts: string[]): Read<Still> {
  const query = sql<Row>`
    select s.chart, s.hash as known, s.due_at as dueAt, ${PICTURE_COLUMNS}
    from stills s left join media m on m.hash = s.hash and m.removed_at is null
    where s.chart in (select value from json_each(${JSON.stringify(charts)}))`;
  return readAs(query, (row) => ({
    chart: String(row["chart"]),
    hash: row["known"] === null ? null : String(row["known"]),
    dueAt: row["dueAt"] === null ? null : Number(row["dueAt"]),
    picture: row["hash"] === null ? null : fromRow(PICTURE, row),
  }));
}

/** Remembers the picture that a chart has now. `dueAt` is for what is still to be done with it. */
export function writeStill(
  chart: string,
  hash: string,
  { now, dueAt = null }: { now: number; dueAt?: number | null },
): Write {
  return sqlWrite`
    insert into stills (chart, hash, fetched_at, due_at) values (${chart}, ${hash}, ${now}, ${dueAt})
    on conflict (chart) do update set hash = excluded.hash, fetched_at = excluded.fetched_at, tries = 0, due_at = excluded.due_at`;
}

/** Remembers that a chart's picture could not be had, and when it is tried again. */
export function writeMissed(chart: string, dueAt: number): Write {
  return sqlWrite`
    insert into stills (chart, tries, due_at) values (${chart}, 1, ${dueAt})
    on conflict (chart) do update set tries = tries + 1, due_at = excluded.due_at where stills.hash is null`;
}

/** Which charts stories show, by the stories' ids; the cron fetches what nobody has fetched yet, or somebody gave up. */
export function writeCharts(stories: { id: string; charts: string[] }[], now: number): Write[] {
  const rows = stories.flatMap(({ id, charts }) => charts.map((chart) => ({ chart, id })));
  if (rows.length === 0) return [];
  const shown = JSON.stringify(rows);
  return [
    sqlWrite`
      insert into stills (chart, due_at) select distinct value ->> 'chart', ${now} from json_each(${shown}) where true
      on conflict (chart) do update set tries = 0, due_at = excluded.due_at
      where stills.hash is null and stills.due_at is null`,
    sqlWrite`
      insert into chart_stories (chart, article_id) select value ->> 'chart', value ->> 'id' from json_each(${shown})
      where true on conflict do nothing`,
  ];
}

/** Asks for those of the pictures anew that are of charts and older than a day: their story is published now. */
export function writeOldStillsDue(hashes: string[], now: number): Write {
  return sqlWrite`
    update stills set due_at = ${now}, tries = 0
    where hash in (select value from json_each(${JSON.stringify(hashes)})) and fetched_at < ${now - DAY} and due_at is null`;
}

const DAY = 24 * 60 * 60 * 1000;

/** How long a worker may take over what it leased, in milliseconds. */
const LEASE = 2 * 60 * 1000;

/** Takes what is due, oldest first; two crons at once get different ones. */
export function leaseStills({
  now,
  limit,
}: {
  now: number;
  limit: number;
}): Take<{ chart: string; hash: string | null; tries: number }> {
  return sqlTake`
    update stills set leased_until = ${now + LEASE}, tries = tries + 1
    where chart in (
      select chart from stills where due_at <= ${now} and (leased_until is null or leased_until <= ${now})
      order by due_at limit ${limit})
    returning chart, hash, tries`;
}

/** Ends the work on a chart: for good, or until `dueAt` (epoch ms). */
export function releaseStill(chart: string, dueAt: number | null): Note {
  return sqlNote`update stills set leased_until = null, due_at = ${dueAt} where chart = ${chart}`;
}

/** The stories that showed a chart when they were saved; at most `limit` after one. */
export function storiesOfChartQuery(
  chart: string,
  { after, limit }: { after: string; limit: number },
): Read<{ id: string }> {
  return sql`
    select article_id as id from chart_stories where chart = ${chart} and article_id > ${after}
    order by article_id limit ${limit}`;
}

/** Makes what stories show of a chart look as an older renderer left it, so that it is rendered again. */
export function outdateChart(chart: string): Write {
  return sqlWrite`
    update revisions set renderer = 0
    where (article_id, n) in (
      select r.article_id, r.n from chart_stories c
      cross join articles a on a.id = c.article_id
      cross join revisions r on r.article_id = a.id and r.n in (a.head, a.live, a.scheduled)
      where c.chart = ${chart})`;
}
