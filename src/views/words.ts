import { ar } from "./words/ar.ts";
import { de } from "./words/de.ts";
import { en } from "./words/en.ts";
import { es } from "./words/es.ts";
import { fr } from "./words/fr.ts";
import { LANGUAGES, type Language, type Words } from "./words/words.ts";

const WORDS: Record<Language, Words> = { en, de, fr, es, ar };

/** The words of `language` (BCP 47), or of `otherwise` if pages do not speak it, or English. */
export function wordsFor(language: string, otherwise = "en"): Words {
  return find(language) ?? find(otherwise) ?? en;
}

function find(language: string): Words | undefined {
  const primary = language.toLowerCase().split("-")[0];
  const name = LANGUAGES.find((candidate) => candidate === primary);
  return name && WORDS[name];
}
