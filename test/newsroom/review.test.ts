import { beforeEach, describe, expect, it } from "vitest";
import { publishDue } from "../../src/editor/articles/due.ts";
import { assignStory } from "../../src/editor/review/commands.ts";
import {
  call,
  deskAt,
  keyFor,
  openNewsroom,
  publish,
  rowsOf,
  storeAfter,
  visit,
  write,
} from "../support/newsroom.ts";

// A story on its way from who writes it to who lets it out.

beforeEach(openNewsroom);

const any = { "If-Match": "*" };

function post(path: string, body?: object, key?: string) {
  return call("POST", path, { ...(body && { body }), headers: any, ...(key && { key }) });
}

describe("a review", () => {
  it("goes from submission to return, to submission, to publication, with the notes of all of it", async () => {
    const reporter = await keyFor("contributor", "mara-quill");
    const desk = await keyFor("editor");
    const { id } = await write({ title: "Low water" }, reporter);
    const submitted = await post(`/articles/${id}/submit`, { note: "Please be quick." }, reporter);
    expect(submitted.json).toMatchObject({
      status: "inReview",
      review: { revision: 1, edited: false },
      edge: "none",
    });
    const waiting = await call("GET", "/articles?review=waiting", { key: desk });
    expect(waiting.json.items.map((story: { id: string }) => story.id)).toEqual([id]);
    expect((await call("GET", "/articles?status=inReview", { key: desk })).json.items).toHaveLength(
      1,
    );

    const returned = await post(`/articles/${id}/return`, { note: "Who says so?" }, desk);
    expect(returned.json).toMatchObject({
      status: "draft",
      review: null,
      reviewNote: "Who says so?",
    });
    await call("PATCH", `/articles/${id}`, {
      body: { body: "The harbour master says so." },
      headers: any,
      key: reporter,
    });
    const again = await post(`/articles/${id}/submit`, undefined, reporter);
    expect(again.json).toMatchObject({
      status: "inReview",
      review: { revision: 2 },
      reviewNote: null,
    });
    const out = await post(`/articles/${id}/publish`, undefined, desk);
    expect(out.json).toMatchObject({ status: "published", review: null, edge: "live" });

    const { json } = await call("GET", `/articles/${id}/notes`, { key: reporter });
    const thread = json.items.map((note: { kind: string; by: { name: string }; text: string }) => [
      note.kind,
      note.by.name,
      note.text,
    ]);
    expect(thread).toEqual([
      ["submit", "contributor for tests", null],
      ["return", "editor for tests", "Who says so?"],
      ["submit", "contributor for tests", "Please be quick."],
    ]);
  });

  it("says when the story was edited meanwhile, and what was submitted stays readable", async () => {
    const { id } = await write({ body: "As submitted." });
    await post(`/articles/${id}/submit`);
    const body = { body: "As edited." };
    const edited = (await call("PATCH", `/articles/${id}`, { body, headers: any })).json;
    expect(edited).toMatchObject({
      status: "inReview",
      revision: 2,
      review: { revision: 1, edited: true },
    });
    const submitted = await call("GET", `/articles/${id}/revisions/submitted`);
    expect(submitted.json).toMatchObject({ body: "As submitted.", marks: ["submitted"] });
    // Handed in anew, that is what waits.
    expect((await post(`/articles/${id}/submit`)).json.review).toMatchObject({
      revision: 2,
      edited: false,
    });
  });

  it("approves by a schedule, too", async () => {
    const { id } = await write();
    await post(`/articles/${id}/submit`);
    const later = await post(`/articles/${id}/schedule`, { scheduledFor: "2999-01-01T00:00:00Z" });
    expect(later.json).toMatchObject({ status: "scheduled", review: null });
  });

  it("goes on when an earlier version goes out at its hour, and when a correction is made", async () => {
    const { id } = await publish({ body: "One." });
    const at = "2999-01-01T00:00:00.000Z";
    await call("PATCH", `/articles/${id}`, { body: { body: "Two." }, headers: any });
    await post(`/articles/${id}/schedule`, { scheduledFor: at });
    await call("PATCH", `/articles/${id}`, { body: { body: "Three." }, headers: any });
    await post(`/articles/${id}/submit`);
    const corrected = await post(`/articles/${id}/corrections`, { text: "It was four." });
    expect(corrected.json).toMatchObject({
      // What was handed in, with the correction.
      review: { revision: 6, edited: false },
      publishedRevision: 4,
      scheduledRevision: 5,
      revision: 6,
    });
    await publishDue(deskAt(Date.parse(at) - 1), id);
    expect((await call("GET", `/articles/${id}`)).json.publishedRevision).toBe(4);
    await publishDue(deskAt(Date.parse(at)), id);
    const { json } = await call("GET", `/articles/${id}`);
    expect(json).toMatchObject({ publishedRevision: 5, review: { revision: 6 } });
    expect((await post(`/articles/${id}/publish`)).json.review).toBeNull();
  });

  it("is of what was handed in, between what is to go out and what was written since", async () => {
    const { id } = await publish({ body: "One." });
    const at = "2999-01-01T00:00:00.000Z";
    const edit = (body: string) =>
      call("PATCH", `/articles/${id}`, { body: { body }, headers: any });
    await edit("Two.");
    await post(`/articles/${id}/schedule`, { scheduledFor: at });
    await edit("Three.");
    await post(`/articles/${id}/submit`);
    await edit("Four.");
    const corrected = await post(`/articles/${id}/corrections`, { text: "It was four." });
    expect(corrected.json).toMatchObject({ revision: 8, review: { revision: 7, edited: true } });
    const submitted = (await call("GET", `/articles/${id}/revisions/submitted`)).json;
    expect([submitted.body, submitted.corrections.length]).toEqual(["Three.", 1]);
    await publishDue(deskAt(Date.parse(at)), id);
    const { json } = await call("GET", `/articles/${id}`);
    expect(json).toMatchObject({ body: "Four.", publishedRevision: 6, review: { revision: 7 } });
  });

  it("of the next version of a live story leaves what readers see", async () => {
    const { id } = await publish({ body: "Live." });
    expect((await post(`/articles/${id}/submit`)).status).toBe(409);
    await call("PATCH", `/articles/${id}`, { body: { body: "Next." }, headers: any });
    const submitted = await post(`/articles/${id}/submit`);
    expect(submitted.json).toMatchObject({ status: "published", review: { revision: 2 } });
    expect((await call("GET", "/articles?review=waiting")).json.items).toHaveLength(1);
    expect((await visit("/city/trams-return-to-the-harbour")).text).toContain("Live.");
    const returned = await post(`/articles/${id}/return`, { note: "Not yet." });
    expect(returned.json).toMatchObject({ status: "published", review: null });
  });

  it("ends in the bin, and is refused where there is nothing to review", async () => {
    const { id } = await write();
    expect((await post(`/articles/${id}/return`, { note: "No." })).status).toBe(409);
    await post(`/articles/${id}/submit`);
    expect((await post(`/articles/${id}/return`, {})).status).toBe(422);
    await call("DELETE", `/articles/${id}`, { headers: any });
    expect((await post(`/articles/${id}/submit`)).status).toBe(409);
    expect((await post(`/articles/${id}/restore`)).json).toMatchObject({
      status: "draft",
      review: null,
    });
    await call("DELETE", `/articles/${id}`, { headers: any });
    expect((await post(`/articles/${id}/return`, { note: "No." })).status).toBe(409);
  });

  it("is no race: of twenty who return a story at once, one does", async () => {
    const { id } = await write();
    const { json } = await post(`/articles/${id}/submit`);
    const asked = { body: { note: "No." }, headers: { "If-Match": `"${json.version}"` } };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call("POST", `/articles/${id}/return`, asked)),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 19 }, () => 412),
    ]);
    expect(await rowsOf("notes where kind = 'return'")).toBe(1);
    const changed = answers.find(({ status }) => status === 412)?.json.changed;
    expect(changed).toEqual(expect.arrayContaining(["status", "review", "reviewNote"]));
  });
});

