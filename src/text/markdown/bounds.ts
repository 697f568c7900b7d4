import { Lexer } from "marked";
import type { MarkedOptions, Token, TokensList } from "marked";
import { MARKDOWN_LIMITS } from "./limits.ts";
import type { NoteDefinition } from "./note.ts";
import { BoundedTokenizer, type Account } from "./tokenizer.ts";

/**
 * A lexer that weighs every piece of text before it reads it, and stops at the first limit crossed.
 *
 * marked's grammar is made of look-aheads that run to the end of the paragraph when nothing closes what was
 * opened, so `*a **a ` or `[a](b` repeated cost the square or the cube of their length, and each level of
 * nesting is a level of recursion. Counting marks in the source cannot tell code from prose without being a
 * second parser, and refuses honest tables and listings. The lexer itself knows: all recursion passes through
 * `blockTokens` and `inlineTokens`, all look-ahead through the tokenizer's methods. Each of them is charged
 * what it looked at: the length of its match, or everything ahead if there was none. When the account is
 * empty the rest of the document is swallowed unread, so nothing is thrown and nothing runs on.
 */
export class BoundedLexer extends Lexer implements Account {
  problem: string | undefined;
  readonly notes = new Map<string, NoteDefinition>();
  isCjk = false;
  /** Inside a note's text no further note is defined. */
  inNote = false;
  readonly #markdown: string;
  #steps: number;
  #blockDepth = 0;
  #weighed = "";
  #inlineDepth = 0;
  #paragraph = "";
  #cells = 0;
  #expanded = 0;

  constructor(markdown: string, options: MarkedOptions) {
    super({ ...options, tokenizer: new BoundedTokenizer() });
    this.#markdown = markdown;
    this.#steps = MARKDOWN_LIMITS.steps + MARKDOWN_LIMITS.stepsPerCharacter * markdown.length;
  }

  override blockTokens(source: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
  override blockTokens(
    source: string,
    tokens: TokensList,
    lastParagraphClipped?: boolean,
  ): TokensList;
  override blockTokens(
    source: string,
    tokens: Token[] = [],
    lastParagraphClipped = false,
  ): Token[] {
    if (this.#blockDepth > MARKDOWN_LIMITS.blockNesting) this.weighMarkers(source);
    // Some thirty expressions are tried at every block; most give up at its first character.
    if (!this.spend(source.length * 4, source)) return tokens;
    this.#blockDepth += 1;
    super.blockTokens(source, tokens, lastParagraphClipped);
    this.#blockDepth -= 1;
    return tokens;
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.#inlineDepth === 0) {
      this.#paragraph = source;
      this.state.inLink = false;
      this.state.inRawBlock = false;
      this.isCjk = CJK.test(source);
      this.#weighOpenMarks(source);
    }
    this.#inlineDepth += 1;
    if (this.#inlineDepth > MARKDOWN_LIMITS.inlineNesting + 1) this.#refuseDepth();
    const steps =
      source.length * 16 + weighEscapes(source) + weighAddresses(source) + this.#weighWords(source);
    if (this.spend(steps, source)) super.inlineTokens(source, tokens);
    this.#inlineDepth -= 1;
    return tokens;
  }

  isNewBlock(behind: number): boolean {
    const block = `${this.#blockDepth} ${behind}`;
    const isNew = block !== this.#weighed;
    this.#weighed = block;
    return isNew;
  }

  spend(steps: number, source: string): boolean {
    this.#steps -= steps;
    if (this.#steps < 0) this.#refuseSteps(source);
    return this.problem === undefined;
  }

  weighMarkers(source: string): void {
    const opened = MARKERS.exec(source)?.[0].match(/>|[-+*](?=[ \t])|[.)]/g)?.length ?? 0;
    const depth = this.#blockDepth - 1 + Math.max(1, opened);
    if (depth <= MARKDOWN_LIMITS.blockNesting) return;
    this.refuse(
      source,
      (line) =>
        `${line} nests ${format(depth)} block quotes and lists; at most ${MARKDOWN_LIMITS.blockNesting} are allowed`,
    );
  }

  spendCells(columns: number, rows: number, source: string): boolean {
    const { tableColumns, tableCells } = MARKDOWN_LIMITS;
    if (columns > tableColumns) {
      this.refuse(
        source,
        (line) =>
          `${line} begins a table of ${format(columns)} columns; at most ${tableColumns} are allowed`,
      );
    }
    this.#cells += columns * rows;
    if (this.#cells > tableCells) {
      this.refuse(
        source,
        (line) =>
          `${line} begins a table that brings the body to ${format(this.#cells)} table cells; at most ${format(tableCells)} are allowed`,
      );
    }
    return this.problem === undefined;
  }

  spendExpansion(characters: number): boolean {
    this.#expanded += characters;
    if (this.#expanded > MARKDOWN_LIMITS.storedBytes) {
      this.refuse(
        this.#paragraph,
        (line) =>
          `${line} uses link definitions and notes that grow to more than ${format(MARKDOWN_LIMITS.storedBytes)} characters when written out; shorten what is defined, or use it less often`,
      );
    }
    return this.problem === undefined;
  }

  #refuseDepth(): void {
    this.refuse(this.#paragraph, (line) => {
      return `${line} nests emphasis and links more than ${MARKDOWN_LIMITS.inlineNesting} deep; close them, or write \\* and \\[ for the characters themselves`;
    });
  }

