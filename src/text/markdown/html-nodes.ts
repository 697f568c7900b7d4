// What of an author's HTML stays, before it is written: html.ts makes it of the parser's tree, html-write.ts writes it.

import { isTall } from "../../domain/hero.ts";
import type { Picture } from "../../domain/media.ts";
import type { CardFace } from "./cards.ts";

export interface TextNode {
  kind: "text";
  text: string;
  /** Typography leaves it alone: Markdown's has been set, or it is code. */
  fixed: boolean;
  /** Of Markdown, and so counted already. */
  counted: boolean;
}
export interface ElementNode {
  kind: "element";
  tag: string;
  attributes: string;
  children: Node[];
  /** It stands for itself, outside running text. */
  block: boolean;
  own: boolean;
}
/** A picture, already written, and what the library knows of it. */
export interface PictureNode {
  kind: "picture";
  html: string;
  known: Picture | undefined;
}
/** Something elsewhere: a card where there is room for one, a link in running text. `quoted` are its words. */
export interface CardNode {
  kind: "card";
  embed: CardFace;
  url: string;
  title: string;
  quoted: Node[];
  /** Of the body, from 1. */
  line: number;
}
/** An element that was unwrapped, whose words are paragraphs of their own. */
interface DivisionNode {
  kind: "division";
  children: Node[];
}
export type Node = TextNode | ElementNode | PictureNode | CardNode | DivisionNode;

/** Elements that may hold paragraphs and stand in running text as well (HTML, section 3.2.5.3). */
export const TRANSPARENT = new Set(["a", "del", "ins"]);

const TEXT_SPACE: TextNode = { kind: "text", text: " ", fixed: true, counted: true };

export function isBlock(node: Node): boolean {
  return (
    node.kind === "card" || node.kind === "division" || (node.kind === "element" && node.block)
  );
}

/** Running text and blocks as they follow one another: each block by itself, what stands between two of them together. */
export function runsOf(nodes: Node[]): Node[][] {
  const runs: Node[][] = [];
  let isOpen = false;
  for (const node of nodes) {
    const isRunning = !isBlock(node);
    if (isRunning && isOpen) runs.at(-1)?.push(node);
    else runs.push([node]);
    isOpen = isRunning;
  }
  return runs;
}

/** Tells whether anything would be seen of it: emphasis that was never closed opens again in every paragraph. */
export function saysSomething(node: Node): boolean {
  if (node.kind === "text") return node.text.trim() !== "";
  if (node.kind === "division") return node.children.some(saysSomething);
  if (node.kind !== "element") return true;
  return (
    node.own ||
    node.tag === "hr" ||
    node.attributes.includes(" id=") ||
    node.children.some(saysSomething)
  );
}

export function textNode(text: string): TextNode {
  return { kind: "text", text, fixed: false, counted: false };
}

export function phraseNode(tag: string, attributes: string, children: Node[]): ElementNode {
  const block = TRANSPARENT.has(tag) && children.some(isBlock);
  return { kind: "element", tag, attributes, children, block, own: false };
}

/** A place that links lead to; a link holds no second one. */
export function placeNode(attributes: string, inLink: boolean): ElementNode {
  return phraseNode(inLink ? "span" : "a", attributes, []);
}

export function blockNode(tag: string, attributes: string, children: Node[]): ElementNode {
  return { kind: "element", tag, attributes, children, block: true, own: false };
}

function creditNode(credit: string): ElementNode {
  const text: TextNode = { kind: "text", text: credit, fixed: true, counted: true };
  return { ...phraseNode("small", ' class="credit"', [text]), own: true };
}

export function plain(nodes: Node[]): string {
  return nodes
    .map((node) => {
      if (node.kind === "text") return node.text;
      if (node.kind === "element" && node.tag === "br") return "\n";
      if (node.kind === "element" && node.own && / role="doc-noteref"/.test(node.attributes))
        return "";
      return "children" in node ? plain(node.children) : "";
    })
    .join("");
}

export function pictureIn(nodes: Node[]): PictureNode | undefined {
  const [only, ...others] = nodes.filter((node) => node.kind !== "text" || node.text.trim() !== "");
  if (others.length > 0 || !only) return undefined;
  if (only.kind === "picture") return only;
  return only.kind === "element" && (only.tag === "a" || only.tag === "p")
    ? pictureIn(only.children)
    : undefined;
}

/** What an element that holds no words of its own is made of. Whatever else stands in it is wrapped in the first of these. */
const PARTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["dl", ["dd", "dt"]],
  ["ol", ["li"]],
  ["table", ["tbody", "caption", "thead", "tfoot"]],
  ["tbody", ["tr"]],
  ["tfoot", ["tr"]],
  ["thead", ["tr"]],
  ["tr", ["td", "th"]],
  ["ul", ["li"]],
]);

/** Children as the element can hold them (HTML, sections 4.4, 4.9 and 4.11): its parts, or the summary before the rest. */
export function arranged(tag: string, children: Node[]): Node[] {
  if (tag === "details") return summarized(children);
  const names = PARTS.get(tag);
  if (names === undefined) return children;
  const isPart = (node: Node) => node.kind === "element" && names.includes(node.tag);
  const parts: Node[] = [];
  for (const nodes of runsOf(unpacked(children, isPart))) {
    const [node] = nodes;
    const last = parts.at(-1);
    if (node && isPart(node)) parts.push(node);
    else if (!nodes.some(saysSomething)) continue;
    else if (node && isList(node) && last && isElement(last, "li")) last.children.push(node);
    else parts.push(blockNode(names[0] ?? "", "", arranged(names[0] ?? "", nodes)));
  }
  const isCaption = (node: Node) => isElement(node, "caption");
  return [...parts.filter(isCaption), ...parts.filter((node) => !isCaption(node))];
}

