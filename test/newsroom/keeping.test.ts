import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../../src/cron.ts";
import { deleteForGood, removeStory } from "../../src/editor/articles/removal.ts";
import { findPresent } from "../../src/editor/presence/commands.ts";
import {
  call,
  deskAt,
  keyFor,
  openNewsroom,
  publish,
  rowsOf,
  storeAfter,
  upload,
  visit,
  write,
} from "../support/newsroom.ts";
import { pictures } from "../support/pictures.ts";

// What a newsroom keeps, for how long, and what it lets go.

beforeEach(openNewsroom);

const any = { "If-Match": "*" };
const DAY = 24 * 60 * 60_000;

const post = (path: string, body?: object, key?: string) =>
  call("POST", path, { ...(body && { body }), headers: any, ...(key && { key }) });
const target = (id: string) =>
  ({ id, ifMatch: "*", right: "remove a story for legal reasons" }) as const;
/** A secret may have the separator in it. */
const secretOf = (key: string) => key.split("_").slice(2).join("_");
const bin = (id: string) => call("DELETE", `/articles/${id}`, { headers: any });

describe("the bin", () => {
  it("gives a story back for thirty days, and then it is gone with everything that hung on it", async () => {
    const { json: picture } = await upload(pictures.png, { alt: "A gate." });
    const { id } = await publish({ title: "Gone", hero: { src: picture.src }, tags: ["trams"] });
    await call("PATCH", `/articles/${id}`, {
      body: { slug: "moved", status: "published" },
      headers: any,
    });
    await post(`/articles/${id}/notes`, { text: "Why?" });
    await post(`/articles/${id}/previews`);
    await post(`/articles/${id}/presence`);
    await bin(id);
    await tick(env, deskAt(Date.now() + 30 * DAY - 1000));
    expect((await call("GET", `/articles/${id}`)).status).toBe(200);
    await tick(env, deskAt(Date.now() + 30 * DAY + 1000));
    expect((await call("GET", `/articles/${id}`)).status).toBe(404);
    for (const table of [
      "articles",
      "revisions",
      "revision_pictures",
      "notes",
      "previews",
      "presence",
    ])
      expect([table, await rowsOf(table)]).toEqual([table, 0]);
    // To readers nothing has changed: where it was, it is gone.
    for (const path of ["/city/gone", "/city/moved"]) expect((await visit(path)).status).toBe(410);
    const { json } = await call("GET", `/audit?subject=article:${id}&limit=1`);
    expect(json.items[0]).toMatchObject({
      act: "delete for good",
      detail: { before: { title: "Gone" }, after: null },
    });
    // Its address is no editor's redirect, and another story may have it.
    expect((await call("GET", "/redirects")).json.items).toEqual([]);
    await publish({ title: "New", slug: "moved" });
    expect((await visit("/city/moved")).status).toBe(200);
    expect((await post("/redirects", { from: "/city/gone", to: "/city" })).status).toBe(201);
  });

  it("takes what it lets go out of the front page, and out of the one that is to come", async () => {
    const [gone, stays] = [await publish({ title: "Gone" }), await publish({ title: "Stays" })];
    const placement = {
      lead: gone.id,
      rows: [{ name: "The flood", entries: [{ story: stays.id }] }],
    };
    await call("PUT", "/front", { body: placement, headers: any });
    const later = { rows: [{ name: "Weekend", entries: [gone.id, stays.id] }] };
    const scheduledFor = new Date(Date.now() + 60 * DAY).toISOString();
    await call("PUT", "/front", { body: { ...later, scheduledFor }, headers: any });
    await bin(gone.id);
    await tick(env, deskAt(Date.now() + 31 * DAY));
    const { text, json } = await call("GET", "/front");
    expect(text).not.toContain(gone.id);
    expect(json).toMatchObject({ lead: null, rows: [{ name: "The flood" }] });
    expect(json.scheduled.rows[0].entries).toMatchObject([{ story: stays.id }]);
    expect(await rowsOf("articles")).toBe(1);
  });

  it("is emptied in batches, a bounded number a tick", async () => {
    for (let n = 0; n < 7; n += 1) await bin((await write({ title: `Story ${n}` })).id);
    const later = Date.now() + 31 * DAY;
    await tick(env, deskAt(later));
    expect(await rowsOf("articles")).toBe(2);
    await tick(env, deskAt(later));
    expect(await rowsOf("articles")).toBe(0);
  });

  it("lets nothing go before its time, whoever asks", async () => {
    const { id } = await write();
    await bin(id);
    const day30 = Date.now() + 30 * DAY - 1000;
    expect(await deleteForGood(deskAt(day30), id)).toMatchObject({ ok: true });
    expect(await rowsOf("articles")).toBe(1);
    await deleteForGood(deskAt(day30 + 3000), id);
    expect(await rowsOf("articles")).toBe(0);
  });

  it("lets nothing go that is brought back at that moment", async () => {
    const { id } = await write({ title: "Back" });
    await bin(id);
    const store = storeAfter(() => post(`/articles/${id}/restore`));
    await deleteForGood(deskAt(Date.now() + 31 * DAY, { store }), id);
    expect((await call("GET", `/articles/${id}`)).json.status).toBe("draft");
  });

  it("lets nothing go that was brought back in time", async () => {
    const { id } = await write();
    await bin(id);
    await post(`/articles/${id}/restore`);
    await tick(env, deskAt(Date.now() + 31 * DAY));
    expect((await call("GET", `/articles/${id}`)).json.status).toBe("draft");
  });
});

