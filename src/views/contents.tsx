import { primaryOf } from "../domain/language.ts";
import { marked } from "./language.ts";
import type { Voice } from "./voice.ts";

// The table of contents of a long read, made of the subheads in its body as it is stored: our own writer's HTML, balanced, in which
// no attribute has an angle bracket.

/** From how many words on a story is a long read, and how many subheads are worth a table. */
const LONG_READ = 1200;
const SUBHEADS = 3;

/** A subhead: where it is in the page, and what it says, as plain text. */
interface Subhead {
  id: string;
  text: string;
}

/** What a long read is made of; nothing for a story that is none. On a phone it is folded. */
export function Contents({ story, voice: { words, language } }: { story: Long; voice: Voice }) {
  const subheads = story.words < LONG_READ ? [] : subheadsOf(story.html);
  if (subheads.length < SUBHEADS) return null;
  return (
    <nav class="contents" aria-label={words.contents}>
      <details>
        <summary {...marked(words.language, primaryOf(language))}>{words.contents}</summary>
        <ol>
          {subheads.map(({ id, text }) => (
            <li>
              <a href={`#${id}`} dir="auto">
                {text}
              </a>
            </li>
          ))}
        </ol>
      </details>
    </nav>
  );
}

interface Long {
  html: string;
  words: number;
}

/** The subheads of a body, but for those of what is quoted, boxed or listed in it. */
export function subheadsOf(html: string): Subhead[] {
  const subheads: Subhead[] = [];
  let depth = 0;
  for (const { index, 0: tag, 1: end, 2: name, 3: attributes = "" } of html.matchAll(TAGS)) {
    if (name !== "h2") {
      depth += end ? -1 : 1;
      continue;
    }
    const id = / id="([^"]*)"/.exec(attributes)?.[1];
    if (end || depth > 0 || id === undefined) continue;
    const from = index + tag.length;
    const text = textOf(html.slice(from, html.indexOf("</h2>", from)));
    if (text !== "") subheads.push({ id: decoded(id), text });
  }
  return subheads;
}

const TAGS =
  /<(\/?)(aside|blockquote|details|div|dl|figure|h2|ol|pre|section|table|ul)(?=[\s>])([^>]*)>/g;

/** What a subhead says, without notes, readings beside characters, and pictures. */
function textOf(html: string): string {
  const words = html
    .replace(/<sup class="note-ref">.*?<\/sup>|<(rt|rp)(?=[\s>])[^>]*>.*?<\/\1>/gs, "")
    .replace(/<br>/g, " ")
    .replace(/<[^>]*>/g, "");
  return decoded(words).replace(/\s+/g, " ").trim();
}

/** Text as it was before it was escaped (text/markdown/safety.ts). */
function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => CHARACTERS[name] ?? "");
}

const CHARACTERS: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
