import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { correctStory } from "../src/editor/articles/corrections.ts";
import { publishDue } from "../src/editor/articles/due.ts";
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
} from "./support/newsroom.ts";

beforeEach(openNewsroom);

const force = { "If-Match": "*" };

function correct(id: string, body: object, key?: string) {
  return call("POST", `/articles/${id}/corrections`, { body, headers: force, ...(key && { key }) });
}

async function correctionsOf(id: string): Promise<{ n: number; texts: string[] }[]> {
  const { results } = await env.DB.prepare(
    `select n, (select json_group_array(value ->> 'text') from json_each(content, '$.corrections')) as texts
     from revisions where article_id = ?1 order by n`,
  )
    .bind(id)
    .all<{ n: number; texts: string }>();
  return results.map(({ n, texts }) => ({ n, texts: JSON.parse(texts) as string[] }));
}

const PATH = "/city/trams-return-to-the-harbour";

describe("a correction of a live story", () => {
  it("reaches readers at once: the page, its twin, the feed and the list of corrections", async () => {
    const story = await publish({ standfirst: "At last." });
    const { status, json } = await correct(story.id, { text: "  There are *four* trams. " });
    expect([status, json.edge]).toEqual([200, "live"]);
    const text = "There are *four* trams.";
    expect(json.corrections).toEqual([{ text, at: json.updatedAt }]);
    expect(json).toMatchObject({ revision: 2, publishedRevision: 2, version: 2 });
    for (const path of [PATH, `${PATH}.md`, "/corrections"])
      expect((await visit(path)).text).toContain(text);
    const [item] = (await visit("/city/feed.json")).json.items;
    expect(item.content_html).toMatch(
      /<h2>Correction<\/h2><p><time .* 20\d\d<\/time> There are \*four/,
    );
    expect(item.date_modified).toBe(json.updatedAt.replace(/\.\d+Z/, "Z"));
  });

  it("leaves unpublished edits unpublished, and the draft has it, too", async () => {
    const { id } = await publish({ body: "There were five." });
    await call("PATCH", `/articles/${id}`, {
      body: { title: "Trams, as planned", material: false },
      headers: force,
    });
    const { json } = await correct(id, { text: "There were four." });
    expect(json).toMatchObject({ title: "Trams, as planned", revision: 4, publishedRevision: 3 });
    const seen = (await visit(PATH)).text;
    expect(seen).toContain("There were four.");
    expect(seen).not.toContain("as planned");
    expect(await correctionsOf(id)).toEqual([
      { n: 1, texts: [] },
      { n: 2, texts: [] },
      { n: 3, texts: ["There were four."] },
      { n: 4, texts: ["There were four."] },
    ]);
    await call("POST", `/articles/${id}/publish`, { headers: force });
    const after = (await visit(PATH)).text;
    for (const part of ["There were four.", "There were five.", "as planned"])
      expect(after).toContain(part);
    // The edit was not worth telling, and did not become it by the correction.
    const { json: read } = await call("GET", `/articles/${id}`);
    expect(read.updatedAt).toBe(json.updatedAt);
  });

  it("is in what goes out at its hour, as well", async () => {
    const { id } = await publish();
    await call("PATCH", `/articles/${id}`, { body: { title: "Timed" }, headers: force });
    const scheduledFor = "2999-01-01T00:00:00.000Z";
    await call("POST", `/articles/${id}/schedule`, { body: { scheduledFor }, headers: force });
    await call("PATCH", `/articles/${id}`, { body: { title: "Later still" }, headers: force });
    const { json } = await correct(id, { text: "There were four." });
    const revisions = { publishedRevision: 4, scheduledRevision: 5, revision: 6 };
    expect(json).toMatchObject({ ...revisions, scheduledFor, title: "Later still" });
    await publishDue(deskAt(Date.parse(scheduledFor)), id);
    const { text } = await visit(PATH);
    expect([text.includes("Timed"), text.includes("There were four.")]).toEqual([true, true]);
  });

  it("copies words, HTML and pictures as they stand, whoever would render them otherwise", async () => {
    const { id } = await publish({ body: "They *rang*." });
    await env.DB.prepare("update revisions set html = '<p>As it was.</p>', renderer = 7").run();
    await correct(id, { text: "They hooted." });
    expect((await visit(PATH)).text).toContain("<p>As it was.</p>");
    expect(await rowsOf("revisions where renderer = 7")).toBe(2);
  });

  it("moves the time of the update, unless it is said to be none of matter", async () => {
    const story = await publish({ publishedAt: "2026-01-01T00:00:00Z" });
    const quiet = await correct(story.id, { text: "It is spelt Mole.", material: false });
    expect([quiet.json.updatedAt, quiet.json.corrections.length]).toEqual([null, 1]);
    expect((await visit(PATH)).text).not.toContain("modified_time");
    const told = await correct(story.id, { text: "It was four." });
    expect(told.json.updatedAt).toBe(told.json.corrections[1].at);
    expect((await visit(PATH)).text).toContain("modified_time");
    const again = await correct(story.id, { text: "Or Mohle.", material: false });
    expect(again.json.updatedAt).toBe(told.json.updatedAt);
  });

  it("is recorded with what changed, and makes way for who was there first", async () => {
    const { id } = await publish();
    const { json } = await correct(id, { text: "It was four." });
    const [record] = (await call("GET", `/audit?subject=article:${id}`)).json.items;
    expect(record).toMatchObject({
      act: "correct",
      detail: {
        before: { version: 1, revision: 1, publishedRevision: 1, correction: null },
        after: {
          version: 2,
          revision: 2,
          publishedRevision: 2,
          correction: { text: "It was four." },
        },
      },
    });
    const stale = await call("POST", `/articles/${id}/corrections`, {
      body: { text: "Five." },
      headers: { "If-Match": '"1"' },
    });
    expect([stale.status, stale.json.current.version]).toEqual([412, json.version]);
    const bare = await call("POST", `/articles/${id}/corrections`, { body: { text: "Five." } });
    expect(bare.status).toBe(428);
    // One that is withdrawn while it is corrected is corrected as what it is by then.
    const store = storeAfter(() => call("POST", `/articles/${id}/unpublish`, { headers: force }));
    const target = { id, ifMatch: "*", right: "revise a story" } as const;
    const late = await correctStory(deskAt(Date.now(), { store }), target, {
      fields: { text: "Six." },
      issues: [],
    });
    expect(late).toMatchObject({ ok: true, edge: "none", value: { status: "withdrawn" } });
    expect((await visit(PATH)).status).toBe(410);
  });
});

