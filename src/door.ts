import { namesTag } from "./domain/etag.ts";
import { canonicalPath, canonicalQuery } from "./domain/paths.ts";
import { hasKeyedHeader, plainRequest, statusOfInner } from "./edge/odd.ts";
import {
  CANONICAL_HEADERS,
  contentSecurityPolicy,
  COPY_HEADERS,
  guarantee,
  leaveUnstored,
  pictureHeaders,
  publicHeaders,
  SOON_HEADERS,
} from "./edge/policy.ts";
import { bugResponse, unavailableResponse } from "./editor/refusals.ts";
import type { Page } from "./reader/pages.ts";
import type { PictureAnswer } from "./reader/pictures.ts";
import { StoreUnavailable, type Cost } from "./store/batch.d1.ts";
import { openCopiesOf, openFlood, openOrigin, type Bindings } from "./store/open.ts";
import { unavailablePage } from "./views/notice.tsx";
import { referenceStylesheet, stylesheet } from "./views/stylesheet.ts";

// What happens to a request before a page is read, and to an answer before it leaves.

/** Answers a request whose path is written otherwise than its page's; null for a canonical one. */
export function answerUncanonical(url: URL): Response | null {
  const path = canonicalPath(url.pathname);
  if (path === url.pathname) return null;
  const headers = new Headers({ ...CANONICAL_HEADERS, Location: path + url.search });
  // As many queries as anyone can think of would each be an entry.
  if (url.search !== "") leaveUnstored(headers);
  return new Response(null, { status: 301, headers });
}

/**
 * Answers a request that the cache files apart from its page, for a parameter that no page has or a header that none reads:
 * with what the cache has of the page. Nothing is stored under the odd address, so that nobody can fill the cache with it.
 * Null for a request as it should be.
 */
export async function answerOdd(
  request: Request,
  env: Bindings,
  fetchThroughCache: (request: Request) => Promise<Response>,
): Promise<Response | null> {
  const url = new URL(request.url);
  const query = canonicalQuery(url.pathname, url.searchParams);
  if (query === url.search && !hasKeyedHeader(request.headers)) return null;
  const plain = plainRequest(request, openOrigin(env) + url.pathname + query);
  const inner = await fetchThroughCache(plain);
  const answer = new Response(inner.body, inner);
  const status = statusOfInner(inner.headers);
  if (status !== null) answer.headers.set("Cache-Status", status);
  answer.headers.delete("Cf-Cache-Status");
  // What was asked of D1 was asked when the page was made.
  if (/=(HIT|UPDATING|STALE)$/.test(status ?? "")) answer.headers.delete("Server-Timing");
  // What is no page is private already, and stays so.
  if (answer.headers.get("Cache-Control")?.startsWith("public")) leaveUnstored(answer.headers);
  return answer;
}

/** Who asks, and with which conditions: all that an answer to a reader depends on beside the path. */
export interface Asking {
  ifNoneMatch: string | undefined;
  /** The reader's address; undefined for the Worker's own requests, which nobody counts. */
  client: string | undefined;
}

/** Answers a reader with a page: rendered only if the reader does not have it already (RFC 9110 section 13.1.2). */
export async function answerPage(page: Page, { ifNoneMatch }: Asking): Promise<Response> {
  const headers = {
    ...publicHeaders(page),
    "Content-Security-Policy": contentSecurityPolicy(await stylesOf(page)),
  };
  if (page.status === 301) {
    return new Response(null, {
      status: 301,
      headers: { ...headers, Location: page.location ?? "/" },
    });
  }
  if (page.status === 200 && ifNoneMatch !== undefined && namesTag(ifNoneMatch, page.etag)) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(await page.render(), {
    status: page.status,
    headers: { ...headers, "Content-Type": page.contentType },
  });
}

/** How often a picture is read again whose bytes went between its row and them: taken down, or taken in anew. */
const PICTURE_READINGS = 3;

/** Answers a reader with a picture, or with the page that says why there is none. */
export async function answerPicture(
  read: () => Promise<Page | PictureAnswer>,
  asking: Asking,
): Promise<Response> {
  for (let readings = 0; readings < PICTURE_READINGS; readings += 1) {
    const found = await read();
    if (!("open" in found)) return answerPage(found, asking);
    const headers = pictureHeaders(found);
    if (asking.ifNoneMatch !== undefined && namesTag(asking.ifNoneMatch, found.etag))
      return new Response(null, { status: 304, headers });
    const bytes = await found.open();
    if (bytes === null) continue;
    // Another picture than its tag says: the form will be made, or Images be switched on.
    const { ETag: _, ...untagged } = headers;
    const soon = { ...untagged, ...SOON_HEADERS };
    const kinds = { asked: headers, original: untagged, "original for now": soon };
    return new Response(bytes.body, {
      headers: { ...kinds[bytes.as], "Content-Type": bytes.type },
    });
  }
  throw new StoreUnavailable("R2 has no bytes for a picture that D1 knows");
}

