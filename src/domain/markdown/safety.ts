import filterXss from "xss";
import { decodeEntities } from "./text.ts";

// Two layers that know nothing of each other. The first is the writer: all markup is its own, and whatever
// comes from the source passes through escapeText, escapeAttribute or safeUrl. The second reads the finished
// HTML as a stranger's and lets through only the elements, attributes and values that the writer makes.

/** Escapes text for the inside of an element. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? "");
}

/**
 * Escapes text for a double-quoted attribute, as one line. The second layer folds any white space in an
 * attribute, no-break spaces too, into a plain space; doing so here keeps its output the same.
 */
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
export function safeUrl(address: string, schemes: ReadonlySet<string>): string | undefined {
  const url = decodeEntities(address).trim();
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

/** The second layer: keeps what ALLOWED lists, and turns every other tag into text. */
export function sanitize(html: string): string {
  return filterXss(html, {
    whiteList: ALLOWED_NAMES,
    css: false,
    // An answer for every attribute: nothing is left to the library's own idea of a safe value.
    onTagAttr: keepAttribute,
  });
}

const ANY_TEXT = /^[^<>"]*$/;
const LINK = /^(?:https?:\/\/|mailto:|tel:|#|[^:]*$|[^:]*[/?#])/i;
const IMAGE = /^(?:https?:\/\/|[^:#]*$|[^:#]*[/?])/i;
const FLAG = /^$/;
const SRCSET = /^(?:\/media\/[a-z2-7]{32}\/\d+\.(?:avif|webp|jpg) \d+w(?:, (?=\/)|$))+$/;
const SIZES = /^[\w(): .,-]+$/;
const PIXELS = /^\d{1,5}$/;
const ID = /^(?:h|fn|fnref)-[\p{L}\p{M}\p{N}_-]+$/u;
const CELL_CLASS = /^align-(?:left|center|right)$/;

/** Every element and attribute that a rendered body can contain, and the values each attribute can have. */
const ALLOWED: Record<string, Record<string, RegExp>> = {
  a: {
    id: ID,
    class: /^(?:anchor|note-back|embed-title)$/,
    href: LINK,
    title: ANY_TEXT,
    rel: /^noopener$/,
    role: /^doc-(?:noteref|backlink)$/,
    "aria-label": ANY_TEXT,
    "aria-hidden": /^true$/,
    tabindex: /^-1$/,
  },
  abbr: {},
  blockquote: {},
  br: {},
  code: { class: /^language-[\w+#.-]+$/ },
  del: {},
  div: { class: /^table$/, role: /^region$/, tabindex: /^0$/, "aria-label": ANY_TEXT },
  em: {},
  figcaption: { class: /^embed-source$/ },
  figure: { class: /^(?:embed|tall)$/, "data-provider": /^[a-z-]+$/ },
  h1: { id: ID },
  h2: { id: ID },
  h3: { id: ID },
  h4: { id: ID },
  h5: { id: ID },
  h6: { id: ID },
  hr: {},
  img: {
    src: IMAGE,
    srcset: SRCSET,
    sizes: SIZES,
    width: PIXELS,
    height: PIXELS,
    alt: ANY_TEXT,
    title: ANY_TEXT,
    loading: /^lazy$/,
    decoding: /^async$/,
  },
  input: { type: /^checkbox$/, disabled: FLAG, checked: FLAG, "aria-label": ANY_TEXT },
  ins: {},
  kbd: {},
  li: { id: ID, class: /^task$/ },
  mark: {},
  ol: { start: /^\d{1,9}$/ },
  p: {},
  picture: {},
  pre: { tabindex: /^0$/ },
  section: { class: /^notes$/, role: /^doc-endnotes$/, "aria-label": ANY_TEXT },
  small: { class: /^credit$/ },
  source: {
    type: /^image\/avif$/,
    media: /^\(prefers-reduced-motion: reduce\)$/,
    srcset: SRCSET,
    sizes: SIZES,
  },
  strong: {},
  sub: {},
  sup: { class: /^note-ref$/ },
  table: {},
  tbody: {},
  td: { class: CELL_CLASS },
  th: { class: CELL_CLASS, scope: /^col$/ },
  thead: {},
  tr: {},
  ul: { class: /^tasks$/ },
};

const ALLOWED_NAMES = Object.fromEntries(
  Object.entries(ALLOWED).map(([tag, attributes]) => [tag, Object.keys(attributes)]),
);

function keepAttribute(tag: string, name: string, value: string): string {
  const attributes = ALLOWED[tag];
  const pattern = attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (!pattern || !pattern.test(value)) return "";
  if (pattern === FLAG) return name;
  // In an address only `&amp;` is left of all entities: anything else could spell a scheme.
  if ((pattern === LINK || pattern === IMAGE) && !isPlainAddress(value)) return "";
  return `${name}="${value}"`;
}

function isPlainAddress(value: string): boolean {
  return !/&(?!amp;)/.test(value) && !/[\s<>"]/.test(value) && !HIDDEN_CHARACTERS.test(value);
}
