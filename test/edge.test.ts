import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deliveryOf, purgeTarget } from "../src/editor/delivery.ts";
import type { Bindings } from "../src/store/open.ts";
import { emptyStores } from "./support/emptied.ts";
import { openPaper, type Called, type Paper } from "./support/paper.ts";
import { pictures } from "./support/pictures.ts";
import { emptyCache, pathsStored, storeAt, storedAt, tickOn } from "./support/platform.ts";
import { withHook } from "./support/sqlite-d1.ts";

// What readers get at the edge while editors publish, and while something is away. The cache in front is the platform's as
// far as purging goes (support/platform.ts); D1, KV and R2 are real.

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 25, 12);
const ANY = { "If-Match": "*" };

let paper: Paper;

beforeEach(async () => {
  await emptyStores();
  vi.useFakeTimers({ toFake: ["Date"], now: START });
  paper = await openLedger();
});

afterEach(() => void vi.useRealTimers());

/** A paper with two sections and an author, and nothing left to be done. */
async function openLedger(change: Partial<Bindings> = {}): Promise<Paper> {
  const opened = openPaper({ ...env, ...change });
  await opened.call("PUT", "/sections/city", { name: "City", position: 1 });
  await opened.call("PUT", "/sections/culture", { name: "Culture", position: 2 });
  await opened.call("PUT", "/authors/mara-quill", { name: "Mara Quill", bio: "At the harbour." });
  pass(10 * MINUTE);
  await opened.tick();
  opened.platform.told.length = 0;
  return opened;
}

function pass(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}

async function publish(fields: object = {}, on = paper): Promise<Called["json"]> {
  const { status, json } = await on.call("POST", "/articles", {
    title: "Trams return",
    section: "city",
    authors: ["mara-quill"],
    body: "They rang.",
    status: "published",
    ...fields,
  });
  expect(status, JSON.stringify(json)).toBe(201);
  return json;
}

const patch = (id: string, fields: object, on = paper) =>
  on.call("PATCH", `/articles/${id}`, { ...fields, status: "published" }, ANY);

async function read(path: string, headers: Record<string, string> = {}, on = paper) {
  const response = await on.visit(path, headers);
  const text = await response.text();
  await on.platform.settled();
  const cache = response.headers.get("Cf-Cache-Status");
  return { status: response.status, headers: response.headers, cache, text };
}

/** What is still to be done for the edge. */
async function toDo(kinds = "'purge', 'close', 'invalidate'"): Promise<number> {
  const row = await env.DB.prepare(
    `select count(*) as n from outbox where done_at is null and kind in (${kinds})`,
  ).first<{ n: number }>();
  return row?.n ?? -1;
}

/** Leaves a purge to be done, due since ever. */
async function owe(id: string, payload: object): Promise<void> {
  await env.DB.prepare(
    "insert into outbox (id, kind, payload, created_at, due_at) values (?, 'purge', ?, 0, 0)",
  )
    .bind(id, JSON.stringify(payload))
    .run();
}

/** Changes a story behind the cache's back. */
async function changeUnheard(id: string): Promise<void> {
  await env.DB.prepare("update revisions set html = '<p>Anew.</p>' where article_id = ?")
    .bind(id)
    .run();
}

/** A database whose every request fails as D1's do when it is away. */
function awayDatabase(): D1Database {
  return withHook(env.DB, () => Promise.reject(new Error("D1_ERROR: Network connection lost.")));
}

