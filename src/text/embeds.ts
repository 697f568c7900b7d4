import { normalize } from "./markdown/text.ts";
import { playerPageOf } from "./player-pages.ts";
import { ANY, PROVIDERS, type EmbedKind } from "./providers.ts";
import { partsOf, patternOf, type Parts } from "./url-patterns.ts";

// What an address says of itself, without a request: whose it is, what stands there, what it is called, who made it.

/** What an address says of itself. */
export interface Embed {
  /** Name of the provider for machines: lower-case letters and hyphens. */
  provider: string;
  /** Name of the provider for readers. */
  name: string;
  kind: EmbedKind;
  host: string;
  /** What it is called: a page name, the words of a slug, `owner/repository`. Plain text. */
  title?: string;
  /** Who made it: `@user`, or a name. Plain text. */
  author?: string;
}

/**
 * The page that a player's address stands for: what is meant to fill a frame is no page to send readers to. Any other address
 * is returned as it is.
 */
export function playerPage(address: string): string {
  const url = urlOf(address);
  return (url && playerPageOf(url.href)) ?? address;
}

/** Recognises the address of something that a known provider shows, by its exact host and the shape of its path. */
export function findEmbed(address: string): Embed | undefined {
  const url = urlOf(address);
  if (!url) return undefined;
  const host = url.hostname.replace(/^www\./, "");
  for (const { id, name, kind, pattern } of pagesAt(host, url.href)) {
    const match = pattern.exec(url.href);
    if (match)
      return {
        provider: id,
        name: name ?? host,
        kind,
        host,
        ...told(partsOf(match), name === null ? host : null),
      };
  }
  return undefined;
}

/** What is told of an address of nobody's: its host, and the words of its slug, if it has any. */
export function plainEmbed(address: string): Omit<Embed, "kind"> | undefined {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    return undefined;
  const host = url.host.replace(/^www\./, "");
  const slug = url.pathname.split("/").findLast((part) => part !== "") ?? "";
  const words = /[-_]/.test(slug) ? readable(slug.replace(/\.[a-z]{3,5}$/i, "")) : undefined;
  const title = words?.includes(" ") ? words : undefined;
  return { provider: "web", name: host, host, ...(title && { title }) };
}

/**
 * An address without what only tells who shared it, where, and by which campaign. The rest stays as it is, letter for letter:
 * a parameter that was parsed and written anew may mean something else.
 */
