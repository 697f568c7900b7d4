import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { handle, app } from "../../src/app.ts";
import { newsroom } from "../../src/newsroom.ts";
import { canonicalPath } from "../../src/domain/paths.ts";
import { readers } from "../../src/reader/app.ts";
import { expressionOf, PAGES } from "../../src/reader/pages.ts";
import { call, ORIGIN, ROOT_KEY, upload } from "../support/newsroom.ts";
import { openMemoryKv } from "../support/memory-platform.ts";
import { pictures } from "../support/pictures.ts";
import {
  PRIVATE,
  EDGE,
  force,
  openCounted,
  stock,
  stocked,
  holdTags,
  away,
  read,
} from "./stocked.ts";

// What every answer says of itself, whatever was asked and whatever came of it.

/** Addresses of every kind of page that the stocked paper has. */
function addresses(): string[] {
  return PAGES.flatMap((kind) =>
    kind.samples({
      sections: ["city"],
      authors: ["mara-quill"],
      tags: ["all"],
      stories: ["/city/story-7"],
      ids: [stocked.story],
      plain: ["/about"],
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
  "/sitemaps/2001-01.xml",
  "/corrections/page/9",
  `/media/${"a".repeat(32)}/gate.png`,
  `/share/${"a".repeat(16)}.png`,
  "/authors/nobody",
  "/authors/mara-quill/page/9",
  "/tags/nothing",
  "/tags/all/page/9",
  "/nowhere",
  "/city/page/9",
  "/city/archive/2001/01",
  "/city/nothing.md",
  "/nothing.md",
  "/nowhere/feed.json",
  "/authors/nobody/feed.xml",
  "/tags/nothing/atom.xml",
  "/city/nothing",
];

/** Patterns of one address that every paper has, or of which this one has all. */
const ALWAYS_THERE = new Set([
  "/",
  "/archive",
  "/corrections",
  "/search",
  ...PAGES.flatMap(({ patterns }) => patterns).filter((pattern) =>
    /^\/(?!sitemaps\/:)[^:]+\.[^:]+$/.test(pattern),
  ),
]);

describe("every route", () => {
  beforeAll(stock);

  const NOBODY = "none0none0none00";

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
    "POST /api/v1/articles/:id/return": { note: "Who says so?" },
    "POST /api/v1/articles/:id/assign": { author: null },
    "POST /api/v1/articles/:id/notes": { text: "Ask again." },
    "POST /api/v1/articles/:id/remove": { reason: "A court says so." },
    "POST /api/v1/pages": { title: "Stroll" },
    "PATCH /api/v1/pages/:id": { standfirst: "Walked." },
    "POST /api/v1/pages/:id/schedule": { scheduledFor: "2999-01-01T00:00:00Z" },
    "POST /api/v1/pages/:id/return": { note: "Who says so?" },
    "POST /api/v1/pages/:id/assign": { author: null },
    "POST /api/v1/pages/:id/notes": { text: "Ask again." },
    "POST /api/v1/pages/:id/remove": { reason: "A court says so." },
    "POST /api/v1/preview": { title: "Seen", section: "city" },
    "POST /api/v1/articles/:id/corrections": { text: "It was four." },
    "PUT /api/v1/imports/:source/:key": { title: "Walked in", section: "city" },
    "POST /api/v1/imports": {
      source: "walk",
      items: [{ key: "1", title: "In", section: "city", slug: "in" }],
    },
    "POST /api/v1/people": { name: "New", role: "editor" },
    "PATCH /api/v1/people/:id": { name: "Spare" },
    "PUT /api/v1/front": { lead: null, pinned: [], rows: [] },
    "POST /api/v1/front/preview": { lead: null, pinned: [], rows: [] },
    "PATCH /api/v1/settings": { tagline: "Walks" },
    "POST /api/v1/authors": { slug: "new", name: "New" },
    "PUT /api/v1/authors/:slug": { name: "Spare" },
    "PATCH /api/v1/authors/:slug": { name: "Spare" },
    "POST /api/v1/authors/:slug/merge": { into: "once" },
    "POST /api/v1/sections": { slug: "new", name: "New" },
    "PUT /api/v1/sections/:slug": { name: "Spare" },
    "PATCH /api/v1/sections/:slug": { name: "Spare" },
    "POST /api/v1/tags": { slug: "new", name: "New" },
    "PUT /api/v1/tags/:slug": { name: "Spare" },
    "PATCH /api/v1/tags/:slug": { name: "Spare" },
    "POST /api/v1/tags/:slug/merge": { into: "once" },
    "POST /api/v1/media": pictures.gif,
    "PATCH /api/v1/media/:hash": { alt: "Another gate." },
    "POST /api/v1/redirects": { from: "/walk", to: "/city" },
    "POST /api/v1/redirects/bulk": { items: [{ from: "/walk/one", to: "/city" }] },
    "PUT /api/v1/redirects/:id": { kind: "exact", to: "/culture" },
    "POST /api/v1/keys": { name: "Walk", role: "author" },
    "POST /api/v1/edge/purge": { tags: ["site"] },
  };

  /** A story, or a page that is none, for each call on one. */
  async function takeArticles(
    base: "/articles" | "/pages",
    made: (path: string, body: unknown) => Promise<{ id: string }>,
  ) {
    const section = base === "/articles" ? { section: "city" } : {};
    const article = (fields: object) => made(base, { ...section, ...fields });
    const binned = await article({ title: "Binned" });
    await call("DELETE", `${base}/${binned.id}`, { headers: force });
    const articles = {
      "": await article({ title: "Any" }),
      "/publish": await article({ title: "Draft" }),
      "/unpublish": await article({ title: "Live", status: "published" }),
      "/schedule": await article({ title: "Later" }),
      ...(base === "/articles" && {
        "/corrections": await article({ title: "Wrong", status: "published" }),
      }),
      "/restore": binned,
      "/remove": await article({ title: "Removed" }),
      "/discard": await article({ title: "Discarded", status: "published" }),
      "/submit": await article({ title: "Handed in" }),
      "/return": await article({ title: "Returned" }),
      "/assign": await article({ title: "Assigned" }),
      "/notes": await article({ title: "Noted" }),
      "/previews": await article({ title: "Shown" }),
      "/presence": await article({ title: "Open" }),
      "/revisions": await article({ title: "Kept" }),
      "/revisions/:revision": await article({ title: "Kept, too" }),
      "/revisions/:revision/restore": await article({ title: "Restored" }),
      "/revisions/:range/diff": await article({ title: "Compared" }),
    };
    await call("POST", `${base}/${articles["/return"].id}/submit`, { headers: force });
    const previewed = await article({ title: "Previewed" });
    const preview = (await call("POST", `${base}/${previewed.id}/previews`)).json;
    const acts = Object.entries(articles).map(([act, { id }]): [string, Sample] => {
      const named = act.replace(":revision", "1").replace(":range", "1..head");
      const at = (one: string) => `/api/v1${base}/${one}${named}`;
      return [`/api/v1${base}/:id${act}`, { there: at(id), absent: at(NOBODY) }];
    });
    const previews = `/api/v1${base}/${previewed.id}/previews`;
    const samples: Record<string, Sample> = {
      ...Object.fromEntries(acts),
      [`/api/v1${base}/:id/previews/:preview`]: {
        there: `${previews}/${preview.id}`,
        absent: `${previews}/${NOBODY}`,
      },
    };
    return { previewed, samples };
  }

  async function takeSamples(): Promise<Record<string, Sample>> {
    const made = async (path: string, body: unknown) => {
      const { status, json } = await call("POST", path, { body });
      expect(status, path).toBe(201);
      return json;
    };
    const stories = await takeArticles("/articles", made);
    const pages = await takeArticles("/pages", made);
    const { previewed } = stories;
    const spare = (await upload(pictures.pngWithAlpha, { name: "spare.png", alt: "A gate." })).json;
    const redirect = await made("/redirects", { from: "/old", to: "/city" });
    const key = await made("/keys", { name: "Spare", role: "editor" });
    const person = await made("/people", { name: "Spare", role: "editor" });
    // The other one is removed on the way.
    const guest = await made("/people", { name: "Guest", role: "editor" });
    for (const kind of ["authors", "sections", "tags"])
      await made(`/${kind}`, { slug: "spare", name: "Spare" });
    for (const kind of ["authors", "tags"])
      for (const slug of ["twice", "once"]) await made(`/${kind}`, { slug, name: "Twice" });

    const entries = ["authors", "sections", "tags"].flatMap((kind): [string, Sample][] => [
      [`/api/v1/${kind}`, listed(`/api/v1/${kind}`)],
      [
        `/api/v1/${kind}/:slug`,
        { there: `/api/v1/${kind}/spare`, absent: `/api/v1/${kind}/No%20slug` },
      ],
    ]);
    const mergers = ["authors", "tags"].map((kind): [string, Sample] => [
      `/api/v1/${kind}/:slug/merge`,
      { there: `/api/v1/${kind}/twice/merge`, absent: `/api/v1/${kind}/nobody/merge` },
    ]);
    return {
      "/*": { there: "/", absent: "/no/such/path/at/all" },

      "/api/v1/openapi.json": { there: "/api/v1/openapi.json" },
      "/api/v1/docs": { there: "/api/v1/docs" },
      "/api/v1/articles": listed("/api/v1/articles"),
      ...stories.samples,
      "/api/v1/pages": listed("/api/v1/pages"),
      ...pages.samples,
      "/api/v1/schedule": {
        there: "/api/v1/schedule?from=2999-01-01T00:00:00Z&until=2999-02-01T00:00:00Z",
        absent: "/api/v1/schedule",
      },
      "/api/v1/preview": listed("/api/v1/preview"),
      "/preview/*": {
        there: new URL((await call("POST", `/articles/${previewed.id}/previews`)).json.url)
          .pathname,
        absent: `/preview/${"a".repeat(43)}`,
      },
      "/api/v1/imports/:source/:key": {
        there: "/api/v1/imports/walk/one",
        absent: "/api/v1/imports/Not%20one/one",
      },
      "/api/v1/imports": listed("/api/v1/imports"),
      "/api/v1/front": listed("/api/v1/front"),
      "/api/v1/front/preview": listed("/api/v1/front/preview"),
      "/api/v1/front/scheduled": listed("/api/v1/front/scheduled"),
      "/api/v1/settings": listed("/api/v1/settings"),
      ...Object.fromEntries(entries),
      ...Object.fromEntries(mergers),
      "/api/v1/media": listed("/api/v1/media"),
      "/api/v1/media/:hash": {
        there: `/api/v1/media/${spare.hash}`,
        absent: `/api/v1/media/${"a".repeat(32)}`,
      },
      "/api/v1/media/:hash/original": {
        there: `/api/v1/media/${spare.hash}/original`,
        absent: `/api/v1/media/${"a".repeat(32)}/original`,
      },
      ...Object.fromEntries(
        ["thumbnail", "uses"].map((part) => [
          `/api/v1/media/:hash/${part}`,
          {
            there: `/api/v1/media/${spare.hash}/${part}`,
            absent: `/api/v1/media/${"a".repeat(32)}/${part}`,
          },
        ]),
      ),
      "/api/v1/redirects": listed("/api/v1/redirects"),
      "/api/v1/redirects/bulk": listed("/api/v1/redirects/bulk"),
      "/api/v1/redirects/:id": {
        there: `/api/v1/redirects/${redirect.id}`,
        absent: "/api/v1/redirects/none",
      },
      "/api/v1/keys": listed("/api/v1/keys"),
      "/api/v1/keys/:id/rotate": {
        there: `/api/v1/keys/${key.id}/rotate`,
        absent: `/api/v1/keys/${NOBODY}/rotate`,
      },
      "/api/v1/keys/:id": { there: `/api/v1/keys/${key.id}`, absent: `/api/v1/keys/${NOBODY}` },
      "/api/v1/people": listed("/api/v1/people"),
      "/api/v1/people/me": { there: "/api/v1/people/me" },
      ...Object.fromEntries(
        ["invitations", "sessions"].map((part) => [
          `/api/v1/people/:id/${part}`,
          {
            there: `/api/v1/people/${guest.id}/${part}`,
            absent: `/api/v1/people/${NOBODY}/${part}`,
          },
        ]),
      ),
      "/api/v1/people/:id": {
        there: `/api/v1/people/${person.id}`,
        absent: `/api/v1/people/${NOBODY}`,
      },
      // Nobody is signed in here, and no page of the site asks (test/people/).
      ...Object.fromEntries(
        [
          "/sessions",
          "/sessions/challenge",
          "/invitations/challenge",
          "/invitations/accept",
          "/people/me/sessions",
          "/people/me/sessions/:session",
          "/people/me/passkeys",
          "/people/me/passkeys/challenge",
          "/people/me/passkeys/:passkey",
        ].map((path) => [`/api/v1${path}`, { absent: `/api/v1${path.replace(/:\w+/, NOBODY)}` }]),
      ),
      "/api/v1/audit": listed("/api/v1/audit"),
      "/api/v1/edge/outbox": listed("/api/v1/edge/outbox"),
      "/api/v1/health": { there: "/api/v1/health" },
      "/api/v1/edge/purge": listed("/api/v1/edge/purge"),
      "/api/v1/rerender": listed("/api/v1/rerender"),
      "/api/v1/reindex": listed("/api/v1/reindex"),
      "/api/v1/search": { there: "/api/v1/search?q=story", absent: "/api/v1/search" },
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
    if (!ALWAYS_THERE.has(pattern) && !pattern.startsWith("/:feed"))
      expect(absent, `an address for ${pattern} at which nothing is`).toBeDefined();
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
      const declared = [...app.routes, ...newsroom.routes, ...readers.routes];
      const routes = [...new Map(declared.map((r) => [`${r.method} ${r.path}`, r])).values()];
      expect(routes.length, "of the app and of the API").toBeGreaterThan(50);
      // A route that comes new needs an address here, and a call of the API what it is to be sent.
      expect(
        routes.filter(({ path }) => !(path in samples)).map(({ path }) => path),
        "patterns without a sample",
      ).toEqual([]);
      const { paper, asked } = openCounted({ IMAGES: env.IMAGES });

      async function ask(question: Asked) {
        // What an earlier call left to be done asks the database, too.
        await paper.platform.settled();
        const before = asked.trips;
        const response = await handle(requestOf(question), paper.env, paper.platform);
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
    const { paper, asked } = openCounted({ IMAGES: env.IMAGES });
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
      const response = await handle(
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
  // A preview's address is its key.
  "Referrer-Policy": /^(?:strict-origin-when-cross-origin|no-referrer)$/,
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
    const told =
      isPublic || path.startsWith("/preview/")
        ? new RegExp(`^d1;desc="trips=${trips}"$`)
        : /^d1;dur=[\d.]+;desc="trips=[1-9]\d* read=\d+ written=\d+"$/;
    expect([name, headers.get("Server-Timing")]).toEqual([name, expect.stringMatching(told)]);
  }
}
