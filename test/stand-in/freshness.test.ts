import { beforeEach, describe, expect, it } from "vitest";
import {
  START,
  SECOND,
  MINUTE,
  HOUR,
  type Made,
  asked,
  behind,
  beginAnew,
  openCache,
  pass,
  answerWith,
  page,
  get,
  send,
  statuses,
  twice,
  say,
} from "./cache.ts";

// What Cloudflare documents of Workers Cache, sentence by sentence, held by the stand-in: how long what is stored is fresh.
// Each group is a page; where a sentence only says "as RFC 9111", the section is named.

const DAY = 24 * HOUR;

beforeEach(beginAnew);

describe("workers/cache/configuration: Cache-Control", () => {
  it.each([
    [200, 2 * HOUR],
    [203, 2 * HOUR],
    [204, 2 * HOUR],
    [300, 20 * MINUTE],
    [301, 20 * MINUTE],
    [404, 3 * MINUTE],
    [405, MINUTE],
    [410, 3 * MINUTE],
    [414, MINUTE],
    [501, MINUTE],
  ])("stores a %i that says nothing for its default time", async (status, time) => {
    answerWith(() => page({}, status));
    await get();
    pass(time - SECOND);
    expect((await get()).cache).toBe("HIT");
    pass(SECOND);
    expect((await get()).cache).toBe("EXPIRED");
  });

  it.each([201, 302, 307, 400, 401, 403, 500, 503])(
    "does not store a %i that says nothing",
    async (status) => {
      say({}, status);
      expect(await twice()).toBe("DYNAMIC DYNAMIC");
    },
  );

  it.each([302, 403, 503])("stores a %i that says how long", async (status) => {
    say({ "Cache-Control": "max-age=60" }, status);
    expect(await twice()).toBe("MISS HIT");
  });

  it("does not apply the defaults to a response that sets Cache-Control or Expires", async () => {
    say({ "Cache-Control": "public" });
    expect(await twice()).toBe("MISS EXPIRED");
    openCache("another");
    say({ Expires: new Date(START + 5 * SECOND).toUTCString() });
    await get();
    pass(6 * SECOND);
    expect((await get()).cache).toBe("EXPIRED");
  });

  it.each(["no-store", "private", "No-Store, max-age=60", "private, max-age=60"])(
    "does not store %s",
    async (value) => {
      say({ "Cache-Control": value });
      expect(await twice()).toBe("BYPASS BYPASS");
      expect(asked).toHaveLength(2);
    },
  );

  it("keeps a response for max-age, and then asks anew", async () => {
    say({ "Cache-Control": "public, max-age=3600" });
    await get();
    pass(HOUR - SECOND);
    expect(await get()).toMatchObject({ cache: "HIT", text: "made 1" });
    pass(SECOND);
    expect(await get()).toMatchObject({ cache: "EXPIRED", text: "made 2" });
    expect(await get()).toMatchObject({ cache: "HIT", text: "made 2" });
  });

  it("prefers s-maxage to max-age (RFC 9111 section 5.2.2.10)", async () => {
    say({ "Cache-Control": "max-age=5, s-maxage=60" });
    await get();
    pass(30 * SECOND);
    expect((await get()).cache).toBe("HIT");
  });

  it("takes no time from a response that gives none: a tenth of its age, if it may be stored at all", async () => {
    say({ "Cache-Control": "no-transform" }, 302);
    expect(await twice()).toBe("DYNAMIC DYNAMIC");
    const hourOld = new Date(START - HOUR).toUTCString();
    say({ "Cache-Control": "public", "Last-Modified": hourOld }, 302);
    await get("/other");
    pass(5 * MINUTE);
    expect((await get("/other")).cache).toBe("HIT");
    pass(MINUTE);
    expect((await get("/other")).cache).toBe("EXPIRED");
  });

  it("stores what must be understood, and no status that is not (RFC 9111 section 5.2.2.3)", async () => {
    say({ "Cache-Control": "must-understand, no-store, max-age=60" });
    expect(await twice()).toBe("MISS HIT");
    say({ "Cache-Control": "must-understand, no-store, max-age=60" }, 599);
    expect(await statuses(["/other"], ["/other"])).toBe("BYPASS BYPASS");
  });

  it.each([
    ["Sat, 01 Jan 2050 00:00:00 GMT", "HIT"],
    ["Saturday, 01-Jan-50 00:00:00 GMT", "HIT"],
    ["Sat Jan  1 00:00:00 2050", "HIT"],
    ["Sunday, 06-Nov-94 08:49:37 GMT", "EXPIRED"],
    ["Wed, 31 Feb 2027 00:00:00 GMT", "EXPIRED"],
    ["0", "EXPIRED"],
  ])("reads a date in each of its forms, and no other: Expires: %s", async (value, then) => {
    say({ Expires: value });
    expect(await twice()).toBe(`MISS ${then}`);
  });

  it("takes the first of two times (RFC 9111 section 4.2.1)", async () => {
    say({ "Cache-Control": "max-age=60, max-age=0" });
    expect(await twice()).toBe("MISS HIT");
  });

  it("takes no age from the part of a second that a date leaves out", async () => {
    pass(900);
    answerWith(() => page({ "Cache-Control": "max-age=1", Date: new Date(START).toUTCString() }));
    await get();
    pass(500);
    expect((await get()).cache).toBe("HIT");
  });

  it("takes a malformed time for none (RFC 9111 section 4.2.1)", async () => {
    say({ "Cache-Control": "max-age='3600'" });
    expect(await twice()).toBe("MISS EXPIRED");
  });

  it("counts the age a response comes with (RFC 9111 section 4.2.3)", async () => {
    say({ "Cache-Control": "max-age=60", Age: "50" });
    await get();
    pass(9 * SECOND);
    expect((await get()).headers.get("Age")).toBe("59");
    pass(SECOND);
    expect((await get()).cache).toBe("EXPIRED");
  });

  it("takes what a calling Worker says of caching before what the Worker says", async () => {
    const cf = { cacheControl: "public, max-age=300" } as RequestInitCfProperties;
    say({ "Cache-Control": "no-store" });
    expect(await statuses(["/page", { cf }], ["/page", { cf }])).toBe("MISS HIT");
  });
});

