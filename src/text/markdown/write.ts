import type { Token, Tokens } from "marked";
import { chartAt } from "../charts.ts";
import { findEmbed, plainEmbed, playerPage, withoutTracking } from "../embeds.ts";
import { isTall } from "../../domain/hero.ts";
import type { Picture } from "../../domain/media.ts";
import { readMark, type BoxKind, type MarkedQuote } from "./boxes.ts";
import { nameOfCard, whatIs, writeCard, type CardFace, type CardParts } from "./cards.ts";
import type { NoteDefinition, NoteToken } from "./note.ts";
import { NoteWriter } from "./note-write.ts";
import { completed, type RawHtml } from "./html-tree.ts";
import { RawTextEnds } from "./raw-text.ts";
import { BODY_SIZES, GALLERY_SIZES, PictureWriter, writeCaption } from "./pictures.ts";
import {
  escapeAttribute,
  escapeText,
  IMAGE_SCHEMES,
  isExternal,
  LINK_SCHEMES,
  safeUrl,
} from "./safety.ts";
import { collectPieces, isBlank, isComment, plainText } from "./spans.ts";
import type { Node } from "./spans.ts";
import { decodeEntities } from "./text.ts";
import { typeset } from "./typography.ts";
import { markupWords, withName, type MarkupWords } from "./words.ts";

/** What was left out of a body, and the line on which that happens first (from 1). */
export interface Note {
  line: number;
  message: string;
}

/** What a body is rendered with. */
export interface Setting {
  /** BCP 47, for typographic quotes and the words of notes and tables. */
  language: string;
  /** Scheme and host of the site. */
  siteOrigin: string;
  /** Somebody paid for the text: what leads off the site is marked as such. */
  paid?: boolean;
  /** The library's pictures that the body may name, by hash. */
  library?: ReadonlyMap<string, Picture>;
  /** Of charts elsewhere, the still pictures that the library has, by the charts' keys. */
  stills?: ReadonlyMap<string, Picture>;
}

/** The most kinds of note that one body has. */
const NOTES_AT_MOST = 100;

/**
 * Writes one body's tokens as HTML. Every tag below is a literal, and whatever comes from the source goes through escapeText,
 * escapeAttribute or safeUrl. HTML of the author's is not written here: each piece leaves a numbered comment in its place.
 */
export class Writer {
  /** The running text written so far, without code: what a reader reads. */
  readonly prose: string[] = [];
  readonly pictures: PictureWriter;
  /** The author's HTML, in the order of the comments that stand for it. */
  readonly pieces: RawHtml[] = [];
  /** What was left out, each kind once. */
  readonly left = new Map<string, Note>();
  /** Keys of the charts that are shown, and of those of them that there is no still picture of. */
  readonly charts = { shown: new Set<string>(), missing: new Set<string>() };
  readonly language: string;
  readonly siteOrigin: string;
  /** What a link off the site is marked with (https://html.spec.whatwg.org/multipage/links.html#linkTypes). */
  readonly rel: string;
  /** How many levels headings move down. */
  shift = 0;
  /** Tells that the HTML has outgrown what may be stored: the rest is not written. */
  isFull = false;
  readonly #words: MarkupWords;
  readonly #stills: ReadonlyMap<string, Picture>;
  /** How often each heading's id has been wanted. */
  readonly #ids = new Map<string, number>();
  readonly #notes: NoteWriter;
  #frontMatter: Token[] | undefined;
  #tables = 0;
  /** How much more may be written, in characters. */
  #room: number;
  /** The block being written, how far in it the last piece of HTML was found, and the line of that place. */
  #source: { raw: string; line: number; from: number } = { raw: "", line: 1, from: 0 };

  /** `room` is how many characters of HTML may be written. */
  constructor(setting: Setting, room = Infinity) {
    const { language, siteOrigin, paid = false, library = new Map(), stills = new Map() } = setting;
    this.#stills = stills;
    this.pictures = new PictureWriter(library, siteOrigin);
    this.language = language;
    this.siteOrigin = siteOrigin;
    this.rel = paid ? "sponsored noopener" : "noopener";
    this.#words = markupWords(language);
    this.#notes = new NoteWriter(this.#words);
    this.#room = room;
  }

