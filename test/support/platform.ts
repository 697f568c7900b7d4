import { handle, handlePastCache } from "../../src/app.ts";
import { tick } from "../../src/cron.ts";
import type { PurgeTarget, PurgeKind } from "../../src/edge/cache.ts";
import { keyOf } from "../../src/edge/cache-key.ts";
import { StandIn } from "../../src/edge/stand-in.ts";
import { matchingOf, RATE_LIMITED } from "../../src/edge/stand-in/purge.ts";
import { StoredResponses, type Stored } from "../../src/edge/stand-in/stored.ts";
import { runtimeOfTick, type Platform } from "../../src/runtime.ts";
import type { Bindings } from "../../src/store/open.ts";
import { ORIGIN } from "./site.ts";

// The platform as tests have it: the stand-in for the cache in front of the Worker, and in front of that somebody who counts
// the calls, refuses them, or accepts them and does nothing. Time is Date.now(), which tests set.

/** One call to purge or invalidate, and what came of it. */
interface Told {
  how: PurgeKind;
  what: PurgeTarget;
  accepted: boolean;
}

export interface TestPlatform extends Platform {
  stored: StoredResponses;
  told: Told[];
  /** Calls beyond the limit: 5 a minute, of which 25 may be saved up. */
  overLimit: number;
  /** Refuses every call, whatever the limit. */
  refusing: boolean;
  /** Accepts every call and does nothing, as near its limit. */
  deaf: boolean;
  /** Waits for what goes on behind answers. */
  settled(): Promise<void>;
  /** What the network beyond the site answers; nobody is there unless a test puts somebody. */
  fetchElsewhere(request: Request): Promise<Response>;
}

/** What no two versions of the Worker share; the tests have one. */
const VERSION = "test";

/** Opens a platform in front of the Worker; `unlimited` takes any number of calls, `stored` may be another platform's. */
export function openPlatform(
  env: Bindings,
  { unlimited = false, stored = new StoredResponses() } = {},
): TestPlatform {
  let behind: Promise<unknown>[] = [];
  const standIn = new StandIn(VERSION, Date.now, stored);
  const waitUntil = (promise: Promise<unknown>) => void behind.push(promise);

  async function tell(
    how: PurgeKind,
    options: { tags: string[] } | { purgeEverything: true },
  ): Promise<{ success: boolean }> {
    // A call that is not carried out counts all the same.
    const carriedOut = platform.refusing || platform.deaf ? { tags: ["none"] } : options;
    const { success, errors } = unlimited ? apply(how, carriedOut) : await standIn[how](carriedOut);
    if (errors.some(({ code }) => code === RATE_LIMITED)) platform.overLimit += 1;
    const accepted = success && !platform.refusing;
    const what: PurgeTarget =
      "purgeEverything" in options ? { everything: true } : { tags: options.tags };
    platform.told.push({ how, what, accepted });
    return { success: accepted };
  }

  function apply(how: PurgeKind, options: { tags: string[] } | { purgeEverything: true }) {
    const matching = matchingOf(options);
    if (typeof matching !== "function") return matching;
    if (how === "purge") stored.empty(matching);
    else stored.makeStale(matching, Date.now());
    return { success: true, errors: [] };
  }

  const platform: TestPlatform = {
    stored,
    told: [],
    overLimit: 0,
    refusing: false,
    deaf: false,
    waitUntil,
    fetchElsewhere: () => Promise.reject(new Error("Nobody is there.")),
    cache: {
      purge: (options) => tell("purge", options),
      invalidate: (options) => tell("invalidate", options),
    },
    exports: {
      default: {
        fetch: (request) =>
          standIn.fetch(request, {
            worker: (asked) => handle(asked, env, platform),
            waitUntil,
          }),
      },
    },
    async settled() {
      while (behind.length > 0) {
        const before = behind;
        behind = [];
        await Promise.all(before);
      }
    },
  };
  return platform;
}

/** The paths of the addresses that something is stored of. */
export function pathsStored({ stored }: TestPlatform): string[] {
  return [...stored].map(([key]) => pathOfKey(key));
}

/** What is stored of an address. */
export function storedAt({ stored }: TestPlatform, path: string): Stored | null {
  return stored.find(keyAt(path), new Headers());
}

/** Stores a response of an address, as if it came now. */
export function storeAt({ stored }: TestPlatform, path: string, response: Stored): void {
  stored.put(keyAt(path), { ...response, storedAt: Date.now(), invalidatedAt: null });
}

/** Empties the cache, as if everything had been used too long ago. */
export function emptyCache({ stored }: TestPlatform): void {
  stored.empty(() => true);
}

function keyAt(path: string): string {
  return keyOf(new Request(ORIGIN + path), VERSION);
}

function pathOfKey(key: string): string {
  return key.split("\n")[1] ?? "";
}

/** The tags that the platform keeps of a response: 1,000 of them and 16 KB. At worst it drops what comes last. */
export function keptTags(headers: Headers): string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const tag of headers.get("Cache-Tag")?.toLowerCase().split(",") ?? []) {
    bytes += tag.length + 1;
    if (bytes > 16 * 1024 || kept.length === 1000) break;
    kept.push(tag);
  }
  return kept;
}

/** Runs the minute's tick as the platform does. */
export async function tickOn(platform: Platform, env: Bindings): Promise<void> {
  const made = (request: Request) => handlePastCache(request, env, platform);
  await tick(env, runtimeOfTick(env, platform, made));
}
