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

/** Between a stem and its language. It is in no token: no letter, and no ASCII, which the index would part words at. */
const OF = "·";

/** The stem of a word in a language (BCP 47), as the index has it; null for a language or a script without rules. */
export function stemOf(word: string, language: string): string | null {
  if (!stemmers) throw new Error(`Call learnStems() before stemOf("${word}").`);
  const primary = primaryOf(language);
  const stemmer = stemmers.get(primary);
  if (!stemmer || !hasRules(word, primary)) return null;
  const known = stems.get(`${primary} ${word}`);
  if (known !== undefined) return known;
  const stem = fold(
    stemmer(
      word
        .normalize("NFKC")
        .replace(/\p{Cf}/gu, "")
        .toLowerCase(),
    ),
  );
  const told = stem === "" ? null : `${stem}${OF}${primary}`;
  if (stems.size >= KNOWN) stems.clear();
  stems.set(`${primary} ${word}`, told);
  return told;
}

/** Stems of words met before: a text says most of its words again. */
const stems = new Map<string, string | null>();
const KNOWN = 20_000;

/** The stems of a word in every language that has rules for its script. */
export function stemsOf(word: string): string[] {
  const languages = [...(stemmers?.keys() ?? [])];
  return languages.flatMap((language) => stemOf(word, language) ?? []);
}

/** Arabic has rules for its script, the others for theirs; numbers have no endings, and what is longer is no word. */
function hasRules(word: string, language: string): boolean {
  if (word.length > 60) return false;
  return (language === "ar" ? /^\p{Script=Arabic}+$/u : /^[\p{Script=Latin}\p{M}\p{Cf}]+$/u).test(
    word,
  );
}
