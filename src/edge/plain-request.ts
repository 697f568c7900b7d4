// Promises: a request that the cache would file elsewhere is served from the page's one entry.
// Relies on: the parts of the key that the platform documents (https://developers.cloudflare.com/workers/cache/cache-keys/).
// Does not: know which parameters a page defines; its caller does.

import { ANTI_POISONING, poisonOf } from "./cache-key.ts";

/** Headers that say how the reader wants the response, and who they are; none of them is in the key. */
const PASSED_ON = ["If-None-Match", "If-Modified-Since", "If-Range", "Range", "CF-Connecting-IP"];

/**
 * Tells whether a request has a header that would give it an entry of its own in the cache. Broadsheet reads none of them:
 * whoever sends one would only make it render a page that is stored already, as often as they like.
 */
export function hasOwnCacheKey(headers: Headers): boolean {
  return ANTI_POISONING.some((name) => poisonOf(headers, name) !== null);
}

/** The request as it should have been: the canonical URL, and only the headers that say how to respond. */
export function plainRequest(request: Request, url: string): Request {
  const headers = new Headers();
  for (const name of PASSED_ON) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Request(url, { method: request.method, headers, redirect: "manual" });
}

/** What the cache said of the inner request, as Cache-Status (RFC 9211); null where there was no cache. */
export function statusOfInner(headers: Headers): string | null {
  const status = headers.get("Cf-Cache-Status");
  if (status === null) return null;
  return `Workers-Cache; ${INNER[status] ?? "fwd=bypass"}; detail=${status}`;
}

/** https://developers.cloudflare.com/workers/cache/debugging/ */
const INNER: Record<string, string> = {
  HIT: "hit",
  STALE: "hit",
  UPDATING: "hit",
  REVALIDATED: "hit",
  MISS: "fwd=uri-miss",
  EXPIRED: "fwd=stale",
};
