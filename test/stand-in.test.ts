import { beforeEach, describe, expect, it } from "vitest";
import { StandIn } from "../src/edge/stand-in.ts";

// What Cloudflare documents of Workers Cache, sentence by sentence, held by the stand-in. Each group is a page; where a sentence
// only says "as RFC 9111", the section is named. The Worker here is whatever a test says it is.

const START = Date.UTC(2026, 10, 26, 12);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const HTML = { "Content-Type": "text/html" };

type Made = Response | Error;

/** The Worker behind the cache: what it was asked, and what it answers. */
let asked: Request[];
let makes: (request: Request) => Made | Promise<Made>;
let cache: StandIn;
let now: number;
let behind: Promise<unknown>[];

beforeEach(() => {
  asked = [];
  behind = [];
  now = START;
  cache = new StandIn("version 1", () => now);
  makes = () => page({ "Cache-Control": "max-age=60" });
});

/** A page whose text says how many times the Worker was asked. */
function page(headers: Record<string, string> = {}, status = 200): Response {
  const empty = [204, 304].includes(status);
  return new Response(empty ? null : `made ${asked.length}`, {
    status,
    headers: { ...HTML, ...headers },
  });
}

async function worker(request: Request): Promise<Response> {
  asked.push(request);
  const made = await makes(request);
  if (made instanceof Error) throw made;
  return made;
}

/** Sends a request, and tells the cache's status, the HTTP status and the text. */
async function get(path = "/page", init: RequestInit = {}) {
  const { response, ...told } = await send(path, init);
  await Promise.all(behind.splice(0));
  return { ...told, headers: response.headers };
}

async function send(path: string, init: RequestInit = {}) {
  const request = new Request(new URL(path, "https://paper.example"), init);
  const response = await cache.fetch(request, {
    worker,
    waitUntil: (promise) => void behind.push(promise),
  });
  const text = await response.text();
  return {
    response,
    status: response.status,
    cache: response.headers.get("Cf-Cache-Status"),
    text,
  };
}

/** The cache's status of one request after another. */
async function statuses(...requests: [path?: string, init?: RequestInit][]) {
  const told = [];
  for (const [path, init] of requests) told.push((await get(path, init)).cache);
  return told.join(" ");
}

const twice = () => statuses([], []);

