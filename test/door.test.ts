import { inOrder } from "../src/purge/tags.ts";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answer, app } from "../src/app.ts";
import { tick } from "../src/cron.ts";
import { canonicalPath } from "../src/domain/paths.ts";
import { fileEntry } from "../src/editor/directory/commands.ts";
import { readers } from "../src/reader/app.ts";
import { PAGES } from "../src/reader/pages.ts";
import type { Bindings } from "../src/store/open.ts";
import { call, deskAt, openNewsroom, ORIGIN, ROOT_KEY, upload, visit } from "./support/newsroom.ts";
import { openMemoryKv } from "./support/memory-platform.ts";
import { expressionOf } from "./support/patterns.ts";
import { openPaper, type Paper } from "./support/paper.ts";
import { emptyCache, pathsStored } from "./support/platform.ts";
import { pictures } from "./support/pictures.ts";

// What every answer says of itself, whatever was asked and whatever came of it; and what may not be had from the door.

const PRIVATE = "private, no-store, no-transform";
const PAGE = "public, max-age=600, stale-while-revalidate=86400, stale-if-error=86400";
const ABSENCE = "public, max-age=60, stale-if-error=86400";
const EDGE = "Cloudflare-CDN-Cache-Control";
const BINDINGS =
  /\b(DB|COPIES|MEDIA|SEARCH|IMAGES|FLOOD|ROOT_KEY|SITE_ORIGIN|CF_VERSION_METADATA)\b/;
const MINUTE = 60_000;
const force = { "If-Match": "*" };

/** D1 that counts its round trips. It has sessions and nothing else: a query past them would throw. */
function counting(d1: D1Database = env.DB) {
  const asked = { trips: 0 };
  const DB = {
    withSession(constraint?: D1SessionConstraint) {
      const session = d1.withSession(constraint);
      return {
        prepare: (sql: string) => session.prepare(sql),
        batch(statements: D1PreparedStatement[]) {
          asked.trips += 1;
          return session.batch(statements);
        },
        getBookmark: () => session.getBookmark(),
      };
    },
  } as unknown as D1Database;
  return { DB, asked };
}

/** A paper behind a cache, over what the newsroom has; `asked` counts what it asks of D1. */
function openCounted(change: Partial<Bindings> = {}): { paper: Paper; asked: { trips: number } } {
  const { DB, asked } = counting(change.DB);
  const bindings: Bindings = { ...env, ...change, DB };
  // Smaller forms of pictures are made elsewhere (media.test.ts), and slowly.
  if (!change.IMAGES) delete bindings.IMAGES;
  return { paper: openPaper(bindings, { unlimited: true }), asked };
}

/** A client that nobody has counted yet: one address of a network that is theirs. */
function someone(): { "CF-Connecting-IP": string } {
  const [one, other] = crypto.getRandomValues(new Uint16Array(2));
  // Neither is 0, so that the address is written out.
  const network = [one, other].map((part = 0) => (part | 1).toString(16)).join(":");
  return { "CF-Connecting-IP": `2001:db8:${network}:1:2:3:4` };
}

/** Fifty stories in one month with three authors each, all different, and something at every other kind of address. */
async function stock(): Promise<void> {
  await openNewsroom();
  const writers = Array.from({ length: 150 }, (_, n) => `reporter-of-the-harbour-${n + 1}`);
  await env.DB.prepare(
    "insert into authors (id, slug, name) select value, value, value from json_each(?)",
  )
    .bind(JSON.stringify(writers))
    .run();
  const picture = await upload(pictures.png, { name: "gate.png", alt: "A gate." });
  expect(picture.status, JSON.stringify(picture.json)).toBe(201);
  const common = { section: "city", tags: ["all"], body: "Words." };
  const october = Array.from({ length: 50 }, (_, n) => ({
    ...common,
    key: `october-${n}`,
    title: `Story ${n}`,
    authors: writers.slice(n * 3, n * 3 + 3),
    publishedAt: new Date(Date.UTC(2026, 9, 2, n * 12)).toISOString(),
    ...(n === 0 ? { hero: { src: picture.json.src } } : {}),
  }));
  const september = Array.from({ length: 25 }, (_, n) => ({
    ...common,
    key: `september-${n}`,
    title: `Earlier ${n}`,
    authors: ["mara-quill"],
    publishedAt: new Date(Date.UTC(2026, 8, n + 1)).toISOString(),
  }));
  const items = [...october, ...september];
  const imported = await call("POST", "/imports", { body: { source: "wire", items } });
  expect(imported.status, imported.text).toBe(200);
  const moved = { title: "Moved", slug: "before", section: "city", status: "published" };
  const { id } = (await call("POST", "/articles", { body: moved })).json;
  await call("PATCH", `/articles/${id}`, {
    body: { slug: "after", status: "published" },
    headers: force,
  });
  const gone = { title: "Gone", section: "city", status: "published" };
  const withdrawn = (await call("POST", "/articles", { body: gone })).json;
  await call("POST", `/articles/${withdrawn.id}/unpublish`, { headers: force });
  stocked = { picture: picture.json.src };
}

