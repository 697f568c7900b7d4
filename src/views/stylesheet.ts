import { themeCss, type Theme } from "../domain/theme.ts";
import base from "./styles/base.css";
import cards from "./styles/cards.css";
import corrections from "./styles/corrections.css";
import front from "./styles/front.css";
import lead from "./styles/lead.css";
import nameplate from "./styles/nameplate.css";
import neighbours from "./styles/neighbours.css";
import notice from "./styles/notice.css";
import pager from "./styles/pager.css";
import preview from "./styles/preview.css";
import profile from "./styles/profile.css";
import prose from "./styles/prose.css";
import referenceCss from "./styles/reference.css";
import search from "./styles/search.css";
import story from "./styles/story.css";

/** The parts of the stylesheet in their order: of two rules of one weight the later one counts. */
const PARTS = {
  base,
  nameplate,
  cards,
  lead,
  front,
  pager,
  neighbours,
  profile,
  corrections,
  notice,
  search,
  preview,
  story,
  prose,
};

/** A part of the stylesheet: a page travels with those that it uses, and with `base`. */
export type StylePart = Exclude<keyof typeof PARTS, "base">;

/** All of them, in their order. */
export const STYLE_PARTS = Object.keys(PARTS).filter((name): name is StylePart => name !== "base");

/** The stylesheet of the API's reference. */
export const referenceStylesheet: string = referenceCss;

/** Enough for every kind of page and some themes. */
const STYLES = 100;

/** Stylesheets by their parts and theme: to join them for each page would be work for nothing. */
const joined = new Map<string, string>();

/** A page's stylesheet: its parts, and what the paper's theme sets anew. */
export function styleOf(parts: readonly StylePart[], theme: Theme | null): string {
  const key = JSON.stringify([parts, theme]);
  const known = joined.get(key);
  if (known !== undefined) return known;
  const used = Object.entries(PARTS).filter(
    ([name]) => name === "base" || parts.includes(name as StylePart),
  );
  const style = used.map(([, css]) => css).join("") + themeCss(theme);
  if (joined.size >= STYLES) joined.clear();
  joined.set(key, style);
  return style;
}

/** Stylesheets' hashes (SHA-256 in base64), by which the policy allows them; as text, since a promise belongs to its request. */
const hashes = new Map<string, string>();

/** The hash of a stylesheet. There are as many as kinds of pages, and anew for each theme. */
export async function hashOfStyle(style: string): Promise<string> {
  const known = hashes.get(style);
  if (known !== undefined) return known;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  const hash = new Uint8Array(digest).toBase64();
  if (hashes.size >= STYLES) hashes.clear();
  hashes.set(style, hash);
  return hash;
}
