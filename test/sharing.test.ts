import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { openPaper } from "./support/paper.ts";
import { pictures } from "./support/pictures.ts";
import { taken } from "./pictures/read.ts";
import { call, openNewsroom, publish, visit, write, ORIGIN } from "./support/newsroom.ts";
import { act, bytesAt, patch, uploaded } from "./media/newsroom.ts";

// Share pictures, authors' links, the paper's accounts and policies, and what browsers fetch ahead: from the editor to the reader.

beforeEach(openNewsroom);

const FORCE = { "If-Match": "*" };
const settings = (body: object) => call("PATCH", "/settings", { body, headers: FORCE });
const pathOf = ({ url }: { url: string }) => new URL(url).pathname;
const cardOf = ({ id }: { id: string }) => `/share/${id}.png`;

/** The address of the picture that a page is shared with, without the site's. */
async function sharedBy(story: { url: string }): Promise<{ path: string; size: number[] }> {
  const { text } = await visit(pathOf(story));
  const said = (name: string) => new RegExp(`property="${name}" content="([^"]+)"`).exec(text)?.[1];
  return {
    path: new URL(said("og:image") ?? "").pathname,
    size: [said("og:image:width"), said("og:image:height")].map(Number),
  };
}

/** What came of the purges of an act, newest first. */
async function purges(): Promise<string> {
  const { results } = await env.DB.prepare(
    "select payload from outbox where kind in ('purge', 'invalidate') order by created_at desc, rowid desc limit 4",
  ).all<{ payload: string }>();
  return results.map(({ payload }) => payload).join();
}

describe("a share card", () => {
  it("is nothing until its story is live, and nothing again when that is pulled", async () => {
    const story = await write({ title: "Not yet" });
    const before = await visit(cardOf(story));
    const never = await visit(`/share/${"a".repeat(16)}.png`);
    expect([before.status, before.text]).toEqual([404, never.text]);
    await act(story.id, "publish");
    // The 404 that was cached goes as the story comes.
    expect(await purges()).toContain(`address:${story.id}`);
    const { status, headers, bytes } = await bytesAt(cardOf(story));
    expect([status, headers.get("Content-Type")]).toEqual([200, "image/png"]);
    expect(taken(bytes)).toMatchObject({ type: "image/png", width: 1200, height: 630 });
    await act(story.id, "unpublish");
    expect(await purges()).toContain(`card:${story.id}`);
    expect((await visit(cardOf(story))).status).toBe(404);
  });

  it("is another one under another headline, look or name of the paper, and says so", async () => {
    const story = await publish({ title: "One" });
    const tagOf = async () => (await bytesAt(cardOf(story))).headers.get("ETag");
    const first = await tagOf();
    expect((await visit(cardOf(story), { "If-None-Match": first ?? "" })).status).toBe(304);
    await patch(story.id, { title: "Two", status: "published" });
    expect(await purges()).toContain(`card:${story.id}`);
    const second = await tagOf();
    await settings({ theme: { colours: { light: { accent: "#004488" } } } });
    const third = await tagOf();
    await patch(story.id, { body: "Other words.", status: "published" });
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await tagOf()).toBe(third);
  });

  it("is revalidated by browsers, since its bytes change, and shown anywhere", async () => {
    const { headers } = await bytesAt(cardOf(await publish({})));
    expect(headers.get("Cache-Control")).toBe("public, max-age=0");
    expect(headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    expect(headers.get("Content-Security-Policy")).toContain("sandbox");
  });

  it("is not drawn where there is no Images, and no page names it", async () => {
    const story = await publish({});
    const { IMAGES: _, ...without } = env;
    const paper = openPaper(without);
    const page = await (await paper.made(pathOf(story))).text();
    expect(page).not.toContain("og:image");
    expect((await paper.made(cardOf(story))).status).toBe(404);
  });
});

describe("a story's share picture", () => {
  it("is its own, cropped to exactly what the page says, at its focal point", async () => {
    const picture = await uploaded(pictures.jpeg);
    const seen = new Set<string>();
    for (const focalPoint of ["top", "center", "bottom-right"]) {
      const story = await publish({ hero: { src: picture.src, focalPoint } });
      const { path, size } = await sharedBy(story);
      expect(size).toEqual([1200, 630]);
      const { status, headers, bytes } = await bytesAt(path);
      expect([status, headers.get("Content-Type")]).toEqual([200, "image/jpeg"]);
      expect(taken(bytes)).toMatchObject({ width: 1200, height: 630 });
      expect(headers.get("Cache-Control")).toBe("public, max-age=86400, immutable");
      seen.add(bytes.toBase64());
    }
    expect(seen.size).toBe(3);
  });

  it("is gone with the story, and is made in no size that no page names", async () => {
    const picture = await uploaded(pictures.jpeg);
    const story = await publish({ hero: { src: picture.src } });
    const { path } = await sharedBy(story);
    for (const name of ["1200x630-middle.jpg", "1200x631-left.jpg", "600x315-left.jpg"])
      expect((await visit(`/media/${picture.hash}/${name}`)).status, name).toBe(404);
    await act(story.id, "unpublish");
    expect((await visit(path)).status).toBe(410);
  });

  it("is the paper's card where the picture is elsewhere", async () => {
    const src = "https://elsewhere.example/a.jpg";
    const story = await publish({ hero: { src, alt: "A.", width: 900, height: 600 } });
    expect(await sharedBy(story)).toEqual({ path: cardOf(story), size: [1200, 630] });
  });
});

