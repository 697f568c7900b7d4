import { VOID } from "./allowed.ts";
import {
  framed,
  isBlock,
  pictureIn,
  runsOf,
  saysSomething,
  TRANSPARENT,
  type CardNode,
  type ElementNode,
  type Node,
  type PictureNode,
  type TextNode,
} from "./html-nodes.ts";
import { escapeAttribute, escapeText } from "./safety.ts";
import { OBJECT, typeset } from "./typography.ts";
import type { Writer } from "./write.ts";

// Writes what stays of a body with HTML in it: balanced, paragraphs where words stand alone, blocks outside of them.

/** Elements in which each run of text has to be a paragraph. */
const WRAPPING = new Set(["", "aside", "blockquote", "details", "div", "section"]);

/** Writes one body's nodes. */
export class NodeWriter {
  readonly #writer: Writer;
  #tables = 0;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  /** Writes what may hold paragraphs. Running text beside them, or out of an unwrapped element, becomes one. */
  flow(nodes: Node[], parent: string, divided = false): string {
    const wraps = divided || WRAPPING.has(parent);
    const parts = runsOf(nodes).map((run) => {
      const [node] = run;
      if (node && isBlock(node)) {
        if (node.kind === "division") return this.flow(node.children, parent, true);
        return node.kind === "card" ? this.#card(node) : this.#element(node as ElementNode);
      }
      const hasWords = run.some(saysSomething);
      if (wraps) return hasWords ? this.#paragraph("", run) : "";
      return hasWords || parent === "li" ? this.#run(run) : "";
    });
    return parts.join("");
  }

  #card({ embed, url, title, quoted, line }: CardNode): string {
    const words = this.flow(quoted, "blockquote");
    return this.#writer.writeCard(embed, url, {
      title: escapeText(title),
      alt: title,
      quoted: words.trim() === "" ? "" : `<blockquote>\n${words}</blockquote>\n`,
      line,
    });
  }

  #link({ embed, url, title }: CardNode): string {
    const name = this.#writer.nameOfCard(embed, escapeText(title));
    return `<a href="${escapeAttribute(url)}"${this.#writer.relOf(url)}>${name}</a>`;
  }

  /** A paragraph; a picture alone in it is a figure, as it is in Markdown. */
  #paragraph(attributes: string, run: Node[]): string {
    const [only, ...others] = run.filter((node) => node.kind !== "text" || node.text.trim() !== "");
    const picture = only && others.length === 0 ? pictureIn([only]) : undefined;
    if (picture && !run.some((node) => node.kind === "element" && node.tag !== "a"))
      return this.#element(framed("", run));
    const said = run.filter(saysSomething);
    // A place that links lead to takes no line.
    if (said.every(isPlace)) return said.length === 0 ? "" : `${this.#phrases(said)}\n`;
    const html = this.#run(run).trim();
    return `<p${attributes}>${html}</p>\n`;
  }

  #element(node: ElementNode): string {
    const { tag, attributes, children } = node;
    if (VOID.has(tag)) return `<${tag}${attributes}>${tag === "hr" ? "\n" : ""}`;
    if (tag === "p") return this.#paragraphs(node);
    const inside = this.#inside(node);
    const shown =
      tag === "div" && attributes.includes('class="table"') ? this.#tableRegion() : attributes;
    if (tag === "li" && children.length === 0) return "<li></li>\n";
    const [before, after] = SPACED.has(tag) ? ["\n", "\n"] : ["", node.block ? "\n" : ""];
    return `<${tag}${shown}>${before}${inside}</${tag}>${after}`;
  }

  /** Tables are counted in the order of reading, whoever wrote them. */
  #tableRegion(): string {
    this.#tables += 1;
    const label = escapeAttribute(this.#writer.tableName(this.#tables));
    return ` class="table" role="region" tabindex="0" aria-label="${label}"`;
  }

  #inside({ tag, children, block }: ElementNode): string {
    // What stands in running text is set with all of it.
    if (!block) return this.#phrases(children);
    if (tag === "pre") return this.#lines(children);
    if (WRAPPING.has(tag)) return this.flow(children, tag);
    return FLOWING.has(tag) && children.some(isBlock)
      ? this.flow(children, tag)
      : this.#run(children);
  }

  /** A paragraph holds no card and no table: it ends before one, and goes on behind. */
  #paragraphs({ attributes, children }: ElementNode): string {
    let shown = attributes;
    const parts = runsOf(children).map((run) => {
      if (run.some(isBlock)) return this.flow(run, "");
      const html = this.#paragraph(shown, run);
      if (html !== "") shown = "";
      return html;
    });
    return parts.join("");
  }

  /** Running text: typography first, which needs all of it. What Markdown wrote has been set and counted. */
  #run(nodes: Node[]): string {
    const pieces = textsOf(nodes);
    if (pieces.every((piece) => piece.kind !== "text" || piece.counted))
      return this.#phrases(nodes);
    const set = typeset(
      pieces.map((piece) => (piece.kind === "text" ? piece : { text: OBJECT, fixed: true })),
      this.#writer.language,
    );
    const words = pieces.map((piece, index) => {
      if (piece.kind !== "text" || piece.counted) return " ";
      if (!piece.fixed) piece.text = set[index] ?? piece.text;
      return piece.text;
    });
    this.#writer.prose.push(words.join(""));
    return this.#phrases(nodes);
  }

  /** What stands in preformatted text: a block begins a line. */
  #lines(nodes: Node[]): string {
    return nodes
      .map((node) => {
        if (!isBlock(node) || !("children" in node)) return this.#phrase(node);
        if (!saysSomething(node)) return "";
        const lines = this.#lines(node.children);
        return node.kind === "element" && TRANSPARENT.has(node.tag)
          ? `<${node.tag}${node.attributes}>${lines}</${node.tag}>`
          : `${idIn(node)}\n${lines}\n`;
      })
      .join("");
  }

  #phrases(nodes: Node[]): string {
    return nodes.map((node) => this.#phrase(node)).join("");
  }

  #phrase(node: Node): string {
    if (node.kind === "text") return escapeText(node.text);
    if (node.kind === "picture") return node.html;
    if (node.kind === "card") return this.#link(node);
    if (node.kind === "division") return ` ${this.#phrases(node.children)} `;
    if (!node.block) return this.#element(node);
    // There is no room for a block: its words stay.
    const words = this.#phrases(node.children.filter((child) => !isPermalink(child)));
    const { tag, attributes } = node;
    if (TRANSPARENT.has(tag)) return `<${tag}${attributes}>${words}</${tag}>`;
    return `${idIn(node)} ${words} `;
  }
}

