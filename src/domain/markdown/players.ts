import { findEmbed, playerPage } from "../embeds.ts";
import type { Element, Parent } from "./html-tree.ts";
import { IMAGE_SCHEMES, safeAddress } from "./safety.ts";

// Where frames, players and the quotes of social networks lead.

/** An attribute as the author wrote it. */
export function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((each) => each.name === name)?.value;
}

/** What a frame or a player loads. */
export function addressOf(element: Element): string | undefined {
  const own =
    attribute(element, "src") ?? attribute(element, "data") ?? attribute(element, "data-src");
  if (own?.trim()) return own;
  for (const child of element.childNodes) {
    if (!("attrs" in child)) continue;
    const isMovie = /^(?:movie|src|filename|url)$/i.test(attribute(child, "name") ?? "");
    if (child.tagName === "param" && isMovie) return attribute(child, "value");
    if (["embed", "iframe", "object", "source", "video"].includes(child.tagName)) {
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