describe("where a story first appeared", () => {
  it("is nowhere else when that is its own address, and it is found here", async () => {
    for (const canonicalUrl of [`${ORIGIN}/city/tides`, `${ORIGIN}/city/tides/`]) {
      const story = await publish({ title: "Tides", slug: "tides", canonicalUrl });
      expect(story.canonicalUrl).toBeNull();
      expect((await visit("/news-sitemap.xml")).text).toContain(`<loc>${story.url}</loc>`);
      await call("DELETE", `/articles/${story.id}`, { headers: { "If-Match": "*" } });
    }
    const other = `${ORIGIN}/city/other`;
    const copy = await publish({ title: "A copy", slug: "copy", canonicalUrl: other });
    expect(copy.canonicalUrl).toBe(other);
    expect((await visit("/news-sitemap.xml")).text).not.toContain(`<loc>${copy.url}</loc>`);
    expect((await patch(copy.id, { slug: "other" })).json.canonicalUrl).toBeNull();
    const about = { title: "About", slug: "about", canonicalUrl: `${ORIGIN}/about` };
    expect((await call("POST", "/pages", { body: about })).json.canonicalUrl).toBeNull();
  });
});

describe("translations", () => {
  it("name each other, whichever of them came last, and their pages are purged", async () => {
    const original = await publish({ title: "The wall", language: "en" });
    const first = await publish({ title: "Der Deich", language: "de", translationOf: original.id });
    const last = await publish({ title: "La digue", language: "fr", translationOf: original.id });
    const told = await purges();
    expect(told).toContain(`around:${original.id}`);
    expect(told).toContain(`original:${original.id}`);
    const all = new Set([original, first, last].map(({ url }) => url));
    for (const story of [original, first, last]) {
      const { text } = await visit(pathOf(story));
      const named = [...text.matchAll(/hreflang="(\w+)" href="(https?:[^"]+)"/g)];
      expect(named).toHaveLength(3);
      expect(new Set(named.map(([, , href]) => href))).toEqual(all);
    }
  });

  it("of a translation are of its original, so that each still names all, and never of themselves", async () => {
    const original = await publish({ title: "The wall", language: "en" });
    const first = await publish({ title: "Der Deich", language: "de", translationOf: original.id });
    const last = await publish({ title: "La digue", language: "fr", translationOf: first.id });
    expect(last.translationOf).toBe(original.id);
    for (const story of [original, first, last]) {
      const { text } = await visit(pathOf(story));
      const named = [...text.matchAll(/rel="alternate" hreflang="(\w+)"/g)].map(([, each]) => each);
      expect([story.title, new Set(named)]).toEqual([story.title, new Set(["de", "en", "fr"])]);
    }
    const { status, json } = await patch(original.id, { translationOf: last.id });
    expect([status, json.errors[0].path]).toEqual([422, "translationOf"]);
  });
});

describe("an author's links", () => {
  const author = (body: object) => call("PATCH", "/authors/mara-quill", { body, headers: FORCE });

  it("are on the author's page, and purge what says more of the author", async () => {
    await publish({ authors: ["mara-quill"] });
    const links = ["https://www.social.example/@mara", "mailto:mara@paper.example"];
    const { status, json } = await author({ links });
    expect([status, json.links]).toEqual([200, links]);
    expect(await purges()).toContain("about:author:mara-quill");
    const { text } = await visit("/authors/mara-quill");
    expect(text).toContain(
      '<a rel="me" href="https://www.social.example/@mara">social.example</a>',
    );
    expect(text).toContain('<a rel="me" href="mailto:mara@paper.example">mara@paper.example</a>');
    // The same again changes nothing, and what is not sent stays.
    expect((await author({ links })).json.edge).toBe("none");
    expect((await author({ role: "Editor" })).json.links).toEqual(links);
  });

  it.each([
    ["javascript:alert(1)", "no link that can be shown"],
    ["http://plain.example", "no link that can be shown"],
    ["https://user:secret@host.example", "no link that can be shown"],
    ['https://host.example/"><script>', "no link that can be shown"],
    ["mailto:a@b.example?subject=x", "no link that can be shown"],
    ["/about", "no link that can be shown"],
    [`https://host.example/${"a".repeat(500)}`, "at most 500"],
  ])("are refused when they are %s", async (link, told) => {
    const { status, json } = await author({ links: ["https://fine.example", link] });
    expect(status).toBe(422);
    expect(json.errors[0].path).toBe("links.1");
    expect(json.errors[0].message).toContain(told);
    if (told.startsWith("no")) expect(json.errors[0].message).toContain(link);
  });

  it("are ten at most, each once", async () => {
    const many = Array.from({ length: 11 }, (_, n) => `https://social.example/${n}`);
    for (const links of [many, ["https://a.example", "https://a.example"]])
      expect((await author({ links })).status).toBe(422);
    expect((await author({ links: many.slice(0, 10) })).status).toBe(200);
  });
});

