// Promises: one record for each act, in the same transaction as the act.
// Relies on: the batch it is written in.
// Does not: change or delete a record, ever.

import { Fragment, inBatches, sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";
import { actorName } from "./keys.d1.ts";

/** Who did what to what. `subject` is `article:<id>`, `author:<slug>`, … */
export interface AuditRecord {
  actor: string;
  act: string;
  subject: string;
  detail: Record<string, unknown>;
}

export interface AuditRow {
  id: number;
  at: number;
  actor: string;
  actorName: string;
  act: string;
  subject: string;
  detail: string;
}

/** Writes the records of an act. */
export function writeAudit(all: AuditRecord[], now: number): Write[] {
  return inBatches(all).map(
    (records) => sqlWrite`
    insert into audit (at, actor, act, subject, detail)
    select ${now}, value ->> 'actor', value ->> 'act', value ->> 'subject', value -> 'detail'
    from json_each(${JSON.stringify(records)})`,
  );
}

/** Which records are asked for; times in epoch milliseconds, `since` included, `until` not. */
export interface AuditFilter {
  subject?: string | undefined;
  actor?: string | undefined;
  act?: string | undefined;
  since?: number | undefined;
  until?: number | undefined;
}

/** What each filter asks of a record; what is asked for is JSON in `asked`. */
const CONDITIONS: { [Name in keyof AuditFilter]-?: string } = {
  subject: "subject = $",
  actor: "actor = $",
  act: "act = $",
  // Records come in the order of time, give or take what two Workers' clocks differ: an hour is more than that.
  since:
    "at >= $ and id >= coalesce((select id from audit where at >= $ - 3600000 order by at, id limit 1), 9e15)",
  until:
    "at < $ and id <= coalesce((select id from audit where at >= $ + 3600000 order by at, id limit 1), 9e15)",
};

/** Records newest first, before an id. */
export function auditQuery(
  filter: AuditFilter,
  { before, limit }: { before: number; limit: number },
): Read<AuditRow> {
  const names = (Object.keys(CONDITIONS) as (keyof AuditFilter)[]).filter(
    (name) => filter[name] !== undefined,
  );
  const conditions = names.map(
    (name) =>
      ` and ${CONDITIONS[name].replaceAll("$", `(select filter ->> '${name}' from asked)`)}`,
  );
  return sql<AuditRow>`
    with asked (filter) as (select ${JSON.stringify(filter)})
    select id, at, actor, ${actorName("audit.actor")} as actorName, act, subject, detail from audit
    where id < ${before} ${new Fragment(conditions.join(""))} order by id desc limit ${limit}`;
}
