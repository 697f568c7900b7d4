import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { themeCss } from "../../src/domain/theme.ts";
import { archivePage, monthPage } from "../../src/views/archive.tsx";
import { articlePage } from "../../src/views/article.tsx";
import { authorPage } from "../../src/views/author.tsx";
import { frontPage } from "../../src/views/front.tsx";
import { markdownTwin } from "../../src/views/markdown-twin.ts";
import { notFoundPage } from "../../src/views/notice.tsx";
import { sectionPage } from "../../src/views/section.tsx";
import type { Paper } from "../../src/views/frame.ts";
import { styleOf } from "../../src/views/stylesheet.ts";
import { tagPage } from "../../src/views/tag.tsx";
import {
  stylesheet,
  site,
  article,
  listing,
  front,
  settled,
  examples,
  notices,
  elements,
  links,
  graphOf,
  linkedData,
} from "./sample.ts";

// What holds of every page, whatever is on it.

type Given = typeof examples;

const pages = pagesOf(site);

/** Every page that has an address, from the same site and with every part that a page can have. */
function pagesOf(on: Paper, given: Given = examples): Record<string, string> {
  return {
    "front page": frontPage({ site: on, front: given.front }),
    "second front page": frontPage({
      site: on,
      front: { ...given.front, lead: null, pinned: [], page: 2, hasOlder: true },
    }),
    section: sectionPage({ site: on, section: given.section, listing: given.listing }),
    author: authorPage({ site: on, author: given.author, listing: given.listing }),
    tag: tagPage({ site: on, topic: given.topic, listing: given.listing }),
    article: articlePage({ site: on, page: given.page }),
    archive: archivePage({ site: on, months: ["2026-03", "2026-01", "2025-12"] }),
    month: monthPage({ site: on, page: given.month }),
  };
}

/** Every value in linked data that is an address. */
function addressesIn(value: unknown, key = ""): string[] {
  if (typeof value === "string")
    return /^(?:@id|url|item|logo|sameAs|thumbnailUrl|mainEntityOfPage|urlTemplate)$/.test(key)
      ? [value]
      : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    addressesIn(inner, Array.isArray(value) ? key : name),
  );
}

describe.each(Object.entries(pages))("the %s", (_, html) => {
  test("has one title, one main, one first heading and one canonical address", async () => {
    expect(html).toMatch(/^<!doctype html><html lang="en" dir="ltr">/);
    expect(await elements(html, "head > title")).toHaveLength(1);
    expect(await elements(html, "main")).toHaveLength(1);
    expect(await elements(html, "h1")).toHaveLength(1);
    const [canonical, ...others] = await links(html, "canonical");
    expect(canonical).toMatch(/^https:\/\/courier\.example\//);
    expect(others).toEqual([]);
  });

  test("has no share address but its own", async () => {
    const [url] = await elements(html, 'meta[property="og:url"]');
    expect(url?.attributes.content).toBe((await links(html, "canonical"))[0]);
  });

  test("tells machines what it is and the way to it, in whole addresses that it shows itself at", async () => {
    const things = await graphOf(html);
    const canonical = (await links(html, "canonical"))[0] ?? "";
    expect(things.length).toBeGreaterThanOrEqual(2);
    const [first] = things;
    expect(String(first?.["@type"])).toMatch(/^(?:\w+Page|NewsArticle|WebSite)$/);
    expect(first?.["url"]).toBe(canonical);
    for (const address of addressesIn(things)) expect(address).toMatch(/^(?:https:\/\/|mailto:)/);
    const ids = things.map((thing) => thing["@id"]);
    expect(new Set(ids).size).toBe(ids.length);
    const crumbs = things.find((thing) => thing["@type"] === "BreadcrumbList");
    if (!crumbs) return expect(first?.["@type"]).toBe("WebSite");
    const steps = crumbs["itemListElement"] as { position: number; item: string }[];
    expect(steps.map(({ position }) => position)).toEqual(steps.map((_, index) => index + 1));
    expect(steps[0]?.item).toBe("https://courier.example/");
    expect(steps.at(-1)?.item).toBe(canonical);
  });

  test("is not kept from search engines", () => {
    expect(html).not.toContain("noindex");
  });
});

describe.each(Object.entries({ ...pages, ...notices }))("the %s", (_, html) => {
  test("has headings in order, without a gap", async () => {
    const levels = (await elements(html, "h1, h2, h3, h4, h5, h6")).map(({ name }) =>
      Number(name[1]),
    );
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries())
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
  });

  test("names every part that a screen reader lists", async () => {
    const ids = (await elements(html, "[id]")).map(({ attributes }) => attributes.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of await elements(html, "[aria-labelledby]"))
      expect(ids).toContain(attributes["aria-labelledby"]);
    for (const { attributes } of await elements(html, "nav"))
      expect(attributes["aria-label"]).toBeTruthy();
    for (const { attributes } of await elements(html, 'a[href^="#"]')) {
      if (attributes.href !== "#") expect(ids).toContain(attributes.href?.slice(1));
    }
  });

  test("carries the stylesheet verbatim in its one style element, and no style of its own", async () => {
    const styles = await elements(html, "style");
    expect(styles).toHaveLength(1);
    expect([stylesheet, styleOf(["notice"], null)]).toContain(styles[0]?.text);
    expect(await elements(html, "[style]")).toEqual([]);
  });

  test("runs no script", async () => {
    for (const { attributes } of await elements(html, "script"))
      expect(attributes).toEqual({ type: "application/ld+json" });
  });
});

