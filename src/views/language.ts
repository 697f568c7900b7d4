import { directionOf, localeOf } from "../domain/language.ts";

/** The attributes of text in a language of its own; none when it is the language around it. */
export function marked(
  language: string | null,
  around: string,
): { lang?: string; dir?: "ltr" | "rtl" } {
  if (!language || language.toLowerCase() === around.toLowerCase()) return {};
  return { lang: language, dir: directionOf(language) };
}

/** A language as those who show shared links write it, with a country: the likeliest where the tag names none. */
export function localeFor(language: string): string {
  const { language: primary, region } = new Intl.Locale(localeOf(language)).maximize();
  return region ? `${primary}_${region}` : primary;
}