describe("a publication", () => {
  it("that says live is live on the story, the front and its section, where it was not before", async () => {
    for (const path of ["/", "/city", "/city/trams-return"]) await read(path);
    expect((await read("/city/trams-return")).cache).toBe("HIT");
    const story = await publish();
    expect(story.edge).toBe("live");
    for (const path of ["/", "/city", "/city/trams-return"]) {
      const { status, cache, text } = await read(path);
      // Read back, and so warm already.
      expect([path, status, cache]).toEqual([path, 200, "HIT"]);
      expect(text).toContain("Trams return");
    }
  });

  it("of a change is seen on the very next request, and one that is pulled is gone on it", async () => {
    const story = await publish();
    expect((await patch(story.id, { title: "Trams are back" })).json.edge).toBe("live");
    expect((await read("/city")).text).toContain("Trams are back");
    const withdrawn = await paper.call("POST", `/articles/${story.id}/unpublish`, undefined, ANY);
    expect(withdrawn.json.edge).toBe("live");
    expect((await read("/city/trams-return")).status).toBe(410);
    for (const path of ["/", "/city", "/authors/mara-quill"])
      expect((await read(path)).text).not.toContain("Trams are back");
  });

  it("leaves warm what has nothing to do with it", async () => {
    await publish({ title: "Elsewhere", section: "culture", publishedAt: "2026-01-02T08:00:00Z" });
    await publish({ title: "Between", section: "culture", publishedAt: "2026-01-03T08:00:00Z" });
    for (const path of ["/culture", "/culture/elsewhere"]) await read(path);
    await publish();
    for (const path of ["/culture", "/culture/elsewhere"])
      expect([path, (await read(path)).cache]).toEqual([path, "HIT"]);
  });

  it("says none when readers see nothing else", async () => {
    const draft = await paper.call("POST", "/articles", { title: "Draft", section: "city" });
    expect(draft.json.edge).toBe("none");
    const story = await publish();
    const edited = await paper.call("PATCH", `/articles/${story.id}`, { title: "Unseen" }, ANY);
    expect(edited.json.edge).toBe("none");
    const unused = await paper.call("PUT", "/authors/new-name", { name: "New Name" });
    expect(unused.json.edge).toBe("none");
    const renamed = await paper.call("PUT", "/authors/new-name", { name: "Newer Name" });
    expect(renamed.json.edge).toBe("none");
  });

  it("says pending when the purge is refused, and the cron finishes it", async () => {
    const story = await publish();
    await read("/city/trams-return");
    paper.platform.refusing = true;
    expect((await patch(story.id, { title: "Trams are back" })).json.edge).toBe("pending");
    expect((await read("/city/trams-return")).text).toContain("Trams return");
    pass(MINUTE);
    await paper.tick();
    expect((await read("/city/trams-return")).text).toContain("Trams return");
    paper.platform.refusing = false;
    pass(MINUTE);
    await paper.tick();
    expect((await read("/city/trams-return")).text).toContain("Trams are back");
    pass(2 * MINUTE);
    await paper.tick();
    expect(await toDo()).toBe(0);
  });

  it("says pending when what is read back never went through a cache", async () => {
    const { fetch } = paper.platform.exports.default;
    paper.platform.exports.default.fetch = async (request) => {
      const response = await fetch(request);
      response.headers.delete("Cf-Cache-Status");
      return response;
    };
    expect((await publish()).edge).toBe("pending");
  });

  it("is no failure when purging throws after the commit", async () => {
    paper.platform.cache = { purge: () => Promise.reject(new Error("away")) };
    expect((await publish()).edge).toBe("pending");
    expect(await toDo("'purge'")).toBe(1);
  });

  it("names its neighbours at once and the rails of its section within the minute", async () => {
    for (const n of [1, 2, 3])
      await publish({ title: `Tide ${n}`, publishedAt: `2026-11-0${n}T08:00:00Z` });
    pass(5 * MINUTE);
    await paper.tick();
    for (const n of [1, 2, 3]) await read(`/city/tide-${n}`);
    await publish({ title: "Newest" });
    expect((await read("/city/tide-3")).text).toMatch(/rel="next"[^>]*href="\/city\/newest"/);
    expect((await read("/city/tide-1")).cache, "only its rail is old").toBe("HIT");
    pass(MINUTE);
    await paper.tick();
    expect((await read("/city/tide-1")).cache).toBe("UPDATING");
    expect((await read("/city/tide-1")).text).toContain("/city/newest");
  });
});

