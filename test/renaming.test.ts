import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../src/cron.ts";
import { createStory, reviseStory } from "../src/editor/articles/commands.ts";
import { fileEntry } from "../src/editor/directory/commands.ts";
import { openDatabase } from "../src/store/batch.d1.ts";
import { fill } from "./support/corpus.ts";
import {
  call,
  deskAt,
  keyFor,
  openNewsroom,
  ORIGIN,
  publish,
  rowsOf,
  storeAfter,
  visit,
  write,
} from "./support/newsroom.ts";

// Authors, sections and tags get other slugs: whatever they were called leads to what they are called now, in one hop.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const rename = (path: string, slug: string, method = "PATCH") =>
  call(method, path, { body: { slug } });

/** Where an address leads: a path for a 301, else its status. */
async function lead(path: string): Promise<string | number> {
  const { status, headers } = await visit(path);
  return status === 301 ? (headers.get("Location") ?? "").replace(ORIGIN, "") : status;
}

async function leads(paths: Record<string, string | number>): Promise<void> {
  const found = await Promise.all(Object.keys(paths).map(async (path) => [path, await lead(path)]));
  expect(Object.fromEntries(found)).toEqual(paths);
}

describe("an author with another slug", () => {
  it("is at the new address, and every former one leads there in one hop, with all that lies below", async () => {
    const story = await publish();
    const renamed = await rename("/authors/mara-quill", "mara-holm");
    expect([renamed.status, renamed.json]).toEqual([
      200,
      expect.objectContaining({ slug: "mara-holm", name: "Mara Quill", edge: "live" }),
    ]);
    await rename("/authors/mara-holm", "mara-q");
    await leads({
      "/authors/mara-q": 200,
      "/authors/mara-quill": "/authors/mara-q",
      "/authors/mara-holm": "/authors/mara-q",
      "/authors/mara-quill/page/3": "/authors/mara-q/page/3",
      "/authors/mara-holm/feed.xml": "/authors/mara-q/feed.xml",
      "/authors/nobody": 404,
    });
    expect((await visit("/city/trams-return-to-the-harbour")).text).toContain("/authors/mara-q");
    const read = await call("GET", `/articles/${story.id}`);
    expect(read.json).toMatchObject({ authors: ["mara-q"], version: story.version });
    expect((await call("GET", "/authors/mara-quill")).status).toBe(404);
    const found = await call("GET", "/articles?author=mara-q");
    expect(found.json.items).toHaveLength(1);
  });

  it("goes round in circles and back without leading any reader round", async () => {
    await publish();
    for (const [from, to] of [
      ["mara-quill", "b"],
      ["b", "mara-quill"],
      ["mara-quill", "c"],
      ["c", "b"],
    ] as const)
      expect((await rename(`/authors/${from}`, to)).status).toBe(200);
    await leads({
      "/authors/b": 200,
      "/authors/mara-quill": "/authors/b",
      "/authors/c": "/authors/b",
    });
    await rename("/authors/b", "mara-quill");
    await leads({
      "/authors/mara-quill": 200,
      "/authors/b": "/authors/mara-quill",
      "/authors/c": "/authors/mara-quill",
    });
  });

  it("keeps the keys that are bound to it", async () => {
    const key = await keyFor("author", "mara-quill");
    await rename("/authors/mara-quill", "mara-q");
    const story = await call("POST", "/articles", {
      key,
      body: { title: "Mine", section: "city" },
    });
    expect(story.json.authors).toEqual(["mara-q"]);
  });

  it("is put under it as a whole, too", async () => {
    await publish();
    const put = await call("PUT", "/authors/mara-quill", { body: { slug: "mara", name: "Mara" } });
    expect(put.json).toMatchObject({ slug: "mara", name: "Mara", bio: null });
    await leads({ "/authors/mara-quill": "/authors/mara" });
    const again = await call("PUT", "/authors/mara-quill", { body: { slug: "mara", name: "M" } });
    expect([again.status, again.json.detail]).toEqual([404, expect.stringMatching(/mara-quill/)]);
  });

  it("leads nowhere while readers do not see it, and again once they do", async () => {
    const story = await publish();
    await rename("/authors/mara-quill", "mara-q");
    await call("POST", `/articles/${story.id}/unpublish`, { headers: force });
    await leads({ "/authors/mara-q": 404, "/authors/mara-quill": 404 });
    expect((await rename("/authors/mara-q", "mara")).json.edge, "nobody sees it").toBe("none");
    await call("POST", `/articles/${story.id}/publish`, { headers: force });
    await leads({
      "/authors/mara": 200,
      "/authors/mara-q": "/authors/mara",
      "/authors/mara-quill": "/authors/mara",
    });
  });

  it("says nothing of what only a draft was under, not even once it is out", async () => {
    await call("PUT", "/authors/whistle", { body: { name: "Code Name" } });
    const draft = await write({ authors: ["whistle"] });
    const before = [await visit("/authors/whistle"), await visit("/authors/given-name")];
    expect((await rename("/authors/whistle", "given-name")).json.edge).toBe("none");
    const after = [await visit("/authors/whistle"), await visit("/authors/given-name")];
    for (const [index, { status, text, headers }] of after.entries())
      expect([status, text, headers.get("ETag")]).toEqual([
        404,
        before[index]?.text,
        before[index]?.headers.get("ETag"),
      ]);
    await call("POST", `/articles/${draft.id}/publish`, { headers: force });
    await leads({ "/authors/given-name": 200, "/authors/whistle": 404 });
  });

  it("gives way to a new one that takes the former slug, once readers see that", async () => {
    await publish();
    await rename("/authors/mara-quill", "mara-q");
    await call("POST", "/authors", { body: { slug: "mara-quill", name: "Another" } });
    const draft = await write({ title: "Hers", authors: ["mara-quill"] });
    await leads({ "/authors/mara-quill": "/authors/mara-q" });
    await call("POST", `/articles/${draft.id}/publish`, { headers: force });
    await leads({ "/authors/mara-quill": 200, "/authors/mara-quill/page/2": 404 });
    await rename("/authors/mara-quill", "another");
    await leads({ "/authors/mara-quill": "/authors/another" });
  });
});

