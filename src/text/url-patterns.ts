/** What a pattern's names stand for in an address. */
export type Parts = Record<string, string | undefined>;

export function partsOf(match: URLPatternResult): Parts {
  return { ...match.hostname.groups, ...match.pathname.groups, ...match.search.groups };
}

/**
 * A pattern (https://urlpattern.spec.whatwg.org/) from what is written of one: `host/path`, with ` ? query` and `#hash` behind it
 * where they count. `www.` before it and a slash behind it change nothing.
 */
export function patternOf(written: string): URLPattern {
  const [address = "", hash = "*"] = written.split("#");
  const [place = "", query = "*"] = address.split(" ? ");
  const slash = place.search(/(?<!\\)\//);
  return new URLPattern({
    protocol: "http{s}?",
    hostname: `{www.}?${place.slice(0, slash)}`,
    pathname: place.endsWith("*") ? place.slice(slash) : `${place.slice(slash)}{/}?`,
    search: query,
    hash,
  });
}
