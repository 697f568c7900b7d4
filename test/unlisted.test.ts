import { beforeEach, describe, expect, it } from "vitest";
import { env } from "cloudflare:workers";
import { tick } from "../src/cron.ts";
import { fileEntry } from "../src/editor/directory/commands.ts";
import {
  call,
  deskAt,
  openNewsroom,
  publish,
  rowsOf,
  storeAfter,
  visit,
  write,
} from "./support/newsroom.ts";

// A section is prepared unseen: until a story of it is live, or an editor lists it, the paper is as if it had never been made.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const act = (id: string, name: string) =>
  call("POST", `/articles/${id}/${name}`, { headers: force });

/** Every kind of address of the paper, and all that a section called "depths" would have. */
const ADDRESSES = [
  "/",
  "/city",
  "/city/feed.json",
  "/city/trams-return-to-the-harbour",
  "/city/trams-return-to-the-harbour.md",
  "/culture",
  "/authors/mara-quill",
  "/archive",
  "/nowhere",
  "/depths",
  "/depths/page/2",
  "/depths/feed.json",
  "/depths/archive/2026/11",
  "/depths/dive",
  "/depths/dive.md",
  "/below",
  "/below/dive",
];

/** What readers get at every address, but for what the platform takes off. */
async function face(): Promise<[string, number, string, string][]> {
  const pages: [string, number, string, string][] = [];
  for (const path of ADDRESSES) {
    const { status, headers, text } = await visit(path);
    const told = [...headers].filter(
      ([name]) => !/^(cache-tag|server-timing|cache-status)$/.test(name),
    );
    pages.push([path, status, JSON.stringify(told), text]);
  }
  return pages;
}

describe("a section that is not listed", () => {
  it(
    "changes no byte of the paper while it is made, changed, renamed, written for and deleted",
    {
      timeout: 30_000,
    },
    async () => {
      await publish();
      const before = await face();
      const unseen = async (method: string, path: string, body?: object) => {
        const { status, json } = await call(method, path, body && { body });
        expect([path, status < 300], JSON.stringify(json)).toEqual([path, true]);
        if (json) expect([method, path, json.edge]).toEqual([method, path, "none"]);
        expect(await face()).toEqual(before);
      };
      const outbox = await rowsOf("outbox where kind not in ('copy', 'index')");
      await unseen("POST", "/sections", { slug: "depths", name: "Depths", position: 0 });
      await unseen("PATCH", "/sections/depths", { name: "The depths", position: 1 });
      await unseen("PUT", "/sections/depths", { name: "Depths", description: "Deep." });
      const draft = await write({ title: "Dive", section: "depths" });
      const later = new Date(Date.now() + 3_600_000).toISOString();
      await write({ title: "Later", section: "depths", status: "scheduled", scheduledFor: later });
      expect(await face()).toEqual(before);
      await unseen("PATCH", "/sections/depths", { slug: "below" });
      await unseen("PATCH", "/sections/below", { slug: "depths" });
      await call("DELETE", `/articles/${draft.id}`, { headers: force });
      expect(await face()).toEqual(before);
      expect(await rowsOf("outbox where kind not in ('copy', 'index')")).toBe(outbox);
      expect(await rowsOf("former_slugs"), "nothing leads from what nobody ever saw").toBe(0);
      await call("PUT", "/sections/spare", { body: { name: "Spare" } });
      await unseen("DELETE", "/sections/spare");
    },
  );

  it("asks for no copy of its front, which would be kept as not there", async () => {
    await call("PUT", "/sections/depths", { body: { name: "Depths" } });
    await call("PATCH", "/settings", { body: { tagline: "New" } });
    expect(await rowsOf("outbox where id = 'copy:/city'")).toBe(1);
    expect(await rowsOf("outbox where id = 'copy:/depths'")).toBe(0);
  });

  it("is there with its first live story, and is gone with its last", async () => {
    await call("PUT", "/sections/depths", { body: { name: "Depths" } });
    const story = await publish({ title: "Dive", section: "depths" });
    expect(story.edge).toBe("live");
    expect((await visit("/depths")).text).toContain("Dive");
    expect((await visit("/depths/feed.json")).status).toBe(200);
    for (const path of ["/", "/city", "/nowhere"])
      expect((await visit(path)).text, path).toContain('href="/depths"');
    await publish({ title: "Dive again", section: "depths" });
    await act(story.id, "unpublish");
    expect((await visit("/depths")).status).toBe(200);
    const { json } = await call("GET", "/articles?section=depths&status=published");
    await act(json.items[0].id, "unpublish");
    for (const path of ["/depths", "/depths/feed.json", "/depths/archive/2026/11"])
      expect([path, (await visit(path)).status]).toEqual([path, 404]);
    expect((await visit("/city")).text).not.toContain("depths");
    expect((await visit("/depths/dive")).status).toBe(410);
  });

  it("comes and goes with a story that moves, that is due, and that expires", async () => {
    await call("PUT", "/sections/depths", { body: { name: "Depths" } });
    const story = await publish({ title: "Dive" });
    const patch = (body: object) =>
      call("PATCH", `/articles/${story.id}`, { body, headers: force });
    await patch({ section: "depths", status: "published" });
    expect((await visit("/depths")).status).toBe(200);
    await patch({ section: "city", status: "published" });
    expect((await visit("/depths")).status).toBe(404);
    expect((await visit("/depths/dive")).headers.get("Location")).toMatch(/\/city\/dive$/);
    const at = Date.now() + 60_000;
    await write({
      title: "Due",
      section: "depths",
      status: "scheduled",
      scheduledFor: new Date(at).toISOString(),
      expiresAt: new Date(at + 60_000).toISOString(),
    });
    await tick(env, deskAt(at - 1));
    expect((await visit("/depths")).status).toBe(404);
    await tick(env, deskAt(at + 1));
    expect((await visit("/depths")).status).toBe(200);
    await tick(env, deskAt(at + 60_001));
    expect((await visit("/depths")).status).toBe(404);
  });

  it("is changed before readers' eyes when its first story goes out at that moment", async () => {
    await call("PUT", "/sections/depths", { body: { name: "Depths" } });
    const store = storeAfter(() => publish({ title: "Dive", section: "depths" }));
    const filing = { how: "patch", named: "depths" } as const;
    const fields = { slug: "depths", name: "The depths" };
    const filed = await fileEntry(deskAt(Date.now(), { store }), "section", filing, {
      fields,
      issues: [],
    });
    expect(filed).toMatchObject({ ok: true, edge: "pending" });
    expect((await visit("/city")).text).toContain("The depths");
  });

  it("takes no room on the front page, and counts for nothing in the order of the others", async () => {
    for (let n = 0; n < 12; n += 1)
      await call("PUT", `/sections/unseen-${n}`, { body: { name: "Unseen", position: 0 } });
    await publish({ title: "Old", publishedAt: "2026-01-01T00:00:00Z" });
    for (let n = 0; n < 21; n += 1) await publish({ title: `New ${n}`, section: "culture" });
    expect((await visit("/")).text).toContain("/city/old");
    const reordered = await call("PATCH", "/sections/city", { body: { position: 0 } });
    expect(reordered.json.edge, "before and after unseen sections are one place").toBe("none");
  });
});