describe("a slug that cannot be had", () => {
  it.each([
    ["/authors/mara-quill", "jonas-field", 409],
    ["/authors/mara-quill", "Mara Q", 422],
    ["/authors/mara-quill", "", 422],
    ["/sections/city", "culture", 409],
    ["/sections/city", "authors", 422],
    ["/sections/city", "corrections", 422],
    ["/tags/trams", "bells", 409],
  ])("%s does not become %s", async (path, slug, status) => {
    await publish({ tags: ["trams", "bells"] });
    const audits = await rowsOf("audit");
    for (const method of ["PATCH", "PUT"]) {
      const body = { ...(method === "PUT" && { name: "Any" }), slug };
      const refused = await call(method, path, { body });
      expect([method, refused.status, refused.json.errors?.[0]?.path]).toEqual([
        method,
        status,
        "slug",
      ]);
    }
    expect(await rowsOf("audit")).toBe(audits);
    expect(await rowsOf("former_slugs")).toBe(0);
  });

  it("is none that something deleted had", async () => {
    await publish();
    await call("DELETE", "/authors/ines-vale");
    expect((await rename("/authors/mara-quill", "ines-vale")).status).toBe(200);
    await leads({ "/authors/ines-vale": 200, "/authors/mara-quill": "/authors/ines-vale" });
  });
});

describe("a tag with another slug", () => {
  it("is named by the new one wherever stories name it", async () => {
    const story = await publish({ tags: ["trams", "bells"] });
    await rename("/tags/trams", "tramways");
    await leads({ "/tags/tramways": 200, "/tags/trams": "/tags/tramways" });
    expect((await visit("/city/trams-return-to-the-harbour")).text).toContain("/tags/tramways");
    const { json } = await call("GET", `/articles/${story.id}`);
    expect(json.tags).toEqual(["tramways", "bells"]);
  });
});

