import { describe, expect, test } from "vitest";
import { EDGES, formNamed, nameOfForm } from "../../src/domain/media.ts";
import { FOCAL_POINTS } from "../../src/domain/hero.ts";
import { articlePage, heroHint } from "../../src/views/article.tsx";
import { authorPage } from "../../src/views/author.tsx";
import { frontPage, leadHint } from "../../src/views/front.tsx";
import { monthPage } from "../../src/views/archive.tsx";
import { sectionPage } from "../../src/views/section.tsx";
import { shareOf } from "../../src/views/shared-picture.ts";
import { speculationRules } from "../../src/views/speculation-rules.ts";
import {
  article,
  card,
  elements,
  examples,
  front,
  graphOf,
  hero,
  HOUR,
  linkedData,
  listing,
  mara,
  NOON,
  otto,
  settled,
  site,
  story,
} from "./sample.ts";

// What a page tells machines, and whoever shows a link to it.

const HASH = "a2".repeat(16);
const inLibrary = { ...hero, src: `/media/${HASH}/harbour.jpg` };

async function meta(html: string): Promise<[string, string][]> {
  return (await elements(html, "meta[property], meta[name^=twitter]")).map(
    ({ attributes: { property, name, content } }) => [property ?? name ?? "", content ?? ""],
  );
}

describe("a story's linked data", () => {
  test("has every field that search engines ask for, and says what the page shows", async () => {
    const html = article({
      hero: inLibrary,
      updatedAt: NOON + HOUR,
      corrections: [{ text: "It is 1,100 metres long.", at: NOON + 2 * HOUR }],
      seo: { title: "Wall vote", description: null },
    });
    const [news, crumbs] = await graphOf(html);
    const at = (name: string) => `https://courier.example/media/${HASH}/${name}`;
    expect(news).toEqual({
      "@type": "NewsArticle",
      "@id": "https://courier.example/coast/wall#story",
      headline: "The wall",
      alternativeHeadline: "Wall vote",
      description: "What became of the wall.",
      url: "https://courier.example/coast/wall",
      mainEntityOfPage: "https://courier.example/coast/wall",
      inLanguage: "en",
      isAccessibleForFree: true,
      datePublished: "2026-03-14T11:00:00Z",
      dateModified: "2026-03-14T12:00:00Z",
      articleSection: "Coast",
      keywords: ["Tides"],
      wordCount: 900,
      image: [
        {
          "@type": "ImageObject",
          url: at("harbour.jpg"),
          width: 2400,
          height: 1600,
          caption: "The outer harbour.",
          creditText: "Otto Reyes",
        },
        { "@type": "ImageObject", url: at("1200x675-top.jpg"), width: 1200, height: 675 },
        { "@type": "ImageObject", url: at("1200x900-right.jpg"), width: 1200, height: 900 },
        { "@type": "ImageObject", url: at("1200x1200-right.jpg"), width: 1200, height: 1200 },
      ],
      thumbnailUrl: at("1200x630-top.jpg"),
      author: [
        {
          "@type": "Person",
          "@id": "https://courier.example/authors/mara-lind#person",
          name: "Mara Lind",
          jobTitle: "Coast correspondent",
          url: "https://courier.example/authors/mara-lind",
          sameAs: ["https://www.social.example/@mara"],
        },
        {
          "@type": "Person",
          "@id": "https://courier.example/authors/otto-reyes#person",
          name: "Otto Reyes",
          url: "https://courier.example/authors/otto-reyes",
        },
      ],
      publisher: {
        "@type": "NewsMediaOrganization",
        "@id": "https://courier.example/#organization",
        name: "Harbour Press",
        url: "https://courier.example/",
      },
      isPartOf: { "@id": "https://courier.example/#website" },
      correction: [
        {
          "@type": "CorrectionComment",
          text: "It is 1,100 metres long.",
          datePublished: "2026-03-14T13:00:00Z",
        },
      ],
    });
    const shown = await elements(html, "h1.title, .dateline time");
    expect(shown[0]?.text).toBe(news?.["headline"]);
    expect(shown.slice(1).map(({ attributes }) => attributes.datetime)).toEqual([
      news?.["datePublished"],
      news?.["dateModified"],
      "2026-03-14T13:00:00Z",
    ]);
    expect(crumbs).toEqual({
      "@type": "BreadcrumbList",
      "@id": "https://courier.example/coast/wall#breadcrumbs",
      itemListElement: [
        ["The Harbour Courier", "https://courier.example/"],
        ["Coast", "https://courier.example/coast"],
        ["The wall", "https://courier.example/coast/wall"],
      ].map(([name, item], index) => ({ "@type": "ListItem", position: index + 1, name, item })),
    });
  });

  test("names the story that it translates, or its translations", async () => {
    const versions = [
      { id: "first", path: "/coast/deich", title: "Der Deich", language: "de" },
      { id: "sister", path: "/coast/digue", title: "La digue", language: "fr" },
    ];
    const original = await linkedData(article({ translations: versions }));
    expect(original).toMatchObject({
      workTranslation: [
        { headline: "Der Deich", inLanguage: "de", url: "https://courier.example/coast/deich" },
        { headline: "La digue", inLanguage: "fr" },
      ],
    });
    expect(original["translationOfWork"]).toBeUndefined();
    const translation = await linkedData(
      article({ translationOf: "first", translations: versions }),
    );
    expect(translation).toMatchObject({ translationOfWork: { headline: "Der Deich" } });
    expect(translation["workTranslation"]).toBeUndefined();
  });

  test("leaves out what the story does not have", async () => {
    const html = article({ hero: null, standfirst: null, tags: [], words: 0, authors: [] });
    const data = await linkedData(html);
    for (const name of [
      "description",
      "keywords",
      "wordCount",
      "correction",
      "alternativeHeadline",
    ])
      expect(data, name).not.toHaveProperty(name);
    expect(data["image"]).toEqual([
      {
        "@type": "ImageObject",
        url: "https://courier.example/share/wall.png",
        width: 1200,
        height: 630,
      },
    ]);
  });

  test("has the paper for its author where nobody signed it, as in feeds", async () => {
    const data = await linkedData(article({ authors: [] }));
    expect(data["author"]).toEqual(data["publisher"]);
    expect(data["author"]).toMatchObject({
      name: "Harbour Press",
      url: "https://courier.example/",
    });
    const paid = article({ authors: [], kind: "sponsored", sponsor: "Acme" });
    expect(await linkedData(paid)).not.toHaveProperty("author");
  });
});

