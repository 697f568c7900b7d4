import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../src/cron.ts";
import { createStory } from "../src/editor/articles/commands.ts";
import {
  call,
  deskAt,
  openNewsroom,
  publish,
  rowsOf,
  storeAfter,
  visit,
} from "./support/newsroom.ts";

// Sections: which there may be, when they may go, and what a change of one costs at the edge.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const act = (id: string, name: string) =>
  call("POST", `/articles/${id}/${name}`, { headers: force });
const bin = (id: string) => call("DELETE", `/articles/${id}`, { headers: force });
const patch = (id: string, body: object) =>
  call("PATCH", `/articles/${id}`, { body, headers: force });

describe("a section that only stories in the bin use", () => {
  it("can be deleted; its stories come back when it does, or in another", async () => {
    const one = await publish({ title: "One", section: "culture" });
    const two = await publish({ title: "Two", section: "culture" });
    await bin(one.id);
    expect((await call("DELETE", "/sections/culture")).status).toBe(409);
    await bin(two.id);
    expect((await call("DELETE", "/sections/culture")).status).toBe(204);
    expect((await visit("/culture")).status).toBe(404);
    expect((await visit("/culture/one")).status).toBe(410);

    const refused = await act(one.id, "restore");
    expect([refused.status, refused.json.detail]).toEqual([
      409,
      expect.stringMatching(/its section "culture" was deleted; make it again, or PATCH/),
    ]);
    const read = (await call("GET", `/articles/${one.id}`)).json;
    expect(read.section).toBe("culture");
    expect((await patch(one.id, read)).status).toBe(200);
    expect((await patch(one.id, { title: "One, edited" })).json.section).toBe("culture");
    const { json } = await call("GET", "/articles?section=city");
    expect(json.items).toEqual([]);

    expect((await patch(one.id, { section: "city" })).status).toBe(200);
    expect((await act(one.id, "restore")).json.url).toMatch(/city.one$/);
    await call("PUT", "/sections/culture", { body: { name: "Culture" } });
    expect((await act(two.id, "restore")).status).toBe(200);
    await act(two.id, "publish");
    expect((await visit("/culture/two")).status).toBe(200);
  });

  it("takes no story that was saved at the same moment with it", async () => {
    const store = storeAfter(() => call("DELETE", "/sections/culture"));
    const input = { fields: { title: "Late", section: "culture" }, issues: [] };
    const outcome = await createStory(deskAt(Date.now(), { store }), input);
    expect(outcome).toMatchObject({ ok: false, problem: { issues: [{ path: "section" }] } });
  });

  it("leaves a story in the bin whose hour to expire comes where it is", async () => {
    const story = await publish({ section: "culture" });
    await bin(story.id);
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    await patch(story.id, { expiresAt });
    await call("DELETE", "/sections/culture");
    await tick(env, deskAt(Date.now() + 120_000));
    const read = (await call("GET", `/articles/${story.id}`)).json;
    expect([read.status, read.expiresAt]).toEqual(["binned", null]);
  });

  it("can be deleted though it is the only one, and takes its stories back when it is made again", async () => {
    const story = await publish({ section: "culture" });
    await bin(story.id);
    await call("DELETE", "/sections/city");
    expect((await call("DELETE", "/sections/culture")).status).toBe(204);
    expect((await call("GET", "/sections")).json.items).toEqual([]);
    expect((await call("GET", "/sections/culture")).status).toBe(404);
    expect((await call("PATCH", "/sections/culture", { body: { name: "C" } })).status).toBe(404);
    expect((await call("DELETE", "/sections/culture")).status).toBe(404);
    const made = await call("POST", "/sections", {
      body: { slug: "culture", name: "Culture again", position: 1 },
    });
    expect([made.status, made.json.description]).toEqual([201, null]);
    expect((await act(story.id, "restore")).status).toBe(200);
  });
});

describe("a change of a section", () => {
  it.each([
    [
      "its name and what is said of it",
      "PUT",
      { name: "Town", description: "All of it.", position: 1 },
    ],
    ["its place and what is said of it", "PUT", { name: "City", description: "All.", position: 9 }],
    ["what is said of it", "PATCH", { description: "All of it." }],
  ])("of %s is one call to the edge, and one more a minute later", async (_, method, body) => {
    const before = await rowsOf("outbox where kind <> 'copy'");
    const put = await call(method, "/sections/city", { body });
    expect(put.json.edge).toBe("live");
    const { results } = await env.DB.prepare(
      "select kind, done_at is not null as done from outbox where kind <> 'copy' order by rowid desc limit ?1",
    )
      .bind((await rowsOf("outbox where kind <> 'copy'")) - before)
      .all<{ kind: string; done: number }>();
    expect(results.filter(({ done }) => done === 1)).toHaveLength(1);
    expect(results).toHaveLength(2);
    expect((await visit("/city")).text).toContain(body.description);
  });

  it("that makes one is one call, too", async () => {
    const before = await rowsOf("outbox where kind <> 'copy'");
    await call("PUT", "/sections/sport", {
      body: { name: "Sport", description: "Balls.", listed: true },
    });
    expect((await rowsOf("outbox where kind <> 'copy'")) - before).toBe(2);
  });
});

describe("a section called like a page of the site", () => {
  it.each(["corrections", "archive"])("cannot be made: %s", async (slug) => {
    for (const [method, path] of [
      ["POST", "/sections"],
      ["PUT", `/sections/${slug}`],
    ] as const) {
      const body = { name: "Corrections", ...(method === "POST" ? { slug } : {}) };
      const refused = await call(method, path, { body });
      expect([refused.status, refused.json.errors[0].path]).toEqual([422, "slug"]);
    }
  });

  it("that was there before keeps working, and can be changed", async () => {
    await env.DB.prepare(
      "insert into sections (id, slug, name, position) values ('corrections', 'corrections', 'Corrections', 5)",
    ).run();
    const story = await publish({ title: "We were wrong", section: "corrections" });
    expect((await visit(new URL(story.url).pathname)).status).toBe(200);
    // Its front gives way to the page of that name; what is in the section stays where it is.
    const { status, text } = await visit("/corrections");
    expect([status, text.includes("We were wrong")]).toEqual([200, false]);
    expect((await visit("/corrections/feed.json")).json.items).toHaveLength(1);
    const renamed = await call("PUT", "/sections/corrections", { body: { name: "Errata" } });
    expect([renamed.status, renamed.json.name]).toEqual([200, "Errata"]);
  });
});
