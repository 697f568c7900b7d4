import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import type { Hero } from "../src/domain/hero.ts";
import { themeCss } from "../src/domain/theme.ts";
import type {
  Card,
  Front,
  Listing,
  MonthPage,
  Named,
  Profile,
  Story,
  StoryPage,
} from "../src/domain/published.ts";
import { archivePage, monthPage } from "../src/views/archive.tsx";
import { articlePage } from "../src/views/article.tsx";
import { authorPage } from "../src/views/author.tsx";
import { formatsOf } from "../src/views/dates.ts";
import { frontPage } from "../src/views/front.tsx";
import { directionOf } from "../src/domain/language.ts";
import { markdownTwin } from "../src/views/markdown-twin.ts";
import { gonePage, notFoundPage, unavailablePage } from "../src/views/notice.tsx";
import { sectionPage } from "../src/views/section.tsx";
import type { Paper } from "../src/views/layout.tsx";
import { squeeze, STYLE_PARTS, styleOf } from "../src/views/stylesheet.ts";
import { tagPage } from "../src/views/tag.tsx";
import { LANGUAGES, wordsFor, type Words } from "../src/views/words.ts";

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 2, 14, 11);

const coast = { slug: "coast", name: "Coast" };
const mara: Profile = {
  slug: "mara-lind",
  name: "Mara Lind",
  role: "Coast correspondent",
  bio: "Grew up on a lightship.",
};
const otto: Profile = { slug: "otto-reyes", name: "Otto Reyes", role: null, bio: null };

/** All of it, as no page has it. */
const stylesheet = styleOf(STYLE_PARTS, null);

const site: Paper = {
  style: stylesheet,
  origin: "https://courier.example",
  settings: {
    title: "The Harbour Courier",
    tagline: "A paper for the coast",
    description: "News from the coast.",
    language: "en",
    timeZone: "Europe/Berlin",
    publisher: "Harbour Press",
    theme: null,
    logo: null,
  },
  sections: [coast, { slug: "letters", name: "Letters" }],
};

const hero: Hero = {
  src: "/media/abc/harbour.jpg",
  alt: "Two boats turning in",
  decorative: false,
  caption: "The outer harbour.",
  credit: "Otto Reyes",
  width: 2400,
  height: 1600,
  focalPoint: "top-right",
};

function card(name: string, change: Partial<Card> = {}): Card {
  return {
    id: name,
    path: `/coast/${name}`,
    place: `001773486000000-${name}`,
    section: coast,
    title: `The ${name}`,
    standfirst: `What became of the ${name}.`,
    hero: null,
    language: null,
    publishedAt: NOON,
    authors: [{ slug: mara.slug, name: mara.name }],
    ...change,
  };
}

function story(change: Partial<Story> = {}): Story {
  return {
    ...card("wall"),
    updatedAt: null,
    authors: [mara, otto],
    hero,
    tags: [{ slug: "tides", name: "Tides" }],
    html: '<p>The vote was close.</p><h2 id="h-first">What goes first</h2><p>The culvert.</p>',
    words: 900,
    canonicalUrl: null,
    corrections: [],
    seo: { title: null, description: null },
    translationOf: null,
    translations: [],
    ...change,
  };
}

function article(change: Partial<Story> = {}, around: Partial<StoryPage> = {}, on = site): string {
  const page = {
    story: story(change),
    older: card("older"),
    newer: card("newer"),
    latest: [card("late"), card("later")],
  };
  return articlePage({ site: on, page: { ...page, ...around } });
}

function listing(change: Partial<Listing> = {}): Listing {
  return {
    cards: [card("one", { hero }), card("two"), card("three")],
    page: 1,
    hasOlder: false,
    ...change,
  };
}

function front(change: Partial<Front> = {}): Front {
  return {
    ...listing(),
    lead: card("lead", { hero }),
    pinned: [card("pin", { hero })],
    others: [],
    ...change,
  };
}

function month(change: Partial<MonthPage> = {}): MonthPage {
  const cards = [card("one"), card("two", { publishedAt: NOON - 24 * HOUR })];
  return {
    month: "2026-03",
    section: null,
    cards,
    next: null,
    first: true,
    olderMonth: null,
    newerMonth: null,
    ...change,
  };
}

function settled(change: Partial<Paper["settings"]>): Paper {
  const settings = { ...site.settings, ...change };
  return { ...site, settings, style: styleOf(STYLE_PARTS, settings.theme) };
}

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

