import { SPELLED_OUT } from "./latin.ts";
import { SLUG, SLUG_LENGTH } from "./paths.ts";

// What becomes of a headline or a name in an address.

let transliterate: ((letters: string) => string) | null = null;

/**
 * Loads what spells other scripts with Latin letters, if one of the texts has any. Its tables take some 40 ms to make,
 * which a Worker that starts for a reader does not have.
 */
export async function learnScripts(texts: string[]): Promise<void> {
  if (!texts.some((text) => text.search(FOREIGN) >= 0)) return;
  transliterate ??= (await import("@sindresorhus/transliterate")).default;
}

function spell(letters: string): string {
  if (!transliterate) throw new Error(`Call learnScripts() before slugify("${letters}").`);
  return transliterate(letters);
}

/** A slug from a headline in any script that learnScripts() was told of; "" when no more than a fragment of it could be spelled with Latin letters. */
export function slugify(title: string): string {
  const latin = title
    .normalize()
    // What is not seen parts no word: soft hyphens, joiners, marks of direction.
    .replace(/\p{Cf}/gu, "")
    .replace(FOREIGN, spell)
    .replace(/['’]/g, "")
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    // After NFKD: № is "No", and İ an I with a dot.
    .toLowerCase()
    .replace(/(?![a-z])\p{Script=Latin}/gu, (letter) => SPELLED_OUT[letter] ?? letter);
  const lost = latin.match(/(?![a-z])\p{L}/gu)?.length ?? 0;
  const kept = latin.match(/[a-z0-9]/g)?.length ?? 0;
  // An ideograph or a syllable says as much as two letters: 橋が3つ開通 is not about "3".
  if (lost * 2 > kept) return "";
  const words = latin.split(/[^a-z0-9]+/).filter(Boolean);
  let slug = "";
  for (const word of words) {
    if (slug.length + word.length + 1 > SLUG_LENGTH) break;
    slug += (slug ? "-" : "") + word;
  }
  return slug || (words[0] ?? "").slice(0, SLUG_LENGTH);
}

/** Runs of letters and numerals of other scripts, with their marks: what is Latin is spelled by the rules here. */
const FOREIGN = /(?:(?!\p{Script=Latin}|[0-9])[\p{L}\p{N}]\p{M}*)+/gu;

/** The slug of a story whose editor wrote none: its headline's, or its id where that makes none. */
export function defaultSlug({ title, id }: { title: string; id: string }): string {
  return slugify(title) || id;
}

/** The same slug for the nth story that would have it; the first has it as it is. */
export function numbered(slug: string, n: number): string {
  return n === 1 ? slug : `${stemOf(slug)}-${n}`;
}

/** A slug that nobody wrote, before it got a number; a number of the headline's own stays, and a year of a former one. */
export function unnumbered({ title, slug }: { title: string; slug: string }): string {
  return slug === slugify(title) ? slug : slug.replace(/-[1-9]\d{0,2}$/, "");
}

/** What stands before the number: cut where a number of five digits would make the slug too long. */
export function stemOf(slug: string): string {
  return slug.slice(0, SLUG_LENGTH - "-99999".length).replace(/-$/, "");
}

/** The slug of a tag that was given by its name, or by its slug. The same name always makes the same. */
export function tagSlugOf(name: string): string {
  if (SLUG.test(name) && name.length <= SLUG_LENGTH) return name;
  // C, C++ and C# are three tags.
  const spelled = name.replace(/\+\+/g, "pp").replace(/([A-Za-z])#/g, "$1sharp");
  return slugify(spelled) || `tag-${fingerprint(name)}`;
}

/** A short name for a text that no letters can be found for: FNV-1a with 64 bits, in base 36. */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text.normalize("NFKC").toLowerCase().trim()))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(36);
}
