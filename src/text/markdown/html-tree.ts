import { defaultTreeAdapter, html, parseFragment, Parser } from "parse5";
import type { DefaultTreeAdapterMap, DefaultTreeAdapterTypes } from "parse5";
import { RAW_TEXT } from "./allowed.ts";
import { escapeText } from "./safety.ts";

// From a body's HTML, ours and the author's together, to a tree: read as browsers read it (WHATWG HTML, section 13.2).

export type Parent = DefaultTreeAdapterMap["parentNode"];
export type Child = DefaultTreeAdapterMap["childNode"];
export type Element = DefaultTreeAdapterTypes.Element;

/** A piece of an author's HTML, and the line of the body on which it begins (from 1). */
export interface RawHtml {
  raw: string;
  line: number;
}

/**
 * What the author's HTML may cost. A parser for HTML opens forgotten emphasis again in every paragraph, so that 60 KB of
 * `<b a1><b a2>…<p><p>…` would make thirty million elements.
 */
const HTML_LIMITS = {
  /** Elements of the whole body. */
  elements: 100_000,
  /** Elements inside one another; every element opened looks through those that are open. */
  nesting: 150,
  /** Attributes, and words that could be, between one `<` and the next: each is compared with those before it. */
  attributes: 5000,
} as const;

/** The tree, or a sentence that tells the editor what to change. */
export type Tree =
  | { ok: true; root: Parent; mark: string; markup: string }
  | { ok: false; message: string };

/**
 * Reads the writer's HTML with the author's in its places, `<!--0-->` for the first piece and so on. In the tree a piece stands
 * between two comments, `mark` and its number before it and `mark` alone behind. An element of the
 * writer's is known by its first attribute, `mark`: a name that nowhere stands in the author's HTML. Nothing of the author's
 * can get it: pieces are completed before they are put in, so none swallows what follows; and were a tag left open, its first
 * attribute or its name would hold the `<` that the writer's next tag begins with.
 */
export function readTree(written: string, pieces: readonly RawHtml[]): Tree {
  const mark = unusedName(pieces);
  const markup = written.replace(
    /<(?:!--(\d+)-->|([a-z][a-z\d]*))/g,
    (_, piece: string | undefined, tag: string) =>
      piece === undefined
        ? `<${tag} ${mark}`
        : `<!--${mark} ${piece}-->${pieces[Number(piece)]?.raw ?? ""}<!--${mark}-->`,
  );
  try {
    const root = parseFragment(article(), markup, {
      scriptingEnabled: false,
      sourceCodeLocationInfo: true,
      treeAdapter: boundedAdapter(),
    });
    return { ok: true, root, mark, markup };
  } catch (error) {
    if (error instanceof OverLimit) return { ok: false, message: error.message };
    throw error;
  }
}