/** What the newsroom that was stocked last has. */
let stocked = { picture: "" };

/** One address of each kind of page, and what it answers. */
function kinds(): [kind: string, path: string, status: number][] {
  return [
    ["front", "/", 200],
    ["front, page 2", "/page/2", 200],
    ["section", "/city", 200],
    ["section, page 2", "/city/page/2", 200],
    ["author", "/authors/mara-quill", 200],
    ["author, page 2", "/authors/mara-quill/page/2", 200],
    ["tag", "/tags/all", 200],
    ["tag, page 2", "/tags/all/page/2", 200],
    ["story", "/city/story-7", 200],
    ["twin", "/city/story-7.md", 200],
    ["archive", "/archive", 200],
    ["month", "/archive/2026/10", 200],
    ["section's month", "/city/archive/2026/10", 200],
    ["picture", stocked.picture, 200],
    ["nothing", "/city/nothing", 404],
    ["nothing, deep", "/no/such/path/at/all", 404],
    ["a list past its end", "/city/page/9", 404],
    ["a picture that nobody has", `/media/${"a".repeat(32)}/gate.png`, 404],
    ["gone", "/city/gone", 410],
    ["gone, its twin", "/city/gone.md", 410],
    ["moved", "/city/before", 301],
    ["moved, its twin", "/city/before.md", 301],
  ];
}

/** Addresses of every kind of page that the stocked paper has. */
function addresses(): string[] {
  return PAGES.flatMap((kind) =>
    kind.samples({
      sections: ["city"],
      authors: ["mara-quill"],
      tags: ["all"],
      stories: ["/city/story-7"],
      months: [{ month: "2026-10", sections: ["city"] }],
      starts: [],
      pictures: [stocked.picture],
      pages: 2,
    }),
  );
}

/** Addresses of every pattern at which nothing is. */
const ABSENT = [
  "/page/9",
  "/archive/2001/01",
  `/media/${"a".repeat(32)}/gate.png`,
  "/authors/nobody",
  "/authors/mara-quill/page/9",
  "/tags/nothing",
  "/tags/all/page/9",
  "/nowhere",
  "/city/page/9",
  "/city/archive/2001/01",
  "/city/nothing.md",
  "/city/nothing",
];

const isPicture = (path: string) => path.startsWith("/media/");

