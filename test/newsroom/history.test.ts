import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { reviseStory } from "../../src/editor/articles/commands.ts";
import {
  call,
  deskAt,
  keyFor,
  openNewsroom,
  publish,
  rowsOf,
  upload,
  visit,
  write,
} from "../support/newsroom.ts";
import { pictures } from "../support/pictures.ts";

// What was saved of a story, and the way back to it.

beforeEach(openNewsroom);

const any = { "If-Match": "*" };
const MINUTE = 60_000;

async function patch(id: string, body: object, key?: string) {
  const saved = await call("PATCH", `/articles/${id}`, { body, headers: any, ...(key && { key }) });
  expect(saved.status, saved.text).toBe(200);
  return saved.json;
}

async function post(path: string, body?: object) {
  return call("POST", path, { ...(body && { body }), headers: any });
}

async function history(id: string) {
  const { json } = await call("GET", `/articles/${id}/revisions?limit=100`);
  return json.items as {
    revision: number;
    title: string;
    words: number;
    reason: string | null;
    savedBy: { id: string; name: string };
    savedAt: string;
    beganAt: string;
    marks: string[];
  }[];
}

/** Saves a body at a moment, as whoever holds the root key or as `by`. */
async function saveAt(id: string, now: number, fields: object, by = "root"): Promise<number> {
  const context = deskAt(now, { actor: { id: by, name: by, role: "admin", author: null } });
  const target = { id, ifMatch: "*", right: "revise a story" } as const;
  const saved = await reviseStory(context, target, fields);
  if (!saved.ok) throw new Error(JSON.stringify(saved.problem));
  return saved.value.revision;
}

describe("a run of quick saves by one hand", () => {
  it("is one revision, with its last words, from its first save to its last", async () => {
    const now = Date.now();
    const { id } = await write({ body: "One." });
    const numbers = [];
    for (let n = 1; n <= 30; n += 1)
      numbers.push(await saveAt(id, now + n * 5000, { body: `Word ${n}.` }));
    expect(new Set(numbers)).toEqual(new Set([1]));
    const [only, ...others] = await history(id);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ revision: 1, words: 2, savedBy: { id: "root", name: "root" } });
    expect(Date.parse(only?.savedAt ?? "") - Date.parse(only?.beganAt ?? "")).toBeGreaterThan(
      140_000,
    );
    // The history of acts is not flooded, either.
    expect(await rowsOf(`audit where subject = 'article:${id}'`)).toBe(1);
    expect((await call("GET", `/articles/${id}`)).json).toMatchObject({ version: 31 });
  });

  it("ends with a pause, another hand, half an hour, a reason, and a save that takes much away", async () => {
    const now = Date.now();
    const long = "word ".repeat(40);
    const ends: [string, (id: string) => Promise<number>, number][] = [
      ["nothing", (id) => saveAt(id, now + 4.9 * MINUTE, { body: `${long} more` }), 1],
      ["a pause", (id) => saveAt(id, now + 5.2 * MINUTE, { body: `${long} more` }), 2],
      ["another hand", (id) => saveAt(id, now + 1000, { body: `${long} more` }, "key:other"), 2],
      ["a reason", (id) => saveAt(id, now + 1000, { body: `${long} more`, reason: "Facts." }), 2],
      ["a loss", (id) => saveAt(id, now + 1000, { body: "word ".repeat(19) }), 2],
      ["a small loss", (id) => saveAt(id, now + 1000, { body: "word ".repeat(21) }), 1],
      [
        "half an hour",
        async (id) => {
          for (let n = 1; n <= 8; n += 1)
            await saveAt(id, now + n * 4 * MINUTE, { body: `${long} ${n}` });
          return (await history(id)).length;
        },
        2,
      ],
    ];
    for (const [why, save, expected] of ends) {
      const { id } = await write({ title: `Ends with ${why}`, body: long });
      expect([why, await save(id)]).toEqual([why, expected]);
    }
    // What is said to have a reason is not written over.
    const { id } = await write({ title: "Reasons", body: "One.", reason: "The first." });
    expect((await patch(id, { body: "Two." })).revision).toBe(2);
    expect((await history(id)).map(({ reason }) => reason)).toEqual([null, "The first."]);
  });

  it("ends with a publication, a schedule, a submission and a preview: what they show stays what it was", async () => {
    const seals: [string, object | undefined][] = [
      ["publish", undefined],
      ["schedule", { scheduledFor: "2999-01-01T00:00:00Z" }],
      ["submit", undefined],
      ["previews", undefined],
    ];
    for (const [act, body] of seals) {
      const { id } = await write({ title: `Sealed by ${act}`, body: "One." });
      const sealed = await post(`/articles/${id}/${act}`, body);
      expect(sealed.status, sealed.text).toBeLessThan(300);
      expect([act, (await patch(id, { body: "Two." })).revision]).toEqual([act, 2]);
      const first = (await call("GET", `/articles/${id}/revisions/1`)).json;
      expect([act, first.body]).toEqual([act, "One."]);
    }
  });
});

