import { namesTag } from "../domain/etag.ts";
import { StoreUnavailable } from "../domain/unavailable.ts";
import {
  contentSecurityPolicy,
  iconHeaders,
  pictureHeaders,
  publicHeaders,
  SOON_HEADERS,
} from "../edge/policy.ts";
import { hashOfStyle } from "../views/stylesheet.ts";
import type { IconBytes, Page, PageKind, PictureBytes } from "./kind.ts";

/** How often a picture is read again whose bytes went between its row and them. */
const READINGS = 3;

/** Responds with what a kind of page makes of the path. */
export async function respondWith(
  kind: PageKind,
  context: Parameters<PageKind["respond"]>[0],
  ifNoneMatch: string | undefined,
): Promise<Response> {
  for (let readings = 0; readings < READINGS; readings += 1) {
    const found = await kind.respond(context);
    if ("make" in found) return respondWithIcon(found, ifNoneMatch);
    if (!("open" in found)) return respondWithPage(found, kind, ifNoneMatch);
    const response = await respondWithPicture(found, ifNoneMatch);
    if (response) return response;
  }
  throw new StoreUnavailable("R2 has no bytes for a picture that D1 knows");
}

/** Answers with a page, rendered only if the reader does not have it already (RFC 9110 section 13.1.2). */
async function respondWithPage(
  page: Page,
  {
    headers: own = {},
    freshness,
    staleness,
  }: Pick<PageKind, "headers" | "freshness" | "staleness">,
  ifNoneMatch: string | undefined,
): Promise<Response> {
  const policy = contentSecurityPolicy([await hashOfStyle(page.style)]);
  // Not a page to keep: whoever has one goes on with that.
  if (page.status === 503)
    return new Response(await page.render(), {
      status: 503,
      headers: {
        "Content-Type": page.contentType,
        "Content-Security-Policy": policy,
        "Retry-After": "30",
      },
    });
  const headers = {
    ...publicHeaders(page, freshness, staleness),
    "Content-Security-Policy": policy,
    ...(page.status === 200 ? { ...page.headers, ...own } : {}),
  };
  if (page.status === 301) {
    const location = page.location ?? "/";
    return new Response(null, { status: 301, headers: { ...headers, Location: location } });
  }
  if (page.status === 200 && ifNoneMatch !== undefined && namesTag(ifNoneMatch, page.etag)) {
    return new Response(null, { status: 304, headers });
  }
  return new Response(await page.render(), {
    status: page.status,
    headers: { ...headers, "Content-Type": page.contentType },
  });
}

/** Answers with a picture; null when its bytes went between its row and them: taken down, or taken in anew. */
async function respondWithPicture(
  found: PictureBytes,
  ifNoneMatch: string | undefined,
): Promise<Response | null> {
  const headers = pictureHeaders(found, found.changes);
  if (ifNoneMatch !== undefined && namesTag(ifNoneMatch, found.etag))
    return new Response(null, { status: 304, headers });
  const bytes = await found.open();
  if (bytes === null) return null;
  // Another picture than its tag says: the form will be made, or Images be switched on.
  const { ETag: _, ...untagged } = headers;
  const soon = { ...untagged, ...SOON_HEADERS };
  const kinds = { "as requested": headers, original: untagged, "original for now": soon };
  return new Response(bytes.body, {
    headers: { ...kinds[bytes.as], "Content-Type": bytes.type },
  });
}

/** Answers with an icon, made only if the reader does not have it already. */
async function respondWithIcon(
  found: IconBytes,
  ifNoneMatch: string | undefined,
): Promise<Response> {
  const headers = iconHeaders(found);
  if (ifNoneMatch !== undefined && namesTag(ifNoneMatch, found.etag))
    return new Response(null, { status: 304, headers });
  const { bytes, isForNow } = await found.make();
  // Another icon than its tag says, until the right one can be made.
  const { ETag: _, ...untagged } = headers;
  return new Response(bytes, {
    headers: {
      ...(isForNow ? { ...untagged, ...SOON_HEADERS } : headers),
      "Content-Type": found.contentType,
    },
  });
}
