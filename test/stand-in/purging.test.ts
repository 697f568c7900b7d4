import { beforeEach, describe, expect, it } from "vitest";
import {
  SECOND,
  MINUTE,
  HOUR,
  asked,
  cache,
  beginAnew,
  pass,
  answerWith,
  page,
  get,
  statuses,
  say,
} from "./cache.ts";

// What Cloudflare documents of Workers Cache, sentence by sentence, held by the stand-in: what is purged.
// Each group is a page; where a sentence only says "as RFC 9111", the section is named.

beforeEach(beginAnew);

describe("workers/cache/configuration: Cache-Tag", () => {
  it("is kept from whoever asks", async () => {
    say({ "Cache-Control": "max-age=60", "Cache-Tag": "a,b" });
    expect((await get()).headers.has("Cache-Tag")).toBe(false);
    expect((await get()).headers.has("Cache-Tag")).toBe(false);
    say({ "Cache-Control": "no-store", "Cache-Tag": "a,b" });
    expect((await get("/other")).headers.has("Cache-Tag")).toBe(false);
  });

  it("matches without regard to case", async () => {
    say({ "Cache-Control": "max-age=60", "Cache-Tag": "Story:ONE" });
    await get();
    await cache.purge({ tags: ["story:one"] });
    expect((await get()).cache).toBe("MISS");
  });

  it.each([
    ["with a space", "two words"],
    ["of more than 1,024 characters", "a".repeat(1025)],
    ["beyond the thousandth", `${Array.from({ length: 1000 }, (_, n) => `t${n}`).join()},last`],
  ])("drops a tag %s without a word, and keeps the others", async (_, tags) => {
    say({ "Cache-Control": "max-age=60", "Cache-Tag": `kept,${tags}` });
    await get();
    await cache.purge({ tags: [tags.split(",").at(-1) ?? ""] });
    expect((await get()).cache).toBe("HIT");
    await cache.purge({ tags: ["kept"] });
    expect((await get()).cache).toBe("MISS");
  });
});

describe("workers/cache/purge", () => {
  const tagged = () => say({ "Cache-Control": "max-age=60", "Cache-Tag": "a" });

  it("forgets what has one of the tags, and nothing else", async () => {
    tagged();
    await get("/one");
    say({ "Cache-Control": "max-age=60", "Cache-Tag": "b" });
    await get("/two");
    expect(await cache.purge({ tags: ["a", "c"] })).toEqual({ success: true, errors: [] });
    expect(await statuses(["/one"], ["/two"])).toBe("MISS HIT");
  });

  it("forgets what is under a path, whatever its query; the slash before it may be left out", async () => {
    const paths = ["/blog/1", "/blog/2?x=1", "/about"];
    for (const path of paths) await get(path);
    await cache.purge({ pathPrefixes: ["blog/"] });
    expect(await statuses(...paths.map((path): [string] => [path]))).toBe("MISS MISS HIT");
  });

  it("forgets what either names when both are given", async () => {
    tagged();
    await get("/one");
    say({ "Cache-Control": "max-age=60" });
    await get("/blog/1");
    await get("/about");
    await cache.purge({ tags: ["a"], pathPrefixes: ["/blog/"] });
    expect(await statuses(["/one"], ["/blog/1"], ["/about"])).toBe("MISS MISS HIT");
  });

  it("forgets everything", async () => {
    await get("/one");
    await get("/two");
    await cache.purge({ purgeEverything: true });
    expect(await statuses(["/one"], ["/two"])).toBe("MISS MISS");
  });

  it("does not reach what lies behind the first 16 KB of a response's tags", async () => {
    const many = Array.from({ length: 900 }, (_, n) => `tag-of-some-length-${n}`);
    answerWith(
      () =>
        new Response("x", {
          headers: { "Cache-Control": "max-age=60", "Cache-Tag": [...many, "last"].join(",") },
        }),
    );
    await get("/one");
    await cache.purge({ tags: ["last"] });
    expect(await statuses(["/one"])).toBe("HIT");
    await cache.purge({ tags: ["tag-of-some-length-0"] });
    expect(await statuses(["/one"])).toBe("MISS");
  });

  it("refuses everything together with some of it", async () => {
    const { success, errors } = await cache.purge({ purgeEverything: true, tags: ["a"] });
    expect([success, errors[0]?.code]).toEqual([false, 1092]);
  });

  it.each([
    [{}],
    [{ tags: [] }],
    [{ pathPrefixes: ["https://paper.example/blog/"] }],
    [{ pathPrefixes: ["/blog/?x=1"] }],
    [{ pathPrefixes: ["/blog/#top"] }],
    [{ tags: Array.from({ length: 101 }, (_, n) => `t${n}`) }],
  ])("refuses %j with an error that has a code and a message", async (options) => {
    const result = await cache.purge(options);
    expect(result.success).toBe(false);
    expect(result.errors).toEqual([
      { code: expect.any(Number) as number, message: expect.any(String) as string },
    ]);
  });

  it("takes 100 tags in a call", async () => {
    const tags = Array.from({ length: 100 }, (_, n) => `t${n}`);
    expect((await cache.purge({ tags })).success).toBe(true);
  });

  it("refuses calls beyond 25 at once and 5 a minute, which purge and invalidate share", async () => {
    tagged();
    for (let call = 0; call < 25; call += 1) {
      const forget = call % 2 === 0 ? "purge" : "invalidate";
      expect((await cache[forget]({ tags: ["z"] })).success).toBe(true);
    }
    await get();
    expect((await cache.purge({ tags: ["a"] })).success).toBe(false);
    expect((await cache.invalidate({ tags: ["a"] })).success).toBe(false);
    expect((await get()).cache).toBe("HIT");
    pass(12 * SECOND);
    expect((await cache.purge({ tags: ["a"] })).success).toBe(true);
    expect((await cache.purge({ tags: ["a"] })).success).toBe(false);
  });
});

