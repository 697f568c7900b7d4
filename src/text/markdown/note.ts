import type { Token } from "marked";

// Footnotes among marked's tokens.

/** A footnote as the source defines it. `citations` and `number` are counted while the page is written. */
export interface NoteDefinition {
  content: Token[];
  number: number;
  citations: number;
  /** The line of the body on which it stands, from 1. */
  line?: number;
}

/** Where a definition stands. */
export interface NoteToken {
  type: "noteDefinition";
  raw: string;
  note: NoteDefinition;
}

/** `[^label]` in running text. */
export interface NoteReference {
  type: "noteReference";
  raw: string;
  note: NoteDefinition;
}
