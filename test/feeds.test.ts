import { beforeEach, describe, expect, it } from "vitest";
import { FEED_BYTES, FEED_STORY_BYTES } from "../src/domain/published.ts";
import { uuidOf } from "../src/domain/uuid.ts";
import { portable } from "../src/views/feed-body.tsx";
import { namesTag } from "../src/domain/etag.ts";
import { leaf } from "../src/views/xml.ts";
import { call, openNewsroom, ORIGIN, publish, upload, visit } from "./support/newsroom.ts";
import { pictures } from "./support/pictures.ts";
import { elements } from "./views/sample.ts";

// What feeds tell, to whom and when. That parsers from elsewhere agree on every entry is held in property/feeds.test.ts.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };

const NAMES = ["feed.xml", "atom.xml", "feed.json"];
const LISTS = ["", "/city", "/authors/mara-quill", "/tags/trams"];
const FEEDS = LISTS.flatMap((list) => NAMES.map((name) => `${list}/${name}`));

const idsIn = (text: string) => text.match(/urn:uuid:[\da-f-]{36}/g);

describe("a feed", () => {
  it("is there for the site, a section, an author and a tag, in three formats, and lists what they list", async () => {
    await publish({ title: "Earlier", tags: ["trams"], publishedAt: "2026-11-01T08:00:00Z" });
    await publish({ title: "Later", tags: ["trams"] });
    await publish({ title: "Elsewhere", section: "culture", authors: ["ines-vale"] });
    for (const path of FEEDS) {
      const { status, text, headers } = await visit(path);
      const type = path.endsWith("json")
        ? "feed+json"
        : path.includes("atom")
          ? "atom+xml"
          : "rss+xml";
      expect([path, status, headers.get("Content-Type")]).toEqual([
        path,
        200,
        `application/${type}; charset=utf-8`,
      ]);
      expect([path, text.indexOf("Later") < text.indexOf("Earlier")]).toEqual([path, true]);
      const isOfAll = path.startsWith("/feed") || path.startsWith("/atom");
      expect([path, text.includes("Elsewhere")]).toEqual([path, isOfAll]);
      expect([path, text.includes(ORIGIN + path)]).toEqual([path, true]);
    }
  });

  it("says what it is a feed of, and where that is", async () => {
    await publish({ section: "culture" });
    await call("PATCH", "/settings", {
      body: { tagline: "On the water", publisher: "Ledger & Co" },
    });
    expect((await visit("/feed.json")).json).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      title: "The Ledger",
      home_page_url: `${ORIGIN}/`,
      feed_url: `${ORIGIN}/feed.json`,
      description: "On the water",
      authors: [{ name: "Ledger & Co" }],
      language: "en",
    });
    expect((await visit("/culture/feed.json")).json).toMatchObject({
      title: "Culture – The Ledger",
      home_page_url: `${ORIGIN}/culture`,
      description: "Books and stages.",
    });
    expect((await visit("/authors/mara-quill/feed.json")).json).toMatchObject({
      title: "Mara Quill – The Ledger",
      description: "Covers the harbour.",
    });
    const rss = (await visit("/culture/feed.xml")).text;
    expect(rss).toContain(`<link>${ORIGIN}/culture</link>`);
    expect(rss).toContain("<description>Books and stages.</description>");
  });

  it("tells the whole story: its picture, its body, its corrections, with every address absolute", async () => {
    const { json: picture } = await upload(pictures.jpeg, { name: "gate.jpg", alt: "A gate." });
    await publish({
      slug: "trams",
      standfirst: "At last.",
      authors: ["mara-quill", "jonas-field"],
      tags: ["Old trams", "City"],
      language: "fr",
      body: "See [this](../culture?a=1&b=2), [that](/x) and a note[^1].\n\n## Then\n\n[^1]: Noted.",
      hero: { src: picture.src, alt: "A gate.", caption: "The gate.", credit: "M. Q." },
      corrections: [{ text: "It was <four>.", at: "2026-11-02T09:00:00Z" }],
      publishedAt: "2026-11-01T08:00:00Z",
      updatedAt: "2026-11-03T08:00:00Z",
    });
    const [item] = (await visit("/city/feed.json")).json.items;
    expect(item).toMatchObject({
      url: `${ORIGIN}/city/trams`,
      title: "Trams return to the harbour",
      summary: "At last.",
      date_published: "2026-11-01T08:00:00Z",
      date_modified: "2026-11-03T08:00:00Z",
      authors: [
        { name: "Mara Quill", url: `${ORIGIN}/authors/mara-quill` },
        { name: "Jonas Field", url: `${ORIGIN}/authors/jonas-field` },
      ],
      tags: ["City", "Old trams"],
      language: "fr",
    });
    const image = `${ORIGIN}/media/${picture.hash}/1200.jpg`;
    expect(item.image).toBe(image);
    expect(item.content_html).toMatch(/^<div lang="fr" dir="ltr">\n<figure><img src="/);
    for (const part of [
      `src="${image}" alt="A gate."`,
      "<figcaption>The gate. <small>M. Q.</small></figcaption>",
      `<a href="${ORIGIN}/culture?a=1&amp;b=2">this</a>`,
      `<a href="${ORIGIN}/x">that</a>`,
      `<a href="${ORIGIN}/city/trams#fn-1">1</a>`,
      "<h2>Then</h2>",
      "<h2>Rectificatif</h2>",
      "2 novembre 2026</time> It was &lt;four&gt;.</p>\n</div>",
    ])
      expect(item.content_html).toContain(part);
    const rss = (await visit("/city/feed.xml")).text;
    for (const line of [
      `<guid isPermaLink="false">${item.id}</guid>`,
      "<pubDate>Sun, 01 Nov 2026 08:00:00 GMT</pubDate>",
      "<atom:updated>2026-11-03T08:00:00Z</atom:updated>",
      "<dc:creator>Mara Quill</dc:creator>\n<dc:creator>Jonas Field</dc:creator>",
      `<category domain="${ORIGIN}/tags/old-trams">Old trams</category>`,
      "<dc:language>fr</dc:language>",
      "<description>At last.</description>",
      "<lastBuildDate>Tue, 03 Nov 2026 08:00:00 GMT</lastBuildDate>",
      `<atom:link rel="self" type="application/rss+xml" href="${ORIGIN}/city/feed.xml"/>`,
      `<media:content url="${image}" type="image/jpeg" medium="image" width="`,
      '<media:description type="plain">The gate.</media:description>',
      "<media:credit>M. Q.</media:credit>",
    ])
      expect(rss).toContain(line);
    const atom = (await visit("/city/atom.xml")).text;
    for (const line of [
      '<entry xml:lang="fr">',
      "<published>2026-11-01T08:00:00Z</published>\n<updated>2026-11-03T08:00:00Z</updated>",
      `<name>Jonas Field</name>\n<uri>${ORIGIN}/authors/jonas-field</uri>`,
      `<link rel="self" type="application/atom+xml" href="${ORIGIN}/city/atom.xml"/>`,
      "<summary>At last.</summary>",
    ])
      expect(atom).toContain(line);
  });

  it("shows the paper's sign as a square PNG, whatever its logo is, which RSS may have", async () => {
    const sign = `${ORIGIN}/icon-512.png`;
    const { json: logo } = await upload(pictures.webp, { name: "sign.webp", alt: "A sign." });
    for (const setting of [null, { src: logo.src }]) {
      await call("PATCH", "/settings", { body: { logo: setting } });
      expect((await visit("/feed.xml")).text).toContain(
        `<image>\n<url>${sign}</url>\n<title>The Ledger</title>\n<link>${ORIGIN}/</link>\n</image>`,
      );
      expect((await visit("/city/atom.xml")).text).toContain(`<icon>${sign}</icon>`);
      expect((await visit("/feed.json")).json.icon).toBe(sign);
    }
    expect((await visit("/icon-512.png")).headers.get("Content-Type")).toBe("image/png");
  });

  it("gives a picture elsewhere an address that is a URI, as sitemaps do", async () => {
    const src = "https://cdn.example/ü|1%.jpg?crop[w]=2&a={b}%20";
    await publish({ hero: { src, alt: "A gate." } });
    const uri = "https://cdn.example/%C3%BC%7C1%25.jpg?crop%5Bw%5D=2&amp;a=%7Bb%7D%20";
    for (const path of ["/feed.xml", "/atom.xml"])
      expect((await visit(path)).text).toContain(`<media:content url="${uri}" medium`);
    expect((await visit("/feed.json")).json.items[0].image).toBe(uri.replace("&amp;", "&"));
    const { text } = await visit("/sitemap.xml");
    const month = /\/sitemaps\/\d{4}-\d\d\.xml/.exec(text)?.[0] ?? "";
    expect((await visit(month)).text).toContain(`<image:loc>${uri}</image:loc>`);
  });

  it("knows a story by the same id whatever becomes of its slug, section and headline, and itself, too", async () => {
    const story = await publish({ slug: "trams", tags: ["trams"] });
    const known = new Map<string, string[] | null>();
    for (const path of FEEDS) known.set(path, idsIn((await visit(path)).text));
    expect(new Set([...known.values()].flatMap((ids) => ids?.at(-1)))).toEqual(
      new Set([await uuidOf(`story/${story.id}`)]),
    );
    await call("PATCH", `/articles/${story.id}`, {
      headers: force,
      body: { slug: "ferries", title: "Ferries return", status: "published" },
    });
    await call("PATCH", "/sections/city", { body: { slug: "town", name: "Town" } });
    await call("PATCH", "/authors/mara-quill", { body: { slug: "mara", name: "Mara" } });
    await call("PATCH", "/tags/trams", { body: { slug: "rails", name: "Rails" } });
    const names: Record<string, string> = { city: "town", "mara-quill": "mara", trams: "rails" };
    for (const path of FEEDS) {
      const now = path.replace(/city|mara-quill|trams/, (name) => names[name] ?? "");
      if (now !== path) {
        const { status, headers } = await visit(path);
        expect([path, status, headers.get("Location")]).toEqual([path, 301, now]);
      }
      const { status, text } = await visit(now);
      expect([now, status, text.includes(`${ORIGIN}/town/ferries`)]).toEqual([now, 200, true]);
      expect([now, idsIn(text)]).toEqual([now, known.get(path)]);
    }
  });

  it("of a list without stories is a feed, and the same each time", async () => {
    for (const name of NAMES) {
      const [first, second] = [await visit(`/culture/${name}`), await visit(`/culture/${name}`)];
      expect([name, first.status, first.text]).toEqual([name, 200, second.text]);
      expect(idsIn(first.text)?.length ?? 0).toBeLessThan(2);
    }
    expect((await visit("/culture/feed.json")).json.items).toEqual([]);
    expect((await visit("/culture/atom.xml")).text).toContain(
      "<updated>2000-01-01T00:00:00Z</updated>",
    );
    expect((await visit("/culture/feed.xml")).text).not.toContain("lastBuildDate");
  });

  it("tells apart entries that changed in the same second", async () => {
    const publishedAt = "2026-11-01T08:00:00Z";
    for (const title of ["One", "Two"]) await publish({ title, publishedAt });
    await publish({ title: "Three", publishedAt: "2026-11-01T08:00:01Z" });
    const { text } = await visit("/atom.xml");
    const changes = [...text.matchAll(/<updated>(.*)<\/updated>/g)].map(([, at]) => at);
    expect(new Set(changes.slice(1)).size).toBe(3);
    expect(changes.slice(0, 2)).toEqual(["2026-11-01T08:00:01Z", "2026-11-01T08:00:01Z"]);
    for (const change of changes.slice(2)) expect(change).toMatch(/^2026-11-01T08:00:00\.\d{9}Z$/);
  });
});

