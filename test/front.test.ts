import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../src/cron.ts";
import { fill } from "./support/corpus.ts";
import { pictures } from "./support/pictures.ts";
import {
  call,
  deskAt,
  keyFor,
  linksOf,
  openNewsroom,
  publish,
  rowsOf,
  upload,
  visit,
  write,
} from "./support/newsroom.ts";

// The front page as editors arrange it: rows, words and pictures of its own, and what is to come.

beforeEach(openNewsroom);

const ANY = { "If-Match": "*" };
const MINUTE = 60_000;

const arrange = (body: object, headers: Record<string, string> = ANY) =>
  call("PUT", "/front", { body, headers });
const act = (id: string, verb: string) =>
  call("POST", `/articles/${id}/${verb}`, { headers: ANY, body: {} });
const pathsOf = (json: { errors: { path: string }[] }) => json.errors.map(({ path }) => path);
const iso = (time: number) => new Date(time).toISOString();

/** The rows that readers see, each with the headlines in it. */
async function rowsSeen(): Promise<[string, string[]][]> {
  const { text } = await visit("/");
  const [, chosen = ""] = /<div class="chosen">(.*?)<\/section><\/div>/s.exec(text) ?? [];
  return chosen.split("<section").flatMap((section): [string, string[]][] => {
    const [, name] = /<h2[^>]*>([^<]*)<\/h2>/.exec(section) ?? [];
    const headlines = [...section.matchAll(/<h3[^>]*><a[^>]*>([^<]*)</g)];
    return name === undefined ? [] : [[name, headlines.map(([, title = ""]) => title)]];
  });
}

async function face(): Promise<{ text: string; headers: string[] }> {
  const { text, headers } = await visit("/");
  return { text, headers: ["ETag", "Cache-Tag"].map((name) => headers.get(name) ?? "") };
}

const titled = (title: string, day = 1) =>
  publish({ title, publishedAt: `2026-01-${String(day).padStart(2, "0")}T08:00:00Z` });

/** The ids of so many stories, a day apart, oldest first. */
async function titledMany(count: number): Promise<string[]> {
  const items = Array.from({ length: count }, (_, n) => ({
    key: `${n}`,
    title: `Story ${n + 1}`,
    section: "city",
    publishedAt: iso(Date.UTC(2026, 0, n + 1)),
  }));
  const { json } = await call("POST", "/imports", { body: { source: "wire", items } });
  return json.items.map(({ id }: { id: string }) => id);
}