export function withoutTracking(address: string): string {
  const [, before = address, query, hash = ""] = /^([^?#]*)\?([^#]*)(#.*)?$/s.exec(address) ?? [];
  if (query === undefined) return address;
  const host = URL.parse(address)?.hostname ?? "";
  const kept = query.split("&").filter((each) => {
    const [name = ""] = each.split("=", 1);
    return !(
      TRACKING.test(name) || OF_SHARING.some(([of, names]) => of.test(host) && names.test(name))
    );
  });
  return before + (kept.join("&") && `?${kept.join("&")}`) + hash;
}

const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|twclid|ttclid|yclid|igshid?|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|ref_src|ref_url|mibextid|wt\.?mc|at_(?:medium|campaign|custom\d?)|cmpid)$/i;

/** Short names that mean something elsewhere: on these hosts they tell who shared. */
const OF_SHARING: [host: RegExp, names: RegExp][] = [
  [/(?:^|\.)(?:youtube\.com|youtu\.be)$/, /^(?:si|feature|pp|ab_channel)$/],
  [/(?:^|\.)spotify\.com$/, /^(?:si|context|nd|dlsi|go)$/],
  [/(?:^|\.)(?:x|twitter)\.com$/, /^[st]$/],
  [/(?:^|\.)instagram\.com$/, /^(?:igsh|img_index|hl)$/],
  [/(?:^|\.)threads\.(?:net|com)$/, /^xmt$/],
  [/(?:^|\.)tiktok\.com$/, /^(?:_[rt]|is_\w+|sender_\w+|web_id|share_\w+|lang|q|t)$/],
  [/(?:^|\.)(?:facebook\.com|fb\.watch)$/, /^(?:rdid|share_url|ref|__\w+(?:\[\d+\])?)$/],
  [/(?:^|\.)soundcloud\.com$/, /^(?:in|si|p|c|t)$/],
  [/(?:^|\.)reddit\.com$/, /^(?:share_id|rdt)$/],
  [/(?:^|\.)linkedin\.com$/, /^(?:trackingId|trk|lipi|rcm)$/],
  [/(?:^|\.)google\.[a-z.]{2,6}$|^maps\.app\.goo\.gl$/, /^(?:g_st|g_ep|entry)$/],
  [
    /(?:^|\.)(?:substack|beehiiv)\.com$/,
    /^(?:r|triedRedirect|publication_id|post_id|isFreemail|showWelcome\w*)$/,
  ],
];

/** An address as it is written in texts, without a user name and a port: `https://youtube.com:80@evil.example/` is none of YouTube. */
function urlOf(address: string): URL | null {
  if (!/^https?:\/\/[^\s\\]+$/i.test(address)) return null;
  const url = URL.parse(address);
  return url && url.username === "" && url.password === "" && url.port === "" ? url : null;
}

/** What the parts of an address mean; see PROVIDERS. Where every server has a host of its own, it belongs to a name: `server`. */
function told(parts: Parts, host: string | null): Pick<Embed, "title" | "author"> {
  const { words, page, place, name, user, server, by, group } = parts;
  const title =
    readable(words) ??
    shown(page?.replace(/\/$/, ""))?.replaceAll("_", " ") ??
    shown(place)?.replaceAll("+", " ") ??
    name?.replace(/\.git$/, "");
  const handle = user && (host === null ? `@${user}` : `@${user}@${server ?? host}`);
  const author = handle ?? readable(by) ?? (group && `r/${group}`);
  return { ...(title && { title }), ...(author && { author }) };
}

/** A slug as words, if it is any; `a-long_walk` becomes "A long walk". What only a machine can tell apart at its end goes. */
function readable(slug = ""): string | undefined {
  const words = shown(slug)
    ?.replace(/\.html?$/i, "")
    .replace(/-id\d+.*$/, "")
    .replace(/[-_](?=[a-z\d]*\d)[a-z\d]{8,}$/i, "")
    .replace(/[-_+\s]+/g, " ")
    .trim();
  if (!words || !/\p{L}{2}/u.test(words) || /^[\da-f ]{16,}$/i.test(words)) return undefined;
  const [first = ""] = words;
  return first.toUpperCase() + words.slice(first.length);
}

/** A part of an address as readers can be shown it: decoded, without what turns the direction of text, and not without end. */
function shown(encoded = ""): string | undefined {
  const text = normalize(decode(encoded) ?? "")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\s]+/gu, " ")
    .trim();
  return text === "" ? undefined : Array.from(text).slice(0, LONGEST).join("");
}

const LONGEST = 150;

function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined; // not percent-encoded UTF-8
  }
}

interface AddressPattern {
  id: string;
  /** Left out where the host is the name. */
  name: string | null;
  kind: EmbedKind;
  pattern: URLPattern;
}

/** The patterns of each domain, made when an address of it is met: a Worker that renders nothing need not wait for them. */
const madePatterns = new Map<string, AddressPattern[]>();

/**
 * What the providers of a host show, by its domain: most addresses are of none, and a pattern costs a microsecond. The first
 * that an address fits wins; those of any host come last.
 */
function pagesAt(host: string, address: string): AddressPattern[] {
  const own = patternsOf(host.split(".").slice(-2).join("."));
  return COULD_BE_ANYWHERE.test(address) ? [...own, ...patternsOf(ANY)] : own;
}

/** What every address has that a pattern of any host fits. */
const COULD_BE_ANYWHERE = /\/(?:@|users\/|w\/|videos\/watch\/|p\/)|\bgoogle\./;

function patternsOf(domain: string): AddressPattern[] {
  const known = madePatterns.get(domain);
  if (known) return known;
  const made = PROVIDERS.flatMap(([id, domains, name, shows]) => {
    if (!domains.split(" ").includes(domain)) return [];
    return Object.entries(shows).flatMap(([kind, written]) =>
      written.map((each) => ({ id, name, kind: kind as EmbedKind, pattern: patternOf(each) })),
    );
  });
  // Of hosts without end, only those that somebody's provider has.
  if (made.length > 0) madePatterns.set(domain, made);
  return made;
}
