import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readFolder } from "../../src/cli/folder/folder.ts";
import { PressSite, png } from "./press-site.ts";
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

  it("have a folder as an example that press reads without a mistake", async () => {
    const site = await PressSite.open();
    const examples = ["press.md", "theme.md"].flatMap((file) => {
      const text = readFileSync(join("docs", file), "utf8");
      return [...text.matchAll(/^```(?:yaml|md|csv)\n([^]*?)^```$/gm)].map(
        ([, example = ""]) => example,
      );
    });
    for (const picture of ["gate.jpg", "rule.png", "emblem.png"])
      await site.put(`pictures/${picture}`, png(0));
    const parts = examples.flatMap((example) =>
      example.startsWith("from,to") ? [example] : example.split(/^(?=# )/m),
    );
    for (const part of parts) {
      const named = /^# (?:content\/)?([a-z]+\.yaml)\b/.exec(part)?.[1];
      const isStory = part.startsWith("---");
      const isTable = part.startsWith("from,to");
      const other = isStory ? "city/gate.md" : isTable ? "redirects.csv" : "pictures.yaml";
      await site.put(named ?? other, part);
    }
    const folder = await readFolder(site.root);
    await site.close();
    expect(folder.issues).toEqual([]);
    expect(folder.stories).toHaveLength(1);
    expect(folder).toMatchObject({
      settings: { theme: { masthead: "ruled" } },
      sections: [{ slug: "city" }, { slug: "depths" }],
      front: { pinned: [{ story: "business/winter-ferry" }], rows: [{ name: "For the weekend" }] },
      pictures: { size: 2 },
      redirects: { length: 6 },
    });
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