  #refuseSteps(source: string): void {
    if (this.#inlineDepth > 0) {
      const body = `a body of ${format(this.#markdown.length)} characters`;
      this.refuse(this.#paragraph, (line) => {
        return `${line} holds too many marks (* _ ~ \` [ <) that open and never close for ${body}; close them, or write \\* for the character itself`;
      });
    } else {
      this.refuse(source, (line) => {
        return `${line} begins quotes, lists or tables too entangled to read; set them apart with empty lines`;
      });
    }
  }

  refuse(source: string, sentence: (line: string) => string): void {
    this.problem ??= sentence(this.#nameLine(source));
  }

  /** For each mark that nothing closes the parser looks to the end of the paragraph: thousands of them are no text. */
  #weighOpenMarks(source: string): void {
    const count = (marks: RegExp) => source.match(marks)?.length ?? 0;
    const open = count(OPENING_MARKS) - count(CLOSING_MARKS);
    if (open <= MARKDOWN_LIMITS.openMarks) return;
    this.refuse(
      source,
      (line) =>
        `${line} opens emphasis ${format(open)} times more often than it closes it; at most ${MARKDOWN_LIMITS.openMarks} marks in a paragraph may stay open. Write \\* for the character itself`,
    );
  }

  /** Half the square of each long word: what looking for an `@` from each of its characters costs. */
  #weighWords(source: string): number {
    let steps = 0;
    for (const [word] of source.matchAll(LONG_WORDS)) {
      if (word.length > MARKDOWN_LIMITS.wordCharacters) {
        this.refuse(
          word,
          (line) =>
            `${line} holds "${word.slice(0, 20)}…", ${format(word.length)} characters without a space; at most ${format(MARKDOWN_LIMITS.wordCharacters)} are allowed`,
        );
      }
      steps += (word.length * word.length) / 2;
    }
    return steps;
  }

  /** Nested text has lost its `> ` and indentation, but its first line still ends a line of the source. */
  #nameLine(source: string): string {
    const first = source.split("\n", 20).find((line) => line.trim() !== "") ?? "";
    const at = this.#markdown.indexOf(first.trim());
    if (at === -1) return "The body";
    return `Line ${this.#markdown.slice(0, at).split("\n").length}`;
  }
}

const CJK =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\u3000-\u303f\uff00-\uffef]/u;

/** Runs of * and _ that can only open emphasis, or only close it (CommonMark section 6.2, near enough to count). */
const OPENING_MARKS = /(?<![\p{L}\p{N}*_\\])[*_]+(?=[^\s*_])/gu;
const CLOSING_MARKS = /(?<=[^\s*_\\])[*_]+(?![\p{L}\p{N}*_])/gu;

const MARKERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*/;
const LONG_WORDS = /[A-Za-z0-9.!#$%&'*+/=?_`{|}~-]{256,}/g;

/** A search for short references starts at every `[`, escaped or not, and crosses up to 999 escapes. */
function weighEscapes(source: string): number {
  return source.includes("\\[") ? (source.match(/\\\[/g)?.length ?? 0) * 1000 : 0;
}

/** An address in brackets is looked for up to the next white space: half the square of what has many and no space. */
function weighAddresses(source: string): number {
  let steps = 0;
  for (const [run] of source.matchAll(/\S{256,}/g))
    steps += ((run.split("](").length - 1) * run.length) / 2;
  return steps;
}

const numbers = new Intl.NumberFormat("en");

function format(count: number): string {
  return numbers.format(count);
}
