import type { MarkedToken, Token, Tokens } from "marked";
import type { NoteReference } from "./notes.ts";
import { OBJECT } from "./typography.ts";
import type { Piece } from "./typography.ts";

/** A node of a body: marked's own, or one of ours. */
export type Node = MarkedToken | NoteReference | { type: "noteDefinition"; raw: string };

/** The text of inline tokens without any markup: for headings, excerpts, alternative texts and counting. */
export function plainText(tokens: Token[]): string {
  return (tokens as Node[])
    .map((node) => {
      switch (node.type) {
        case "text":
        case "escape":
        case "codespan":
          return node.text;
        case "br":
          return "\n";
        case "strong":
        case "em":
        case "del":
        case "link":
        case "image":
          return plainText(node.tokens);
        default:
          return ""; // tags, comments, references to notes
      }
    })
    .join("");
}

/** White space between spans, such as a line break at the end of a paragraph. */
export function isBlank(token: Token): boolean {
  return token.type === "text" && (token as Tokens.Text).text.trim() === "";
}

/** The pieces of a run in reading order; those that typography may change, with their token. */
export function collectPieces(
  tokens: Token[],
  state = { keys: 0 },
): (Piece & { token?: Tokens.Text })[] {
  return (tokens as Node[]).flatMap((node) => {
    switch (node.type) {
      case "text":
        return [{ text: node.text, fixed: state.keys > 0, token: node }];
      case "escape":
        return [{ text: node.text, fixed: true }];
      case "strong":
      case "em":
      case "del":
        return collectPieces(node.tokens, state);
      case "link":
        return node.autolink ? [{ text: OBJECT, fixed: true }] : collectPieces(node.tokens, state);
      case "html":
        if (/^<kbd>/i.test(node.raw)) state.keys += 1;
        if (/^<\/kbd>/i.test(node.raw)) state.keys -= 1;
        return [];
      case "br":
        return [{ text: "\n", fixed: true }];
      case "codespan":
        return [{ text: OBJECT, fixed: true }];
      case "image":
        return [{ text: OBJECT, fixed: true }];
      default:
        return []; // a reference to a note, a checkbox: the text before and after belong together
    }
  });
}

/** The tags that may be written by hand, without attributes. Any other is shown as the text it is. */
const TAG = /^<(\/?)(abbr|br|del|ins|kbd|mark|small|sub|sup)\s*\/?>$/i;
const MOST_OPEN_TAGS = 16;

/** Finds the tags that open and close among the same siblings, so that the output is always well nested. */
export function pairTags(tokens: Token[]): Map<Token, string> {
  const pairs = new Map<Token, string>();
  const open: { token: Token; name: string }[] = [];
  for (const token of tokens) {
    const [, slash, written = ""] = (token.type === "html" && TAG.exec(token.raw)) || [];
    const name = written.toLowerCase();
    if (name === "br") pairs.set(token, "<br>");
    if (name === "" || name === "br") continue;
    if (slash === "" && open.length < MOST_OPEN_TAGS) open.push({ token, name });
    const opening = slash === "/" ? open.findLastIndex((tag) => tag.name === name) : -1;
    const start = open[opening];
    if (!start) continue;
    open.length = opening;
    pairs.set(start.token, `<${name}>`).set(token, `</${name}>`);
  }
  return pairs;
}

/** Comments are for editors: they leave no mark. */
export function isComment(raw: string): boolean {
  return raw.startsWith("<!--");
}
