import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { markdownTwin } from "../../src/views/markdown-twin.ts";
import {
  HOUR,
  NOON,
  otto,
  site,
  hero,
  card,
  story,
  article,
  elements,
  links,
  linkedData,
  textOf,
} from "./sample.ts";

// A story on its page, and as Markdown.

describe("an article", () => {
  test("shows its authors, and says more only of those of whom more is known", async () => {
    const html = article();
    expect((await elements(html, ".byline a")).map(({ text }) => text)).toEqual([
      "Mara Lind",
      "Otto Reyes",
    ]);
    expect((await elements(html, ".authors h3")).map(({ text }) => text)).toEqual(["Mara Lind"]);
    expect(await elements(article({ authors: [otto] }), ".authors")).toEqual([]);
    expect(await elements(article({ authors: [] }), ".byline")).toEqual([]);
  });

  test("names twelve authors in full, and on a card counts all but two", async () => {
    const authors = Array.from({ length: 12 }, (_, index) => ({
      ...otto,
      slug: `a${index}`,
      name: `Author ${index}`,
    }));
    const html = article({ authors }, { latest: [card("crowd", { authors })] });
    expect(await elements(html, ".byline a")).toHaveLength(12);
    expect(textOf(html)).toContain("By Author 0, Author 1 and 10 others");
  });

  test("says when it was updated only if that was after it was published", () => {
    expect(article({ updatedAt: NOON })).not.toContain("Updated");
    expect(article({ updatedAt: null })).not.toContain("article:modified_time");
    const html = article({ updatedAt: NOON + HOUR });
    expect(html).toContain('Updated <time datetime="2026-03-14T12:00:00Z">');
    expect(html).toContain(
      '<meta property="article:modified_time" content="2026-03-14T12:00:00Z"/>',
    );
  });

  test("shows its corrections with their dates and points to them at its top", async () => {
    const html = article({
      corrections: [{ text: "It is 1,100 metres long.", at: NOON + 48 * HOUR }],
    });
    expect(textOf(html)).toContain("March 16, 2026 It is 1,100 metres long.");
    expect(await elements(html, '.dateline a[href="#corrections"]')).toHaveLength(1);
    expect(await elements(article(), ".corrections, .dateline a")).toEqual([]);
  });

  test("leads to the story before it and the story after it", async () => {
    expect(await links(article(), "prev")).toEqual(["/coast/older"]);
    expect(await links(article(), "next")).toEqual(["/coast/newer"]);
    expect(await elements(article({}, { older: null, newer: null }), ".neighbours")).toEqual([]);
  });

  test("tells machines of its twin, its translations and itself", async () => {
    const html = article({
      translations: [{ id: "other", path: "/coast/deich", title: "Der Deich", language: "de" }],
    });
    const alternates = (await elements(html, "link[rel=alternate]")).map(
      ({ attributes }) => attributes,
    );
    const feeds = alternates.filter(({ title }) => title !== undefined);
    expect(
      feeds.map(({ type, title, href }) => [type, title, new URL(href ?? "").pathname]),
    ).toEqual([
      ["application/rss+xml", "Coast – The Harbour Courier (RSS)", "/coast/feed.xml"],
      ["application/atom+xml", "Coast – The Harbour Courier (Atom)", "/coast/atom.xml"],
      ["application/feed+json", "Coast – The Harbour Courier (JSON Feed)", "/coast/feed.json"],
      ["application/rss+xml", "The Harbour Courier (RSS)", "/feed.xml"],
      ["application/atom+xml", "The Harbour Courier (Atom)", "/atom.xml"],
      ["application/feed+json", "The Harbour Courier (JSON Feed)", "/feed.json"],
    ]);
    expect(alternates.filter((link) => !feeds.includes(link))).toEqual([
      { rel: "alternate", type: "text/markdown", href: "https://courier.example/coast/wall.md" },
      { rel: "alternate", hreflang: "en", href: "https://courier.example/coast/wall" },
      { rel: "alternate", hreflang: "de", href: "https://courier.example/coast/deich" },
    ]);
    expect(await linkedData(html)).toMatchObject({
      "@type": "NewsArticle",
      headline: "The wall",
      datePublished: "2026-03-14T11:00:00Z",
      image: [{ url: "https://courier.example/media/abc/harbour.jpg" }],
      author: [
        { name: "Mara Lind", url: "https://courier.example/authors/mara-lind" },
        { name: "Otto Reyes" },
      ],
    });
  });

  test("that first appeared elsewhere says where", async () => {
    const html = article({ canonicalUrl: "https://elsewhere.example/wall" });
    expect(await links(html, "canonical")).toEqual(["https://elsewhere.example/wall"]);
  });

  test("in another language says so, and speaks it around its text", async () => {
    const html = article({ language: "ar" });
    const [element] = await elements(html, "article.story");
    expect(element?.attributes).toMatchObject({ lang: "ar", dir: "rtl" });
    expect(html).toContain("بقلم");
    expect(html).toContain('<html lang="en" dir="ltr">');
  });

  test("in a language that pages do not speak has the site's words, marked as such", async () => {
    const [credits] = await elements(article({ language: "fa" }), ".credits");
    expect(credits?.attributes).toMatchObject({ lang: "en", dir: "ltr" });
    expect(credits?.text).toContain("Published");
  });

  test("without picture, standfirst, tags and neighbours has no empty parts", async () => {
    const html = article(
      { hero: null, standfirst: null, tags: [], authors: [] },
      { older: null, newer: null, latest: [] },
    );
    expect(
      await elements(html, ".story > .hero, .story .standfirst, .topics, .more, .neighbours"),
    ).toEqual([]);
  });

  test("enlarges a small picture no further than to twice its size", async () => {
    const small = { ...hero, width: 300, height: 200 };
    const [picture] = await elements(article({ hero: small }), "img");
    expect(picture?.attributes).toMatchObject({ width: "600", height: "400" });
    expect(picture?.attributes.class).toContain("small");
  });

  test("shows a decorative picture without words, and keeps its focal point", async () => {
    const [picture] = await elements(
      article({ hero: { ...hero, decorative: true, width: null } }),
      "img",
    );
    expect(picture?.attributes).toMatchObject({
      alt: "",
      class: "picture focus-top-right unsized",
    });
    expect(picture?.attributes).not.toHaveProperty("height");
  });
});

describe("the Markdown twin", () => {
  test("is what is known of a story, then the story", () => {
    const twin = markdownTwin({
      site,
      story: story({ updatedAt: NOON + HOUR }),
      body: "The vote was *close*.\n",
    });
    expect(twin).toBe(`---
title: "The wall"
standfirst: "What became of the wall."
kind: "news"
section: "Coast"
authors:
  - "Mara Lind"
  - "Otto Reyes"
tags:
  - "Tides"
published: "2026-03-14T11:00:00Z"
updated: "2026-03-14T12:00:00Z"
url: "https://courier.example/coast/wall"
language: "en"
---

# The wall

What became of the wall.

The vote was *close*.
`);
  });

  test("carries its corrections", () => {
    const twin = markdownTwin({
      site,
      story: story({ corrections: [{ text: 'Not "1,100 feet".', at: NOON }] }),
      body: "",
    });
    const known = parseYaml(twin.split("---\n")[1] ?? "") as Record<string, unknown>;
    expect(known.corrections).toEqual([
      { date: "2026-03-14T11:00:00Z", text: 'Not "1,100 feet".' },
    ]);
  });
});
