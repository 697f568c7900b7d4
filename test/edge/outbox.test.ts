import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Bindings } from "../../src/store/open.ts";
import { pathsStored, tickOn } from "../support/platform.ts";
import { withHook } from "../support/sqlite-d1.ts";
import { MINUTE, paper, openAnew, pass, publish, patch, read, toDo, owe } from "./ledger.ts";

// What is still to do for the edge, and who does it: the cron's tick, another version, an editor.

beforeEach(openAnew);
afterEach(() => void vi.useRealTimers());

/** Changes a story behind the cache's back. */
async function changeUnheard(id: string): Promise<void> {
  await env.DB.prepare("update revisions set html = '<p>Anew.</p>' where article_id = ?")
    .bind(id)
    .run();
}

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

describe("the edge in the API", () => {
  it("shows what is still to do, a page at a time, to editors", async () => {
    paper.platform.refusing = true;
    await publish();
    // The search knows it, and has nothing left to do.
    await paper.platform.settled();
    const seen = new Map<string, { kind: string; payload: object }>();
    let cursor = "";
    do {
      const page = await paper.call("GET", `/edge/outbox?limit=2${cursor}`);
      expect(page.json.items.length).toBeLessThanOrEqual(2);
      // The search index is brought up to date meanwhile.
      for (const row of page.json.items) if (row.kind !== "index") seen.set(row.id, row);
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