describe("a takedown", () => {
  const edges: string[] = [];

  it("never waits behind publications", async () => {
    const story = await publish({ title: "Wrong", slug: "wrong" });
    await read("/city/wrong");
    edges.length = 0;
    for (let n = 0; n < 13; n += 1) edges.push((await publish({ title: `Story ${n}` })).edge);
    const gone = await paper.call("POST", `/articles/${story.id}/unpublish`, undefined, ANY);
    for (let n = 13; n < 26; n += 1) edges.push((await publish({ title: `Story ${n}` })).edge);
    expect(gone.json.edge).toBe("live");
    expect((await read("/city/wrong")).status).toBe(410);
    expect((await read("/city")).text).not.toContain(">Wrong<");
    // The publications after the first ones wait for the cron.
    expect(edges.filter((edge) => edge === "pending").length).toBeGreaterThan(10);
    // Of 20 calls saved up the cron keeps ten.
    expect(edges.filter((edge) => edge === "live").length).toBeLessThanOrEqual(10);
    expect(paper.platform.overLimit).toBe(0);
  });

  it("is a deletion, a purge by hand and a picture taken down as well", async () => {
    const { json } = await paper.upload(pictures.png.slice(), { name: "gate.png" });
    const shown = await publish({ title: "Shown", hero: { src: json.src, alt: "A gate." } });
    await read(json.src);
    for (let n = 0; n < 20; n += 1) await publish({ title: `Story ${n}` });
    const binned = await paper.call("DELETE", `/articles/${shown.id}`, undefined, ANY);
    expect(binned.json.edge).toBe("live");
    const purged = await paper.call("POST", "/edge/purge", { paths: ["/city"] });
    expect(purged.json.edge).toBe("live");
    expect((await read(json.src)).status).not.toBe(200);
    await paper.call("DELETE", `/media/${String(json.hash)}?force=true`);
    expect(paper.platform.told.at(-1)).toMatchObject({ how: "purge", accepted: true });
  });

  it("is an edit, an import or a new logo by which readers lose a picture, too", async () => {
    const [gate, quay] = await Promise.all(
      [pictures.png, pictures.jpeg].map((bytes, n) =>
        paper.upload(bytes.slice(), { name: `${n}.png`, alt: "A gate." }),
      ),
    );
    const shows = (src: unknown) => ({ hero: { src, alt: "A gate." } });
    const taken = { title: "Taken", slug: "taken", ...shows(gate?.json.src) };
    const taking = await publish(taken);
    const swapped = await publish({ title: "Swapped", ...shows(gate?.json.src) });
    const item = { title: "Wire", section: "city", body: "A.", status: "published" };
    const wire = `/imports/wire/1`;
    await paper.call("PUT", wire, { ...item, ...shows(gate?.json.src) });
    await paper.call("PATCH", "/settings", { logo: { src: gate?.json.src } });
    for (let n = 0; n < 20; n += 1) await publish({ title: `Story ${n}` });
    // A change of words waits, and so does a picture that comes.
    expect((await patch(taking.id, { title: "Worded" })).json.edge).toBe("pending");
    const edges = [
      (await patch(taking.id, { hero: null })).json.edge,
      (await patch(swapped.id, shows(quay?.json.src))).json.edge,
      (await paper.call("PUT", wire, item)).json.edge,
      (await paper.call("PATCH", "/settings", { logo: null })).json.edge,
    ];
    expect(edges).toEqual(["live", "live", "live", "live"]);
    expect((await patch(taking.id, shows(quay?.json.src))).json.edge).toBe("pending");
  });

  it("of the logo leaves no page that shows where it was", async () => {
    const { json } = await paper.upload(pictures.png.slice(), { name: "sign.png" });
    await paper.call("PATCH", "/settings", { logo: { src: json.src } });
    await publish();
    expect((await read("/city/trams-return")).text).toContain(String(json.src));
    await paper.call("PATCH", "/settings", { logo: null });
    expect((await read("/city/trams-return")).text).not.toContain(String(json.src));
    expect((await read(String(json.src))).status).toBe(410);
  });

  it("takes also what is kept away from the platform's limit, and is named by the tick's first call", async () => {
    const stories = [];
    for (let n = 0; n < 27; n += 1)
      stories.push(await publish({ title: `Story ${n}`, slug: `story-${n}` }));
    pass(10 * MINUTE);
    await paper.tick();
    pass(10 * MINUTE);
    for (let n = 0; n < 27; n += 1) await read(`/city/story-${n}`);
    // What waits is more than a minute's calls can name.
    const waiting = Array.from({ length: 450 }, (_, n) => `card:waits${n}`);
    await owe("a", { tags: waiting });
    const edges = [];
    for (const { id } of stories)
      edges.push((await paper.call("POST", `/articles/${id}/unpublish`, undefined, ANY)).json.edge);
    expect(edges.filter((edge) => edge === "live")).toHaveLength(25);
    expect(paper.platform.overLimit).toBe(0);
    // The platform has four calls again, and by our count there is none yet.
    pass(MINUTE * 0.9);
    await paper.tick();
    expect((await read("/city/story-26")).status).toBe(410);
    expect(await toDo("'purge'")).toBe(1);
    expect(paper.platform.overLimit).toBe(0);
  });
});