describe("the paper's accounts and policies", () => {
  it("stand at the foot of every page, and go when they are taken back", async () => {
    const story = await publish({});
    await settings({
      social: ["https://social.example/@paper"],
      policies: { masthead: "/about/newsroom", contact: "desk@paper.example" },
    });
    for (const path of ["/", pathOf(story), "/nowhere"]) {
      const { text } = await visit(path);
      expect(text).toContain('<a rel="me" href="https://social.example/@paper">social.example</a>');
      expect(text).toContain('<a href="/about/newsroom">The newsroom</a>');
      expect(text).toContain('<a href="mailto:desk@paper.example">Contact</a>');
    }
    const { json } = await settings({ policies: {}, social: [] });
    expect(json.policies).toEqual({
      publishingPrinciples: null,
      ethicsPolicy: null,
      correctionsPolicy: null,
      ownershipFundingInfo: null,
      masthead: null,
      contact: null,
    });
    expect((await visit("/")).text).not.toContain('rel="me"');
  });

  it.each([
    [{ social: ["http://plain.example"] }, "social.0", '"http://plain.example" is no link'],
    [{ social: ["mailto:a@b.example"] }, "social.0", "is no link"],
    [{ policies: { masthead: "about" } }, "policies.masthead", '"about" is no such place'],
    [{ policies: { masthead: "a@b.example" } }, "policies.masthead", "is no such place"],
    [{ policies: { contact: "javascript:x" } }, "policies.contact", "or an e-mail address"],
    [{ policies: { ethicsPolicy: "/About/" } }, "policies.ethicsPolicy", "is no such place"],
    [{ policies: { unheard: "/a" } }, "policies.unheard", ""],
    [{ cardFont: "https://fonts.example/own.css" }, "cardFont", "is no font"],
    [{ cardFont: "http://fonts.example/own.ttf" }, "cardFont", "is no font"],
    [{ prefetch: "yes" }, "prefetch", "must be true or false"],
  ])("are refused when they are %j", async (sent, path, told) => {
    const { status, json } = await settings(sent);
    expect(status).toBe(422);
    expect(json.errors[0].path).toBe(path);
    expect(json.errors[0].message).toContain(told);
  });
});

describe("what browsers fetch ahead", () => {
  const RULES = "/speculation-rules.json";

  it("is told to every page by one document, which they keep a day", async () => {
    const story = await publish({});
    for (const path of ["/", pathOf(story), "/authors/mara-quill", "/archive"])
      expect((await visit(path)).headers.get("Speculation-Rules")).toBe(`"${RULES}"`);
    const { status, headers, text } = await visit(RULES);
    expect([status, headers.get("Content-Type")]).toEqual([
      200,
      "application/speculationrules+json",
    ]);
    expect(headers.get("Cache-Control")).toBe("public, max-age=86400");
    expect(JSON.parse(text)).toHaveProperty("prefetch.0.eagerness", "moderate");
    // What is no page has none.
    expect((await visit(`${pathOf(story)}.md`)).headers.has("Speculation-Rules")).toBe(false);
  });

  it("is nothing where the paper does not want it", async () => {
    const story = await publish({});
    const etag = (await visit(pathOf(story))).headers.get("ETag") ?? "";
    await settings({ prefetch: false });
    const { status, headers } = await visit(pathOf(story), { "If-None-Match": etag });
    expect([status, headers.has("Speculation-Rules")]).toEqual([200, false]);
    expect((await visit(RULES)).status).toBe(404);
  });

  it("is a page like any other: what is asked ahead is what is asked", async () => {
    const path = pathOf(await publish({}));
    const ahead = await visit(path, { "Sec-Purpose": "prefetch" });
    const asked = await visit(path);
    expect([ahead.status, ahead.text]).toEqual([200, asked.text]);
    expect(ahead.headers.get("ETag")).toBe(asked.headers.get("ETag"));
    expect(ahead.headers.get("Vary")).toBe(asked.headers.get("Vary"));
  });

  it("is beside a page its first picture, in every answer that has the page", async () => {
    const picture = await uploaded(pictures.jpeg);
    const path = pathOf(await publish({ hero: { src: picture.src } }));
    const { headers, text } = await visit(path);
    const [, srcset] = /<source type="image\/avif" srcset="([^"]+)"/.exec(text) ?? [];
    expect(headers.get("Link")).toContain(`imagesrcset="${srcset}"`);
    const again = await visit(path, { "If-None-Match": headers.get("ETag") ?? "" });
    expect([again.status, again.headers.get("Link")]).toEqual([304, headers.get("Link")]);
    expect((await visit(pathOf(await publish({})))).headers.has("Link")).toBe(false);
  });
});
