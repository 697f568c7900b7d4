// What browsers may do ahead of a reader (https://html.spec.whatwg.org/multipage/speculative-loading.html#speculation-rules).

/** No pages of the paper: the editors' side, what machines read, and what is another page for each reader. */
const NOT_AHEAD = [
  "/api/*",
  "/desk",
  "/desk/*",
  "/preview/*",
  "/healthz",
  "/search",
  "/search?*",
  "/media/*",
  "/share/*",
  "/*.json",
  "/*.xml",
  "/*.md",
  "/*.txt",
];

/**
 * The rules as a document: a page of the site is fetched, not rendered, when the pointer rests on its link or the press begins.
 * Nothing of it runs, since no page has a script, and a browser keeps two such pages at a time.
 */
export function speculationRules(): string {
  const where = {
    and: [
      { href_matches: "/*" },
      { not: { href_matches: NOT_AHEAD.map((pattern) => pattern.replaceAll("?", "\\?")) } },
      { not: { selector_matches: "[download], [target], [rel~=nofollow], [rel~=external]" } },
    ],
  };
  return JSON.stringify({ prefetch: [{ where, eagerness: "moderate" }] });
}