describe("a feed's bodies", () => {
  const bodyOf = (bytes: number) => "Wort für Wort. ".repeat(bytes / 16);
  const told = async () =>
    (await visit("/feed.json")).json.items.map(
      ({ title, content_html }: { title: string; content_html: string }) =>
        `${title} ${content_html.length > 10_000 ? "whole" : content_html.trim()}`,
    );

  it("are left out of one that is too long, with a link to it, whatever is behind it", async () => {
    await publish({ title: "Short", body: bodyOf(20_000) });
    // Characters count as bytes.
    const long = await publish({
      title: "Long",
      standfirst: "In <short>.",
      language: "de",
      body: "ü".repeat(FEED_STORY_BYTES / 2),
    });
    await publish({ title: "Longest", body: "ü".repeat(FEED_STORY_BYTES / 2 - 4) });
    expect(await told()).toEqual([
      "Longest whole",
      `Long <div lang="de" dir="ltr">\n<p>In &lt;short&gt;.</p><p><a href="${long.url}">Den ganzen Artikel lesen</a></p>\n</div>`,
      "Short whole",
    ]);
  });

  it("are never empty: a headline alone has a link to its page", async () => {
    const story = await publish({ title: "Just in", body: "" });
    expect(await told()).toEqual([
      `Just in <p><a href="${story.url}">Read the whole story</a></p>`,
    ]);
  });

  it("are given up to a bound together, the newest first", async () => {
    const size = 150_000;
    for (const title of ["Five", "Four", "Three", "Two", "One"])
      await publish({ title, body: bodyOf(size) });
    const fitting = Math.floor(FEED_BYTES / (size * 1.02));
    expect((await told()).map((each: string) => each.endsWith("whole"))).toEqual([
      ...Array.from({ length: fitting }, () => true),
      ...Array.from({ length: 5 - fitting }, () => false),
    ]);
    expect(fitting).toBe(3);
  });
});

