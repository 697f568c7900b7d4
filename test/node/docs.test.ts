import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSources } from "./sources.ts";

// The pages of the project: what they name is there, and what they list is all of it.

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "migrations/README.md",
  "src/edge/stand-in/README.md",
]
  .concat(
    readdirSync("docs")
      .filter((file) => file.endsWith(".md"))
      .map((file) => join("docs", file)),
  )
  .map((file) => ({ file, text: readFileSync(file, "utf8") }));

describe("the docs", () => {
  it("have a heading for every event that the Worker logs, and for no other", () => {
    const sources = readSources("src").filter(({ file }) => !file.startsWith("cli/"));
    const logged = sources.flatMap(({ text }) =>
      [...text.matchAll(/\bevent: (?:away \? "([^"]+)" : )?"([^"]+)"|\blog\("([^"]+)"/g)].flatMap(
        ([, one, two, three]) => [one, two, three].filter((name) => name !== undefined),
      ),
    );
    const operations = pages.find(({ file }) => file.endsWith("operations.md"))?.text ?? "";
    const part = /## Log lines\n([^]*?)\n## /.exec(operations)?.[1] ?? "";
    const told = [...part.matchAll(/^### `([^`]+)`$/gm)].map(([, name = ""]) => name);
    expect(told.toSorted()).toEqual([...new Set(logged)].toSorted());
  });

  it("name no file that is not there", () => {
    const gone = pages.flatMap(({ file, text }) =>
      [...text.matchAll(/`((?:src|test|bench|docs|migrations|content)\/[\w./-]+\.\w+)`/g)]
        .map(([, name = ""]) => name)
        .filter((name) => !isThere(name))
        .map((name) => `${file} names ${name}`),
    );
    expect(gone).toEqual([]);
  });

  it("name no command of npm that is not there", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Record<string, string>;
    };
    const gone = pages.flatMap(({ file, text }) =>
      [...text.matchAll(/\bnpm run ([\w:-]+)/g)]
        .map(([, name = ""]) => name)
        .filter((name) => !Object.hasOwn(scripts, name))
        .map((name) => `${file} names ${name}`),
    );
    expect(gone).toEqual([]);
  });
});

function isThere(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}
