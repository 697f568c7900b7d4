import type { Token, TokenizerAndRendererExtension } from "marked";
import { BoundedLexer } from "./bounds.ts";

/** Where a definition stood; it leaves no mark there. */
const noteDefinition: TokenizerAndRendererExtension = {
  name: "noteDefinition",
  level: "block",
  // Lets a definition follow its paragraph without an empty line. Looks no further than this paragraph.
  start(source) {
    const found = /\n[ \t]*\n|\n {0,3}\[\^[^\]\s]{1,100}\]:/.exec(source);
    return found?.[0].endsWith(":") ? found.index + 1 : undefined;
  },
  tokenizer(source) {
    const lexer = this.lexer;
    if (!(lexer instanceof BoundedLexer) || lexer.inNote || lexer.problem !== undefined)
      return undefined;
    const found = /^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*/.exec(source);
    if (!found?.[1]) return undefined;
    const { raw, text } = readContent(source, found[0].length);
    const label = found[1].toLowerCase();
    // The first definition of a label counts, as with link definitions; a second is dropped.
    const known = lexer.notes.get(label);
    const note = known ?? { content: lexContent(lexer, text), number: 0, citations: 0 };
    if (!known) lexer.notes.set(label, note);
    return { type: "noteDefinition", raw, note };
  },
};

const noteReference: TokenizerAndRendererExtension = {
  name: "noteReference",
  level: "inline",
  tokenizer(source) {
    const lexer = this.lexer;
    // A link holds no second link, so inside one the reference stays text.
    if (!source.startsWith("[^") || !(lexer instanceof BoundedLexer) || lexer.state.inLink)
      return undefined;
    const found = /^\[\^([^\]\s]{1,100})\]/.exec(source);
    const note = found?.[1] && lexer.notes.get(found[1].toLowerCase());
    if (!found || !note || !lexer.spendExpansion(WRITTEN_REFERENCE)) return undefined;
    return { type: "noteReference", raw: found[0], note };
  },
};

/** Characters of HTML that four of Markdown become: the link to a note, and the one back. */
const WRITTEN_REFERENCE = 220;

export const noteExtensions = [noteDefinition, noteReference];

function lexContent(lexer: BoundedLexer, text: string): Token[] {
  const { top } = lexer.state;
  lexer.inNote = true;
  lexer.state.top = true;
  const content = lexer.blockTokens(text);
  lexer.inNote = false;
  lexer.state.top = top;
  return content;
}

/** The first line, lines that lazily continue it, and whatever follows indented by four spaces or a tab. */
function readContent(source: string, from: number): { raw: string; text: string } {
  const text: string[] = [];
  let at = from;
  let end = from;
  let continues = true;
  while (at < source.length) {
    const lineEnd = source.indexOf("\n", at);
    const next = lineEnd === -1 ? source.length : lineEnd + 1;
    const line = source.slice(at, lineEnd === -1 ? next : lineEnd);
    const isBlank = line.trim() === "";
    const isIndented = /^(?: {4}|\t)/.test(line);
    if (at > from && !isBlank && !isIndented && !(continues && !STARTS_BLOCK.test(line))) break;
    text.push(isIndented ? line.replace(/^(?: {4}|\t)/, "") : line);
    if (!isBlank) end = next;
    continues = !isBlank;
    at = next;
  }
  return { raw: source.slice(0, Math.max(end, from)), text: text.join("\n").trimEnd() };
}

const STARTS_BLOCK =
  /^ {0,3}(?:\[[^\]]+\]:|#{1,6}(?:\s|$)|>|[-+*]\s|\d{1,9}[.)]\s|`{3}|~{3}|\||<|(?:[-*_][ \t]*){3,}$)/;
