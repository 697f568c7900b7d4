const RIGHT_TO_LEFT = new Set([
  "ar",
  "arc",
  "ckb",
  "dv",
  "fa",
  "glk",
  "he",
  "iw",
  "ji",
  "ks",
  "lrc",
  "mzn",
]);
for (const language of ["nqo", "pnb", "ps", "rhg", "sd", "skr", "syr", "ug", "ur", "yi"])
  RIGHT_TO_LEFT.add(language);

const RIGHT_TO_LEFT_SCRIPTS = new Set([
  "adlm",
  "arab",
  "aran",
  "hebr",
  "mand",
  "nkoo",
  "rohg",
  "samr",
  "syrc",
  "thaa",
]);

/** Which way a language (BCP 47) is written; a script that the tag names decides over its language. */
export function directionOf(language: string): "ltr" | "rtl" {
  const [primary = "", ...rest] = language.toLowerCase().split("-");
  const script = rest.find((subtag) => /^[a-z]{4}$/.test(subtag));
  const rightToLeft = script ? RIGHT_TO_LEFT_SCRIPTS.has(script) : RIGHT_TO_LEFT.has(primary);
  return rightToLeft ? "rtl" : "ltr";
}

/** The attributes of text in a language of its own; none when it is the language around it. */
export function marked(
  language: string | null,
  around: string,
): { lang?: string; dir?: "ltr" | "rtl" } {
  if (!language || language.toLowerCase() === around.toLowerCase()) return {};
  return { lang: language, dir: directionOf(language) };
}

/** The language itself, without its script and country. */
export function primaryOf(language: string): string {
  return language.toLowerCase().split("-")[0] ?? language;
}

/** A language that Intl accepts: `language` if it is well-formed, else English. */
export function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch (error) {
    if (error instanceof RangeError) return "en";
    throw error;
  }
}
