import {
  decode,
  parameter,
  PROVIDERS,
  type EmbedKind,
  type Parts,
  type TitleOf,
} from "./providers.ts";

/** What an address says of itself, without a request. */
export interface Embed {
  /** Name of the provider for machines: lower-case letters and hyphens. */
  provider: string;
  /** Name of the provider for readers. */
  name: string;
  kind: EmbedKind;
  host: string;
  /** What the address itself tells: a page name, `owner/repository`, `@user`. Plain text. */
  title?: string;
}

/**
 * The page that a player's address stands for: what is meant to fill a frame is no page to send readers to. Any other address
 * is returned as it is.
 */
export function playerPage(address: string): string {
  const url = urlOf(address);
  if (!url) return address;
  for (const { pattern, pageOf } of players()) {
    const match = pattern.exec(url.href);
    if (match) return pageOf(partsOf(match)) ?? address;
  }
  return address;
}

/** Recognises the address of something that a known provider shows, by its exact host and the shape of its path. */
export function findEmbed(address: string): Embed | undefined {
  const url = urlOf(address);
  if (!url) return undefined;
  const host = url.hostname.replace(/^www\./, "");
  for (const { id, name, kind, pattern, titleOf } of pagesAt(host)) {
    const match = pattern.exec(url.href);
    if (!match) continue;
    const title = titleOf?.(partsOf(match), host);
    return { provider: id, name: name ?? host, kind, host, ...(title ? { title } : {}) };
  }
  return undefined;
}

/** An address as it is written in texts, without a user name and a port: `https://youtube.com:80@evil.example/` is none of YouTube. */
function urlOf(address: string): URL | null {
  if (!/^https?:\/\/[^\s\\]+$/i.test(address)) return null;
  const url = URL.parse(address);
  return url && url.username === "" && url.password === "" && url.port === "" ? url : null;
}

function partsOf(match: URLPatternResult): Parts {
  return { ...match.pathname.groups, ...match.search.groups };
}

/**
 * A pattern (https://urlpattern.spec.whatwg.org/) from what is written of one: `host/path`, with `?query` and `#hash` behind it
 * where they count. `www.` before it and a slash behind it change nothing.
 */
function patternOf(written: string): URLPattern {
  const [address = "", hash = "*"] = written.split("#");
  const [place = "", query = "*"] = address.split(" ? ");
  const slash = place.indexOf("/");
  return new URLPattern({
    protocol: "http{s}?",
    hostname: `{www.}?${place.slice(0, slash)}`,
    pathname: place.endsWith("*") ? place.slice(slash) : `${place.slice(slash)}{/}?`,
    search: query,
    hash,
  });
}

interface Player {
  pattern: URLPattern;
  pageOf(parts: Parts): string | undefined;
}

/** Made for the first address: a Worker that renders nothing need not wait for them. */
let madePlayers: Player[] | null = null;

function players(): Player[] {
  const player = (written: string, pageOf: Player["pageOf"]): Player => {
    return { pattern: patternOf(written), pageOf };
  };
  return (madePlayers ??= [
    player(
      `facebook.com/plugins/:kind(post|video).php ? ${parameter("href", "[^&]*")}`,
      ({ href = "" }) => facebookPage(href),
    ),
    player(
      `youtube{-nocookie}?.com/embed/videoseries ? ${parameter("list", "[\\w\\-]+")}`,
      ({ list }) => `https://www.youtube.com/playlist?list=${list}`,
    ),
    player(
      "youtube{-nocookie}?.com/:kind(embed|v)/:video([\\w\\-]{6,20}){*}?",
      ({ video }) => `https://www.youtube.com/watch?v=${video}`,
    ),
    player("player.vimeo.com/video/:video(\\d+){*}?", ({ video }) => `https://vimeo.com/${video}`),
    player(
      `vimeo.com/moogaloop.swf ? ${parameter("clip_id", "\\d+")}`,
      ({ clip_id: video }) => `https://vimeo.com/${video}`,
    ),
    player(
      "dailymotion.com/:kind(embed\\/video|swf)/:video([a-z\\d]+){*}?",
      ({ video }) => `https://www.dailymotion.com/video/${video}`,
    ),
    player("open.spotify.com/embed/:page(.+)", ({ page }) => `https://open.spotify.com/${page}`),
    player(
      "instagram.com/:kind(p|reel|tv)/:post([\\w\\-]+)/embed*",
      ({ kind, post }) => `https://www.instagram.com/${kind}/${post}/`,
    ),
    player(
      "codepen.io/:user([\\w\\-]+)/embed/{preview/}?:pen([A-Za-z]+){*}?",
      ({ user, pen }) => `https://codepen.io/${user}/pen/${pen}`,
    ),
    player(
      "archive.org/embed/:item([\\w.\\-]+){*}?",
      ({ item }) => `https://archive.org/details/${item}`,
    ),
  ]);
}

/** Facebook's players name their page in a parameter. */
function facebookPage(href: string): string | undefined {
  const page = decode(href) ?? "";
  return page.startsWith("https://www.facebook.com/") ? new URL(page).href : undefined;
}

interface AddressPattern {
  id: string;
  /** Left out where the host is the name. */
  name?: string | undefined;
  kind: EmbedKind;
  pattern: URLPattern;
  titleOf?: TitleOf | undefined;
}

let madePatterns: Map<string, AddressPattern[]> | null = null;

/**
 * What the providers of a host show, by its domain: most addresses are of none, and a pattern costs a microsecond. The first
 * that an address fits wins; those of any host come last.
 */
function pagesAt(host: string): AddressPattern[] {
  madePatterns ??= Map.groupBy(
    Object.entries(PROVIDERS).flatMap(([id, { domains, name, shown }]) =>
      shown.flatMap(([written, kind, titleOf]) => {
        const page = { id, name, kind, pattern: patternOf(written), titleOf };
        return (domains.length > 0 ? domains : [ANY]).map((domain) => ({ ...page, domain }));
      }),
    ),
    ({ domain }) => domain,
  );
  const domain = host.split(".").slice(-2).join(".");
  return [...(madePatterns.get(domain) ?? []), ...(madePatterns.get(ANY) ?? [])];
}

/** In place of a domain: a provider that is known by its paths alone. */
const ANY = "";
