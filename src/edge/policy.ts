// Promises: every response says whether it may be stored; what is not a public page is never stored anywhere.
// Relies on: being applied outermost, after everything else has had its say; and on the platform's precedence,
// Cloudflare-CDN-Cache-Control before Cache-Control (https://developers.cloudflare.com/workers/cache/configuration/).
// Does not: store anything.

/** What a public page tells browsers and the edge about itself. */
export interface PublicPolicy {
  status: number;
  etag: string;
  tags: string[];
  /** Epoch milliseconds. */
  lastModified: number | null;
}

// For the edge. Never `s-maxage`, `must-revalidate` or `proxy-revalidate`: with these the platform serves nothing stale, neither while it
// revalidates nor when the Worker fails. And never without stale-if-error: then it would serve what is stored for ever.

/** A page is fresh until it is purged; ten minutes are for what no purge reaches. */
const FRESHNESS = 600;
/** Pages that are seldom read are served stale at once, and made anew behind: for a day, if nothing is said. */
const STALENESS = 86_400;
const pageAtEdge = (freshness: number, staleness: number) =>
  `public, max-age=${freshness}, stale-while-revalidate=${staleness}, stale-if-error=86400`;
/** What is not there is looked for again every minute, and while the database is away it is still not there. */
const ABSENCE_AT_EDGE = "public, max-age=60, stale-if-error=86400";
/** Bytes that never change. They leave by their tag. */
const PICTURE_AT_EDGE =
  "public, max-age=604800, stale-while-revalidate=86400, stale-if-error=86400";
/** For a picture that will soon be another: the original while its form cannot be made. */
const SOON = "public, max-age=60, stale-if-error=3600";
/** A last good copy bridges seconds: nothing lasting is made of it. */
const COPY_AT_EDGE = "public, max-age=5, stale-if-error=0";
/** Not stored at the edge; the browser may. */
const UNSTORED = "no-store";

/** The header by which a Worker speaks to the cache in front of it alone. */
const EDGE = "Cloudflare-CDN-Cache-Control";

/** The headers of a public page, fresh for some seconds at the edge and stale for some more: browsers revalidate every time, since only the edge can be told what changed. */
export function publicHeaders(
  { status, etag, tags, lastModified }: PublicPolicy,
  freshness = FRESHNESS,
  staleness = STALENESS,
) {
  return {
    "Cache-Control": "public, max-age=0",
    [EDGE]: status === 200 ? pageAtEdge(freshness, staleness) : ABSENCE_AT_EDGE,
    "Cache-Tag": tags.join(","),
    ETag: etag,
    ...(lastModified === null ? {} : { "Last-Modified": new Date(lastModified).toUTCString() }),
  };
}

/** The headers of a picture: its bytes never change, and a browser need not request it again that day; unless it `changes` as a page. */
export function pictureHeaders(policy: PublicPolicy, changes = false) {
  return {
    ...publicHeaders(policy),
    ...(changes ? {} : { "Cache-Control": "public, max-age=86400, immutable" }),
    "Accept-Ranges": "bytes",
    [EDGE]: PICTURE_AT_EDGE,
    // Feeds and shared links show it elsewhere. Opened by itself it may do nothing at all, whatever its bytes pretend.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; sandbox",
  };
}

/** The headers of an icon, which is another at the same address after an edit. An SVG may show the picture within it, and do nothing. */
export function iconHeaders(policy: PublicPolicy) {
  return {
    ...publicHeaders(policy),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; img-src data:; sandbox",
  };
}

/** What a picture says that stands in for another, instead of how long it is good. */
export const SOON_HEADERS = { "Cache-Control": SOON, [EDGE]: SOON };

/** The headers of an address written otherwise than its page's: it leads there, today and tomorrow. */
export const CANONICAL_HEADERS = { "Cache-Control": "public, max-age=0", [EDGE]: ABSENCE_AT_EDGE };

/** The headers of a last good copy. It has no ETag, so that no later request is told 304 about it. */
export const COPY_HEADERS = { "Cache-Control": "public, max-age=0", [EDGE]: COPY_AT_EDGE };

/** Lets a browser have what the edge must not store under the requested address. */
export function leaveUnstored(headers: Headers): void {
  headers.set(EDGE, UNSTORED);
  headers.delete("Cache-Tag");
}

/** What everything that is not a public page says. Without it the platform would store a 200 for two hours. */
const PRIVATE = "private, no-store, no-transform";

/** Sets the headers that every response must have; `styleHashes` are SHA-256 in base64 of the allowed styles. */
export function guarantee(response: Response, styleHashes: string[]): void {
  const { headers } = response;
  const isPublic = headers.has(EDGE) && headers.has("Cache-Control") && !headers.has("Set-Cookie");
  if (!isPublic) {
    headers.set("Cache-Control", PRIVATE);
    headers.delete(EDGE);
    headers.delete("Cache-Tag");
  }
  if (!headers.has("Cache-Status"))
    headers.set("Cache-Status", `Broadsheet; fwd=${isPublic ? "miss" : "bypass"}`);
  const policy = { "Content-Security-Policy": contentSecurityPolicy(styleHashes), ...SECURITY };
  for (const [name, value] of Object.entries(policy))
    if (!headers.has(name)) headers.set(name, value);
}

const SECURITY = {
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy":
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/**
 * No script at all, no style but the site's own by their hashes (SHA-256 in base64), and framed by nobody, or by pages of the same
 * site (CSP Level 3, section 6.4.2).
 */
export function contentSecurityPolicy(
  styleHashes: string[],
  framedBy: "none" | "self" = "none",
): string {
  return [
    "default-src 'none'",
    `style-src ${styleHashes.map((hash) => `'sha256-${hash}'`).join(" ")}`,
    "img-src 'self' https:",
    "font-src 'self'",
    "manifest-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors '${framedBy}'`,
  ].join("; ");
}