describe("a feed that a reader has already", () => {
  it("is not sent again, also where something on its way compressed it and said so in its tag", async () => {
    await publish();
    for (const path of ["/feed.xml", "/city/atom.xml", "/authors/mara-quill/feed.json"]) {
      const { headers } = await visit(path);
      const etag = headers.get("ETag") ?? "";
      expect(etag).toMatch(/^W\/"[\w-]{24}"$/);
      const opaque = etag.slice(3, -1);
      for (const known of [
        etag,
        `"${opaque}"`,
        `W/"${opaque}-gzip"`,
        `"${opaque}--gzip"`,
        `"${opaque};br"`,
      ]) {
        const again = await visit(path, { "If-None-Match": known, "Accept-Encoding": "gzip" });
        expect([known, again.status, again.text]).toEqual([known, 304, ""]);
        for (const name of ["ETag", "Cache-Tag", "Access-Control-Allow-Origin"])
          expect([name, again.headers.get(name)]).toEqual([name, headers.get(name)]);
      }
      expect((await visit(path, { "If-None-Match": '"other-gzip"' })).status).toBe(200);
    }
  });

  it.each(['W/"ab--gzip"', '"ab---gzip"', '"ab-;br"'])(
    "is known by its tag also where that ends as what is put behind it begins: %s",
    (known) => {
      expect(namesTag(known, 'W/"ab-"')).toBe(true);
      expect(namesTag(known, 'W/"a"')).toBe(false);
    },
  );

  it("is sent again when a story was withdrawn, which no date tells", async () => {
    await publish({ title: "Earlier", publishedAt: "2026-11-01T08:00:00Z" });
    const story = await publish({ title: "Gone soon", publishedAt: "2026-11-02T08:00:00Z" });
    const before = await visit("/feed.xml");
    expect(before.headers.get("Last-Modified")).toBeNull();
    await call("POST", `/articles/${story.id}/unpublish`, { headers: force });
    const conditions = { "If-None-Match": before.headers.get("ETag") ?? "" };
    const since = { "If-Modified-Since": new Date().toUTCString() };
    for (const headers of [conditions, since, { ...conditions, ...since }]) {
      const { status, text } = await visit("/feed.xml", headers);
      expect([status, text.includes("Earlier"), text.includes("Gone soon")]).toEqual([
        200,
        true,
        false,
      ]);
    }
  });

  it("is known by its own tag alone", () => {
    const tag = 'W/"abc-gzip"';
    expect(namesTag('"abc-gzip"', tag)).toBe(true);
    expect(namesTag('"abc-gzip-gzip", "x"', tag)).toBe(true);
    expect(namesTag('"abc"', tag)).toBe(false);
    expect(namesTag('"ab-gzip"', 'W/"abc"')).toBe(false);
    expect(namesTag('"abc-gzipped"', 'W/"abc"')).toBe(false);
  });
});

