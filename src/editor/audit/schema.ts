import * as z from "zod/mini";
import type { AuditRow } from "../../store/audit.d1.ts";
import { iso, time } from "../response-fields.ts";
import { atMost, cursor, limit } from "../fields.ts";

// The requests and responses for the audit log.

export const auditFilter = z.strictObject({
  limit,
  cursor,
  subject: z
    .optional(z.string().check(atMost(200)))
    .check(z.describe("For example article:<id> or section:<slug>.")),
});

export const auditRecord = z.object({
  id: z.string(),
  at: time,
  actor: z
    .string()
    .check(z.describe("Who acted: key:<id>, root for ROOT_KEY, cron for the schedule.")),
  act: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

export function auditResponse(row: AuditRow): z.output<typeof auditRecord> {
  return {
    ...row,
    id: String(row.id),
    at: iso(row.at),
    detail: JSON.parse(row.detail) as Record<string, unknown>,
  };
}
