import "../support/node-shims.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SITEMAP_PART } from "../../src/domain/sitemap.ts";
import { refileMonths } from "../../src/store/months.d1.ts";
import { faultsOf } from "../support/schemas.ts";
import type { Paper } from "../support/paper.ts";
import { holdManyNamed } from "../support/sitemaps.ts";
import { ORIGIN } from "../support/site.ts";
import { openSite } from "../support/sqlite-site.ts";

// What sitemaps say, and that they say it of every story once, however many there are in a month.

const NOON = Date.UTC(2026, 10, 25, 12);
const HOUR = 3_600_000;
const ANY = { "If-Match": "*" };
const { stories: AS_IT_IS } = SITEMAP_PART;
/** Each sitemap that is read is held to its schema by a program of its own. */
const SLOW = { timeout: 60_000 };

let paper: Paper;

beforeEach(async () => {
  for (const how of ["log", "warn"] as const) vi.spyOn(console, how).mockReturnValue();
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  paper = await openSite({ unlimited: true });
  await must("PATCH", "/settings", { title: "The Ledger", timeZone: "UTC" });
  await must("PUT", "/sections/city", { name: "City", position: 1, listed: true });
  await must("PUT", "/authors/mara-quill", { name: "Mara Quill" });
});

afterEach(() => {
  SITEMAP_PART.stories = AS_IT_IS;
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function must(method: string, path: string, body?: unknown) {
  const { status, json } = await paper.call(method, path, body, ANY);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`);
  return json;
}

function publish(title: string, fields: object = {}) {
  return must("POST", "/articles", { title, section: "city", status: "published", ...fields });
}

/** Stories of a month at hours that are given, all in one call. */
function fileAt(hours: number[]) {
  const items = hours.map((hour) => ({
    key: `h${hour}`,
    title: `Hour ${hour}`,
    section: "city",
    publishedAt: new Date(Date.UTC(2026, 8, 1) + hour * HOUR).toISOString(),
  }));
  return must("POST", "/imports", { source: "wire", items });
}

/** What a sitemap names, as it is, once it has been found valid. */
async function read(path: string) {
  const response = await paper.made(path);
  const text = await response.text();
  if (response.status !== 200) return { status: response.status, text, locs: [], entries: [] };
  expect(response.headers.get("Content-Type")).toBe("application/xml; charset=utf-8");
  expect(await faultsOf(text)).toEqual([]);
  const entries = text.match(/<(?:url|sitemap)>.*<\/(?:url|sitemap)>/g) ?? [];
  const locs = entries.map((entry) => /<loc>([^<]*)<\/loc>/.exec(entry)?.[1] ?? "");
  return { status: 200, text, locs, entries };
}

/** Every story that the files of the index name, file by file. */
async function filesOfMonths(): Promise<Record<string, string[]>> {
  const locs = await locsAt("/sitemap.xml");
  const months = locs.filter((loc) => /\/sitemaps\/\d/.test(loc));
  const paths = months.map((loc) => new URL(loc).pathname);
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await locsAt(path)] as const)),
  );
}

async function locsAt(path: string): Promise<string[]> {
  const text = await (await paper.made(path)).text();
  return [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, loc = ""]) => loc);
}

/** `months` as it would be if it were made anew. */
async function countedAnew() {
  const { results } = await paper.env.DB.prepare(
    `select month, sum(stories) as stories, sum(urls) as urls from months group by month having sum(stories) > 0 order by month`,
  ).all();
  const { results: truth } = await paper.env.DB.prepare(
    `select l.month, count(*) as stories, sum(r.content ->> 'canonicalUrl' is null) as urls
     from live l join revisions r on r.article_id = l.article_id and r.n = l.revision group by l.month order by l.month`,
  ).all();
  return { kept: results, truth };
}

describe("the sitemap", () => {
  it("of a paper without a story names its pages", async () => {
    expect((await read("/sitemap.xml")).locs).toEqual([`${ORIGIN}/sitemaps/pages.xml`]);
    expect((await read("/sitemaps/pages.xml")).locs).toEqual(
      ["/", "/city", "/archive", "/corrections"].map((path) => ORIGIN + path),
    );
    for (const path of ["/sitemaps/2026-11.xml", "/sitemaps/authors.xml", "/sitemaps/tags.xml"])
      expect((await read(path)).status).toBe(404);
  });

  it("names a story in its month with when it last changed, and with its picture", async () => {
    const story = await publish("Trams", {
      authors: ["mara-quill"],
      tags: ["rails"],
      hero: { src: "https://pictures.example/ä.jpg?x=1&y=2", alt: "A tram." },
      publishedAt: "2026-11-03T08:00:00Z",
    });
    expect((await read("/sitemap.xml")).entries).toEqual([
      `<sitemap><loc>${ORIGIN}/sitemaps/pages.xml</loc></sitemap>`,
      `<sitemap><loc>${ORIGIN}/sitemaps/authors.xml</loc></sitemap>`,
      `<sitemap><loc>${ORIGIN}/sitemaps/tags.xml</loc></sitemap>`,
      `<sitemap><loc>${ORIGIN}/sitemaps/2026-11.xml</loc><lastmod>2026-11-25T12:00:00.000Z</lastmod></sitemap>`,
    ]);
    const url = (lastmod: string) =>
      `<url><loc>${ORIGIN}/city/trams</loc><lastmod>${lastmod}</lastmod><image:image><image:loc>https://pictures.example/%C3%A4.jpg?x=1&amp;y=2</image:loc></image:image></url>`;
    expect((await read("/sitemaps/2026-11.xml")).entries).toEqual([
      url("2026-11-03T08:00:00.000Z"),
    ]);
    expect((await read("/sitemaps/authors.xml")).locs).toEqual([`${ORIGIN}/authors/mara-quill`]);
    expect((await read("/sitemaps/tags.xml")).locs).toEqual([`${ORIGIN}/tags/rails`]);

    vi.setSystemTime(NOON + HOUR);
    const quiet = { body: "Words.", material: false, status: "published" };
    await must("PATCH", `/articles/${story.id}`, quiet);
    expect((await read("/sitemaps/2026-11.xml")).entries).toEqual([
      url("2026-11-03T08:00:00.000Z"),
    ]);
    expect((await read("/sitemap.xml")).text).not.toContain("T13:00");
    await must("PATCH", `/articles/${story.id}`, { body: "More words.", status: "published" });
    expect((await read("/sitemaps/2026-11.xml")).entries).toEqual([
      url("2026-11-25T13:00:00.000Z"),
    ]);
    expect((await read("/sitemap.xml")).text).toContain(
      "2026-11.xml</loc><lastmod>2026-11-25T13:00:00.000Z",
    );
  });

  it("names nothing that is to be found elsewhere, and no month in which all is", async () => {
    const story = await publish("Trams", { canonicalUrl: "https://elsewhere.example/trams" });
    expect(await filesOfMonths()).toEqual({});
    expect((await read("/sitemaps/2026-11.xml")).status).toBe(404);
    await must("PATCH", `/articles/${story.id}`, { canonicalUrl: null, status: "published" });
    expect(await filesOfMonths()).toEqual({ "/sitemaps/2026-11.xml": [`${ORIGIN}/city/trams`] });
    await must("POST", `/articles/${story.id}/unpublish`);
    expect(await filesOfMonths()).toEqual({});
    expect(await countedAnew()).toEqual({ kept: [], truth: [] });
  });

  it(
    "parts a month that is full where it is full, and leaves what stood in a file there",
    SLOW,
    async () => {
      SITEMAP_PART.stories = 4;
      await fileAt([1, 2, 3, 4]);
      for (const hour of [5, 6, 7, 8, 9]) await fileAt([hour]);
      const story = (hour: number) => `${ORIGIN}/city/hour-${hour}`;
      expect(await filesOfMonths()).toEqual({
        "/sitemaps/2026-09.xml": [1, 2, 3, 4].map(story),
        "/sitemaps/2026-09-2.xml": [5, 6, 7, 8].map(story),
        "/sitemaps/2026-09-3.xml": [9].map(story),
      });
      // One that comes between goes to the file of its place, which is parted in its middle.
      await fileAt([1.5]);
      expect(await filesOfMonths()).toEqual({
        "/sitemaps/2026-09.xml": [1, "1-5"].map((hour) => `${ORIGIN}/city/hour-${hour}`),
        "/sitemaps/2026-09-2.xml": [5, 6, 7, 8].map(story),
        "/sitemaps/2026-09-3.xml": [9].map(story),
        "/sitemaps/2026-09-4.xml": [2, 3, 4].map(story),
      });
      expect((await read("/sitemaps/2026-09-5.xml")).status).toBe(404);
      expect((await read("/sitemaps/2026-09-1.xml")).status).toBe(404);
    },
  );

  it("is purged with what it says, file by file", async () => {
    SITEMAP_PART.stories = 2;
    const seen = async (path: string) => {
      const response = await paper.visit(path);
      const text = await response.text();
      return [
        response.status,
        (text.match(/<loc>/g) ?? []).length,
        response.headers.get("CF-Cache-Status"),
      ];
    };
    const act = async (doing: Promise<unknown>) => {
      await doing;
      await paper.platform.settled();
    };
    await act(fileAt([1, 2]));
    await act(publish("Other month"));
    for (const path of [
      "/sitemap.xml",
      "/sitemaps/2026-09.xml",
      "/sitemaps/2026-09-2.xml",
      "/sitemaps/2026-11.xml",
    ])
      await seen(path);
    await act(fileAt([3]));
    // The file that comes to be was a 404 in the cache.
    expect(await seen("/sitemaps/2026-09-2.xml")).toEqual([200, 1, "MISS"]);
    expect(await seen("/sitemaps/2026-09.xml")).toEqual([200, 2, "MISS"]);
    expect(await seen("/sitemap.xml")).toEqual([200, 4, "MISS"]);
    expect(await seen("/sitemaps/2026-11.xml")).toEqual([200, 1, "HIT"]);
    await act(fileAt([4]));
    expect(await seen("/sitemaps/2026-09-2.xml")).toEqual([200, 2, "MISS"]);
    // That was the newest file's; the one before stays as it is.
    expect(await seen("/sitemaps/2026-09.xml")).toEqual([200, 2, "HIT"]);
  });

  it("counts right whatever comes, goes and moves, in whatever order", SLOW, async () => {
    SITEMAP_PART.stories = 7;
    const hours = Array.from({ length: 90 }, (_, n) => (n * 53) % 97);
    for (let from = 0; from < hours.length; from += 6) await fileAt(hours.slice(from, from + 6));
    const { items } = await must("GET", "/articles?limit=100");
    for (const [n, { id }] of items.entries()) {
      // The calls for purging are few a minute, and an editor waits for them.
      vi.setSystemTime(NOON + n * HOUR);
      if (n % 5 === 0) await must("POST", `/articles/${id}/unpublish`);
      if (n % 7 === 0)
        await must("PATCH", `/articles/${id}`, {
          publishedAt: new Date(Date.UTC(2026, 9, 1) + n * HOUR).toISOString(),
          status: "published",
        });
      if (n % 11 === 0)
        await must("PATCH", `/articles/${id}`, {
          canonicalUrl: "https://elsewhere.example/",
          status: "published",
        });
    }
    const { kept, truth } = await countedAnew();
    expect(kept).toEqual(truth);
    const files = Object.values(await filesOfMonths());
    expect(Math.max(...files.map(({ length }) => length))).toBeLessThanOrEqual(7);
    const named = files.flat();
    expect(new Set(named).size).toBe(named.length);
    expect(named.length).toBe(truth.reduce((sum, { urls }) => sum + Number(urls), 0));
    await must("PATCH", "/settings", { timeZone: "Pacific/Auckland" });
    const again = await countedAnew();
    expect(again.kept).toEqual(again.truth);
    expect(
      Object.values(await filesOfMonths())
        .flat()
        .sort(),
    ).toEqual(named.sort());
  });

  it("gives a section's stories their new addresses, and says so in the index", async () => {
    await publish("Trams");
    vi.setSystemTime(NOON + HOUR);
    await must("PATCH", "/sections/city", { slug: "town" });
    expect(await filesOfMonths()).toEqual({ "/sitemaps/2026-11.xml": [`${ORIGIN}/town/trams`] });
    expect((await read("/sitemap.xml")).text).toContain(
      "2026-11.xml</loc><lastmod>2026-11-25T13:00",
    );
  });

  it("is what migrating would have made of the same stories", async () => {
    await publish("Trams");
    await publish("Buses", { publishedAt: "2026-08-01T00:00:00Z" });
    const rows = () => paper.env.DB.prepare("select * from months order by month").all();
    const { results: before } = await rows();
    await paper.env.DB.batch(
      refileMonths(NOON).map(({ sql, values }) => paper.env.DB.prepare(sql).bind(...values)),
    );
    expect((await rows()).results).toEqual(before);
  });
});

