import { Tokenizer } from "marked";
import type { Lexer, Tokens } from "marked";
import markedCjkFriendly from "marked-cjk-friendly";
import { pieceProblem } from "./html-tree.ts";
import { decodeEntities } from "./text.ts";

/** What the lexer keeps count of, and the tokenizer charges for what it looks at. */
export interface Account {
  /** The first limit crossed, as a sentence for the editor. The tokens mean nothing then. */
  readonly problem: string | undefined;
  /** The paragraph at hand has Chinese, Japanese or Korean in it. */
  readonly isCjk: boolean;
  /** Takes steps off the account; false when the document is refused, now or before. */
  spend(steps: number, source: string): boolean;
  /** Tells whether a block with so much behind it has not been weighed before, at this depth. */
  isNewBlock(behind: number): boolean;
  /** Counts the quotes and lists that the first line opens at once, before the parser descends into them. */
  weighMarkers(source: string): void;
  /** Counts the cells of a table before it is built. */
  spendCells(columns: number, rows: number, source: string): boolean;
  /** Counts what a short reference writes out: a definition of 30 KB that is used 10,000 times is 300 MB. */
  spendExpansion(characters: number): boolean;
  /** Refuses the document with a sentence, which is given the line that `source` begins on. */
  refuse(source: string, sentence: (line: string) => string): void;
}

/** The parser's own tokenizer, charging the lexer's account for what it looks at. */
export class BoundedTokenizer extends Tokenizer {
  declare lexer: Lexer & Account;

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