describe("feeds", () => {
  it("are read by other origins, and stored like any page", async () => {
    await publish({ tags: ["trams"] });
    for (const path of FEEDS) {
      const { headers } = await visit(path);
      expect([
        path,
        headers.get("Access-Control-Allow-Origin"),
        headers.get("Cross-Origin-Resource-Policy"),
        headers.get("Cloudflare-CDN-Cache-Control")?.slice(0, 19),
      ]).toEqual([path, "*", "cross-origin", "public, max-age=600"]);
    }
  });

  it("are not where their list is not, and say nothing there", async () => {
    for (const path of [
      "/nowhere/feed.json",
      "/authors/jonas-field/feed.xml",
      "/tags/none/atom.xml",
      "/city/rss.xml",
    ]) {
      const { status, headers } = await visit(path);
      expect([path, status, headers.get("Access-Control-Allow-Origin")]).toEqual([path, 404, null]);
    }
  });

  it("are named by the pages that show the same, and by a story for its section and the site", async () => {
    const story = await publish({ tags: ["trams"] });
    const pages: [string, string[]][] = [
      ["/", [""]],
      ["/city", ["/city"]],
      ["/authors/mara-quill", ["/authors/mara-quill"]],
      ["/tags/trams", ["/tags/trams"]],
      [new URL(story.url).pathname, ["/city", ""]],
    ];
    for (const [page, lists] of pages) {
      const { text } = await visit(page);
      const links = await elements(text, "link[rel=alternate][title]");
      const wanted = lists.flatMap((list) => NAMES.map((name) => `${ORIGIN}${list}/${name}`));
      expect([page, links.map(({ attributes }) => attributes["href"])]).toEqual([page, wanted]);
      for (const { attributes } of links) {
        const { status, headers } = await visit(new URL(attributes["href"] ?? "").pathname);
        expect(status).toBe(200);
        expect(headers.get("Content-Type")).toBe(`${attributes["type"]}; charset=utf-8`);
      }
      expect(text).toContain(`<a href="${lists[0]}/feed.xml">RSS feed</a>`);
    }
  });

  it("take no address that looks like one of theirs", async () => {
    await publish({ title: "Feed json", slug: "feed-json" });
    expect((await visit("/city/feed-json")).text).toContain("Feed json");
    const dotted = { title: "Feed", slug: "feed.xml", section: "city" };
    expect((await call("POST", "/articles", { body: dotted })).status).toBe(422);
    const body = { from: "/culture/feed-json", to: "/city" };
    expect((await call("POST", "/redirects", { body })).status).toBe(201);
    const { status, headers } = await visit("/Feed.XML");
    expect([status, headers.get("Location")]).toEqual([301, "/feed.xml"]);
  });

  it("are no place for a redirect while their list is there", async () => {
    const to = { to: "/culture" };
    for (const from of ["/feed.xml", "/city/feed.json", "/city/atom.xml"]) {
      const taken = await call("POST", "/redirects", { body: { from, ...to } });
      expect([from, taken.status, taken.json.errors[0].path]).toEqual([from, 409, "from"]);
    }
    const free = await call("POST", "/redirects", { body: { from: "/sport/feed.json", ...to } });
    expect(free.status).toBe(201);
    expect((await visit("/sport/feed.json")).headers.get("Location")).toBe("/culture");
  });
});

