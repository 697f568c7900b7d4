import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../../src/cron.ts";
import { fileEntry } from "../../src/editor/directory/commands.ts";
import type { Bindings } from "../../src/store/open.ts";
import { call, deskAt, keyFor, openNewsroom } from "../support/newsroom.ts";
import { openPaper, type Paper } from "../support/paper.ts";
import { PRIVATE, BINDINGS, MINUTE, openCounted, someone, away, read } from "./stocked.ts";

// What the door says of how the paper is, for whoever watches.

describe("/healthz", () => {
  const ask = async (paper: Paper, headers: Record<string, string> = {}) => {
    const told = await read(await paper.visit("/healthz", headers));
    expect(told.headers.get("Cache-Control")).toBe(PRIVATE);
    expect(told.text).not.toMatch(BINDINGS);
    return { ...told, json: told.status === 429 ? null : JSON.parse(told.text) };
  };
  const long = () => Date.now() - 6 * MINUTE;

  beforeEach(openNewsroom);

  it("says that all is well once the minute's tick has run", async () => {
    const { paper } = openCounted();
    await paper.tick();
    const { status, json } = await ask(paper);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: "ok",
      d1: "ok",
      kv: "ok",
      r2: "ok",
      search: "ok",
      late: [],
    });
    expect(json.lastTickSeconds).toBeLessThan(60);
    expect(json.outbox.pending, "what is repeated in a minute").toBeGreaterThan(0);
    expect(json.outbox.oldestDueSeconds).toBeNull();
  });

  it("is 200 and names the cron when no tick has run for more than five minutes, or ever", async () => {
    const { paper } = openCounted();
    // When this version came, which is not for a test to wait for.
    const since = (at: number) =>
      env.DB.prepare("update deployment set since = ?, ticked_at = null").bind(at).run();
    await since(long());
    expect((await ask(paper)).json).toMatchObject({ status: "late", late: ["cron"] });
    await since(Date.now());
    expect((await ask(paper)).json, "a paper just deployed").toMatchObject({ late: [] });
    await tick(env, deskAt(long()));
    const { status, json } = await ask(paper);
    expect([status, json.status, json.late]).toEqual([200, "late", ["cron"]]);
    expect(json.lastTickSeconds).toBeGreaterThanOrEqual(360);
    await tick(env, deskAt(Date.now() - 4 * MINUTE));
    expect((await ask(paper)).json).toMatchObject({ status: "ok", late: [] });
  });

  it("is 200 and names the outbox when something has been due for more than five minutes", async () => {
    const { paper } = openCounted();
    await paper.tick();
    const entry = { slug: "late", name: "Late", description: null, position: 9, listed: true };
    const filing = { how: "put", named: "late" } as const;
    const filed = await fileEntry(deskAt(long()), "section", filing, { fields: entry, issues: [] });
    expect(filed.ok).toBe(true);
    const { status, json } = await ask(paper);
    expect([status, json.status, json.late]).toEqual([200, "late", ["outbox"]]);
    expect(json.outbox.oldestDueSeconds).toBeGreaterThanOrEqual(360);
    await paper.tick();
    expect((await ask(paper)).json.late).toEqual([]);
  });

  it("is 503 when one of the stores is away that a page needs, and says which by what it is", async () => {
    await openCounted().paper.tick();
    const fails = () => Promise.reject(new Error("Network connection lost."));
    const without: [string, Partial<Bindings>][] = [
      ["d1", { DB: away("D1_ERROR: Network connection lost.") }],
      ["r2", { MEDIA: { head: fails } as unknown as R2Bucket }],
    ];
    for (const [store, change] of without) {
      const { status, json, headers } = await ask(openCounted(change).paper);
      expect([store, status, headers.get("Retry-After")]).toEqual([store, 503, "30"]);
      const stores = { d1: "ok", kv: "ok", r2: "ok", [store]: "away" };
      expect(json).toMatchObject({ status: "away", ...stores });
    }
    // No page needs a copy while the database is there.
    const COPIES = { get: fails } as unknown as KVNamespace;
    const { status, json } = await ask(openCounted({ COPIES }).paper);
    expect([status, json.status, json.kv, json.late]).toEqual([200, "late", "away", ["copies"]]);
    // Nor the index, but to find something.
    const SEARCH = away("D1_ERROR: no such table: published_texts");
    const told = await ask(openCounted({ SEARCH }).paper);
    expect([told.status, told.json.search, told.json.late]).toEqual([200, "away", ["search"]]);
  });

  it("does not miss copies that nobody keeps", async () => {
    const { paper } = openCounted();
    await paper.tick();
    const bindings: Bindings = { ...paper.env };
    delete bindings.COPIES;
    expect((await ask(openPaper(bindings))).json).toMatchObject({ status: "ok", kv: "ok" });
  });

  it("is not answered as often as somebody likes", async () => {
    const limit = () => Promise.resolve({ success: false });
    const { paper, asked } = openCounted({ FLOOD: { limit } });
    const before = asked.trips;
    const refused = await ask(paper, someone());
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "60"]);
    expect(asked.trips - before).toBe(0);
  });

  it("is the same for a signed-in editor, as often as they like, and for nobody below", async () => {
    const limit = () => Promise.resolve({ success: false });
    const { paper } = openCounted({ FLOOD: { limit } });
    await paper.tick();
    const told = await paper.call("GET", "/health");
    const { json } = await ask(openCounted().paper);
    expect([told.status, told.json]).toEqual([
      200,
      { ...json, lastTickSeconds: expect.any(Number), outbox: expect.any(Object) },
    ]);
    const fails = () => Promise.reject(new Error("Network connection lost."));
    const without = openCounted({ MEDIA: { head: fails } as unknown as R2Bucket }).paper;
    expect(await without.call("GET", "/health")).toMatchObject({
      status: 200,
      json: { status: "away", r2: "away" },
    });
    const key = await keyFor("author");
    expect((await call("GET", "/health", { key })).status).toBe(403);
  });
});