describe("a picture that was taken down", () => {
  it.each([
    ["by force", (hash: string) => paper.call("DELETE", `/media/${hash}?force=true`)],
    ["out of its story", (_: string, story: string) => patch(story, { hero: null })],
    [
      "with its story, and purged by hand",
      async (hash: string, story: string) => {
        await env.DB.prepare("delete from live_pictures").run();
        await env.DB.prepare("delete from live where article_id = ?").bind(story).run();
        return paper.call("POST", "/edge/purge", { tags: [`media:${hash}`] });
      },
    ],
  ])("%s is gone though a slow reader's copy was stored later", async (_, takeDown) => {
    const { json } = await paper.upload(pictures.png.slice(), { name: "gate.png" });
    const story = await publish({ hero: { src: json.src, alt: "A gate." } });
    await read(json.src);
    const slow = storedAt(paper.platform, String(json.src));
    const removed = await takeDown(String(json.hash), String(story.id));
    expect(removed.status).toBeLessThan(300);
    pass(2 * MINUTE);
    await paper.tick();
    if (slow) storeAt(paper.platform, String(json.src), slow);
    expect((await read(json.src)).status).toBe(200);
    pass(9 * MINUTE);
    await paper.tick();
    expect((await read(json.src)).status).toBe(410);
    if (slow) storeAt(paper.platform, String(json.src), slow);
    pass(60 * MINUTE);
    await paper.tick();
    expect((await read(json.src)).status).toBe(410);
    expect(await toDo()).toBe(0);
  });
});

describe("a purge of everything that takes a picture away", () => {
  it("closes for its pictures later, too, and for nothing else", async () => {
    const hash = "gate".repeat(8);
    const tags = [...Array.from({ length: 600 }, (_, n) => `card:${n}`), `media:${hash}`];
    const desk = { newId: () => crypto.randomUUID(), hurried: true, cached: true };
    const hard = purgeTarget(tags);
    const { rows } = deliveryOf(
      desk,
      { purge: hard, invalidate: null },
      { at: "/", lost: tags },
      START,
    );
    const told = rows.map(({ kind, payload, dueAt }) => [kind, (dueAt - START) / MINUTE, payload]);
    expect(told).toEqual([
      ["purge", 0, { everything: true, at: "/" }],
      ["close", 1, { everything: true, at: "/" }],
      ["close", 10, { tags: [`media:${hash}`], at: "/" }],
      ["close", 60, { tags: [`media:${hash}`], at: "/" }],
    ]);
  });
});

