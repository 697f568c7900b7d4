import { describe, expect, test } from "vitest";
import { formatsOf } from "../../src/views/dates.ts";
import { directionOf } from "../../src/domain/language.ts";
import { wordsFor } from "../../src/views/words.ts";
import { LANGUAGES, type Words } from "../../src/views/words/words.ts";
import { NOON, article, settled, notices, elements, links, textOf } from "./sample.ts";

// What the page itself says, in the words and the dates of its language.

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
          : typeof said === "object"
            ? Object.values(said)
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

  function say(said: (...given: never[]) => string, saying: keyof Words, count: number): string {
    const speak = said as (...given: (string | number)[]) => string;
    const counted =
      saying === "corrections" ||
      saying === "aboutAuthors" ||
      saying === "readingTime" ||
      saying === "series";
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
