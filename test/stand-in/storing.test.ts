import { beforeEach, describe, expect, it } from "vitest";
import {
  START,
  SECOND,
  HOUR,
  asked,
  beginAnew,
  openCache,
  pass,
  answerWith,
  page,
  get,
  statuses,
  twice,
  say,
} from "./cache.ts";

// What Cloudflare documents of Workers Cache, sentence by sentence, held by the stand-in: what is stored.
// Each group is a page; where a sentence only says "as RFC 9111", the section is named.

beforeEach(beginAnew);

describe("workers/cache/configuration: header precedence", () => {
  const FIELDS = ["Cloudflare-CDN-Cache-Control", "CDN-Cache-Control", "Cache-Control"] as const;

  it.each([
    [0, 1],
    [0, 2],
    [1, 2],
  ])("takes field %i before field %i", async (first, second) => {
    const [one, other] = [FIELDS[first], FIELDS[second]] as [string, string];
    say({ [one]: "max-age=60", [other]: "no-store" });
    expect(await twice()).toBe("MISS HIT");
    openCache("another");
    say({ [one]: "no-store", [other]: "max-age=60" });
    expect(await twice()).toBe("BYPASS BYPASS");
  });

  it("keeps Cloudflare's own field to itself and passes the others on", async () => {
    say(Object.fromEntries(FIELDS.map((field) => [field, "max-age=60"])));
    for (const { headers } of [await get(), await get()]) {
      expect(headers.has("Cloudflare-CDN-Cache-Control")).toBe(false);
      expect(headers.get("CDN-Cache-Control")).toBe("max-age=60");
      expect(headers.get("Cache-Control")).toBe("max-age=60");
    }
  });

  it("does not look at Expires when a field for caches like it is there", async () => {
    say({ "CDN-Cache-Control": "max-age=60", Expires: "0" });
    expect(await twice()).toBe("MISS HIT");
    say({ "CDN-Cache-Control": "public", Expires: new Date(START + HOUR).toUTCString() });
    expect(await statuses(["/other"], ["/other"])).toBe("MISS EXPIRED");
  });

  it.each(["max-age=60, &&&", 'max-age="60"', ""])(
    "takes a field for caches like it that is malformed (%s) for none (RFC 9213 section 2.1)",
    async (value) => {
      say({ "CDN-Cache-Control": value, "Cache-Control": "no-store" });
      expect(await twice()).toBe("BYPASS BYPASS");
    },
  );
});

describe("workers/cache/configuration: automatic bypass", () => {
  it("does not store a response that sets a cookie", async () => {
    say({ "Cache-Control": "max-age=60", "Set-Cookie": "a=1" });
    expect(await twice()).toBe("BYPASS BYPASS");
  });

  it.each(["private", "no-cache"])(
    'stores it without its cookie if it says %s="set-cookie"',
    async (directive) => {
      say({ "Cache-Control": `max-age=60, ${directive}="set-cookie"`, "Set-Cookie": "a=1" });
      expect((await get()).headers.get("Set-Cookie")).toBe("a=1");
      const hit = await get();
      expect(hit.cache).toBe("HIT");
      expect(hit.headers.has("Set-Cookie")).toBe(false);
    },
  );

  const AUTHORIZED = { headers: { Authorization: "Bearer x" } };

  it("does not store what is answered to a request with Authorization", async () => {
    expect(await statuses(["/page", AUTHORIZED], [])).toBe("BYPASS MISS");
  });

  it.each(["public", "must-revalidate", "s-maxage=60"])("does if it says %s", async (directive) => {
    say({ "Cache-Control": `max-age=60, ${directive}` });
    expect(await statuses(["/page", AUTHORIZED], [])).toBe("MISS HIT");
  });

  it("stores no-cache, and asks before every use", async () => {
    say({ "Cache-Control": "no-cache", ETag: '"a"' });
    await get();
    expect(await get()).toMatchObject({ cache: "EXPIRED", text: "made 2" });
    answerWith(() => page({ "Cache-Control": "no-cache", ETag: '"a"' }, 304));
    expect(await get()).toMatchObject({ cache: "REVALIDATED", status: 200, text: "made 2" });
    expect(asked[2]?.headers.get("If-None-Match")).toBe('"a"');
  });

  it("answers no-cache at once within its stale-while-revalidate, and asks behind", async () => {
    say({ "Cache-Control": "no-cache, stale-while-revalidate=60" });
    await get();
    expect(await get()).toMatchObject({ cache: "UPDATING", text: "made 1" });
    expect(await get()).toMatchObject({ cache: "UPDATING", text: "made 2" });
    pass(61 * SECOND);
    expect((await get()).cache).toBe("EXPIRED");
  });

  it.each([206, 520, 523, 526])("never stores a %i, whatever it says", async (status) => {
    say({ "Cache-Control": "public, max-age=60" }, status);
    expect(await twice()).toBe("MISS MISS");
  });

  it("does not serve what was stored after an answer that may not be", async () => {
    say({ "Cache-Control": "max-age=60, stale-while-revalidate=600" });
    await get();
    pass(61 * SECOND);
    say({ "Cache-Control": "no-store" }, 404);
    expect((await get()).cache).toBe("UPDATING");
    expect(await get()).toMatchObject({ cache: "BYPASS", status: 404 });
  });
});

