import { SPELLED_OUT } from "../latin.ts";

// What search takes text for: words without their accents, and of scripts that put no spaces between words each character. The same
// is done to what is written and to what is asked, so that both meet.

/** A word, or a character of a script without spaces, as the index has it; and where it stands in the text, in UTF-16 units. */
export interface Token {
  text: string;
  start: number;
  end: number;
  /** It is one character of a script that puts no spaces between words. */
  isCharacter: boolean;
  /** A line begins with it: no phrase goes on across lines. */
  isFirst: boolean;
}

/** The tokens of a text, in order. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let isFirst = true;
  for (const match of text.matchAll(PARTS)) {
    const [part, character] = match;
    if (part === "\n") {
      isFirst = true;
      continue;
    }
    const folded = fold(part);
    // Marks and joiners alone say nothing.
    if (folded === "") continue;
    const isCharacter = character !== undefined;
    const end = match.index + part.length;
    tokens.push({ text: folded, start: match.index, end, isCharacter, isFirst });
    isFirst = false;
  }
  return tokens;
}

/**
 * Letters of scripts in which words are not told apart by spaces; and Korean, whose words carry their endings: 서울에서 is found by
 * 서울.
 */
const UNSPACED =
  "(?=[\\p{L}\\p{N}])[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}\\p{scx=Yiii}\\p{scx=Java}\\p{scx=Bali}\\p{scx=Lana}\\p{scx=Talu}\\p{scx=Tale}]";

/** What is not seen and parts no word: soft hyphens and joiners. */
const JOINED = "\\u00ad\\u200c\\u200d\\u2060";

/** A line break, a character with its marks (half-width Japanese has them as letters), or a word. */
const PARTS = new RegExp(
  `\\n|(${UNSPACED}[\\p{M}\\uff9e\\uff9f]*)|(?:(?!${UNSPACED})[\\p{L}\\p{N}])(?:(?!${UNSPACED})[\\p{L}\\p{N}\\p{M}${JOINED}])*`,
  "gu",
);

/** Runs of such characters, which Intl.Segmenter parts into words. */
const UNSPACED_RUNS = new RegExp(`(?:${UNSPACED}\\p{M}*)+`, "gu");

/** The words of the parts of a text whose script has no spaces, as tokens without their order; `language` is BCP 47. */
export function wordsWithin(text: string, language: string): Set<string> {
  const words = new Set<string>();
  for (const [run] of text.matchAll(UNSPACED_RUNS)) {
    for (const { segment, isWordLike } of segmenterOf(language).segment(run))
      if (isWordLike) words.add(fold(segment));
  }
  return words;
}

/** Making a segmenter takes longer than most texts: each language's is kept. */
const segmenters = new Map<string, Intl.Segmenter>();

function segmenterOf(language: string): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known) return known;
  const made = new Intl.Segmenter(language, { granularity: "word" });
  segmenters.set(language, made);
  return made;
}

/**
 * A word as it is found: in lower case, without what is an accent in its script. What is no accent stays: the marks of Japanese,
 * Thai and Indian scripts make other sounds, and й is another letter than и.
 */
export function fold(word: string): string {
  if (PLAIN.test(word)) return word.toLowerCase();
  const known = folds.get(word);
  if (known !== undefined) return known;
  const folded = foldAnew(word);
  if (folds.size >= KNOWN) folds.clear();
  folds.set(word, folded);
  return folded;
}

/** Words and characters met before: a text says most of its own again. */
const folds = new Map<string, string>();
const KNOWN = 20_000;

function foldAnew(word: string): string {
  const lower = word
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .toLowerCase();
  return lower
    .replace(LATIN_OR_GREEK, (run) =>
      run
        .normalize("NFD")
        .replace(/\p{M}+/gu, "")
        .replace(/ς/g, "σ"),
    )
    .replace(/(?![a-z])\p{Script=Latin}/gu, (letter) => SPELLED_OUT[letter] ?? letter)
    .replace(UNWRITTEN, "")
    .replace(
      /[ё\u0622\u0623\u0625\u0671\u0649\u06cc\u06a9\u0629\u0624\u0626]/g,
      (letter) => ALIKE[letter] ?? letter,
    )
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .normalize("NFC");
}

/** Stress in Russian, points in Hebrew, vowels and stretching in Arabic: who looks for a word leaves them out. */
const UNWRITTEN = /\u0300|\u0301|\u0640|[\u0591-\u05c7]|[\u064b-\u065f]|\u0670|[\u06d6-\u06ed]/g;

const PLAIN = /^[A-Za-z0-9]*$/;
const LATIN_OR_GREEK = /(?:[\p{Script=Latin}\p{Script=Greek}]\p{M}*)+/gu;

/** Letters that people write one for the other: Russian ё, the forms of alef, yeh and kaf, and teh marbuta. */
const ALIKE: Record<string, string> = {
  ё: "е",
  "\u0622": "\u0627",
  "\u0623": "\u0627",
  "\u0625": "\u0627",
  "\u0671": "\u0627",
  "\u0649": "\u064a",
  "\u06cc": "\u064a",
  "\u06a9": "\u0643",
  "\u0629": "\u0647",
  "\u0624": "\u0648",
  "\u0626": "\u064a",
};
