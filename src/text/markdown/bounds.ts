import { Lexer, Tokenizer } from "marked";
import markedCjkFriendly from "marked-cjk-friendly";
import { pieceProblem } from "./html-tree.ts";
import type { MarkedOptions, Token, Tokens, TokensList } from "marked";
import type { NoteDefinition } from "./note.ts";
import { decodeEntities } from "./text.ts";

/**
 * What one body may cost. Every number is far above what an article needs, and was measured in workerd with
 * 40,000 random documents of 60 KB, each made of one or a few fragments repeated: none took more than 0.2 s,
 * hardly any more than 0.1 s. What takes longest is what is merely long, such as 30,000 lines of one letter.
 */
export const MARKDOWN_LIMITS = {
  /** UTF-8 bytes of Markdown in one body. */
  bodyBytes: 512 * 1024,
  /** UTF-8 bytes of Markdown and HTML together; both are columns of one D1 row, which ends at 2 MB. */
  storedBytes: 1_800_000,
  /** Block quotes, lists and notes inside one another. The parser reads a block again at every level. */
  blockNesting: 32,
  /** Emphasis, links and images inside one another. The parser recurses; its stack ends near 3,000. */
  inlineNesting: 32,
  /** Marks of emphasis in one paragraph that open and are never closed. What an article leaves open is a slip or two. */
  openMarks: 500,
  /** Columns of a table: every row is filled up to the width of its head. */
  tableColumns: 100,
  /** Cells of all tables together: 12 KB of `a|a|…` over `b` lines would make ten million. */
  tableCells: 40_000,
  /** ASCII characters in a row without a space. At each of them the parser looks for the `@` of an address. */
  wordCharacters: 4096,
  /** Steps (characters the parser looks at again) that any body may take. */
  steps: 4_000_000,
  /** Further steps for each character of the body. Dense real prose takes about 30. */
  stepsPerCharacter: 200,
} as const;

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
export class BoundedLexer extends Lexer {
  /** The first limit crossed, as a sentence for the editor. The tokens mean nothing then. */
  problem: string | undefined;
  readonly notes = new Map<string, NoteDefinition>();
  /** The paragraph at hand has Chinese, Japanese or Korean in it. */
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

  /** Tells whether a block with so much behind it has not been weighed before, at this depth. */
  isNewBlock(behind: number): boolean {
    const block = `${this.#blockDepth} ${behind}`;
    const isNew = block !== this.#weighed;
    this.#weighed = block;
    return isNew;
  }