describe("every route", () => {
  beforeAll(stock);

  /** Where each pattern is asked for: at something that is there, and at something that is not. */
  interface Sample {
    there?: string;
    absent?: string;
  }

  /** Bodies that are as they should be, by method and pattern; where there is none, none is sent. */
  const BODIES: Record<string, unknown> = {
    "POST /api/v1/articles": { title: "Walk", section: "city" },
    "PATCH /api/v1/articles/:id": { standfirst: "Walked." },
    "POST /api/v1/articles/:id/schedule": { scheduledFor: "2999-01-01T00:00:00Z" },
    "PUT /api/v1/imports/:source/:key": { title: "Walked in", section: "city" },
    "POST /api/v1/imports": {
      source: "walk",
      items: [{ key: "1", title: "In", section: "city", slug: "in" }],
    },
    "PUT /api/v1/front": { lead: null, pinned: [] },
    "PATCH /api/v1/settings": { tagline: "Walks" },
    "POST /api/v1/authors": { slug: "new", name: "New" },
    "PUT /api/v1/authors/:slug": { name: "Spare" },
    "PATCH /api/v1/authors/:slug": { name: "Spare" },
    "POST /api/v1/sections": { slug: "new", name: "New" },
    "PUT /api/v1/sections/:slug": { name: "Spare" },
    "PATCH /api/v1/sections/:slug": { name: "Spare" },
    "POST /api/v1/tags": { slug: "new", name: "New" },
    "PUT /api/v1/tags/:slug": { name: "Spare" },
    "PATCH /api/v1/tags/:slug": { name: "Spare" },
    "POST /api/v1/media": pictures.gif,
    "PATCH /api/v1/media/:hash": { alt: "Another gate." },
    "POST /api/v1/redirects": { from: "/walk", to: "/city" },
    "PUT /api/v1/redirects/:id": { kind: "exact", to: "/culture" },
    "POST /api/v1/keys": { name: "Walk", role: "author" },
    "POST /api/v1/edge/purge": { tags: ["site"] },
  };

  async function takeSamples(): Promise<Record<string, Sample>> {
    const made = async (path: string, body: unknown) => {
      const { status, json } = await call("POST", path, { body });
      expect(status, path).toBe(201);
      return json;
    };
    const story = (fields: object) => made("/articles", { section: "city", ...fields });
    const binned = await story({ title: "Binned" });
    await call("DELETE", `/articles/${binned.id}`, { headers: force });
    const stories = {
      "": await story({ title: "Any" }),
      "/publish": await story({ title: "Draft" }),
      "/unpublish": await story({ title: "Live", status: "published" }),
      "/schedule": await story({ title: "Later" }),
      "/restore": binned,
    };
    const spare = (await upload(pictures.pngWithAlpha, { name: "spare.png", alt: "A gate." })).json;
    const redirect = await made("/redirects", { from: "/old", to: "/city" });
    const key = await made("/keys", { name: "Spare", role: "editor" });
    for (const kind of ["authors", "sections", "tags"])
      await made(`/${kind}`, { slug: "spare", name: "Spare" });

    const nobody = "none0none0none00";
    const entries = ["authors", "sections", "tags"].flatMap((kind): [string, Sample][] => [
      [`/api/v1/${kind}`, listed(`/api/v1/${kind}`)],
      [
        `/api/v1/${kind}/:slug`,
        { there: `/api/v1/${kind}/spare`, absent: `/api/v1/${kind}/No%20slug` },
      ],
    ]);
    const acts = Object.entries(stories).map(([act, { id }]): [string, Sample] => [
      `/api/v1/articles/:id${act}`,
      { there: `/api/v1/articles/${id}${act}`, absent: `/api/v1/articles/${nobody}${act}` },
    ]);
    return {
      "/*": { there: "/", absent: "/no/such/path/at/all" },

      "/api/v1/openapi.json": { there: "/api/v1/openapi.json" },
      "/api/v1/docs": { there: "/api/v1/docs" },
      "/api/v1/articles": listed("/api/v1/articles"),
      ...Object.fromEntries(acts),
      "/api/v1/imports/:source/:key": {
        there: "/api/v1/imports/walk/one",
        absent: "/api/v1/imports/Not%20one/one",
      },
      "/api/v1/imports": listed("/api/v1/imports"),
      "/api/v1/front": listed("/api/v1/front"),
      "/api/v1/settings": listed("/api/v1/settings"),
      ...Object.fromEntries(entries),
      "/api/v1/media": listed("/api/v1/media"),
      "/api/v1/media/:hash": {
        there: `/api/v1/media/${spare.hash}`,
        absent: `/api/v1/media/${"a".repeat(32)}`,
      },
      "/api/v1/media/:hash/original": {
        there: `/api/v1/media/${spare.hash}/original`,
        absent: `/api/v1/media/${"a".repeat(32)}/original`,
      },
      "/api/v1/redirects": listed("/api/v1/redirects"),
      "/api/v1/redirects/:id": {
        there: `/api/v1/redirects/${redirect.id}`,
        absent: "/api/v1/redirects/none",
      },
      "/api/v1/keys": listed("/api/v1/keys"),
      "/api/v1/keys/:id/rotate": {
        there: `/api/v1/keys/${key.id}/rotate`,
        absent: `/api/v1/keys/${nobody}/rotate`,
      },
      "/api/v1/keys/:id": { there: `/api/v1/keys/${key.id}`, absent: `/api/v1/keys/${nobody}` },
      "/api/v1/audit": listed("/api/v1/audit"),
      "/api/v1/edge/outbox": listed("/api/v1/edge/outbox"),
      "/api/v1/edge/purge": listed("/api/v1/edge/purge"),
      "/api/v1/rerender": listed("/api/v1/rerender"),
      "/api/v1/*": { absent: "/api/v1/nothing/here" },
      "/api/*": { absent: "/api/v2/articles" },

      "/healthz": { there: "/healthz" },
      ...Object.fromEntries(
        PAGES.flatMap((kind) => kind.patterns.map((pattern) => [pattern, sampleOf(pattern)])),
      ),
    };
  }

  /** Where a pattern of the readers' is asked for: at an address of the stocked paper, and at one like it that nothing has. */
  function sampleOf(pattern: string): Sample {
    const there = addresses().find((path) => expressionOf(pattern).test(path));
    expect(there, `an address for ${pattern}`).toBeDefined();
    const absent = ABSENT.find((path) => expressionOf(pattern).test(path));
    return { ...(there && { there }), ...(absent && { absent }) };
  }

  /** A path without a name in it: what is not there is then a body or a query that is wrong. */
  function listed(path: string): Sample {
    return { there: path, absent: `${path}?nonsense=1` };
  }

  interface Asked {
    name: string;
    path: string;
    method: string;
    headers: Record<string, string>;
    body: unknown;
  }

  function requestOf({ method, path, headers, body }: Asked): Request {
    if (body === undefined) return new Request(ORIGIN + path, { method, headers });
    const isBytes = body instanceof Uint8Array;
    const type = isBytes ? "image/gif" : "application/json";
    return new Request(ORIGIN + path, {
      method,
      headers: { ...headers, "Content-Type": type },
      body: isBytes ? body : JSON.stringify(body),
    });
  }

  it(
    "says of itself what every answer must, whether it finds something or not, with a key or without",
    {
      timeout: 30_000,
    },
    async () => {
      const samples = await takeSamples();
      const declared = [...app.routes, ...readers.routes];
      const routes = [...new Map(declared.map((r) => [`${r.method} ${r.path}`, r])).values()];
      expect(routes.length, "of the app and of the API").toBeGreaterThan(50);
      // A route that comes new needs an address here, and a call of the API what it is to be sent.
      expect(
        routes.filter(({ path }) => !(path in samples)).map(({ path }) => path),
        "patterns without a sample",
      ).toEqual([]);
      const { paper, asked } = openCounted();

      async function ask(question: Asked) {
        const before = asked.trips;
        const response = await answer(requestOf(question), paper.env, paper.platform);
        const { status, headers, text } = await read(response);
        const trips = asked.trips - before;
        const name = `${question.name}: ${status}`;
        expect(status, `${name} ${text}`).not.toBe(500);
        holdAnswer({ name, path: question.path, headers, trips });
        return { status, headers, text };
      }

      for (const { method: declared, path: pattern } of routes) {
        // What a pattern takes whatever the method, it mostly refuses.
        const methods =
          declared === "GET" ? ["GET", "HEAD"] : [declared === "ALL" ? "OPTIONS" : declared];
        for (const [where, path] of Object.entries(samples[pattern] ?? {}) as ["there", string][]) {
          const answers: Awaited<ReturnType<typeof ask>>[] = [];
          for (const key of [null, ROOT_KEY])
            for (const method of methods) {
              const body = BODIES[`${declared} ${pattern}`];
              const isNamed = where === "there" || pattern.includes(":") || method === "GET";
              const headers: Record<string, string> = {
                ...force,
                ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
              };
              const name = `${method} ${path}${key === null ? "" : " with a key"}`;
              const sent = isNamed || body === undefined ? body : { nonsense: 1 };
              answers.push(await ask({ name, path, method, headers, body: sent }));
            }
          const last = answers.at(-1);
          const seen = `${declared} ${path}`;
          if (declared !== "ALL" && where === "there") expect(last?.status, seen).toBeLessThan(300);
          if (where !== "there" || declared === "ALL")
            expect(last?.status, seen).toBeGreaterThanOrEqual(400);
          if (declared !== "GET") continue;
          const [get, head, known, knownHead] = answers;
          expect([head?.status, head?.text], `HEAD ${path}`).toEqual([get?.status, ""]);
          expect([knownHead?.status, knownHead?.text], `HEAD ${path}`).toEqual([known?.status, ""]);
          if (path.startsWith("/api/") || path === "/healthz") continue;
          // A key opens nothing among the pages: whoever sends one is given what everybody is given.
          expect([known?.status, known?.text], path).toEqual([get?.status, get?.text]);
          expect([...(known?.headers ?? [])], path).toEqual([...(get?.headers ?? [])]);
        }
      }
    },
  );

  it("and so does what no route answers", async () => {
    const { paper, asked } = openCounted();
    const requests: [string, RequestInit, number][] = [
      ["/City//Story-7/", {}, 301],
      ["/%zz", {}, 404],
      ["/API/v1/settings", {}, 301],
      ["/api", {}, 404],
      ["/healthz/", {}, 301],
      ["/city", { method: "POST", body: "x" }, 405],
      ["/healthz", { method: "POST", body: "x" }, 405],
      ["/city/nothing?utm_source=x", {}, 404],
      ["/city/before?utm_source=x", {}, 301],
      ["/city/story-7", { headers: { "If-None-Match": "*" } }, 304],
      ["/api/v1/settings", { headers: { Authorization: "Bearer bs_nobody_nothing" } }, 401],
    ];
    for (const [path, init, expected] of requests) {
      const before = asked.trips;
      const response = await answer(
        new Request(ORIGIN + path, { ...init, redirect: "manual" }),
        paper.env,
        paper.platform,
      );
      await response.text();
      const name = `${init.method ?? "GET"} ${path}`;
      expect([name, response.status]).toEqual([name, expected]);
      holdAnswer({ name, path, headers: response.headers, trips: asked.trips - before });
    }
  });

  it("says so, too, when the database is away, and nobody stores that", async () => {
    const { paper } = openCounted({
      DB: away("D1_ERROR: Network connection lost."),
      // Nothing was ever copied.
      COPIES: openMemoryKv(),
    });
    for (const path of ["/", "/city/story-7", "/nowhere", "/api/v1/settings", "/api/v1/articles"]) {
      const response = await paper.made(path, { Authorization: `Bearer ${ROOT_KEY}` });
      expect([path, response.status]).toEqual([path, 503]);
      expect(response.headers.get("Cache-Control")).toBe(PRIVATE);
      holdAnswer({ name: path, path, headers: response.headers, trips: 0 });
    }
  });
});