describe("a section with another slug", () => {
  const month = new Date().toISOString().slice(0, 7).replace("-", "/");

  it("takes its stories with it, and everything below its former addresses leads on in one hop", async () => {
    const story = await publish();
    const draft = await write({ title: "Not yet" });
    const binned = await publish({ title: "Binned" });
    await call("DELETE", `/articles/${binned.id}`, { headers: force });
    const renamed = await rename("/sections/city", "town");
    expect(renamed.json).toMatchObject({ slug: "town", name: "City", listed: true, edge: "live" });
    await rename("/sections/town", "metro");
    const path = "/metro/trams-return-to-the-harbour";
    await leads({
      "/metro": 200,
      [path]: 200,
      [`${path}.md`]: 200,
      "/city": "/metro",
      "/town": "/metro",
      "/city/page/2": "/metro/page/2",
      [`/city/archive/${month}`]: `/metro/archive/${month}`,
      "/town/feed.json": "/metro/feed.json",
      "/city/trams-return-to-the-harbour": path,
      "/town/trams-return-to-the-harbour": path,
      "/city/trams-return-to-the-harbour.md": `${path}.md`,
      "/town/trams-return-to-the-harbour.md": `${path}.md`,
      "/city/binned": 410,
      "/city/binned.md": 410,
      "/culture": 200,
    });
    expect((await visit("/")).text).toContain('href="/metro"');
    expect((await visit("/")).text).not.toContain('"/city');
    const read = (await call("GET", `/articles/${story.id}`)).json;
    expect(read).toMatchObject({ section: "metro", url: ORIGIN + path, version: story.version });
    expect((await call("GET", `/articles/${draft.id}`)).json.url).toBe(`${ORIGIN}/metro/not-yet`);
    await call("POST", `/articles/${binned.id}/restore`, { headers: force });
    await call("POST", `/articles/${binned.id}/publish`, { headers: force });
    await leads({ "/metro/binned": 200, "/city/binned": "/metro/binned" });
  });

  it("leads to where a story went after it, from its page and its Markdown", async () => {
    const story = await publish();
    await rename("/sections/city", "town");
    const body = { section: "culture", slug: "trams", status: "published" };
    await call("PATCH", `/articles/${story.id}`, { body, headers: force });
    await leads({
      "/city/trams-return-to-the-harbour": "/culture/trams",
      "/city/trams-return-to-the-harbour.md": "/culture/trams.md",
      "/town/trams-return-to-the-harbour": "/culture/trams",
      "/city/written-after-it": "/town/written-after-it",
    });
    await publish({ section: "town", slug: "written-after-it" });
    await leads({ "/city/written-after-it": "/town/written-after-it" });
  });

  it("keeps what a page of a month starts at", async () => {
    await publish();
    await rename("/sections/city", "town");
    const from = `${"1".repeat(15)}-abc`;
    await leads({
      [`/city/archive/2026/11?from=${from}`]: `/town/archive/2026/11?from=${from}`,
    });
  });

  it("goes back to what it was called, and its stories with it", async () => {
    await publish();
    await rename("/sections/city", "town");
    await rename("/sections/town", "city");
    await leads({
      "/city": 200,
      "/city/trams-return-to-the-harbour": 200,
      "/town": "/city",
      "/town/trams-return-to-the-harbour": "/city/trams-return-to-the-harbour",
    });
  });

  it("takes a live story to where its live revision belongs, and its draft to where that does", async () => {
    const story = await publish();
    await call("PATCH", `/articles/${story.id}`, { body: { section: "culture" }, headers: force });
    await rename("/sections/city", "town");
    await rename("/sections/culture", "stages");
    await leads({ "/town/trams-return-to-the-harbour": 200 });
    await call("POST", `/articles/${story.id}/publish`, { headers: force });
    await leads({
      "/stages/trams-return-to-the-harbour": 200,
      "/city/trams-return-to-the-harbour": "/stages/trams-return-to-the-harbour",
    });
  });

  it("publishes what was scheduled where it belongs by then", async () => {
    const at = Date.now() + 60_000;
    const scheduledFor = new Date(at).toISOString();
    await write({ title: "Later", status: "scheduled", scheduledFor });
    await rename("/sections/city", "town");
    await tick(env, deskAt(at + 1));
    await leads({ "/town/later": 200, "/city/later": "/town/later" });
  });

  it("does not push a redirect aside, and names it", async () => {
    await publish({ slug: "trams" });
    await write({ slug: "draft" });
    for (const from of ["/town", "/town/trams", "/town/draft", "/town/trams.md"]) {
      const made = await call("POST", "/redirects", { body: { from, to: "/culture" } });
      expect(made.status).toBe(201);
      const refused = await rename("/sections/city", "town");
      expect([refused.status, refused.json.errors[0].path]).toEqual([409, "slug"]);
      expect(refused.json.detail).toContain(from);
      await leads({ "/city/trams": 200, [from]: "/culture" });
      await call("DELETE", `/redirects/${made.json.id}`);
    }
    await call("POST", "/redirects", { body: { from: "/town/other", to: "/culture" } });
    expect((await rename("/sections/city", "town")).status).toBe(200);
    await leads({ "/town/other": "/culture", "/town/trams": 200, "/city/other": "/culture" });
  });

  it("takes a path that another story has left", async () => {
    const other = await publish({ title: "Other", section: "culture", slug: "trams" });
    await rename("/sections/culture", "town");
    const body = { section: "city", slug: "other", status: "published" };
    await call("PATCH", `/articles/${other.id}`, { body, headers: force });
    await publish({ slug: "trams" });
    await rename("/sections/town", "culture");
    await leads({ "/culture/trams": "/city/other", "/town/trams": "/city/other" });
    await rename("/sections/culture", "stages");
    await rename("/sections/city", "culture");
    await leads({ "/culture/trams": 200, "/city/trams": "/culture/trams" });
  });

  it("is where redirects lead that led to it, at once", async () => {
    await publish({ slug: "trams" });
    const redirects = [
      { from: "/metro", to: "/city" },
      { from: "/news", kind: "prefix", to: "/city" },
      { from: "/latest", to: "/city/trams" },
      { from: "/by", to: "/authors/mara-quill/page/2" },
    ];
    for (const body of redirects) await call("POST", "/redirects", { body });
    await rename("/sections/city", "town");
    await rename("/authors/mara-quill", "mara");
    await leads({
      "/metro": "/town",
      "/news/trams": "/town/trams",
      "/news/page/2": "/town/page/2",
      "/latest": "/town/trams",
      "/by": "/authors/mara/page/2",
    });
  });

  it("is told from a new one that takes its former slug", async () => {
    await publish({ slug: "trams" });
    await rename("/sections/city", "town");
    await call("POST", "/sections", { body: { slug: "city", name: "New city" } });
    await leads({ "/city": "/town", "/city/feed.json": "/town/feed.json" });
    await publish({ title: "New", slug: "new", section: "city" });
    await leads({
      "/city": 200,
      "/city/new": 200,
      "/city/feed.json": 200,
      "/city/page/2": 404,
      "/city/trams": "/town/trams",
    });
  });

  it("is lost to no story that is being written, nor to one that says the former slug", async () => {
    const story = await publish();
    const store = storeAfter(() => rename("/sections/city", "town"));
    const target = { id: story.id, ifMatch: "*", right: "revise a story" } as const;
    const revised = await reviseStory(deskAt(Date.now(), { store }), target, { title: "Revised" });
    expect(revised).toMatchObject({ ok: true, value: { section: "town" } });
    const late = storeAfter(() => rename("/sections/town", "city"));
    const input = { fields: { title: "Late", section: "town" }, issues: [] };
    const outcome = await createStory(deskAt(Date.now(), { store: late }), input);
    expect(outcome).toMatchObject({ ok: true, value: { section: "city", slug: "late" } });
  });

  it("has its last good copies made anew, where its stories are and were, also when they change", async () => {
    const story = await publish({ slug: "trams" });
    await env.DB.prepare("delete from outbox").run();
    await rename("/sections/city", "town");
    const copies = async () => {
      const { results } = await env.DB.prepare(
        "select payload ->> 'path' as path, due_at as due from outbox where kind = 'copy'",
      ).all<{ path: string; due: number }>();
      return new Map(results.map(({ path, due }) => [path, due === 0 ? "first" : "then"]));
    };
    expect(await copies()).toEqual(
      new Map([
        ["/", "then"],
        ["/city", "first"],
        ["/town", "then"],
        ["/culture", "then"],
        ["/town/trams", "then"],
        ["/city/trams", "then"],
      ]),
    );
    await env.DB.prepare("delete from outbox").run();
    const body = { body: "Other words.", status: "published" };
    await call("PATCH", `/articles/${story.id}`, { body, headers: force });
    expect((await copies()).get("/city/trams")).toBe("then");
    await call("POST", `/articles/${story.id}/unpublish`, { headers: force });
    const after = await copies();
    for (const path of ["/town/trams", "/city/trams", "/", "/town"])
      expect([path, after.get(path)]).toEqual([path, "first"]);
  });

  it("has its history under each slug", async () => {
    await rename("/sections/city", "town");
    const { json } = await call("GET", "/audit?subject=section:town");
    expect(json.items).toMatchObject([
      { act: "rename", detail: { before: { slug: "city" }, after: { slug: "town" } } },
    ]);
  });
});

