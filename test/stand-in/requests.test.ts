import { beforeEach, describe, expect, it } from "vitest";
import {
  SECOND,
  asked,
  cache,
  behind,
  beginAnew,
  openCache,
  pass,
  answerWith,
  page,
  worker,
  get,
  send,
  statuses,
  say,
} from "./cache.ts";

// What Cloudflare documents of Workers Cache, sentence by sentence, held by the stand-in: when the Worker is run.
// Each group is a page; where a sentence only says "as RFC 9111", the section is named.

beforeEach(beginAnew);

describe("workers/cache: what gets cached", () => {
  it("answers a first request with what the Worker makes, and a second without running it", async () => {
    expect(await get()).toMatchObject({ cache: "MISS", text: "made 1", status: 200 });
    expect(await get()).toMatchObject({ cache: "HIT", text: "made 1", status: 200 });
    expect(asked).toHaveLength(1);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])(
    "runs the Worker for every %s",
    async (method) => {
      expect(await statuses([], ["/page", { method }], ["/page", { method }])).toBe(
        "MISS BYPASS BYPASS",
      );
      expect(asked).toHaveLength(3);
    },
  );

  it("runs the Worker for a WebSocket upgrade", async () => {
    const upgrade = { headers: { Upgrade: "websocket" } };
    expect(await statuses([], ["/page", upgrade])).toBe("MISS BYPASS");
  });

  it("puts no limit by file extension: what the headers allow is stored", async () => {
    expect(await statuses(["/report.html"], ["/report.html"], ["/data"], ["/data"])).toBe(
      "MISS HIT MISS HIT",
    );
  });
});

describe("workers/cache: request collapsing", () => {
  /** An answer that is made when the test says so. */
  function slowly(headers: Record<string, string>) {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    answerWith(async () => {
      const number = asked.length;
      await released;
      return new Response(`made ${number}`, { headers });
    });
    return () => release();
  }

  const many = (count: number, path = "/page") => Array.from({ length: count }, () => send(path));

  it("runs the Worker once for many requests that come at the same time, and answers them all", async () => {
    const release = slowly({ "Cache-Control": "max-age=60" });
    const all = Promise.all(many(50));
    await pause(20);
    release();
    const answers = await all;
    expect(asked).toHaveLength(1);
    expect(answers.filter(({ cache }) => cache === "MISS")).toHaveLength(1);
    expect(answers.filter(({ cache }) => cache === "HIT")).toHaveLength(49);
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(["made 1"]));
  });

  it("does so for a page that has expired", async () => {
    say({ "Cache-Control": "max-age=60" });
    await get();
    pass(61 * SECOND);
    const release = slowly({ "Cache-Control": "max-age=60" });
    const all = Promise.all(many(50));
    await pause(20);
    release();
    expect(
      (await all).map(({ cache }) => cache ?? "").toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(["EXPIRED", ...Array.from({ length: 49 }, () => "HIT")]);
    expect(asked).toHaveLength(2);
  });

  it("does so for an answer that must be asked for before every use", async () => {
    const release = slowly({ "Cache-Control": "no-cache" });
    const all = Promise.all(many(10));
    await pause(20);
    release();
    await all;
    expect(asked).toHaveLength(1);
  });

  it("runs the Worker for each request when the answer may not be stored", async () => {
    const release = slowly({ "Cache-Control": "no-store" });
    const all = Promise.all(many(10));
    await pause(20);
    release();
    expect((await all).every(({ cache }) => cache === "BYPASS")).toBe(true);
    expect(asked).toHaveLength(10);
  });

  it("holds nobody up for an answer that was not stored a moment ago", async () => {
    say({ "Cache-Control": "no-store" });
    await get();
    const release = slowly({ "Cache-Control": "no-store" });
    const all = Promise.all(many(5));
    await pause(20);
    expect(asked).toHaveLength(6);
    release();
    await all;
  });

  it("does not hold up requests for another key", async () => {
    const release = slowly({ "Cache-Control": "max-age=60" });
    const held = send("/slow");
    say({ "Cache-Control": "max-age=60" });
    expect(await send("/quick")).toMatchObject({ cache: "MISS" });
    release();
    await held;
  });

  it("has its own answer made when the one that it waits for never comes", async () => {
    answerWith(() => new Promise(() => {}));
    void send("/page");
    say({ "Cache-Control": "max-age=60" });
    const waiting = send("/page");
    await pause(20);
    expect(asked).toHaveLength(1);
    pass(11 * SECOND);
    expect(await waiting).toMatchObject({ cache: "MISS", text: "made 2" });
  });

  it("lets nobody in between when the one that never came comes after all", async () => {
    const releases = [slowly({ "Cache-Control": "max-age=60" })];
    const first = send("/page");
    pass(11 * SECOND);
    releases.push(slowly({ "Cache-Control": "max-age=60" }));
    const second = send("/page");
    await pause(5);
    expect(asked).toHaveLength(2);
    answerWith(() => page({ "Cache-Control": "no-store" }));
    releases[0]?.();
    await first;
    await cache.purge({ purgeEverything: true });
    const third = send("/page");
    await pause(20);
    expect(asked).toHaveLength(2);
    releases[1]?.();
    await second;
    expect(await third).toMatchObject({ cache: "HIT", text: "made 2" });
  });

  it("stores what is made also when whoever asked goes away before its end", async () => {
    const { body } = await cache.fetch(new Request("https://paper.example/page"), {
      worker,
      waitUntil: (promise) => void behind.push(promise),
    });
    await body?.cancel();
    await Promise.all(behind.splice(0));
    expect(await get()).toMatchObject({ cache: "HIT", text: "made 1" });
  });

  it("hands a body on as it is produced", async () => {
    let end = (): void => {};
    answerWith(
      () =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode("first, "));
              end = () => {
                controller.enqueue(new TextEncoder().encode("last"));
                controller.close();
              };
            },
          }),
          { headers: { "Cache-Control": "max-age=60" } },
        ),
    );
    const { body } = await cache.fetch(new Request("https://paper.example/page"), {
      worker,
      waitUntil: (promise) => void behind.push(promise),
    });
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toMatchObject({ value: "first, " });
    const waiting = send("/page");
    end();
    expect(await reader?.read()).toMatchObject({ value: "last" });
    expect(await waiting).toMatchObject({ cache: "HIT", text: "first, last" });
    expect(asked).toHaveLength(1);
  });
});

