import type { Query, Term } from "./query.ts";
import { stemmerOf } from "./stems.ts";
import { tokensOf, type Token } from "./tokens.ts";

// Where a text says what was looked for. It is found in the text as readers get it, since the index has no text to show.

/** A piece of a text, and whether it is what was looked for. */
export interface Part {
  text: string;
  isMatch: boolean;
}

/** A text in pieces; `language` is its own (BCP 47). Call learnStems() before. */
export function highlight(text: string, query: Query, language: string): Part[] {
  return partsBetween(text, matchesIn(text, query, language), [0, text.length]);
}

/** How long an excerpt is, in UTF-16 units. */
const EXCERPT = 240;
/** How much of that stands before the first match, if there is more. */
const LEAD = 60;
/** How much of a text is looked at first: to part it into words is most of the work of a page of results. */
const NEAR = 4000;
/** How much of a text is looked at for an excerpt. */
export const EXCERPTED = 40_000;

/** The lines around the densest matches of a text; its beginning where there are none. */
export function excerpt(text: string, query: Query, language: string): Part[] {
  const line = text.slice(0, EXCERPTED).toWellFormed().replaceAll("\n", " · ");
  const all = query.terms.length;
  let matches = matchesIn(line.slice(0, NEAR), query, language);
  let best = bestOf(matches, all);
  // The first lines with all terms are the best: then nobody need read on.
  if (best.terms < all || best.start > NEAR - 2 * EXCERPT) {
    matches = matchesIn(line, query, language);
    best = bestOf(matches, all);
  }
  const from = startOf(line, best.start);
  const end = from + EXCERPT >= line.length ? line.length : wordEnd(line, from + EXCERPT);
  const parts = partsBetween(line, matches, [from, end]);
  return [
    ...(from > 0 ? [{ text: "… ", isMatch: false }] : []),
    ...parts,
    ...(end < text.length ? [{ text: " …", isMatch: false }] : []),
  ];
}

interface Match {
  start: number;
  end: number;
  term: number;
}

function matchesIn(text: string, { terms }: Query, language: string): Match[] {
  const tokens = tokensOf(text);
  const stemOf = terms.some(({ stems }) => stems.length > 0) ? stemmerOf(language) : null;
  const matches: Match[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) continue;
    const stem = stemOf && !token.isCharacter ? stemOf(text.slice(token.start, token.end)) : null;
    for (const [term, wanted] of terms.entries()) {
      const last = lastOf(tokens, at, wanted, stem);
      if (last) matches.push({ start: token.start, end: last.end, term });
    }
  }
  return matches;
}

/** The token with which a term ends that begins at a place; null if it does not. */
function lastOf(tokens: Token[], at: number, term: Term, stem: string | null): Token | null {
  const { tokens: wanted, stems, isBeginning } = term;
  if (stem !== null && stems.includes(stem)) return tokens[at] ?? null;
  for (const [index, text] of wanted.entries()) {
    const token = tokens[at + index];
    if (!token || (index > 0 && token.isFirst)) return null;
    const isEnd = index === wanted.length - 1;
    if (token.text !== text && !(isEnd && isBeginning && token.text.startsWith(text))) return null;
  }
  return tokens[at + wanted.length - 1] ?? null;
}

/** Where the excerpt with most of the terms starts, and how many it has: the first of the best. */
function bestOf(matches: Match[], terms: number): { start: number; terms: number } {
  let best = { start: 0, terms: 0 };
  for (let index = 0; index < matches.length && best.terms < terms; index += 1) {
    const { start = 0 } = matches[index] ?? {};
    const within = new Set<number>();
    for (let at = index; at < matches.length; at += 1) {
      const match = matches[at];
      if (!match || match.end - start > EXCERPT - LEAD) break;
      within.add(match.term);
    }
    if (within.size > best.terms) best = { start, terms: within.size };
  }
  return best;
}

/** A little before a match, at the beginning of a word. */
function startOf(text: string, match: number): number {
  if (match <= LEAD) return 0;
  const from = match - LEAD;
  const space = text.slice(from, match).search(/\s\S/u);
  return space === -1 ? wholeCharacter(text, from) : from + space + 1;
}

function wordEnd(text: string, end: number): number {
  const space = text.slice(end - LEAD, end).search(/\s\S*$/u);
  return space === -1 ? wholeCharacter(text, end) : end - LEAD + space;
}

/** Not between the halves of a surrogate pair, nor before a mark. */
function wholeCharacter(text: string, at: number): number {
  let place = at;
  while (place > 0 && /^[\p{M}\udc00-\udfff]/u.test(text.slice(place, place + 1))) place -= 1;
  return place;
}

/** The pieces of a stretch of text. Matches may overlap: what is in any of them is one. */
function partsBetween(text: string, matches: Match[], [from, to]: [number, number]): Part[] {
  const parts: Part[] = [];
  let at = from;
  for (const { start, end } of matches) {
    if (start < from || end > to || end <= at) continue;
    const begin = Math.max(start, at);
    if (begin > at) parts.push({ text: text.slice(at, begin), isMatch: false });
    const last = parts.at(-1);
    if (last?.isMatch) last.text += text.slice(begin, end);
    else parts.push({ text: text.slice(begin, end), isMatch: true });
    at = end;
  }
  if (at < to) parts.push({ text: text.slice(at, to), isMatch: false });
  return parts;
}