describe("a page", () => {
  test("is the same bytes for the same props", () => {
    expect(pagesOf(structuredClone(site), structuredClone(examples))).toEqual(pages);
  });

  test("fits with its style into the first round trip", async () => {
    const gzip = new Response(pages.article).body!.pipeThrough(new CompressionStream("gzip"));
    expect((await new Response(gzip).arrayBuffer()).byteLength).toBeLessThan(14_000);
  });

  test("fetches its first picture first and all others when they come into sight", async () => {
    const pictures = await elements(pages["front page"]!, "img");
    expect(
      pictures.map(({ attributes: { fetchpriority, loading } }) => fetchpriority ?? loading),
    ).toEqual(["high", "lazy", "lazy"]);
    expect(pictures[0]?.attributes).toMatchObject({
      alt: "Two boats turning in",
      width: "2400",
      height: "1600",
    });
    expect(pictures[1]?.attributes.alt).toBe("");
  });

  test("says where in the paper it is", async () => {
    const current = async (html: string) =>
      (await elements(html, "nav [aria-current]")).map(({ text, attributes }) => [
        text,
        attributes["aria-current"],
      ]);
    expect(
      await current(sectionPage({ site, section: examples.section, listing: listing() })),
    ).toEqual([["Coast", "page"]]);
    expect(await current(article())).toEqual([["Coast", "true"]]);
    expect(await current(pages["front page"]!)).toEqual([]);
  });
});

describe("a paper's own look", () => {
  const themed = settled({
    theme: { colours: { light: { accent: "#004488" } }, masthead: "banner" },
    logo: { src: "/media/abc/sign.png", width: 200, height: 100 },
  });

  test("is behind the style of every page and every notice", async () => {
    const all = { ...pagesOf(themed), nowhere: notFoundPage({ site: themed }) };
    for (const html of Object.values(all)) {
      const styles = (await elements(html, "style")).map(({ text }) => text);
      expect(styles).toEqual([stylesheet + themeCss(themed.settings.theme)]);
      expect((await elements(html, "header.masthead"))[0]?.attributes.class).toContain("banner");
    }
  });

  test("has the paper's sign beside its name, without saying the name twice", async () => {
    const [sign] = await elements(frontPage({ site: themed, front: front() }), ".paper img");
    expect(sign?.attributes).toMatchObject({
      src: "/media/abc/sign.png",
      alt: "",
      width: "200",
      height: "100",
    });
    expect(await elements(pages["front page"]!, ".paper img")).toEqual([]);
  });
});

