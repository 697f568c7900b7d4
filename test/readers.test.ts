import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { handlePastCache } from "../src/app.ts";
import { openReader, type Bindings } from "../src/store/open.ts";
import { readPicture } from "../src/pictures/gate.ts";
import { hashOfPicture } from "../src/domain/media.ts";
import { pictures } from "./support/pictures.ts";
import {
  call,
  linksOf,
  openNewsroom,
  ORIGIN,
  publish,
  rowsOf,
  visit,
  write,
  upload,
  type Told,
} from "./support/newsroom.ts";

beforeEach(openNewsroom);

const force = { "If-Match": "*" };

describe("a story's page", () => {
  it("carries all that a reader is promised", async () => {
    await publish({ title: "Before", publishedAt: "2026-11-01T08:00:00Z" });
    await publish({ title: "After", publishedAt: "2026-11-03T08:00:00Z", section: "culture" });
    const story = await publish({
      title: "Harbour & bridge",
      standfirst: "The bridge opens.",
      body: "Text with a note.[^1]\n\n## What comes next\n\nMore.\n\n[^1]: The note.",
      authors: ["mara-quill", "jonas-field"],
      tags: ["harbour"],
      hero: {
        src: "/pictures/bridge.jpg",
        alt: "The bridge at dusk",
        caption: "At dusk",
        credit: "City Desk",
        width: 1200,
        height: 800,
      },
      corrections: [
        { text: "An earlier version named the wrong year.", at: "2026-11-02T10:00:00Z" },
      ],
      publishedAt: "2026-11-02T08:00:00Z",
    });
    const { text, headers } = await visit("/city/harbour-bridge");
    for (const expected of [
      "Harbour &amp; bridge",
      "The bridge opens.",
      'href="/city"',
      'href="/authors/mara-quill"',
      'href="/authors/jonas-field"',
      "Covers the harbour.",
      'datetime="2026-11-02T08:00:00',
      'alt="The bridge at dusk"',
      "At dusk",
      "City Desk",
      "An earlier version named the wrong year.",
      'href="/tags/harbour"',
      "What comes next",
      `<link rel="canonical" href="${ORIGIN}/city/harbour-bridge"`,
      'type="text/markdown"',
      "application/ld+json",
    ]) {
      expect(text, expected).toContain(expected);
    }
    expect(text).toMatch(
      /rel="prev"[^>]*href="\/city\/before"|href="\/city\/before"[^>]*rel="prev"/,
    );
    expect(text).toMatch(
      /rel="next"[^>]*href="\/culture\/after"|href="\/culture\/after"[^>]*rel="next"/,
    );
    expect(headers.get("Last-Modified")).toBe("Mon, 02 Nov 2026 08:00:00 GMT");
    expect(story.url).toBe(`${ORIGIN}/city/harbour-bridge`);
  });

  it("names the latest of its section, and never itself", async () => {
    for (let n = 1; n <= 8; n += 1)
      await publish({ title: `City ${n}`, publishedAt: `2026-11-0${n}T08:00:00Z` });
    await publish({ title: "Elsewhere", section: "culture" });
    const reader = openReader(env);
    const { found } = await reader.story("/city/city-7");
    expect(found?.latest.map(({ path }) => path)).toEqual([
      "/city/city-8",
      "/city/city-6",
      "/city/city-5",
      "/city/city-4",
    ]);
  });

  it("has a Markdown twin that says the same", async () => {
    await publish({ title: 'Say "tides": #1', body: "Some *words*.", tags: ["harbour"] });
    const { status, headers, text } = await visit("/city/say-tides-1.md");
    expect([status, headers.get("Content-Type")]).toEqual([200, "text/markdown; charset=utf-8"]);
    expect(text).toMatch(/^---\n/);
    expect(text).toContain("Some *words*.");
    expect(text).toContain(`${ORIGIN}/city/say-tides-1`);
    expect(headers.get("Link")).toBe(`<${ORIGIN}/city/say-tides-1>; rel="canonical"`);
    await publish({ slug: "elsewhere", canonicalUrl: "https://elsewhere.example/ü?a=b" });
    expect((await visit("/city/elsewhere.md")).headers.get("Link")).toBe(
      '<https://elsewhere.example/%C3%BC?a=b>; rel="canonical"',
    );
  });

  it("links translations both ways, once both are out", async () => {
    const original = await publish({ title: "Original" });
    const translation = await write({
      title: "Traduction",
      language: "fr",
      translationOf: original.id,
    });
    expect((await visit("/city/original")).text).not.toContain("traduction");
    await call("POST", `/articles/${translation.id}/publish`, { headers: force });
    expect((await visit("/city/original")).text).toContain("/city/traduction");
    const page = (await visit("/city/traduction")).text;
    expect(page).toContain("/city/original");
    expect(page).toMatch(/<article[^>]*lang="fr"|<html[^>]*lang="fr"/);
  });
});