describe("the front page in the API", () => {
  it("tells every entry whole, with its story's status, and takes ids as well as objects", async () => {
    const live = await titled("Live");
    const draft = await write({ title: "Draft" });
    const arranged = await arrange({
      lead: live.id,
      rows: [{ name: " The flood ", entries: [{ story: draft.id, title: "Said in front" }] }],
    });
    expect(arranged.status).toBe(200);
    const { json, headers } = await call("GET", "/front");
    expect(headers.get("ETag")).toBe('"2"');
    const own = { title: null, standfirst: null, hero: null };
    expect(json).toEqual({
      lead: { story: live.id, ...own, headline: "Live", status: "published" },
      pinned: [],
      rows: [
        {
          name: "The flood",
          entries: [
            { story: draft.id, ...own, title: "Said in front", headline: "Draft", status: "draft" },
          ],
        },
      ],
      scheduled: null,
      version: 2,
    });
    expect(arranged.json).toEqual({ ...json, edge: arranged.json.edge });
    expect(arranged.headers.get("ETag")).toBe('"2"');
  });

  it("takes what it answered, and writes nothing for it", async () => {
    const { src } = (await upload(pictures.png, { alt: "A gate." })).json;
    const one = await titled("One");
    const two = await titled("Two");
    await arrange({
      lead: { story: one.id, title: "Own", hero: { src } },
      scheduledFor: iso(Date.now() + MINUTE),
    });
    await arrange({ rows: [{ name: "Row", entries: [{ story: two.id, hero: { src } }] }] });
    const { json } = await call("GET", "/front");
    // What stands in an entry of its story may have changed since.
    await act(two.id, "unpublish");
    const before = await rowsOf("audit");
    const again = await arrange(json, { "If-Match": `"${json.version}"` });
    expect(again.status, again.text).toBe(200);
    expect(again.json.version).toBe(json.version);
    expect(await rowsOf("audit")).toBe(before);
    const other = await arrange({ ...json, version: 1, scheduled: null });
    expect(pathsOf(other.json)).toEqual(["version", "scheduled"]);
  });

  it("is changed only by who has read it: 428, and 412 with what is there", async () => {
    const story = await titled("One");
    expect((await arrange({ lead: story.id }, {})).status).toBe(428);
    expect((await call("DELETE", "/front/scheduled")).status).toBe(428);
    const { json } = await call("GET", "/front");
    const match = { "If-Match": `W/"0", W/"${json.version}"` };
    const first = await arrange({ lead: story.id }, match);
    expect([first.status, first.json.version]).toEqual([200, json.version + 1]);
    const stale = await arrange({ lead: null }, match);
    expect(stale.status).toBe(412);
    expect(stale.headers.get("ETag")).toBe(`"${first.json.version}"`);
    const { edge: _, ...current } = first.json;
    expect(stale.json.current).toEqual(current);
    expect(stale.json.changed).toEqual(["lead"]);
    const scheduledFor = "2999-01-01T00:00:00Z";
    await arrange({ pinned: [story.id], scheduledFor }, ANY);
    expect((await arrange({ lead: null }, match)).json.changed).toEqual(["lead", "scheduled"]);
    expect((await arrange({ lead: null }, { "If-Match": '"x"' })).json.changed).toBeNull();
    // Another version of the Worker has written it, and told of nothing.
    await env.DB.prepare("update front set version = version + 1").run();
    expect((await arrange({ lead: null }, match)).json.changed).toBeNull();
    // What it did stays unknown after what is told.
    const { version } = (await call("GET", "/front")).json;
    await arrange({ pinned: [] }, ANY);
    await arrange({ pinned: [story.id] }, ANY);
    expect((await arrange({ lead: null }, match)).json.changed).toBeNull();
    const since = await arrange({ lead: null }, { "If-Match": `"${version}"` });
    expect(since.json.changed).toEqual(["lead", "pinned"]);
    expect((await arrange({ lead: "nobody" }, match)).status, "first things first").toBe(412);
    expect((await arrange({ lead: null }, ANY)).status).toBe(200);
    expect((await arrange({ lead: null }, { "If-Match": "2" })).status).toBe(400);
  });

  it("lets one of two who arrange it at once through, and tells the other", async () => {
    const story = await titled("One");
    const { json } = await call("GET", "/front");
    const match = { "If-Match": `"${json.version}"` };
    const both = await Promise.all([
      arrange({ lead: story.id }, match),
      arrange({ pinned: [story.id] }, match),
    ]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 412]));
    expect((await call("GET", "/front")).json.version).toBe(json.version + 1);
  });

  it("names every entry, row and time that is wrong, and changes nothing", async () => {
    const [one, two] = [await titled("One"), await titled("Two")];
    const { version } = (await call("GET", "/front")).json;
    const row = (entries: unknown, name: unknown = "Row") => ({ rows: [{ name, entries }] });
    const alt = "A gate.";
    const wrong: [object, string[]][] = [
      [{ lead: one.id, ...row([two.id, one.id]) }, ["rows.0.entries.1"]],
      [{ pinned: [one.id, { story: one.id, title: "Again" }] }, ["pinned.1"]],
      [row([one.id, "nobody"]), ["rows.0.entries.1"]],
      [row([]), ["rows.0.entries"]],
      [row(Array.from({ length: 9 }, () => one.id)), ["rows.0.entries"]],
      [row([one.id], "x".repeat(61)), ["rows.0.name"]],
      [row([one.id], "Two\nlines"), ["rows.0.name"]],
      [row([one.id], " "), ["rows.0.name"]],
      [{ rows: Array.from({ length: 7 }, () => row([one.id]).rows[0]) }, ["rows"]],
      [{ rows: [row([one.id]).rows[0], row([two.id]).rows[0]] }, ["rows.1.name"]],
      [{ pinned: Array.from({ length: 13 }, (_, n) => `s${n}`) }, ["pinned"]],
      [{ lead: 5 }, ["lead"]],
      [{ lead: {} }, ["lead.story"]],
      [{ lead: { story: one.id, kicker: "No" } }, ["lead.kicker"]],
      [{ lead: { story: one.id, title: "" } }, ["lead.title"]],
      [{ lead: { story: one.id, hero: { src: "https://x.example/a.jpg" } } }, ["lead.hero.alt"]],
      [
        { lead: { story: one.id, hero: { src: "http://x.example/a.jpg", alt } } },
        ["lead.hero.src"],
      ],
      [
        row([{ story: one.id, hero: { src: `/media/${"b".repeat(32)}/no.png`, alt } }]),
        ["rows.0.entries.0.hero.src"],
      ],
      [{ scheduledFor: "tomorrow" }, ["scheduledFor"]],
      [{ scheduledFor: iso(Date.now() - 1) }, ["scheduledFor"]],
      [{ leed: one.id }, ["leed"]],
    ];
    for (const [body, paths] of wrong) {
      const { status, json } = await arrange(body);
      expect([JSON.stringify(body).slice(0, 80), status]).toEqual([expect.anything(), 422]);
      expect(pathsOf(json)).toEqual(paths);
    }
    const [message] = (await arrange(row([one.id, one.id]))).json.errors;
    expect(message.message).toBe(`The story "${one.id}" is placed already, at rows.0.entries.0.`);
    expect((await arrange({ lead: 5 })).json.errors[0].message).toBe(
      "lead must be the id of a story, or an object with it as story.",
    );
    expect((await call("GET", "/front")).json.version).toBe(version);
  });

  it("bounds what all of its own words come to", async () => {
    const long = "漢".repeat(1000);
    const hero = { src: `https://x.example/${"x".repeat(1900)}`, alt: long, caption: long };
    const own = { standfirst: long, title: "漢".repeat(300), hero };
    const entries = (await titledMany(28)).map((story) => ({ story, ...own }));
    const rows = [0, 1].map((row) => ({
      name: `Row ${row}`,
      entries: entries.slice(12 + row * 8, 20 + row * 8),
    }));
    expect((await arrange({ pinned: entries.slice(0, 12) })).status).toBe(200);
    const refused = await arrange({ pinned: entries.slice(0, 12), rows });
    expect([refused.status, pathsOf(refused.json)]).toEqual([422, [""]]);
    expect(refused.json.detail).toContain("at most 262144 are kept");
  });

  it("is seen by authors, arranged by editors, and hidden from contributors", async () => {
    const story = await titled("One");
    const as = async (role: string) => {
      const key = await keyFor(role);
      const got = await call("GET", "/front", { key });
      const put = await call("PUT", "/front", { key, headers: ANY, body: { lead: story.id } });
      const dropped = await call("DELETE", "/front/scheduled", { key, headers: ANY });
      return [got.status, put.status, dropped.status];
    };
    expect(await as("contributor")).toEqual([403, 403, 403]);
    expect(await as("author")).toEqual([200, 403, 403]);
    expect(await as("editor")).toEqual([200, 200, 200]);
  });

  it("is recorded as it was and as it is, in what changed alone", async () => {
    const [one, two] = [await titled("One"), await titled("Two")];
    await arrange({ lead: one.id, pinned: [two.id] });
    await arrange({ lead: { story: one.id, title: "Own" }, pinned: [two.id] });
    const [last] = (await call("GET", "/audit?subject=front")).json.items;
    const own = { story: one.id, title: null, standfirst: null, hero: null };
    expect([last.act, last.detail]).toEqual([
      "arrange",
      { before: { lead: own }, after: { lead: { ...own, title: "Own" } } },
    ]);
  });
});