const examples = {
  front: front(),
  listing: listing({ page: 3, hasOlder: true }),
  section: { ...coast, description: "Tides and ferries." },
  author: mara,
  topic: { slug: "tides", name: "Tides", description: "Twice a day." },
  page: {
    story: story({
      updatedAt: NOON + HOUR,
      corrections: [{ text: "It is 1,100 metres long.", at: NOON + 48 * HOUR }],
      translations: [{ id: "other", path: "/coast/deich", title: "Der Deich", language: "de" }],
    }),
    older: card("older"),
    newer: card("newer", { language: "ar", title: "الأحدث" }),
    latest: [card("late")],
  },
  month: month({
    section: coast,
    next: "x",
    first: false,
    olderMonth: "2026-02",
    newerMonth: "2026-04",
  }),
};
type Given = typeof examples;

const notices = {
  "not found": notFoundPage({ site }),
  gone: gonePage({ site }),
  unavailable: unavailablePage(),
};
const pages = pagesOf(site);

interface Seen {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** The elements of a page in order, as a parser sees them, each with its own text. */
async function elements(html: string, selector = "*"): Promise<Seen[]> {
  const seen: Seen[] = [];
  const open: Seen[] = [];
  const rewriter = new HTMLRewriter().on(selector, {
    element(element) {
      const found = {
        name: element.tagName,
        attributes: Object.fromEntries([...element.attributes] as [string, string][]),
        text: "",
      };
      seen.push(found);
      if (!VOID.has(element.tagName)) {
        open.push(found);
        element.onEndTag(() => void open.splice(open.lastIndexOf(found), 1));
      }
    },
    text(chunk) {
      for (const element of open) element.text += chunk.text;
    },
  });
  await rewriter
    .transform(new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } }))
    .text();
  return seen;
}

const VOID = new Set(["meta", "link", "img", "input", "br", "hr", "wbr", "source"]);

async function links(html: string, rel: string): Promise<string[]> {
  return (await elements(html, `link[rel=${rel}], a[rel=${rel}]`)).map(
    ({ attributes }) => attributes.href ?? "",
  );
}

async function linkedData(html: string): Promise<Record<string, unknown>> {
  const [script] = await elements(html, "script");
  return JSON.parse(script?.text ?? "null") as Record<string, unknown>;
}

