// Promises: every answer says whether it may be stored; what is not a public page is never stored anywhere.
// Relies on: being applied outermost, after everything else has had its say.
// Does not: store anything. The edge's own freshness (Cloudflare-CDN-Cache-Control) is switched on together with purging.

/** What a public page tells browsers and the edge about itself. */
export interface PublicPolicy {
  etag: string;
  tags: string[];
  /** Epoch milliseconds. */
  lastModified: number | null;
}

/** The headers of a public page: browsers ask every time, since only the edge can be told what changed. */
export function publicHeaders({ etag, tags, lastModified }: PublicPolicy) {
  return {
    "Cache-Control": "public, max-age=0",
    "Cache-Tag": tags.join(","),
    ETag: etag,
    ...(lastModified === null ? {} : { "Last-Modified": new Date(lastModified).toUTCString() }),
  };
}

/** The headers of a picture: its bytes never change, and a browser need not ask for it again that day. */
export function pictureHeaders(policy: PublicPolicy) {
  return {
    ...publicHeaders(policy),
    "Cache-Control": "public, max-age=86400",
    // Feeds and shared links show it elsewhere. Opened by itself it may do nothing at all, whatever its bytes pretend.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Security-Policy": "default-src 'none'; sandbox",
  };
}

/** What everything that is not a public page says. Without it the platform would store a 200 for two hours. */
const PRIVATE = "private, no-store, no-transform";

/** Gives a response what it must have whoever made it; `styleHashes` are SHA-256 in base64 of the allowed styles. */
export function guarantee(response: Response, styleHashes: string[]): void {
  const { headers } = response;
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", PRIVATE);
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

/** No script at all, no style but the site's own by their hashes (SHA-256 in base64), nothing framed (CSP Level 3). */
export function contentSecurityPolicy(styleHashes: string[]): string {
  return [
    "default-src 'none'",
    `style-src ${styleHashes.map((hash) => `'sha256-${hash}'`).join(" ")}`,
    "img-src 'self' https:",
    "font-src 'self'",
    "manifest-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
