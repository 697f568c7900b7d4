// Promises: purge and invalidate with the platform's arguments, result and limits.
// Relies on: https://developers.cloudflare.com/workers/cache/purge/ and, for the limits,
// https://developers.cloudflare.com/cache/how-to/purge-cache/#availability-and-limits
// Does not: reach any other cache.

import type { Matching } from "./stored.ts";

/** What to purge: all that one of these matches. */
export interface PurgeOptions {
  tags?: string[];
  pathPrefixes?: string[];
  purgeEverything?: boolean;
}

/** What came of it. Refused: `success` is false, and `errors` says why. */
export interface PurgeResult {
  success: boolean;
  errors: { code: number; message: string }[];
}

/** The Free plan's limit, which counts on every plan: calls a minute, calls saved up, and tags or prefixes in a call. */
const CALLS_PER_MINUTE = 5;
const SAVED_UP = 25;
const OPERATIONS = 100;

const MINUTE = 60_000;

/** The calls that may still be made: a bucket that purge and invalidate share. */
export class Allowance {
  #calls = SAVED_UP;
  #since = 0;

  /** Takes one call, if there is one. */
  take(now: number): boolean {
    const regained = ((now - this.#since) * CALLS_PER_MINUTE) / MINUTE;
    this.#calls = Math.min(SAVED_UP, this.#calls + Math.max(0, regained));
    this.#since = now;
    if (this.#calls < 1) return false;
    this.#calls -= 1;
    return true;
  }
}

/** Which responses the options are for, or the refusal of options that say nothing of the kind. */
export function matchingOf(options: PurgeOptions): Matching | PurgeResult {
  const { tags = [], pathPrefixes = [], purgeEverything = false } = options;
  const operations = tags.length + pathPrefixes.length;
  if (purgeEverything && operations > 0)
    return refused(EXCLUDING, "purgeEverything excludes tags and pathPrefixes.");
  if (purgeEverything) return () => true;
  if (operations === 0)
    return refused(400, "Nothing to purge: give tags, pathPrefixes or purgeEverything.");
  if (operations > OPERATIONS)
    return refused(400, `At most ${OPERATIONS} tags and prefixes in a call, got ${operations}.`);
  const wrong = pathPrefixes.find((prefix) => /^[a-z][a-z0-9+.-]*:|^\/\/|[?#]/i.test(prefix));
  if (wrong !== undefined)
    return refused(400, `A path prefix has no scheme, host, query or fragment, got "${wrong}".`);
  const wanted = new Set(tags.map((tag) => tag.toLowerCase()));
  const prefixes = pathPrefixes.map((prefix) => `/${prefix.replace(/^\//, "")}`);
  return (stored) =>
    prefixes.some((prefix) => stored.path.startsWith(prefix)) ||
    !stored.tags.isDisjointFrom(wanted);
}

/** The codes that the platform documents (https://developers.cloudflare.com/api/resources/cache/methods/purge/). */
export const RATE_LIMITED = 1134;
const EXCLUDING = 1092;

/** The result of a call that was not accepted. For what the platform documents no code of, these are HTTP's. */
export function refused(code: number, message: string): PurgeResult {
  return { success: false, errors: [{ code, message }] };
}
