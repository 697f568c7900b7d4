import { contrast, readableOn } from "./colour.ts";
import { localeOf } from "./language.ts";
import type { Settings } from "./settings.ts";
import { browserColours } from "./theme.ts";

/** What stands for the paper where there is room for one character. Colours are `#rrggbb`. */
export interface Sign {
  /** The first letter or figure of the paper's name, with whatever stands on it; "" for a name without any. */
  initial: string;
  /** The Latin letter or the figure that it is at bottom, if any: for whoever has no font. */
  letter: string | null;
  ground: string;
  ink: string;
}

/** The sign of a paper: its initial on its accent. The same settings give the same sign. */
export function signOf({ title, language, theme }: Settings): Sign {
  const initial = initialOf(title, language);
  const { accent, paper } = browserColours(theme);
  const ink = contrast(accent, paper) >= READABLE ? paper : readableOn(accent, paper, READABLE);
  return { initial, letter: letterIn(initial), ground: accent, ink };
}

/** What large letters need on their ground (https://www.w3.org/TR/WCAG22/#contrast-minimum). */
const READABLE = 3;

/** The first character that is a letter or a figure, as readers see characters, in capitals. */
function initialOf(title: string, language: string): string {
  const locale = localeOf(language);
  for (const { segment } of new Intl.Segmenter(locale).segment(title.normalize("NFC"))) {
    // Marks on the letter stay; invisible joiners and bidi controls between are no part of it.
    const shown = segment.replace(/[^\p{L}\p{N}\p{M}]/gu, "");
    if (!/^[\p{L}\p{N}]/u.test(shown)) continue;
    const capital = shown.toLocaleUpperCase(locale);
    // Where a capital is two letters, such as that of ß, the small one is the initial.
    return capital.length > shown.length ? shown : capital;
  }
  return "";
}

function letterIn(initial: string): string | null {
  const [letter = ""] = initial.normalize("NFKD").replaceAll(/\p{M}/gu, "").toUpperCase();
  return /^[A-Z0-9]$/.test(letter) ? letter : null;
}
