import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deliveryOf } from "../../src/editor/delivery.ts";
import { purgeTarget } from "../../src/editor/purge-calls.ts";
import { pictures } from "../support/pictures.ts";
import { storeAt, storedAt } from "../support/platform.ts";
import {
  MINUTE,
  START,
  ANY,
  paper,
  openAnew,
  pass,
  publish,
  patch,
  read,
  toDo,
  owe,
} from "./ledger.ts";

// What readers get at the edge while editors publish, change and take down.

beforeEach(openAnew);
afterEach(() => void vi.useRealTimers());

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

  it(
    "takes also what is kept away from the platform's limit, and is named by the tick's first call",
    { timeout: 30_000 },
    async () => {
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
        edges.push(
          (await paper.call("POST", `/articles/${id}/unpublish`, undefined, ANY)).json.edge,
        );
      expect(edges.filter((edge) => edge === "live")).toHaveLength(25);
      expect(paper.platform.overLimit).toBe(0);
      // The platform has four calls again, and by our count there is none yet.
      pass(MINUTE * 0.9);
      await paper.tick();
      expect((await read("/city/story-26")).status).toBe(410);
      expect(await toDo("'purge'")).toBe(1);
      expect(paper.platform.overLimit).toBe(0);
    },
  );
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