  /** Notes that something was left out, if it is the first of its kind. */
  note(line: number, message: string): void {
    if (!this.left.has(message) && this.left.size < NOTES_AT_MOST)
      this.left.set(message, { line, message });
  }

  /** What a table is called, by its number. */
  tableName(number: number): string {
    return withName(this.#words.table, number);
  }

  /** Writes the whole body and its notes. */
  write(tokens: Token[]): string {
    // The page has its h1 already: a body that uses `#` moves down one level as a whole.
    this.shift = hasTopHeading(tokens) ? 1 : 0;
    // To Markdown, metadata left at the top is a rule and an underlined heading; the marks in it are not prose.
    const [rule, fields] = tokens as Node[];
    if (rule?.type === "hr" && fields?.type === "heading" && /^[\w-]+:/.test(fields.text))
      this.#frontMatter = fields.tokens;
    let line = 1;
    const body = tokens.map((token) => {
      this.#source = { raw: token.raw, line, from: 0 };
      if (token.type === "noteDefinition") (token as NoteToken).note.line ??= line;
      line += newlines(token.raw);
      return this.#flow([token]);
    });
    const html = body.join("") + this.#notes.write((note) => this.#noteText(note));
    for (const token of tokens)
      if (token.type === "noteDefinition" && (token as NoteToken).note.number === 0)
        this.note(
          (token as NoteToken).note.line ?? 1,
          "A footnote was left out: nothing refers to it.",
        );
    return html;
  }

  #blocks(tokens: Token[]): string {
    return tokens.map((token) => this.#block(token)).join("");
  }

  #block(token: Token): string {
    if (this.isFull) return "";
    const html = this.#writeBlock(token as Node);
    // A quote or a list is counted by what is in it.
    if (token.type !== "blockquote" && token.type !== "list") this.#room -= html.length;
    this.isFull = this.#room < 0;
    return html;
  }

