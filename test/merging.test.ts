import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createStory } from "../src/editor/articles/commands.ts";
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

// Two authors are one, or two tags: what was filed under the first is filed under the second, and addresses lead there.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const merge = (path: string, into: unknown, key?: string) =>
  call("POST", `${path}/merge`, { body: { into }, ...(key && { key }) });

async function lead(path: string): Promise<string | number> {
  const { status, headers } = await visit(path);
  return status === 301 ? (headers.get("Location") ?? "").replace(ORIGIN, "") : status;
}

async function leads(paths: Record<string, string | number>): Promise<void> {
  const found = await Promise.all(Object.keys(paths).map(async (path) => [path, await lead(path)]));
  expect(Object.fromEntries(found)).toEqual(paths);
}

/** The names in a revision, by what they are stored as. */
async function stored(id: string): Promise<{ authors: string[]; tags: string[] }[]> {
  const { results } = await env.DB.prepare(
    "select content ->> 'authors' as authors, content ->> 'tags' as tags from revisions where article_id = ?1 order by n",
  )
    .bind(id)
    .all<{ authors: string; tags: string }>();
  return results.map(({ authors, tags }) => ({
    authors: JSON.parse(authors),
    tags: JSON.parse(tags),
  }));
}

describe("an author that is merged into another", () => {
  it("leaves every story, draft and former revision to the other, each once and in the first of both places", async () => {
    const both = await publish({
      title: "Both",
      authors: ["ines-vale", "jonas-field", "mara-quill"],
    });
    const one = await publish({ title: "One", authors: ["jonas-field"] });
    await call("PATCH", `/articles/${one.id}`, {
      body: { authors: ["jonas-field", "ines-vale"] },
      headers: force,
    });
    const draft = await write({ title: "Draft", authors: ["jonas-field"] });
    const merged = await merge("/authors/jonas-field", "mara-quill");
    expect([merged.status, merged.json]).toEqual([
      200,
      expect.objectContaining({ slug: "mara-quill", name: "Mara Quill", edge: "live" }),
    ]);
    const authorsOf = async ({ id }: { id: string }) =>
      (await call("GET", `/articles/${id}`)).json.authors;
    expect(await authorsOf(both)).toEqual(["ines-vale", "mara-quill"]);
    expect(await authorsOf(one)).toEqual(["mara-quill", "ines-vale"]);
    expect(await authorsOf(draft)).toEqual(["mara-quill"]);
    const [first, second] = await stored(one.id);
    expect([first?.authors.length, second?.authors.length]).toEqual([1, 2]);
    expect(first?.authors[0]).toBe(second?.authors[0]);

    const page = (await visit("/authors/mara-quill")).text;
    for (const path of ["/city/both", "/city/one"]) {
      expect(page).toContain(path);
      const { text } = await visit(path);
      expect(text).not.toContain("Jonas");
      expect(text).toContain("/authors/mara-quill");
    }
    expect(await rowsOf("live_authors")).toBe(3);
    expect((await call("GET", "/authors/jonas-field")).status).toBe(404);
    await leads({
      "/authors/jonas-field": "/authors/mara-quill",
      "/authors/jonas-field/page/2": "/authors/mara-quill/page/2",
    });
  });

  it("may be the second of both on a story: the first place counts", async () => {
    const story = await publish({ authors: ["jonas-field", "ines-vale", "mara-quill"] });
    await merge("/authors/mara-quill", "jonas-field");
    const { json } = await call("GET", `/articles/${story.id}`);
    expect(json.authors).toEqual(["jonas-field", "ines-vale"]);
    const { text } = await visit("/city/trams-return-to-the-harbour.md");
    expect(text.indexOf("Jonas Field")).toBeLessThan(text.indexOf("Ines Vale"));
    expect(text).not.toContain("Mara Quill");
  });

  it("takes its keys and its stories to do along", async () => {
    const key = await keyFor("author", "jonas-field");
    const story = await write({ authors: ["jonas-field"] });
    await env.DB.prepare(
      "update articles set assignee = (select id from authors where slug = 'jonas-field')",
    ).run();
    await merge("/authors/jonas-field", "mara-quill");
    const mine = await call("POST", "/articles", { key, body: { title: "Mine", section: "city" } });
    expect(mine.json.authors).toEqual(["mara-quill"]);
    const row = await env.DB.prepare(
      "select a.slug from articles r join authors a on a.id = r.assignee where r.id = ?1",
    )
      .bind(story.id)
      .first();
    expect(row).toEqual({ slug: "mara-quill" });
  });

  it("flattens what was renamed and merged before", async () => {
    await publish({ authors: ["jonas-field"] });
    await publish({ title: "Hers", authors: ["ines-vale"] });
    await call("PATCH", "/authors/jonas-field", { body: { slug: "jonas" } });
    await merge("/authors/jonas", "ines-vale");
    await merge("/authors/ines-vale", "mara-quill");
    await call("PATCH", "/authors/mara-quill", { body: { slug: "mara" } });
    await leads({
      "/authors/mara": 200,
      "/authors/jonas-field": "/authors/mara",
      "/authors/jonas": "/authors/mara",
      "/authors/ines-vale": "/authors/mara",
      "/authors/mara-quill": "/authors/mara",
    });
    expect(await rowsOf("former_slugs")).toBe(4);
    const again = await call("PATCH", "/authors/mara", { body: { slug: "ines-vale" } });
    expect(again.status).toBe(200);
    await leads({ "/authors/ines-vale": 200, "/authors/mara": "/authors/ines-vale" });
  });

  it("can be made again, as somebody else", async () => {
    await publish({ authors: ["jonas-field"] });
    await merge("/authors/jonas-field", "mara-quill");
    const made = await call("POST", "/authors", { body: { slug: "jonas-field", name: "Other" } });
    expect(made.status).toBe(201);
    await leads({ "/authors/jonas-field": "/authors/mara-quill" });
    await publish({ title: "His", authors: ["jonas-field"] });
    await leads({ "/authors/jonas-field": 200 });
    expect((await visit("/authors/jonas-field")).text).not.toContain("trams-return");
  });

  it("says nothing where readers never saw it", async () => {
    await publish();
    await write({ title: "Hers", authors: ["jonas-field"] });
    const outbox = await rowsOf("outbox where kind <> 'index'");
    const merged = await merge("/authors/jonas-field", "mara-quill");
    expect(merged.json.edge).toBe("none");
    expect(await rowsOf("outbox where kind <> 'index'")).toBe(outbox);
    await leads({ "/authors/jonas-field": 404, "/authors/mara-quill": 200 });
  });

  it("shows the one that stays where readers did not see it yet, with what it was called", async () => {
    await publish({ authors: ["jonas-field"] });
    const merged = await merge("/authors/jonas-field", "ines-vale");
    expect(merged.json.edge).toBe("live");
    await leads({ "/authors/ines-vale": 200, "/authors/jonas-field": "/authors/ines-vale" });
  });

  it("leads on from where its stories were once", async () => {
    const story = await publish({ authors: ["jonas-field"] });
    await publish({ title: "Hers" });
    await call("POST", `/articles/${story.id}/unpublish`, { headers: force });
    await leads({ "/authors/jonas-field": 404 });
    expect((await merge("/authors/jonas-field", "mara-quill")).json.edge).toBe("live");
    await leads({ "/authors/jonas-field": "/authors/mara-quill" });
  });

  it("is asked for again by a story that is saved at the same moment", async () => {
    const store = storeAfter(() => merge("/authors/jonas-field", "mara-quill"));
    const fields = { title: "Late", section: "city", authors: ["jonas-field"] };
    const outcome = await createStory(deskAt(Date.now(), { store }), { fields, issues: [] });
    expect(outcome).toMatchObject({ ok: false, problem: { issues: [{ path: "authors.0" }] } });
  });

  it("is recorded with what it was", async () => {
    await merge("/authors/jonas-field", "mara-quill");
    const { json } = await call("GET", "/audit?subject=author:jonas-field&limit=1");
    expect(json.items[0]).toMatchObject({
      act: "merge",
      detail: {
        before: { slug: "jonas-field", name: "Jonas Field", bio: null },
        after: { slug: "mara-quill", name: "Mara Quill", bio: "Covers the harbour." },
      },
    });
  });
});

