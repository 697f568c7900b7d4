import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { handle } from "../../src/app.ts";
import { excerpt } from "../../src/domain/search/highlight.ts";
import { readQuery } from "../../src/domain/search/query.ts";
import { armsOf } from "../../src/domain/search/rank.ts";
import { learnStems } from "../../src/domain/search/stems.ts";
import { timed } from "../markdown/rendered.ts";
import { call, openNewsroom, ORIGIN, publish, visit, write } from "../support/newsroom.ts";
import { openPaper } from "../support/paper.ts";
import { away } from "../door/stocked.ts";
import { elements } from "../views/sample.ts";
import { found, foundBy, headlinesOf, settle } from "./found.ts";

const any = { "If-Match": "*" };
const day = (n: number) => new Date(Date.UTC(2026, 9, n, 12)).toISOString();

describe("what readers find", () => {
  beforeAll(async () => {
    await openNewsroom();
    await call("PUT", "/tags/tides", { body: { name: "Tides" } });
    const stories: Record<string, unknown>[] = [
      { title: "The ferry stays", body: "Nothing else.", publishedAt: day(1) },
      { title: "A standfirst", standfirst: "The ferry is late.", publishedAt: day(3) },
      { title: "A tag", tags: ["The ferry"], publishedAt: day(4) },
      { title: "A body", body: "Of the ferry.", publishedAt: day(5) },
      { title: "A later body", body: "Of the ferry, too.", publishedAt: day(6) },
      {
        title: "Trams return to Łódź",
        body: "They rang. A harbour wall fell.",
        publishedAt: day(7),
      },
      {
        title: "Walls",
        body: "A wall of the harbour.",
        tags: ["tides"],
        authors: ["jonas-field"],
        section: "culture",
        publishedAt: day(8),
      },
      { title: "Häuser am Wasser", body: "Die Möwen flogen.", language: "de", publishedAt: day(9) },
      {
        title: "Les élections municipales",
        body: "L’avion est parti.",
        language: "fr",
        publishedAt: day(9),
      },
      { title: "Las ciudades", body: "La educación pública.", language: "es", publishedAt: day(9) },
      {
        title: "المدارس الجديدة",
        body: "افتُتِحت مدرسة في المدينة.",
        language: "ar",
        publishedAt: day(9),
      },
      {
        title: "東京の新しい図書館",
        body: "東北にも図書館ができた。",
        language: "ja",
        publishedAt: day(10),
      },
      { title: "図書館の夜", body: "西の町で。", language: "ja", publishedAt: day(11) },
      { title: "古い寺", body: "京都は静かだ。", language: "ja", publishedAt: day(12) },
      { title: "新しい橋", body: "東京都は広い。", language: "ja", publishedAt: day(13) },
      { title: "ห้องสมุดในกรุงเทพมหานคร", body: "เปิดแล้ววันนี้", language: "th", publishedAt: day(14) },
      { title: "北京市的图书馆", body: "读者很多。", language: "zh", publishedAt: day(15) },
      { title: "서울에서 온 편지", body: "부산으로 갔다.", language: "ko", publishedAt: day(16) },
      { title: "Мост открыт", body: "Ёлка у моста.", language: "ru", publishedAt: day(17) },
    ];
    for (const story of stories) await publish(story);
    await settle();
  }, 60_000);

  it("stands in this order: headline, standfirst, authors and tags, body; and of two alike the recent one first", async () => {
    expect(await foundBy("ferry")).toEqual([
      "The ferry stays",
      "A standfirst",
      "A tag",
      "A later body",
      "A body",
    ]);
  });

  it.each([
    ["a word in another number", "tram", ["Trams return to Łódź"]],
    ["a word without its accents", "lodz", ["Trams return to Łódź"]],
    ["a word with accents that the story has not", "trâms", ["Trams return to Łódź"]],
    ["the beginning of the last word", "trams ret", ["Trams return to Łódź"]],
    ["the beginning of another word", "tra return", []],
    ["all words", "harbour trams", ["Trams return to Łódź"]],
    ["a phrase", '"harbour wall"', ["Trams return to Łódź"]],
    ["a word in quotation marks as it is written", '"wall"', ["Walls", "Trams return to Łódź"]],
    ["and in no other form", '"tram"', []],
    ["words in any order", "harbour wall", ["Walls", "Trams return to Łódź"]],
    ["not what is left out", "harbour wall -trams", ["Walls"]],
    ["not a phrase that is left out", 'harbour -"a harbour wall"', ["Walls"]],
    ["an author", "jonas field", ["Walls"]],
    ["a tag", "tides", ["Walls"]],
    ["German in another case", "haus wasser", ["Häuser am Wasser"]],
    ["German as it is spelled", "möwe", ["Häuser am Wasser"]],
    ["French in the singular", "élection municipale", ["Les élections municipales"]],
    ["French behind an apostrophe", "l'avion", ["Les élections municipales"]],
    ["Spanish in the singular", "ciudad", ["Las ciudades"]],
    ["Spanish in the plural", "educaciones", ["Las ciudades"]],
    ["Arabic without its vowels and its article", "افتتحت", ["المدارس الجديدة"]],
    ["Arabic with another alef", "أفتتحت", ["المدارس الجديدة"]],
    ["Russian with е for ё", "елка", ["Мост открыт"]],
    ["two characters of Japanese", "図書館 東北", ["東京の新しい図書館"]],
    ["a phrase of Japanese", "東京の新しい", ["東京の新しい図書館"]],
    ["not characters in another order", "京東", []],
    ["not characters without the number beside them", "2026図書館", []],
    ["nor without the letters", "図書館tram", []],
    ["a run of Japanese, or its words apart", "東京図書館", ["東京の新しい図書館"]],
    ["in quotation marks the run alone", '"東京図書館"', []],
    ["Thai", "กรุงเทพ", ["ห้องสมุดในกรุงเทพมหานคร"]],
    ["Chinese", "图书馆", ["北京市的图书馆"]],
    ["Korean without its ending", "서울", ["서울에서 온 편지"]],
    ["full-width letters", "ｔｒａｍｓ", ["Trams return to Łódź"]],
  ])("is %s", async (_, words, headlines) => {
    expect(await foundBy(words)).toEqual(headlines);
  });

  it("is Japanese by its words first: 東京 is a word of 東京都, 京都 is none", async () => {
    expect(await foundBy("東京")).toEqual(["東京の新しい図書館", "新しい橋"]);
    const kyoto = await foundBy("京都");
    expect(kyoto[0]).toBe("古い寺");
    // The characters are there, and so it is found; but behind, though it is newer.
    expect(kyoto).toEqual(["古い寺", "新しい橋"]);
  });

  it("is by its words first beside words of other scripts, too", () => {
    const [, , , , byWords] = armsOf(readQuery("京都 tram", "en"));
    expect(byWords?.match).toMatch(/^\(\(\{words\} : \("京都"\)\) AND \("tram" \* OR /);
  });

  it("is narrowed by section, author and days of the paper's time zone", async () => {
    expect(await found("q=harbour&section=culture")).toEqual(["Walls"]);
    expect(await found("q=harbour&author=mara-quill")).toEqual(["Trams return to Łódź"]);
    expect(await found("q=ferry&from=2026-10-04&to=2026-10-05")).toEqual(["A tag", "A body"]);
    expect(await found("q=ferry&from=2026-10-06")).toEqual(["A later body"]);
    expect(await found("q=harbour&from=0000-01-01&to=9999-12-31")).toHaveLength(2);
    expect(await found("q=ferry&section=nowhere")).toEqual([]);
    expect(await found("q=ferry&author=nobody")).toEqual([]);
  });

  it("says where the words are, in the text as it is written", async () => {
    const { text } = await visit("/search?q=lodz");
    expect(text).toContain("Trams return to <mark>Łódź</mark>");
    expect((await visit("/search?q=harbour+walls")).text).toMatch(
      /A <mark>harbour<\/mark> <mark>wall<\/mark> fell/,
    );
    expect((await visit(`/search?q=${encodeURIComponent("東北")}`)).text).toContain(
      "<mark>東北</mark>にも",
    );
  });

  it("has the first lines with all words, wherever they are, and reads no further than that", async () => {
    await learnStems();
    const query = readQuery("鐘 塔", "en");
    const filler = "水の町で人が話す。".repeat(4000);
    const linesAt = (place: number) => {
      const text = `塔 ${filler.slice(0, place)} 塔の鐘 ${filler.slice(place)}`;
      return excerpt(text, query, "ja");
    };
    for (const place of [0, 3000, 3500, 3990, 3996, 4000, 20_000])
      expect([place, linesAt(place).filter(({ isMatch }) => isMatch)]).toEqual([
        place,
        (place === 0 ? ["塔", "塔", "鐘"] : ["塔", "鐘"]).map((text) => ({ text, isMatch: true })),
      ]);
    const lasting = (place: number) =>
      timed(() => {
        for (let round = 0; round < 5; round += 1) linesAt(place);
      });
    const [near, far] = [await lasting(100), await lasting(30_000)];
    expect(near).toBeLessThan(far / 2);
  });

  it("is no business of search engines, and has a form that works without script", async () => {
    const { text } = await visit("/search?q=harbour&section=culture");
    expect(text).toContain('<meta name="robots" content="noindex"/>');
    expect(await elements(text, "script")).toEqual([]);
    const [form] = await elements(text, "form");
    expect(form?.attributes).toMatchObject({ role: "search", method: "get", action: "/search" });
    const [input] = await elements(text, "input[type=search]");
    expect(input?.attributes).toMatchObject({
      name: "q",
      value: "harbour",
      enterkeyhint: "search",
    });
    expect((await elements(text, "option[selected]"))[0]?.attributes.value).toBe("culture");
    // Narrowed is not narrowed unseen.
    expect((await elements(text, "details[open]")).length).toBe(1);
  });

  it.each([
    '"',
    "'",
    "*",
    "-",
    "--",
    '-"',
    "-ferry",
    "()",
    "a OR b",
    "NEAR(ferry, 2)",
    "title:ferry",
    "{title}:ferry",
    "ferry AND",
    "NOT",
    "^ferry",
    "ferry*",
    '"ferry',
    "\0",
    "ferry\0gone",
    "🙂",
    "👩‍👩‍👧",
    "\u202eferry",
    "؟",
    "%",
    "\\",
    "'; drop table live; --",
    "a".repeat(10_000),
    "ferry ".repeat(2000),
    '"'.repeat(500),
    "東".repeat(500),
    "́",
    "ﷺ",
    "\ud800",
    "１２３",
    "<script>alert(1)</script>",
    "・・・",
    "—",
    "¶ ·en s·city",
  ])("is a page, whatever is asked: %j", async (words) => {
    const { status, text } = await visit(`/search?q=${encodeURIComponent(words.toWellFormed())}`);
    expect(status).toBe(200);
    expect(await elements(text, "main")).toHaveLength(1);
    expect(text).not.toContain("<script>");
    expect(text.length).toBeLessThan(40_000);
  });

  it("is told in honest words: nothing to look for, nothing found, how many, or more than that", async () => {
    const told = async (query: string) => {
      const { text } = await visit(`/search?${query}`);
      return (await elements(text, "#results"))[0]?.text.trim();
    };
    expect(await told("q=-ferry")).toBe("There is no word in this to look for");
    expect(await told("q=zeppelin")).toBe("No story was found");
    expect(await told("q=tram")).toBe("One result");
    expect(await told("q=ferry")).toBe("5 results");
    expect(await told(`q=${"ferry+".repeat(13)}`)).toBe(
      "5 results Only the first twelve words were looked for.",
    );
    expect(await told("q=ferry&page=5")).toBe("5 results");
    const { text } = await visit("/search?q=zeppelin");
    expect(text).toContain('<a href="/culture">Culture</a>');
  });

  it("has one address however it is written, so that one entry is kept of it", async () => {
    const { platform } = openPaper(env);
    const asked: string[] = [];
    const at = async (path: string) => {
      asked.length = 0;
      const response = await handle(new Request(ORIGIN + path), env, {
        ...platform,
        exports: {
          default: {
            fetch: async (request: Request) => {
              asked.push(request.url.slice(ORIGIN.length));
              return new Response("kept", { headers: { "Cache-Control": "public, max-age=0" } });
            },
          },
        },
      });
      await response.text();
      return asked[0] ?? "itself";
    };
    const canonical = "/search?q=harbour+trams&section=city&from=2026-10-01&page=2";
    expect(await at(canonical)).toBe("itself");
    expect(await at("/search")).toBe("itself");
    expect(
      await at(
        "/search?q=%20Harbour%20%20TRAMS&page=2&from=2026-10-01&utm_source=x&section=city&section=culture",
      ),
    ).toBe(canonical);
    expect(await at("/search?q=harbour+trams&section=&author=&from=&to=")).toBe(
      "/search?q=harbour+trams",
    );
    expect(await at("/search?q=x&from=2026-02-30&to=yesterday&section=No+slug&page=6")).toBe(
      "/search?q=x",
    );
    expect(await at("/search?page=3")).toBe("/search");
  });

  it("is kept a minute at the edge, and is purged with what it shows", async () => {
    const { headers } = await visit("/search?q=tram");
    expect(headers.get("Cloudflare-CDN-Cache-Control")).toBe(
      "public, max-age=60, stale-while-revalidate=60, stale-if-error=86400",
    );
    const { json } = await call("GET", "/search?q=tram");
    const tags = headers.get("Cache-Tag")?.split(",") ?? [];
    expect(tags).toEqual(
      expect.arrayContaining([
        "site",
        `card:${json.items[0].id}`,
        `story:${json.items[0].id}`,
        "name:author:mara-quill",
      ]),
    );
  });
});

describe("a search", () => {
  beforeEach(openNewsroom);

  it("has five pages of twenty at most, and says that there is more", async () => {
    const items = Array.from({ length: 130 }, (_, n) => ({
      key: String(n),
      title: `Number ${n}`,
      section: "city",
      body: "A common word.",
      publishedAt: new Date(Date.UTC(2026, 8, 1, 0, n)).toISOString(),
      status: "published",
    }));
    for (const part of [items.slice(0, 70), items.slice(70)])
      expect(
        (await call("POST", "/imports", { body: { source: "wire", items: part } })).status,
      ).toBe(200);
    await settle();
    const first = await visit("/search?q=common");
    expect(first.text).toContain("More than 100 results. These are the best.");
    expect(headlinesOf(first.text)).toEqual(
      Array.from({ length: 20 }, (_, n) => `Number ${129 - n}`),
    );
    expect(first.text).toContain('<a rel="next" href="/search?q=common&amp;page=2">');
    const last = await visit("/search?q=common&page=5");
    expect(headlinesOf(last.text)).toEqual(
      Array.from({ length: 20 }, (_, n) => `Number ${49 - n}`),
    );
    expect(last.text).not.toContain('rel="next"');
    expect(last.text).toContain('rel="prev"');
  }, 20_000);

  it("shows nothing that was withdrawn or is written otherwise, even while the index lags", async () => {
    const gone = await publish({ title: "Withdrawn zeppelin" });
    const changed = await publish({ title: "Changed zeppelin", body: "The old zeppelin." });
    await publish({ title: "Kept zeppelin" });
    await settle();
    const { SEARCH: _, ...blind } = env;
    const paper = openPaper(blind);
    await paper.call("POST", `/articles/${gone.id}/unpublish`, undefined, any);
    await paper.call(
      "PATCH",
      `/articles/${changed.id}`,
      { title: "Changed balloon", body: "New.", status: "published" },
      any,
    );
    const { text } = await visit("/search?q=zeppelin");
    expect(headlinesOf(text).sort()).toEqual(["Changed balloon", "Kept zeppelin"]);
    expect(text).not.toMatch(/Withdrawn|The old|Changed zeppelin/);
    expect(text).toContain("2 results");
  });

  it("is the same, byte for byte, whatever is written that is not out", async () => {
    const live = await publish({ title: "Known zeppelin", body: "One zeppelin, once." });
    await settle();
    const paths = ["/search?q=zeppelin", "/search?q=secret", "/search?q=zep", "/search?q=tag"];
    const told = () =>
      Promise.all(
        paths.map(async (path) => {
          const { status, headers, text } = await visit(path);
          return [path, status, [...headers], text];
        }),
      );
    const before = await told();
    for (let n = 0; n < 20; n += 1)
      await write({ title: `Secret zeppelin ${n}`, body: "zeppelin ".repeat(50), tags: ["A tag"] });
    await call("PATCH", `/articles/${live.id}`, {
      body: { title: "Secret", body: "zeppelin zeppelin" },
      headers: any,
    });
    await settle();
    expect(await told()).toEqual(before);
  }, 20_000);

  it("finds what has come, and not what has gone, after the minute's tick at the latest", async () => {
    const story = await publish({ title: "First zeppelin" });
    await settle();
    expect(await foundBy("zeppelin")).toEqual(["First zeppelin"]);
    await call("PATCH", `/articles/${story.id}`, {
      body: { title: "A balloon", status: "published" },
      headers: any,
    });
    await settle();
    expect([await foundBy("zeppelin"), await foundBy("balloon")]).toEqual([[], ["A balloon"]]);
    await call("POST", `/articles/${story.id}/unpublish`, { headers: any });
    await settle();
    expect(await foundBy("balloon")).toEqual([]);
    await call("POST", `/articles/${story.id}/publish`, { headers: any });
    await settle();
    expect(await foundBy("balloon")).toEqual(["A balloon"]);
  });

  it("says that nothing can be looked for while the index is away, and nothing else fails", async () => {
    const broken = away("D1_ERROR: no such table: published_words: SQLITE_ERROR");
    const { SEARCH: _, ...without } = env;
    for (const bindings of [{ ...env, SEARCH: broken }, without]) {
      const paper = openPaper(bindings, { unlimited: true });
      const away = await paper.made("/search?q=zeppelin").catch((error: unknown) => error);
      expect(away).toBeInstanceOf(Response);
      const { status, headers } = away as Response;
      const text = await (away as Response).text();
      expect([status, headers.get("Retry-After"), headers.get("Cache-Control")]).toEqual([
        503,
        "30",
        "private, no-store, no-transform",
      ]);
      expect(text).toContain("Nothing can be looked for just now");
      expect((await paper.made("/search")).status).toBe(200);
      const { status: made, json } = await paper.call("POST", "/articles", {
        title: "Out anyway",
        section: "city",
        status: "published",
      });
      expect(made).toBe(201);
      await paper.platform.settled();
      await paper.tick();
      expect((await paper.made(new URL(json.url).pathname)).status).toBe(200);
      expect((await paper.call("GET", "/articles?q=anyway")).json.items.length).toBeGreaterThan(0);
    }
  });

  it("is refused after a hundred in a minute, in a reader's words; pages are given all the same", async () => {
    let left = 3;
    const limit = async ({ key }: { key: string }) => ({
      success: !key.startsWith("search ") || (left -= 1) >= 0,
    });
    const paper = openPaper({ ...env, FLOOD: { limit } }, { unlimited: true });
    const client = { "CF-Connecting-IP": "2001:db8::1" };
    for (const word of ["one", "two", "three"])
      expect((await paper.visit(`/search?q=${word}`, client)).status).toBe(200);
    const refused = await paper.visit("/search?q=four", client);
    expect([
      refused.status,
      refused.headers.get("Retry-After"),
      refused.headers.get("Cache-Control"),
    ]).toEqual([429, "60", "private, no-store, no-transform"]);
    expect(await refused.text()).toContain("That was a lot of searching");
    // What is kept costs nobody anything, and neither does the form.
    expect((await paper.visit("/search?q=one", client)).status).toBe(200);
    expect((await paper.visit("/search", client)).status).toBe(200);
    expect((await paper.visit("/", client)).status).toBe(200);
  });

  it("is told to browsers", async () => {
    await call("PATCH", "/settings", { body: { title: 'The "Ledger" & Sons of the Harbour' } });
    const { status, headers, text } = await visit("/opensearch.xml");
    expect([status, headers.get("Content-Type")]).toEqual([
      200,
      "application/opensearchdescription+xml; charset=utf-8",
    ]);
    expect(text).toContain(`template="${ORIGIN}/search?q={searchTerms}"`);
    expect(text).toContain("<ShortName>ledger.example</ShortName>");
    expect(text).toContain("The &quot;Ledger&quot; &amp; Sons");
    const [link] = await elements((await visit("/")).text, 'link[rel="search"]');
    expect(link?.attributes).toMatchObject({
      href: "/opensearch.xml",
      type: "application/opensearchdescription+xml",
    });
  });
});