/** Tells what of an author's piece of HTML is too much to read, or undefined. */
export function pieceProblem(raw: string): string | undefined {
  const most = raw
    .split("<")
    .map((tag) => tag.match(/[\s/"'=]+/g)?.length ?? 0)
    .reduce((a, b) => Math.max(a, b), 0);
  if (most <= HTML_LIMITS.attributes) return undefined;
  return `${most.toLocaleString("en")} attributes or words between two tags; at most ${HTML_LIMITS.attributes} are allowed`;
}

/** Completes a piece that ends in the middle of a tag, of a comment, or of what the parser reads as text to its end tag. */
export function completed(raw: string): string {
  // Nothing ends <plaintext>, and in a <select> that is never closed no element of the rest of the body would be read. Within
  // <svg> and <math> elements are read by other rules, so that what is text depends on what is open; nothing of theirs stays.
  // An end tag of ours does not reach out of <object>, <applet> and <marquee>.
  const piece = raw
    .replace(/<plaintext(?=[\s/>])/gi, "<pre")
    .replace(/<(\/?)(select|svg|math|object|applet|marquee)(?=[\s/>])/gi, "<$1x-$2");
  if (WHOLE_TAG.test(piece) && !RAW_TEXT.test(piece)) return piece;
  // A block of tags ends at an empty line (CommonMark, section 4.6), also within a tag that nobody closed.
  const empty = /^\s*<(?:[!?]|(?:script|pre|style|textarea)\b)/i.test(piece)
    ? -1
    : piece.search(/\n[ \t]*\n/);
  const rest = empty === -1 ? "" : piece.slice(empty).trim();
  if (rest !== "" && openState(piece.slice(0, empty)) !== DATA)
    return `${completed(piece.slice(0, empty))}\n${escapeText(rest)}`;
  const open = openState(piece);
  if (open === DATA) return piece;
  const closes = [...new Set(rawTextNames(piece))].map((name) => `</${name}>`);
  const endings = OPEN_ENDS.flatMap((end) => ["", ...closes].map((close) => end + close));
  const ending = endings.find((each) => openState(piece + each) === DATA);
  // What nothing completes is text.
  return ending === undefined ? escapeText(piece) : piece + ending;
}

/** What ends an attribute, a tag, a comment, a CDATA section; nothing, for what is text up to its end tag. */
const OPEN_ENDS = ["", " ", ">", '">', "'>", "-->", "--!>", "]]>"];

/** One tag, up to its end and no further (CommonMark, section 6.6): nothing is open after it. */
const WHOLE_TAG =
  /^<\/?[a-z][a-z\d-]*(?:\s+[\w:.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>$/i;

/** Number of the parser's state between tags. */
const DATA = 0;

function openState(piece: string): number {
  const parser = Parser.getFragmentParser(article(), {
    scriptingEnabled: false,
    treeAdapter: boundedAdapter(),
  });
  try {
    parser.tokenizer.write(piece, false);
  } catch (error) {
    // The whole body is refused for it later, with its own sentence.
    if (error instanceof OverLimit) return DATA;
    throw error;
  }
  return parser.tokenizer.state;
}

function rawTextNames(piece: string): string[] {
  return piece.split(/(?=<)/).flatMap((tag) => RAW_TEXT.exec(tag)?.[1]?.toLowerCase() ?? []);
}

/** An attribute's name that stands nowhere in the author's HTML, in any letter case. */
function unusedName(pieces: readonly RawHtml[]): string {
  const all = pieces.map(({ raw }) => raw.toLowerCase()).join("\n");
  let n = 0;
  while (all.includes(`own${n}`)) n += 1;
  return `own${n}`;
}

/** What a template holds stands beside it, not in it. */
export function contentOf(element: Element): Parent {
  return "content" in element ? (element.content as Parent) : element;
}

/** What the body is read as the content of. By itself the parser reads that of a <template>, where a row needs no table. */
function article(): Element {
  return defaultTreeAdapter.createElement("article", html.NS.HTML, []);
}

class OverLimit extends Error {}

/** The parser's own tree, with a bound on what is made and how deep it is. */
function boundedAdapter(): typeof defaultTreeAdapter {
  const depths = new WeakMap<object, number>();
  let elements = 0;
  const descend = (parent: object, child: object) => {
    const depth = (depths.get(parent) ?? 0) + 1;
    depths.set(child, depth);
    // What a template holds was made before the template had a place.
    if ("content" in child && child.content instanceof Object) depths.set(child.content, depth);
    if (depth > HTML_LIMITS.nesting)
      throw new OverLimit(
        `The HTML in the body nests more than ${HTML_LIMITS.nesting} elements; close what is open`,
      );
  };
  return {
    ...defaultTreeAdapter,
    createElement(...given) {
      elements += 1;
      if (elements > HTML_LIMITS.elements)
        throw new OverLimit(
          `The HTML in the body comes to more than ${HTML_LIMITS.elements.toLocaleString("en")} elements; close what is open`,
        );
      return defaultTreeAdapter.createElement(...given);
    },
    appendChild(parent, child) {
      descend(parent, child);
      defaultTreeAdapter.appendChild(parent, child);
    },
    insertBefore(parent, child, reference) {
      descend(parent, child);
      defaultTreeAdapter.insertBefore(parent, child, reference);
    },
  };
}

/** The element's name as the author wrote it: some are read under another one (above). */
export function nameOf({ tagName }: Element): string {
  return tagName.toLowerCase().replace(/^x-(?=(?:select|svg|math|object|applet|marquee)$)/, "");
}

/** An attribute as the author wrote it. */
export function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((each) => each.name === name)?.value;
}
