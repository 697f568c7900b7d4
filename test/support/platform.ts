import { answer, answerPastCache } from "../../src/app.ts";
import { tick } from "../../src/cron.ts";
import type { PurgeTarget, PurgeKind } from "../../src/edge/cache.ts";
import { runtimeOfTick, type Platform } from "../../src/runtime.ts";
import type { Bindings } from "../../src/store/open.ts";

// The platform as far as purging goes: a cache in front of the Worker that keeps what it may, forgets what it is told, and
// refuses to be told too often. Time is Date.now(), which tests set.

/** What the cache keeps of one address. */
interface Entry {
  status: number;
  headers: Headers;
  body: string;
  tags: Set<string>;
  storedAt: number;
  /** When it was invalidated, or null. */
  invalidAt: number | null;
}

/** One call to purge or invalidate, and what came of it. */
interface Told {
  how: PurgeKind;
  what: PurgeTarget;
  accepted: boolean;
}

export interface SimulatedPlatform extends Platform {
  entries: Map<string, Entry>;
  told: Told[];
  /** Calls beyond the limit: 5 a minute, of which 25 may be saved up. */
  overLimit: number;
  /** Refuses every call, whatever the limit. */
  refusing: boolean;
  /** Accepts every call and does nothing, as near its limit. */
  deaf: boolean;
  /** Waits for what goes on behind answers. */
  settled(): Promise<void>;
}

/** Opens a platform in front of the Worker; `unlimited` takes any number of calls. */
export function openPlatform(env: Bindings, { unlimited = false } = {}): SimulatedPlatform {
  let behind: Promise<unknown>[] = [];
  const bucket = { tokens: 25, at: Date.now() };

  function isAllowed(): boolean {
    const now = Date.now();
    bucket.tokens = Math.min(25, bucket.tokens + ((now - bucket.at) * 5) / 60_000);
    bucket.at = now;
    // The clocks of two computers are not one: a hundredth of a call is none.
    if (bucket.tokens < 0.99) return false;
    bucket.tokens -= 1;
    return true;
  }

  async function tell(
    how: PurgeKind,
    options: { tags: string[] } | { purgeEverything: true },
  ): Promise<{ success: boolean }> {
    const everything = "purgeEverything" in options;
    const allowed = unlimited || isAllowed();
    if (!allowed) platform.overLimit += 1;
    if (!everything && options.tags.length > 100) throw new Error("More than 100 tags in one call");
    const accepted = allowed && !platform.refusing;
    const what: PurgeTarget = everything ? { everything } : { tags: options.tags };
    platform.told.push({ how, what, accepted });
    if (!accepted) return { success: false };
    if (platform.deaf) return { success: true };
    for (const [key, entry] of platform.entries) {
      if (!everything && !options.tags.some((tag) => entry.tags.has(tag))) continue;
      if (how === "purge") platform.entries.delete(key);
      else entry.invalidAt ??= Date.now();
    }
    return { success: true };
  }

  async function fill(request: Request, key: string, known?: Entry): Promise<Response> {
    const headers = new Headers(request.headers);
    headers.delete("If-None-Match");
    const etag = known?.headers.get("ETag");
    if (etag) headers.set("If-None-Match", etag);
    const made = await answer(new Request(request, { headers }), env, platform);
    if (made.status === 304 && known) {
      platform.entries.set(key, { ...known, storedAt: Date.now(), invalidAt: null });
      return answerOf(known, "REVALIDATED");
    }
    const policy = policyOf(made.headers);
    if (made.status >= 500 || policy === null) {
      const passed = new Response(made.body, made);
      passed.headers.set("Cf-Cache-Status", "BYPASS");
      passed.headers.delete("Cache-Tag");
      return passed;
    }
    const entry: Entry = {
      status: made.status,
      headers: made.headers,
      body: await made.text(),
      tags: new Set(keptTags(made.headers)),
      storedAt: Date.now(),
      invalidAt: null,
    };
    platform.entries.set(key, entry);
    return answerOf(entry, known ? "EXPIRED" : "MISS");
  }

  async function fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const key = url.pathname + url.search;
    const entry = request.method === "GET" ? platform.entries.get(key) : undefined;
    const policy = entry && policyOf(entry.headers);
    if (!entry || !policy) return fill(request, key);
    const staleSince = entry.invalidAt ?? entry.storedAt + policy.maxAge;
    const staleFor = Date.now() - staleSince;
    if (staleFor < 0) return answerOf(entry, "HIT");
    if (staleFor < policy.whileRevalidate) {
      behind.push(fill(request, key, entry));
      return answerOf(entry, "UPDATING");
    }
    const made = await fill(request, key, entry);
    return made.status >= 500 && staleFor < policy.ifError ? answerOf(entry, "STALE") : made;
  }

  const platform: SimulatedPlatform = {
    entries: new Map(),
    told: [],
    overLimit: 0,
    refusing: false,
    deaf: false,
    waitUntil: (promise) => void behind.push(promise),
    cache: {
      purge: (options) => tell("purge", options),
      invalidate: (options) => tell("invalidate", options),
    },
    exports: { default: { fetch } },
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

/** The tags that the platform keeps of an answer: 1,000 of them and 16 KB. At worst it drops what comes last. */
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
  const made = (request: Request) => answerPastCache(request, env, platform);
  await tick(env, runtimeOfTick(env, platform, made));
}

/** How long, in milliseconds, an answer may be kept; null for one that may not. */
function policyOf(headers: Headers) {
  const policy = headers.get("Cloudflare-CDN-Cache-Control") ?? headers.get("Cache-Control") ?? "";
  if (/no-store|private/.test(policy) || headers.has("Set-Cookie")) return null;
  const seconds = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(policy)?.[1] ?? 0);
  return {
    maxAge: seconds("max-age") * 1000,
    whileRevalidate: seconds("stale-while-revalidate") * 1000,
    ifError: seconds("stale-if-error") * 1000,
  };
}

function answerOf({ status, headers, body }: Entry, cacheStatus: string): Response {
  const isEmpty = status === 301 || status === 304;
  const answered = new Response(isEmpty ? null : body, { status, headers });
  answered.headers.set("Cf-Cache-Status", cacheStatus);
  answered.headers.delete("Cache-Tag");
  return answered;
}
