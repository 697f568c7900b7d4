// Promises: a stored response answers GET, HEAD, ranges and conditions as RFC 9110 says.
// Relies on: a body that is there whole.
// Does not: know whether the response may be used.

import { parseDate, parseList } from "./fields.ts";
import type { Stored } from "./stored.ts";

/** What happened to a request: https://developers.cloudflare.com/cache/concepts/cache-responses/ */
export type CacheStatus =
  | "MISS"
  | "HIT"
  | "EXPIRED"
  | "REVALIDATED"
  | "UPDATING"
  | "STALE"
  | "BYPASS"
  | "DYNAMIC";

/** Fields that are for the cache alone. */
const CONSUMED = ["Cache-Tag", "Cloudflare-CDN-Cache-Control"];

/** Answers a request with a stored response; `now` in epoch milliseconds. */
export function respondFrom(
  stored: Stored,
  request: Request,
  { status, now }: { status: CacheStatus; now: number },
): Response {
  const headers = new Headers(stored.headers);
  setCacheStatus(headers, status);
  // A response that was just made was not in the cache, and has no age there.
  if (status !== "MISS" && status !== "EXPIRED") headers.set("Age", String(ageOf(stored, now)));
  if (stored.status !== 200) return whole(stored, request, headers);
  if (isUnmodified(stored, request.headers, now)) {
    for (const name of ["Content-Length", "Content-Type", "Content-Encoding", "Content-Range"])
      headers.delete(name);
    return new Response(null, { status: 304, headers });
  }
  return partial(stored, request, headers) ?? whole(stored, request, headers);
}

/** Marks headers with what happened, and takes out what is not for the client. */
export function setCacheStatus(headers: Headers, status: CacheStatus): void {
  for (const name of CONSUMED) headers.delete(name);
  headers.set("Cf-Cache-Status", status);
}

/** How old a stored response is, in seconds. */
function ageOf({ ageWhenStored, storedAt }: Stored, now: number): number {
  return Math.floor((ageWhenStored + now - storedAt) / 1000);
}

function whole(stored: Stored, request: Request, headers: Headers): Response {
  const { status, statusText, body } = stored;
  if (request.method !== "HEAD") return new Response(body, { status, statusText, headers });
  // Of a body that is encoded on its way nobody knows the length.
  if (body !== null && !headers.has("Content-Encoding"))
    headers.set("Content-Length", String(body.byteLength));
  return new Response(null, { status, statusText, headers });
}

/**
 * Tells whether the client has it already (RFC 9110 section 13.2.2). A response without Last-Modified is taken to be of its
 * Date (RFC 9111 section 4.3.2).
 */
export function isUnmodified(
  { headers }: Pick<Stored, "headers">,
  request: Headers,
  now: number,
): boolean {
  const known = request.get("If-None-Match");
  if (known !== null) {
    const etag = headers.get("ETag");
    return (
      etag !== null &&
      (known.trim() === "*" || parseTags(known).some((tag) => opaque(tag) === opaque(etag)))
    );
  }
  const since = parseDate(request.get("If-Modified-Since"), now);
  const modified = parseDate(headers.get("Last-Modified") ?? headers.get("Date"), now);
  return since !== null && modified !== null && modified <= since;
}

/** Entity tags may have commas within their quotes. */
function parseTags(value: string): string[] {
  return value.match(/(?:W\/)?"[^"]*"|[^\s,]+/g) ?? [];
}

/** Weak comparison (RFC 9110 section 8.8.3.2). */
function opaque(tag: string): string {
  return tag.replace(/^W\//, "");
}

/** Part of a response, or that it has no such part; null when all of it is sent (RFC 9110 section 14.2). */
function partial(stored: Stored, request: Request, headers: Headers): Response | null {
  const ranged = /^bytes=(.*)$/i.exec(request.headers.get("Range") ?? "")?.[1];
  const { body } = stored;
  // The platform slices only what says that it can be sliced.
  if (!/\bbytes\b/i.test(stored.headers.get("Accept-Ranges") ?? "")) return null;
  if (request.method !== "GET" || ranged === undefined || body === null) return null;
  if (!isStill(stored, request.headers.get("If-Range"))) return null;
  const ranges = parseList(ranged);
  // Several ranges may be given all of it, and one that is malformed must be.
  const [, first = "", last = ""] = /^(\d*)-(\d*)$/.exec(ranges[0] ?? "") ?? [];
  if (ranges.length !== 1 || first + last === "") return null;
  const size = body.byteLength;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(size - 1, Number(last));
  if (first !== "" && last !== "" && Number(last) < start) return null;
  if (start >= size || end < start) {
    headers.set("Content-Range", `bytes */${size}`);
    headers.delete("Content-Length");
    return new Response(null, { status: 416, headers });
  }
  headers.set("Content-Range", `bytes ${start}-${end}/${size}`);
  headers.set("Content-Length", String(end - start + 1));
  return new Response(body.subarray(start, end + 1), { status: 206, headers });
}

/** If-Range compares strongly: a weak tag is never still the same (RFC 9110 section 13.1.5). */
function isStill({ headers }: Stored, condition: string | null): boolean {
  if (condition === null) return true;
  if (condition.startsWith('"')) return headers.get("ETag") === condition;
  return !condition.startsWith("W/") && headers.get("Last-Modified") === condition;
}