describe("a tag of a story that is saved while the tag gets another slug", () => {
  it("is the one that it is called now, and no other is made of the former slug", async () => {
    const { id } = await publish({ tags: ["Trams"] });
    const store = storeAfter(() => rename("/tags/trams", "tramways"));
    const target = { id, ifMatch: "*", right: "revise a story" } as const;
    const revised = await reviseStory(deskAt(Date.now(), { store }), target, { title: "Revised" });
    expect(revised).toMatchObject({ ok: true, value: { title: "Revised", tags: ["tramways"] } });
    const { json } = await call("GET", "/tags");
    expect(json.items.map(({ slug }: { slug: string }) => slug)).toEqual(["tramways"]);
    await leads({ "/tags/trams": "/tags/tramways", "/tags/tramways": 200 });
  });
});

describe("a byline of a story that is saved while its author gets another slug", () => {
  it("is asked for again and not lost", async () => {
    const store = storeAfter(() => rename("/authors/jonas-field", "jonas"));
    const input = {
      fields: { title: "Late", section: "city", authors: ["jonas-field"] },
      issues: [],
    };
    const outcome = await createStory(deskAt(Date.now(), { store }), input);
    expect(outcome).toMatchObject({ ok: false, problem: { issues: [{ path: "authors.0" }] } });
  });
});

