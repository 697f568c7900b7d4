import { decodeHTMLStrict } from "entities/decode";
import { composed } from "../../domain/composed.ts";

/**
 * Prepares a source for the parser: no byte order mark, `\n` for every kind of line end, U+FFFD for NUL and
 * for halves of surrogate pairs, no other control characters. U+202D and U+202E, which force a direction on
 * any text after them, are taken out: with them a link can show another address than it has. Isolates and
 * embeddings (U+2066–2069, U+202A–C), which honest Arabic and Hebrew need, end with their paragraph and stay. A letter and its
 * marks become one character.
 */
export function normalize(source: string): string {
  return composed(source)
    .toWellFormed()
    .replace(/^\ufeff/, "")
    .replace(/\r\n?|[\u0085\u2028]/g, "\n")
    .replaceAll("\u2029", "\n\n")
    .replaceAll("\0", "\ufffd")
    .replace(CONTROLS, "");
}

/** All controls but tab and line feed, and the two overrides. */
const CONTROLS = /(?![\t\n])\p{Cc}|[\u202d\u202e]/gu;

/** Decodes character references as CommonMark has them: all of HTML's names, with their semicolon, and numbers. */
export function decodeEntities(text: string): string {
  return text.includes("&") ? decodeHTMLStrict(text) : text;
}

/**
 * Counts words. Text in scripts that put spaces between words is counted by its runs of letters and digits;
 * runs of Chinese, Japanese, Thai, Lao, Khmer or Burmese go through Intl.Segmenter, ten times as slow.
 */
export function countWords(text: string): number {
  let words = 0;
  const spaced = text.replace(UNSPACED_SCRIPTS, (run) => {
    for (const { isWordLike } of segmenter.segment(run)) if (isWordLike) words += 1;
    return " ";
  });
  return words + (spaced.match(WORDS)?.length ?? 0);
}

const UNSPACED_SCRIPTS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u30fc々]+/gu;
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’.,-][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
