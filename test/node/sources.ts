import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

// The sources as text, for the tests that hold the house together.

export interface Source {
  /** Below its root, with slashes. */
  file: string;
  text: string;
}

/** What a file imports, or passes on. */
export interface Import {
  file: string;
  /** As it is written. */
  from: string;
  /** The file that is meant, below the same root; null for a package. */
  target: string | null;
  /** Names as they are exported; `*` for all of them. */
  names: string[];
  typeOnly: boolean;
  /** By `import()`: when it is needed, and not before. */
  later: boolean;
}

export function readSources(root: string): Source[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /(?<!\.d)\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));
}

export function importsOf({ file, text }: Source): Import[] {
  const made = text.matchAll(
    /^(?:import|export)\s(type\s)?([^;]*?)\s*from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm,
  );
  return [...made].map(([, type, what, named, bare, dynamic]) => {
    const from = named ?? bare ?? dynamic ?? "";
    return {
      file,
      from,
      target: from.startsWith(".") ? normalize(join(dirname(file), from)) : null,
      names: what === undefined ? ["*"] : namesIn(what),
      typeOnly: type !== undefined,
      later: dynamic !== undefined,
    };
  });
}

/** `{ a, b as c, type D }` gives a and b. */
function namesIn(what: string): string[] {
  if (what.includes("*")) return ["*"];
  return what
    .replace(/[{}]/g, "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "))
    .map((name) => name.split(/\s+as\s+/)[0] ?? name);
}

export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}