describe("a reader of the front page", () => {
  it("sees the rows in their order, between what leads and what is newest", async () => {
    const [lead, a, b, c] = [
      await titled("Lead"),
      await titled("A", 2),
      await titled("B", 3),
      await titled("C", 4),
    ];
    await titled("Newest", 9);
    await arrange({
      lead: lead.id,
      rows: [
        { name: "The flood", entries: [c.id, a.id] },
        { name: "Weekend & after", entries: [b.id] },
      ],
    });
    expect(await rowsSeen()).toEqual([
      ["The flood", ["C", "A"]],
      ["Weekend &amp; after", ["B"]],
    ]);
    const { text } = await visit("/");
    const stories = linksOf(text).filter((link) => /^\/city\/./.test(link));
    expect(stories).toEqual(["/city/lead", "/city/c", "/city/a", "/city/b", "/city/newest"]);
    const levels = [...text.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.every((level, at) => level <= (levels[at - 1] ?? 0) + 1)).toBe(true);
  });

  it("sees own words on the front page and nowhere else", async () => {
    const story = await publish({ title: "Plain", standfirst: "As it is." });
    const others = ["/city", new URL(story.url).pathname, "/city/feed.json", "/authors/mara-quill"];
    const before = await Promise.all(others.map(async (path) => (await visit(path)).text));
    await arrange({
      rows: [
        { name: "Row", entries: [{ story: story.id, title: "Said <b>", standfirst: "In front." }] },
      ],
    });
    const { text } = await visit("/");
    expect(text).toContain("Said &lt;b&gt;");
    expect(text).toContain("In front.");
    expect(text).not.toContain("As it is.");
    expect(await Promise.all(others.map(async (path) => (await visit(path)).text))).toEqual(before);
  });

  it("sees each story once there, and all of them on the pages behind", async () => {
    const ids = await titledMany(24);
    const before = (await visit("/page/2")).text;
    await arrange({ rows: [{ name: "Row", entries: [ids[0], ids[23], ids[10]] }] });
    expect((await visit("/page/2")).text).toBe(before);
    const seen = async (path: string) =>
      linksOf((await visit(path)).text).filter((link) => link.startsWith("/city/story-"));
    const front = await seen("/");
    expect(new Set(front).size).toBe(front.length);
    expect(new Set([...front, ...(await seen("/page/2"))]).size).toBe(24);
  });

  it("does not see what is withdrawn or expires, nor a row without anything live, until it comes back", async () => {
    const [one, two] = [await titled("One"), await titled("Two", 2)];
    await titled("Other", 3);
    await arrange({
      rows: [
        { name: "Both", entries: [one.id] },
        { name: "Alone", entries: [two.id] },
      ],
    });
    await act(two.id, "unpublish");
    expect(await rowsSeen()).toEqual([["Both", ["One"]]]);
    await call("PATCH", `/articles/${one.id}`, {
      headers: ANY,
      body: { expiresAt: iso(Date.now() + MINUTE) },
    });
    await tick(env, deskAt(Date.now() + 2 * MINUTE));
    expect(await rowsSeen()).toEqual([]);
    expect((await visit("/")).text).not.toContain("Alone");
    await act(two.id, "publish");
    expect(await rowsSeen()).toEqual([["Alone", ["Two"]]]);
    const { rows } = (await call("GET", "/front")).json;
    expect(
      rows.map(({ entries: [entry] }: { entries: { status: string }[] }) => entry?.status),
    ).toEqual(["withdrawn", "published"]);
  });

  it("cannot tell that words, a row or a picture wait for a story that is not out", async () => {
    await titled("Out");
    const { src } = (await upload(pictures.png, { alt: "A gate." })).json;
    const secret = await write({ title: "Secret" });
    const before = await face();
    const never = await visit(`/media/${"a".repeat(32)}/gate.png`);
    await arrange({
      pinned: [{ story: secret.id, title: "Secret words", hero: { src } }],
    });
    await arrange({
      rows: [
        { name: "Secret row", entries: [{ story: secret.id, title: "Words", hero: { src } }] },
      ],
    });
    expect(await face()).toEqual(before);
    const picture = await visit(src);
    expect([picture.status, picture.text]).toEqual([never.status, never.text]);
    await act(secret.id, "publish");
    expect(await rowsSeen()).toEqual([["Secret row", ["Words"]]]);
    expect((await visit(src)).status).toBe(200);
    await act(secret.id, "unpublish");
    expect((await visit(src)).status, "readers have had it").toBe(410);
  });
});