describe("the history of a story", () => {
  it("lists every save with who, when, why and how many words, in pages, newest first", async () => {
    const wire = await keyFor("editor");
    const { id } = await write({ body: "One two three." });
    await patch(id, { body: "Four.", reason: "It was too long." }, wire);
    await patch(id, { title: "Trams, at last" });
    await post(`/articles/${id}/publish`);
    const saves = await history(id);
    expect(saves.map(({ revision, words, reason }) => [revision, words, reason])).toEqual([
      [3, 1, null],
      [2, 1, "It was too long."],
      [1, 3, null],
    ]);
    expect(saves.map(({ savedBy }) => savedBy.name)).toEqual(["root", "editor for tests", "root"]);
    expect(saves.map(({ marks }) => marks)).toEqual([["head", "published"], [], []]);
    const first = await call("GET", `/articles/${id}/revisions?limit=2`);
    expect(first.json.items).toHaveLength(2);
    const rest = await call("GET", `/articles/${id}/revisions?limit=2&cursor=${first.json.next}`);
    expect(rest.json).toMatchObject({ items: [{ revision: 1 }], next: null });
  });

  it("has every revision whole, by its number and by what it is to the story", async () => {
    const { id } = await publish({ body: "As published.", tags: ["trams"] });
    await patch(id, { body: "As edited." });
    const at = async (name: string) =>
      (await call("GET", `/articles/${id}/revisions/${name}`)).json;
    expect(await at("published")).toMatchObject({
      revision: 1,
      body: "As published.",
      tags: ["trams"],
    });
    expect(await at("head")).toMatchObject({ revision: 2, body: "As edited.", marks: ["head"] });
    expect(await at("1")).toEqual(await at("published"));
    for (const name of ["3", "0", "scheduled", "submitted", "-1", "1e3", "nonsense"])
      expect([name, (await call("GET", `/articles/${id}/revisions/${name}`)).status]).toEqual([
        name,
        404,
      ]);
  });

  it("goes back to an earlier revision as a new one, and rewrites nothing", async () => {
    const { id } = await publish({ body: "One.", slug: "one" });
    await patch(id, { body: "Two.", slug: "two", reason: "Anew." });
    const before = await env.DB.prepare(
      "select content, body, html from revisions order by n",
    ).all();
    const restored = await post(`/articles/${id}/revisions/1/restore`);
    expect(restored.json).toMatchObject({
      revision: 3,
      body: "One.",
      slug: "one",
      publishedRevision: 1,
    });
    const after = await env.DB.prepare(
      "select content, body, html from revisions order by n",
    ).all();
    expect(after.results.slice(0, 2)).toEqual(before.results);
    expect((await history(id))[0]).toMatchObject({ revision: 3, reason: "Restored revision 1." });
    // The same again is nothing to write.
    expect((await post(`/articles/${id}/revisions/1/restore`)).json.revision).toBe(3);
    expect((await post(`/articles/${id}/revisions/9/restore`)).status).toBe(404);
  });

  it("keeps corrections when it goes back: they are the paper's word to its readers", async () => {
    const { id } = await publish({ body: "Twelve boats." });
    const corrections = [{ text: "There were nine boats." }];
    await patch(id, { body: "Nine boats.", corrections, status: "published" });
    const { json } = await post(`/articles/${id}/revisions/1/restore`);
    expect(json).toMatchObject({ body: "Twelve boats.", corrections: [corrections[0]] });
  });

  it("keeps the reason that was given, though no word was changed", async () => {
    const { id } = await publish({ body: "Nine boats." });
    const { json } = await call("GET", `/articles/${id}`);
    const kept = await patch(id, { reason: "Checked with the port." });
    expect([kept.revision, kept.updatedAt]).toEqual([2, json.updatedAt]);
    expect((await history(id))[0]).toMatchObject({ reason: "Checked with the port." });
    expect((await patch(id, { reason: "Checked with the port." })).revision).toBe(2);
  });

  it("brings back no tag that is another by now", async () => {
    const { id } = await write({ tags: ["old", "kept"], reason: "First." });
    await patch(id, { tags: ["kept"], reason: "Second." });
    await call("DELETE", "/tags/old");
    await call("PUT", "/tags/other", { body: { name: "Other" } });
    await call("PATCH", "/tags/other", { body: { slug: "old" } });
    expect((await post(`/articles/${id}/revisions/1/restore`)).json.tags).toEqual(["kept"]);
    expect((await post(`/articles/${id}/publish`)).status).toBe(200);
  });

  it("tells readers of a change that was said to be worth it, though the words came before", async () => {
    const { id } = await publish({ body: "One." });
    await patch(id, { body: "Two.", material: false });
    const told = await patch(id, { reason: "They asked.", material: true });
    expect(told.updatedAt).toBeNull();
    expect((await post(`/articles/${id}/publish`)).json.updatedAt).not.toBeNull();
  });

  it("has no revision by another spelling of a number", async () => {
    const { id } = await write();
    for (const n of ["0x1", "1.0", "01", "+1", "1e0", "-1", "0", "2"]) {
      expect([n, (await post(`/articles/${id}/revisions/${n}/restore`)).status]).toEqual([n, 404]);
      expect([n, (await call("GET", `/articles/${id}/revisions/${n}`)).status]).toEqual([n, 404]);
    }
  });

  it("says what keeps a revision from coming back", async () => {
    await call("PUT", "/sections/harbour", { body: { name: "Harbour" } });
    const { id } = await write({ section: "harbour", slug: "gate", reason: "First." });
    await patch(id, { section: "city" });
    expect((await call("DELETE", "/sections/harbour")).status).toBe(204);
    const refused = await post(`/articles/${id}/revisions/1/restore`);
    expect(refused.status).toBe(422);
    expect(refused.json.errors).toEqual([
      { path: "section", message: 'There is no section "harbour"; make it first.' },
    ]);
    const other = await write({ title: "Other", slug: "other", reason: "First." });
    await patch(other.id, { slug: "elsewhere" });
    await write({ title: "Late", slug: "other" });
    expect((await post(`/articles/${other.id}/revisions/1/restore`)).status).toBe(409);
  });
});

