import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import {
  call,
  keyFor,
  openNewsroom,
  publish,
  rowsOf,
  upload,
  visit,
  write,
} from "./support/newsroom.ts";
import { pictures } from "./support/pictures.ts";

// What was answered and comes back: whole, changed in a part, or with what cannot be changed.

beforeEach(openNewsroom);

const force = { "If-Match": "*" };
const read = async (id: string) => (await call("GET", `/articles/${id}`)).json;
const patch = (id: string, body: unknown, headers: Record<string, string> = force) =>
  call("PATCH", `/articles/${id}`, { body, headers });
const hour = () => new Date(Date.now() + 3_600_000).toISOString();

async function wholeStory() {
  const picture = await upload(pictures.png.slice(), { name: "gate.png", alt: "A gate." });
  return {
    title: "Gate shut",
    standfirst: "At four.",
    body: `It *shut*.\n\n![The gate](${picture.json.src})`,
    tags: ["trams", "harbour"],
    authors: ["mara-quill", "jonas-field"],
    hero: { src: picture.json.src, caption: "The gate", focalPoint: "top" },
    corrections: [{ text: "It was five." }],
    language: "pt",
    canonicalUrl: "https://elsewhere.example/first",
    seo: { title: "Gate", description: null },
    expiresAt: hour(),
  };
}

describe("a story that is sent back as it was answered", () => {
  it("may have its names in any order", async () => {
    const story = await write(await wholeStory());
    const turned = (value: unknown): unknown =>
      Array.isArray(value) || typeof value !== "object" || value === null
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([name, inner]) => [name, turned(inner)]),
          );
    const back = await patch(story.id, turned(await read(story.id)));
    expect([back.status, back.json.revision]).toEqual([200, 1]);
  });

  it.each([
    ["a draft", { publishedAt: "2020-01-01T00:00:00Z" }, ""],
    ["live", { status: "published" }, ""],
    ["withdrawn", { status: "published" }, "unpublish"],
    ["in the bin", {}, "DELETE"],
  ])("is accepted and changes nothing: %s", async (_, fields, then) => {
    const story = await write({ ...(await wholeStory()), ...fields });
    if (then === "DELETE") await call("DELETE", `/articles/${story.id}`, { headers: force });
    else if (then) await call("POST", `/articles/${story.id}/${then}`, { headers: force });
    const before = await read(story.id);
    const audited = await rowsOf("audit");
    for (const sent of [before, { ...before, edge: "live" }]) {
      const back = await patch(story.id, sent, { "If-Match": `"${before.version}"` });
      expect([back.status, back.json]).toEqual([200, { ...before, edge: "none" }]);
    }
    expect(await rowsOf("audit")).toBe(audited);
    expect(await rowsOf("revisions")).toBe(1);
  });

  it("is accepted while it waits for its hour, and stays in the schedule", async () => {
    const story = await write({
      ...(await wholeStory()),
      status: "scheduled",
      scheduledFor: hour(),
      expiresAt: null,
    });
    const back = await patch(story.id, await read(story.id));
    expect([back.status, back.json.status, back.json.version]).toEqual([200, "scheduled", 1]);
  });

  it("is accepted when its hour to expire is past", async () => {
    const story = await write();
    await env.DB.prepare("update articles set expires_at = 1000").run();
    expect((await patch(story.id, await read(story.id))).status).toBe(200);
  });

  it("keeps following the clock: answered times do not become times of its own", async () => {
    const story = await publish();
    await patch(story.id, { ...(await read(story.id)), body: "Anew." });
    const { version: _seen, ...changed } = await read(story.id);
    const first = await patch(story.id, { ...changed, body: "Anew, again." });
    expect([first.status, first.json.edge]).toEqual([200, "live"]);
    const updated = await read(story.id);
    expect(updated.updatedAt).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { version: _, ...unversioned } = updated;
    await patch(story.id, { ...unversioned, body: "And again." });
    const last = await read(story.id);
    expect(last.publishedAt).toBe(story.publishedAt);
    expect(Date.parse(last.updatedAt)).toBeGreaterThan(Date.parse(updated.updatedAt));
  });

  it("does not publish what waits in it, unless that alone is asked", async () => {
    const story = await publish();
    await patch(story.id, { title: "New headline" });
    const whole = await read(story.id);
    const back = await patch(story.id, whole);
    expect([back.status, back.json.publishedRevision, back.json.version]).toEqual([
      200,
      1,
      whole.version,
    ]);
    const edited = await patch(story.id, { ...whole, standfirst: "Changed." });
    expect([edited.status, edited.json.publishedRevision]).toEqual([200, 1]);
    const asked = await patch(story.id, { status: "published" });
    expect(asked.json.publishedRevision).toBe(edited.json.revision);
    expect((await visit("/city/trams-return-to-the-harbour")).text).toContain("New headline");
  });

  it("with a change in a part changes that part", async () => {
    const story = await write(await wholeStory());
    const whole = await read(story.id);
    const hero = { ...whole.hero, caption: "At night" };
    const back = await patch(story.id, { ...whole, hero, tags: ["harbour", "trams"] });
    expect([back.status, back.json.hero, back.json.tags]).toEqual([
      200,
      hero,
      ["harbour", "trams"],
    ]);
  });

  it("with a moving picture described anew is accepted", async () => {
    const story = await write();
    const hero = { src: "/pictures/a.gif", alt: "A gate.", animated: true };
    const sent = await patch(story.id, { ...(await read(story.id)), hero });
    expect([sent.status, sent.json.hero.alt]).toEqual([200, "A gate."]);
  });

  it("from a contributor, who does not see what is planned, is accepted, too", async () => {
    const key = await keyFor("contributor", "mara-quill");
    const story = await write({}, key);
    const { json } = await call("GET", `/articles/${story.id}`, { key });
    const back = await call("PATCH", `/articles/${story.id}`, { body: json, headers: force, key });
    expect([back.status, back.json.version]).toEqual([200, 1]);
  });
});

