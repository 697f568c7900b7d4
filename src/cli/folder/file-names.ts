import type { Reading } from "./foreign-fields.ts";

// What the path of a file says of its story.

/** The section of a story that names none, or null when that is nobody's to say. */
export function defaultSection(
  file: string,
  { section, sectionFromFolder }: Reading,
): string | null {
  const [first = "", ...rest] = withoutEnding(file).split("/");
  const own = sectionFromFolder && rest.length > 0 && !first.startsWith("_");
  return own ? first : section;
}

/** Tells whether a file that names no section is a page and no story: it lies in the folder `pages`. */
export function isOfPages(file: string): boolean {
  return file.startsWith("pages/");
}

/** A date in the path, and the slug that is left of it: 2024-03-05-trams.md, 2024/03/05/trams.md, 2024-03-05-trams/index.md. */
export function datedPath(file: string): { date: string | null; slug: string } {
  const [, year, month, day, rest = ""] =
    /(?:^|\/)(\d{4})[-/](\d{1,2})[-/](\d{1,2})[-/](.+)$/.exec(withoutEnding(file)) ?? [];
  if (year === undefined) return { date: null, slug: "" };
  return { date: `${year}-${month}-${day}`, slug: rest };
}

/** The file's path without its ending; a folder with an index.md is the story. */
export function withoutEnding(file: string): string {
  return file.replace(/\.(?:md|markdown)$/, "").replace(/(.)\/index$/, "$1");
}

/** The story's key: its path, in which ~ and two digits stand for each byte that a key may not have. */
export function keyOf(file: string): string {
  return withoutEnding(file).replace(/[^A-Za-z0-9._~/-]+/g, (characters) =>
    [...new TextEncoder().encode(characters)]
      .map((byte) => `~${byte.toString(16).padStart(2, "0")}`)
      .join(""),
  );
}
