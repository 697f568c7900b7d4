// Promises: what must follow an act is written in its transaction, and is leased to one worker at a time.
// Relies on: the cron asking every minute.
// Does not: do the work.

import { sql, type Statement, type Write } from "./batch.d1.ts";

/** What is to be done after the commit. `dueAt` in epoch milliseconds. */
export interface OutboxRow {
  id: string;
  kind: "purge" | "close" | "invalidate" | "copy" | "index" | "hook";
  payload: unknown;
  dueAt: number;
}

/** How long a worker may take over what it leased, in milliseconds. */
const LEASE = 2 * 60 * 1000;
/** How long what is done is kept, in milliseconds. */
const KEEP = 24 * 60 * 60 * 1000;

export function writeOutbox(rows: OutboxRow[], now: number): Write {
  return sql`
    insert into outbox (id, kind, payload, created_at, due_at)
    select value ->> 'id', value ->> 'kind', value -> 'payload', ${now}, value ->> 'dueAt'
    from json_each(${JSON.stringify(rows)})`;
}

export interface LeasedRow {
  id: string;
  kind: OutboxRow["kind"];
  payload: string;
}

/** Takes what is due and not leased to another; two crons at once get different rows. */
export function leaseQuery(now: number, limit: number): Statement<LeasedRow> {
  return sql<LeasedRow>`
    update outbox set leased_until = ${now + LEASE}, attempts = attempts + 1
    where id in (
      select id from outbox where done_at is null and due_at <= ${now} and (leased_until is null or leased_until <= ${now})
      order by due_at limit ${limit})
    returning id, kind, payload`;
}

export function finishOutbox(ids: string[], now: number): Write {
  return sql`update outbox set done_at = ${now} where id in (select value from json_each(${JSON.stringify(ids)}))`;
}

export function forgetFinished(now: number): Write {
  return sql`delete from outbox where done_at is not null and done_at < ${now - KEEP}`;
}