describe("a body in a feed", () => {
  const BASE = "https://ledger.example/city/trams";

  it.each([
    ['<a href="#x">x</a>', `<a href="${BASE}#x">x</a>`],
    ['<a href="?a=1&amp;b=2" rel="noopener">x</a>', `<a href="${BASE}?a=1&amp;b=2">x</a>`],
    ['<a href="//cdn.example/x">x</a>', '<a href="https://cdn.example/x">x</a>'],
    ['<a href="../x">x</a>', '<a href="https://ledger.example/x">x</a>'],
    [
      '<a href="mailto:a@b.example" title="a &quot;b&quot;">x</a>',
      '<a href="mailto:a@b.example" title="a &quot;b&quot;">x</a>',
    ],
    [
      '<h2 id="h-x">X<a class="anchor" href="#h-x" aria-hidden="true" tabindex="-1"></a></h2>',
      "<h2>X</h2>",
    ],
    [
      '<picture><source type="image/avif" srcset="/media/x/320.avif 320w" sizes="9em"><img src="/media/x/960.jpg" srcset="/media/x/320.jpg 320w" sizes="9em" width="9" height="6" alt="" loading="lazy" decoding="async"></picture>',
      '<img src="https://ledger.example/media/x/960.jpg" width="9" height="6" alt="">',
    ],
    [
      '<li class="task"><input type="checkbox" disabled checked aria-label="done"> x</li>',
      "<li>☑ x</li>",
    ],
    [
      '<li class="task"><input type="checkbox" disabled aria-label="checked"> x</li>',
      "<li>☐ x</li>",
    ],
    [
      '<pre tabindex="0"><code class="language-js">a &lt;b id="c"&gt;</code></pre>',
      '<pre><code class="language-js">a &lt;b id="c"&gt;</code></pre>',
    ],
    ['<td class="align-right" colspan="2">1</td>', '<td colspan="2">1</td>'],
    [
      '<a href="https://acme.example/" rel="sponsored noopener">x</a>',
      '<a href="https://acme.example/" rel="sponsored noopener">x</a>',
    ],
    [
      '<aside class="box"><p>a</p><aside class="pull"><p>b</p><aside class="box">c</aside><p>d</p></aside><p>e</p></aside><aside class="pull">f</aside>g',
      "<aside><p>a</p><p>e</p></aside>g",
    ],
    [
      '<bdo dir="rtl" id="id-x">abc <b>d</b></bdo><bdo dir="ltr">שלום</bdo>',
      '<bdi dir="rtl">\u202eabc <b>d</b>\u202c</bdi><bdi dir="ltr">\u202dשלום\u202c</bdi>',
    ],
  ])("is %s without its page", (stored, told) => {
    expect(portable(stored, BASE)).toBe(told);
  });
});

describe("XML", () => {
  it("has nothing in it that no parser may read, and nothing unescaped", () => {
    const text = `a\u0000\u0008\u001b\u007f\u0085\ud800\ufffe\uffff<&>"'\r\n\t]]>\r😀`;
    expect(leaf("x", text, { y: text })).toBe(
      `<x y="a&lt;&amp;&gt;&quot;'&#xA;&#x9;]]&gt;&#xA;😀">a&#x3C;&#x26;&#x3E;"'\n\t]]&#x3E;\n😀</x>`,
    );
    expect(leaf("x", null, { y: null, z: 0 })).toBe('<x z="0"/>');
  });
});