const ALWAYS: Record<string, RegExp> = {
  "Content-Security-Policy": /^default-src 'none'; (?!.*unsafe)/,
  "Strict-Transport-Security": /^max-age=31536000/,
  "X-Content-Type-Options": /^nosniff$/,
  "Referrer-Policy": /^strict-origin-when-cross-origin$/,
  "Permissions-Policy": /camera=\(\), geolocation=\(\), microphone=\(\)/,
  "Cross-Origin-Opener-Policy": /^same-origin$/,
};

/** RFC 9211: a cache, and what it did: it had the answer, or passed the question on. */
const CACHE_STATUS =
  /^[A-Za-z][\w-]*; (?:hit|fwd=(?:bypass|method|uri-miss|vary-miss|miss|request|stale|partial))(?:; detail=[A-Za-z]+)?$/;

/** What every answer must have, and must not. */
function holdAnswer({
  name,
  path,
  headers,
  trips,
}: {
  name: string;
  path: string;
  headers: Headers;
  trips: number;
}): void {
  const policy = headers.get("Cache-Control") ?? "";
  const edge = headers.get(EDGE);
  const tags = headers.get("Cache-Tag");
  const isPublic = policy.startsWith("public");
  if (path.startsWith("/api/") || path === "/healthz")
    expect([name, policy]).toEqual([name, PRIVATE]);
  if (isPublic) {
    expect(edge, `${name} tells the edge`).not.toBeNull();
    // What is odd is not stored, and what only leads to the right way of writing a path shows nothing.
    const isWritten = canonicalPath(path.replace(/\?.*/, "")) === path.replace(/\?.*/, "");
    if (edge === "no-store") expect([name, tags]).toEqual([name, null]);
    else {
      // Without it the platform would answer from the store for ever.
      expect([name, edge]).toEqual([name, expect.stringContaining("stale-if-error=")]);
      if (isWritten) holdTags(name, tags);
    }
  } else expect([name, policy, edge, tags]).toEqual([name, PRIVATE, null, null]);
  // With these the platform neither answers while it asks anew nor when the Worker fails.
  expect(`${policy} ${edge}`, name).not.toMatch(/s-maxage|must-revalidate|proxy-revalidate/);
  expect(headers.has("Set-Cookie"), name).toBe(false);
  expect([name, headers.get("Cache-Status")]).toEqual([name, expect.stringMatching(CACHE_STATUS)]);
  for (const [header, pattern] of Object.entries(ALWAYS))
    expect([name, header, headers.get(header)]).toEqual([
      name,
      header,
      expect.stringMatching(pattern),
    ]);
  expect(["same-origin", "cross-origin"], name).toContain(
    headers.get("Cross-Origin-Resource-Policy"),
  );
  // Whoever watches is told by /healthz itself how D1 is.
  if (trips > 0 && path !== "/healthz") {
    const told = isPublic
      ? new RegExp(`^d1;desc="trips=${trips}"$`)
      : /^d1;dur=[\d.]+;desc="trips=[1-9]\d* read=\d+ written=\d+"$/;
    expect([name, headers.get("Server-Timing")]).toEqual([name, expect.stringMatching(told)]);
  }
}

