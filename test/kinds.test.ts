import { beforeAll, describe, expect, it } from "vitest";
import { KINDS } from "../src/cli/screenshots/kinds.ts";
import type { PaperSample } from "../src/reader/kind.ts";
import { expressionOf, PAGES } from "../src/reader/pages.ts";
import { call, openNewsroom, publish, visit } from "./support/newsroom.ts";
import { elements, links } from "./views/sample.ts";

// What holds of every kind of page, also of one that is added tomorrow.

describe.each(PAGES.filter(({ name }) => name !== "picture"))("the page $name", (kind) => {
  let pages: { path: string; type: string; text: string }[];

  beforeAll(async () => {
    await openNewsroom();
    const contact = { contact: ["mailto:s@example.com"], expires: "9000-01-01T00:00:00Z" };
    const line = "example.com, 1, DIRECT";
    const files = { adsTxt: line, appAdsTxt: line, trustTxt: "contact=x", humansTxt: "We." };
    await call("PATCH", "/settings", { body: { ...files, security: contact } });
    const story = await publish({ tags: ["trams"], publishedAt: "2026-09-01T08:00:00Z" });
    await call("POST", "/pages", { body: { title: "About", status: "published" } });
    const sample: PaperSample = {
      sections: ["city"],
      authors: ["mara-quill"],
      tags: ["trams"],
      stories: [new URL(story.url).pathname],
      ids: [story.id],
      plain: ["/about"],
      months: [{ month: "2026-09", sections: ["city"] }],
      starts: [],
      pictures: [],
      pages: 1,
    };
    const visited = await Promise.all(
      kind.samples(sample).map(async (path) => ({ path, ...(await visit(path)) })),
    );
    pages = visited
      .filter(({ status }) => status === 200)
      .map(({ path, text, headers }) => ({ path, text, type: headers.get("Content-Type") ?? "" }));
  });

  it("is there", () => {
    expect(pages).not.toEqual([]);
  });

  it("has, where it is HTML, one title, one main part, one first heading and its canonical address", async () => {
    for (const { path, text, type } of pages.filter((page) => page.type.startsWith("text/html"))) {
      expect(type).toBe("text/html; charset=utf-8");
      for (const selector of ["head > title", "main", "h1"])
        expect([path, selector, (await elements(text, selector)).length]).toEqual([
          path,
          selector,
          1,
        ]);
      // What search engines are not to have has none.
      const isKept = !text.includes('<meta name="robots" content="noindex"');
      expect((await links(text, "canonical")).map((url) => new URL(url ?? "").pathname)).toEqual(
        isKept ? [path] : [],
      );
      expect(isKept || kind.name === "search").toBe(true);
      expect(text).not.toMatch(/<script(?! type="application\/ld\+json")/);
    }
  });

  it("is looked at in the browser, where it is HTML", () => {
    if (pages.every(({ type }) => !type.startsWith("text/html"))) return;
    const expressions = kind.patterns.map(expressionOf);
    const shown = KINDS.filter(
      ({ path, missing }) => !missing && expressions.some((e) => e.test(path.replace(/\?.*/, ""))),
    );
    expect(shown).not.toEqual([]);
  });
});
