import { primaryOf } from "../../domain/language.ts";

/**
 * A stretch of running text. Fixed ones stay as they are and only lend their characters as context: code,
 * addresses, escaped characters, tags.
 */
export interface Piece {
  text: string;
  fixed: boolean;
}

/** Stands for something that is not text, such as code: neither space nor punctuation. */
export const OBJECT = "\ufffc";

/**
 * Sets quotation marks, apostrophes, dashes and ellipses in the manner of a language; one text per piece.
 *
 * The pieces are those of one paragraph, so that a quotation may open before an emphasis and close after it.
 * That is why this works on the parser's tokens: in finished HTML, marks must be told from attributes again.
 */
export function typeset(pieces: readonly Piece[], language: string): string[] {
  const paragraph = new Paragraph(pieces.map((piece) => piece.text).join(""), language);
  const set: string[] = [];
  let start = 0;
  for (const { text, fixed } of pieces) {
    const from = start;
    set.push(
      fixed ? text : text.replace(MARKS, (mark, at: number) => paragraph.set(mark, from + at)),
    );
    start += text.length;
  }
  return set;
}

/** Spaces are taken as whole runs: tried from each of its spaces, a long run would cost its square. */
const MARKS =
  /["']|-{2,}|\.{3,}|(?<![ \u00a0\u202f])[ \u00a0\u202f]+(?=[;!?:»])|(?<=«)[ \u00a0\u202f]+/g;

interface Quotes {
  outer: [open: string, close: string];
  inner: [open: string, close: string];
  /** What an apostrophe at the beginning of a word stands before, rather than an opening quotation mark. */
  elided?: RegExp;
}

const NNBSP = "\u202f";
const ENGLISH_ELISIONS =
  /^(?:tis|twas|twere|twill|em|til|cause|bout|round|n|cuz)(?![\p{L}\p{N}])/iu;

/** By language, and by language and region where a region differs. Other languages keep straight quotes. */
const QUOTES = new Map<string, Quotes>(
  Object.entries({
    en: { outer: ["“", "”"], inner: ["‘", "’"], elided: ENGLISH_ELISIONS },
    de: {
      outer: ["„", "“"],
      inner: ["‚", "‘"],
      elided: /^(?:s|n|ne|nen|ner|rum|runter|raus|rein)(?![\p{L}\p{N}])/iu,
    },
    "de-ch": { outer: ["«", "»"], inner: ["‹", "›"] },
    fr: { outer: [`«${NNBSP}`, `${NNBSP}»`], inner: ["“", "”"] },
    es: { outer: ["«", "»"], inner: ["“", "”"] },
    it: { outer: ["«", "»"], inner: ["“", "”"] },
    nl: { outer: ["“", "”"], inner: ["‘", "’"], elided: /^(?:s|t|n|m|k|r|ns)(?![\p{L}\p{N}])/iu },
    pl: { outer: ["„", "”"], inner: ["‚", "’"] },
    pt: { outer: ["“", "”"], inner: ["‘", "’"] },
    ru: { outer: ["«", "»"], inner: ["„", "“"] },
    sv: { outer: ["”", "”"], inner: ["’", "’"] },
  } satisfies Record<string, Quotes>),
);

/** One paragraph being set, from its beginning to its end. */
class Paragraph {
  readonly #text: string;
  readonly #quotes: Quotes | undefined;
  readonly #isFrench: boolean;
  /** Straight marks still open, innermost last, and where any was opened: after one, another can open. */
  readonly #open: string[] = [];
  readonly #opened = new Set<number>();
  /** The last `'` that could close a quotation; after it, every other is an apostrophe. */
  readonly #lastClosing: number;

  constructor(text: string, language: string) {
    this.#text = text;
    this.#quotes = QUOTES.get(language.toLowerCase()) ?? QUOTES.get(primaryOf(language));
    this.#isFrench = primaryOf(language) === "fr";
    this.#lastClosing = text.includes("'") ? lastMatch(text, CLOSING_SINGLE) : -1;
  }

  /** What the mark found at `at` becomes. */
  set(mark: string, at: number): string {
    if (mark === '"') return this.#double(at);
    if (mark === "'") return this.#single(at);
    if (mark.startsWith("-")) return this.#dash(mark, at);
    if (mark.startsWith(".")) return mark.length === 3 ? "…" : mark;
    return this.#isFrench ? this.#space(mark, at) : mark;
  }

  #double(at: number): string {
    if (!this.#quotes) return '"';
    const [open, close] = this.#quotes.outer;
    if (this.#canOpen(at)) return this.#opens('"', at, open);
    if (this.#closes('"')) return close;
    return /\d/.test(this.#before(at)) ? "″" : '"';
  }

  #single(at: number): string {
    if (!this.#quotes) return "'";
    const [open, close] = this.#quotes.inner;
    const following = this.#text.slice(at + 1, at + 12);
    if (this.#canOpen(at)) {
      const isApostrophe =
        this.#quotes.elided?.test(following) ||
        DECADE.test(following) ||
        this.#lastClosing <= at + 1;
      return isApostrophe ? "’" : this.#opens("'", at, open);
    }
    const betweenLetters =
      /[\p{L}\p{N}]$/u.test(this.#text.slice(at - 2, at)) && /^[\p{L}\p{N}]/u.test(following);
    if (/\d/.test(this.#before(at)) && (betweenLetters || !this.#open.includes("'"))) {
      return /^(?:\d|[\s.,;)]|$)/.test(following) ? "′" : "’";
    }
    return !betweenLetters && this.#closes("'") ? close : "’";
  }

  /** Two hyphens make an en dash, three an em dash; not in `--option`, `<!--`, `-->` and longer rows. */
  #dash(mark: string, at: number): string {
    const next = this.#text.charAt(at + mark.length);
    const isOption = /^$|[\s(]/.test(this.#before(at)) && /\w/.test(next);
    if (mark.length > 3 || isOption || next === ">" || this.#before(at) === "!") return mark;
    return mark.length === 2 ? "–" : "—";
  }

  /** A space that French sets before `; ! ? : »` and after `«` must not break, and is narrow but at the colon. */
  #space(space: string, at: number): string {
    if (this.#before(at) === "«") return NNBSP;
    const mark = this.#text.charAt(at + space.length);
    const next = this.#text.charAt(at + space.length + 1);
    if (!/^$|[\s!?»)"'\]]/.test(next)) return space;
    return mark === ":" ? "\u00a0" : NNBSP;
  }

  #canOpen(at: number): boolean {
    const next = this.#text.charAt(at + 1);
    if (next === "" || /\s/.test(next)) return false;
    return this.#opened.has(at - 1) || /^$|[\s\p{Ps}\p{Pi}\p{Pd}¿¡/]/u.test(this.#before(at));
  }

  #opens(mark: string, at: number, written: string): string {
    this.#open.push(mark);
    this.#opened.add(at);
    return written;
  }

  #closes(mark: string): boolean {
    const index = this.#open.lastIndexOf(mark);
    if (index === -1) return false;
    this.#open.length = index;
    return true;
  }

  #before(at: number): string {
    return this.#text.charAt(at - 1);
  }
}

/** ’90s, ’68 */
const DECADE = /^\d\ds?(?![\p{L}\p{N}])/u;
const CLOSING_SINGLE = /(?<=\S)'(?![\p{L}\p{N}])/gu;

function lastMatch(text: string, pattern: RegExp): number {
  let last = -1;
  for (const { index } of text.matchAll(pattern)) last = index;
  return last;
}