describe("cache/guides/invalidate-cache", () => {
  const validated = (more = "") => ({
    "Cache-Control": `max-age=3600${more}`,
    ETag: '"a"',
    "Cache-Tag": "t",
  });

  it("keeps what is stored, and asks under its condition: confirmed, it is used again", async () => {
    say(validated());
    await get();
    expect(await cache.invalidate({ tags: ["t"] })).toEqual({ success: true, errors: [] });
    answerWith(() => page(validated(), 304));
    expect(await get()).toMatchObject({ cache: "REVALIDATED", status: 200, text: "made 1" });
    expect(asked[1]?.headers.get("If-None-Match")).toBe('"a"');
    expect((await get()).cache).toBe("HIT");
  });

  it("replaces it when the Worker has another", async () => {
    say(validated());
    await get();
    await cache.invalidate({ purgeEverything: true });
    expect(await get()).toMatchObject({ cache: "EXPIRED", text: "made 2" });
    expect((await get()).cache).toBe("HIT");
  });

  it("answers with it meanwhile within stale-while-revalidate, which counts from the invalidation", async () => {
    say(validated(", stale-while-revalidate=30"));
    await get();
    pass(10 * MINUTE);
    await cache.invalidate({ pathPrefixes: ["/page"] });
    pass(29 * SECOND);
    expect(await get()).toMatchObject({ cache: "UPDATING", text: "made 1" });
    expect(await get()).toMatchObject({ cache: "HIT", text: "made 2" });
    await cache.invalidate({ pathPrefixes: ["/page"] });
    pass(31 * SECOND);
    expect((await get()).cache).toBe("EXPIRED");
  });

  it("does not lengthen a window that has ended", async () => {
    say(validated(", stale-while-revalidate=30"));
    await get();
    pass(HOUR + 31 * SECOND);
    await cache.invalidate({ tags: ["t"] });
    expect((await get()).cache).toBe("EXPIRED");
    await cache.invalidate({ tags: ["t"] });
    pass(31 * SECOND);
    await cache.invalidate({ tags: ["t"] });
    expect((await get()).cache).toBe("EXPIRED");
  });

  it("answers with it within stale-if-error when the Worker fails", async () => {
    say(validated(", stale-if-error=60"));
    await get();
    await cache.invalidate({ tags: ["t"] });
    say({}, 503);
    expect(await get()).toMatchObject({ cache: "STALE", text: "made 1" });
  });
});

describe("RFC 9111 section 4.4: what a request changes", () => {
  it.each(["POST", "PUT", "PATCH", "DELETE"])(
    "is forgotten after a %s that succeeded",
    async (method) => {
      await get();
      await get("/page", { method });
      expect((await get()).cache).toBe("MISS");
    },
  );

  it("is kept after one that failed, and after one that changes nothing", async () => {
    await get();
    await get("/page", { method: "OPTIONS" });
    answerWith(() => page({}, 405));
    await get("/page", { method: "POST" });
    expect((await get()).cache).toBe("HIT");
  });

  it("is also what the answer's Location names on this site", async () => {
    await get("/page");
    await get("/other");
    answerWith(() =>
      page({ Location: "/page", "Content-Location": "https://elsewhere.example/other" }, 201),
    );
    await get("/pages", { method: "POST" });
    say({ "Cache-Control": "max-age=60" });
    expect(await statuses(["/page"], ["/other"])).toBe("MISS HIT");
  });
});
