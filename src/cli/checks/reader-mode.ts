import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { eachPage, type Check } from "./check.ts";

// What the reader view of a browser takes for the story: Mozilla's extractor, in the page (https://github.com/mozilla/readability).

interface Read {
  /** What the page says. */
  page: {
    title: string;
    authors: string[];
    published: string | null;
    length: number;
    paragraphs: string[];
  };
  /** What the extractor makes of it; null for nothing. */
  read: { title: string; byline: string | null; published: string | null; text: string } | null;
}

/** In characters: what is shorter, the extractor does not take for a story. */
const STORY = 500;

/** Runs in the page; null where there is no story. */
const READ = `(() => {
  const story = document.querySelector("article.story");
  if (!story) return null;
  const textOf = (element) => element?.textContent.replace(/\\s+/g, " ").trim() ?? "";
  const page = {
    title: textOf(story.querySelector("h1")),
    authors: [...story.querySelectorAll(".byline a")].map(textOf),
    published: story.querySelector(".dateline time")?.dateTime ?? null,
    length: textOf(story.querySelector(".prose")).length,
    paragraphs: [...story.querySelectorAll(".prose > p")].map(textOf),
  };
  const read = new Readability(document.cloneNode(true)).parse();
  return { page, read: read && { title: read.title, byline: read.byline, published: read.publishedTime,
    text: read.textContent.replace(/\\s+/g, " ") } };
})()`;

export const readerMode: Check = {
  name: "reader-mode",
  title: "Reader view, faults",
  async look({ browser, paper }, pages) {
    const script = createRequire(import.meta.url).resolve("@mozilla/readability/Readability.js");
    const source = await readFile(script, "utf8");
    const context = await browser.newContext();
    const tab = await context.newPage();
    const found = await eachPage(pages, async ({ path }) => {
      await tab.goto(paper.url + path);
      await tab.evaluate(`${source}; globalThis.Readability = Readability;`);
      const seen = await tab.evaluate<Read | null>(READ);
      if (!seen || seen.page.length < STORY) return null;
      const faults = faultsOf(seen);
      const { paragraphs } = seen.page;
      const kept = paragraphs.filter((paragraph) => seen.read?.text.includes(paragraph)).length;
      return { figure: `${kept}/${paragraphs.length} paragraphs`, faults };
    });
    await context.close();
    return found;
  },
};

function faultsOf({ page, read }: Read): string[] {
  if (!read) return ["no story is found"];
  const lost = page.paragraphs.filter((paragraph) => !read.text.includes(paragraph));
  return [
    ...(read.title.includes(page.title) ? [] : [`the headline is read as "${read.title}"`]),
    ...page.authors
      .filter((author) => !read.byline?.includes(author))
      .map((author) => `the byline is read as "${read.byline}", without "${author}"`),
    // A page that is no story has no date.
    ...(page.published === null || isSameMoment(read.published, page.published)
      ? []
      : [`the date is read as "${read.published}" instead of "${page.published}"`]),
    ...lost.map((paragraph) => `lost: "${paragraph.slice(0, 80)}"`),
  ];
}

function isSameMoment(read: string | null, published: string): boolean {
  return read !== null && Date.parse(read) === Date.parse(published);
}
