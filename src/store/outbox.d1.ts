// Promises: what must follow an act is written in its transaction, and is leased to one worker at a time.
// Relies on: the cron coming every minute; whoever leased a row finishing or releasing it.
// Does not: do the work.

import { sql, sqlTake, sqlNote, type Read, type Take, type Note } from "./batch.d1.ts";

export type OutboxKind = "purge" | "close" | "invalidate" | "copy" | "form" | "index";

/** What is to be done after the commit. Times in epoch milliseconds. */
export interface OutboxRow {
  /** A row with the id of one that is there takes its place: what was to be done is to be done again. */
  id: string;
  kind: OutboxKind;
  payload: unknown;
  dueAt: number;
  /** Lease held by the act that wrote the row, in epoch milliseconds; null or past: any worker may take it. */
  leasedUntil: number | null;
}

/** How long an act may take over what it does itself before the cron takes it up, in milliseconds. */
export const OWN_LEASE = 30_000;
/** How long the cron may take over what it leased, in milliseconds. */
const LEASE = 2 * 60 * 1000;
/** How long what is done is kept, in milliseconds. */
const KEEP = 24 * 60 * 60 * 1000;

export function writeOutbox(rows: OutboxRow[], now: number): Note {
  return sqlNote`
    insert into outbox (id, kind, payload, created_at, due_at, leased_until)
    select value ->> 'id', value ->> 'kind', value -> 'payload', ${now}, value ->> 'dueAt', value ->> 'leasedUntil'
    from json_each(${JSON.stringify(rows)}) where true
    on conflict (id) do update set kind = excluded.kind, payload = excluded.payload, attempts = 0,
      created_at = excluded.created_at, due_at = excluded.due_at, leased_until = excluded.leased_until, done_at = null`;
}

/**
 * Asks for new copies of pages, one row a path, however often it changes until then; and of where stories among them would be if
 * their sections were called as they were once: readers had them there. Due times in epoch milliseconds.
 */
export function writePageCopies(copies: { path: string; dueAt: number }[], now: number): Note {
  return sqlNote`
    insert into outbox (id, kind, payload, created_at, due_at)
    with copies (path, due_at) as (
      select value ->> 'path', value ->> 'dueAt' from json_each(${JSON.stringify(copies)}))
    select 'copy:' || path, 'copy', json_object('path', path), ${now}, due_at from (
      select path, due_at from copies
      union all
      select '/' || f.slug || substr(c.path, length(s.slug) + 2), c.due_at
      from copies c
      join sections s on s.slug = substr(c.path, 2, instr(substr(c.path, 2), '/') - 1)
      join former_slugs f on f.entry_id = s.id and f.kind = 'section')
    where true
    on conflict (id) do update set payload = excluded.payload, attempts = 0, created_at = excluded.created_at,
      due_at = excluded.due_at, leased_until = null, done_at = null`;
}

/** Asks for a new copy of the front of every section that readers see. */
export function writeSectionCopies(now: number): Note {
  return sqlNote`
    insert into outbox (id, kind, payload, created_at, due_at)
    select 'copy:/' || slug, 'copy', json_object('path', '/' || slug), ${now}, ${now} from published_sections where true
    on conflict (id) do update set payload = excluded.payload, attempts = 0, created_at = excluded.created_at,
      due_at = excluded.due_at, leased_until = null, done_at = null`;
}

/** How many stories of a section are copied anew when it gets another address: of more the day's allowance would be used up. */
const MOVED_COPIES = 100;

/** Asks for new copies of the newest stories of a section that was called otherwise, where they are now and where they were. */
export function writeMovedCopies(from: string, now: number): Note {
  return sqlNote`
    insert into outbox (id, kind, payload, created_at, due_at)
    select 'copy:' || path, 'copy', json_object('path', path), ${now}, ${now} from (
      with moved (path, former) as (
        select l.path, ${`/${from}/`} || substr(l.path, length(s.slug) + 3)
        from former_slugs f join sections s on s.id = f.entry_id join live l on l.section = s.id
        where f.kind = 'section' and f.slug = ${from} order by l.place desc limit ${MOVED_COPIES})
      select path from moved union select former from moved)
    where true
    on conflict (id) do update set payload = excluded.payload, attempts = 0, created_at = excluded.created_at,
      due_at = excluded.due_at, leased_until = null, done_at = null`;
}

export interface LeasedRow {
  id: string;
  kind: OutboxKind;
  payload: string;
  attempts: number;
  due_at: number;
  /** The lease, in epoch milliseconds: only who still holds it may finish the row. */
  leased_until: number;
}

/** Rows that an act has just written, as leased by it. */
export function ownRows(rows: OutboxRow[]): LeasedRow[] {
  return rows.flatMap(({ id, kind, payload, dueAt, leasedUntil }) => {
    if (leasedUntil === null) return [];
    const told = JSON.stringify(payload);
    return [{ id, kind, payload: told, attempts: 0, due_at: dueAt, leased_until: leasedUntil }];
  });
}