describe("a correction of a story that is not live", () => {
  it("is added to the draft", async () => {
    const { id } = await write();
    const { status, json } = await correct(id, { text: "There were four." });
    expect([status, json.edge, json.revision]).toEqual([200, "none", 2]);
    expect((await visit("/corrections")).text).not.toContain("four");
    await call("POST", `/articles/${id}/publish`, { headers: force });
    expect((await visit(PATH)).text).toContain("There were four.");
    expect((await visit("/corrections")).text).toContain("There were four.");
  });

  it("is in what is scheduled, too", async () => {
    const scheduledFor = "2999-01-01T00:00:00.000Z";
    const { id } = await write({ status: "scheduled", scheduledFor });
    const { json } = await correct(id, { text: "There were four." });
    expect(json).toMatchObject({ status: "scheduled", revision: 2, scheduledRevision: 2 });
  });

  it("is refused in the bin", async () => {
    const { id } = await write();
    await call("DELETE", `/articles/${id}`, { headers: force });
    expect((await correct(id, { text: "There were four." })).status).toBe(409);
  });
});

describe("a correction", () => {
  it("is for who may publish the story, or of a draft for who may revise it", async () => {
    const contributor = await keyFor("contributor", "mara-quill");
    const author = await keyFor("author", "mara-quill");
    const { id } = await publish();
    expect((await correct(id, { text: "No." }, contributor)).status).toBe(403);
    expect((await correct(id, { text: "Yes." }, author)).status).toBe(200);
    expect((await correct(id, { text: "No." }, await keyFor("author", "ines-vale"))).status).toBe(
      403,
    );
    const draft = await write({ title: "A draft" });
    expect((await correct(draft.id, { text: "Yes." }, contributor)).status).toBe(200);
  });

  it("has a text of 1 to 2000 characters, and is no more than the fiftieth", async () => {
    const { id } = await publish();
    for (const [body, message] of [
      [{}, "text is missing."],
      [{ text: " " }, "text must not be empty."],
      [{ text: "x".repeat(2001) }, "text must be at most 2000 characters."],
      [{ text: "x", at: "2026-01-01T00:00:00Z" }, "at is no field here."],
    ] as const) {
      const { status, json } = await correct(id, body);
      expect([status, json.errors[0].message]).toEqual([422, message]);
    }
    const corrections = Array.from({ length: 50 }, (_, n) => ({ text: `Wrong ${n}.` }));
    await call("PATCH", `/articles/${id}`, { body: { corrections }, headers: force });
    const { status, json } = await correct(id, { text: "One more." });
    expect([status, json.detail]).toEqual([409, expect.stringContaining("50 corrections")]);
  });

  it("is refused where the story would grow over what one revision may come to", async () => {
    const { id } = await publish({ body: "a&amp;".repeat(87_000) });
    await env.DB.prepare(
      "update revisions set html = replace(hex(zeroblob(720000)), '00', 'xx')",
    ).run();
    const { status, json } = await correct(id, { text: "x".repeat(2000) });
    expect([status, json.errors[0].path]).toEqual([422, "text"]);
  });
});

