/** The language itself, without its script and country: `de` of `de-AT`. */
export function primaryOf(language: string): string {
  return language.toLowerCase().split("-", 1)[0] ?? language;
}

/** A language that Intl accepts: `language` (BCP 47) if it is well-formed, else English. */
export function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch (error) {
    if (error instanceof RangeError) return "en";
    throw error;
  }
}

/** Which way a language (BCP 47) is written; a script that the tag names decides over its language. */
export function directionOf(language: string): "ltr" | "rtl" {
  return new Intl.Locale(localeOf(language)).getTextInfo().direction === "rtl" ? "rtl" : "ltr";
}