describe("listing a section", () => {
  it("shows it empty, and unlisting it takes it away unless a story is in it", async () => {
    await call("PUT", "/sections/depths", { body: { name: "Depths" } });
    const listed = await call("PATCH", "/sections/depths", { body: { listed: true } });
    expect(listed.json).toMatchObject({ listed: true, edge: "live" });
    expect((await visit("/depths")).status).toBe(200);
    expect((await visit("/")).text).toContain('href="/depths"');
    const put = await call("PUT", "/sections/depths", { body: { name: "The depths" } });
    expect(put.json.listed, "left out, it stays").toBe(true);
    const unlisted = await call("PATCH", "/sections/depths", { body: { listed: false } });
    expect(unlisted.json).toMatchObject({ listed: false, edge: "live" });
    expect((await visit("/depths")).status).toBe(404);
    expect((await visit("/")).text).not.toContain("depths");
    await publish({ section: "depths" });
    for (const value of [true, false]) {
      const quiet = await call("PATCH", "/sections/depths", { body: { listed: value } });
      expect(quiet.json, "a story shows it anyhow").toMatchObject({ listed: value, edge: "none" });
    }
    expect((await visit("/depths")).status).toBe(200);
  });

  it("says what it wants, and is recorded", async () => {
    const wrong = await call("PATCH", "/sections/city", { body: { listed: "yes" } });
    expect([wrong.status, wrong.json.errors[0].path]).toEqual([422, "listed"]);
    await call("PATCH", "/sections/city", { body: { listed: false } });
    const { json } = await call("GET", "/audit?subject=section:city&limit=1");
    expect(json.items[0]).toMatchObject({
      act: "change",
      detail: { before: { listed: true }, after: { listed: false } },
    });
  });
});

describe("an author or a tag that no live story has", () => {
  it("is made, changed and deleted with nothing told to readers", async () => {
    await publish();
    const before = await face();
    const outbox = await rowsOf("outbox where kind <> 'index'");
    for (const kind of ["authors", "tags"]) {
      for (const [method, path, body] of [
        ["POST", `/${kind}`, { slug: "depths", name: "Depths" }],
        ["PATCH", `/${kind}/depths`, { name: "The depths" }],
        ["PATCH", `/${kind}/depths`, { slug: "below" }],
      ] as const)
        expect((await call(method, path, { body })).json.edge, path).toBe("none");
      expect((await call("DELETE", `/${kind}/below`)).status).toBe(204);
    }
    expect(await face()).toEqual(before);
    expect(await rowsOf("outbox where kind <> 'index'")).toBe(outbox);
  });
});
