// Promises: a stored response is found by its key and the fields it varies on, and removed by tag, path or age.
// Relies on: one isolate; nothing here belongs to a request, so that any request may use it.
// Does not: decide what may be stored or used.

import { initialAge, type Freshness } from "./freshness.ts";
import { parseList } from "./fields.ts";

/** A stored response. */
export interface Stored {
  path: string;
  status: number;
  statusText: string;
  /** All that the Worker said and that may be kept. */
  headers: Headers;
  body: Uint8Array | null;
  /** In lower case. */
  tags: Set<string>;
  /** The fields it varies on and what the request said in them, verbatim. */
  variesOn: [name: string, value: string | null][];
  freshness: Freshness;
  /** When it came, in epoch milliseconds, and how old it was then, in milliseconds. */
  storedAt: number;
  ageWhenStored: number;
  /** When it was invalidated, in epoch milliseconds, or null. */
  invalidatedAt: number | null;
}

/** How much is kept of everything, and how many variants of one key. What was used longest ago leaves first. */
const CAPACITY = 64 * 1024 * 1024;
const VARIANTS = 100;

/** The largest body that is kept, in bytes. */
export const LARGEST_BODY = CAPACITY / 2;

/** What a purge or an invalidation is for. */
export type Matching = (stored: Stored) => boolean;

/** The stored responses, in memory. */
export class StoredResponses {
  /** The variants of each key, newest first; the keys by their last use. */
  readonly #variants = new Map<string, Stored[]>();
  #size = 0;

  /** The newest response for a key whose varying fields are those of the request. */
  find(key: string, request: Headers): Stored | null {
    const variants = this.#variants.get(key);
    if (variants === undefined) return null;
    this.#variants.delete(key);
    this.#variants.set(key, variants);
    return variants.find((stored) => isFor(stored, request)) ?? null;
  }

  /** The newest variant of each key. */
  *[Symbol.iterator](): Generator<[key: string, stored: Stored]> {
    for (const [key, [newest]] of this.#variants) if (newest) yield [key, newest];
  }

  put(key: string, stored: Stored): void {
    const before = this.#variants.get(key) ?? [];
    const others = before.filter((other) => !isSameVariant(other, stored));
    this.#set(key, [stored, ...others].slice(0, VARIANTS), before);
    while (this.#size > CAPACITY) {
      const [oldest] = this.#variants.keys();
      if (oldest === undefined) break;
      this.drop(oldest);
    }
  }

  /** Puts another in the place of a stored response, unless that one has left. */
  replace(key: string, stored: Stored, next: Stored | null): void {
    const before = this.#variants.get(key) ?? [];
    const after = before.flatMap((other) => (other === stored ? (next ?? []) : other));
    this.#set(key, after, before);
  }

  /** Removes all variants of a key. */
  drop(key: string): void {
    this.#set(key, [], this.#variants.get(key) ?? []);
  }

  /** Removes every key of which one variant matches: the variants of a URL leave together. */
  empty(matching: Matching): void {
    for (const [key, variants] of this.#variants) if (variants.some(matching)) this.drop(key);
  }

  /** Makes every key stale of which one variant matches. */
  makeStale(matching: Matching, now: number): void {
    for (const variants of this.#variants.values()) {
      if (!variants.some(matching)) continue;
      for (const stored of variants) stored.invalidatedAt ??= now;
    }
  }

  #set(key: string, after: Stored[], before: Stored[]): void {
    this.#size += sizeOf(after) - sizeOf(before);
    if (after.length === 0) this.#variants.delete(key);
    else this.#variants.set(key, after);
  }
}

function isFor({ variesOn }: Stored, request: Headers): boolean {
  return variesOn.every(([name, value]) => request.get(name) === value);
}

function isSameVariant(one: Stored, other: Stored): boolean {
  return JSON.stringify(one.variesOn) === JSON.stringify(other.variesOn);
}

/** What a response takes beside its headers and body, in bytes. */
const OVERHEAD = 1024;

/** The headers count, too: empty redirects must not grow for ever. */
function sizeOf(variants: Stored[]): number {
  return variants.reduce(
    (sum, { headers, body }) => sum + OVERHEAD + bytesOf(headers) + (body?.byteLength ?? 0),
    0,
  );
}

function bytesOf(headers: Headers): number {
  let bytes = 0;
  for (const [name, value] of headers) bytes += name.length + value.length;
  return bytes;
}

/** Fields that belong to a connection and not to a response (RFC 9110 section 7.6.1, RFC 9111 section 3.1). */
const HOP_BY_HOP = [
  "Connection",
  "Keep-Alive",
  "Proxy-Authenticate",
  "Proxy-Authentication-Info",
  "Proxy-Authorization",
  "Proxy-Connection",
  "TE",
  "Trailer",
  "Transfer-Encoding",
  "Upgrade",
];

/** What came from the Worker for a request. */
export interface Came {
  request: Request;
  status: number;
  statusText: string;
  headers: Headers;
  body: Uint8Array | null;
  freshness: Freshness;
  /** Fields that must not be kept, in lower case. */
  unkept: string[];
  /** When it was requested and when it came, in epoch milliseconds. */
  requestedAt: number;
  came: number;
}

/** The response as it is stored. */
export function storedOf({ request, unkept, requestedAt, came, ...response }: Came): Stored {
  const headers = new Headers(response.headers);
  for (const name of [...HOP_BY_HOP, ...parseList(headers.get("Connection")), ...unkept])
    headers.delete(name);
  if (!headers.has("Date")) headers.set("Date", new Date(came).toUTCString());
  return {
    ...response,
    path: new URL(request.url).pathname,
    headers,
    tags: tagsOf(headers.get("Cache-Tag")),
    variesOn: parseList(headers.get("Vary"))
      .map((name) => name.toLowerCase())
      .sort()
      .map((name) => [name, request.headers.get(name)]),
    storedAt: came,
    ageWhenStored: initialAge(headers, requestedAt, came),
    invalidatedAt: null,
  };
}

/** Fields of a 304 that would no longer be those of the stored body (RFC 9111 section 3.2). */
const NOT_UPDATED = new Set([
  "content-length",
  "content-encoding",
  "content-range",
  "content-md5",
  "etag",
  ...HOP_BY_HOP.map((name) => name.toLowerCase()),
]);

/** The stored headers with what a 304 that came then, in epoch milliseconds, says anew (RFC 9111 section 4.3.4). */
export function updatedHeaders(stored: Headers, notModified: Headers, came: number): Headers {
  const headers = new Headers(stored);
  headers.delete("Age");
  headers.set("Date", new Date(came).toUTCString());
  for (const [name, value] of notModified) if (!NOT_UPDATED.has(name)) headers.set(name, value);
  return headers;
}

/** The most of a Cache-Tag header that is kept: https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/ */
const TAGS_KEPT = 1000;
const TAG_BYTES_KEPT = 16 * 1024;

/**
 * https://developers.cloudflare.com/workers/cache/configuration/#cache-tag: what does not conform is dropped without a word.
 * Which tags go when there are too many is not said; at worst those that come last.
 */
function tagsOf(value: string | null): Set<string> {
  const within = value?.slice(0, TAG_BYTES_KEPT) ?? null;
  const isCut = within !== null && value !== null && value.length > within.length;
  const whole = isCut ? within.slice(0, Math.max(0, within.lastIndexOf(","))) : within;
  return new Set(
    parseList(whole)
      .filter((tag) => /^[\x21-\x7E]{1,1024}$/.test(tag))
      .slice(0, TAGS_KEPT)
      .map((tag) => tag.toLowerCase()),
  );
}