describe("workers/cache/configuration: stale-while-revalidate", () => {
  const SWR = { "Cache-Control": "max-age=600, stale-while-revalidate=60" };

  it("answers at once with what is stale and has it made anew behind", async () => {
    say(SWR);
    await get();
    pass(601 * SECOND);
    expect(await get()).toMatchObject({ cache: "UPDATING", text: "made 1" });
    expect(await get()).toMatchObject({ cache: "HIT", text: "made 2" });
    expect(asked).toHaveLength(2);
  });

  it("answers all requests so until the new one is there, and asks once", async () => {
    say(SWR);
    await get();
    pass(601 * SECOND);
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    answerWith(async () => {
      await released;
      return page(SWR);
    });
    for (let request = 0; request < 5; request += 1)
      expect(await send("/page")).toMatchObject({ cache: "UPDATING", text: "made 1" });
    release();
    await Promise.all(behind.splice(0));
    expect(asked).toHaveLength(2);
    expect((await get()).cache).toBe("HIT");
  });

  it("waits for the Worker once the window is over", async () => {
    say(SWR);
    await get();
    pass(660 * SECOND);
    expect(await get()).toMatchObject({ cache: "EXPIRED", text: "made 2" });
  });

  it("waits for the Worker without the directive: the window is 0 by default", async () => {
    await get();
    pass(60 * SECOND);
    expect((await get()).cache).toBe("EXPIRED");
  });

  it.each(["s-maxage=600", "must-revalidate", "proxy-revalidate"])(
    "is switched off by %s",
    async (directive) => {
      say({ "Cache-Control": `${SWR["Cache-Control"]}, ${directive}` });
      await get();
      pass(601 * SECOND);
      expect((await get()).cache).toBe("EXPIRED");
    },
  );

  it("goes on answering with what is stale when the Worker fails behind it", async () => {
    say(SWR);
    await get();
    pass(601 * SECOND);
    answerWith(() => new Error("away"));
    expect(await get()).toMatchObject({ cache: "UPDATING", text: "made 1" });
    expect(await get()).toMatchObject({ cache: "UPDATING", text: "made 1" });
  });

  it("gives a new time to what is confirmed behind the answer", async () => {
    say({ ...SWR, ETag: '"a"' });
    await get();
    pass(601 * SECOND);
    answerWith(() => page({ ...SWR, ETag: '"a"' }, 304));
    expect((await get()).cache).toBe("UPDATING");
    expect(await get()).toMatchObject({ cache: "HIT", text: "made 1" });
  });
});

