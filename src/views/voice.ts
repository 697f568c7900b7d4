import type { Settings } from "../domain/settings.ts";
import { formatsOf, type Formats } from "./dates.ts";
import { primaryOf } from "../domain/language.ts";
import { wordsFor } from "./words.ts";
import type { Words } from "./words/words.ts";

/** How a page, or a story in a language of its own, speaks: its words, and its dates in the site's time zone. */
export interface Voice {
  /** BCP 47, as the settings or the story have it. */
  language: string;
  /** Minutes, hours and days are those of this IANA zone. */
  timeZone: string;
  words: Words;
  formats: Formats;
  /** As the words have them: for a date or a list within one of their sentences. */
  spoken: Formats;
}

/** The voice of the site, or of a story in another language; words that we do not have are the site's. */
export function voiceOf(
  { language: own, timeZone }: Settings,
  language: string | null = null,
): Voice {
  const spoken = language ?? own;
  const formats = formatsOf(spoken, timeZone);
  const words = wordsFor(spoken, own);
  const voiced = [spoken, own].find((each) => primaryOf(each) === words.language);
  return {
    language: spoken,
    timeZone: formats.timeZone,
    words,
    formats,
    spoken: formatsOf(voiced ?? words.language, timeZone),
  };
}