/** Elements that may hold paragraphs, tables, cards, or nothing but other elements. */
const FLOWING = new Set([
  ..."a blockquote dd del details div figcaption figure ins li section td th".split(" "),
  ..."dl ol table tbody tfoot thead tr ul".split(" "),
]);
/** Elements whose start tag ends a line. */
const SPACED = new Set([
  "aside",
  "blockquote",
  "dl",
  "ol",
  "section",
  "tbody",
  "thead",
  "tfoot",
  "ul",
]);

function isPlace(node: Node): boolean {
  return (
    node.kind === "element" &&
    !node.own &&
    node.children.length === 0 &&
    /^ id="[^"]*"$/.test(node.attributes)
  );
}

/** The place that links lead to, of a block that is written without its tags. */
function idIn(node: Node): string {
  const [id] = ("attributes" in node && / id="id-[^"]*"/.exec(node.attributes)) || [];
  return id === undefined ? "" : `<span${id}></span>`;
}

function isPermalink(node: Node): boolean {
  return node.kind === "element" && node.own && node.attributes.includes('class="anchor"');
}

/** The texts of a run in reading order, and what stands among them. */
function textsOf(nodes: Node[]): (TextNode | PictureNode | CardNode)[] {
  return nodes.flatMap((node) => {
    if (!("children" in node)) return [node];
    if (node.kind === "element" && node.tag === "br") return [BREAK];
    return isBlock(node) ? [BREAK, ...textsOf(node.children), BREAK] : textsOf(node.children);
  });
}

const BREAK: TextNode = { kind: "text", text: "\n", fixed: true, counted: true };