describe("a read-only field", () => {
  const others = {
    id: "another",
    url: "https://elsewhere.example/",
    createdAt: "2020-01-01T00:00:00Z",
    scheduledFor: "2030-01-01T00:00:00Z",
    assignee: "mara-quill",
    reviewNote: "Good.",
    revision: 7,
    publishedRevision: 7,
    scheduledRevision: 7,
    version: 7,
  };

  it("that is not as it was answered is named, each with what changes it", async () => {
    const story = await write();
    const { status, json } = await patch(story.id, { ...others, title: "New", edge: "ever" });
    expect(status).toBe(422);
    expect(json.errors.map(({ path }: { path: string }) => path).sort()).toEqual(
      [...Object.keys(others), "edge"].sort(),
    );
    const version = json.errors.find(({ path }: { path: string }) => path === "version");
    expect(version.message).toMatch(/^version is read-only, and 1: .*If-Match/);
    expect((await read(story.id)).title).toBe(story.title);
  });

  it("is no field of a new story", async () => {
    const body = { title: "One", section: "city", version: 1 };
    expect((await call("POST", "/articles", { body })).status).toBe(422);
  });

  it("leaves other states to their own calls", async () => {
    const story = await write();
    const refused = await patch(story.id, { status: "withdrawn" });
    expect([refused.status, refused.json.errors[0].path]).toEqual([422, "status"]);
  });
});

describe("the answered dateline", () => {
  it("is the head revision's, which an editor can still take back", async () => {
    const story = await write({ publishedAt: "2020-01-01T00:00:00Z" });
    expect(story.publishedAt).toBe("2020-01-01T00:00:00.000Z");
    const cleared = await patch(story.id, { publishedAt: null });
    expect([cleared.status, cleared.json.publishedAt]).toEqual([200, null]);
  });
});

describe("a part of an author, a section or a tag", () => {
  it.each([
    ["/authors/mara-quill", { bio: "Covers the quay." }, { role: null }],
    ["/sections/city", { description: "All of it." }, { position: 7, listed: false }],
    ["/tags/trams", { name: "All trams" }, { description: "On rails." }],
  ])("of %s changes by itself", async (path, one, other) => {
    await publish({ tags: ["trams"] });
    const before = (await call("GET", path)).json;
    const first = await call("PATCH", path, { body: one });
    expect([first.status, first.json]).toEqual([200, { ...before, ...one, edge: "live" }]);
    const second = await call("PATCH", path, { body: other });
    expect(second.json).toMatchObject({ ...before, ...one, ...other });
    for (const method of ["PATCH", "PUT"]) {
      const back = await call(method, path, { body: second.json });
      expect([back.status, back.json]).toEqual([200, { ...second.json, edge: "none" }]);
      const renamed = await call(method, path, { body: { ...second.json, slug: "An other" } });
      expect([renamed.status, renamed.json.errors[0].path]).toEqual([422, "slug"]);
    }
    expect((await call("PATCH", path, { body: {} })).json.edge).toBe("none");
  });

  it("is refused where there is none, where it is wrong, and without an editor's key", async () => {
    expect((await call("PATCH", "/tags/none", { body: { name: "None" } })).status).toBe(404);
    const wrong = await call("PATCH", "/authors/mara-quill", { body: { name: null, age: 3 } });
    expect(wrong.json.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      "age",
      "name",
    ]);
    const key = await keyFor("author", "mara-quill");
    const body = { bio: "Mine." };
    expect((await call("PATCH", "/authors/mara-quill", { body, key })).status).toBe(403);
  });
});