describe("workers/cache/configuration: stale-if-error", () => {
  const FAILURES: [string, () => Made][] = [
    ["throws", () => new Error("away")],
    ["answers 500", () => page({}, 500)],
    ["answers 503", () => page({ "Cache-Control": "no-store" }, 503)],
  ];

  it.each(FAILURES)("answers with the last success when the Worker %s", async (_, fails) => {
    say({ "Cache-Control": "max-age=60, stale-if-error=3600" });
    await get();
    pass(61 * SECOND);
    answerWith(fails);
    expect(await get()).toMatchObject({ cache: "STALE", status: 200, text: "made 1" });
  });

  it("does so only within its window", async () => {
    say({ "Cache-Control": "max-age=60, stale-if-error=3600" });
    await get();
    pass(61 * MINUTE + SECOND);
    say({}, 503);
    expect(await get()).toMatchObject({ status: 503 });
  });

  it("does so for ever without the directive", async () => {
    await get();
    pass(400 * DAY);
    say({}, 503);
    expect((await get()).cache).toBe("STALE");
  });

  it.each(["stale-if-error=0", "s-maxage=60", "must-revalidate", "proxy-revalidate", "no-cache"])(
    "lets errors through with %s",
    async (directive) => {
      say({ "Cache-Control": `max-age=60, ${directive}` });
      await get();
      pass(61 * SECOND);
      say({}, 503);
      expect(await get()).toMatchObject({ status: 503 });
      answerWith(() => new Error("away"));
      await expect(send("/page")).rejects.toThrow("away");
    },
  );

  it("lets errors through where nothing is stored", async () => {
    say({}, 503);
    expect(await get()).toMatchObject({ status: 503, cache: "DYNAMIC" });
    answerWith(() => new Error("away"));
    await expect(send("/other")).rejects.toThrow("away");
  });

  it("has no effect on what the Worker can answer", async () => {
    say({ "Cache-Control": "max-age=60, stale-if-error=3600" });
    await get();
    pass(61 * SECOND);
    expect(await get()).toMatchObject({ cache: "EXPIRED", text: "made 2" });
  });

  it("is no success that it answers with when what is stored is an error itself", async () => {
    say({ "Cache-Control": "max-age=60, stale-if-error=3600" }, 503);
    await get();
    pass(61 * SECOND);
    expect(await get()).toMatchObject({ cache: "EXPIRED", status: 503, text: "made 2" });
  });
});

describe("cache/concepts/cache-responses: Age", () => {
  it("is on what comes from the cache, and on nothing else", async () => {
    expect((await get()).headers.has("Age")).toBe(false);
    const head = await get("/other", { method: "HEAD" });
    expect([head.cache, head.headers.has("Age")]).toEqual(["MISS", false]);
    pass(7 * SECOND);
    expect((await get()).headers.get("Age")).toBe("7");
    pass(MINUTE);
    expect((await get()).headers.has("Age")).toBe(false);
  });

  it("begins anew when the response is confirmed", async () => {
    say({ "Cache-Control": "max-age=60", ETag: '"a"', Age: "30" });
    await get();
    pass(61 * SECOND);
    answerWith(() => page({ "Cache-Control": "max-age=60", ETag: '"a"' }, 304));
    expect((await get()).headers.get("Age")).toBe("0");
    pass(5 * SECOND);
    expect((await get()).headers.get("Age")).toBe("5");
  });
});
