import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import type { AuditRow } from "../../store/audit.d1.ts";
import { atMost, cursor, limit, time as timeAsked } from "../fields.ts";
import { iso, time } from "../response-fields.ts";

// The requests and responses for the audit log.

const words = z.optional(z.string().check(atMost(200)));

export const auditFilter = z.strictObject({
  limit,
  cursor,
  subject: words.check(z.describe("For example article:<id> or section:<slug>.")),
  actor: words.check(z.describe("For example key:<id>.")),
  act: words.check(z.describe("For example publish.")),
  since: z.optional(timeAsked).check(z.describe("The first moment that is asked for.")),
  until: z.optional(timeAsked).check(z.describe("The first moment that is not.")),
  format: withDefault(z.enum(["json", "csv"]), "json").check(
    z.describe(
      "csv: the same as RFC 4180 has it, 5,000 records whatever limit says; the header Link leads to the next.",
    ),
  ),
});

/** The most records in one response as CSV. */
export const CSV_RECORDS = 5000;

export const auditRecord = z.object({
  id: z.string(),
  at: time,
  actor: z
    .string()
    .check(z.describe("Who acted: key:<id>, root for ROOT_KEY, cron for the schedule.")),
  actorName: z.string(),
  act: z.string(),
  subject: z.string(),
  detail: z
    .record(z.string(), z.unknown())
    .check(z.describe("What changed, before and after; no secrets, and no bodies.")),
});

export function auditResponse(row: AuditRow): z.output<typeof auditRecord> {
  return {
    ...row,
    id: String(row.id),
    at: iso(row.at),
    detail: JSON.parse(row.detail) as Record<string, unknown>,
  };
}

const COLUMNS = ["id", "at", "actor", "actorName", "act", "subject", "before", "after", "detail"];

/** Records as CSV (RFC 4180), with a header. */
export function auditCsv(rows: AuditRow[]): string {
  const lines = rows.map((row) => {
    const { before = null, after = null, ...others } = auditResponse(row).detail;
    const { id, at, actor, actorName, act, subject } = row;
    const told = [before, after, others].map((part) => (part === null ? "" : JSON.stringify(part)));
    return [String(id), iso(at), actor, actorName, act, subject, ...told];
  });
  return [COLUMNS, ...lines].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

/** A cell that a spreadsheet would take for a formula is marked as text (OWASP, CSV injection). */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
