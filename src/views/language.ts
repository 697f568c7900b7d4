import { directionOf } from "../domain/language.ts";

/** The attributes of text in a language of its own; none when it is the language around it. */
export function marked(
  language: string | null,
  around: string,
): { lang?: string; dir?: "ltr" | "rtl" } {
  if (!language || language.toLowerCase() === around.toLowerCase()) return {};
  return { lang: language, dir: directionOf(language) };
}