describe("workers/cache/configuration: Cache Deception Armor", () => {
  it.each([
    ["/account/style.css", "text/html", "BYPASS BYPASS"],
    ["/account/photo.png", "application/json", "BYPASS BYPASS"],
    ["/style.css", "text/css", "MISS HIT"],
    ["/photo.jpg", "image/png", "MISS HIT"],
    ["/api/users/42", "text/html", "MISS HIT"],
    ["/page.unknown", "text/html", "MISS HIT"],
  ])("%s as %s that says nothing of caching: %s", async (path, type, expected) => {
    say({ "Content-Type": type });
    expect(await statuses([path], [path])).toBe(expected);
  });

  it("is skipped for a response that says how it may be cached", async () => {
    expect(await statuses(["/style.css"], ["/style.css"])).toBe("MISS HIT");
  });
});

describe("RFC 9111 section 3.1: what is kept of a response", () => {
  it("is not what belongs to a connection", async () => {
    say({
      "Cache-Control": "max-age=60",
      Connection: "X-Hop",
      "X-Hop": "1",
      "Keep-Alive": "1",
      "X-Kept": "1",
    });
    await get();
    const { headers } = await get();
    expect(headers.get("X-Kept")).toBe("1");
    for (const name of ["Connection", "X-Hop", "Keep-Alive"]) expect(headers.has(name)).toBe(false);
  });

  it("is a Date, also if the Worker gave none (RFC 9110 section 6.6.1)", async () => {
    await get();
    pass(5 * SECOND);
    expect((await get()).headers.get("Date")).toBe(new Date(START).toUTCString());
  });
});

describe("cache/concepts/retention-vs-freshness", () => {
  it("counts headers among what takes room", async () => {
    const Long = "a".repeat(30_000);
    answerWith(() => new Response(null, { headers: { "Cache-Control": "max-age=60", Long } }));
    // Empty pages of 30 kB each: 64 MiB hold some 2,200 of them.
    for (let n = 0; n < 2500; n += 1) await get(`/${n}`);
    expect((await get("/2499")).cache).toBe("HIT");
    expect((await get("/0")).cache).toBe("MISS");
  });

  it("lets what was used longest ago go when there is no room", async () => {
    const body = new Uint8Array(16 * 1024 * 1024);
    answerWith(() => new Response(body, { headers: { "Cache-Control": "max-age=60" } }));
    for (const path of ["/1", "/2", "/3", "/1", "/4"]) await get(path);
    expect(await statuses(["/1"], ["/2"])).toBe("HIT MISS");
  });

  it("does not store what is larger than it can keep, and hands it on whole", async () => {
    const size = 33 * 1024 * 1024;
    answerWith(
      () => new Response(new Uint8Array(size), { headers: { "Cache-Control": "max-age=60" } }),
    );
    expect((await get()).text).toHaveLength(size);
    expect((await get()).cache).toBe("MISS");
  });
});
