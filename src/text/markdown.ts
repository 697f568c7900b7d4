import { Marked } from "marked";
import type { Token } from "marked";
import { BoundedLexer } from "./markdown/bounds.ts";
import { MARKDOWN_LIMITS } from "./markdown/limits.ts";
import { noteExtensions } from "./markdown/notes.ts";
import { keepHtml, type Keeping } from "./markdown/html.ts";
import { countWords, normalize } from "./markdown/text.ts";
import { Writer } from "./markdown/write.ts";
import type { Note, Setting } from "./markdown/write.ts";

export { MARKDOWN_LIMITS };

/** A body as readers get it. */
export interface Rendered {
  html: string;
  words: number;
  /** Hashes of the library's pictures that it shows. */
  pictures: string[];
  /** Addresses of pictures that have neither alt text nor a mark that they are decorative. */
  undescribed: string[];
  /** Addresses under /media that no picture of the library has. */
  unknown: string[];
  /** Keys of the charts elsewhere that it shows, and of those of them that have no still picture here. */
  charts: string[];
  stillsMissing: string[];
  /** What of the author's HTML was left out, each kind once, by lines. */
  notes: Note[];
}

/** The HTML, or a sentence that tells the editor what to change. */
export type MarkdownOutcome = { ok: true; value: Rendered } | { ok: false; message: string };

/** Renders Markdown to safe HTML. */
export function renderMarkdown(markdown: string, setting: Setting): MarkdownOutcome {
  const read = readMarkdown(markdown);
  if (!read.ok) return read;
  const size = bytes(markdown);
  const writer = new Writer(setting, MARKDOWN_LIMITS.storedBytes - size);
  const written = writer.write(read.tokens);
  if (writer.isFull) {
    const most = count(MARKDOWN_LIMITS.storedBytes);
    return refuse(`The body and its HTML take more than ${most} bytes, which is all that fits`);
  }
  // A body without HTML is the writer's own, word for word.
  const kept: Keeping =
    writer.pieces.length === 0
      ? { ok: true, html: written }
      : keepHtml(written, writer.pieces, writer);
  if (!kept.ok) return kept;
  const { html } = kept;
  const stored = size + bytes(html);
  if (stored > MARKDOWN_LIMITS.storedBytes) {
    return refuse(
      `The body and its HTML take ${count(stored)} bytes; at most ${count(MARKDOWN_LIMITS.storedBytes)} fit`,
    );
  }
  return {
    ok: true,
    value: {
      html,
      words: countWords(writer.prose.join("\n")),
      pictures: writer.pictures.pictures,
      undescribed: writer.pictures.undescribed,
      unknown: writer.pictures.unknown,
      charts: [...writer.charts.shown],
      stillsMissing: [...writer.charts.missing],
      notes: [...writer.left.values()].sort((a, b) => a.line - b.line),
    },
  };
}

/** Why the parser would not read this to its end, or undefined: the bounds alone, for tests to see them hold. */
export function boundProblem(markdown: string): string | undefined {
  const tooLong = lengthProblem(markdown);
  if (tooLong !== undefined) return tooLong;
  const lexer = new BoundedLexer(normalize(markdown), marked.defaults);
  lexer.lex(normalize(markdown));
  return lexer.problem;
}

const marked = new Marked({ gfm: true, async: false, extensions: noteExtensions });

type Reading = { ok: true; tokens: Token[] } | { ok: false; message: string };

function readMarkdown(markdown: string): Reading {
  const tooLong = lengthProblem(markdown);
  if (tooLong !== undefined) return refuse(tooLong);
  const source = normalize(markdown);
  const lexer = new BoundedLexer(source, marked.defaults);
  try {
    const tokens = lexer.lex(source);
    return lexer.problem === undefined ? { ok: true, tokens } : refuse(lexer.problem);
  } catch (error) {
    // Nothing is known to get here; a mistake in the parser must cost one editor one save, not a crash.
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    return refuse(
      `The Markdown parser gave up on this body ("${reason}"); simplify what changed last`,
    );
  }
}

function lengthProblem(markdown: string): string | undefined {
  const { bodyBytes } = MARKDOWN_LIMITS;
  // A UTF-16 code unit is at least one byte: what is too long by that count need not be encoded.
  const size = markdown.length > bodyBytes ? markdown.length : bytes(markdown);
  if (size <= bodyBytes) return undefined;
  return `The body takes ${count(size)} bytes; at most ${count(bodyBytes)} are allowed`;
}

function refuse(message: string): { ok: false; message: string } {
  return { ok: false, message };
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function count(number: number): string {
  return number.toLocaleString("en");
}