describe("the linked data of other pages", () => {
  test("are on the front page the paper and who makes it, with where it says how it works", async () => {
    const on = settled({ logo: { src: `/media/${HASH}/sign.png`, width: 200, height: 100 } });
    const [website, publisher] = await graphOf(frontPage({ site: on, front: front() }));
    expect(website).toMatchObject({
      "@type": "WebSite",
      name: "The Harbour Courier",
      url: "https://courier.example/",
      inLanguage: "en",
      publisher: { "@id": publisher?.["@id"] },
      potentialAction: {
        target: { urlTemplate: "https://courier.example/search?q={search_term_string}" },
      },
    });
    expect(website).not.toHaveProperty("alternateName");
    const said = settled({ tagline: "On the water", description: null });
    expect(await graphOf(frontPage({ site: said, front: front() }))).toMatchObject([
      { "@type": "WebSite", description: "On the water" },
      { "@type": "NewsMediaOrganization", slogan: "On the water" },
    ]);
    expect(publisher).toMatchObject({
      "@type": "NewsMediaOrganization",
      name: "Harbour Press",
      alternateName: "The Harbour Courier",
      logo: { url: `https://courier.example/media/${HASH}/sign.png`, width: 200, height: 100 },
      sameAs: ["https://x.com/harbourcourier", "https://social.example/@courier"],
      publishingPrinciples: "https://courier.example/about/principles",
      correctionsPolicy: "https://courier.example/about/corrections",
      ownershipFundingInfo: "https://trust.example/harbour",
      masthead: "https://courier.example/about/newsroom",
      contactPoint: { "@type": "ContactPoint", email: "desk@courier.example" },
    });
    expect(publisher).not.toHaveProperty("ethicsPolicy");
  });

  test("are on an author's the person, as the page shows them", async () => {
    const html = authorPage({ site, author: mara, listing: listing() });
    const [profile] = await graphOf(html);
    expect(profile).toMatchObject({
      "@type": "ProfilePage",
      url: "https://courier.example/authors/mara-lind",
      mainEntity: {
        "@type": "Person",
        "@id": "https://courier.example/authors/mara-lind#person",
        name: "Mara Lind",
        jobTitle: "Coast correspondent",
        description: "Grew up on a lightship.",
        identifier: "mara-lind",
        sameAs: ["https://www.social.example/@mara"],
        email: "mailto:mara@courier.example",
        worksFor: { name: "Harbour Press" },
      },
    });
    const shown = await elements(html, ".profile a[rel=me]");
    expect(shown.map(({ text, attributes }) => [text, attributes.href])).toEqual([
      ["social.example", "https://www.social.example/@mara"],
      ["mara@courier.example", "mailto:mara@courier.example"],
    ]);
    expect(await meta(html)).toContainEqual(["og:type", "profile"]);
    expect(await meta(html)).toContainEqual(["profile:username", "mara-lind"]);
  });

  test("are of a list what it lists, and the way there", async () => {
    const html = sectionPage({ site, section: examples.section, listing: listing() });
    const [page, crumbs] = await graphOf(html);
    expect(page).toMatchObject({
      "@type": "CollectionPage",
      name: "Coast",
      description: "Tides and ferries.",
      mainEntity: {
        itemListElement: ["one", "two", "three"].map((name, index) => ({
          position: index + 1,
          url: `https://courier.example/coast/${name}`,
        })),
      },
      breadcrumb: { "@id": crumbs?.["@id"] },
    });
    const [, month] = await graphOf(monthPage({ site, page: examples.month }));
    expect(month).toMatchObject({
      itemListElement: ["The Harbour Courier", "Coast", "March 2026"].map((name) => ({ name })),
    });
  });
});

