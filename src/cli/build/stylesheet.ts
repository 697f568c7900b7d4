import { readFile } from "node:fs/promises";

/** A stylesheet as it is put into pages. The tests have it from here, too (vitest.config.ts). */
export async function readStylesheet(file: string): Promise<string> {
  return squeeze(await readFile(file, "utf8"));
}

/** Takes out comments and the white space that separates nothing. Strings with such marks in them would have to be spared. */
export function squeeze(css: string): string {
  return css
    .replaceAll(/\/\*.*?\*\//gs, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([{};,]) ?/g, "$1")
    .replaceAll(/: /g, ":")
    .replaceAll(";}", "}")
    .trim();
}