describe("the sitemap for news", () => {
  it("has what went out in two days, in the language it is in", async () => {
    const at = (hours: number) => ({ publishedAt: new Date(NOON - hours * HOUR).toISOString() });
    await publish("Tom & Jerry's <boat>", { ...at(1), language: "pt-BR" });
    await publish("Harbour", at(47.9));
    await publish("Old", at(48.1));
    await publish("渡轮", { ...at(3), slug: "ferry", language: "zh-Hant" });
    await publish("Elsewhere", { ...at(2), canonicalUrl: "https://elsewhere.example/" });
    const { entries, locs } = await read("/news-sitemap.xml");
    expect(locs).toEqual(
      ["tom-jerrys-boat", "ferry", "harbour"].map((slug) => `${ORIGIN}/city/${slug}`),
    );
    expect(entries[0]).toBe(
      `<url><loc>${ORIGIN}/city/tom-jerrys-boat</loc><news:news><news:publication><news:name>The Ledger</news:name><news:language>pt</news:language></news:publication><news:publication_date>2026-11-25T11:00:00.000Z</news:publication_date><news:title>Tom &amp; Jerry's &lt;boat&gt;</news:title></news:news></url>`,
    );
    expect(entries[1]).toContain("<news:language>zh-tw</news:language>");
    expect(entries[2]).toContain("<news:language>en</news:language>");
    vi.setSystemTime(NOON + HOUR);
    expect((await read("/news-sitemap.xml")).locs).not.toContain(`${ORIGIN}/city/harbour`);
    // Nothing is news any more, and still the file is one.
    vi.setSystemTime(NOON + 50 * HOUR);
    expect((await read("/news-sitemap.xml")).entries).toEqual([`<url><loc>${ORIGIN}/</loc></url>`]);
  });

  it("is purged when a headline in it changes, and not when an old story's does", async () => {
    const story = await publish("First");
    const old = await publish("Old", { publishedAt: "2026-01-01T00:00:00Z" });
    const seen = async () => {
      await paper.platform.settled();
      const response = await paper.visit("/news-sitemap.xml");
      return [await response.text(), response.headers.get("CF-Cache-Status")] as const;
    };
    await seen();
    const change = (id: string, title: string) =>
      must("PATCH", `/articles/${id}`, { title, status: "published" });
    await change(old.id, "Older");
    expect((await seen())[1]).toBe("HIT");
    await change(story.id, "Second");
    expect(await seen()).toEqual([expect.stringContaining("<news:title>Second<"), "MISS"]);
  });

  it("is not served stale for a day, since no purge says that a story is old", async () => {
    const response = await paper.made("/news-sitemap.xml");
    expect(response.headers.get("Cloudflare-CDN-Cache-Control")).toBe(
      "public, max-age=300, stale-while-revalidate=300, stale-if-error=86400",
    );
  });
});

describe("a sitemap of very many stories", () => {
  it("names each of them once, in files that hold 5,000 at most", SLOW, async () => {
    await holdManyNamed(paper, { count: 14_000, inOneMonth: 12_000, now: NOON });
  });
});