  /** Takes the steps off the account; false when the document is refused, now or before. */
  spend(steps: number, source: string): boolean {
    this.#steps -= steps;
    if (this.#steps < 0) this.#refuseSteps(source);
    return this.problem === undefined;
  }

  /** Counts the quotes and lists that the first line opens at once, before the parser descends into them. */
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

  /** Counts the cells of a table before it is built. */
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

  /** A short reference writes out a whole definition, or links to a note and back: a 30 KB address used 10,000 times is 300 MB. */
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

/** The parser's own tokenizer, charging the lexer's account for what it looks at. */
class BoundedTokenizer extends Tokenizer {
  declare lexer: BoundedLexer;

  /** Tried first at every block: after a refusal it swallows the rest. */
  override space(source: string): Tokens.Space | undefined {
    return this.lexer.problem === undefined ? super.space(source) : { type: "space", raw: source };
  }

  /** Tried first at every span: after a refusal it swallows the rest. */
  override escape(source: string): Tokens.Escape | undefined {
    if (this.lexer.problem !== undefined) return { type: "escape", raw: source, text: "" };
    return super.escape(source);
  }

  override blockquote(source: string): Tokens.Blockquote | undefined {
    if (!OPENS_QUOTE.test(source)) return undefined;
    this.lexer.weighMarkers(source);
    // A line that lazily continues a quote makes the parser read the whole quote again.
    const quote = source.slice(0, blockEnd(source));
    const readings = 1 + (quote.match(RESUMES_QUOTE)?.length ?? 0);
    if (this.lexer.spend(quote.length * readings * 4, source)) return super.blockquote(source);
    // The parser calls itself for the lines that continue a quote or list, and relies on its result.
    return { type: "blockquote", raw: source, text: "", tokens: [] };
  }

  override list(source: string): Tokens.List | undefined {
    const swallowed: Tokens.List = {
      type: "list",
      raw: source,
      ordered: false,
      start: "",
      loose: false,
      items: [],
    };
    if (!OPENS_LIST.test(source)) return undefined;
    this.lexer.weighMarkers(source);
    // For each list the parser looks at what follows in its block, and at a line that is no point of its own at the list again:
    // that is weighed once for all lists without an empty line between them.
    const end = blockEnd(source);
    this.lexer.spend(end / 4, source);
    if (this.lexer.isNewBlock(source.length - end)) {
      const others = source.slice(0, end).match(CONTINUES_LIST)?.length ?? 0;
      this.lexer.spend((others * end) / 64, source);
    }
    if (this.lexer.problem !== undefined) return swallowed;
    const list = super.list(source);
    return this.lexer.spend((list?.raw.length ?? 0) * 8, source) ? list : swallowed;
  }

  /**
   * A comment, a script, an instruction that is never closed takes no more than its own paragraph: CommonMark would hide the
   * rest of the body in it.
   */
  override html(source: string): Tokens.HTML | undefined {
    if (!OPENS_HTML.test(source)) return undefined;
    const opening = OPENS_COMMENT.exec(source)?.[0].length ?? 0;
    if (opening === 0) {
      const html = super.html(source);
      const read = html?.raw.length ?? blockEnd(source);
      if (!this.lexer.spend(read * 2, source) || !html || isUnclosed(html.raw)) return undefined;
      return this.#weighed(html);
    }
    // From the second hyphen on, for `<!-->` is a whole comment, too.
    const end = source.indexOf("-->", opening - 2);
    this.lexer.spend(end === -1 ? source.length : end, source);
    const tail = end === -1 ? undefined : ENDS_COMMENT.exec(source.slice(end))?.[0];
    if (tail === undefined) return undefined;
    const raw = source.slice(0, end + tail.length);
    return { type: "html", block: true, pre: false, raw, text: raw };
  }

  override table(source: string): Tokens.Table | undefined {
    const head = DELIMITER_ROW.exec(source);
    if (!head?.[1]?.includes("-")) return undefined;
    const columns = (head[1].match(/\|/g)?.length ?? 0) + 1;
    const rows = source.slice(0, blockEnd(source));
    if (!this.lexer.spend(rows.length * 4, source)) return undefined;
    if (!this.lexer.spendCells(columns, rows.split("\n").length, source)) return undefined;
    return super.table(source);
  }

  /** Looks through all of a paragraph for the underline; inside a list, once for each of its lines. */
  override lheading(source: string): Tokens.Heading | undefined {
    const block = source.slice(0, blockEnd(source));
    const lines = block.split("\n").length;
    if (!this.lexer.spend(block.length * 4 + lines * 64, source)) return undefined;
    return super.lheading(source);
  }

  override emStrong(
    source: string,
    masked: string,
    previous = "",
  ): Tokens.Em | Tokens.Strong | undefined {
    if (!OPENS_EMPHASIS.test(source)) return undefined;
    // The middle of a snake_case word opens nothing.
    if (source.startsWith("_") && ENDS_IN_LETTER.test(previous)) return undefined;
    return this.#charge(this.#emphasis(source, masked, previous), source, 8);
  }

  /** Beside Chinese, Japanese and Korean letters punctuation opens and closes as they would themselves (commonmark-spec #650). */
  #emphasis(
    source: string,
    masked: string,
    previous: string,
  ): Tokens.Em | Tokens.Strong | undefined {
    return this.lexer.isCjk
      ? cjk.emStrong?.call(this, source, masked, previous) || undefined
      : super.emStrong(source, masked, previous);
  }

  override del(source: string, masked: string, previous?: string): Tokens.Del | undefined {
    if (!OPENS_DELETION.test(source)) return undefined;
    const deletion = this.lexer.isCjk
      ? cjk.del?.call(this, source, masked, previous ?? "") || undefined
      : super.del(source, masked, previous);
    return this.#charge(deletion, source, 8);
  }

  override codespan(source: string): Tokens.Codespan | undefined {
    if (!source.startsWith("`")) return undefined;
    return this.#charge(super.codespan(source), source, 1);
  }

  override link(source: string): Tokens.Link | Tokens.Image | undefined {
    if (!OPENS_LINK.test(source) || BARE_LABEL.test(source)) return undefined;
    return this.#charge(super.link(source), source, 1);
  }

  override reflink(
    source: string,
    links: Parameters<Tokenizer["reflink"]>[1],
  ): Tokens.Link | Tokens.Image | Tokens.Text | undefined {
    if (!OPENS_LINK.test(source)) return undefined;
    const token = super.reflink(source, links);
    if (token && token.type !== "text")
      this.lexer.spendExpansion(token.href.length + (token.title?.length ?? 0));
    if (BARE_LABEL.test(source)) return token;
    return this.#charge(token, source, 1);
  }

  override tag(source: string): Tokens.Tag | undefined {
    if (!OPENS_TAG.test(source)) return undefined;
    const { inLink } = this.lexer.state;
    const tag = this.#charge(super.tag(source) ?? prefixedTag(source), source, 1);
    // To marked, all text after `<a` is in a link, where no address becomes one; after <a name> it is not.
    if (tag && /^<a[\s>]/i.test(tag.raw) && !/\shref/i.test(tag.raw))
      this.lexer.state.inLink = inLink;
    return this.#weighed(tag);
  }

  /** A parser of HTML compares each attribute of a tag with those before it. */
  #weighed<T extends { raw: string }>(html: T | undefined): T | undefined {
    const problem = html && pieceProblem(html.raw);
    if (html && problem !== undefined)
      this.lexer.refuse(html.raw, (line) => `${line} begins HTML with ${problem}`);
    return html;
  }