describe("a shared link", () => {
  test("has a story's picture cropped at its focal point, with its true size", async () => {
    const html = article({ hero: inLibrary });
    expect((await meta(html)).filter(([name]) => name.startsWith("og:image"))).toEqual([
      ["og:image", `https://courier.example/media/${HASH}/1200x630-top.jpg`],
      ["og:image:type", "image/jpeg"],
      ["og:image:width", "1200"],
      ["og:image:height", "630"],
      ["og:image:alt", "Two boats turning in"],
    ]);
  });

  test.each(FOCAL_POINTS)("keeps what is at %s, at the side that is cut", (focalPoint) => {
    const shared = (width: number, height: number) =>
      shareOf(site, story({ hero: { ...inLibrary, width, height, focalPoint } }))?.src ?? "";
    const [, wide] = /-(\w+)\.jpg$/.exec(shared(4000, 1000)) ?? [];
    const [, high] = /-(\w+)\.jpg$/.exec(shared(1000, 1000)) ?? [];
    const [vertical = "center"] = /top|bottom/.exec(focalPoint) ?? [];
    const [horizontal = "center"] = /left|right/.exec(focalPoint) ?? [];
    expect([wide, high]).toEqual([horizontal, vertical]);
  });

  test.each([
    ["without a picture", null],
    ["whose picture is elsewhere", { ...hero, src: "https://elsewhere.example/a.jpg" }],
  ])("of a story %s has the paper's card", async (_, given) => {
    const html = article({ hero: given });
    expect((await meta(html)).filter(([name]) => name.startsWith("og:image"))).toEqual([
      ["og:image", "https://courier.example/share/wall.png"],
      ["og:image:type", "image/png"],
      ["og:image:width", "1200"],
      ["og:image:height", "630"],
      ["og:image:alt", "The Harbour Courier: The wall"],
    ]);
    expect(await meta(html)).toContainEqual(["twitter:card", "summary_large_image"]);
  });

  test("has where no pictures are made the original and its size, or none", async () => {
    const on = { ...site, drawsPictures: false };
    const shown = await meta(article({ hero: inLibrary }, {}, on));
    expect(shown).toContainEqual(["og:image", `https://courier.example/media/${HASH}/harbour.jpg`]);
    expect(shown).toContainEqual(["og:image:width", "2400"]);
    const none = await meta(article({ hero: null }, {}, on));
    expect(none.filter(([name]) => name.startsWith("og:image"))).toEqual([]);
    expect(none).toContainEqual(["twitter:card", "summary"]);
    expect(await linkedData(article({ hero: null }, {}, on))).not.toHaveProperty("image");
  });

  test("says of a story when, where, by whom and of what", async () => {
    const html = article({
      updatedAt: NOON + HOUR,
      language: "pt-BR",
      authors: [{ ...mara, links: ["https://twitter.com/maralind"] }, otto],
      translations: [
        { id: "a", path: "/coast/deich", title: "Der Deich", language: "de" },
        { id: "b", path: "/coast/wall-2", title: "The wall", language: null },
      ],
    });
    expect((await meta(html)).filter(([name]) => !name.startsWith("og:image"))).toEqual([
      ["og:site_name", "The Harbour Courier"],
      ["og:url", "https://courier.example/coast/wall"],
      ["og:type", "article"],
      ["og:title", "The wall"],
      ["og:description", "What became of the wall."],
      ["og:locale", "pt_BR"],
      ["og:locale:alternate", "de_DE"],
      ["og:locale:alternate", "en_US"],
      ["article:published_time", "2026-03-14T11:00:00Z"],
      ["article:modified_time", "2026-03-14T12:00:00Z"],
      ["article:section", "Coast"],
      ["article:author", "https://courier.example/authors/mara-lind"],
      ["article:author", "https://courier.example/authors/otto-reyes"],
      ["article:tag", "Tides"],
      ["twitter:card", "summary_large_image"],
      ["twitter:site", "@harbourcourier"],
      ["twitter:creator", "@maralind"],
    ]);
  });

  test("names each language once, and none where the story is at home elsewhere", async () => {
    const translations = [
      { id: "a", path: "/coast/deich", title: "Der Deich", language: "de" },
      { id: "b", path: "/coast/deich-2", title: "Der Deich", language: "de" },
    ];
    const named = async (html: string) =>
      (await elements(html, "link[hreflang]")).map(({ attributes: { hreflang, href } }) => [
        hreflang,
        href,
      ]);
    expect(await named(article({ translations }))).toEqual([
      ["en", "https://courier.example/coast/wall"],
      ["de", "https://courier.example/coast/deich"],
    ]);
    const elsewhere = article({ translations, canonicalUrl: "https://elsewhere.example/wall" });
    expect(await named(elsewhere)).toEqual([]);
  });

  test("of another page has the paper's sign", async () => {
    const on = settled({ logo: { src: `/media/${HASH}/sign.png`, width: 200, height: 100 } });
    const html = sectionPage({ site: on, section: examples.section, listing: listing() });
    const shown = await meta(html);
    expect(shown).toContainEqual(["og:image", `https://courier.example/media/${HASH}/sign.png`]);
    expect(shown).toContainEqual(["og:locale", "en_US"]);
  });
});

