import type { LeasedRow } from "../store/outbox.d1.ts";
import type { PurgeTarget } from "./context.ts";

// The calls to the cache that rows of the outbox need.

/** Past so many tags one purge of everything is cheaper than the calls, of which there are five a minute. */
const TAGS_AT_MOST = 500;
/** What one call may name: https://developers.cloudflare.com/workers/cache/limitations/ */
const TAGS_A_CALL = 100;
/** How many rows one tick takes together. */
export const ROWS_A_TICK = 1000;

/** One call to the cache. */
export interface PurgeCall {
  how: "purge" | "invalidate";
  what: PurgeTarget;
  /** Whether it names something that is taken away. */
  urgent: boolean;
}

/** What to purge for some tags; null for none. */
export function purgeTarget(tags: string[]): PurgeTarget | null {
  if (tags.length === 0) return null;
  return tags.length > TAGS_AT_MOST ? { everything: true } : { tags };
}

/**
 * The calls for some rows: a purge comes before what may wait, and what is purged need not be invalidated. What takes
 * something away is named by the first call, since there may be no second one this minute.
 */
export function callsOf(rows: LeasedRow[]): PurgeCall[] {
  const [urgent, hard, soft] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let [allHard, allSoft, allUrgent] = [rows.length >= ROWS_A_TICK, false, false];
  for (const { kind, payload } of rows) {
    const { first, ...what } = JSON.parse(payload) as PurgeTarget & { first?: true };
    const isSoft = kind === "invalidate";
    allUrgent ||= first === true;
    if ("everything" in what) [allHard, allSoft] = isSoft ? [allHard, true] : [true, allSoft];
    else
      for (const tag of what.tags) {
        if (first) urgent.add(tag);
        (isSoft ? soft : hard).add(tag);
      }
  }
  for (const tag of hard) soft.delete(tag);
  if (allHard || hard.size + (allSoft ? 0 : soft.size) > TAGS_AT_MOST)
    return [{ how: "purge", what: { everything: true }, urgent: allUrgent }];
  const inOrder = (tags: Set<string>) =>
    [...tags].sort((a, b) => Number(urgent.has(b)) - Number(urgent.has(a)));
  const call = (how: PurgeCall["how"]) => (tags: string[]) => {
    return { how, what: { tags }, urgent: tags.some((tag) => urgent.has(tag)) };
  };
  return [
    ...chunks(inOrder(hard)).map(call("purge")),
    ...(allSoft
      ? [{ how: "invalidate" as const, what: { everything: true as const }, urgent: allUrgent }]
      : chunks(inOrder(soft)).map(call("invalidate"))),
  ];
}

function chunks(tags: string[]): string[][] {
  return Array.from({ length: Math.ceil(tags.length / TAGS_A_CALL) }, (_, index) =>
    tags.slice(index * TAGS_A_CALL, (index + 1) * TAGS_A_CALL),
  );
}

/** What a call purges, as names to look up: `purge *`, `invalidate tag`. */
export function namesOf({ how, what }: Pick<PurgeCall, "how" | "what">): string[] {
  return ("everything" in what ? ["*"] : what.tags).map((tag) => `${how} ${tag}`);
}

/** The same of what a row needs. */
export function namesOfRow({ kind, payload }: LeasedRow): string[] {
  const how = kind === "invalidate" ? "invalidate" : "purge";
  return namesOf({ how, what: JSON.parse(payload) as PurgeTarget });
}

/** Whatever is purged is invalid, too, and everything is more than any part of it. */
export function isPurged(name: string, purged: Set<string>): boolean {
  const [how = "", tag = ""] = name.split(" ");
  return (
    purged.has(name) ||
    purged.has(`purge ${tag}`) ||
    purged.has(`${how} *`) ||
    purged.has("purge *")
  );
}