describe("a draft of a live story", () => {
  it("changes nothing that readers see, in any field, and can be compared with it", async () => {
    const { id } = await publish({ body: "As it was.", tags: ["trams"], standfirst: "Slowly." });
    const pages = [
      "/",
      "/city",
      "/tags/trams",
      "/city/trams-return-to-the-harbour",
      "/city/feed.json",
    ];
    const seen = async () =>
      Promise.all(
        pages.map(async (path) => {
          const { headers, text } = await visit(path);
          return [path, headers.get("ETag"), headers.get("Last-Modified"), text];
        }),
      );
    const before = await seen();
    const { json: picture } = await upload(pictures.png, { alt: "A tram." });
    await patch(id, {
      title: "Trams, differently",
      standfirst: "Fast.",
      body: "As it will be.",
      section: "culture",
      slug: "trams",
      tags: ["strikes"],
      authors: ["ines-vale"],
      hero: { src: picture.src },
      corrections: [{ text: "It was Monday." }],
      seo: { title: "Trams!", description: null },
      language: "pt",
      publishedAt: "2020-01-01T00:00:00Z",
    });
    expect(await seen()).toEqual(before);
    const { json } = await call("GET", `/articles/${id}/revisions/published..head/diff`);
    expect(json.fields.map(({ field }: { field: string }) => field)).toEqual([
      "title",
      "standfirst",
      "body",
      "section",
      "slug",
      "authors",
      "tags",
      "hero",
      "corrections",
      "language",
      "seo",
      "publishedAt",
    ]);
  });

  it("is discarded: the head is what readers see again, and the history keeps the draft", async () => {
    const story = await publish({ body: "Live.", slug: "live" });
    await patch(story.id, { body: "Draft.", slug: "draft", tags: ["new"] });
    const discarded = await post(`/articles/${story.id}/discard`);
    expect(discarded.json).toMatchObject({
      body: "Live.",
      slug: "live",
      tags: [],
      revision: 1,
      publishedRevision: 1,
      edge: "none",
    });
    expect((await history(story.id)).map(({ revision }) => revision)).toEqual([2, 1]);
    // Numbers never come twice.
    expect((await patch(story.id, { body: "Again." })).revision).toBe(3);
    expect((await call("GET", `/articles/${story.id}/revisions/2`)).json.body).toBe("Draft.");
    // The address that the draft wanted is free.
    expect((await write({ title: "Other", slug: "draft" })).slug).toBe("draft");
    expect((await visit("/city/live")).text).toContain("Live.");
  });

  it("is discarded only where there is something to go back to", async () => {
    const draft = await write();
    expect((await post(`/articles/${draft.id}/discard`)).status).toBe(409);
    const live = await publish({ title: "Out" });
    const nothing = await post(`/articles/${live.id}/discard`);
    expect([nothing.status, nothing.json.version]).toEqual([200, live.version]);
    await patch(live.id, { body: "Later." });
    await post(`/articles/${live.id}/schedule`, { scheduledFor: "2999-01-01T00:00:00Z" });
    const scheduled = await post(`/articles/${live.id}/discard`);
    expect([scheduled.status, scheduled.json.detail]).toEqual([
      409,
      expect.stringContaining("take it out of the schedule first"),
    ]);
    await patch(live.id, { body: "Later still." });
    expect((await post(`/articles/${live.id}/discard`)).status, "a draft over it, too").toBe(409);
    expect((await call("GET", `/articles/${live.id}`)).json).toMatchObject({
      body: "Later still.",
      scheduledFor: "2999-01-01T00:00:00.000Z",
    });
  });
});

