import { primaryOf } from "../language.ts";
import { fold } from "./tokens.ts";

// What words have in common whatever their ending: trams and tram, Häuser and Haus. Each language has its own rules, so a stem says
// whose it is (`tram·en`), and a query asks for the stems of its words in every language.

type Stemmer = (word: string) => string;

let stemmers: ReadonlyMap<string, Stemmer> | null = null;

/** Loads the rules. They are for who searches or indexes: a Worker that starts for a page does not need them. */
export async function learnStems(): Promise<void> {
  if (stemmers) return;
  const [en, de, fr, es, ar] = await Promise.all([
    import("@orama/stemmers/english"),
    import("@orama/stemmers/german"),
    import("@orama/stemmers/french"),
    import("@orama/stemmers/spanish"),
    import("@orama/stemmers/arabic"),
  ]);
  const each = Object.entries({ en, de, fr, es, ar });
  stemmers = new Map(each.map(([language, { stemmer }]) => [language, stemmer]));
}

/**
 * An English stem as Snowball has it, of Porter's older rules (https://snowballstem.org/algorithms/english/stemmer.html): these take
 * news for new, and of short words one for on and used for us.
 */
function asInEnglish(word: string, stem: string): string {
  if (/^(?:news|atlas|bias|cosmos)$/.test(word)) return word;
  const isCut = /^(?:[aeiou][^aeiou]|.i)$/.test(stem) && word !== stem && word !== `${stem}s`;
  return isCut ? `${stem}e` : stem;
}

/** Between a stem and its language. It is in no token: no letter, and no ASCII, which the index would part words at. */
const OF = "·";

/**
 * What makes the stem of a word in a language (BCP 47), as the index has it: null for a script without rules; and null for a language
 * that has none.
 */
export function stemmerOf(language: string): ((word: string) => string | null) | null {
  if (!stemmers) throw new Error(`Call learnStems() before stemmerOf("${language}").`);
  const primary = primaryOf(language);
  const stemmer = stemmers.get(primary);
  if (!stemmer) return null;
  const known = stems.get(primary) ?? new Map<string, string | null>();
  stems.set(primary, known);
  return (word) => {
    const met = known.get(word);
    if (met !== undefined) return met;
    const plain = plainly(word);
    const made = hasRules(word, primary) ? fold(stemmer(plain)) : "";
    const stem = primary === "en" ? asInEnglish(plain, made) : made;
    const told = stem === "" ? null : `${stem}${OF}${primary}`;
    if (known.size >= KNOWN) known.clear();
    known.set(word, told);
    return told;
  };
}

/** Stems of words met before, by language: a text says most of its words again. */
const stems = new Map<string, Map<string, string | null>>();
const KNOWN = 20_000;

function plainly(word: string): string {
  return word
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .toLowerCase();
}

/** The stems of a word in every language that has rules for its script. */
export function stemsOf(word: string): string[] {
  const languages = [...(stemmers?.keys() ?? [])];
  return languages.flatMap((language) => stemmerOf(language)?.(word) ?? []);
}

/** Arabic has rules for its script, the others for theirs; numbers have no endings, and what is longer is no word. */
function hasRules(word: string, language: string): boolean {
  if (word.length > 60) return false;
  return (language === "ar" ? /^\p{Script=Arabic}+$/u : /^[\p{Script=Latin}\p{M}\p{Cf}]+$/u).test(
    word,
  );
}