describe("a section of two thousand stories", () => {
  it("gets another slug in a fixed number of statements", { timeout: 30_000 }, async () => {
    await fill(2000, "hourly");
    const path = "/city/story-7";
    expect(await lead(path)).toBe(200);
    const { store, ...desk } = deskAt(Date.now());
    const db = openDatabase(env.DB);
    const filing = { how: "patch", named: "city" } as const;
    const fields = { slug: "town" };
    const done = await fileEntry({ ...desk, store: { ...store, db } }, "section", filing, {
      fields,
      issues: [],
    });
    expect(done.ok).toBe(true);
    await leads({ "/town/story-7": 200, "/city/story-7": "/town/story-7" });
    expect(db.cost.trips).toBeLessThan(8);
    // A row of `live`, `articles` and `paths` for each story, and of their indexes.
    expect(db.cost.rowsWritten).toBeLessThan(2000 * 10);
  });
});

describe("a story that names what is called otherwise now", () => {
  it("is filed under what it is called, and makes no other", async () => {
    await publish({ tags: ["trams"] });
    await rename("/sections/city", "town");
    await rename("/authors/mara-quill", "mara-holm");
    await rename("/tags/trams", "tramways");
    const late = await write({
      title: "Late",
      tags: ["Trams", "tramways"],
      authors: ["mara-quill"],
    });
    expect(late).toMatchObject({
      section: "town",
      authors: ["mara-holm"],
      tags: ["tramways"],
      url: `${ORIGIN}/town/late`,
    });
    const body = { section: "city", tags: ["trams"] };
    const edited = await call("PATCH", `/articles/${late.id}`, { body, headers: force });
    expect(edited.json).toMatchObject({ section: "town", tags: ["tramways"], revision: 1 });
    const imported = { title: "Wire", section: "city", authors: ["mara-quill"], tags: ["trams"] };
    expect((await call("PUT", "/imports/wire/1", { body: imported })).status).toBeLessThan(300);
    expect((await visit("/town/wire")).text).toContain('href="/authors/mara-holm"');
    expect(await rowsOf("tags where slug = 'trams'")).toBe(0);
    // Where a draft has the address already, it is refused as ever.
    const rival = { title: "Late", slug: "late", section: "city" };
    expect((await call("POST", "/articles", { body: rival })).status).toBe(409);
  });

  it("means a new one that is called so again", async () => {
    await publish({ tags: ["trams"] });
    await rename("/tags/trams", "tramways");
    await call("PUT", "/tags/trams", { body: { name: "Trams, the band" } });
    expect((await write({ title: "On stage", tags: ["trams"] })).tags).toEqual(["trams"]);
  });
});