describe("an assignment", () => {
  it("lets its author write the story, whoever's byline it has, until it is another's", async () => {
    const jonas = await keyFor("author", "jonas-field");
    const { id } = await write({ authors: ["mara-quill"] });
    const edit = () =>
      call("PATCH", `/articles/${id}`, {
        body: { standfirst: "At last." },
        headers: any,
        key: jonas,
      });
    expect((await edit()).status).toBe(403);
    const assigned = await post(`/articles/${id}/assign`, { author: "jonas-field" });
    expect(assigned.json.assignee).toBe("jonas-field");
    expect((await edit()).status).toBe(200);
    const listed = await call("GET", "/articles?assignee=jonas-field", { key: jonas });
    expect(listed.json.items.map((story: { id: string }) => story.id)).toEqual([id]);
    // An author passes on what is theirs; with that it is theirs no more.
    expect((await post(`/articles/${id}/assign`, { author: "ines-vale" }, jonas)).status).toBe(200);
    expect((await post(`/articles/${id}/assign`, { author: "jonas-field" }, jonas)).status).toBe(
      403,
    );
    expect((await edit()).status).toBe(403);
    expect((await post(`/articles/${id}/assign`, { author: null })).json.assignee).toBeNull();
  });

  it("shows a contributor a story that they could not see", async () => {
    const ines = await keyFor("contributor", "ines-vale");
    const { id } = await write({ authors: ["mara-quill"] });
    expect((await call("GET", `/articles/${id}`, { key: ines })).status).toBe(404);
    await post(`/articles/${id}/assign`, { author: "ines-vale" });
    expect((await call("GET", `/articles/${id}`, { key: ines })).status).toBe(200);
    expect((await call("GET", "/articles", { key: ines })).json.items).toHaveLength(1);
  });

  it("is of an author who is there, and keeps them from being deleted", async () => {
    const { id } = await write({ authors: [] });
    const nobody = await post(`/articles/${id}/assign`, { author: "nobody" });
    expect([nobody.status, nobody.json.errors[0].path]).toEqual([422, "author"]);
    expect((await post(`/articles/${id}/assign`, {})).status).toBe(422);
    await post(`/articles/${id}/assign`, { author: "ines-vale" });
    expect((await call("DELETE", "/authors/ines-vale")).status).toBe(409);
  });

  it("is refused where its author is renamed at that moment, and gives the story to nobody", async () => {
    const { id } = await write();
    const store = storeAfter(() =>
      call("PATCH", "/authors/ines-vale", { body: { slug: "ines-marsh" } }),
    );
    const target = { id, ifMatch: "*", right: "assign a story" } as const;
    const given = await assignStory(deskAt(Date.now(), { store }), target, {
      fields: { author: "ines-vale" },
      issues: [],
    });
    expect(given.ok).toBe(false);
    expect((await call("GET", `/articles/${id}`)).json.assignee).toBeNull();
    expect((await post(`/articles/${id}/assign`, { author: "ines-marsh" })).status).toBe(200);
  });

  it("of others is not told by a contributor's list", async () => {
    const reporter = await keyFor("contributor", "ines-vale");
    const { id } = await publish({ authors: ["mara-quill"] });
    await post(`/articles/${id}/assign`, { author: "mara-quill" });
    const own = await write({ authors: ["ines-vale"] }, reporter);
    await post(`/articles/${own.id}/assign`, { author: "ines-vale" });
    const listed = async (query: string) =>
      (await call("GET", `/articles?${query}`, { key: reporter })).json.items.map(
        (story: { id: string }) => story.id,
      );
    expect(await listed("assignee=mara-quill")).toEqual([]);
    expect(await listed("assignee=ines-vale")).toEqual([own.id]);
  });

  it("and a plan are no revision, and no reader ever learns of them", async () => {
    const { id } = await publish();
    const before = (await visit("/city/trams-return-to-the-harbour")).headers.get("ETag");
    await post(`/articles/${id}/assign`, { author: "ines-vale" });
    const body = { plannedWords: 800, plannedFor: "2026-12-24T06:00:00+01:00" };
    const planned = await call("PATCH", `/articles/${id}`, { body, headers: any });
    expect(planned.json).toMatchObject({
      revision: 1,
      plannedWords: 800,
      plannedFor: "2026-12-24T05:00:00.000Z",
      edge: "none",
    });
    expect((await visit("/city/trams-return-to-the-harbour")).headers.get("ETag")).toBe(before);
    // What is planned with another's story is not for a contributor.
    const contributor = await keyFor("contributor", "jonas-field");
    const seen = (await call("GET", `/articles/${id}`, { key: contributor })).json;
    expect(seen).toMatchObject({ plannedWords: null, plannedFor: null, assignee: null });
  });
});