/** What the platform keeps: it drops other tags without a word, and all beyond 1,000 or 16 KB. */
function holdTags(name: string, header: string | null): void {
  const tags = header?.split(",") ?? [];
  expect(tags.length, `${name} has tags`).toBeGreaterThan(0);
  expect(
    tags.filter((tag) => !/^[a-z0-9:_-]{1,1024}$/.test(tag)),
    name,
  ).toEqual([]);
  expect(tags, `${name}, in order and each once`).toEqual(inOrder(tags));
  expect(tags.length, name).toBeLessThanOrEqual(1000);
  expect(header?.length, name).toBeLessThanOrEqual(12 * 1024);
}

/** D1 that answers everything with a failure. */
function away(message: string): D1Database {
  const session = {
    prepare: (sql: string) => env.DB.prepare(sql),
    batch: () => Promise.reject(new Error(message)),
    getBookmark: () => null,
  };
  return { withSession: () => session } as unknown as D1Database;
}

describe("a page's policy", () => {
  beforeAll(stock);

  it("is one for what is there and one for what is not, and the tags are what the platform keeps", async () => {
    const { paper } = openCounted();
    for (const [kind, path, status] of kinds()) {
      const { headers, status: answered } = await paper.made(path);
      const name = `${kind}: ${answered}`;
      expect(name).toBe(`${kind}: ${status}`);
      holdTags(name, headers.get("Cache-Tag"));
      if (isPicture(path) && status === 200) continue;
      const told = [headers.get("Cache-Control"), headers.get(EDGE)];
      expect([name, ...told]).toEqual([name, "public, max-age=0", status === 200 ? PAGE : ABSENCE]);
    }
  });

  it("has room for a month's fifty stories of three authors each, and all that the platform counts", async () => {
    const { paper } = openCounted();
    for (const [path, most] of [
      ["/", 20],
      ["/archive/2026/10", 50],
      ["/city/archive/2026/10", 50],
    ] as const) {
      const { headers } = await paper.made(path);
      const tags = headers.get("Cache-Tag")?.split(",") ?? [];
      const of = (kind: string) => tags.filter((tag) => tag.startsWith(`${kind}:`)).length;
      expect(of("card"), path).toBeGreaterThanOrEqual(most);
      // Two of the front's stories, the moved one among them, have no authors.
      expect(of("name"), path).toBeGreaterThanOrEqual((most - 2) * 3);
      holdTags(path, headers.get("Cache-Tag"));
    }
  });

  it("is repeated to who has the page already", async () => {
    const { paper } = openCounted();
    for (const [kind, path] of kinds().filter(([, , status]) => status === 200)) {
      const page = await paper.made(path);
      const again = await paper.made(path, { "If-None-Match": page.headers.get("ETag") ?? "*" });
      const told = (response: Response) =>
        ["ETag", "Cache-Control", EDGE, "Cache-Tag", "Last-Modified"].map((name) =>
          response.headers.get(name),
        );
      // A picture that was not made smaller has no tag to know it by.
      expect([kind, again.status, ...told(again)]).toEqual([kind, 304, ...told(page)]);
      expect(await again.text()).toBe("");
    }
  });
});