describe("the tick", () => {
  it("does what was due before it publishes, so that an end in the middle leaves nothing waiting", async () => {
    const story = await publish();
    await read("/city/trams-return");
    paper.platform.refusing = true;
    await patch(story.id, { title: "Trams are back" });
    paper.platform.refusing = false;
    const next = await paper.call("POST", "/articles", {
      title: "Next",
      section: "city",
      status: "scheduled",
      scheduledFor: new Date(Date.now() + MINUTE).toISOString(),
    });
    pass(2 * MINUTE);
    let isDead = false;
    const killed = withHook(env.DB, (statements) => {
      // Only a publication's commit has so many; after that nothing is heard of the tick any more.
      isDead ||= statements > 8;
      if (isDead) throw new Error("The Worker was killed.");
    });
    const died = tickOn(paper.platform, { ...paper.env, DB: killed });
    await expect(died).rejects.toThrow("killed");
    expect((await paper.call("GET", `/articles/${String(next.json.id)}`)).json.status).toBe(
      "scheduled",
    );
    expect((await read("/city/trams-return")).text).toContain("Trams are back");
  });

  it("looks at a page of each purge, and repeats what was accepted and not done", async () => {
    const story = await publish();
    await read("/city/trams-return");
    paper.platform.refusing = true;
    await patch(story.id, { title: "Trams are back" });
    paper.platform.refusing = false;
    paper.platform.deaf = true;
    pass(MINUTE);
    await paper.tick();
    expect((await read("/city/trams-return")).text).toContain("Trams return");
    expect(await toDo("'purge'")).toBe(1);
    paper.platform.deaf = false;
    pass(MINUTE);
    await paper.tick();
    expect((await read("/city/trams-return")).text).toContain("Trams are back");
    expect(await toDo("'purge'")).toBe(0);
  });

  it("repeats what was not seen, and not what was", async () => {
    const [one, other] = [await publish(), await publish({ title: "Tide", slug: "tide" })];
    pass(2 * MINUTE);
    await paper.tick();
    for (const path of ["/city/trams-return", "/city/tide"]) await read(path);
    // Purges of one page each, so many tags apart that two calls name them.
    const rows = [
      { id: "a", tags: [`story:${one.id}`], at: "/city/trams-return" },
      { id: "b", tags: Array.from({ length: 120 }, (_, n) => `card:none${n}`) },
      { id: "c", tags: [`story:${other.id}`], at: "/city/tide" },
    ];
    for (const { id, ...payload } of rows) await owe(id, payload);
    // One story changes behind the cache's back, and the cache is deaf.
    await changeUnheard(other.id);
    paper.platform.deaf = true;
    pass(MINUTE);
    await paper.tick();
    const left = await env.DB.prepare(
      "select id, payload ->> 'repeats' as repeats from outbox where done_at is null and id in ('a', 'b', 'c') order by id",
    ).all();
    // Of the second call: what of b it names cannot be told apart.
    expect(left.results).toEqual([
      { id: "b", repeats: 1 },
      { id: "c", repeats: 1 },
    ]);
    paper.platform.deaf = false;
    pass(MINUTE);
    await paper.tick();
    expect((await read("/city/tide")).text).toContain("Anew.");
  });

  it("looks also after a purge of everything", async () => {
    const story = await publish();
    await read("/city/trams-return");
    pass(2 * MINUTE);
    await paper.tick();
    await owe("a", { everything: true, at: "/city/trams-return" });
    await changeUnheard(story.id);
    paper.platform.deaf = true;
    pass(MINUTE);
    await paper.tick();
    expect(await toDo("'purge'")).toBe(1);
    paper.platform.deaf = false;
    pass(MINUTE);
    await paper.tick();
    expect((await read("/city/trams-return")).text).toContain("Anew.");
    expect(await toDo("'purge'")).toBe(0);
  });

  it("counts what was accepted, not what was refused, before it gives up", async () => {
    const story = await publish();
    await read("/city/trams-return");
    paper.platform.refusing = true;
    await patch(story.id, { title: "Trams are back" });
    for (let minutes = 0; minutes < 6; minutes += 1) {
      pass(MINUTE);
      await paper.tick();
    }
    paper.platform.refusing = false;
    paper.platform.deaf = true;
    pass(MINUTE);
    await paper.tick();
    expect((await read("/city/trams-return")).text).toContain("Trams return");
    expect(await toDo("'purge'")).toBe(1);
    paper.platform.deaf = false;
    pass(MINUTE);
    await paper.tick();
    expect((await read("/city/trams-return")).text).toContain("Trams are back");
    expect(await toDo("'purge'")).toBe(0);
  });

  it("repeats what is never seen once a tick, and gives up", async () => {
    const story = await publish();
    await read("/city/trams-return");
    paper.platform.deaf = true;
    await patch(story.id, { title: "Trams are back" });
    const calls = [];
    for (let minutes = 0; minutes < 9; minutes += 1) {
      pass(MINUTE);
      const before = paper.platform.told.length;
      await paper.tick();
      const purges = paper.platform.told.slice(before).filter(({ how }) => how === "purge");
      calls.push(purges.length);
    }
    // The first one, and five repeats of it and of its closing.
    expect(calls).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0]);
    expect(await toDo()).toBe(0);
  });
});

describe("the settings", () => {
  it("are on every page at the second request, all pages in one call", async () => {
    await publish();
    for (const path of ["/", "/city", "/city/trams-return", "/nowhere"]) await read(path);
    paper.platform.told.length = 0;
    const { json } = await paper.call("PATCH", "/settings", { tagline: "Every morning" });
    expect(json.edge).toBe("live");
    expect(paper.platform.told).toEqual([
      { how: "invalidate", what: { tags: ["site"] }, accepted: true },
    ]);
    await read("/city");
    expect((await read("/city")).text).toContain("Every morning");
  });
});