describe("a front page that is arranged to the full", () => {
  it("shows all of it, and its tags have room", async () => {
    await fill(200, "hourly");
    const { text, headers } = await visit("/");
    expect(text.match(/<article class="card/g)?.length).toBe(1 + 12 + 48 + 20);
    expect(text.match(/Own words/g)).toHaveLength(61);
    expect(headers.get("Cache-Tag")?.length).toBeLessThan(12 * 1024);
    expect((await rowsSeen()).map(([name, stories]) => [name, stories.length])).toEqual(
      Array.from({ length: 6 }, (_, row) => [`Row ${row}`, 8]),
    );
  });
});

describe("a picture that an entry has of its own", () => {
  async function placed() {
    const { json: picture } = await upload(pictures.jpeg, { alt: "A bridge.", credit: "Desk" });
    const story = await titled("One");
    const entry = { story: story.id, hero: { src: picture.src, alt: "As in front." } };
    return { picture, story, entry };
  }

  it("is had by readers exactly while the front page shows it", async () => {
    const { picture, story, entry } = await placed();
    const status = async () => (await visit(picture.src)).status;
    expect(await status()).toBe(404);
    const { json } = await arrange({ lead: entry });
    expect(json.lead.hero).toMatchObject({
      alt: "As in front.",
      credit: "Desk",
      width: picture.width,
    });
    expect(await status()).toBe(200);
    await act(story.id, "unpublish");
    expect(await status()).toBe(410);
    await act(story.id, "publish");
    expect(await status()).toBe(200);
    await arrange({ lead: story.id });
    expect(await status()).toBe(410);
    // What another shows is not the front page's to take away.
    await arrange({ lead: entry });
    await publish({ title: "Two", hero: { src: picture.src } });
    await arrange({ lead: story.id });
    expect(await status()).toBe(200);
  });

  it("may be elsewhere, at https", async () => {
    const { story } = await placed();
    const hero = {
      src: "https://elsewhere.example/x.jpg",
      decorative: true,
      width: 900,
      height: 600,
    };
    expect((await arrange({ lead: { story: story.id, hero } })).status).toBe(200);
    expect((await visit("/")).text).toContain("https://elsewhere.example/x.jpg");
  });

  it("is in use, on the front page that is up and on the one that is to come", async () => {
    const { picture, story, entry } = await placed();
    const remove = (how = "") => call("DELETE", `/media/${picture.hash}${how}`);
    await arrange({ lead: entry });
    const up = await remove();
    expect([up.status, pathsOf(up.json)]).toEqual([409, ["front"]]);
    await arrange({ lead: entry, scheduledFor: iso(Date.now() + MINUTE) });
    await arrange({ lead: story.id });
    const toCome = await remove();
    expect([toCome.status, pathsOf(toCome.json)]).toEqual([409, ["front.scheduled"]]);
    await arrange({ rows: [{ name: "Row", entries: [entry] }] });
    const etag = (await visit("/")).headers.get("ETag");
    expect((await remove("?force=true")).status).toBe(204);
    const { json } = await call("GET", "/front");
    expect([json.rows[0].entries[0].hero, json.scheduled.lead.hero]).toEqual([null, null]);
    const { text, headers } = await visit("/");
    expect(text).not.toContain(picture.hash);
    expect(headers.get("ETag")).not.toBe(etag);
    expect((await visit(picture.src)).status).toBe(410);
    const again = await arrange({ lead: entry });
    expect([again.status, pathsOf(again.json)]).toEqual([422, ["lead.hero.src"]]);
  });
});

describe("a scheduled front", () => {
  /** Schedules a front that is led by one story, over one that is led by another. */
  async function scheduled() {
    const [now, next] = [await titled("Now"), await titled("Next", 2)];
    await arrange({ lead: now.id });
    const at = Date.now() + 10 * MINUTE;
    const set = await arrange({
      lead: { story: next.id, title: "In its hour" },
      rows: [{ name: "Evening", entries: [now.id] }],
      scheduledFor: iso(at),
    });
    expect([set.status, set.json.edge]).toEqual([200, "none"]);
    return { now, next, at };
  }

  const leads = async () =>
    /class="card lead[^"]*".*?<h3[^>]*><a[^>]*>([^<]*)</s.exec((await visit("/")).text)?.[1];
  const raised = async () =>
    (await call("GET", "/audit?subject=front")).json.items.filter(
      ({ act: name }: { act: string }) => name === "arrange on schedule",
    ).length;

  it("changes no byte before its hour, and is told to editors", async () => {
    const story = await titled("Now");
    const before = await face();
    const edition = await env.DB.prepare("select n from edition").first("n");
    await arrange({ lead: story.id, scheduledFor: "2999-01-01T02:00:00+02:00" });
    expect(await face()).toEqual(before);
    expect(await env.DB.prepare("select n from edition").first("n")).toBe(edition);
    const { json } = await call("GET", "/front");
    expect(json).toMatchObject({
      lead: null,
      scheduled: { lead: { story: story.id }, rows: [], scheduledFor: "2999-01-01T00:00:00.000Z" },
    });
  });

  it("goes up in its minute and not a second before, once, however often the clock ticks", async () => {
    const { at } = await scheduled();
    const { version } = (await call("GET", "/front")).json;
    await tick(env, deskAt(at - 1000));
    expect(await leads()).toBe("Now");
    await Promise.all([tick(env, deskAt(at)), tick(env, deskAt(at))]);
    await tick(env, deskAt(at));
    expect(await leads()).toBe("In its hour");
    expect(await rowsSeen()).toEqual([["Evening", ["Now"]]]);
    const { json } = await call("GET", "/front");
    expect([json.scheduled, json.version]).toEqual([null, version + 1]);
    expect(await raised()).toBe(1);
    // What an editor does afterwards stays.
    await arrange({});
    await tick(env, deskAt(at + MINUTE));
    expect((await call("GET", "/front")).json.lead).toBeNull();
  });

  it("goes up late when hours were missed", async () => {
    const { at } = await scheduled();
    await tick(env, deskAt(at + 26 * 60 * MINUTE));
    expect(await leads()).toBe("In its hour");
    expect(await raised()).toBe(1);
  });

  it("begins with a story of the same hour", async () => {
    const at = Date.now() + 10 * MINUTE;
    const story = await write({
      title: "Of its hour",
      status: "scheduled",
      scheduledFor: iso(at),
      publishedAt: "2026-01-01T00:00:00Z",
    });
    await titled("Newer", 3);
    await arrange({ lead: story.id, scheduledFor: iso(at) });
    await tick(env, deskAt(at));
    expect(await leads()).toBe("Of its hour");
  });

  it("stays when the one that is up is arranged, and gives way to another", async () => {
    const { now, next, at } = await scheduled();
    await arrange({ pinned: [now.id] });
    expect((await call("GET", "/front")).json.scheduled.scheduledFor).toBe(iso(at));
    await arrange({ pinned: [next.id], scheduledFor: iso(at + MINUTE) });
    const { json } = await call("GET", "/front");
    expect(json).toMatchObject({
      pinned: [{ story: now.id }],
      scheduled: { lead: null, pinned: [{ story: next.id }], scheduledFor: iso(at + MINUTE) },
    });
  });

  it("is taken out, by a call of its own or by null, and what is up stays", async () => {
    const { now, at } = await scheduled();
    const dropped = await call("DELETE", "/front/scheduled", { headers: ANY });
    expect(dropped.json).toMatchObject({ lead: { story: now.id }, scheduled: null, edge: "none" });
    expect(dropped.headers.get("ETag")).toBe(`"${dropped.json.version}"`);
    await tick(env, deskAt(at));
    expect(await leads()).toBe("Now");
    const again = await call("DELETE", "/front/scheduled", { headers: ANY });
    expect([again.status, again.json.version]).toEqual([200, dropped.json.version]);

    await arrange({ scheduledFor: iso(at) });
    const alone = await arrange({ scheduledFor: null });
    expect(alone.json).toMatchObject({ lead: { story: now.id }, scheduled: null });
    await arrange({ scheduledFor: iso(at) });
    const both = await arrange({ pinned: [now.id], scheduledFor: null });
    expect(both.json).toMatchObject({ lead: null, pinned: [{ story: now.id }], scheduled: null });
  });

  it("keeps its pictures from readers until it is up, and goes up without those that were taken down", async () => {
    const { json: kept } = await upload(pictures.png, { alt: "A gate." });
    const { json: lost } = await upload(pictures.gif, { alt: "A quay." });
    const [one, two] = [await titled("One"), await titled("Two", 2)];
    const at = Date.now() + MINUTE;
    await arrange({
      lead: { story: one.id, hero: { src: kept.src } },
      pinned: [{ story: two.id, hero: { src: lost.src } }],
      scheduledFor: iso(at),
    });
    expect((await visit(kept.src)).status).toBe(404);
    // Past the API, which would have taken it out of the front, as when both are done at once.
    await env.DB.prepare("update media set removed_at = 1 where hash = ?").bind(lost.hash).run();
    await tick(env, deskAt(at));
    expect((await visit(kept.src)).status).toBe(200);
    const { json } = await call("GET", "/front");
    expect([json.lead.hero.src, json.pinned[0].hero]).toEqual([kept.src, null]);
  });
});

describe("a front page that is looked at before it goes up", () => {
  const look = (body: object, key?: string) =>
    call("POST", "/front/preview", { body, ...(key && { key }) });
  const titles = (cards: { title: string }[]) => cards.map(({ title }) => title);

  it("is what readers see once it is up, and says what falls and what comes", async () => {
    // Twenty are the newest, and a section's latest are among them.
    await fill(30, "hourly");
    const author = await keyFor("author");
    const [old, older] = [await titled("Old", 2), await titled("Older", 1)];
    const draft = await write({ title: "Draft" });
    await arrange({ lead: old.id });
    const before = await rowsOf("audit");
    const body = {
      lead: draft.id,
      pinned: [{ story: older.id, title: "As pinned", standfirst: null, hero: null }],
    };
    const { status, json, text } = await look(body, author);
    expect(status, text).toBe(200);
    // What is not out is passed over, and the newest leads.
    expect(json.lead.title).toMatch(/^Story/);
    expect(titles(json.pinned)).toEqual(["As pinned"]);
    expect([titles(json.falls), titles(json.gains)]).toEqual([["Old"], ["As pinned"]]);
    expect(json.pinned[0]).toEqual({
      id: older.id,
      title: "As pinned",
      section: "city",
      publishedAt: "2026-01-01T08:00:00.000Z",
      url: older.url,
      hero: null,
    });
    expect(await rowsOf("audit")).toBe(before);
    expect((await call("GET", "/front")).json.lead.story).toBe(old.id);

    await arrange(body);
    const links = new Set(linksOf((await visit("/")).text));
    const shown = [json.lead, ...json.pinned, ...json.latest];
    for (const { url } of shown) expect(links).toContain(new URL(url).pathname);
    expect(links).not.toContain(new URL(json.falls[0].url).pathname);
    const again = (await look(body)).json;
    expect([again.falls, again.gains, again.latest]).toEqual([[], [], json.latest]);
    expect((await look({ scheduledFor: null })).json).toEqual(again);
  });

  it("has rows, and is refused where the front page would be", async () => {
    const [one, two] = [await titled("One"), await titled("Two", 2)];
    const rows = [{ name: "The flood", entries: [one.id] }];
    const { json } = await look({ lead: two.id, rows });
    expect([json.lead.title, json.rows[0].name, titles(json.rows[0].cards)]).toEqual([
      "Two",
      "The flood",
      ["One"],
    ]);
    const refused = await look({ lead: one.id, pinned: [one.id, "nothing"] });
    expect([refused.status, pathsOf(refused.json)]).toEqual([422, ["pinned.0", "pinned.1"]]);
    expect((await look({ lead: two.id }, await keyFor("contributor"))).status).toBe(403);
  });
});