describe("an odd request", () => {
  const ODD_HEADERS = {
    "X-Forwarded-Host": "evil.example",
    "X-Host": "evil.example",
    "X-Original-URL": "/culture",
    "X-Rewrite-URL": "/culture",
    Forwarded: "host=evil.example",
    "X-HTTP-Method": "DELETE",
    "X-HTTP-Method-Override": "DELETE",
    "X-Method-Override": "DELETE",
    "X-Forwarded-Scheme": "ftp",
    "Cloudflare-Workers-Version-Key": "mine",
  };
  const STORY = "/city/story-7";

  beforeAll(stock);

  it("gets what the cache has of the page, asks D1 for nothing, and leaves nothing there", async () => {
    const { paper, asked } = openCounted();
    const first = await paper.visit(STORY);
    const second = await paper.visit(STORY);
    const [text] = await Promise.all([first.text(), second.text()]);
    expect([first, second].map(({ headers }) => headers.get("Cf-Cache-Status"))).toEqual([
      "MISS",
      "HIT",
    ]);
    const before = asked.trips;
    // The cache files by path and query and by these headers: each asks the Worker, which asks the cache for the page.
    const odd: [string, Promise<Response>][] = [
      ...["?utm_source=x&fbclid=y", "?b=2&a=1", "?from=1", "?page=2", "?=", "?a&a"].map(
        (query): [string, Promise<Response>] => [query, paper.made(STORY + query)],
      ),
      ...Object.entries(ODD_HEADERS).map(([name, value]): [string, Promise<Response>] => [
        name,
        paper.made(STORY, { [name]: value }),
      ]),
    ];
    for (const [name, asking] of odd) {
      const { status, headers, ...response } = await read(await asking);
      expect([name, status, response.text]).toEqual([name, 200, text]);
      expect([
        name,
        headers.get("Cache-Status"),
        headers.get("Cache-Control"),
        headers.get(EDGE),
        headers.get("Cache-Tag"),
        headers.get("ETag"),
      ]).toEqual([
        name,
        "Workers-Cache; hit; detail=HIT",
        "public, max-age=0",
        "no-store",
        null,
        second.headers.get("ETag"),
      ]);
    }
    expect(asked.trips - before).toBe(0);
    expect(pathsStored(paper.platform)).toEqual([STORY]);
  });

  it("fills the page's own entry, once, when nobody came before", async () => {
    const { paper, asked } = openCounted();
    const before = asked.trips;
    const odd = await read(await paper.visit(`${STORY}?utm_source=x`));
    expect(odd.headers.get("Cache-Status")).toBe("Workers-Cache; fwd=uri-miss; detail=MISS");
    const plain = await read(await paper.visit(STORY));
    expect([plain.headers.get("Cf-Cache-Status"), plain.text]).toEqual(["HIT", odd.text]);
    expect(asked.trips - before).toBe(1);
    expect(pathsStored(paper.platform)).toEqual([STORY]);
  });

  it("keeps the parameter that a page defines, and loses what stands beside it", async () => {
    const { paper } = openCounted();
    const [row] = (
      await env.DB.prepare("select place from live where path = ?")
        .bind("/city/story-20")
        .all<{ place: string }>()
    ).results;
    const later = `/archive/2026/10?from=${row?.place}`;
    const plain = await read(await paper.visit(later));
    expect([plain.status, plain.headers.get("Cf-Cache-Status")]).toEqual([200, "MISS"]);
    expect(plain.text).not.toContain("/city/story-21");
    for (const beside of ["&utm_source=x", "&from=1", "&"]) {
      const odd = await read(await paper.visit(later + beside));
      expect([beside, odd.status, odd.text]).toEqual([beside, 200, plain.text]);
    }
    expect(pathsStored(paper.platform)).toEqual([later]);
  });

  it("for what is not there is 404 and counted as one", async () => {
    const counts: string[] = [];
    const limit = ({ key }: { key: string }) => {
      counts.push(key);
      return env.FLOOD.limit({ key });
    };
    const { paper } = openCounted({ FLOOD: { limit } });
    const odd = await read(await paper.made("/city/nothing?utm_source=x", someone()));
    expect([odd.status, odd.headers.get(EDGE)]).toEqual([404, "no-store"]);
    await paper.platform.settled();
    expect(counts).toHaveLength(1);
    expect(pathsStored(paper.platform)).toEqual(["/city/nothing"]);
  });

  it("is any that the platform files apart, and no other", async () => {
    const { paper } = openCounted();
    for (const scheme of ["http", "https"]) {
      const { headers } = await paper.made(STORY, { "X-Forwarded-Scheme": scheme });
      expect([scheme, headers.get(EDGE)]).toEqual([scheme, PAGE]);
      expect(headers.has("Cache-Tag")).toBe(true);
    }
  });

  it("is answered like the page, whatever way it is asked for", async () => {
    const page = await visit(STORY);
    const known = { "If-None-Match": page.headers.get("ETag") ?? "" };
    const again = await visit(`${STORY}?utm_source=x`, known);
    expect([again.status, again.text]).toEqual([304, ""]);
    const told = [again.headers.get(EDGE), again.headers.get("Cache-Tag")];
    expect(told, "and is not stored").toEqual(["no-store", null]);
    const head = await visit(`${STORY}?utm_source=x`, {}, "HEAD");
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(head.headers.get("ETag")).toBe(page.headers.get("ETag"));
    const moved = await visit("/city/before?utm_source=x");
    expect([moved.status, moved.headers.get("Location")]).toEqual([301, "/city/after"]);
  });

  it("whose path is not canonical, either, is led there with its query, and not stored", async () => {
    const { paper } = openCounted();
    for (const [path, location] of [
      ["/City/Story-7/?b=2&a=1", `${STORY}?b=2&a=1`],
      ["//archive/2026/10?from=x", "/archive/2026/10?from=x"],
    ] as const) {
      const { status, headers } = await paper.visit(path);
      expect([status, headers.get("Location")]).toEqual([301, location]);
    }
    expect(pathsStored(paper.platform).length).toBe(0);
    // Without one there are as many as there are ways to write a path.
    expect((await paper.made("/City/Story-7/")).headers.get(EDGE)).toBe(ABSENCE);
  });

  it("of the API is the API's own business", async () => {
    const { paper } = openCounted();
    const key = { Authorization: `Bearer ${ROOT_KEY}` };
    const path = "/api/v1/sections";
    const plain = await read(await paper.visit(path, key));
    for (const [name, value] of Object.entries(ODD_HEADERS)) {
      const odd = await read(await paper.made(path, { ...key, [name]: value }));
      expect([name, odd.status, odd.text]).toEqual([name, 200, plain.text]);
      expect(odd.headers.get("Cache-Status")).toBe("Broadsheet; fwd=bypass");
    }
    expect((await paper.visit(`${path}?utm_source=x`, key)).status).toBe(422);
    expect(pathsStored(paper.platform).length).toBe(0);
  });

  it("is odd once: what stands for the page is not odd itself, whatever was written", async () => {
    const { paper } = openCounted();
    const odd = ["", "%27", "%22", "%3C", "%25", "%2B", "%C3%A4", "%FF", "%00", "(", "*", "~", "1"];
    for (const from of odd) {
      let inner = 0;
      const platform = {
        ...paper.platform,
        exports: {
          default: {
            // Without an end to it, each of these would ask for another.
            async fetch(request: Request): Promise<Response> {
              if ((inner += 1) > 3) throw new Error(`?from=${from} is odd again and again`);
              return answer(request, paper.env, platform);
            },
          },
        },
      };
      const asked = new Request(`${ORIGIN}/archive/2026/10?from=${from}`);
      const { status } = await answer(asked, paper.env, platform);
      expect([from, status, inner <= 1]).toEqual([from, 404, true]);
      await read(await paper.visit(`/archive/2026/10?from=${from}`));
    }
    expect(pathsStored(paper.platform).length, "what no page has is one entry").toBe(1);
  });
});

