import { describe, expect, test } from "vitest";
import type { Named } from "../../src/domain/published.ts";
import { archivePage, monthPage } from "../../src/views/archive.tsx";
import { authorPage } from "../../src/views/author.tsx";
import { frontPage } from "../../src/views/front.tsx";
import { sectionPage } from "../../src/views/section.tsx";
import { tagPage } from "../../src/views/tag.tsx";
import { wordsFor } from "../../src/views/words.ts";
import {
  HOUR,
  NOON,
  coast,
  mara,
  otto,
  site,
  hero,
  card,
  listing,
  front,
  month,
  examples,
  elements,
  links,
  textOf,
} from "./sample.ts";

// The pages that lead to stories: the front, sections, authors, tags, the archive.

describe("the front page", () => {
  const inSection = (name: string, section: Named) =>
    card(name, { section, path: `/${section.slug}/${name}` });
  const letters = { slug: "letters", name: "Letters" };

  test("has the newest in a row of four, and what else is new in its section", async () => {
    const cards = [
      ...["a", "b", "c", "d"].map((name) => inSection(name, coast)),
      inSection("e", letters),
      inSection("f", coast),
      inSection("g", coast),
    ];
    const html = frontPage({ site, front: front({ cards, others: [inSection("h", letters)] }) });
    const headlines = async (within: string) =>
      (await elements(html, `${within} .headline`)).map(({ text }) => text);
    expect(await headlines(".latest")).toEqual(["The a", "The b", "The c", "The d"]);
    expect((await elements(html, ".blocks h2")).map(({ text }) => text)).toEqual([
      "Coast",
      "Letters",
    ]);
    expect(await headlines(".blocks")).toEqual(["The f", "The g", "The e", "The h"]);
  });

  test("has three pinned stories beside the lead and the others below", async () => {
    const pinned = ["a", "b", "c", "d", "e"].map((name) => card(name));
    const html = frontPage({ site, front: front({ pinned }) });
    expect(await elements(html, ".top > .column > li")).toHaveLength(3);
    expect(await elements(html, ".top > .grid > li")).toHaveLength(2);
  });

  test("has the rows that editors named, each under its heading, and dates itself by them, too", async () => {
    const rows = [
      { name: "The flood", cards: [card("a"), card("b", { publishedAt: NOON + 48 * HOUR })] },
      { name: "Weekend", cards: [card("c")] },
    ];
    const html = frontPage({ site, front: front({ rows }) });
    expect((await elements(html, ".chosen h2")).map(({ text }) => text)).toEqual([
      "The flood",
      "Weekend",
    ]);
    expect((await elements(html, ".chosen h3")).map(({ text }) => text)).toEqual([
      "The a",
      "The b",
      "The c",
    ]);
    expect((await elements(html, ".edition time"))[0]?.attributes.datetime).toBe("2026-03-16");
    const only = frontPage({ site, front: front({ rows, lead: null, pinned: [], cards: [] }) });
    expect(only).not.toContain(wordsFor("en").nothingPublished);
  });

  test("is dated as its newest story is", async () => {
    const html = frontPage({
      site,
      front: front({ lead: card("old", { publishedAt: NOON - 240 * HOUR }) }),
    });
    const [date] = await elements(html, ".edition time");
    expect(date).toMatchObject({
      attributes: { datetime: "2026-03-14" },
      text: "Saturday, March 14, 2026",
    });
    const empty = { cards: [], lead: null, pinned: [] };
    expect(await elements(frontPage({ site, front: front(empty) }), ".edition time")).toEqual([]);
  });

  test("shows the pictures of no more stories than a phone should fetch", async () => {
    const cards = Array.from({ length: 20 }, (_, index) => card(`c${index}`, { hero }));
    const pinned = Array.from({ length: 12 }, (_, index) => card(`p${index}`, { hero }));
    const html = frontPage({ site, front: front({ cards, pinned }) });
    expect((await elements(html, "img")).length).toBeLessThanOrEqual(14);
    const section = sectionPage({ site, section: examples.section, listing: listing({ cards }) });
    expect(await elements(section, "img")).toHaveLength(9);
  });
});

