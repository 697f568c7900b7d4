// Promises: one record for each act, in the same transaction as the act.
// Relies on: the batch it is written in.
// Does not: change or delete a record, ever.

import { sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";

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
  act: string;
  subject: string;
  detail: string;
}

export function writeAudit(records: AuditRecord[], now: number): Write {
  return sqlWrite`
    insert into audit (at, actor, act, subject, detail)
    select ${now}, value ->> 'actor', value ->> 'act', value ->> 'subject', value -> 'detail'
    from json_each(${JSON.stringify(records)})`;
}

/** Records newest first, before an id, of one subject or of all. */
export function auditQuery({
  before,
  limit,
  subject,
}: {
  before: number;
  limit: number;
  subject: string | null;
}): Read<AuditRow> {
  if (subject === null) {
    return sql<AuditRow>`
      select id, at, actor, act, subject, detail from audit where id < ${before} order by id desc limit ${limit}`;
  }
  return sql<AuditRow>`
    select id, at, actor, act, subject, detail from audit
    where subject = ${subject} and id < ${before} order by id desc limit ${limit}`;
}
