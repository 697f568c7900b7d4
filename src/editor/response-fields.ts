import * as z from "zod/mini";

// What responses for every noun have. They are Zod schemas, so that the documentation cannot say otherwise. Times are RFC 3339 in UTC.

export const time = z.iso.datetime();
export const optionalTime = z.nullable(time);
export const optionalText = z.nullable(z.string());

/** What became of a change at the edge. */
export const edge = z
  .enum(["live", "pending", "none"])
  .check(
    z.describe(
      "live: readers were seen to get it; pending: it is on its way, within two minutes; none: nothing that readers see has changed.",
    ),
  );

/** The response to a change: what it made, and what became of it at the edge. */
export function withEdge<T extends z.ZodMiniObject>(response: T) {
  return z.extend(response, { edge });
}

/** A page of a list; `next` is the cursor of the page after it, or null. */
export function list<T extends z.ZodMiniType>(item: T) {
  return z.object({ items: z.array(item), next: optionalText });
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}

export function isoOrNull(time: number | null): string | null {
  return time === null ? null : iso(time);
}