describe("the front page", () => {
  it("has the latest of a section that has been quiet, and no story twice", async () => {
    await publish({ title: "Quiet", section: "culture", publishedAt: "2026-01-01T08:00:00Z" });
    const items = Array.from({ length: 30 }, (_, n) => ({
      key: `${n}`,
      title: `Story ${n}`,
      section: "city",
      publishedAt: new Date(Date.UTC(2026, 9, n + 1)).toISOString(),
    }));
    await call("POST", "/imports", { body: { source: "one", items } });
    const { found } = await openReader(env).front("/", 1);
    expect(found?.others.map(({ path }) => path)).toEqual(["/culture/quiet"]);
    const { text, headers } = await visit("/");
    const headlines = [...text.matchAll(/<h3 class="headline"[^>]*><a href="([^"]+)"/g)];
    const paths = headlines.map(([, path]) => path);
    expect(paths).toContain("/culture/quiet");
    expect(new Set(paths).size).toBe(paths.length);
    expect(headers.get("Cache-Tag")?.split(",")).toEqual(
      expect.arrayContaining(["front", "list:front:1", "site"]),
    );
    expect((await openReader(env).front("/page/2", 2)).found?.others).toEqual([]);
  });
});

describe("lists", () => {
  it("go back ten pages and leave the rest to the archive", async () => {
    const items = Array.from({ length: 100 }, (_, n) => ({
      key: `${n}`,
      title: `Story ${n}`,
      section: "city",
      tags: ["all"],
      authors: ["mara-quill"],
    }));
    await call("POST", "/imports", { body: { source: "one", items } });
    await call("POST", "/imports", {
      body: { source: "two", items: items.map((item) => ({ ...item, title: `${item.title} b` })) },
    });
    await call("POST", "/imports", {
      body: {
        source: "three",
        items: items.slice(0, 5).map((item) => ({ ...item, title: `${item.title} c` })),
      },
    });
    for (const list of ["", "/city", "/tags/all", "/authors/mara-quill"]) {
      const seen: string[] = [];
      for (let page = 1; page <= 10; page += 1) {
        const { status, text } = await visit(page === 1 ? list || "/" : `${list}/page/${page}`);
        expect(status).toBe(200);
        seen.push(...new Set(linksOf(text).filter((link) => link.startsWith("/city/story-"))));
      }
      expect(seen, list).toHaveLength(200);
      expect(new Set(seen).size).toBe(200);
      for (const no of ["1", "11", "0", "02", "x"])
        expect((await visit(`${list}/page/${no}`)).status, no).toBe(404);
    }
    const month = new Date().toISOString().slice(0, 7).replace("-", "/");
    const inArchive = await walkMonth(`/archive/${month}`);
    expect(inArchive.length).toBe(205);
    expect(new Set(inArchive).size).toBe(205);
    expect((await walkMonth(`/city/archive/${month}`)).length).toBe(205);
    expect((await visit(`/culture/archive/${month}`)).status).toBe(404);
  });

  async function walkMonth(start: string): Promise<string[]> {
    const seen: string[] = [];
    for (let path: string | undefined = start; path !== undefined;) {
      const { status, text }: Told = await visit(path);
      expect(status, path).toBe(200);
      const links = linksOf(text);
      seen.push(...new Set(links.filter((link) => link.startsWith("/city/story-"))));
      path = links.find((link) => link.startsWith(`${start}?from=`));
    }
    return seen;
  }

  it("end in 404 past their end", async () => {
    await publish();
    expect((await visit("/city/page/2")).status).toBe(404);
    expect((await visit("/archive/2020/01")).status).toBe(404);
    expect((await visit("/archive/2026/13")).status).toBe(404);
    expect((await visit("/archive/2026/11?from=999")).status).toBe(404);
  });

  it("file a story under its month in the paper's own time zone, also when that changes", async () => {
    await publish({ title: "Midnight", publishedAt: "2026-10-31T23:30:00Z" });
    const months = async () =>
      linksOf((await visit("/archive")).text).filter((link) => /^\/archive\/\d/.test(link));
    expect(await months()).toEqual(["/archive/2026/10"]);
    await call("PATCH", "/settings", { body: { timeZone: "Asia/Tokyo" } });
    expect(await months()).toEqual(["/archive/2026/11"]);
    expect((await visit("/archive/2026/11")).text).toContain("/city/midnight");
    expect((await visit("/archive/2026/10")).status).toBe(404);
  });
});

