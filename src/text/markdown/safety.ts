import { decodeEntities } from "./text.ts";

// All markup of a body is written by write.ts and html.ts; whatever comes from the source passes through escapeText,
// escapeAttribute or safeAddress. HTML of the author's is never copied: it is read into a tree, and the tree written out.

/** Escapes text for the inside of an element. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? "");
}

/** Escapes text for a double-quoted attribute, as one line. */
export function escapeAttribute(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[&<>"]/g, (character) => ESCAPES[character] ?? "");
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const LINK_SCHEMES: ReadonlySet<string> = new Set(["http", "https", "mailto", "tel"]);
export const IMAGE_SCHEMES: ReadonlySet<string> = new Set(["http", "https"]);

/**
 * The address as it may stand in `href` or `src` (still to be escaped), or undefined for one that is not
 * allowed: any scheme outside the list, however it is disguised. Browsers decode entities, drop tabs and
 * line breaks, and take `javascript:` in any letter case; nobody has an honest use for `java%73cript%3A`.
 */
export function safeAddress(address: string, schemes: ReadonlySet<string>): string | undefined {
  const url = address.trim();
  if (url === "" || HIDDEN_CHARACTERS.test(url)) return undefined;
  const [head = ""] = url.split(/[/?#]/, 1);
  const scheme = /^([^:]*):/.exec(head)?.[1]?.toLowerCase();
  if (scheme !== undefined && !schemes.has(scheme)) return undefined;
  if (scheme?.startsWith("http") && !/^https?:\/\/[^/?#]/i.test(url)) return undefined;
  if (scheme === undefined && /[:\s]|&colon/i.test(percentDecode(percentDecode(head))))
    return undefined;
  try {
    const encoded = encodeURI(url).replaceAll("%25", "%");
    return URL.canParse(encoded, "https://paper.example/") ? encoded : undefined;
  } catch {
    return undefined; // half of a surrogate pair
  }
}

/** The same for an address as Markdown has it, where characters may be written as references. */
export function safeUrl(address: string, schemes: ReadonlySet<string>): string | undefined {
  return safeAddress(decodeEntities(address), schemes);
}

/** Whether the address leaves the site. */
export function isExternal(url: string, siteOrigin: string): boolean {
  if (url.startsWith("//")) return true;
  if (!/^https?:/i.test(url)) return false;
  // `https://paper.example.evil.example` begins with the origin, too: what follows must be a path.
  return !url.startsWith(siteOrigin) || !/^(?:[/?#]|$)/.test(url.slice(siteOrigin.length));
}

/** Controls, line separators, and characters that turn the direction of what an editor sees. */
const HIDDEN_CHARACTERS = /[\p{Cc}\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

function percentDecode(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