/** How long whoever asks for too much that is not there is asked to wait, in seconds: the limit's period. */
const FLOOD_PERIOD = 60;

/**
 * Refuses the answer to a reader who asks for address after address that is not there: each would fill the cache with
 * another 404. Only fills come here, and pages that are there are always given.
 */
export async function refuseFlood(
  answer: Response,
  env: Bindings,
  { client }: Asking,
): Promise<Response> {
  if (answer.status !== 404 || client === undefined || (await openFlood(env, networkOf(client))))
    return answer;
  console.warn(JSON.stringify({ event: "flood", client: networkOf(client) }));
  return new Response("Too many addresses that are not here. Try again in a minute.\n", {
    status: 429,
    headers: { "Retry-After": String(FLOOD_PERIOD) },
  });
}

/** Whom an address belongs to: of IPv6 the network, since whoever has one address has 2^64 (RFC 4291 section 2.5.4). */
export function networkOf(client: string): string {
  if (!client.includes(":")) return client;
  // `::` stands for as many groups of zeros as are missing (RFC 5952 section 4.2).
  const [head = "", tail] = client.split("::");
  const before = head.split(":").filter(Boolean);
  const after = (tail ?? "").split(":").filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => "0"), ...after];
  return groups.slice(0, 4).join(":");
}

/**
 * Answers a reader while the database is away: with the last good copy of the page, if there is one. A request with a
 * condition comes from a cache that has the page, and maybe a newer one: it gets the failure, so that it goes on with that.
 */
export async function answerAway(
  error: StoreUnavailable,
  env: Bindings,
  { path, asking }: { path: string; asking: Asking },
): Promise<Response> {
  if (asking.ifNoneMatch !== undefined) throw error;
  const copy = await findCopy(env, path);
  if (!copy) throw error;
  console.warn(
    JSON.stringify({ event: "copy shown", path, status: copy.status, error: error.message }),
  );
  const body = copy.status === 301 ? null : copy.body;
  return new Response(body, {
    status: copy.status,
    headers: { ...copy.headers, ...COPY_HEADERS, "Cache-Status": "Broadsheet; hit; detail=copy" },
  });
}

async function findCopy(env: Bindings, path: string) {
  try {
    return await openCopiesOf(env).find(path);
  } catch (error) {
    console.error(JSON.stringify({ event: "copies away", path, error: String(error) }));
    return null;
  }
}

/**
 * Answers for what went wrong: 503 when the database is away, 500 for a bug, and nothing in between.
 * The log gets the error; a reader gets a page that says to come back, an editor a problem.
 */
export function answerError(error: Error, path: string): Response {
  const away = error instanceof StoreUnavailable;
  console.error(
    JSON.stringify({
      event: away ? "database away" : "bug",
      path,
      error: error.stack ?? error.message,
    }),
  );
  if (path.startsWith("/api/")) return away ? unavailableResponse(path) : bugResponse(path);
  return new Response(unavailablePage(), {
    status: away ? 503 : 500,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      ...(away ? { "Retry-After": "30" } : {}),
    },
  });
}

/** Gives an answer the headers that every answer has; `cost` is what it asked of D1, if it did. */
export async function seal(
  response: Response,
  path: string,
  cost: Cost | undefined,
): Promise<Response> {
  const sealed = new Response(response.body, response);
  guarantee(sealed, [await hashOf(path.startsWith("/api/") ? referenceStylesheet : stylesheet)]);
  if (cost) {
    const isPublic = sealed.headers.get("Cache-Control")?.startsWith("public") ?? false;
    sealed.headers.set("Server-Timing", timingOf(cost, isPublic));
  }
  return sealed;
}

/**
 * What an answer asked of D1 (https://www.w3.org/TR/server-timing/); `dur` is the time that D1 says it took, in milliseconds.
 * Readers are told the trips and no more: an unpublished lead on the front page would be one row.
 */
function timingOf({ trips, rowsRead, rowsWritten, milliseconds }: Cost, isPublic: boolean): string {
  if (isPublic) return `d1;desc="trips=${trips}"`;
  const told = `trips=${trips} read=${rowsRead} written=${rowsWritten}`;
  return `d1;dur=${Number(milliseconds.toFixed(3))};desc="${told}"`;
}

/** The hashes of a page's styles: the stylesheet's and, where the paper has a look of its own, its theme's. */
function stylesOf({ style }: Page): Promise<string[]> {
  return Promise.all((style === "" ? [stylesheet] : [stylesheet, style]).map(hashOf));
}

/** Stylesheets' hashes, by which the policy allows them; kept as text, since a promise belongs to its request. */
const hashes = new Map<string, string>();

async function hashOf(style: string): Promise<string> {
  const known = hashes.get(style);
  if (known !== undefined) return known;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  hashes.set(style, hash);
  return hash;
}
