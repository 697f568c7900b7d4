import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openAnew, paper, read } from "../edge/ledger.ts";
import { pictures } from "../support/pictures.ts";

// One day at the Ledger, from the morning conference to the night desk. Everything is done through the API, with keys of the people's
// own; the cron comes every minute; what readers get comes through the cache.

beforeEach(openAnew);
afterEach(() => void vi.useRealTimers());

/** A member of the newsroom, and what they can do. */
function member(key: string) {
  const call = async (method: string, path: string, body?: object, headers = {}) => {
    const sent = { Authorization: `Bearer ${key}`, ...headers };
    return paper.call(method, path, body, sent);
  };
  const done = async (method: string, path: string, body?: object) => {
    const { status, json } = await call(method, path, body, { "If-Match": "*" });
    expect(status, `${method} ${path} ${JSON.stringify(json)}`).toBeLessThan(300);
    return json;
  };
  return {
    call,
    write: (story: object) => done("POST", "/articles", story),
    edit: (id: string, fields: object) => done("PATCH", `/articles/${id}`, fields),
    act: (id: string, verb: string, body: object = {}) =>
      done("POST", `/articles/${id}/${verb}`, body),
    get: (path: string) => done("GET", path),
    put: (path: string, body: object) => done("PUT", path, body),
    patch: (path: string, body: object) => done("PATCH", path, body),
    post: (path: string, body: object) => done("POST", path, body),
  };
}

/** It is so late on the day; the cron has come in every minute that has passed since. */
async function at(time: string): Promise<void> {
  const moment = Date.parse(`2026-11-26T${time}:00+00:00`);
  while (Date.now() < moment - 60_000) {
    vi.setSystemTime(Math.min(moment - 60_000, Date.now() + 10 * 60_000));
    await paper.tick();
  }
  vi.setSystemTime(moment);
  await paper.tick();
  await paper.platform.settled();
}

async function reader(path: string) {
  const { status, text, headers } = await read(path);
  return { status, text, location: headers.get("Location") };
}