describe("what nobody should be able to write", () => {
  // Validation refuses some of these already; a page must not depend on that.
  const HOSTILE = [
    "</script><script>alert(1)</script><!-- \" ' & \u2028 \u2029",
    '"><img src=x onerror=alert(1)>',
    "\u202eright to left\u2066\u200f 🚢👩‍👩‍👧 العربية",
    "A".repeat(300),
  ];

  test.each(HOSTILE)("stays words in every position: %j", async (text) => {
    const author = { slug: "mara-lind", name: text, role: text, bio: text, links: [] };
    const on = settled({ title: text, tagline: text, description: text, publisher: text });
    const pages = [
      articlePage({
        site: { ...on, sections: [{ slug: "coast", name: text }] },
        page: {
          story: story({
            title: text,
            standfirst: text,
            section: { slug: "coast", name: text },
            authors: [author],
            tags: [{ slug: "tides", name: text }],
            hero: { ...inLibrary, alt: text, caption: text, credit: text },
            corrections: [{ text, at: NOON }],
            seo: { title: text, description: text },
            translations: [{ id: "a", path: "/coast/deich", title: text, language: "de" }],
          }),
          older: card("older", { title: text }),
          newer: null,
          latest: [],
          series: null,
          related: [],
        },
      }),
      authorPage({ site: on, author, listing: listing() }),
      frontPage({ site: on, front: front() }),
      sectionPage({
        site: on,
        section: { slug: "coast", name: text, description: text },
        listing: listing(),
      }),
    ];
    for (const html of pages) {
      const graph = JSON.stringify(await graphOf(html));
      expect(graph).toContain(JSON.stringify(text).slice(1, -1));
      expect(await elements(html, "script")).toHaveLength(1);
      expect(await elements(html, "[onerror]")).toEqual([]);
      expect((await elements(html, "img")).map(({ attributes }) => attributes.src)).not.toContain(
        "x",
      );
    }
    const [title] = await elements(pages[0] ?? "", 'meta[property="og:title"]');
    expect(decoded(title?.attributes.content ?? "")).toBe(text);
  });

  /** As a browser reads it: the rewriter leaves references in attributes as they are. */
  function decoded(value: string): string {
    return value
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&");
  }
});

