import type { Issue } from "../../domain/problem.ts";
import { tagSlugOf } from "./spelling.ts";
import { asFlag, formerPath, listed, slugOf } from "./foreign-fields.ts";
import { flag, isMapping, listOf, mapping, moment, number, text } from "./fields.ts";
import type { Read } from "./fields.ts";
import type { Ours } from "./names.ts";

// What each field of a story becomes for the API. Sections and authors stay as they are written: a name or a slug.

/** The readers of a picture's fields. */
export const heroShape = {
  src: text,
  alt: text,
  decorative: flag,
  caption: text,
  credit: text,
  width: number,
  height: number,
  focalPoint: text,
};

/** The readers of a story's fields, under their names in front matter. */
export const STORY: Record<Ours, Read> = {
  title: prose,
  slug: (value, path, issues) => madeSlug(slugOf(asText(value)), value, path, issues),
  kind: (value, path, issues) => asText(text(value, path, issues)).toLowerCase(),
  sponsor: prose,
  standfirst: prose,
  section: text,
  tags: (value, path, issues) => [
    ...new Set(
      listed(value).map((tag, index) => madeSlug(readTag(tag), tag, `${path}.${index}`, issues)),
    ),
  ],
  authors: readAuthors,
  date: moment,
  updated: moment,
  expires: moment,
  status: (value, path, issues) =>
    STATUSES[asText(value).toLowerCase()] ?? text(value, path, issues),
  hero: readHero,
  language: (value, path, issues) =>
    asText(text(value, path, issues))
      .replace(/\..*$/, "")
      .replaceAll("_", "-"),
  canonicalUrl: text,
  translationOf: text,
  related: listOf(text),
  part: number,
  corrections: listOf(mapping({ text, at: moment })),
  redirectFrom: (value, path, issues) => [
    ...new Set(
      (Array.isArray(value) ? value : [value]).flatMap((one, index) => {
        const written = text(one, `${path}.${index}`, issues);
        return typeof written === "string" ? [formerPath(written) ?? "/"] : [];
      }),
    ),
  ],
  seo: mapping({ title: prose, description: prose }),
};

/** What WordPress and others call the states of a story. */
const STATUSES: Record<string, string> = {
  publish: "published",
  live: "published",
  pending: "draft",
  private: "draft",
};

/** Reads a line of plain text: without the line breaks, entities and tags that came with it from elsewhere. */
function prose(value: unknown, path: string, issues: Issue[]): unknown {
  const written = text(value, path, issues);
  if (typeof written !== "string") return written;
  return withoutMarkup(written).replace(/\s+/g, " ").trim();
}

const INLINE = "(?:a|abbr|b|cite|code|em|i|p|q|small|span|strong|sub|sup|u)";
const PAIRED = new RegExp(String.raw`<(${INLINE})(?:\s[^<>]*)?>([^]*?)</\1>`, "gi");

/** Only tags in pairs are markup: a story on `<canvas>` keeps its subject. */
function withoutMarkup(written: string): string {
  let bare = written.replace(/<br\s*\/?>/gi, " ");
  for (let before = ""; before !== bare;) {
    before = bare;
    bare = bare.replace(PAIRED, "$2");
  }
  return bare.replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) => {
    const [, hex, digits] = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name) ?? [];
    const point = hex ? Number.parseInt(hex, 16) : Number(digits);
    if (hex ?? digits) return point > 0 && point < 0x110000 ? String.fromCodePoint(point) : whole;
    return ENTITIES[name] ?? whole;
  });
}

const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  eacute: "é",
  uuml: "ü",
  reg: "®",
  trade: "™",
  copy: "©",
};

/** The slug of a tag, or "" when its name has neither letters nor digits. */
export function tagSlug(tag: unknown): string {
  const name = asText(isMapping(tag) ? (tag["name"] ?? tag["slug"]) : tag);
  return /[\p{L}\p{N}]/u.test(name) ? tagSlugOf(name) : "";
}

/** A tag for the API: its slug, or its name where a slug would not tell what that is. */
function readTag(tag: unknown): string {
  const name = asText(isMapping(tag) ? (tag["name"] ?? tag["slug"]) : tag).trim();
  return /(?!\p{Script=Latin})\p{L}/u.test(name) ? name : tagSlug(tag);
}

function madeSlug(slug: string, written: unknown, path: string, issues: Issue[]): string {
  if (slug !== "") return slug;
  const message = `must have letters or digits, got ${JSON.stringify(written)}`;
  issues.push({ path, message });
  return "";
}

/** Names or slugs, from a list or from a byline: `Jane Doe and John Roe`, `[Jane](https://…) (Acme), John`. */
function readAuthors(value: unknown, path: string, issues: Issue[]): string[] {
  const named =
    typeof value === "string"
      ? byline(value)
      : (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== "");
  const names = named.map((one, index) => {
    const given: unknown = isMapping(one) ? (one["slug"] ?? one["name"] ?? one["id"]) : one;
    const name = text(given, `${path}.${index}`, issues);
    return typeof name === "string" ? withoutMarkup(name).replace(/\s+/g, " ").trim() : "";
  });
  return [...new Set(names)].filter(Boolean);
}

function byline(written: string): string[] {
  return written
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\s*\([^()]*\)/g, "")
    .replace(/^by\s+/i, "")
    .split(
      /\s*[,;]\s+(?!(?:Jr|Sr|Inc|LLC|Ltd|Ph\.?D|M\.?D|Esq|I{1,3}|IV)\b\.?)(?:and\s+)?|\s+(?:and|&)\s+/i,
    )
    .map((name) => name.trim().replace(/[,;]$/, ""))
    .filter(Boolean);
}

/** What other folders call the parts of a picture. */
const PICTURE_PARTS: Record<string, string[]> = {
  src: ["src", "path", "url", "image", "file", "feature", "href"],
  alt: ["alt", "alt_text", "altText", "description"],
  caption: ["caption", "figcaption", "title"],
  credit: ["credit", "attribution", "photographer"],
};

const readOwnHero = mapping(heroShape);

/** Reads the picture that opens a story: a path, a list of which the first counts, or a mapping. */
function readHero(value: unknown, path: string, issues: Issue[]): unknown {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (!isMapping(first)) return { src: text(first, path, issues) };
  if (path === "hero" && "src" in first) return readOwnHero(first, path, issues);
  const hero: Record<string, unknown> = {};
  for (const [part, names] of Object.entries(PICTURE_PARTS)) {
    const name = names.find((name) => typeof first[name] === "string" && first[name] !== "");
    if (name !== undefined) hero[part] = first[name];
  }
  if (asFlag(first["decorative"]) === true) hero["decorative"] = true;
  // A cover without a picture is a cover that is not there.
  return hero["src"] === undefined ? undefined : hero;
}

function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}