function summarized(children: Node[]): Node[] {
  const nodes = unpacked(children, (node) => isElement(node, "summary"));
  const index = nodes.findIndex((node) => isElement(node, "summary"));
  const first = nodes[index];
  if (!first) return children;
  const after = nodes
    .slice(index + 1)
    .map((node) => (isElement(node, "summary") ? division(node.children) : node));
  return [first, division(nodes.slice(0, index)), ...after];
}

function division(children: Node[]): Node {
  return { kind: "division", children };
}

function isList(node: Node): boolean {
  return isElement(node, "ul") || isElement(node, "ol");
}

/** Takes what is looked for out of the elements that were unwrapped around it. */
function unpacked(nodes: Node[], isSought: (node: Node) => boolean): Node[] {
  return nodes.flatMap((node) => {
    if (node.kind !== "division") return [node];
    const inside = unpacked(node.children, isSought);
    return inside.some(isSought) ? inside : [node];
  });
}

/**
 * Puts emphasis that stands around blocks into each of them, as browsers show it: `<b><p>…</p></b>` was written for years.
 */
export function spread(tag: string, attributes: string, nodes: Node[]): Node[] {
  return runsOf(nodes).flatMap((run) => {
    const [node] = run;
    if (!node || !isBlock(node))
      return run.some(saysSomething) ? [phraseNode(tag, attributes, run)] : run;
    return "children" in node
      ? [{ ...node, children: spread(tag, attributes, node.children) }]
      : [node];
  });
}

/** The words of blocks where only running text can stand: paragraphs and divisions are taken apart. */
export function flattened(nodes: Node[]): Node[] {
  return nodes.flatMap((node) => {
    return node.kind === "division" || isElement(node, "p")
      ? [TEXT_SPACE, ...flattened(node.children), TEXT_SPACE]
      : [node];
  });
}

/** A figure as ours are: the library says who made the picture, and has a caption where the author has none. */
export function framed(given: string, inside: Node[]): ElementNode {
  const { attributes, nodes } = merged(given, inside);
  const isCaption = (node: Node) => isElement(node, "figcaption");
  // A paragraph around a picture would become a figure of its own.
  const isFramed = (node: Node) => isElement(node, "p") && pictureIn(node.children) !== undefined;
  const isSought = (node: Node) => isCaption(node) || node.kind === "picture" || isFramed(node);
  const children = unpacked(nodes, isSought).flatMap((node) =>
    isFramed(node) && "children" in node ? node.children : [node],
  );
  const pictures = children.filter((node) => !isCaption(node));
  const known = pictureIn(pictures)?.known;
  const credits = [
    ...new Set(picturesOf(pictures).flatMap(({ known: each }) => each?.credit ?? [])),
  ];
  const written = children.filter(isCaption).flatMap((node, index) => {
    const words = "children" in node ? node.children : [];
    return index === 0 ? words : [TEXT_SPACE, ...words];
  });
  const words = written.length > 0 || !known?.caption ? written : [textNode(known.caption)];
  const told = [...words, ...credits.map(creditNode)].flatMap((node, index) =>
    index > 0 && index >= words.length ? [TEXT_SPACE, node] : [node],
  );
  const caption = told.length > 0 ? [blockNode("figcaption", "", told)] : [];
  const tall = known && isTall(known) ? ' class="tall"' : "";
  return blockNode("figure", attributes + tall, [
    ...children.filter((node) => !isCaption(node)),
    ...caption,
  ]);
}

/** A figure that Markdown made inside of the author's becomes theirs: their caption in place of the library's, its credit stays. */
function merged(attributes: string, nodes: Node[]): { attributes: string; nodes: Node[] } {
  const figures = nodes.filter(
    (node) => isElement(node, "figure") && node.own && !node.attributes.includes('class="embed"'),
  );
  const [figure] = figures;
  if (!figure || !("attributes" in figure) || figures.length > 1) return { attributes, nodes };
  const isCaptioned = nodes.some((node) => isElement(node, "figcaption"));
  const captions = figure.children.flatMap((node) => {
    if (!isElement(node, "figcaption")) return [];
    const kept = node.children.filter((each) => !isCaptioned || isElement(each, "small"));
    return kept.length > 0 ? [{ ...node, children: kept }] : [];
  });
  const inside = figure.children.filter((node) => !isElement(node, "figcaption"));
  const around = nodes.flatMap((node) => (node === figure ? inside : [node]));
  return { attributes: attributes + figure.attributes, nodes: [...around, ...captions] };
}

function isElement(node: Node, tag: string): node is ElementNode {
  return node.kind === "element" && node.tag === tag;
}

function picturesOf(nodes: Node[]): PictureNode[] {
  return nodes.flatMap((node) => {
    if (node.kind === "picture") return [node];
    return "children" in node ? picturesOf(node.children) : [];
  });
}
