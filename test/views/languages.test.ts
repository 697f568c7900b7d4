import { describe, expect, test } from "vitest";
import { directionOf } from "../../src/domain/language.ts";
import { archivePage, monthPage } from "../../src/views/archive.tsx";
import { articlePage } from "../../src/views/article.tsx";
import { authorPage } from "../../src/views/author.tsx";
import { correctionsPage } from "../../src/views/corrections.tsx";
import { frontPage } from "../../src/views/front.tsx";
import { gonePage, notFoundPage, previewOverPage, toldInEach } from "../../src/views/notice.tsx";
import type { Paper } from "../../src/views/frame.ts";
import { sectionPage } from "../../src/views/section.tsx";
import { tagPage } from "../../src/views/tag.tsx";
import { wordsFor } from "../../src/views/words.ts";
import { LANGUAGES, type Words } from "../../src/views/words/words.ts";
import { elements, examples, front, month, NOON, settled, story } from "./sample.ts";

// Every page in every language: what it says itself is in that language, and in no other.

/** Texts of editors, in letters that no sentence of a page's own has. */
const WRITTEN = "ΩΩΩ";

/** Every kind of page with every part that one can have, in which all that people wrote is in other letters. */
function pagesIn(language: string): Record<string, string> {
  const site = written(settled({ language })) as Paper;
  const given = written(examples) as typeof examples;
  const empty = { cards: [], page: 1, hasOlder: false };
  const long = `<h2 id="h-a">Ω</h2><h2 id="h-b">Ω</h2><h2 id="h-c">Ω</h2>`;
  const whole = {
    ...given.page,
    story: {
      ...given.page.story,
      html: long,
      words: 5000,
      kind: "sponsored" as const,
      sponsor: WRITTEN,
    },
  };
  const kinds = ["analysis", "opinion", "review", "feature", "interview"] as const;
  const cards = kinds.map((kind, n) => ({ ...given.listing.cards[0]!, id: `${n}`, kind }));
  const crowded = {
    ...given.listing.cards[0]!,
    authors: Array.from({ length: 5 }, (_, n) => ({ slug: `a${n}`, name: WRITTEN })),
  };
  const errata = [3, 4].map((n) => ({
    id: `${n}`,
    path: "/a/b",
    title: WRITTEN,
    kind: "sponsored" as const,
    language: null,
    text: WRITTEN,
    at: NOON,
  }));
  return {
    front: frontPage({ site, front: { ...front(), ...given.front, cards, others: [crowded] } }),
    "empty front": frontPage({ site, front: { ...front(), lead: null, pinned: [], cards: [] } }),
    "front, page 2": frontPage({
      site,
      front: { ...given.front, lead: null, pinned: [], page: 2, hasOlder: true },
    }),
    section: sectionPage({ site, section: given.section, listing: given.listing }),
    "last page of a section": sectionPage({
      site,
      section: given.section,
      listing: { ...given.listing, page: 10, hasOlder: true },
    }),
    "empty section": sectionPage({ site, section: given.section, listing: empty }),
    author: authorPage({ site, author: given.author, listing: given.listing }),
    tag: tagPage({ site, topic: given.topic, listing: given.listing }),
    series: tagPage({
      site,
      topic: given.topic,
      listing: { ...given.listing, page: 1, series: given.page.series },
    }),
    article: articlePage({ site, page: given.page }),
    "paid article": articlePage({ site, page: whole }),
    "article of one author": articlePage({
      site,
      page: { ...whole, story: { ...whole.story, authors: given.page.story.authors.slice(0, 1) } },
    }),
    preview: articlePage({ site, page: whole, isPreview: true }),
    archive: archivePage({ site, months: ["2026-03"] }),
    month: monthPage({ site, page: given.month }),
    "first page of a month": monthPage({ site, page: written(month({ next: "x" })) as never }),
    corrections: correctionsPage({
      site,
      listing: { corrections: errata, page: 2, hasOlder: true },
    }),
    "no corrections": correctionsPage({
      site,
      listing: { corrections: [], page: 1, hasOlder: false },
    }),
    "not found": notFoundPage({ site }),
    gone: gonePage({ site }),
    "preview over": previewOverPage({ site }),
  };
}

/** What people write, each text of it in other letters; what machines read stays. */
function written(value: unknown, key = ""): unknown {
  if (typeof value === "string") return KEPT.test(key) ? value : WRITTEN;
  if (Array.isArray(value)) return value.map((element) => written(element, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, written(inner, name)]),
  );
}

const KEPT =
  /^(?:id|path|place|slug|src|kind|language|timeZone|origin|style|month|next|olderMonth|newerMonth|focalPoint)$/;

/** Every sentence of a language, with Greek letters for what is filled in. */
function sentencesOf(words: Words): string[] {
  const { language: _, comma: __, ...said } = words;
  return Object.values(said).flatMap((saying: unknown) => {
    if (typeof saying === "string") return [saying];
    if (typeof saying === "object") return Object.values(saying as Record<string, string>);
    const speak = saying as (...given: unknown[]) => string;
    return [1, 2, 3, 5, 11, 100].map((count) =>
      speak.length < 1 ? speak() : speak(count, "Ω", "Ω"),
    );
  });
}