/** An answer read to its end, which is when a cache stores it. */
async function read(response: Response) {
  const { status, headers } = response;
  return { status, headers, text: new TextDecoder().decode(await response.arrayBuffer()) };
}

describe("whoever asks for address after address that is not there", () => {
  beforeAll(stock);

  /** The platform counts by the clock's minute: a test that began in one and ended in the next would count twice. */
  async function earlyInTheMinute(): Promise<void> {
    const left = MINUTE - (Date.now() % MINUTE);
    if (left < 4000) await new Promise((resolve) => setTimeout(resolve, left + 50));
  }

  it(
    "is refused after a hundred in a minute, and is given what is there all the same",
    {
      timeout: 15_000,
    },
    async () => {
      await earlyInTheMinute();
      const { paper } = openCounted();
      const client = someone();
      // Plainly or oddly: each is one fill of the cache.
      for (let n = 1; n <= 100; n += 1) {
        const path = n % 10 === 0 ? `/nothing-${n}?x=1` : `/nothing-${n}`;
        expect([n, (await paper.visit(path, client)).status]).toEqual([n, 404]);
      }
      for (const path of [
        "/nothing-101",
        "/nothing-102?x=1",
        "/city/nothing.md",
        "/tags/nothing",
      ]) {
        const refused = await read(await paper.visit(path, client));
        expect([
          path,
          refused.status,
          refused.headers.get("Retry-After"),
          refused.headers.get("Cache-Control"),
          refused.headers.get(EDGE),
        ]).toEqual([path, 429, "60", PRIVATE, null]);
        expect(refused.text).toMatch(/^Too many addresses/);
        expect(refused.text).not.toMatch(BINDINGS);
        expect(pathsStored(paper.platform).includes(path)).toBe(false);
      }
      // What the cache has of nothing costs nobody anything.
      expect((await paper.visit("/nothing-1", client)).status).toBe(404);
      for (const [path, status] of [
        ["/city/story-9", 200],
        ["/city/story-9?x=1", 200],
        ["/city/gone", 410],
        ["/city/before", 301],
        ["/healthz", 200],
      ] as const)
        expect([path, (await paper.visit(path, client)).status]).toEqual([path, status]);
      // Whoever has one address of IPv6 has its network: another of it is the same client.
      const network = client["CF-Connecting-IP"].split(":").slice(0, 4).join(":");
      const neighbour = { "CF-Connecting-IP": `${network}::5` };
      expect((await paper.visit("/nothing-105", neighbour)).status).toBe(429);
      expect((await paper.visit("/nothing-103", someone())).status).toBe(404);
      expect((await paper.visit("/nothing-104")).status).toBe(404);
    },
  );

  it("is not counted where nobody says who asks, where nothing counts, or where counting fails", async () => {
    const none = () => Promise.resolve({ success: false });
    const { paper } = openCounted({ FLOOD: { limit: none } });
    expect((await paper.visit("/nothing")).status).toBe(404);
    const fails = () => Promise.reject(new Error("Internal error"));
    const failing = openCounted({ FLOOD: { limit: fails } });
    expect((await failing.paper.visit("/nothing", someone())).status).toBe(404);
    const uncounted: Bindings = { ...paper.env };
    delete uncounted.FLOOD;
    expect((await openPaper(uncounted).visit("/nothing", someone())).status).toBe(404);
  });

  it("is one client with the whole of a network, however its addresses are written", async () => {
    // RFC 5952 leaves out the longest run of zeros, wherever that is.
    const networks = [
      ["2001:db8:a:b::1", "2001:db8:a:b:c:d:e:f"],
      ["2001:db8::1:2:3:4", "2001:db8::5:6:7:8", "2001:db8::1"],
      ["2001:db8:a::1", "2001:db8:a:0:1:2:3:4"],
    ];
    for (const network of networks) {
      const counted = new Set<string>();
      const limit = async ({ key }: { key: string }) => ({ success: counted.add(key).size < 99 });
      const { paper } = openCounted({ FLOOD: { limit } });
      for (const [n, address] of network.entries())
        await paper.visit(`/nothing-${n}`, { "CF-Connecting-IP": address });
      expect([network[0], counted.size]).toEqual([network[0], 1]);
    }
  });
});

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
    expect(json).toMatchObject({ status: "ok", d1: "ok", kv: "ok", r2: "ok", late: [] });
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
    const entry = { slug: "late", name: "Late", description: null, position: 9 };
    const filed = await fileEntry(deskAt(long()), "section", "put", { fields: entry, issues: [] });
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
});

