import { stemsOf } from "./stems.ts";
import { tokensOf, wordsWithin, type Token } from "./tokens.ts";

// What a reader or an editor typed, and what the index is asked for it. Whatever was typed is a query, if of nothing: only letters and
// numbers of it come as far as SQL, each in quotation marks.

/** One thing that has to be there, or must not be: a word, or several that follow one another. */
export interface Term {
  tokens: string[];
  /** What else the word may be: its stems, each with its language. Of several words there are none. */
  stems: string[];
  /** The last token may be the beginning of a word. */
  isBeginning: boolean;
  /** Of what is characters without spaces alone, the words that Intl.Segmenter sees in them. */
  words: string[];
}

export interface Query {
  terms: Term[];
  excluded: Term[];
  /** It had more words than are looked for. */
  isCut: boolean;
}

/** The longest query, in characters, and the most terms of one. */
export const QUERY_LENGTH = 200;
const TERMS = 12;

/** Fewer letters begin too many words: `a*` is every story, and each of its words would be read. */
const SHORTEST_BEGINNING = 3;

/** A query as it is written in an address: in lower case, without what does not show, and no longer than it may be. */
export function canonicalQuery(typed: string): string {
  const shown = typed
    .toWellFormed()
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\p{Cc}\p{Cn}\p{Co}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return Array.from(shown).slice(0, QUERY_LENGTH).join("").trim();
}

/** Reads a query; call learnStems() before. `language` is that of the site (BCP 47). */
export function readQuery(typed: string, language: string): Query {
  const terms: Term[] = [];
  const excluded: Term[] = [];
  const chunks = [...typed.replace(/[“”„‟«»]/g, '"').matchAll(CHUNKS)];
  for (const [index, [whole, quoted, plain = ""]] of chunks.entries()) {
    const isExcluded = whole.startsWith("-");
    const isLast = index === chunks.length - 1 && quoted === undefined && !isExcluded;
    const parts = quoted === undefined ? partsOf(plain) : [quoted];
    const made = parts.flatMap((part, at) =>
      termOf(part, {
        language,
        isLast: isLast && at === parts.length - 1,
        isQuoted: quoted !== undefined,
      }),
    );
    (isExcluded ? excluded : terms).push(...made);
  }
  return {
    terms: terms.slice(0, TERMS),
    excluded: excluded.slice(0, TERMS),
    isCut: terms.length > TERMS || excluded.length > TERMS,
  };
}

/** A phrase in quotation marks, of which the last may be missing; or what stands between spaces. Each may be excluded. */
const CHUNKS = /-*"([^"]*)"?|-*([^\s"]+)/g;

/** An apostrophe parts words, and a letter before or behind it is none: l'avion is looked for as avion. */
function partsOf(chunk: string): string[] {
  const parts = chunk.split(/['’ʼ]/).filter((part) => tokensOf(part).length > 0);
  const long = parts.filter((part) => part.length > 1);
  return long.length > 0 ? long : parts;
}

interface Place {
  language: string;
  isLast: boolean;
  isQuoted: boolean;
}

function termOf(text: string, { language, isLast, isQuoted }: Place): Term[] {
  const tokens = tokensOf(text);
  const [first] = tokens;
  const last = tokens.at(-1);
  if (!first || !last) return [];
  // What is in quotation marks is looked for as it is written.
  const isWord = tokens.length === 1 && !first.isCharacter && !isQuoted;
  const isBeginning = isLast && !last.isCharacter && last.text.length >= SHORTEST_BEGINNING;
  return [
    {
      tokens: tokens.map((token) => token.text),
      stems: isWord ? stemsOf(text.slice(first.start, first.end)) : [],
      isBeginning,
      words: wordsOf(text, tokens, { language, isQuoted }),
    },
  ];
}

/** The words of characters: none of a phrase, which stands as it is written, and none beside other letters, as in 2026年. */
function wordsOf(
  text: string,
  tokens: Token[],
  { language, isQuoted }: Pick<Place, "language" | "isQuoted">,
): string[] {
  if (!tokens.every(({ isCharacter }) => isCharacter)) return [];
  const words = [...wordsWithin(text, language)];
  return isQuoted && words.length > 1 ? [] : words;
}

/** The columns of the index. */
type Column = "title" | "standfirst" | "names" | "body" | "words" | "filed";

/** What the index is asked: FTS5's query syntax (https://www.sqlite.org/fts5.html#full_text_query_syntax). */
export interface Asked {
  query: Query;
  /** Where all terms must be; anywhere if not said. */
  within?: Column[];
  /** Terms that must stand in the headline beside that. */
  headed?: Term[];
  /** What the story must be filed under: of each group, one. */
  filed?: string[][];
}

/** The expression for MATCH. */
export function matchOf({ query, within, headed = [], filed = [] }: Asked): string {
  const isByWords = within?.length === 1 && within[0] === "words";
  const all = query.terms.map(isByWords ? byWords : anyFormOf).join(" AND ");
  const required = [
    within && !isByWords ? `({${within.join(" ")}} : (${all}))` : `(${all})`,
    ...headed.map((term) => `({title} : (${anyFormOf(term)}))`),
    ...filed.map((group) => `({filed} : (${group.map(quoted).join(" OR ")}))`),
  ].join(" AND ");
  if (query.excluded.length === 0) return required;
  return `(${required}) NOT (${query.excluded.map(anyFormOf).join(" OR ")})`;
}

function anyFormOf({ tokens, stems, isBeginning }: Term): string {
  const exact = quoted(tokens.join(" ")) + (isBeginning ? " *" : "");
  return `(${[exact, ...stems.map(quoted)].join(" OR ")})`;
}

/** The same of the words of a term; what has none, as before, in whatever column. */
function byWords(term: Term): string {
  const { words } = term;
  return words.length > 0 ? `({words} : (${words.map(quoted).join(" AND ")}))` : anyFormOf(term);
}

/** No token has a quotation mark in it: what is filed may be named by an id of any kind. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', "")}"`;
}