describe("a list", () => {
  test("fetches its first picture first, on every kind of page and on later ones", async () => {
    const cards = [card("plain"), card("one", { hero }), card("two", { hero })];
    const later = listing({ cards, page: 2 });
    const topic = examples.topic;
    const lists = {
      tag: tagPage({ site, topic, listing: later }),
      author: authorPage({ site, author: mara, listing: later }),
      section: sectionPage({ site, section: examples.section, listing: later }),
      "section whose newest story has none": sectionPage({
        site,
        section: examples.section,
        listing: listing({ cards }),
      }),
      front: frontPage({ site, front: front({ cards, page: 2, lead: null, pinned: [] }) }),
      "front whose rows have the first": frontPage({
        site,
        front: front({
          lead: card("lead"),
          pinned: [],
          rows: [
            { name: "None", cards: [card("x")] },
            { name: "Some", cards: [card("y"), card("z", { hero })] },
          ],
          cards,
        }),
      }),
      "front whose lead has none": frontPage({ site, front: front({ lead: card("lead"), cards }) }),
    };
    for (const [name, html] of Object.entries(lists)) {
      const order = (await elements(html, "main img")).map(
        ({ attributes: { fetchpriority, loading } }) => fetchpriority ?? loading,
      );
      expect(order[0], name).toBe("high");
      expect(new Set(order.slice(1)), name).toEqual(new Set(["lazy"]));
    }
  });

  test("leaves out a picture that would be a blur", async () => {
    const tiny = { ...hero, width: 120, height: 80 };
    const cards = [card("one", { hero: tiny }), card("two", { hero: tiny })];
    const html = sectionPage({ site, section: examples.section, listing: listing({ cards }) });
    expect(await elements(html, "main img")).toEqual([]);
  });

  test("names an author on their own page only beside others", () => {
    const shared = card("both", { authors: [mara, otto] });
    const html = authorPage({
      site,
      author: mara,
      listing: listing({ cards: [card("one"), shared] }),
    });
    expect(textOf(html).match(/By [A-Z][^.\d]*/g)).toEqual([
      expect.stringContaining("By Mara Lind and Otto Reyes"),
    ]);
  });

  test("leads to older and newer stories", async () => {
    const html = tagPage({
      site,
      topic: examples.topic,
      listing: listing({ page: 2, hasOlder: true }),
    });
    expect(await links(html, "prev")).toEqual(["/tags/tides"]);
    expect(await links(html, "next")).toEqual(["/tags/tides/page/3"]);
  });

  test("leads into the archive after its last page", async () => {
    const last = frontPage({
      site,
      front: front({ lead: null, pinned: [], page: 10, hasOlder: true }),
    });
    expect(await links(last, "next")).toEqual([]);
    expect(await elements(last, '.pager a[href="/archive"]')).toHaveLength(1);
    const section = sectionPage({
      site,
      section: examples.section,
      listing: listing({ page: 10, hasOlder: true }),
    });
    expect(await elements(section, '.pager a[href="/coast/archive/2026/03"]')).toHaveLength(1);
  });

  test("with nothing older promises nothing older", async () => {
    expect(
      await elements(tagPage({ site, topic: examples.topic, listing: listing() }), ".pager"),
    ).toEqual([]);
    const short = frontPage({ site, front: front() });
    expect((await elements(short, ".pager a")).map(({ text }) => text)).toEqual(["Archive"]);
  });

  test("that is empty says so kindly", () => {
    const empty = listing({ cards: [] });
    expect(sectionPage({ site, section: examples.section, listing: empty })).toContain(
      wordsFor("en").nothingYet,
    );
    const nothing = { ...empty, lead: null, pinned: [], rows: [], others: [] };
    expect(frontPage({ site, front: nothing })).toContain(wordsFor("en").nothingPublished);
  });
});

describe("the archive", () => {
  test("groups months by year", async () => {
    const html = archivePage({ site, months: ["2026-03", "2026-01", "2025-12"] });
    expect((await elements(html, "h2")).map(({ text }) => text)).toEqual(["2026", "2025"]);
    expect(
      (await elements(html, ".months a")).map(({ text, attributes }) => [text, attributes.href]),
    ).toEqual([
      ["March", "/archive/2026/03"],
      ["January", "/archive/2026/01"],
      ["December", "/archive/2025/12"],
    ]);
  });

  test("stays in its section from month to month and page to page", async () => {
    const html = monthPage({
      site,
      page: month({ section: coast, next: "0017-x", olderMonth: "2026-02" }),
    });
    expect(await links(html, "next")).toEqual(["/coast/archive/2026/03?from=0017-x"]);
    expect((await elements(html, ".neighbours .previous"))[0]?.attributes.href).toBe(
      "/coast/archive/2026/02",
    );
  });

  test("gives a later page of a month an address of its own", async () => {
    const html = monthPage({ site, page: month({ first: false }) });
    expect(await links(html, "canonical")).toEqual([
      "https://courier.example/archive/2026/03?from=001773486000000-one",
    ]);
  });

  test("puts a story under the day it came out on at home", async () => {
    const late = card("late", { publishedAt: Date.UTC(2026, 2, 30, 22, 30) });
    const html = monthPage({ site, page: month({ cards: [late] }) });
    expect((await elements(html, "h2"))[0]?.text).toBe("Tuesday, March 31");
  });
});