describe("a removal for legal reasons", () => {
  it("leaves 410 at every address, takes the pictures with it, and says why in the audit alone", async () => {
    const shared = (await upload(pictures.pngWithAlpha, { alt: "A quay." })).json;
    const own = (await upload(pictures.png, { alt: "A gate." })).json;
    const former = (await upload(pictures.jpeg, { alt: "A bridge." })).json;
    const { id } = await publish({ title: "Libel", hero: { src: former.src } });
    const body = {
      slug: "moved",
      hero: { src: own.src },
      body: `![A quay](${shared.src})`,
      status: "published",
    };
    await call("PATCH", `/articles/${id}`, { body, headers: any });
    await publish({ title: "Other", hero: { src: shared.src } });
    const reason = "Order 7/26 of the district court";
    const removed = await post(`/articles/${id}/remove`, { reason });
    expect(removed.json).toMatchObject({ status: "binned", edge: "live" });
    for (const path of ["/city/libel", "/city/moved", "/city/moved.md", own.src])
      expect([path, (await visit(path)).status]).toEqual([path, 410]);
    expect((await visit(shared.src)).status).toBe(200);
    for (const hash of [own.hash, former.hash]) {
      expect((await call("GET", `/media/${hash}/original`)).status).toBe(404);
      const { objects } = await env.MEDIA.list({ prefix: `originals/${hash}` });
      expect(objects).toEqual([]);
    }
    const { json } = await call("GET", "/audit?act=remove%20for%20legal%20reasons");
    expect(json.items).toHaveLength(1);
    expect(json.items[0].detail).toMatchObject({
      reason,
      before: { status: "published" },
      after: { status: "binned" },
    });
    expect(new Set(json.items[0].detail.pictures)).toEqual(new Set([own.hash, former.hash]));
    expect((await call("GET", `/articles/${id}/notes`)).text).not.toContain("district");
    // Nobody comes there again by mistake.
    const again = { title: "Again", slug: "libel", section: "city" };
    expect((await call("POST", "/articles", { body: again })).status).toBe(409);
    await post(`/articles/${id}/restore`);
    await call("PATCH", `/articles/${id}`, { body: { hero: null }, headers: any });
    expect((await post(`/articles/${id}/publish`)).status).toBe(409);
    expect((await visit("/city/moved")).status).toBe(410);
  });

  it("is undone by who may remove, and ends the previews", async () => {
    const { id } = await publish({ title: "Libel", authors: ["mara-quill"] });
    const { json } = await post(`/articles/${id}/previews`);
    expect((await visit(new URL(json.url).pathname)).status).toBe(200);
    await post(`/articles/${id}/remove`, { reason: "R" });
    const author = await keyFor("author", "mara-quill");
    expect((await post(`/articles/${id}/restore`, undefined, author)).status).toBe(403);
    expect((await post(`/articles/${id}/restore`)).status).toBe(200);
    expect((await visit(new URL(json.url).pathname)).status).toBe(404);
    // Brought back, it is a story like any other.
    await bin(id);
    expect((await post(`/articles/${id}/restore`, undefined, author)).status).toBe(200);
  });

  it("closes an address also where a redirect stood, once that is deleted", async () => {
    const { id } = await publish({ title: "Away", slug: "away" });
    await call("PATCH", `/articles/${id}`, {
      body: { slug: "away-two", status: "published" },
      headers: any,
    });
    const { json } = await call("POST", "/redirects", {
      body: { from: "/city/away", to: "/city" },
    });
    await post(`/articles/${id}/remove`, { reason: "R" });
    expect((await visit("/city/away")).status).toBe(301);
    await call("DELETE", `/redirects/${json.id}`);
    expect((await visit("/city/away")).status).toBe(410);
    const again = { title: "Again", slug: "away", section: "city", status: "published" };
    expect((await call("POST", "/articles", { body: again })).status).toBe(409);
  });

  it("leaves a picture that a draft takes at that moment", async () => {
    const own = (await upload(pictures.png, { alt: "A gate." })).json;
    const { id } = await publish({ title: "Libel", hero: { src: own.src } });
    const store = storeAfter(() => write({ title: "Other", hero: { src: own.src } }));
    const removed = await removeStory(deskAt(Date.now(), { store }), target(id), {
      fields: { reason: "R" },
      issues: [],
    });
    expect(removed).toMatchObject({ ok: true });
    expect((await visit("/city/libel")).status).toBe(410);
    expect((await call("GET", `/media/${own.hash}/original`)).status).toBe(200);
    expect((await call("GET", `/media/${own.hash}`)).json.removedAt).toBeNull();
  });

  it("asks for a reason, and is an editor's", async () => {
    const { id } = await publish();
    const refused = await post(`/articles/${id}/remove`, {});
    expect([refused.status, refused.json.errors[0].path]).toEqual([422, "reason"]);
    const author = await keyFor("author", "mara-quill");
    expect((await post(`/articles/${id}/remove`, { reason: "R" }, author)).status).toBe(403);
    expect((await visit("/city/trams-return-to-the-harbour")).status).toBe(200);
  });

  it("takes the last good copies with it", async () => {
    const { id } = await publish({ title: "Libel" });
    await tick(env, deskAt(Date.now() + 60_000));
    expect(await env.COPIES.get("page:/city/libel", "json")).toMatchObject({ status: 200 });
    await post(`/articles/${id}/remove`, { reason: "A court." });
    await tick(env, deskAt(Date.now() + 120_000));
    expect(await env.COPIES.get("page:/city/libel", "json")).toMatchObject({ status: 410 });
    for (const path of ["/", "/city"])
      expect(JSON.stringify(await env.COPIES.get(`page:${path}`, "json"))).not.toContain("Libel");
  });
});