describe("a comparison of two revisions", () => {
  it("tells the words that changed, and skips what is far from any change", async () => {
    const paragraphs = Array.from({ length: 20 }, (_, n) => `Paragraph ${n} says little.`);
    const { id } = await write({ body: paragraphs.join("\n\n"), reason: "First." });
    paragraphs[10] = "Paragraph 10 says much.";
    await patch(id, { body: paragraphs.join("\n\n"), title: "Trams return to the quay" });
    const { json } = await call("GET", `/articles/${id}/revisions/1..2/diff`);
    expect([json.from.revision, json.to.revision]).toEqual([1, 2]);
    expect(json.fields).toEqual([
      {
        field: "title",
        before: "Trams return to the harbour",
        after: "Trams return to the quay",
        parts: [
          { kind: "same", text: "Trams return to the " },
          { kind: "removed", text: "harbour" },
          { kind: "added", text: "quay" },
        ],
      },
      {
        field: "body",
        parts: [
          { kind: "skipped", words: 36 },
          { kind: "same", text: "Paragraph 9 says little.\n\nParagraph 10 says " },
          { kind: "removed", text: "little" },
          { kind: "added", text: "much" },
          { kind: "same", text: ".\n\nParagraph 11 says little.\n" },
          { kind: "skipped", words: 32 },
        ],
      },
    ]);
  });

  it("is a page, too, in which nothing of a story is markup", async () => {
    const { id } = await write({
      body: "<b>One</b> & two.",
      title: "<i>Old</i>",
      reason: "First.",
    });
    await patch(id, { body: "<b>One</b> & three.", title: "<i>New</i>", tags: ["a", "b"] });
    const page = await call("GET", `/articles/${id}/revisions/1..2/diff?format=html`);
    expect(page.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(page.text).toContain("<del>two</del><ins>three</ins>");
    expect(page.text).toContain("<h1>&lt;i&gt;New&lt;/i&gt;</h1>");
    expect(page.text).toContain("<del>–</del> <ins>a, b</ins>");
    expect(page.text).not.toMatch(/<b>|<i>/);
  });

  it("of a revision with itself says that nothing differs, and of what is none that there is none", async () => {
    const { id } = await write();
    expect((await call("GET", `/articles/${id}/revisions/1..1/diff`)).json.fields).toEqual([]);
    for (const range of ["1", "1..", "..1", "1..2..3", "1..9", "a..b"])
      expect([
        range,
        (await call("GET", `/articles/${id}/revisions/${range}/diff`)).status,
      ]).toEqual([range, 404]);
  });
});
