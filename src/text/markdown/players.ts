import { chartAt } from "../charts.ts";
import { findEmbed, plainEmbed, playerPage, withoutTracking } from "../embeds.ts";
import type { CardNode, Node } from "./html-nodes.ts";
import { attribute, nameOf, type Element, type Parent } from "./html-tree.ts";
import { IMAGE_SCHEMES, safeAddress } from "./safety.ts";
import type { CardFace } from "./cards.ts";

// Where frames, players and the quotes of social networks lead.

/** Tells whether a frame shows nothing of its own: a button to like or follow, an advertisement, something to count readers with. */
export function isFurniture(element: Element, url: string): boolean {
  const isTiny = ["width", "height"].some((side) =>
    /^[01](?:px)?$/.test(attribute(element, side) ?? ""),
  );
  return isTiny || FURNITURE.test(url);
}

const FURNITURE = new RegExp(
  String.raw`^https?://(?:` +
    [
      String.raw`(?:www\.)?facebook\.com/(?:\w+/|v[\d.]+/)?(?:plugins/(?:like|likebox|like_box|fan|follow|subscribe|page|share_button|recommendations|activity|facepile|comments)\b|widgets/)`,
      String.raw`platform\.twitter\.com/widgets/(?:tweet_button|follow_button|hub)`,
      String.raw`(?:apis|plusone)\.google\.com/`,
      String.raw`(?:[\w-]+\.)*(?:doubleclick\.net|googlesyndication\.com|amazon-adsystem\.com|googletagmanager\.com|google-analytics\.com)/`,
      String.raw`(?:rcm(?:-[a-z]+)?|ws(?:-[a-z]+)?)\.(?:amazon|assoc-amazon)\.[a-z.]+/`,
      String.raw`ghbtns\.com/|(?:www\.)?stumbleupon\.com/badge|widgets\.digg\.com/|(?:api\.)?tweetmeme\.com/`,
    ].join("|") +
    ")",
  "i",
);

/** What a frame or a player loads. */
export function addressOf(element: Element): string | undefined {
  // Where a script loads it later, `src` is a blank page.
  const own = ["src", "data", "data-src"].map((name) => attribute(element, name)?.trim());
  const found = own.find((address) => address && address !== "about:blank");
  if (found !== undefined) return found;
  for (const child of element.childNodes) {
    if (!("attrs" in child)) continue;
    const isMovie = /^(?:movie|src|filename|url)$/i.test(attribute(child, "name") ?? "");
    if (child.tagName === "param" && isMovie) return attribute(child, "value");
    if (["embed", "iframe", "object", "source", "video"].includes(nameOf(child))) {
      const found = addressOf(child);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** An absolute http address that readers can open, or undefined. */
export function webAddress(address: string, siteOrigin: string): string | undefined {
  const safe = safeAddress(address, IMAGE_SCHEMES);
  if (safe === undefined || !URL.canParse(safe, siteOrigin)) return undefined;
  const url = new URL(safe, `${siteOrigin}/`);
  return /^https?:$/.test(url.protocol) && url.username === "" ? playerPage(url.href) : undefined;
}

/** The address of a post: what the quote itself names, or the last of its links that leads to a post. */
export function postOf(element: Element, siteOrigin: string): string | undefined {
  const named = ["cite", "data-instgrm-permalink", "data-url", "data-href"].map((name) =>
    attribute(element, name),
  );
  const links: string[] = [];
  const look = (parent: Parent) => {
    for (const child of parent.childNodes) {
      if (!("attrs" in child)) continue;
      const href = child.tagName === "a" ? attribute(child, "href") : undefined;
      if (href) links.push(href);
      look(child);
    }
  };
  look(element);
  const addresses = [...named, ...links.toReversed()]
    .filter((address) => address !== undefined)
    .flatMap((address) => webAddress(address, siteOrigin) ?? []);
  return addresses.find((address) => findEmbed(address) !== undefined) ?? addresses[0];
}

/**
 * The chart that a piece of its maker's embed code loads: a script of Datawrapper's, a division that Flourish's script fills.
 * Undefined for anything else.
 */
export function chartCodeOf(element: Element): string | undefined {
  const script = nameOf(element) === "script" ? attribute(element, "src") : undefined;
  const filled = attribute(element, "class")?.split(/\s+/).includes("flourish-embed");
  const [flourish] =
    (filled && /^(?:visualisation|story)\/\d+/.exec(attribute(element, "data-src") ?? "")) || [];
  const address = flourish ? `https://public.flourish.studio/${flourish}/` : script;
  const url = URL.parse(address ?? "", "https://none.invalid/")?.href ?? "";
  return chartAt(url) && (flourish || url.endsWith("/embed.js")) ? playerPage(url) : undefined;
}

/** A card for an address, named by what a known provider's address tells, or by its host. */
export function cardOf(
  url: string,
  {
    title = "",
    tagName = "",
    quoted = [],
    line,
  }: { title?: string | undefined; tagName?: string; quoted?: Node[]; line: number },
): CardNode {
  const kind = tagName === "audio" || tagName === "video" ? tagName : undefined;
  const { host } = new URL(url);
  const unknown: CardFace = plainEmbed(url) ?? { provider: "web", name: host, host };
  const embed = findEmbed(url) ?? { ...unknown, ...(kind ? { kind } : {}) };
  const said = title.replace(/\s+/g, " ").trim();
  return {
    kind: "card",
    embed,
    url: withoutTracking(url),
    title: GENERIC_TITLES.test(said) ? "" : said,
    quoted,
    line,
  };
}

/** What players call every frame of theirs. */
const GENERIC_TITLES =
  /^(?:youtube video player|interactive or visual content|embedded post|x post|twitter tweet|vimeo video player|spotify embed|facebook post|iframe)$/i;