  #writeBlock(node: Node): string {
    switch (node.type) {
      case "paragraph":
        return this.#figures(node) ?? paragraph(this.#run(node.tokens));
      case "text":
        return node.tokens ? this.#run(node.tokens) : this.#run([node]);
      case "heading":
        return this.#heading(node);
      case "blockquote":
        return this.#quote(node);
      case "list":
        return this.#list(node);
      case "code":
        return writeCode(node);
      case "table":
        return this.#table(node);
      case "hr":
        return "<hr>\n";
      case "checkbox":
        return this.#checkbox(node);
      case "html":
        return this.#piece(completed(node.raw), node.raw);
      default:
        return ""; // space, and definitions of links and notes
    }
  }

  #heading({ depth, tokens }: Tokens.Heading): string {
    const html = this.#run(tokens);
    if (html.trim() === "") return "";
    const level = Math.min(6, depth + this.shift);
    const text = plainText(tokens).replace(/\s+/g, " ").trim();
    const id = this.headingId(text);
    // Empty, and hidden from screen readers, who have the heading itself; the stylesheet shows a sign.
    const permalink = `<a class="anchor" href="#${id}" aria-hidden="true" tabindex="-1"></a>`;
    return `<h${level} id="${id}">${html}${permalink}</h${level}>\n`;
  }

  /**
   * Letters and digits of any script, joined by hyphens. `h-` keeps a heading "Location" or "forms" from
   * standing for `document.forms` (DOM clobbering), and from any id of the page around it.
   */
  headingId(text: string): string {
    const slug =
      text
        .normalize("NFC")
        .toLowerCase()
        .match(/[\p{L}\p{M}\p{N}]+/gu)
        ?.join("-") ?? "";
    const base = `h-${Array.from(slug).slice(0, 60).join("").replace(/-$/, "") || "section"}`;
    let n = this.#ids.get(base) ?? 0;
    let id = base;
    do {
      n += 1;
      id = n === 1 ? base : `${base}-${n}`;
    } while (n > 1 && this.#ids.has(id));
    this.#ids.set(base, n).set(id, Math.max(1, this.#ids.get(id) ?? 0));
    return id;
  }

  #list(list: Tokens.List): string {
    const items = list.items.map((item) => {
      return `<li${item.task ? ' class="task"' : ""}>${this.#blocks(item.tokens)}</li>\n`;
    });
    if (!list.ordered)
      return `<ul${list.items.some((item) => item.task) ? ' class="tasks"' : ""}>\n${items.join("")}</ul>\n`;
    return `<ol${list.start === 1 ? "" : ` start="${Number(list.start)}"`}>\n${items.join("")}</ol>\n`;
  }

  /** The box is not for ticking; its name tells a screen reader what its picture tells the eye. */
  #checkbox({ checked }: Tokens.Checkbox): string {
    const label = escapeAttribute(checked ? this.#words.done : this.#words.toDo);
    return `<input type="checkbox" disabled${checked ? " checked" : ""} aria-label="${label}"> `;
  }

  /** The region around it scrolls, so it must be reachable by keyboard and have a name of its own. */
  #table({ header, rows }: Tokens.Table): string {
    this.#tables += 1;
    const label = escapeAttribute(this.tableName(this.#tables));
    const cells = (row: Tokens.TableCell[]) => row.map((cell) => this.#cell(cell)).join("");
    const head = `<thead>\n<tr>${cells(header)}</tr>\n</thead>\n`;
    const body = rows.map((row) => `<tr>${cells(row)}</tr>\n`).join("");
    return (
      `<div class="table" role="region" tabindex="0" aria-label="${label}"><table>\n${head}` +
      `${body && `<tbody>\n${body}</tbody>\n`}</table></div>\n`
    );
  }

  #cell({ header, align, tokens }: Tokens.TableCell): string {
    const tag = header ? "th" : "td";
    const attributes = `${header ? ' scope="col"' : ""}${align ? ` class="align-${align}"` : ""}`;
    return `<${tag}${attributes}>${this.#run(tokens)}</${tag}>`;
  }

  #quote(quote: Tokens.Blockquote): string {
    const marked = readMark(quote);
    if (!marked) return `<blockquote>\n${this.#blocks(quote.tokens)}</blockquote>\n`;
    return marked.box === null ? this.#pullQuote(marked) : this.#box(marked.box, marked);
  }

  /** What stands beside the story. Its title is no heading: the headings of a story are those of its text. */
  #box(box: BoxKind, { title, content }: MarkedQuote): string {
    const own = this.#run(title).trim();
    const words = this.#words.boxes[box];
    const label = escapeAttribute(plainText(title).trim() || words);
    return (
      `<aside class="box ${box}" role="note" aria-label="${label}">\n<p class="box-title">${own || escapeText(words)}</p>\n` +
      `${this.#flow(content)}</aside>\n`
    );
  }

  /** Words of the story once more, set large: who listens can pass over them, and they are counted once. */
  #pullQuote({ title, content }: MarkedQuote): string {
    const { length } = this.prose;
    const by = this.#run(title).trim();
    const words = this.#blocks(content);
    this.prose.length = length;
    const label = escapeAttribute(this.#words.pullQuote);
    return (
      `<aside class="pull" aria-label="${label}">\n<blockquote>\n${words}</blockquote>\n` +
      `${by && `<p class="pull-by">${by}</p>\n`}</aside>\n`
    );
  }

  /** Blocks as they stand in the body itself, cards among them. */
  #flow(tokens: Token[]): string {
    return tokens.map((token) => this.#card(token) ?? this.#block(token)).join("");
  }

  /** A paragraph of pictures alone, linked or not: a figure, or a gallery of several. The title of each is its caption. */
  #figures({ tokens }: Tokens.Paragraph): string | undefined {
    const nodes = (tokens as Node[]).filter((token) => !isBlank(token) && token.type !== "br");
    if (nodes.length === 0 || !nodes.every(isPicture)) return undefined;
    if (nodes.length === 1) return nodes.map((node) => this.#figure(node, BODY_SIZES)).join("");
    // Two and four stand in two columns, whatever else in three.
    const columns = nodes.length === 2 || nodes.length === 4 ? 2 : 3;
    const figures = nodes.map((node) => this.#figure(node, GALLERY_SIZES[columns])).join("");
    return `<figure class="gallery${columns === 3 ? " three" : ""}">${figures}</figure>\n`;
  }

  #figure(node: Node, sizes: string): string {
    const image = pictureOf(node);
    if (!image) return "";
    const link = node.type === "link" ? node : undefined;
    const known = this.pictures.find(image.href);
    const title = image.title || link?.title || "";
    const text = title === "" ? (known?.caption ?? "") : decodeEntities(title).trim();
    const [caption = ""] = typeset([{ text, fixed: false }], this.language);
    this.prose.push(caption);
    const picture = this.#image({ ...image, title: null }, sizes);
    const linked = link ? this.#anchor({ ...link, title: null }, picture) : picture;
    const tall = known && isTall(known) ? ' class="tall"' : "";
    return `<figure${tall}>${linked}${writeCaption(caption, known?.credit ?? null)}</figure>\n`;
  }

  /**
   * A link alone in its paragraph, to something a provider shows, or an address alone: a card made of what the address tells.
   * Words that lead somewhere, or a page of our own, stay a link.
   */
  #card(token: Token): string | undefined {
    if (token.type !== "paragraph") return undefined;
    const [only, ...others] = ((token as Tokens.Paragraph).tokens as Node[]).filter(
      (node) => !isBlank(node),
    );
    if (only?.type !== "link" || others.length > 0) return undefined;
    const safe = safeUrl(only.href, LINK_SCHEMES);
    if (safe === undefined) return undefined;
    // What is meant for a frame is no page to send readers to.
    const url = findEmbed(safe) ? safe : playerPage(safe);
    const isBare =
      only.tokens.length === 1 && (only.text === only.href || `http://${only.text}` === only.href);
    const isOthers = isBare && isExternal(url, this.siteOrigin);
    const embed = findEmbed(url) ?? (isOthers ? plainEmbed(url) : undefined);
    if (!embed) return undefined;
    const title = isBare ? "" : this.#run(only.tokens);
    if (isBare) this.prose.push(embed.title ?? "");
    const alt = isBare ? "" : plainText(only.tokens);
    return this.writeCard(embed, withoutTracking(url), { title, alt });
  }

  /** A card for something elsewhere. `title` and `quoted` are HTML; `alt` says what a chart's still picture shows. */
  writeCard(
    face: CardFace,
    url: string,
    { alt = "", line = this.#source.line, ...parts }: CardParts & { alt?: string; line?: number },
  ): string {
    const picture = this.#still(face, url, { alt, line });
    return writeCard(face, url, { ...parts, picture, words: this.#words, rel: this.rel });
  }

  /** What a card is called, as HTML, where there is no room for one. */
  nameOfCard(face: CardFace, title: string): string {
    return nameOfCard(face, title, this.#words);
  }

  /** What marks a link to an address: nothing where it stays on the site. */
  relOf(url: string): string {
    return isExternal(url, this.siteOrigin) ? ` rel="${this.rel}"` : "";
  }

  /** The still picture of a chart, if the library has it. */
  #still(face: CardFace, url: string, { alt, line }: { alt: string; line: number }): string {
    const chart = face.kind === "chart" ? chartAt(url) : null;
    if (!chart) return "";
    this.charts.shown.add(chart.key);
    const picture = this.#stills.get(chart.key);
    if (picture) return this.pictures.writeStill(picture, alt || whatIs(face, this.#words));
    this.charts.missing.add(chart.key);
    this.note(
      line,
      `${chart.maker} gave no still picture of ${url} yet; readers see a link to it.`,
    );
    return "";
  }

  /** Writes what stands in one paragraph, heading, cell or line: typography first, which needs all of it. */
  #run(tokens: Token[]): string {
    const pieces = collectPieces(tokens);
    const set = tokens === this.#frontMatter ? [] : typeset(pieces, this.language);
    for (const [index, { token }] of pieces.entries())
      if (token) token.text = set[index] ?? token.text;
    this.prose.push(plainText(tokens));
    return this.#spans(tokens);
  }

  #spans(tokens: Token[]): string {
    let html = "";
    const ends = new RawTextEnds(tokens);
    for (let index = 0; index < tokens.length; index += 1) {
      const node = tokens[index] as Node;
      const end = node.type === "html" ? ends.after(index) : index;
      if (end === index) html += this.#span(node);
      else {
        const raws = tokens.slice(index, end + 1).map(({ raw }) => raw);
        html += this.#piece(completed(raws.join("")), node.raw);
        index = end;
      }
    }
    return html;
  }

  /** A comment in the place of a piece of the author's HTML. `found` is how the body has its beginning. */
  #piece(raw: string, found: string): string {
    // The rest can differ: an escaped bar loses its mark in a table, a further line its indentation.
    const [first = ""] = found.split(/[\n\t|]/, 1);
    const source = this.#source;
    const at = source.raw.indexOf(first, source.from);
    if (at !== -1) {
      source.line += newlines(source.raw.slice(source.from, at));
      source.from = at + first.length;
    }
    const piece = { raw, line: source.line };
    if (isComment(raw)) {
      this.note(piece.line, "A comment was left out.");
      return "";
    }
    return `<!--${this.pieces.push(piece) - 1}-->`;
  }

  #span(node: Node): string {
    switch (node.type) {
      case "text":
      case "escape":
        return escapeText(node.text);
      case "strong":
      case "em":
      case "del":
        return `<${node.type}>${this.#spans(node.tokens)}</${node.type}>`;
      case "codespan":
        return `<code>${escapeText(node.text)}</code>`;
      case "br":
        return "<br>\n";
      case "link":
        return this.#anchor(node, this.#spans(node.tokens));
      case "image":
        return this.#image(node);
      case "html":
        return this.#piece(completed(node.raw), node.raw);
      case "checkbox":
        return this.#checkbox(node);
      case "noteReference":
        return this.#notes.reference(node);
      default:
        return escapeText(node.raw);
    }
  }

  #anchor({ href, title }: Tokens.Link, content: string): string {
    const url = safeUrl(href, LINK_SCHEMES);
    if (url === undefined) return content;
    const hint = title ? ` title="${escapeAttribute(decodeEntities(title))}"` : "";
    const rel = this.relOf(url);
    return `<a href="${escapeAttribute(url)}"${hint}${rel}>${content}</a>`;
  }

  #image({ href, title, text, tokens }: Tokens.Image, sizes = BODY_SIZES): string {
    const url = safeUrl(href, IMAGE_SCHEMES);
    const alt = plainText(tokens);
    if (url === undefined) return escapeText(alt);
    return this.pictures.write({ url, text, alt, title: decodeEntities(title ?? ""), sizes });
  }

  #noteText({ content, line = 1 }: NoteDefinition): string {
    const raw = content.map((token) => token.raw).join("");
    this.#source = { raw, line, from: 0 };
    return this.#blocks(content);
  }
}