describe("a page through the cache", () => {
  beforeAll(stock);

  it("asks D1 once when nobody has it, with a condition or without, and never when somebody has", async () => {
    const { paper, asked } = openCounted();
    const trips = async (asking: () => Promise<Response>) => {
      const before = asked.trips;
      const { status, headers } = await read(await asking());
      return [status, headers.get("Cf-Cache-Status"), asked.trips - before];
    };
    for (const [kind, path, status] of kinds()) {
      const visit = () => paper.visit(path);
      expect([kind, ...(await trips(visit))]).toEqual([kind, status, "MISS", 1]);
      expect([kind, ...(await trips(visit))]).toEqual([kind, status, "HIT", 0]);
      const known = { "If-None-Match": "*" };
      const answered = status === 200 ? 304 : status;
      expect([kind, ...(await trips(() => paper.made(path, known)))]).toEqual([
        kind,
        answered,
        null,
        1,
      ]);
      emptyCache(paper.platform);
      expect((await trips(() => paper.visit(path, known))).slice(1), kind).toEqual(["MISS", 1]);
    }
  });
});

describe("what stands in for something else", () => {
  // Where nothing says how long it may outlive a failure, the platform knows no end
  // (https://developers.cloudflare.com/workers/cache/configuration/#serve-stale-on-error-with-stale-if-error).

  it("a last good copy is stored for seconds, and not for as long as something fails", async () => {
    await openNewsroom();
    await openCounted().paper.tick();
    const { paper } = openCounted({ DB: away("D1_ERROR: Network connection lost.") });
    const copy = await paper.made("/");
    expect([copy.status, copy.headers.get("Cache-Status")]).toEqual([
      200,
      "Broadsheet; hit; detail=copy",
    ]);
    expect(copy.headers.get(EDGE)).toContain("stale-if-error=");
  });

  it("a picture for now is stored for a minute, and not for as long as something fails", async () => {
    await stock();
    const IMAGES = {
      input() {
        throw new Error("Over the quota");
      },
    } as unknown as ImagesBinding;
    const { paper } = openCounted({ IMAGES });
    // No page offers this form, so that it is not there yet.
    const small = await paper.made(stocked.picture.replace(/[^/]+$/, "320.webp"));
    expect(small.status).toBe(200);
    expect(small.headers.get("Cache-Control")).toMatch(/^public, max-age=60\b/);
    expect(small.headers.get(EDGE)).toContain("stale-if-error=");
  });
});