describe("the time of an update", () => {
  const NOW = Date.parse("2026-11-01T08:00:00Z");
  const updatedAt = async (id: string) => (await call("GET", `/articles/${id}`)).json.updatedAt;
  const patch = (id: string, body: object) =>
    call("PATCH", `/articles/${id}`, { body, headers: force });

  it.each([
    [
      "edited and published in one call",
      (id: string, material: boolean) =>
        patch(id, { body: "Other words.", material, status: "published" }),
    ],
    [
      "edited first and then published",
      async (id: string, material: boolean) => {
        await patch(id, { body: "Other words." });
        return call("POST", `/articles/${id}/publish`, { body: { material }, headers: force });
      },
    ],
    [
      "edited so, and then published",
      async (id: string, material: boolean) => {
        await patch(id, { body: "Other words.", material });
        return call("POST", `/articles/${id}/publish`, { headers: force });
      },
    ],
    [
      "edited so, and published at an hour",
      async (id: string, material: boolean) => {
        await patch(id, { body: "Other words.", material });
        const scheduledFor = "2999-01-01T00:00:00.000Z";
        await call("POST", `/articles/${id}/schedule`, { body: { scheduledFor }, headers: force });
        return publishDue(deskAt(Date.parse(scheduledFor)), id);
      },
    ],
  ])("moves with what is told, and only with that, when a story is %s", async (_, act) => {
    const { id } = await publish({ publishedAt: new Date(NOW).toISOString() });
    await act(id, false);
    expect(await updatedAt(id)).toBeNull();
    expect((await visit(PATH)).text).toContain("Other words.");
    await patch(id, { body: "First words.", material: false, status: "published" });
    await act(id, true);
    expect(await updatedAt(id)).not.toBeNull();
  });
});

describe("the list of corrections", () => {
  it("is there before anything was corrected", async () => {
    const { status, text } = await visit("/corrections");
    expect([status, text.includes("No story has needed a correction so far.")]).toEqual([
      200,
      true,
    ]);
    expect((await visit("/corrections/page/2")).status).toBe(404);
    expect((await visit("/")).text).toContain('<a href="/corrections">Corrections</a>');
  });

  it("has those of live stories, newest first, fifty a page", async () => {
    const at = (n: number) => new Date(Date.UTC(2026, 1, 1 + n)).toISOString();
    const corrections = (from: number) =>
      Array.from({ length: 30 }, (_, n) => ({ text: `Wrong ${from + n}.`, at: at(from + n) }));
    const one = await publish({ title: "One", corrections: corrections(0), language: "de" });
    await publish({ title: "Other", corrections: corrections(30) });
    await write({ title: "Draft", corrections: [{ text: "Unseen." }] });
    const [first, second] = await Promise.all(
      ["/corrections", "/corrections/page/2"].map((path) => visit(path)),
    );
    const shown = (text = "") => [...text.matchAll(/Wrong (\d+)\./g)].map(([, n]) => Number(n));
    expect(shown(first?.text)).toEqual(Array.from({ length: 50 }, (_, n) => 59 - n));
    expect(shown(second?.text)).toEqual(Array.from({ length: 10 }, (_, n) => 9 - n));
    expect(first?.text).toContain('<a href="/city/other#corrections">Other</a>');
    expect(first?.text).toContain('<p lang="de" dir="ltr">Wrong 29.</p>');
    expect(first?.text).toContain('rel="next" href="/corrections/page/2">Older corrections</a>');
    expect(first?.text).not.toContain("Unseen");
    await call("POST", `/articles/${one.id}/unpublish`, { headers: force });
    expect(shown((await visit("/corrections")).text)).toHaveLength(30);
    expect((await visit("/corrections/page/2")).status).toBe(404);
    expect(await rowsOf("live_corrections")).toBe(30);
  });

  it("is no place for a redirect or a section", async () => {
    for (const from of ["/corrections", "/corrections/page/2"]) {
      const { status } = await call("POST", "/redirects", { body: { from, to: "/city" } });
      expect(status).toBe(409);
    }
  });
});