describe("a key", () => {
  it("is rotated with an overlap: both secrets are valid until the stated moment, and then one is", async () => {
    const former = await keyFor("editor");
    const id = former.split("_")[1];
    const rotated = await post(`/keys/${id}/rotate`);
    expect(Date.parse(rotated.json.formerUntil) - Date.now()).toBeGreaterThan(DAY - 60_000);
    const works = async (key: string) => (await call("GET", "/articles", { key })).status;
    expect([await works(former), await works(rotated.json.key)]).toEqual([200, 200]);
    const listed = (await call("GET", "/keys")).json.items.find(
      (each: { id: string }) => each.id === id,
    );
    expect(listed.formerUntil).toBe(rotated.json.formerUntil);
    await env.DB.prepare("update keys set former_until = ?1").bind(Date.now()).run();
    expect([await works(former), await works(rotated.json.key)]).toEqual([401, 200]);
    // Rotated again, the secret before last is none, even within its time.
    const second = (await post(`/keys/${id}/rotate`, { overlap: 3600 })).json.key;
    const third = (await post(`/keys/${id}/rotate`, { overlap: 3600 })).json.key;
    expect([await works(rotated.json.key), await works(second), await works(third)]).toEqual([
      401, 200, 200,
    ]);
  });

  it("that is revoked is refused from the next request on, with either secret", async () => {
    const former = await keyFor("editor");
    const id = former.split("_")[1];
    const { key } = (await post(`/keys/${id}/rotate`)).json;
    expect((await call("DELETE", `/keys/${id}`)).status).toBe(204);
    for (const each of [former, key])
      expect((await call("GET", "/articles", { key: each })).status).toBe(401);
  });

  it("that leaked is rotated without an overlap, and a week is the longest", async () => {
    const former = await keyFor("editor");
    const id = former.split("_")[1];
    for (const overlap of [-1, 7 * 24 * 3600 + 1, 0.5])
      expect((await post(`/keys/${id}/rotate`, { overlap })).json.errors[0].path).toBe("overlap");
    await post(`/keys/${id}/rotate`, { overlap: 0 });
    expect((await call("GET", "/articles", { key: former })).status).toBe(401);
  });
});

describe("who has a story open", () => {
  it("is seen by others until a minute after the last sign of life", async () => {
    const editor = await keyFor("editor");
    const { id } = await write();
    const at = async (now: number, beat: boolean) => {
      const found = await findPresent(deskAt(now), id, { beat });
      return found.ok ? found.value.map(({ name }) => name) : found.problem;
    };
    const now = Date.now();
    expect(await at(now, true)).toEqual(["root"]);
    expect((await post(`/articles/${id}/presence`, undefined, editor)).json.items).toMatchObject([
      { name: "root" },
      { name: "editor for tests" },
    ]);
    expect(await at(now + 59_000, false)).toContain("root");
    expect(await at(now + 62_000, false)).toEqual([]);
    await tick(env, deskAt(now + 62_000));
    expect(await rowsOf("presence")).toBe(0);
  });

  it("costs a write in twenty seconds, however often it is said", async () => {
    const { id } = await write();
    const now = Date.now();
    const beats = [];
    for (let second = 0; second < 60; second += 2) {
      const context = deskAt(now + second * 1000);
      const before = context.store.db.cost.rowsWritten;
      await findPresent(context, id, { beat: true });
      if (context.store.db.cost.rowsWritten > before) beats.push(second);
    }
    expect(beats).toEqual([0, 20, 40]);
  });

  it("ends when they say so, and is nobody's business who may not see the story", async () => {
    const contributor = await keyFor("contributor", "ines-vale");
    const { id } = await write();
    await post(`/articles/${id}/presence`);
    expect((await post(`/articles/${id}/presence`, undefined, contributor)).status).toBe(404);
    expect((await call("DELETE", `/articles/${id}/presence`)).status).toBe(204);
    expect((await call("GET", `/articles/${id}/presence`)).json.items).toEqual([]);
  });
});

