import { INDEXED, plainText } from "./plain.ts";
import { stemmerOf } from "./stems.ts";
import { tokensOf, wordsWithin } from "./tokens.ts";

// A story as the index has it: each column is tokens with spaces between. Nothing of it is ever shown.

/** What of a story is searched. */
export interface Searchable {
  title: string;
  standfirst: string | null;
  /** What its authors and its tags are called. */
  names: string[];
  html: string;
  /** BCP 47: the story's, or the site's. */
  language: string;
}

/** The columns of the index but for what the story is filed under. */
export interface Prepared {
  title: string;
  standfirst: string;
  names: string;
  body: string;
  words: string;
}

/** How much of a body is parted into words where its script does not: that takes some microseconds a character. */
const PARTED = 20_000;

/** The most of a column, in characters: a letter of a text may stand for eighteen (U+FDFA), and D1 takes 2 MB. */
const COLUMN = 400_000;

/** Prepares a story; call learnStems() before. */
export function prepare({ title, standfirst, names, html, language }: Searchable): Prepared {
  const body = plainText(html).slice(0, INDEXED).toWellFormed();
  const texts = [title, standfirst ?? "", names.join("\n"), body.slice(0, PARTED)];
  const words = new Set(texts.flatMap((text) => [...wordsWithin(text, language)]));
  return {
    title: columnOf(title, language),
    standfirst: columnOf(standfirst ?? "", language),
    names: columnOf(names.join("\n"), language),
    body: columnOf(body, language).slice(0, COLUMN).toWellFormed(),
    words: [...words].join(" "),
  };
}

/** Stands where a line ends, so that no phrase is found across it. No token is written so. */
const BREAK = "¶";

/** The tokens in their order, for words and phrases; then their stems, each once. */
function columnOf(text: string, language: string): string {
  const tokens = tokensOf(text);
  const stemOf = stemmerOf(language);
  const inOrder = tokens.flatMap((token, index) =>
    token.isFirst && index > 0 ? [BREAK, token.text] : [token.text],
  );
  const stems = new Set(
    tokens.flatMap(({ start, end, isCharacter }) =>
      isCharacter ? [] : (stemOf?.(text.slice(start, end)) ?? []),
    ),
  );
  return [...inOrder, ...(stems.size > 0 ? [BREAK, ...stems] : [])].join(" ");
}

/** What a story is filed under, as a query asks for it: a kind and an id. */
export const filedUnder = {
  section: (id: string) => `s·${id}`,
  author: (id: string) => `a·${id}`,
  tag: (id: string) => `t·${id}`,
  /** A story, or a page that is none. */
  form: (form: string) => `f·${form}`,
  kind: (kind: string) => `k·${kind}`,
  status: (status: string) => `st·${status}`,
  assignee: (id: string) => `as·${id}`,
  maker: (id: string) => `by·${id}`,
  /** Waits for review. */
  waiting: "wa·1",
  /** Is out as it stands. */
  out: "out·1",
};