/** Takes what is due of some kinds and not leased to another, oldest first; two crons at once get different rows. */
export function leaseQuery(
  kinds: OutboxKind[],
  { now, limit }: { now: number; limit: number },
): Take<LeasedRow> {
  return sqlTake<LeasedRow>`
    update outbox set leased_until = ${now + LEASE}, attempts = attempts + 1
    where id in (
      select id from outbox
      where kind in (select value from json_each(${JSON.stringify(kinds)}))
        and done_at is null and due_at <= ${now} and (leased_until is null or leased_until <= ${now})
      order by due_at limit ${limit})
    returning id, kind, payload, attempts, due_at, leased_until`;
}

/** The same of copies: first those of what must not be seen again, which are due since ever, and of others at most `limit`. */
export function leaseCopiesQuery({ now, limit }: { now: number; limit: number }): Take<LeasedRow> {
  return sqlTake<LeasedRow>`
    update outbox set leased_until = ${now + LEASE}, attempts = attempts + 1
    where id in (
      select id from (
        select id from outbox where kind = 'copy' and done_at is null and due_at = ${SINCE_EVER}
          and (leased_until is null or leased_until <= ${now})
        limit ${URGENT_AT_ONCE})
      union all
      select id from (
        select id from outbox where kind = 'copy' and done_at is null and due_at > ${SINCE_EVER} and due_at <= ${now}
          and (leased_until is null or leased_until <= ${now})
        order by due_at limit ${limit}))
    returning id, kind, payload, attempts, due_at, leased_until`;
}

/** When the copy of what must not be seen again is due: before all others. */
export const SINCE_EVER = 0;

/** How many copies of what must not be seen again are replaced in one tick. */
const URGENT_AT_ONCE = 100;

/** Marks rows as done. One that became due anew meanwhile, or leased to another, stays to be done. */
export function finishOutbox(rows: Lease[], now: number): Note {
  return sqlNote`
    update outbox set done_at = ${now}
    where (id, leased_until) in (select value ->> 0, value ->> 1 from json_each(${leasesOf(rows)}))`;
}

/** A row in somebody's hands. */
type Lease = Pick<LeasedRow, "id" | "leased_until">;

/** The leases alone: the payloads of a thousand rows are more than D1 takes in one value (2 MB). */
function leasesOf(rows: Lease[]): string {
  return JSON.stringify(rows.map(({ id, leased_until: until }) => [id, until]));
}

/** Releases the lease of rows that could not be done; they are due at once, or at `dueAt`. */
export function releaseOutbox(rows: Lease[], dueAt: number | null = null): Note {
  return sqlNote`
    update outbox set leased_until = null, due_at = coalesce(${dueAt}, due_at)
    where (id, leased_until) in (select value ->> 0, value ->> 1 from json_each(${leasesOf(rows)}))`;
}

/** Lets go of rows for which there was no time: that was no attempt. */
export function postponeOutbox(rows: Lease[]): Note {
  return sqlNote`
    update outbox set leased_until = null, attempts = max(0, attempts - 1)
    where (id, leased_until) in (select value ->> 0, value ->> 1 from json_each(${leasesOf(rows)}))`;
}

/** Lets go of rows to be done once more at `dueAt`, and counts how often: `repeats` in their payload. */
export function repeatOutbox(rows: Lease[], dueAt: number): Note {
  return sqlNote`
    update outbox set leased_until = null, due_at = ${dueAt},
      payload = json_set(payload, '$.repeats', coalesce(payload ->> 'repeats', 0) + 1)
    where (id, leased_until) in (select value ->> 0, value ->> 1 from json_each(${leasesOf(rows)}))`;
}

/** Lets go of a row of which a part is done: its payload says where to go on, and it is due at once. */
export function advanceOutbox(row: Lease, payload: object): Note {
  return sqlNote`
    update outbox set leased_until = null, attempts = 0, payload = ${JSON.stringify(payload)}
    where id = ${row.id} and leased_until = ${row.leased_until}`;
}

export function deleteFinished(now: number): Note {
  return sqlNote`delete from outbox where done_at is not null and done_at < ${now - KEEP}`;
}

/** A row as editors see it. Times in epoch milliseconds. */
export interface OutboxEntry {
  seq: number;
  id: string;
  kind: OutboxKind;
  payload: string;
  attempts: number;
  createdAt: number;
  dueAt: number;
  leasedUntil: number | null;
}

/** What is still to do in the order in which it was written, after a `seq`. */
export function pendingQuery({
  after,
  limit,
}: {
  after: number;
  limit: number;
}): Read<OutboxEntry> {
  return sql<OutboxEntry>`
    select rowid as seq, id, kind, payload, attempts, created_at as createdAt, due_at as dueAt, leased_until as leasedUntil
    from outbox where done_at is null and rowid > ${after} order by rowid limit ${limit}`;
}

/** How much there is to do, counted up to 1,001, and since when (epoch ms) something for the edge is due. */
export function backlogQuery(now: number): Read<{ pending: number; dueSince: number | null }> {
  return sql<{ pending: number; dueSince: number | null }>`
    select (select count(*) from (select 1 from outbox where done_at is null limit 1001)) as pending,
      (select min(due_at) from outbox
        where done_at is null and kind in ('purge', 'close', 'invalidate') and due_at <= ${now}) as dueSince`;
}