describe("a day in the newsroom", () => {
  it("goes from the morning's plan to the next day's front page", { timeout: 60_000 }, async () => {
    // The paper has its people.
    const root = member("bs_root_for_the_tests_and_nothing_else_at_all");
    await root.put("/authors/jonas-field", { name: "Jonas Field" });
    const keyOf = async (name: string, role: string, author?: string) =>
      member((await root.post("/keys", { name, role, ...(author && { author }) })).key);
    const mara = await keyOf("Mara Quill", "contributor", "mara-quill");
    const jonas = await keyOf("Jonas Field", "author", "jonas-field");
    const desk = await keyOf("City desk", "editor");
    const night = await keyOf("Night desk", "editor");

    // 08:00. The conference plans the flood, and a section for it that nobody shall see yet.
    await at("08:00");
    await desk.post("/sections", { slug: "flood", name: "The flood", position: 0 });
    const flood = await desk.write({
      title: "Flood",
      slug: "flood-tonight",
      section: "flood",
      authors: ["mara-quill"],
      plannedWords: 600,
      plannedFor: "2026-11-26T18:00:00+00:00",
    });
    await desk.act(flood.id, "assign", { author: "mara-quill" });
    const mine = await mara.get("/articles?assignee=mara-quill");
    expect(mine.items).toMatchObject([{ id: flood.id, plannedWords: 600 }]);
    expect((await reader("/flood")).status).toBe(404);
    expect((await reader("/")).text).not.toContain("The flood");

    // 09:00. Mara writes; her editor saves every few seconds, and the history has one revision of the morning.
    await at("09:00");
    for (let n = 1; n <= 12; n += 1) {
      vi.setSystemTime(Date.now() + 5000);
      await mara.edit(flood.id, { body: "The water came at ".concat("six ".repeat(n)) });
    }
    const morning = await mara.get(`/articles/${flood.id}/revisions`);
    expect(morning.items.map((save: { savedBy: { name: string } }) => save.savedBy.name)).toEqual([
      "Mara Quill",
      "City desk",
    ]);

    // 11:00. She hands it in; the desk opens it, and both know of each other.
    await at("11:00");
    await mara.act(flood.id, "presence");
    const there = await desk.act(flood.id, "presence");
    expect(there.items.map((one: { name: string }) => one.name)).toEqual([
      "Mara Quill",
      "City desk",
    ]);
    await mara.act(flood.id, "submit", { note: "The harbour office has not called back." });
    expect((await desk.get("/articles?review=waiting")).items).toHaveLength(1);
    await at("11:20");
    await desk.act(flood.id, "return", { note: "Not without the harbour office." });
    await at("12:30");
    await mara.edit(flood.id, {
      title: "Flood warning for the lower town",
      body: "The water comes at six, says the harbour office.",
    });
    await mara.act(flood.id, "submit");
    const thread = await desk.get(`/articles/${flood.id}/notes`);
    expect(
      thread.items.map(({ kind, text }: { kind: string; text: string }) => [kind, text]),
    ).toEqual([
      ["submit", null],
      ["return", "Not without the harbour office."],
      ["submit", "The harbour office has not called back."],
    ]);

    // 13:00. The harbour office reads it before it is out; a key is not for it.
    await at("13:00");
    const preview = await desk.act(flood.id, "previews", { expiresIn: 3600 });
    const shown = await reader(new URL(preview.url).pathname);
    expect([shown.status, shown.text.includes("says the harbour office")]).toEqual([200, true]);
    await at("14:01");
    expect((await reader(new URL(preview.url).pathname)).status).toBe(404);

    // 14:00. Two edit at once. The second is told what changed, and puts the two together.
    const { version } = await desk.get(`/articles/${flood.id}`);
    await night.edit(flood.id, { standfirst: "Cellars are to be cleared." });
    const late = await desk.call(
      "PATCH",
      `/articles/${flood.id}`,
      { title: "Flood warning" },
      { "If-Match": `"${version}"` },
    );
    expect([late.status, late.json.changed]).toEqual([412, expect.arrayContaining(["standfirst"])]);
    await desk.edit(flood.id, { title: "Flood warning for tonight" });

    // 15:00. It is set to six in the evening; so is the front page that leads with it, in words of its own.
    await at("15:00");
    await desk.act(flood.id, "schedule", { scheduledFor: "2026-11-26T19:00:00+01:00" });
    await desk.put("/front", {
      lead: { story: flood.id, title: "Tonight" },
      scheduledFor: "2026-11-26T19:00:00+01:00",
    });
    await at("17:59");
    expect((await reader("/flood/flood-tonight")).status).toBe(404);
    expect((await reader("/")).text).not.toMatch(/Tonight|Flood/);

    // 18:00. It is out everywhere: its page, its section, which is in the masthead, and the front.
    await at("18:00");
    const story = await reader("/flood/flood-tonight");
    expect([story.status, story.text.includes("Flood warning for tonight")]).toEqual([200, true]);
    expect((await reader("/")).text).toContain("Tonight");
    expect((await reader("/flood")).status).toBe(200);
    await at("18:03");
    expect((await reader("/city")).text).toContain('href="/flood"');

    // 19:00. Jonas publishes what is his, with a picture; it is not for him to change Mara's.
    await at("19:00");
    const { json: picture } = await paper.upload(pictures.png.slice(), {
      alt: "Sandbags at the gate.",
    });
    const bags = await jonas.write({
      title: "Sandbags",
      section: "flood",
      hero: { src: picture.src },
      body: "Four hundred of them.",
      status: "published",
    });
    expect(bags).toMatchObject({ authors: ["jonas-field"], edge: "live" });
    expect(
      (await jonas.call("PATCH", `/articles/${flood.id}`, { title: "Mine" }, { "If-Match": "*" }))
        .status,
    ).toBe(403);

    // 20:00. There were forty. The correction is on the page at once, and so is the list of all; what is being written is not.
    await at("20:00");
    await jonas.edit(bags.id, { body: "Forty of them, and more on the way." });
    await jonas.act(bags.id, "corrections", {
      text: "There were forty sandbags, not four hundred.",
    });
    const corrected = await reader("/flood/sandbags");
    expect(corrected.text).toContain("not four hundred");
    expect(corrected.text).not.toContain("more on the way");
    expect((await reader("/corrections")).text).toContain("not four hundred");
    await jonas.act(bags.id, "publish");
    expect((await reader("/flood/sandbags")).text).toContain("more on the way");

    // 21:00. The night desk thinks better of an edit, moves a story, and calls the section by its name.
    await at("21:00");
    await night.edit(flood.id, { title: "PANIC" });
    const difference = await night.get(`/articles/${flood.id}/revisions/published..head/diff`);
    expect(difference.fields).toMatchObject([{ field: "title", after: "PANIC" }]);
    await night.act(flood.id, "discard");
    await night.edit(bags.id, { slug: "forty-sandbags", status: "published" });
    await root.patch("/sections/flood", { slug: "high-water", name: "High water" });
    expect(await reader("/flood/sandbags")).toMatchObject({
      status: 301,
      location: "/high-water/forty-sandbags",
    });
    expect(await reader("/flood")).toMatchObject({ status: 301, location: "/high-water" });
    expect((await reader("/high-water/flood-tonight")).text).toContain("Flood warning for tonight");

    // 22:00. A picture shows somebody who must not be shown: the story goes, and everything at its addresses.
    await at("22:00");
    await night.act(bags.id, "remove", { reason: "Order of the court, by telephone, 21:40" });
    for (const path of ["/high-water/forty-sandbags", picture.src])
      expect((await reader(path)).status).toBe(410);
    expect((await reader("/corrections")).text).not.toContain("not four hundred");

    // 23:00. The front for the morning waits; the audit says who did what.
    await at("23:00");
    await night.put("/front", { lead: flood.id, scheduledFor: "2026-11-27T06:00:00+00:00" });
    const acts = await night.get(`/audit?subject=article:${bags.id}&limit=100`);
    expect(
      acts.items.map(
        ({ act, actorName }: { act: string; actorName: string }) => `${actorName}: ${act}`,
      ),
    ).toEqual([
      "Night desk: remove for legal reasons",
      "Night desk: publish",
      "Jonas Field: publish",
      "Jonas Field: correct",
      "Jonas Field: revise",
      "Jonas Field: create published",
    ]);
    vi.setSystemTime(Date.parse("2026-11-27T06:00:30Z"));
    await paper.tick();
    await paper.platform.settled();
    const front = await reader("/");
    expect(front.text).toContain("Flood warning for tonight");
    expect(front.text).not.toContain(">Tonight<");
  });
});