/** Words of four letters and more: shorter ones are in several languages. */
const wordsIn = (text: string) =>
  (text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).filter((word) => !word.includes("ω"));

const english = new Set(sentencesOf(wordsFor("en")).flatMap(wordsIn));

/** What a page says: its text and what only some readers are told. */
async function saidOn(html: string): Promise<string[]> {
  const seen = await elements(html, "title, meta, body *");
  return seen.flatMap(({ name, attributes, text }) => [
    text,
    ...["aria-label", "title", "alt"].flatMap((attribute) => attributes[attribute] ?? []),
    ...(name === "meta" && /title|description/.test(attributes.property ?? attributes.name ?? "")
      ? [attributes.content ?? ""]
      : []),
  ]);
}

describe.each(LANGUAGES)("the pages of a paper in %s", (language) => {
  const pages = Object.entries(pagesIn(language));

  test("begin with its language and its direction", () => {
    for (const [name, html] of pages)
      expect([name, html.slice(15, 50)]).toEqual([
        name,
        expect.stringContaining(`<html lang="${language}" dir="${directionOf(language)}">`),
      ]);
  });

  test.runIf(language !== "en")("say nothing in English", async () => {
    const own = new Set(sentencesOf(wordsFor(language)).flatMap(wordsIn));
    for (const [name, html] of pages) {
      const told = (await saidOn(html)).flatMap(wordsIn);
      expect(told.length, name).toBeGreaterThan(0);
      const foreign = told.filter((word) => english.has(word) && !own.has(word));
      expect([name, [...new Set(foreign)]]).toEqual([name, []]);
    }
  });

  test("say nothing that is not among its words, but for dates and names", async () => {
    const own = new Set(sentencesOf(wordsFor(language)).flatMap(wordsIn));
    const told = pages.flatMap(([, html]) =>
      wordsIn(
        html
          .replace(/<(head|time|script)\b.*?<\/\1>|<p class="translations".*?<\/p>/gs, " ")
          .replace(/<[^>]*>/g, " "),
      ),
    );
    const dated = wordsIn(
      [...Array(12).keys()]
        .flatMap((n) => [
          ...["long", "short"].map((style) =>
            new Intl.DateTimeFormat(language, { month: style as "long" }).format(
              Date.UTC(2026, n, 5),
            ),
          ),
          new Intl.DateTimeFormat(language, { weekday: "long", month: "long" }).format(
            Date.UTC(2026, n, 1 + n),
          ),
          new Intl.DateTimeFormat(language, { dateStyle: "full" }).format(Date.UTC(2026, n, 1 + n)),
        ])
        .join(" "),
    );
    const others = told.filter((word) => !own.has(word) && !dated.includes(word));
    expect([...new Set(others)]).toEqual([]);
  });

  test("have every word that they need", () => {
    const html = pages.map(([, page]) => page).join("");
    const { kinds, contents, related, inSeries: _, home, way } = wordsFor(language);
    for (const word of [...Object.values(kinds), contents, related, home, way])
      expect(html).toContain(word.replaceAll("'", "&#39;"));
  });
});

describe("a story in another language than the paper's", () => {
  test("speaks its own within, and marks it; around it the paper speaks", async () => {
    for (const [paper, own] of [
      ["en", "ar"],
      ["ar", "de"],
      ["fr", "es"],
    ] as const) {
      const on = settled({ language: paper });
      const said = story({
        language: own,
        kind: "sponsored",
        sponsor: "Ω",
        updatedAt: NOON + 1,
        corrections: [{ text: "Ω", at: NOON }],
      });
      const html = articlePage({ site: on, page: { ...examples.page, story: said } });
      const [article] = await elements(html, "article.story");
      expect(article?.attributes).toMatchObject({ lang: own, dir: directionOf(own) });
      const words = wordsFor(own);
      for (const sentence of [
        words.kinds.sponsored,
        words.paidBy("Ω"),
        words.updated,
        words.corrections(1),
      ])
        expect(article?.text).toContain(sentence);
      // The way to it is the paper's, and says so.
      const [way] = await elements(html, ".story .crumbs");
      expect(way?.attributes).toMatchObject({
        "aria-label": wordsFor(paper).way,
        lang: paper,
        dir: directionOf(paper),
      });
      const [related] = await elements(html, ".related .rubric");
      expect(related?.text).toBe(wordsFor(paper).related);
    }
  });
});

describe("what no page answers", () => {
  test("is told in every language, since the paper's is not known", () => {
    for (const saying of ["readOnly", "tooMany"] as const)
      expect(toldInEach(saying).trimEnd().split("\n")).toEqual(
        LANGUAGES.map((language) => wordsFor(language)[saying]),
      );
  });
});