describe("the door", () => {
  it("sends what is not canonical to what is", async () => {
    await publish({ slug: "tides" });
    for (const path of [
      "/City/Tides",
      "/city/tides/",
      "//city//tides",
      "/city/%74ides",
      "/CITY/tides//",
    ]) {
      const { status, headers } = await visit(path);
      expect([path, status, headers.get("Location")]).toEqual([path, 301, "/city/tides"]);
    }
    expect((await visit("/City?utm=1")).headers.get("Location")).toBe("/city?utm=1");
  });

  it("never lets a parameter, a header or a cookie that a page does not define change its bytes", async () => {
    await publish({ slug: "tides" });
    const plain = await visit("/city/tides");
    const odd = await visit("/city/tides?utm_source=x&from=1&page=3", {
      Cookie: "a=b",
      "X-Forwarded-Host": "evil.example",
      "Accept-Language": "de",
      "User-Agent": "other",
    });
    expect(odd.text).toBe(plain.text);
    // Only the edge is told otherwise: the page has its entry already, under its own address.
    const faces = [odd, plain].map(({ headers }) => {
      const toldToTheEdge = /^(cache-tag|cache-status|cloudflare-cdn-cache-control)$/;
      return [...headers].filter(([name]) => !toldToTheEdge.test(name));
    });
    expect(faces[0]).toEqual(faces[1]);
    expect(odd.headers.get("Cloudflare-CDN-Cache-Control")).toBe("no-store");
    expect(odd.headers.has("Cache-Tag")).toBe(false);
    expect(plain.headers.has("Set-Cookie")).toBe(false);
  });

  it("answers 304 without a body to who has the page, also weakly and in a list", async () => {
    await publish({ slug: "tides" });
    const page = await visit("/city/tides");
    const etag = page.headers.get("ETag") ?? "";
    expect(etag).toMatch(/^W\/"[\w-]{24}"$/);
    for (const known of [etag, etag.replace("W/", ""), `"other", ${etag}`, "*"]) {
      const again = await visit("/city/tides", { "If-None-Match": known });
      expect([known, again.status, again.text]).toEqual([known, 304, ""]);
      for (const name of ["ETag", "Cache-Control", "Cache-Tag"])
        expect(again.headers.get(name)).toBe(page.headers.get(name));
    }
    expect((await visit("/city/tides", { "If-None-Match": '"other"' })).status).toBe(200);
  });

  it("gives two different bodies two ETags", async () => {
    const story = await publish({ slug: "tides", body: "One." });
    const etags = new Set([(await visit("/city/tides")).headers.get("ETag")]);
    const acts = [
      () =>
        call("PATCH", `/articles/${story.id}`, {
          body: { body: "Two.", status: "published", material: false },
          headers: force,
        }),
      () => call("PUT", "/authors/mara-quill", { body: { name: "Mara Quill-Stone" } }),
      () => call("PUT", "/sections/city", { body: { name: "The City" } }),
      () => call("PATCH", "/settings", { body: { tagline: "Every day" } }),
      () => publish({ title: "A new neighbour" }),
    ];
    for (const act of acts) {
      await act();
      etags.add((await visit("/city/tides")).headers.get("ETag"));
    }
    expect(etags.size).toBe(acts.length + 1);
  });

  it("answers HEAD like GET without the body, and refuses to be written to", async () => {
    await publish({ slug: "tides" });
    const [get, head] = [await visit("/city/tides"), await visit("/city/tides", {}, "HEAD")];
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(head.headers.get("ETag")).toBe(get.headers.get("ETag"));
    const post = await visit("/city/tides", {}, "POST");
    expect([post.status, post.headers.get("Allow"), post.headers.get("Cache-Control")]).toEqual([
      405,
      "GET, HEAD",
      "private, no-store, no-transform",
    ]);
  });

  it("protects every page: one style by its hash, no script, no frame, nosniff", async () => {
    await publish({ slug: "tides" });
    for (const path of ["/", "/city", "/city/tides", "/archive", "/nowhere/at/all"]) {
      const { text, headers } = await visit(path);
      const policy = headers.get("Content-Security-Policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|script-src/);
      const [style = ""] = /(?<=<style>)[^]*?(?=<\/style>)/.exec(text) ?? [];
      const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
      expect(policy).toContain(`'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`);
      expect(text).not.toMatch(/ style="|<script(?! type="application\/ld\+json")|\son\w+="/);
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    }
  });

  it("survives paths that nobody should ask for", async () => {
    for (const path of [
      "/%00",
      "/%zz",
      "/%e2%80",
      `/${"x".repeat(3000)}`,
      `/${"a/".repeat(200)}b`,
      "/city/%2e%2e/x",
      "/a%2fb",
      "/'or 1=1--",
    ]) {
      expect([301, 404], path).toContain((await visit(path)).status);
    }
  });
});

describe("what is not published", () => {
  it("leaves no trace: every public page is the same, byte for byte and header for header", async () => {
    const story = await publish({
      title: "Public",
      tags: ["public"],
      publishedAt: "2026-11-02T08:00:00Z",
    });
    const kept = readPicture(pictures.png);
    const hash = kept.ok ? await hashOfPicture(kept.value.bytes) : "";
    const paths = [
      "/",
      "/city",
      "/culture",
      "/authors/mara-quill",
      "/authors/new-name",
      "/tags/public",
      "/tags/secret",
      "/archive",
      "/archive/2026/11",
      "/city/archive/2026/11",
      "/city/public",
      "/city/public.md",
      "/city/secret",
      "/city/secret.md",
      "/nowhere",
      // Where the picture that only the editors see will be, as it is and in a smaller form.
      `/media/${hash}/secret.png`,
      `/media/${hash}/320.avif`,
    ];
    const faces = async () =>
      JSON.stringify(
        await Promise.all(
          paths.map(async (path) => {
            const { status, text, headers } = await visit(path);
            return [path, status, text, [...headers]];
          }),
        ),
      );
    const before = await faces();
    await call("PUT", "/authors/new-name", { body: { name: "New Name", bio: "Secret." } });
    const picture = await upload(pictures.png, { name: "secret.png" });
    expect(picture.json.hash).toBe(hash);
    const secret = await write({
      title: "Secret",
      tags: ["secret", "public"],
      authors: ["new-name", "mara-quill"],
      translationOf: story.id,
      hero: { src: picture.json.src, alt: "x" },
    });
    const soon = await write({
      title: "Soon",
      status: "scheduled",
      scheduledFor: "2999-01-01T00:00:00Z",
      tags: ["public"],
    });
    await call("PATCH", `/articles/${story.id}`, {
      body: { title: "Changed in secret", slug: "elsewhere", tags: ["secret"] },
      headers: force,
    });
    await call("PUT", "/front", {
      body: {
        lead: {
          story: secret.id,
          title: "Secret words",
          hero: { src: picture.json.src, alt: "x" },
        },
        rows: [{ name: "Secret row", entries: [soon.id] }],
      },
      headers: force,
    });
    const tomorrow = { lead: story.id, scheduledFor: "2999-01-01T00:00:00Z" };
    await call("PUT", "/front", { body: tomorrow, headers: force });
    await call("DELETE", `/articles/${(await write({ title: "Binned" })).id}`, { headers: force });
    await call("PUT", "/tags/secret", { body: { name: "Secret tag" } });
    expect(await faces()).toBe(before);
    expect(await rowsOf("articles")).toBe(4);
  });
});

describe("when the database is away", () => {
  const broken = (message: string) =>
    ({
      ...env,
      DB: {
        withSession: () => ({
          prepare: () => ({ bind: () => ({}) }),
          batch: () => Promise.reject(new Error(message)),
        }),
      },
    }) as unknown as Bindings;
  const ask = (path: string, bindings: Bindings, init: RequestInit = {}) =>
    handlePastCache(new Request(ORIGIN + path, init), bindings, {
      waitUntil: () => {},
      exports: { default: { fetch: (request) => exports.default.fetch(request) } },
      fetchElsewhere: () => Promise.reject(new Error("Nobody is there.")),
    });
  const editor = {
    headers: { Authorization: "Bearer bs_root_for_the_tests_and_nothing_else_at_all" },
  };

  it("readers are told to come back, editors that nothing was changed", async () => {
    const away = broken("D1_ERROR: Network connection lost.");
    const page = await ask("/", away);
    expect([
      page.status,
      page.headers.get("Retry-After"),
      page.headers.get("Cache-Control"),
    ]).toEqual([503, "30", "private, no-store, no-transform"]);
    expect(await page.text()).not.toMatch(/D1|database|Network/);
    const refused = await ask("/api/v1/articles", away, editor);
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([503, "5"]);
  });

  it("a bug is a 500 and nothing milder, and tells nobody what it is", async () => {
    const bug = broken("D1_ERROR: no such column: titel at offset 7: SQLITE_ERROR");
    for (const path of ["/", "/api/v1/articles"]) {
      const response = await ask(path, bug, editor);
      expect(response.status).toBe(500);
      expect(await response.text()).not.toMatch(/titel|SQLITE|D1_ERROR/);
    }
  });

  it("a missing or guessable ROOT_KEY keeps editors out with its name, and lets readers read", async () => {
    for (const ROOT_KEY of ["", "bs_root_", "bs_root_changeme"]) {
      const without: Bindings = { ...env, ROOT_KEY };
      const headers = { Authorization: `Bearer ${ROOT_KEY}` };
      const refused = await ask("/api/v1/articles", without, { headers });
      expect([refused.status, await refused.text()]).toEqual([
        503,
        expect.stringContaining("ROOT_KEY"),
      ]);
      expect((await ask("/", without)).status).toBe(200);
    }
  });
});

describe("the tags of a page", () => {
  const longest = (name: string, n: number) => `${name}-${n}`.padEnd(100, "x");

  it.each([1, 10, 20])("fit, whatever %i authors a story are called", async (authors) => {
    for (let n = 0; n < 240; n += 1)
      await env.DB.prepare("insert into authors (id, slug, name) values (?1, ?1, ?1)")
        .bind(longest("hand", n))
        .run();
    const items = Array.from({ length: 60 }, (_, n) => ({
      key: `${n}`,
      title: `Story ${n}`,
      slug: longest("story", n),
      section: "city",
      publishedAt: new Date(Date.UTC(2026, 9, 1, n)).toISOString(),
      tags: Array.from({ length: 30 }, (_, m) => longest("topic", m)),
      authors: Array.from({ length: authors }, (_, m) => longest("hand", (n * authors + m) % 240)),
    }));
    const imported = await call("POST", "/imports", { body: { source: "one", items } });
    expect(imported.status, imported.text).toBe(200);
    const paths = [
      "/",
      "/city",
      "/archive/2026/10",
      `/city/${longest("story", 59)}`,
      `/tags/${longest("topic", 1)}`,
    ];
    for (const path of [
      ...paths,
      `/authors/${longest("hand", 1)}`,
      `/city/${longest("story", 59)}.md`,
    ]) {
      const response = await visit(path);
      expect([path, response.status]).toEqual([path, 200]);
      const header = response.headers.get("Cache-Tag") ?? "";
      expect(header.length, path).toBeLessThanOrEqual(12 * 1024);
      expect(header.startsWith("site,"), path).toBe(true);
      const isCrowded = header.includes("crowd");
      expect(isCrowded || header.includes("name:author:"), path).toBe(true);
    }
  });
});

describe("a page with very many authors", () => {
  it("has one tag for all their names, and is purged by the renaming of any", async () => {
    for (let n = 0; n < 1000; n += 1)
      await env.DB.prepare("insert into authors (id, slug, name) values (?1, ?1, ?1)")
        .bind(`hand-${n}`)
        .run();
    const items = Array.from({ length: 50 }, (_, n) => ({
      key: `${n}`,
      title: `Story ${n}`,
      section: "city",
      publishedAt: new Date(Date.UTC(2026, 9, 1, n)).toISOString(),
      authors: Array.from({ length: 20 }, (_, m) => `hand-${n * 20 + m}`),
    }));
    const imported = await call("POST", "/imports", { body: { source: "one", items } });
    expect(imported.status, imported.text).toBe(200);
    const tags = (await visit("/archive/2026/10")).headers.get("Cache-Tag")?.split(",") ?? [];
    expect(tags.length).toBeLessThanOrEqual(1000);
    expect(tags).toContain("crowd");
    await call("PUT", "/authors/hand-777", { body: { name: "Hand" } });
    const told = await env.DB.prepare(
      "select payload from outbox where kind = 'purge' order by rowid desc limit 1",
    ).first<{ payload: string }>();
    expect(told?.payload).toContain('"crowd"');
  });
});

describe("a feed of stories with very many tags", () => {
  it("has one tag for all their names, and is purged by the renaming of any", async () => {
    const longest = (n: number) => `${"very-long-".repeat(9)}${n}`;
    const items = Array.from({ length: 20 }, (_, n) => ({
      key: `${n}`,
      title: `Story ${n}`,
      section: "city",
      authors: ["mara-quill"],
      publishedAt: new Date(Date.UTC(2026, 9, 1, n)).toISOString(),
      tags: Array.from({ length: 30 }, (_, m) => longest(n * 30 + m)),
    }));
    const imported = await call("POST", "/imports", { body: { source: "one", items } });
    expect(imported.status, imported.text).toBe(200);
    const { headers, text } = await visit("/city/feed.xml");
    expect(text).toContain(`/tags/${longest(599)}`);
    const tags = headers.get("Cache-Tag")?.split(",") ?? [];
    expect(tags).toEqual(expect.arrayContaining(["crowd", "topics"]));
    expect(tags.filter((tag) => tag.startsWith("name:"))).toEqual(["name:section:city"]);
    await call("PUT", `/tags/${longest(321)}`, { body: { name: "Topic" } });
    const told = await env.DB.prepare(
      "select payload from outbox where kind = 'purge' order by rowid desc limit 1",
    ).first<{ payload: string }>();
    expect(told?.payload).toContain('"topics"');
  });
});
