import type { MarkedToken, Token, Tokens } from "marked";
import type { NoteReference, NoteToken } from "./note.ts";
import { OBJECT } from "./typography.ts";
import type { Piece } from "./typography.ts";

/** A node of a body: marked's own, or one of ours. */
export type Node = MarkedToken | NoteReference | NoteToken;

/** The text of inline tokens without any markup: for the ids of headings, alternative texts and counting. */
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
        if (CODE.test(node.raw)) state.keys += 1;
        if (CODE_END.test(node.raw)) state.keys = Math.max(0, state.keys - 1);
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

/** Elements of the author's whose text stays as it was written. */
const CODE = /^<(?:code|kbd|pre|samp|tt|var)[\s/>]/i;
const CODE_END = /^<\/(?:code|kbd|pre|samp|tt|var)[\s>]/i;

/** Comments are for editors: they leave no mark. */
export function isComment(raw: string): boolean {
  return /^<!--[^]*-->\s*$/.test(raw) && raw.indexOf("-->", 2) === raw.trimEnd().length - 3;
}