describe("the notes on a story", () => {
  it("are a thread with names and times, in pages, and no change of the story", async () => {
    const { id } = await write();
    for (const text of ["One.", "Two.", "Three."])
      expect((await post(`/articles/${id}/notes`, { text })).status).toBe(201);
    const first = (await call("GET", `/articles/${id}/notes?limit=2`)).json;
    const rest = (await call("GET", `/articles/${id}/notes?limit=2&cursor=${first.next}`)).json;
    const texts = [...first.items, ...rest.items].map((note: { text: string }) => note.text);
    expect(texts.sort()).toEqual(["One.", "Three.", "Two."]);
    expect(rest.next).toBeNull();
    expect(first.items[0]).toMatchObject({ kind: "note", by: { id: "root", name: "root" } });
    expect(Date.parse(first.items[0].at)).toBeGreaterThan(Date.now() - 60_000);
    expect((await call("GET", `/articles/${id}`)).json.version).toBe(1);
    expect((await post(`/articles/${id}/notes`, { text: "" })).status).toBe(422);
  });

  it("stay among those who may see what is planned with it", async () => {
    const mara = await keyFor("contributor", "mara-quill");
    const jonas = await keyFor("contributor", "jonas-field");
    const { id } = await publish();
    await post(`/articles/${id}/notes`, { text: "The mayor asked twice." });
    expect((await call("GET", `/articles/${id}/notes`, { key: mara })).status).toBe(200);
    expect((await call("GET", `/articles/${id}/notes`, { key: jonas })).status).toBe(403);
    expect((await post(`/articles/${id}/notes`, { text: "Me, too." }, jonas)).status).toBe(403);
    const audit = (await call("GET", "/audit?act=note")).text;
    expect(audit).not.toContain("mayor");
  });
});