/** The Worker's answers from now on have these headers. */
function say(headers: Record<string, string>, status = 200): void {
  makes = () => page(headers, status);
}

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
    makes = async () => {
      const number = asked.length;
      await released;
      return new Response(`made ${number}`, { headers });
    };
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
    now += 61 * SECOND;
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
    makes = () => new Promise(() => {});
    void send("/page");
    say({ "Cache-Control": "max-age=60" });
    const waiting = send("/page");
    await pause(20);
    expect(asked).toHaveLength(1);
    now += 11 * SECOND;
    expect(await waiting).toMatchObject({ cache: "MISS", text: "made 2" });
  });

  it("lets nobody in between when the one that never came comes after all", async () => {
    const releases = [slowly({ "Cache-Control": "max-age=60" })];
    const first = send("/page");
    now += 11 * SECOND;
    releases.push(slowly({ "Cache-Control": "max-age=60" }));
    const second = send("/page");
    await pause(5);
    expect(asked).toHaveLength(2);
    makes = () => page({ "Cache-Control": "no-store" });
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
    makes = () =>
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
    cache = new StandIn("version 2", () => now);
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
    makes = () => page({}, status);
    await get();
    now += time - SECOND;
    expect((await get()).cache).toBe("HIT");
    now += SECOND;
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
    cache = new StandIn("another", () => now);
    say({ Expires: new Date(START + 5 * SECOND).toUTCString() });
    await get();
    now += 6 * SECOND;
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
    now += HOUR - SECOND;
    expect(await get()).toMatchObject({ cache: "HIT", text: "made 1" });
    now += SECOND;
    expect(await get()).toMatchObject({ cache: "EXPIRED", text: "made 2" });
    expect(await get()).toMatchObject({ cache: "HIT", text: "made 2" });
  });

  it("prefers s-maxage to max-age (RFC 9111 section 5.2.2.10)", async () => {
    say({ "Cache-Control": "max-age=5, s-maxage=60" });
    await get();
    now += 30 * SECOND;
    expect((await get()).cache).toBe("HIT");
  });

  it("takes no time from a response that gives none: a tenth of its age, if it may be stored at all", async () => {
    say({ "Cache-Control": "no-transform" }, 302);
    expect(await twice()).toBe("DYNAMIC DYNAMIC");
    const hourOld = new Date(START - HOUR).toUTCString();
    say({ "Cache-Control": "public", "Last-Modified": hourOld }, 302);
    await get("/other");
    now += 5 * MINUTE;
    expect((await get("/other")).cache).toBe("HIT");
    now += MINUTE;
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
    now = START + 900;
    makes = () => page({ "Cache-Control": "max-age=1", Date: new Date(START).toUTCString() });
    await get();
    now += 500;
    expect((await get()).cache).toBe("HIT");
  });

  it("takes a malformed time for none (RFC 9111 section 4.2.1)", async () => {
    say({ "Cache-Control": "max-age='3600'" });
    expect(await twice()).toBe("MISS EXPIRED");
  });

  it("counts the age a response comes with (RFC 9111 section 4.2.3)", async () => {
    say({ "Cache-Control": "max-age=60", Age: "50" });
    await get();
    now += 9 * SECOND;
    expect((await get()).headers.get("Age")).toBe("59");
    now += SECOND;
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
    now += 601 * SECOND;
    expect(await get()).toMatchObject({ cache: "UPDATING", text: "made 1" });
    expect(await get()).toMatchObject({ cache: "HIT", text: "made 2" });
    expect(asked).toHaveLength(2);
  });

  it("answers all requests so until the new one is there, and asks once", async () => {
    say(SWR);
    await get();
    now += 601 * SECOND;
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    makes = async () => {
      await released;
      return page(SWR);
    };
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
    now += 660 * SECOND;
    expect(await get()).toMatchObject({ cache: "EXPIRED", text: "made 2" });
  });

  it("waits for the Worker without the directive: the window is 0 by default", async () => {
    await get();
    now += 60 * SECOND;
    expect((await get()).cache).toBe("EXPIRED");
  });

  it.each(["s-maxage=600", "must-revalidate", "proxy-revalidate"])(
    "is switched off by %s",
    async (directive) => {
      say({ "Cache-Control": `${SWR["Cache-Control"]}, ${directive}` });
      await get();
      now += 601 * SECOND;
      expect((await get()).cache).toBe("EXPIRED");
    },
  );

  it("goes on answering with what is stale when the Worker fails behind it", async () => {
    say(SWR);
    await get();
    now += 601 * SECOND;
    makes = () => new Error("away");
    expect(await get()).toMatchObject({ cache: "UPDATING", text: "made 1" });
    expect(await get()).toMatchObject({ cache: "UPDATING", text: "made 1" });
  });

  it("gives a new time to what is confirmed behind the answer", async () => {
    say({ ...SWR, ETag: '"a"' });
    await get();
    now += 601 * SECOND;
    makes = () => page({ ...SWR, ETag: '"a"' }, 304);
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
    now += 61 * SECOND;
    makes = fails;
    expect(await get()).toMatchObject({ cache: "STALE", status: 200, text: "made 1" });
  });

  it("does so only within its window", async () => {
    say({ "Cache-Control": "max-age=60, stale-if-error=3600" });
    await get();
    now += 61 * MINUTE + SECOND;
    say({}, 503);
    expect(await get()).toMatchObject({ status: 503 });
  });

  it("does so for ever without the directive", async () => {
    await get();
    now += 400 * DAY;
    say({}, 503);
    expect((await get()).cache).toBe("STALE");
  });

  it.each(["stale-if-error=0", "s-maxage=60", "must-revalidate", "proxy-revalidate", "no-cache"])(
    "lets errors through with %s",
    async (directive) => {
      say({ "Cache-Control": `max-age=60, ${directive}` });
      await get();
      now += 61 * SECOND;
      say({}, 503);
      expect(await get()).toMatchObject({ status: 503 });
      makes = () => new Error("away");
      await expect(send("/page")).rejects.toThrow("away");
    },
  );

  it("lets errors through where nothing is stored", async () => {
    say({}, 503);
    expect(await get()).toMatchObject({ status: 503, cache: "DYNAMIC" });
    makes = () => new Error("away");
    await expect(send("/other")).rejects.toThrow("away");
  });

  it("has no effect on what the Worker can answer", async () => {
    say({ "Cache-Control": "max-age=60, stale-if-error=3600" });
    await get();
    now += 61 * SECOND;
    expect(await get()).toMatchObject({ cache: "EXPIRED", text: "made 2" });
  });

  it("is no success that it answers with when what is stored is an error itself", async () => {
    say({ "Cache-Control": "max-age=60, stale-if-error=3600" }, 503);
    await get();
    now += 61 * SECOND;
    expect(await get()).toMatchObject({ cache: "EXPIRED", status: 503, text: "made 2" });
  });
});

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
    cache = new StandIn("another", () => now);
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
    makes = () => page({ "Cache-Control": "no-cache", ETag: '"a"' }, 304);
    expect(await get()).toMatchObject({ cache: "REVALIDATED", status: 200, text: "made 2" });
    expect(asked[2]?.headers.get("If-None-Match")).toBe('"a"');
  });

  it("answers no-cache at once within its stale-while-revalidate, and asks behind", async () => {
    say({ "Cache-Control": "no-cache, stale-while-revalidate=60" });
    await get();
    expect(await get()).toMatchObject({ cache: "UPDATING", text: "made 1" });
    expect(await get()).toMatchObject({ cache: "UPDATING", text: "made 2" });
    now += 61 * SECOND;
    expect((await get()).cache).toBe("EXPIRED");
  });

  it.each([206, 520, 523, 526])("never stores a %i, whatever it says", async (status) => {
    say({ "Cache-Control": "public, max-age=60" }, status);
    expect(await twice()).toBe("MISS MISS");
  });

  it("does not serve what was stored after an answer that may not be", async () => {
    say({ "Cache-Control": "max-age=60, stale-while-revalidate=600" });
    await get();
    now += 61 * SECOND;
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

describe("workers/cache/configuration: Range requests", () => {
  beforeEach(() => {
    makes = () =>
      new Response("0123456789", {
        headers: { "Cache-Control": "max-age=60", ETag: '"a"', "Accept-Ranges": "bytes" },
      });
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
    makes = () => new Response("0123456789", { headers: { "Cache-Control": "max-age=60" } });
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
    makes = () =>
      new Response("x", {
        headers: { "Cache-Control": "max-age=60", "Cache-Tag": [...many, "last"].join(",") },
      });
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
    now += 12 * SECOND;
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
    makes = () => page(validated(), 304);
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
    now += 10 * MINUTE;
    await cache.invalidate({ pathPrefixes: ["/page"] });
    now += 29 * SECOND;
    expect(await get()).toMatchObject({ cache: "UPDATING", text: "made 1" });
    expect(await get()).toMatchObject({ cache: "HIT", text: "made 2" });
    await cache.invalidate({ pathPrefixes: ["/page"] });
    now += 31 * SECOND;
    expect((await get()).cache).toBe("EXPIRED");
  });

  it("does not lengthen a window that has ended", async () => {
    say(validated(", stale-while-revalidate=30"));
    await get();
    now += HOUR + 31 * SECOND;
    await cache.invalidate({ tags: ["t"] });
    expect((await get()).cache).toBe("EXPIRED");
    await cache.invalidate({ tags: ["t"] });
    now += 31 * SECOND;
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

describe("cache/concepts/cache-responses: Age", () => {
  it("is on what comes from the cache, and on nothing else", async () => {
    expect((await get()).headers.has("Age")).toBe(false);
    const head = await get("/other", { method: "HEAD" });
    expect([head.cache, head.headers.has("Age")]).toEqual(["MISS", false]);
    now += 7 * SECOND;
    expect((await get()).headers.get("Age")).toBe("7");
    now += MINUTE;
    expect((await get()).headers.has("Age")).toBe(false);
  });

  it("begins anew when the response is confirmed", async () => {
    say({ "Cache-Control": "max-age=60", ETag: '"a"', Age: "30" });
    await get();
    now += 61 * SECOND;
    makes = () => page({ "Cache-Control": "max-age=60", ETag: '"a"' }, 304);
    expect((await get()).headers.get("Age")).toBe("0");
    now += 5 * SECOND;
    expect((await get()).headers.get("Age")).toBe("5");
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
    now += 61 * SECOND;
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
    now += 61 * SECOND;
    makes = () =>
      new Response(null, {
        status: 304,
        headers: {
          "Cache-Control": "max-age=600",
          "X-New": "1",
          "Content-Length": "99",
          "Cache-Tag": "new",
        },
      });
    const answer = await get();
    expect(answer).toMatchObject({ cache: "REVALIDATED", text: "made 1" });
    expect(answer.headers.get("X-New")).toBe("1");
    expect(answer.headers.get("Content-Type")).toBe("text/html");
    expect(answer.headers.get("Content-Length")).not.toBe("99");
    now += 300 * SECOND;
    expect((await get()).cache).toBe("HIT");
    await cache.purge({ tags: ["new"] });
    expect((await get()).cache).toBe("MISS");
  });

  it("does not bring back what was purged while it was being confirmed", async () => {
    say({ "Cache-Control": "max-age=60", ETag: '"a"', "Cache-Tag": "t" });
    await get();
    now += 61 * SECOND;
    makes = async () => {
      await cache.purge({ tags: ["t"] });
      return page({ "Cache-Control": "max-age=60", ETag: '"a"' }, 304);
    };
    await get();
    say({ "Cache-Control": "max-age=60" });
    expect((await get()).cache).toBe("MISS");
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
    makes = () => page({}, 405);
    await get("/page", { method: "POST" });
    expect((await get()).cache).toBe("HIT");
  });

  it("is also what the answer's Location names on this site", async () => {
    await get("/page");
    await get("/other");
    makes = () =>
      page({ Location: "/page", "Content-Location": "https://elsewhere.example/other" }, 201);
    await get("/pages", { method: "POST" });
    say({ "Cache-Control": "max-age=60" });
    expect(await statuses(["/page"], ["/other"])).toBe("MISS HIT");
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
    now += 5 * SECOND;
    expect((await get()).headers.get("Date")).toBe(new Date(START).toUTCString());
  });
});

describe("cache/concepts/retention-vs-freshness", () => {
  it("counts headers among what takes room", async () => {
    const Long = "a".repeat(30_000);
    makes = () => new Response(null, { headers: { "Cache-Control": "max-age=60", Long } });
    // Empty pages of 30 kB each: 64 MiB hold some 2,200 of them.
    for (let n = 0; n < 2500; n += 1) await get(`/${n}`);
    expect((await get("/2499")).cache).toBe("HIT");
    expect((await get("/0")).cache).toBe("MISS");
  });

  it("lets what was used longest ago go when there is no room", async () => {
    const body = new Uint8Array(16 * 1024 * 1024);
    makes = () => new Response(body, { headers: { "Cache-Control": "max-age=60" } });
    for (const path of ["/1", "/2", "/3", "/1", "/4"]) await get(path);
    expect(await statuses(["/1"], ["/2"])).toBe("HIT MISS");
  });

  it("does not store what is larger than it can keep, and hands it on whole", async () => {
    const size = 33 * 1024 * 1024;
    makes = () =>
      new Response(new Uint8Array(size), { headers: { "Cache-Control": "max-age=60" } });
    expect((await get()).text).toHaveLength(size);
    expect((await get()).cache).toBe("MISS");
  });
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
