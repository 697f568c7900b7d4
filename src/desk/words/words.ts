import { signal } from "@preact/signals";
import { en, type Words } from "./en.ts";

// What the desk says, in the language of whoever uses it; what readers see is in the paper's.

export type { Words };

/** The languages of the desk, by what they call themselves. */
export const LANGUAGES = {
  en: "English",
  es: "Español",
  fr: "Français",
  de: "Deutsch",
  ar: "العربية",
} as const;
export type Language = keyof typeof LANGUAGES;

const LOADERS: Record<Exclude<Language, "en">, () => Promise<Words>> = {
  es: () => import("./es.ts").then(({ es }) => es),
  fr: () => import("./fr.ts").then(({ fr }) => fr),
  de: () => import("./de.ts").then(({ de }) => de),
  ar: () => import("./ar.ts").then(({ ar }) => ar),
};

/** Where the choice of a language is kept, in this browser. */
const CHOICE = "desk.language";

export const language = signal<Language>("en");
const words = signal<Words>(en);

/** What is said now; what reads it is drawn anew when the language changes. */
export function say(): Words {
  return words.value;
}

/**
 * The desk's language as it is written where its user is, for dates and numbers: British English, if their browser says so. Digits
 * are those of the addresses, versions and counts beside them.
 */
export function regional(): string {
  const tag = navigator.languages.find((each) => each.split("-", 1)[0] === language.value);
  return new Intl.Locale(tag ?? language.value, { numberingSystem: "latn" }).toString();
}

/** Takes the language that was chosen, else the first of the browser's that the desk has. */
export async function chooseFirstLanguage(): Promise<void> {
  const chosen = [localStorage.getItem(CHOICE) ?? "", ...navigator.languages].map(
    (tag) => tag.split("-", 1)[0] ?? "",
  );
  await speak(chosen.find(isLanguage) ?? "en");
}

/** Changes the language, and remembers it. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  localStorage.setItem(CHOICE, chosen);
  await speak(chosen);
}

export function isLanguage(name: string): name is Language {
  return Object.hasOwn(LANGUAGES, name);
}

async function speak(chosen: Language): Promise<void> {
  // Without the words of a language the desk speaks English.
  words.value = chosen === "en" ? en : await LOADERS[chosen]().catch(() => en);
  language.value = chosen;
  document.documentElement.lang = chosen;
  document.documentElement.dir = chosen === "ar" ? "rtl" : "ltr";
}
