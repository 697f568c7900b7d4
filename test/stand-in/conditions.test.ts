import { beforeEach, describe, expect, it } from "vitest";
import {
  SECOND,
  asked,
  cache,
  beginAnew,
  pass,
  answerWith,
  page,
  get,
  statuses,
  twice,
  say,
} from "./cache.ts";

// What Cloudflare documents of Workers Cache, sentence by sentence, held by the stand-in: what a request asks of what is stored.
// Each group is a page; where a sentence only says "as RFC 9111", the section is named.

beforeEach(beginAnew);

describe("workers/cache/configuration: Range requests", () => {
  beforeEach(() => {
    answerWith(
      () =>
        new Response("0123456789", {
          headers: { "Cache-Control": "max-age=60", ETag: '"a"', "Accept-Ranges": "bytes" },
        }),
    );
  });

  const range = (value: string, more = {}) => ({ headers: { Range: value, ...more } });

  it("asks the Worker for all of it, and answers with the part", async () => {
    const first = await get("/page", range("bytes=0-3"));
    expect(first).toMatchObject({ cache: "MISS", status: 206, text: "0123" });
    expect(first.headers.get("Content-Range")).toBe("bytes 0-3/10");
    expect(asked[0]?.headers.has("Range")).toBe(false);
    expect(await get("/page", range("bytes=4-6"))).toMatchObject({ cache: "HIT", text: "456" });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-2", 206, "89", "bytes 8-9/10"],
    ["bytes=-99", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=8-99", 206, "89", "bytes 8-9/10"],
    ["bytes=10-", 416, "", "bytes */10"],
    ["bytes=-0", 416, "", "bytes */10"],
    ["bytes=5-2", 200, "0123456789", null],
    ["bytes=0-1,4-5", 200, "0123456789", null],
    ["lines=0-1", 200, "0123456789", null],
  ])("%s is answered %i", async (value, status, text, contentRange) => {
    const answer = await get("/page", range(value));
    expect(answer).toMatchObject({ status, text });
    expect(answer.headers.get("Content-Range")).toBe(contentRange);
  });

  it("is for responses that say they can be sliced", async () => {
    answerWith(() => new Response("0123456789", { headers: { "Cache-Control": "max-age=60" } }));
    expect(await get("/page", range("bytes=0-3"))).toMatchObject({
      status: 200,
      text: "0123456789",
    });
  });

  it("is for GET alone", async () => {
    const head = await get("/page", { method: "HEAD", ...range("bytes=0-3") });
    expect(head.status).toBe(200);
    expect(head.headers.get("Content-Length")).toBe("10");
  });

  it.each([
    ['"a"', 206],
    ['"b"', 200],
    ['W/"a"', 200],
  ])("answers with the part only if If-Range %s still holds: %i", async (tag, status) => {
    expect((await get("/page", range("bytes=0-3", { "If-Range": tag }))).status).toBe(status);
  });
});

describe("workers/cache/configuration: Vary", () => {
  const language = (value: string) => ({ headers: { "Accept-Language": value } });

  it("keeps a variant for each value of the fields it names", async () => {
    say({ "Cache-Control": "max-age=60", Vary: "Accept-Language" });
    const [de, fr] = [language("de"), language("fr")];
    expect(await statuses(["/page", de], ["/page", fr], ["/page", de], ["/page", fr], [])).toBe(
      "MISS MISS HIT HIT MISS",
    );
  });

  it("compares values as they are: another order is another variant", async () => {
    say({ "Cache-Control": "max-age=60", Vary: "Accept-Language" });
    expect(await statuses(["/page", language("de, fr")], ["/page", language("fr, de")])).toBe(
      "MISS MISS",
    );
  });

  it("honours any field", async () => {
    say({ "Cache-Control": "max-age=60", Vary: "X-Anything, Accept" });
    const one = { headers: { "X-Anything": "1" } };
    expect(await statuses(["/page", one], [], ["/page", one])).toBe("MISS MISS HIT");
  });

  it("does not store Vary: *", async () => {
    say({ "Cache-Control": "max-age=60", Vary: "Accept, *" });
    expect(await twice()).toBe("BYPASS BYPASS");
  });

  it("keeps one answer of each variant, and of a hundred variants", async () => {
    const vary = { Vary: "Accept-Language" };
    say({ "Cache-Control": "max-age=60", ...vary });
    await get("/page", language("de"));
    say({ "Cache-Control": "max-age=0", ...vary });
    for (let time = 0; time < 120; time += 1) await get("/page", language("fr"));
    expect((await get("/page", language("de"))).cache).toBe("HIT");
    for (let other = 0; other < 100; other += 1) await get("/page", language(`x-${other}`));
    expect((await get("/page", language("de"))).cache).toBe("MISS");
  });

  it("purges all variants of a URL together", async () => {
    say({ "Cache-Control": "max-age=60", Vary: "Accept-Language", "Cache-Tag": "page" });
    await statuses(["/page", language("de")], ["/page", language("fr")]);
    await cache.purge({ tags: ["page"] });
    expect(await statuses(["/page", language("de")], ["/page", language("fr")])).toBe("MISS MISS");
  });
});

describe("RFC 9111 section 4.3: conditions", () => {
  const MODIFIED = "Thu, 26 Nov 2026 08:00:00 GMT";
  const known = (headers: Record<string, string>) => get("/page", { headers });

  beforeEach(() => {
    say({ "Cache-Control": "max-age=60", ETag: 'W/"a,1"', "Last-Modified": MODIFIED });
  });

  it.each(['W/"a,1"', '"a,1"', '"x", W/"a,1"', "*"])(
    "answers If-None-Match: %s from the store with 304 and no body",
    async (tag) => {
      await get();
      const answer = await known({ "If-None-Match": tag });
      expect(answer).toMatchObject({ cache: "HIT", status: 304, text: "" });
      expect(answer.headers.get("ETag")).toBe('W/"a,1"');
      for (const name of ["Content-Type", "Content-Length"])
        expect(answer.headers.has(name)).toBe(false);
      expect(asked).toHaveLength(1);
    },
  );

  it("answers with the page when the tag is another, whatever If-Modified-Since says", async () => {
    await get();
    const headers = { "If-None-Match": '"b"', "If-Modified-Since": MODIFIED };
    expect(await known(headers)).toMatchObject({ cache: "HIT", status: 200, text: "made 1" });
  });

  it("answers If-Modified-Since from the store", async () => {
    await get();
    expect((await known({ "If-Modified-Since": MODIFIED })).status).toBe(304);
    const before = "Thu, 26 Nov 2026 07:59:59 GMT";
    expect((await known({ "If-Modified-Since": before })).status).toBe(200);
  });

  it("answers only what is there with 304", async () => {
    say({ "Cache-Control": "max-age=60", ETag: '"a"' }, 404);
    await get();
    expect(await known({ "If-None-Match": '"a"' })).toMatchObject({ cache: "HIT", status: 404 });
  });

  it("asks with If-Modified-Since whether a page without a tag is still good", async () => {
    say({ "Cache-Control": "max-age=60", "Last-Modified": MODIFIED });
    await get();
    pass(61 * SECOND);
    await get();
    expect(asked[1]?.headers.get("If-Modified-Since")).toBe(MODIFIED);
    expect(asked[1]?.headers.has("If-None-Match")).toBe(false);
  });

  it("asks the Worker for all of it when nothing is stored, and answers the condition itself", async () => {
    expect(await known({ "If-None-Match": '"a,1"' })).toMatchObject({ cache: "MISS", status: 304 });
    expect(asked[0]?.headers.has("If-None-Match")).toBe(false);
    expect(await get()).toMatchObject({ cache: "HIT", status: 200, text: "made 1" });
  });

  it("answers the condition also of what it does not store", async () => {
    say({ "Cache-Control": "no-store", ETag: '"a"' });
    expect(await known({ "If-None-Match": '"a"' })).toMatchObject({ cache: "BYPASS", status: 304 });
  });

  it("gives a 304's headers to what is stored, but those of its body", async () => {
    await get();
    pass(61 * SECOND);
    answerWith(
      () =>
        new Response(null, {
          status: 304,
          headers: {
            "Cache-Control": "max-age=600",
            "X-New": "1",
            "Content-Length": "99",
            "Cache-Tag": "new",
          },
        }),
    );
    const answer = await get();
    expect(answer).toMatchObject({ cache: "REVALIDATED", text: "made 1" });
    expect(answer.headers.get("X-New")).toBe("1");
    expect(answer.headers.get("Content-Type")).toBe("text/html");
    expect(answer.headers.get("Content-Length")).not.toBe("99");
    pass(300 * SECOND);
    expect((await get()).cache).toBe("HIT");
    await cache.purge({ tags: ["new"] });
    expect((await get()).cache).toBe("MISS");
  });

  it("does not bring back what was purged while it was being confirmed", async () => {
    say({ "Cache-Control": "max-age=60", ETag: '"a"', "Cache-Tag": "t" });
    await get();
    pass(61 * SECOND);
    answerWith(async () => {
      await cache.purge({ tags: ["t"] });
      return page({ "Cache-Control": "max-age=60", ETag: '"a"' }, 304);
    });
    await get();
    say({ "Cache-Control": "max-age=60" });
    expect((await get()).cache).toBe("MISS");
  });
});
