import { namesTag } from "./domain/etag.ts";
import { canonicalPath } from "./domain/paths.ts";
import { contentSecurityPolicy, guarantee, pictureHeaders, publicHeaders } from "./edge/policy.ts";
import type { Page } from "./reader/pages.ts";
import type { PictureAnswer } from "./reader/pictures.ts";
import { StoreUnavailable } from "./store/batch.d1.ts";
import { bugResponse, unavailableResponse } from "./editor/refusals.ts";
import { referenceStylesheet, stylesheet } from "./views/stylesheet.ts";
import { unavailablePage } from "./views/notice.tsx";

// What happens to a request before a page is read, and to an answer before it leaves.

/** Where a path that is not canonical leads, query included; null when it is. */
export function canonicalLocation(url: URL): string | null {
  const path = canonicalPath(url.pathname);
  return path === url.pathname ? null : path + url.search;
}

/** Answers a reader with a page: rendered only if the reader does not have it already (RFC 9110 section 13.1.2). */
export async function answerPage(page: Page, ifNoneMatch: string | undefined): Promise<Response> {
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
  ifNoneMatch: string | undefined,
): Promise<Response> {
  for (let readings = 0; readings < PICTURE_READINGS; readings += 1) {
    const found = await read();
    if (!("open" in found)) return answerPage(found, ifNoneMatch);
    const headers = pictureHeaders(found);
    if (ifNoneMatch !== undefined && namesTag(ifNoneMatch, found.etag))
      return new Response(null, { status: 304, headers });
    const bytes = await found.open();
    if (bytes === null) continue;
    // Another picture than its tag says: the form will be made, or Images be switched on.
    const { ETag: _, ...untagged } = headers;
    const soon = { ...untagged, "Cache-Control": "public, max-age=60" };
    const kinds = { asked: headers, original: untagged, "original for now": soon };
    return new Response(bytes.body, {
      headers: { ...kinds[bytes.as], "Content-Type": bytes.type },
    });
  }
  throw new StoreUnavailable("R2 has no bytes for a picture that D1 knows");
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

/** Gives an answer the headers that every answer has. */
export async function seal(response: Response, path: string): Promise<Response> {
  const sealed = new Response(response.body, response);
  guarantee(sealed, [await hashOf(path.startsWith("/api/") ? referenceStylesheet : stylesheet)]);
  return sealed;
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