describe("a tag that is merged into another", () => {
  it("leaves its stories to the other, and to pages of it that were none", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      const tags = [["trams"], ["tram"], ["bells", "tram", "trams"]][n % 3];
      ids.push((await publish({ title: `Story ${n}`, tags })).id);
    }
    for (let n = 0; n < 12; n += 1) await publish({ title: `More ${n}`, tags: ["tram"] });
    await leads({ "/tags/trams/page/2": 404, "/tags/tram": 200 });
    expect((await merge("/tags/tram", "trams")).json).toMatchObject({
      slug: "trams",
      edge: "live",
    });
    await leads({
      "/tags/trams": 200,
      "/tags/trams/page/2": 200,
      "/tags/tram": "/tags/trams",
      "/tags/tram/page/2": "/tags/trams/page/2",
    });
    expect((await call("GET", `/articles/${ids[2]}`)).json.tags).toEqual(["bells", "trams"]);
    const { json } = await call("GET", "/articles?tag=trams&limit=100");
    expect(json.items).toHaveLength(24);
    const [row] = await stored(ids[2] ?? "");
    expect(row?.tags).toHaveLength(2);
  });
});

describe("a merger", () => {
  it.each([
    ["/authors/mara-quill", "mara-quill", 422, /itself/],
    ["/authors/mara-quill", "nobody", 422, /no author "nobody"/],
    ["/authors/mara-quill", null, 422, /into/],
    ["/authors/nobody", "mara-quill", 404, /no author "nobody"/],
    ["/tags/trams", "bells-of-old", 422, /no tag "bells-of-old"/],
  ])("of %s into %s is refused, and writes nothing", async (path, into, status, message) => {
    await publish({ tags: ["trams"] });
    const audits = await rowsOf("audit");
    const { status: got, json } = await merge(path, into);
    expect([got, json.detail]).toEqual([status, expect.stringMatching(message)]);
    if (status === 422) expect(json.errors[0].path).toBe("into");
    expect(await rowsOf("audit")).toBe(audits);
    expect(await rowsOf("former_slugs")).toBe(0);
  });

  it("is for who may change what stories are filed under, and not for sections", async () => {
    const key = await keyFor("author", "mara-quill");
    expect((await merge("/authors/jonas-field", "mara-quill", key)).status).toBe(403);
    expect((await merge("/sections/city", "culture")).status).toBe(404);
  });

  it("of two into each other at once leaves one of them", async () => {
    await publish({ authors: ["jonas-field"] });
    await publish({ title: "Hers" });
    const done = await Promise.all([
      merge("/authors/jonas-field", "mara-quill"),
      merge("/authors/mara-quill", "jonas-field"),
    ]);
    expect(done.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = await rowsOf("authors where deleted_at is null");
    expect(left).toBe(2);
  });
});