  override url(source: string): Tokens.Link | undefined {
    const address = OPENS_ADDRESS.exec(source)?.[0] ?? "";
    // A tail such as `).` or `&amp;` is taken off piece by piece, reading the address again for each.
    const pieces = address.match(/[?!.,:;*_'"~()&]/g)?.length ?? 0;
    return this.lexer.spend(address.length * pieces, source) ? super.url(source) : undefined;
  }

  /** Decoded here, once and for all, from what was written: marked decodes numbers only, and escapes what it leaves. */
  override inlineText(source: string): Tokens.Text | undefined {
    const text = super.inlineText(source);
    return text && { ...text, text: decodeEntities(text.raw) };
  }

  #charge<T extends { raw: string }>(
    token: T | undefined,
    source: string,
    weight: number,
  ): T | undefined {
    return this.lexer.spend((token?.raw.length ?? source.length) * weight, source)
      ? token
      : undefined;
  }
}

const cjk = markedCjkFriendly().tokenizer ?? {};
const CJK =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\u3000-\u303f\uff00-\uffef]/u;

/** Runs of * and _ that can only open emphasis, or only close it (CommonMark section 6.2, near enough to count). */
const OPENING_MARKS = /(?<![\p{L}\p{N}*_\\])[*_]+(?=[^\s*_])/gu;
const CLOSING_MARKS = /(?<=[^\s*_\\])[*_]+(?![\p{L}\p{N}*_])/gu;

const MARKERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*/;
const LONG_WORDS = /[A-Za-z0-9.!#$%&'*+/=?_`{|}~-]{256,}/g;
const OPENS_HTML = /^ {0,3}</;
const OPENS_COMMENT = /^ {0,3}<!--/;
const ENDS_COMMENT = /^-->[ \t]*(?:\n+|$)/;
const OPENS_QUOTE = /^ {0,3}>/;
const OPENS_LIST = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]|\n|$)/;
const CONTINUES_LIST = /\n(?![ \t]*(?:[-+*]|\d{1,9}[.)])[ \t])/g;
const RESUMES_QUOTE = /\n(?! {0,3}>)[^\n]*\n {0,3}>/g;
const DELIMITER_ROW = /^[^\n]+\n {0,3}([|:\- ]+)(?:\n|$)/;
const OPENS_EMPHASIS = /^(?:\*+[^\s*]|_+[^\s_])/;
/** Two tildes and no more: one is "about", or a range. */
const OPENS_DELETION = /^~~[^\s~]/;
const ENDS_IN_LETTER = /[\p{L}\p{N}]$/u;
const OPENS_LINK = /^!?\[/;
/** `[sic]`: a label without address or reference after it costs nothing to look at. */
const BARE_LABEL = /^!?\[[^[\]\\`]*\](?![([])/;
const OPENS_ADDRESS = /^(?:https?:\/\/|ftp:\/\/|www\.)[^\s<]*/i;
const OPENS_TAG = /^<[A-Za-z/!?]/;
/** Blocks that end with their own mark, and not with an empty line (CommonMark, section 4.6, conditions 1 and 3 to 5). */
const MARKED_BLOCKS: [opens: RegExp, closes: RegExp][] = [
  [/^\s*<script[\s>]/i, /<\/script>/i],
  [/^\s*<style[\s>]/i, /<\/style>/i],
  [/^\s*<textarea[\s>]/i, /<\/textarea>/i],
  [/^\s*<pre[\s>]/i, /<\/pre>/i],
  [/^\s*<\?/, /\?>/],
  [/^\s*<!\[CDATA\[/, /\]\]>/],
  [/^\s*<![a-z]/i, />/],
];

function isUnclosed(html: string): boolean {
  const found = MARKED_BLOCKS.find(([opens]) => opens.test(html));
  return found !== undefined && !found[1].test(html);
}

/**
 * A tag with a prefix, as word processors and social networks write them: `<o:p>`, `<st1:place w:st="on">`, `<fb:like>`. To
 * CommonMark it is text, or a bare address of a scheme that nobody has.
 */
const PREFIXED_TAG =
  /^<\/?(?:[a-z]|st\d|u\d|fb|xml|mso|wbr|svg|dc|cc|rdf|itunes|media|atom):[a-z][\w-]*(?:\s+[\w:.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>/i;

function prefixedTag(source: string): Tokens.Tag | undefined {
  const raw = PREFIXED_TAG.exec(source)?.[0];
  return raw === undefined
    ? undefined
    : { type: "html", raw, text: raw, inLink: false, inRawBlock: false, block: false };
}

/** Where the block at the beginning of the text ends at the latest: its first empty line. */
function blockEnd(source: string): number {
  const end = source.indexOf("\n\n");
  return end === -1 ? source.length : end;
}

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