describe("the stylesheet", () => {
  test("has nothing that only its authors read", () => {
    expect(stylesheet).not.toMatch(/\/\*|\n/);
  });

  test("has the colours of a theme that chooses none", () => {
    const chosen = themeCss({ colours: {} });
    const declared = [...chosen.matchAll(/--[\w-]+:#[0-9a-f]{6}/g)].map(([text]) => text);
    expect(declared).toHaveLength(16);
    for (const declaration of declared) expect(stylesheet).toContain(declaration);
  });

  test("gives every gradient two colours, as CSS Images 3 has it", () => {
    const gradients = stylesheet.match(/linear-gradient\((?:[^()]|\([^()]*\))*\)/g) ?? [];
    expect(gradients.length).toBeGreaterThan(4);
    const colours = (gradient: string) => gradient.replace(/^[^(]*\(|\([^()]*\)/g, "").split(",");
    expect(gradients.filter((gradient) => colours(gradient).length < 2)).toEqual([]);
  });

  test("makes what the pager offers high enough to hit, whatever the face's leading", () => {
    expect(stylesheet).toMatch(/\.pager\{[^}]*\}?[^]*?\ba\{min-block-size:24px/);
  });

  test("asks no other address for anything", () => {
    expect(stylesheet).not.toMatch(/@import|url\(|https?:\/\/[^"]/);
  });
});

describe("hostile words", () => {
  const PAYLOAD = `"><img src=x onerror=alert(1)></script></style><!-- ' & \u2028`;
  const hostile = corrupt(examples) as Given;
  const hostileSite: Paper = { ...(corrupt(site) as Paper), style: stylesheet };

  test.each([
    ["in every field of every page", hostileSite],
    ["of a story on a friendly site", site],
  ])("%s stay words", async (_, on) => {
    for (const html of Object.values(pagesOf(on, hostile))) {
      for (const { name, attributes, text } of await elements(html)) {
        expect(Object.keys(attributes).filter((attribute) => attribute.startsWith("on"))).toEqual(
          [],
        );
        if (name === "script") expect(attributes.type).toBe("application/ld+json");
        if (name === "img") expect(attributes.src).not.toBe("x");
        if (name === "style") expect(text).toBe(stylesheet);
      }
      expect(await elements(html, "main")).toHaveLength(1);
      expect(await elements(html, "style")).toHaveLength(1);
    }
  });

  test("reach the linked data whole, without ending it", async () => {
    const html = articlePage({ site: hostileSite, page: hostile.page });
    expect(await linkedData(html)).toMatchObject({
      headline: PAYLOAD,
      publisher: { name: PAYLOAD },
      author: [{ name: PAYLOAD }, { name: PAYLOAD }],
      correction: [{ text: PAYLOAD }],
    });
  });

  test("stay in their field of the Markdown twin", () => {
    const worse = `${PAYLOAD}\n---\n# injected: yes\u0085\ufeff\t\\ \ud800`;
    const { story } = hostile.page;
    const twin = markdownTwin({
      site,
      story: { ...story, title: worse, standfirst: worse },
      body: "The body.",
    });
    const [, matter = "", text = ""] = /^---\n(.*?)\n---\n\n(.*)$/s.exec(twin) ?? [];
    const known = parseYaml(matter) as Record<string, unknown>;
    expect(known).toMatchObject({
      title: worse.toWellFormed(),
      standfirst: worse.toWellFormed(),
      section: PAYLOAD,
      tags: [PAYLOAD],
    });
    expect(Object.keys(known)).not.toContain("injected");
    expect(text.split("\n\n")).toHaveLength(3);
    expect(text).not.toMatch(/(?<!\\)<img/);
  });

  /** Replaces every string that a person writes; the body is sanitised before it is stored, and a month is made by us. */
  function corrupt(value: unknown, key = ""): unknown {
    if (typeof value === "string")
      return key === "html" || key === "month" || key.endsWith("Month") ? value : PAYLOAD;
    if (Array.isArray(value)) return value.map((element) => corrupt(element));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, corrupt(inner, name)]),
    );
  }
});
