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
  "share",
  "speculation-rules.json",
  "sitemap.xml",
  "news-sitemap.xml",
  "robots.txt",
  "llms.txt",
  "favicon.ico",
  "favicon.svg",
  "apple-touch-icon.png",
  "icon-192.png",
  "icon-512.png",
  "manifest.webmanifest",
]);

/** The last recent page of a list; what is older is in the archive. OFFSET stays below 200 that way. */
export const LAST_PAGE = 10;

export function frontPath(page = 1): string {
  return page === 1 ? "/" : `/page/${page}`;
}

export function sectionPath(section: string, page = 1): string {
  return `/${section}${pageSuffix(page)}`;
}

/** What the feeds of a list are called below its own path, by their format. */
export const FEED_NAMES = { rss: "feed.xml", atom: "atom.xml", json: "feed.json" } as const;
export type FeedFormat = keyof typeof FEED_NAMES;

/** A feed of the list whose first page is at `list`: of the whole site at `/`. */
export function feedPath(list: string, format: FeedFormat): string {
  return `${list === "/" ? "" : list}/${FEED_NAMES[format]}`;
}

export function authorPath(author: string, page = 1): string {
  return `/authors/${author}${pageSuffix(page)}`;
}

export function tagPath(tag: string, page = 1): string {
  return `/tags/${tag}${pageSuffix(page)}`;
}

/** A story's path, or that of a page, which is in no section (""). */
export function articlePath(section: string, slug: string): string {
  return section === "" ? pagePath(slug) : `/${section}/${slug}`;
}

/** The path of a page that is no story, in one name space with sections. */
export function pagePath(slug: string): string {
  return `/${slug}`;
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

/** The picture under which a story is shared that has none: its address is the story's whatever it comes to be called. */
export function shareCardPath(id: string): string {
  return `/share/${id}.png`;
}

/** What browsers may fetch ahead. */
export const SPECULATION_RULES_PATH = "/speculation-rules.json";
export const SEARCH_PATH = "/search";

/** Where browsers learn how the site is searched. */
export const OPENSEARCH_PATH = "/opensearch.xml";

export const ARCHIVE_PATH = "/archive";

/** The index of the sitemaps, the sitemap of the paper's own pages, and that for news. */
export const SITEMAP_PATH = "/sitemap.xml";
export const PAGES_SITEMAP_PATH = "/sitemaps/pages.xml";
export const NEWS_SITEMAP_PATH = "/news-sitemap.xml";

/** A file of a month's sitemap, from 1. */
export function monthSitemapPath(month: string, part = 1): string {
  return `/sitemaps/${month}${part === 1 ? "" : `-${part}`}.xml`;
}

/** The sitemap of all authors' pages, or of all tags'. */
export function entriesSitemapPath(kind: "author" | "tag"): string {
  return `/sitemaps/${kind}s.xml`;
}

/** What browsers, crawlers and agents ask for at an address that is the same everywhere. */
export const ROBOTS_PATH = "/robots.txt";
export const LLMS_PATH = "/llms.txt";
export const MANIFEST_PATH = "/manifest.webmanifest";
export const SECURITY_PATH = "/.well-known/security.txt";
export const ICON_PATHS = {
  ico: "/favicon.ico",
  svg: "/favicon.svg",
  touch: "/apple-touch-icon.png",
  small: "/icon-192.png",
  large: "/icon-512.png",
} as const;

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