describe("a Worker that dies", () => {
  it("between the commit and the purge loses nothing: the cron purges", async () => {
    const story = await publish();
    pass(5 * MINUTE);
    await paper.tick();
    await read("/city/trams-return");
    const before = await toDo();
    // The call after the commit is never answered, and nothing after it runs: what a killed isolate looks like.
    const isCommitted = async () => (await toDo()) > before;
    const { cache } = paper.platform;
    paper.platform.cache = { ...cache, purge: () => new Promise(() => {}) };
    const change = { title: "Trams are back", status: "published" };
    void paper.call("PATCH", `/articles/${story.id}`, change, { "If-Match": "*" });
    await vi.waitUntil(isCommitted, { timeout: 5000, interval: 10 });
    if (cache) paper.platform.cache = cache;
    expect((await read("/city/trams-return")).text).toContain("Trams return");
    await paper.tick();
    expect((await read("/city/trams-return")).text, "it may still be at it").toContain(
      "Trams return",
    );
    pass(MINUTE);
    await paper.tick();
    expect((await read("/city/trams-return")).text).toContain("Trams are back");
  });
});

describe("a page in the making", () => {
  it("when the story changes may be stored old, and is gone with the closing purge", async () => {
    const story = await publish();
    await read("/city/trams-return");
    // What a reader's request made before the change, and is stored after the purge, since the reader is slow.
    const slow = storedAt(paper.platform, "/city/trams-return");
    expect((await patch(story.id, { title: "Trams are back" })).json.edge).toBe("live");
    if (slow) storeAt(paper.platform, "/city/trams-return", slow);
    expect((await read("/city/trams-return")).text, "stored after the purge").toContain(
      "Trams return",
    );
    pass(MINUTE);
    await paper.tick();
    expect((await read("/city/trams-return")).text).toContain("Trams are back");
  });
});

describe("two crons at once", () => {
  it("do each thing once", async () => {
    paper.platform.refusing = true;
    await publish();
    await publish({ title: "Another" });
    pass(2 * MINUTE);
    paper.platform.refusing = false;
    paper.platform.told.length = 0;
    const writtenBefore = await copiesWritten();
    await Promise.all([paper.tick(), paper.tick(), paper.tick()]);
    const named = paper.platform.told.flatMap(({ what }) => ("tags" in what ? what.tags : ["*"]));
    expect(named.length).toBeGreaterThan(10);
    expect(new Set(named).size).toBe(named.length);
    expect(await toDo()).toBe(0);
    // The front, the section and the two stories.
    expect((await copiesWritten()) - writtenBefore).toBe(4);
  });
});

async function copiesWritten(): Promise<number> {
  const row = await env.DB.prepare("select sum(n) as n from copies_written").first<{ n: number }>();
  return row?.n ?? 0;
}

describe("the schedule", () => {
  it("publishes through the same way: on the front with the tick of its hour", async () => {
    await read("/city/soon");
    await read("/");
    await publish({
      title: "Soon",
      status: "scheduled",
      scheduledFor: new Date(Date.now() + MINUTE),
    });
    expect((await read("/city/soon")).status).toBe(404);
    pass(MINUTE);
    await paper.tick();
    expect((await read("/city/soon")).status).toBe(200);
    expect((await read("/")).text).toContain("Soon");
  });
});

describe("another version", () => {
  it("purges everything once, also when it is an old one that comes back", async () => {
    const everything = () => paper.platform.told.filter(({ what }) => "everything" in what).length;
    const on = (id: string): Bindings => ({
      ...paper.env,
      CF_VERSION_METADATA: { id, tag: "", timestamp: "" },
    });
    await paper.tick();
    expect(everything(), "the same as before").toBe(0);
    await Promise.all([tickOn(paper.platform, on("next")), tickOn(paper.platform, on("next"))]);
    expect(everything()).toBe(1);
    pass(5 * MINUTE);
    await tickOn(paper.platform, on("next"));
    expect(everything(), "and once more to close it").toBe(2);
    pass(5 * MINUTE);
    await tickOn(paper.platform, on("next"));
    expect(everything()).toBe(2);
    await paper.tick();
    expect(everything(), "back to the first").toBe(3);
  });
});

describe("more than the platform takes", () => {
  it("goes in calls of a hundred tags, and past five hundred as one purge of everything", async () => {
    const items = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => ({
        key: `${from + n}`,
        title: `Story ${from + n}`,
        section: "city",
        authors: ["mara-quill"],
        tags: [`topic-${from + n}`],
      }));
    await paper.call("POST", "/imports", { source: "wire", items: items(0, 15) });
    const { told } = paper.platform;
    const sizes = told.map(({ what }) => ("tags" in what ? what.tags.length : Infinity));
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBe(100);
    told.length = 0;
    await paper.call("POST", "/imports", { source: "wire", items: items(100, 100) });
    expect(told).toEqual([{ how: "purge", what: { everything: true }, accepted: true }]);
  });
});