function textOf(html: string): string {
  return html
    .replace(/<style>.*?<\/style>|<script.*?<\/script>/gs, "")
    .replace(/<[^>]*>/g, "")
    .replace(/[\s\u202f]+/g, " ");
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
  test("loses what only its authors read, and nothing else", () => {
    expect(
      squeeze('/* why */\n.a,\n.b > c {\n  margin: 0 calc(1px + 2px);\n  content: "#";\n}\n'),
    ).toBe('.a,.b > c{margin:0 calc(1px + 2px);content:"#"}');
    expect(stylesheet).not.toContain("/*");
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
    expect(article()).not.toContain("Correct");
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
    expect(alternates).toEqual([
      { rel: "alternate", type: "text/markdown", href: "https://courier.example/coast/wall.md" },
      { rel: "alternate", hreflang: "en", href: "https://courier.example/coast/wall" },
      { rel: "alternate", hreflang: "de", href: "https://courier.example/coast/deich" },
    ]);
    expect(await linkedData(html)).toMatchObject({
      "@type": "NewsArticle",
      headline: "The wall",
      datePublished: "2026-03-14T11:00:00Z",
      image: { url: "https://courier.example/media/abc/harbour.jpg" },
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
    expect(frontPage({ site, front: { ...empty, lead: null, pinned: [], others: [] } })).toContain(
      wordsFor("en").nothingPublished,
    );
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

describe("dates", () => {
  const beforeMidnight = Date.UTC(2026, 11, 31, 23, 30);

  test("are those of the site's time zone", () => {
    expect(textOf(article({ publishedAt: beforeMidnight }))).toContain(
      "Published January 1, 2027 at 12:30 AM GMT+1",
    );
    const newYork = article(
      { publishedAt: beforeMidnight },
      {},
      settled({ timeZone: "America/New_York" }),
    );
    expect(textOf(newYork)).toContain("Published December 31, 2026 at 6:30 PM EST");
  });

  test("are written as the page's language writes them", () => {
    const german = article({ publishedAt: beforeMidnight }, {}, settled({ language: "de" }));
    expect(textOf(german)).toContain("Veröffentlicht am 1. Januar 2027 um 00:30 MEZ");
  });

  test("name no zone that only computers know", () => {
    const inDublin = (language: string) =>
      formatsOf(language, "Europe/Dublin").minute(Date.UTC(2026, 10, 17, 6, 30));
    expect(inDublin("de")).toMatch(/06:30\u00a0GMT$/);
    expect(inDublin("fr")).toMatch(/06:30\u00a0UTC$/);
    expect(inDublin("ar")).toMatch(/\u00a0GMT$/);
    expect(formatsOf("ar", "America/New_York").minute(NOON)).toMatch(/\u00a0GMT-4$/);
  });

  test("never part a time from its zone at the end of a line", () => {
    for (const language of [...LANGUAGES, "he", "ja", "vi"]) {
      const said = formatsOf(language, "Europe/Berlin").minute(NOON);
      expect(said.split(" ").filter((word) => word.includes("12:00"))).toEqual([
        expect.stringMatching(/\u00a0/),
      ]);
    }
  });

  test("in the words of another language are that language's", async () => {
    const [credits] = await elements(article({ language: "he" }), ".credits");
    expect(credits?.text).not.toMatch(/\p{Script=Hebrew}/u);
    expect(credits?.text).toContain("Mara Lind and Otto Reyes");
    const german = article({ language: "it" }, {}, settled({ language: "de-AT" }));
    expect((await elements(german, ".credits"))[0]?.text).toContain("14. März 2026");
  });

  test("keep one formatter for each language and zone", () => {
    expect(formatsOf("en", "UTC")).toBe(formatsOf("en", "UTC"));
    expect(formatsOf("en", "UTC")).not.toBe(formatsOf("en", "Europe/Berlin"));
  });

  test("of a language or zone that nobody knows are English, in UTC", () => {
    expect(formatsOf("not a language", "Nowhere/Land").day(beforeMidnight)).toBe(
      "December 31, 2026",
    );
  });
});

describe("words", () => {
  const sayings = Object.keys(wordsFor("en")) as (keyof Words)[];

  test.each(LANGUAGES)("are complete in %s", (language) => {
    const words = wordsFor(language);
    expect(words.language).toBe(language);
    for (const saying of sayings) {
      const said = words[saying];
      const all =
        typeof said === "function"
          ? [0, 1, 2, 3, 11, 100].map((count) => say(said, saying, count))
          : [said];
      for (const sentence of all) expect(sentence.trim()).not.toBe("");
      for (const sentence of all) expect(sentence).not.toMatch(/undefined|null|NaN/);
    }
  });

  test("are picked by language, then by the site's, then English", () => {
    expect(wordsFor("de-AT").language).toBe("de");
    expect(wordsFor("ar-EG").by).toBe(wordsFor("ar").by);
    expect(wordsFor("fa", "fr").language).toBe("fr");
    expect(wordsFor("fa").language).toBe("en");
  });

  test("count as their language counts", () => {
    const read = (minutes: number) => wordsFor("ar").readingTime(minutes, String(minutes));
    expect(new Set([1, 2, 3, 11].map((minutes) => read(minutes).replace(/\d+/, "n"))).size).toBe(4);
    expect(wordsFor("en").corrections(1)).not.toBe(wordsFor("en").corrections(2));
  });

  test("run from right to left where their script does", () => {
    expect(["ar", "he", "fa-IR", "ur", "ckb", "dv", "az-Arab"].map(directionOf)).toEqual(
      Array(7).fill("rtl"),
    );
    expect(["en", "de", "ar-Latn", "ku", "zh-Hant"].map(directionOf)).toEqual(Array(5).fill("ltr"));
  });

  function say(
    said: Exclude<Words[keyof Words], string>,
    saying: keyof Words,
    count: number,
  ): string {
    const speak = said as (...given: (string | number)[]) => string;
    const counted =
      saying === "corrections" || saying === "aboutAuthors" || saying === "readingTime";
    if (counted) return speak(count, String(count));
    return saying === "others" ? speak("A, B", count, String(count)) : speak("a", "b");
  }
});

describe("a notice", () => {
  test("is kept from search engines and has no address", async () => {
    for (const html of Object.values(notices)) {
      expect(html).toContain('<meta name="robots" content="noindex"/>');
      expect(await links(html, "canonical")).toEqual([]);
    }
  });

  test("says sorry in every language when the site's is not known", async () => {
    const spoken = (await elements(notices.unavailable, "p[lang]")).map(
      ({ attributes }) => attributes.lang,
    );
    expect(["en", ...spoken]).toEqual([...LANGUAGES]);
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
