import * as z from "zod/mini";
import { LATE_PARTS } from "../../domain/health.ts";
import type { OutboxEntry } from "../../store/outbox.d1.ts";
import { edge, iso, isoOrNull, optionalTime, time } from "../response-fields.ts";
import { atMost } from "../fields.ts";

// The requests and responses for the cache in front of the Worker.

export const purge = z.strictObject({
  tags: z
    .optional(z.array(z.string()).check(z.maxLength(100)))
    .check(z.describe("Cache tags, as Cache-Tag names them: story:…, list:section:city:1, site.")),
  paths: z
    .optional(z.array(z.string().check(atMost(2000))).check(z.maxLength(100)))
    .check(z.describe("Paths of pages, also of those that are not there.")),
  everything: z.optional(z.boolean()),
});

export const outboxEntry = z.object({
  id: z.string(),
  kind: z
    .enum(["purge", "close", "invalidate", "copy", "form", "index"])
    .check(
      z.describe(
        "purge and invalidate tell the cache; close repeats a purge a minute later; copy writes a last good copy; form makes a picture smaller; index brings the search up to date.",
      ),
    ),
  payload: z.record(z.string(), z.unknown()),
  attempts: z.int(),
  createdAt: time,
  dueAt: time,
  leasedUntil: optionalTime.check(z.describe("Until when somebody is at it.")),
});
export const purged = z.object({
  tags: z.optional(z.array(z.string())).check(z.describe("The tags that were purged.")),
  everything: z.optional(z.literal(true)),
  edge,
});

const isThere = z.enum(["ok", "away"]);

/** How the paper is. */
export const health = z.object({
  status: z
    .enum(["ok", "late", "away"])
    .check(
      z.describe(
        "away: something that readers or editors need is; late: what late names goes on, but not as it should.",
      ),
    ),
  d1: isThere,
  kv: isThere,
  r2: isThere,
  search: isThere,
  late: z.array(z.enum(LATE_PARTS)),
  outbox: z.nullable(z.object({ pending: z.int(), oldestDueSeconds: z.nullable(z.number()) })),
  lastTickSeconds: z.nullable(z.number()),
  version: z.string(),
});

export function outboxResponse({ seq: _, ...row }: OutboxEntry): z.output<typeof outboxEntry> {
  return {
    ...row,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    createdAt: iso(row.createdAt),
    dueAt: iso(row.dueAt),
    leasedUntil: isoOrNull(row.leasedUntil),
  };
}