describe("a form's name", () => {
  test("is one of few, and means one form", () => {
    const names = ["1200x630", "1200x675", "1200x900", "1200x1200"].flatMap((size) =>
      EDGES.map((edge) => `${size}-${edge}.jpg`),
    );
    for (const name of names) {
      const form = formNamed(name);
      expect(form && nameOfForm(form)).toBe(name);
    }
    for (const name of [
      "1200x631-left.jpg",
      "1201x630-left.jpg",
      "1200x630-middle.jpg",
      "1200x630-left.webp",
      "1200x630.jpg",
      "01200x630-left.jpg",
      "1200x630-left.jpg.jpg",
      "1200x630-constructor.jpg",
    ])
      expect(formNamed(name), name).toBeNull();
  });
});

describe("what a browser is told to fetch", () => {
  /** The source that a browser which reads AVIF takes, as its elements have it. */
  async function offered(html: string) {
    const [source] = await elements(html, "source[type='image/avif']");
    return source?.attributes;
  }

  test.each([
    ["of a large picture", inLibrary],
    ["of one that is shown at twice its size", { ...inLibrary, width: 500, height: 400 }],
  ])("is %s exactly what the page shows first", async (_, given) => {
    const page = { ...examples.page, story: story({ hero: given }) };
    const hint = heroHint(page) ?? "";
    const { srcset, sizes } = (await offered(articlePage({ site, page }))) ?? {};
    expect(hint).toMatch(
      /^<\/media\/[a-z2-7]{32}\/320\.avif>; rel=preload; as=image; type="image\/avif"; /,
    );
    expect(hint).toContain(`; imagesrcset="${srcset}"; imagesizes="${sizes}"; fetchpriority=high`);
  });

  test("is on the front page the lead's, where it is shown", async () => {
    const given = front({ lead: card("lead", { hero: inLibrary }) });
    const { srcset, sizes } = (await offered(frontPage({ site, front: given }))) ?? {};
    expect(leadHint(given)).toContain(`imagesrcset="${srcset}"; imagesizes="${sizes}"`);
    const small = { ...inLibrary, width: 300, height: 200 };
    expect(leadHint(front({ lead: card("lead", { hero: small }) }))).toBeNull();
    expect(leadHint({ ...given, page: 2 })).toBeNull();
  });

  test.each([
    ["elsewhere", { ...hero, src: "https://elsewhere.example/a.jpg" }],
    ["that moves", { ...inLibrary, animated: true }],
    ["of unknown size", { ...inLibrary, width: null, height: null }],
  ])("is nothing of a picture %s", (_, given) => {
    expect(heroHint({ ...examples.page, story: story({ hero: given }) })).toBeNull();
  });

  test("ahead is a page of the paper, and nothing that is none", () => {
    const { prefetch } = JSON.parse(speculationRules()) as {
      prefetch: {
        eagerness: string;
        where: { and: [{ href_matches: string }, { not: { href_matches: string[] } }, unknown] };
      }[];
    };
    const [rule] = prefetch;
    expect(rule?.eagerness).toBe("moderate");
    const [all, but] = rule!.where.and;
    const matches = (pattern: string, url: string) =>
      new URLPattern(pattern, "https://courier.example/speculation-rules.json").test(url);
    const isAhead = (path: string) => {
      const url = new URL(path, "https://courier.example").href;
      return (
        matches(all.href_matches, url) &&
        !but.not.href_matches.some((pattern) => matches(pattern, url))
      );
    };
    for (const path of ["/", "/coast", "/coast/wall", "/archive/2026/03?from=x", "/tags/desk"])
      expect([path, isAhead(path)]).toEqual([path, true]);
    for (const path of [
      "/api/v1/docs",
      "/desk",
      "/desk/stories",
      "/preview/abc",
      "/search",
      "/search?q=boats",
      "/media/x/a.jpg",
      "/share/x.png",
      "/coast/feed.json",
      "/feed.xml",
      "/coast/wall.md",
      "/llms.txt",
      "https://elsewhere.example/coast",
    ])
      expect([path, isAhead(path)]).toEqual([path, false]);
  });
});
