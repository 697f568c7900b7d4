// Every public URL, made here and nowhere else. Paths are absolute, canonical and without a trailing slash.

/** A slug: lower-case ASCII letters and digits, single hyphens between them. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** The longest slug, in characters. */
export const SLUG_LENGTH = 100;

/** First path segments that are Broadsheet's (or, `cdn-cgi`, the platform's) own, so that no new section can be called so. */
export const RESERVED = new Set([
  "api",
  "desk",
  "preview",
  "media",
  "page",
  "authors",
  "tags",
  "search",
  "opensearch.xml",
  "sitemaps",
  "archive",
  "corrections",
  "healthz",
  "cdn-cgi",
]);

/** The last recent page of a list; what is older is in the archive. OFFSET stays below 200 that way. */
export const LAST_PAGE = 10;

export function frontPath(page = 1): string {
  return page === 1 ? "/" : `/page/${page}`;
}

export function sectionPath(section: string, page = 1): string {
  return `/${section}${pageSuffix(page)}`;
}

/** The feed of a section. */
export function sectionFeedPath(section: string): string {
  return `/${section}/feed.json`;
}

export function authorPath(author: string, page = 1): string {
  return `/authors/${author}${pageSuffix(page)}`;
}

export function tagPath(tag: string, page = 1): string {
  return `/tags/${tag}${pageSuffix(page)}`;
}

export function articlePath(section: string, slug: string): string {
  return `/${section}/${slug}`;
}

/** The Markdown twin of an article's path. */
export function twinPath(path: string): string {
  return `${path}.md`;
}

/** A month of the archive, of the site or of one section; `from` is the `place` a later page of the month starts at. */
export function monthPath(month: string, section?: string | null, from?: string | null): string {
  const path = `${section ? `/${section}` : ""}/archive/${month.replace("-", "/")}`;
  return from ? `${path}?from=${from}` : path;
}

/** A page of the list of all corrections. */
export function correctionsPath(page = 1): string {
  return `/corrections${pageSuffix(page)}`;
}

export const SEARCH_PATH = "/search";

/** Where browsers learn how the site is searched. */
export const OPENSEARCH_PATH = "/opensearch.xml";

export const ARCHIVE_PATH = "/archive";

function pageSuffix(page: number): string {
  return page === 1 ? "" : `/page/${page}`;
}

/** Encodes what browsers encode in a path (https://url.spec.whatwg.org/#path-percent-encode-set). */
export function percentEncoded(value: string): string {
  return value.replace(/[^\x21-\x7e]|["<>`{}^]/gu, (character) =>
    /\p{Cs}/u.test(character) ? "" : encodeURIComponent(character),
  );
}

/** The canonical form of a request's path: what the door redirects to when it differs. */
export function canonicalPath(path: string): string {
  const decoded = path.replace(/%([0-9A-Fa-f]{2})/g, (escape: string, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9\-._~]/.test(character) ? character : escape.toUpperCase();
  });
  const collapsed = decoded.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1");
  // Percent-encoded bytes keep their upper-case digits (RFC 3986 section 6.2.2.1); everything else is lower case.
  return collapsed.replace(/%[0-9A-F]{2}|[^%]+/g, (run) =>
    run.startsWith("%") ? run : run.toLowerCase(),
  );
}
