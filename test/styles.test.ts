import { beforeAll, describe, expect, it } from "vitest";
import type { PaperSample } from "../src/reader/kind.ts";
import { PAGES } from "../src/reader/pages.ts";
import { STYLE_PARTS, styleOf, type StylePart } from "../src/views/stylesheet.ts";
import { call, openNewsroom, publish, upload, visit } from "./support/newsroom.ts";
import { pictures } from "./support/pictures.ts";

// A page travels with the parts of the stylesheet that it uses, and with no others.

const base = styleOf([], null);
const textOf = (part: StylePart) => styleOf([part], null).slice(base.length);

let pages: { path: string; style: string; classes: Set<string> }[] = [];

beforeAll(async () => {
  await openNewsroom();
  const { json: picture } = await upload(pictures.png, { alt: "A gate." });
  const common = { tags: ["trams"], standfirst: "At last.", hero: { src: picture.src } };
  const body = "They rang.\n\n> Quoted.\n\n| a | b |\n| - | - |\n| 1 | 2 |";
  const items = Array.from({ length: 25 }, (_, n) => ({
    key: `${n}`,
    title: `Story ${n}`,
    section: n % 2 === 0 ? "city" : "culture",
    authors: ["mara-quill"],
    body,
    publishedAt: new Date(Date.UTC(2026, 8 + (n % 2), 1 + n)).toISOString(),
    ...common,
  }));
  const { json: imported } = await call("POST", "/imports", { body: { source: "wire", items } });
  const corrections = [{ text: "It was Tuesday." }];
  const story = await publish({ ...common, body, corrections });
  await call("PUT", "/front", {
    body: {
      lead: story.id,
      rows: [
        { name: "Chosen", entries: imported.items.slice(0, 2).map(({ id }: { id: string }) => id) },
      ],
    },
    headers: { "If-Match": "*" },
  });
  await call("POST", "/pages", {
    body: {
      title: "About",
      body,
      standfirst: "Ours.",
      hero: { src: picture.src },
      status: "published",
    },
  });
  const sample: PaperSample = {
    sections: ["city"],
    authors: ["mara-quill"],
    tags: ["trams"],
    stories: [new URL(story.url).pathname],
    ids: [],
    plain: ["/about"],
    months: [{ month: "2026-09", sections: ["city"] }],
    starts: [],
    pictures: [],
    pages: 2,
  };
  const paths = new Set([...PAGES.flatMap((kind) => kind.samples(sample)), "/nowhere"]);
  pages = [];
  for (const path of paths) {
    const { headers, text } = await visit(path);
    if (!headers.get("Content-Type")?.startsWith("text/html")) continue;
    const style = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? "";
    const classes = new Set(
      [...text.matchAll(/ class="([^"]+)"/g)].flatMap(([, names = ""]) => names.split(" ")),
    );
    pages.push({ path, style, classes });
  }
});

/** The classes that each rule asks for, whoever has them. What hangs on neighbours (:has) is left out. */
function classesOf(css: string): string[][] {
  return rulesOf(css)
    .flatMap((list) => list.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, "").split(","))
    .filter((selector) => !selector.includes(":has"))
    .map((selector) => [...selector.matchAll(/\.([\w-]+)/g)].map(([, name = ""]) => name))
    .filter((classes) => classes.length > 0);
}

/** The selectors of the rules that stand in a layer, without those nested in them. */
function rulesOf(css: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < css.length; at += 1) {
    if (css[at] === "{") {
      if (depth === 1) found.push(css.slice(from, at));
      depth += 1;
      from = at + 1;
    } else if (css[at] === "}") {
      depth -= 1;
      from = at + 1;
    }
  }
  return found;
}

describe("a page's stylesheet", () => {
  it("has every part whose rules its elements meet, and no part that none of them does", () => {
    expect(pages.length).toBeGreaterThan(10);
    for (const part of STYLE_PARTS) {
      const css = textOf(part);
      const asked = classesOf(css);
      expect(asked.length, part).toBeGreaterThan(0);
      for (const { path, style, classes } of pages) {
        const isMet = asked.some((names) => names.every((name) => classes.has(name)));
        // A list may be empty, or of one page.
        if (style.includes(css) && /pager|cards|lead/.test(part)) continue;
        expect([path, part, style.includes(css)]).toEqual([path, part, isMet]);
      }
    }
  });

  it("is a fraction of all of it where little is shown", () => {
    const whole = styleOf(STYLE_PARTS, null).length;
    const nowhere = pages.find(({ path }) => path === "/nowhere");
    expect((nowhere?.style.length ?? whole) / whole).toBeLessThan(0.5);
  });
});