describe("while the database is away", () => {
  /** The same platform, cache and copies, with a database that does not answer. */
  function without(): Paper {
    const { stored } = paper.platform;
    return openPaper({ ...paper.env, DB: awayDatabase() }, { stored });
  }

  beforeEach(async () => {
    await publish();
    pass(MINUTE);
    await paper.tick();
  });

  it("a warm page is as ever, and one that has expired is given stale", async () => {
    for (const path of ["/city/trams-return", "/nowhere"]) await read(path);
    const away = without();
    expect((await read("/city/trams-return", {}, away)).cache).toBe("HIT");
    pass(5 * MINUTE);
    const nowhere = await read("/nowhere", {}, away);
    expect([nowhere.status, nowhere.cache]).toEqual([404, "STALE"]);
    pass(23 * 60 * MINUTE);
    // Asked anew behind the answer each time, in vain, and answered all the same.
    for (let again = 0; again < 3; again += 1) {
      const { status, cache } = await read("/city/trams-return", {}, away);
      expect([status, cache]).toEqual([200, "UPDATING"]);
    }
  });

  it("a cold page is its last good copy, for seconds and without a tag of its own", async () => {
    emptyCache(paper.platform);
    const away = without();
    for (const path of ["/", "/city", "/city/trams-return"]) {
      const { status, headers, text } = await read(path, {}, away);
      expect([path, status]).toEqual([path, 200]);
      expect(text).toContain("Trams return");
      const made = await away.made(path);
      expect(made.headers.get("Cloudflare-CDN-Cache-Control")).toBe(
        "public, max-age=5, stale-if-error=0",
      );
      expect(headers.get("Cache-Status")).toBe("Broadsheet; hit; detail=copy");
      expect(headers.has("ETag")).toBe(false);
      expect(headers.get("Content-Security-Policy")).toContain("style-src 'sha256-");
    }
    pass(6000);
    expect(
      (await read("/", {}, paper)).headers.get("ETag"),
      "and is forgotten when D1 is back",
    ).toMatch(/^W\//);
  });

  it("what was never copied is a 503 that says when to come back, and is stored nowhere", async () => {
    emptyCache(paper.platform);
    const { status, headers, text } = await read("/authors/mara-quill", {}, without());
    expect([status, headers.get("Retry-After")]).toEqual([503, "30"]);
    expect(headers.get("Cache-Control")).toBe("private, no-store, no-transform");
    expect(text).not.toMatch(/D1|DB|COPIES|database|Error/);
  });

  it("a request with a condition fails, so that a newer page in a cache outlives it", async () => {
    const made = await without().made("/city/trams-return", { "If-None-Match": 'W/"older"' });
    expect(made.status).toBe(503);
  });

  it("a story that was withdrawn is not shown again from its copy", async () => {
    const { results } = await env.DB.prepare("select article_id as id from live").all<{
      id: string;
    }>();
    await paper.call("POST", `/articles/${results[0]?.id}/unpublish`, undefined, ANY);
    await paper.tick();
    emptyCache(paper.platform);
    const { status, text } = await read("/city/trams-return", {}, without());
    expect(status).toBe(410);
    expect(text).not.toContain("They rang");
    expect((await read("/", {}, without())).text).not.toContain("Trams return");
  });

  it("editors get a 503 that says so, and nothing is half-written", async () => {
    const { status, json } = await without().call("POST", "/articles", {
      title: "Never",
      section: "city",
      status: "published",
    });
    expect([status, json.detail]).toEqual([
      503,
      expect.stringContaining("Nothing is half-written"),
    ]);
    expect((await read("/city/never")).status).toBe(404);
  });

  it("and comes back, everything is as it was", async () => {
    emptyCache(paper.platform);
    await read("/city/trams-return", {}, without());
    pass(MINUTE);
    const { status, cache, headers } = await read("/city/trams-return");
    expect([status, cache]).toEqual([200, "EXPIRED"]);
    expect(headers.get("Cache-Status")).toBe("Broadsheet; fwd=miss");
  });
});

describe("copies", () => {
  it("are of the front, the sections and the stories, one write a page however often it changes", async () => {
    const put = vi.spyOn(env.COPIES, "put");
    const counted = openPaper({ ...paper.env, COPIES: env.COPIES });
    const story = await publish({}, counted);
    for (const n of [1, 2, 3]) await patch(story.id, { title: `Trams ${n}` }, counted);
    put.mockClear();
    await counted.tick();
    const written = put.mock.calls.map(([key]) => key).sort();
    expect(written).toEqual(["page:/", "page:/city", "page:/city/trams-return"]);
    expect(await env.COPIES.get("page:/city/trams-return")).toContain("Trams 3");
    put.mockRestore();
  });

  it("keep to what a day allows, but what is gone is taken back all the same", async () => {
    const story = await publish();
    const other = await publish({ title: "Other" });
    await paper.tick();
    const poor = openPaper({ ...paper.env, COPIES_A_DAY: "0" });
    await patch(other.id, { title: "Other words" }, poor);
    await poor.call("POST", `/articles/${story.id}/unpublish`, undefined, ANY);
    pass(MINUTE);
    await poor.tick();
    expect(JSON.parse((await env.COPIES.get("page:/city/trams-return")) ?? "")).toMatchObject({
      status: 410,
    });
    expect(await env.COPIES.get("page:/city/other")).not.toContain("Other words");
    // Nor does it stand on the fronts any more.
    for (const front of ["page:/", "page:/city"])
      expect(await env.COPIES.get(front)).not.toContain("Trams return");
    // The next day there is room again.
    pass(24 * 60 * MINUTE);
    await paper.tick();
    expect(await env.COPIES.get("page:/city/other")).toContain("Other words");
  });

  it("wait while KV is away, and keep nothing else waiting", async () => {
    await paper.tick();
    const broken = openPaper({
      ...paper.env,
      COPIES: { put: () => Promise.reject(new Error("away")) } as unknown as KVNamespace,
    });
    const story = await publish({}, broken);
    expect(story.edge).toBe("live");
    const waiting = await toDo("'copy'");
    pass(2 * MINUTE);
    await broken.tick();
    expect([await toDo("'copy'"), await toDo()]).toEqual([waiting, 0]);
    pass(2 * MINUTE);
    await paper.tick();
    expect(await toDo("'copy'")).toBe(0);
  });
});

describe("the edge in the API", () => {
  it("shows what is still to do, a page at a time, to editors", async () => {
    paper.platform.refusing = true;
    await publish();
    const seen = new Map<string, { kind: string; payload: object }>();
    let cursor = "";
    do {
      const page = await paper.call("GET", `/edge/outbox?limit=2${cursor}`);
      expect(page.json.items.length).toBeLessThanOrEqual(2);
      for (const row of page.json.items) seen.set(row.id, row);
      cursor = page.json.next === null ? "" : `&cursor=${page.json.next}`;
    } while (cursor !== "");
    expect(seen.size).toBe((await toDo()) + (await toDo("'copy'")));
    const rows = [...seen.values()];
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(
      new Set(["purge", "close", "invalidate", "copy"]),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({ payload: { path: "/city/trams-return" } }),
    );
  });

  it("purges by hand what is named, with a record", async () => {
    await publish();
    await read("/city/trams-return");
    await read("/culture");
    const purged = await paper.call("POST", "/edge/purge", {
      paths: ["/city/trams-return"],
      tags: ["about:section:culture"],
    });
    expect(purged.json.edge).toBe("live");
    expect(purged.json.tags).toEqual([
      "about:section:culture",
      expect.stringMatching(/^path:[a-z2-7]{52}$/),
    ]);
    expect((await read("/culture")).cache).toBe("MISS");
    const { json } = await paper.call("GET", "/audit?subject=edge");
    expect(json.items[0]).toMatchObject({ act: "purge", actor: "root" });
    const all = await paper.call("POST", "/edge/purge", { everything: true });
    expect(all.json).toEqual({ everything: true, edge: "live" });
    expect(pathsStored(paper.platform).length).toBe(0);
  });

  it("refuses what no page could carry, field by field", async () => {
    const { status, json } = await paper.call("POST", "/edge/purge", {
      tags: ["fine", "Not fine"],
      paths: ["/city", "City"],
    });
    expect(status).toBe(422);
    expect(json.errors.map(({ path }: { path: string }) => path)).toEqual(["tags.1", "paths.1"]);
    expect((await paper.call("POST", "/edge/purge", {})).status).toBe(422);
  });
});
