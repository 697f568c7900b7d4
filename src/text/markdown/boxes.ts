import type { Token, Tokens } from "marked";
import type { Node } from "./spans.ts";

// Quotes that begin with a mark are no quotes: `> [!NOTE] A title` is a box beside the story, `> [!PULLQUOTE]` words of it set large.
// GitHub has the five kinds of note, Obsidian the title behind the mark.

const BOX_KINDS = ["note", "tip", "important", "warning", "caution", "facts"] as const;
export type BoxKind = (typeof BOX_KINDS)[number];

/** A quote with a mark: which box it is, or none for a pull quote; what stands behind the mark, and what follows. */
export interface MarkedQuote {
  box: BoxKind | null;
  title: Token[];
  content: Token[];
}

/** Names of pull quotes: a mark that is none of ours leaves the quote as it is, with the mark as words. */
const PULLS = new Set(["pull", "pullquote", "pull-quote"]);

/** Reads the mark at the beginning of a quote; undefined for a quote without one. */
export function readMark({
  tokens: [first, ...others],
}: Tokens.Blockquote): MarkedQuote | undefined {
  if (first?.type !== "paragraph") return undefined;
  const [head, ...rest] = (first as Tokens.Paragraph).tokens as Node[];
  if (head?.type !== "text") return undefined;
  // `+` and `-` say in Obsidian whether it opens: a page of paper is always open.
  const [mark = "", name = ""] =
    /^\[!([a-z-]{1,20})\][+-]?(?:[ \t]+|(?=\n)|$)/i.exec(head.text) ?? [];
  const box = boxOf(name.toLowerCase());
  if (box === undefined) return undefined;
  const { line, below } = splitLine([textLike(head, head.text.slice(mark.length)), ...rest]);
  const content = below.length > 0 ? [{ ...first, tokens: below }, ...others] : others;
  return { box, title: line, content };
}

function boxOf(name: string): MarkedQuote["box"] | undefined {
  return PULLS.has(name) ? null : BOX_KINDS.find((each) => each === name);
}

/** The first line of a paragraph, and what stands below it. Emphasis that goes on there belongs to the line. */
function splitLine(nodes: Node[]): { line: Token[]; below: Token[] } {
  for (const [index, node] of nodes.entries()) {
    if (node.type === "br") return { line: nodes.slice(0, index), below: nodes.slice(index + 1) };
    const end = node.type === "text" ? node.text.indexOf("\n") : -1;
    if (node.type !== "text" || end === -1) continue;
    const before = node.text.slice(0, end);
    const after = node.text.slice(end + 1);
    return {
      line: [...nodes.slice(0, index), ...(before === "" ? [] : [textLike(node, before)])],
      below: [...(after === "" ? [] : [textLike(node, after)]), ...nodes.slice(index + 1)],
    };
  }
  return { line: nodes.filter((node) => node.type !== "text" || node.text !== ""), below: [] };
}

function textLike(node: Tokens.Text, text: string): Tokens.Text {
  return { ...node, raw: text, text };
}
