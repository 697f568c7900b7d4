import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openPaper, type Paper } from "../support/paper.ts";
import { emptyCache } from "../support/platform.ts";
import { withHook } from "../support/sqlite-d1.ts";
import { MINUTE, ANY, paper, openAnew, pass, publish, patch, read, toDo } from "./ledger.ts";

// What readers get at the edge while something is away.

beforeEach(openAnew);
afterEach(() => void vi.useRealTimers());

/** A database whose every request fails as D1's do when it is away. */
function awayDatabase(): D1Database {
  return withHook(env.DB, () => Promise.reject(new Error("D1_ERROR: Network connection lost.")));
}

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