describe("workers/cache/cache-keys: what goes into the key", () => {
  it.each([
    ["the path", "/page", "/other"],
    ["a trailing slash", "/page", "/page/"],
    ["the query", "/page", "/page?a=1"],
    ["the order of parameters", "/page?a=1&b=2", "/page?b=2&a=1"],
  ])("tells %s apart", async (_, one, other) => {
    expect(await statuses([one], [other], [one], [other])).toBe("MISS MISS HIT HIT");
  });

  it.each([
    ["X-HTTP-Method", "PUT"],
    ["X-HTTP-Method-Override", "PUT"],
    ["X-Method-Override", "PUT"],
    ["X-Forwarded-Host", "evil.example"],
    ["X-Host", "evil.example"],
    ["X-Forwarded-Scheme", "gopher"],
    ["X-Original-URL", "/admin"],
    ["X-Rewrite-URL", "/admin"],
    ["Forwarded", "host=evil.example"],
    ["Cloudflare-Workers-Version-Key", "canary"],
  ])("tells %s apart, so that it can spoil no entry but its own", async (name, value) => {
    const poisoned = { headers: { [name]: value } };
    expect(await statuses(["/page", poisoned], [], ["/page", poisoned])).toBe("MISS MISS HIT");
  });

  it.each(["http", "https"])("leaves a forwarded scheme out that is %s", async (scheme) => {
    expect(await statuses([], ["/page", { headers: { "X-Forwarded-Scheme": scheme } }])).toBe(
      "MISS HIT",
    );
  });

  it.each([
    ["User-Agent", "Mozilla"],
    ["Accept-Language", "de"],
    ["Accept-Encoding", "br"],
    ["Cookie", "session=1"],
    ["Authorization", "Bearer x"],
    ["Cache-Control", "no-cache"],
    ["Pragma", "no-cache"],
  ])("does not tell %s apart", async (name, value) => {
    expect(await statuses([], ["/page", { headers: { [name]: value } }])).toBe("MISS HIT");
  });

  it("does not tell hosts apart: the cache belongs to the Worker", async () => {
    expect(await statuses(["https://a.example/page"], ["https://b.example/page"])).toBe("MISS HIT");
  });

  it("does not share answers between versions of the Worker", async () => {
    await get();
    openCache("version 2");
    expect((await get()).cache).toBe("MISS");
  });

  it("answers HEAD from what GET stored, with its headers and no body", async () => {
    await get();
    const head = await get("/page", { method: "HEAD" });
    expect(head).toMatchObject({ cache: "HIT", text: "" });
    expect(head.headers.get("Content-Length")).toBe("6");
  });

  it("asks the Worker with GET for HEAD, and stores what a GET can use", async () => {
    expect(await get("/page", { method: "HEAD" })).toMatchObject({ cache: "MISS", text: "" });
    expect(asked[0]?.method).toBe("GET");
    expect(await get()).toMatchObject({ cache: "HIT", text: "made 1" });
  });

  it("takes the key that a calling Worker gives instead of path and query", async () => {
    const cf = { cacheKey: "the page" } as RequestInitCfProperties;
    expect(await statuses(["/one", { cf }], ["/two?x", { cf }], ["/one"])).toBe("MISS HIT MISS");
  });
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
