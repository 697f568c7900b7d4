import type { NoteDefinition, NoteReference } from "./note.ts";
import { escapeAttribute } from "./safety.ts";
import { withName, type MarkupWords } from "./words.ts";

/** Numbers the footnotes of one body as they are referred to, and writes them at its end. */
export class NoteWriter {
  readonly #words: MarkupWords;
  readonly #notes: NoteDefinition[] = [];

  constructor(words: MarkupWords) {
    this.#words = words;
  }

  reference({ note }: NoteReference): string {
    if (note.number === 0) note.number = this.#notes.push(note);
    note.citations += 1;
    const label = escapeAttribute(withName(this.#words.note, note.number));
    return `<sup class="note-ref"><a id="${referenceId(note, note.citations)}" href="#fn-${note.number}" role="doc-noteref" aria-label="${label}">${note.number}</a></sup>`;
  }

  /** Notes in the order of their first reference. A note that nothing refers to is left out. */
  write(textOf: (note: NoteDefinition) => string): string {
    const texts: string[] = [];
    // A note can be the first to refer to another, which then joins the end of the list.
    for (const note of this.#notes) texts.push(textOf(note));
    if (texts.length === 0) return "";
    const items = this.#notes.map((note, index) => {
      return `<li id="fn-${note.number}">${withBackLinks(texts[index] ?? "", this.#backLinks(note))}</li>\n`;
    });
    const label = escapeAttribute(this.#words.notes);
    return `<section class="notes" role="doc-endnotes" aria-label="${label}">\n<ol>\n${items.join("")}</ol>\n</section>\n`;
  }

  #backLinks(note: NoteDefinition): string {
    const links = Array.from({ length: note.citations }, (_, index) => {
      const which = index === 0 ? `${note.number}` : `${note.number}-${index + 1}`;
      const label = escapeAttribute(withName(this.#words.backToReference, which));
      // U+FE0E keeps the arrow from being drawn as an emoji.
      const arrow = index === 0 ? "↩\ufe0e" : `↩\ufe0e<sup>${index + 1}</sup>`;
      return `<a class="note-back" href="#${referenceId(note, index + 1)}" role="doc-backlink" aria-label="${label}">${arrow}</a>`;
    });
    return links.join(" ");
  }
}

function referenceId({ number }: NoteDefinition, citation: number): string {
  return citation === 1 ? `fnref-${number}` : `fnref-${number}-${citation}`;
}

/** The way back stands at the end of the note's last paragraph, or after its last block. */
function withBackLinks(html: string, links: string): string {
  return html.endsWith("</p>\n")
    ? `${html.slice(0, -"</p>\n".length)} ${links}</p>`
    : `${html}<p>${links}</p>`;
}