function hasTopHeading(tokens: Token[]): boolean {
  return (tokens as Node[]).some((node) => {
    if (node.type === "heading") return node.depth === 1;
    if (node.type === "html") return /<h1[\s>]/i.test(node.raw);
    if (node.type === "paragraph")
      return node.tokens.some(({ type, raw }) => type === "html" && /^<h1[\s>]/i.test(raw));
    if (node.type === "blockquote") return hasTopHeading(node.tokens);
    return node.type === "list" && node.items.some((item) => hasTopHeading(item.tokens));
  });
}

/** The image that a node is, by itself or as all of a link. */
function pictureOf(node: Node): Tokens.Image | undefined {
  const image = node.type === "link" && node.tokens.length === 1 ? (node.tokens[0] as Node) : node;
  return image.type === "image" ? image : undefined;
}

function isPicture(node: Node): boolean {
  const image = pictureOf(node);
  return image !== undefined && safeUrl(image.href, IMAGE_SCHEMES) !== undefined;
}

function newlines(text: string): number {
  return text.split("\n").length - 1;
}

function paragraph(html: string): string {
  return html.trim() === "" ? "" : `<p>${html}</p>\n`;
}

function writeCode({ text, lang }: Tokens.Code): string {
  const language = /^[\w+#.-]{1,32}(?=\s|$)/.exec(lang ?? "")?.[0];
  const attribute = language ? ` class="language-${language}"` : "";
  const code = text === "" ? "" : `${text.replace(/\n$/, "")}\n`;
  return `<pre tabindex="0"><code${attribute}>${escapeText(code)}</code></pre>\n`;
}