describe("the audit", () => {
  it("says of every act on a story who, what and when, before and after, without its words", async () => {
    const editor = await keyFor("editor");
    const { id } = await write({ body: "A very secret body." });
    await call("PATCH", `/articles/${id}`, { body: { title: "New" }, headers: any, key: editor });
    await post(`/articles/${id}/publish`, undefined, editor);
    await post(`/articles/${id}/unpublish`);
    const { json, text } = await call("GET", `/audit?subject=article:${id}`);
    interface Told {
      act: string;
      actorName: string;
      detail: { before: object };
    }
    const told = json.items.map(({ act, actorName, detail }: Told) => [
      act,
      actorName,
      detail.before,
    ]);
    expect(told.slice(0, 3)).toEqual([
      ["withdraw", "root", { status: "published", publishedRevision: 2 }],
      [
        "publish",
        "editor for tests",
        expect.objectContaining({ status: "draft", publishedRevision: null }),
      ],
      [
        "revise",
        "editor for tests",
        expect.objectContaining({ title: "Trams return to the harbour" }),
      ],
    ]);
    expect(json.items[2].detail).toMatchObject({
      after: { title: "New" },
      version: 2,
      revision: 2,
    });
    expect(text).not.toContain("secret body");
  });

  it("is filtered by actor, act, subject and time, alone and together", async () => {
    const editor = await keyFor("editor");
    const actor = `key:${editor.split("_")[1]}`;
    const one = await write({ title: "One" });
    const two = await write({ title: "Two" }, editor);
    await post(`/articles/${two.id}/publish`, undefined, editor);
    const count = async (query: string) =>
      (await call("GET", `/audit?limit=100&${query}`)).json.items.length;
    expect(await count(`actor=${actor}`)).toBe(2);
    expect(await count(`actor=${actor}&act=publish`)).toBe(1);
    expect(await count(`actor=root&subject=article:${two.id}`)).toBe(0);
    expect(await count(`subject=article:${one.id}`)).toBe(1);
    await env.DB.prepare("update audit set at = at - 7200000 where subject = ?1")
      .bind(`article:${one.id}`)
      .run();
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    expect(await count(`since=${hourAgo}&subject=article:${one.id}`)).toBe(0);
    expect(await count(`until=${hourAgo}`)).toBe(1);
    expect(await count(`since=${hourAgo}&act=publish`)).toBe(1);
    expect((await call("GET", "/audit?since=yesterday")).json.errors[0].path).toBe("since");
  });

  it("is CSV, too, with every record and no formula in it", async () => {
    const { id } = await write({ title: '=HYPERLINK("https://elsewhere.example")' });
    const { json } = await call("POST", "/keys", {
      body: { name: '=cmd|"/c calc"', role: "admin" },
    });
    await call("PATCH", `/articles/${id}`, {
      body: { status: "published" },
      headers: any,
      key: json.key,
    });
    const csv = await call("GET", "/audit?format=csv");
    expect(csv.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    const lines = csv.text.split("\r\n");
    expect(lines[0]).toBe("id,at,actor,actorName,act,subject,before,after,detail");
    expect(lines.length - 2).toBe(await rowsOf("audit"));
    expect(csv.text).toContain(`article:${id}`);
    expect(csv.text, "the name of who did it").toContain(`"'=cmd|""/c calc"""`);
    for (const line of lines.slice(1, -1)) expect(line).not.toMatch(/(^|,)"?[=+@-]/);
  });

  it("has no secret in it, whatever was done", async () => {
    const { json } = await call("POST", "/keys", { body: { name: "K", role: "editor" } });
    const rotated = (await post(`/keys/${json.id}/rotate`)).json;
    const { id } = await write();
    const made = (await post(`/articles/${id}/previews`)).json;
    const all = JSON.stringify((await env.DB.prepare("select * from audit").all()).results);
    for (const secret of [secretOf(json.key), secretOf(rotated.key), made.url.split("/").at(-1)])
      expect(all).not.toContain(secret);
  });
});
