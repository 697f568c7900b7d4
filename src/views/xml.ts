// XML 1.0 (https://www.w3.org/TR/xml/), as much of it as feeds and sitemaps are made of. Names and attribute names are ours; all
// else is escaped here.

type Attributes = Record<string, string | number | null | undefined>;

/** A document: its declaration, and its root. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root}\n`;
}

/** An element with text in it, or none. */
export function leaf(name: string, text: string | null, attributes: Attributes = {}): string {
  const start = `<${name}${written(attributes)}`;
  return text === null ? `${start}/>` : `${start}>${xmlText(text)}</${name}>`;
}

/** An element with elements in it, a line each; what is "" is left out. */
export function branch(name: string, elements: string[], attributes: Attributes = {}): string {
  const lines = elements.filter((element) => element !== "").join("\n");
  return `<${name}${written(attributes)}>\n${lines}\n</${name}>`;
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) =>
      value === null || value === undefined ? "" : ` ${name}="${quoted(value)}"`,
    )
    .join("");
}

/** By names where XML has them: readers that know no numbers in attributes would follow an address with `&#x26;` in it. */
function quoted(value: string | number): string {
  return xml(String(value));
}

/** Escapes text for between tags or in double quotes. */
export function xml(text: string): string {
  return legible(text).replace(
    /[&<>"\n\t]/g,
    (character) => NAMED[character] ?? numbered(character),
  );
}

const NAMED: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * Escapes text. By numbers, so that a title with a "<" in it can be told from one with markup in it, as the RSS Advisory Board
 * recommends (https://www.rssboard.org/rss-profile#data-types-characterdata).
 */
function xmlText(text: string): string {
  return legible(text).replace(/[&<>]/g, numbered);
}

function numbered(character: string): string {
  return `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
}

/**
 * Text without what XML has no way to write (section 2.2), nor anybody to read: controls, halves of surrogate pairs,
 * non-characters. Lines end as parsers read them (section 2.11).
 */
export function legible(text: string): string {
  const formed = text.isWellFormed() ? text : text.replace(/\p{Cs}/gu, "");
  return formed.replace(/\r\n?/g, "\n").replace(UNWRITABLE, "");
}

// Whole feeds pass here: a class of Unicode's takes three times as long.
// eslint-disable-next-line no-control-regex -- controls are what it looks for
const UNWRITABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]/g;
