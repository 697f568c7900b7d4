import path from "node:path";
import { createTestHarness, type TestHarness, type WorkerHandle } from "wrangler";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ANTI_POISONING } from "../../src/edge/cache-key.ts";

// The whole paper as `wrangler dev` runs it, with the stand-in in front: what a developer sees, and so what production does.

const PROJECT = path.join(import.meta.dirname, "../..");
const KEY = "bs_root_for_the_tests_and_nothing_else_at_all";
const ORIGIN = "https://ledger.example";

let harness: TestHarness;
let worker: WorkerHandle<{ DB: D1Database }>;

beforeAll(async () => {
  harness = createTestHarness({
    root: PROJECT,
    workers: [
      {
        configPath: path.join(PROJECT, "wrangler.toml"),
        vars: { EDGE: "stand-in", SITE_ORIGIN: ORIGIN },
        secrets: { ROOT_KEY: KEY },
      },
    ],
  });
  await harness.listen();
  worker = harness.getWorker();
  await worker.applyD1Migrations("DB");
  await call("PUT", "/sections/city", { name: "City", position: 1, listed: true });
  await call("PUT", "/sections/culture", { name: "Culture", position: 2, listed: true });
  await call("PUT", "/authors/mara-quill", { name: "Mara Quill", bio: "At the harbour." });
  await call("PUT", "/authors/ines-vale", { name: "Ines Vale" });
  // In one call, since editors have a dozen purges at once and then a few a minute.
  const titles = [
    "A stage",
    "A second stage",
    "A third stage",
    "The oldest",
    "The older",
    "Before it",
  ];
  const now = Date.now();
  const month = Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth());
  await call("POST", "/imports", {
    source: "archive",
    items: titles.map((title, index) => ({
      key: String(index),
      ...storyOf({ title, ...(title.includes("stage") && ON_STAGE) }),
      // All of this month, also in its first hour: a month's page is looked at that others are on, too.
      publishedAt: new Date(Math.max(month + index, now - (60 - index) * 60_000)).toISOString(),
    })),
  });
  await minute();
}, 60_000);

afterAll(() => harness.close());

/** One call of the API. */
async function call(method: string, path: string, body?: object) {
  const response = await harness.fetch(`${ORIGIN}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${KEY}`,
      "Content-Type": "application/json",
      "If-Match": "*",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const told = await response.text();
  expect(response.status, `${method} ${path}: ${told}`).toBeLessThan(300);
  return JSON.parse(told || "null") as { id: string; edge: string; url: string };
}

type Fields = { title: string } & Record<string, unknown>;

const storyOf = (fields: Fields) => ({
  section: "city",
  authors: ["mara-quill"],
  tags: ["trams"],
  body: "They rang.",
  status: "published",
  ...fields,
});

const publish = (fields: Fields) => call("POST", "/articles", storyOf(fields));

const ON_STAGE = { section: "culture", authors: ["ines-vale"], tags: ["stages"] };

/** What the minute's cron does. */
async function minute(): Promise<void> {
  await worker.scheduled({ cron: "* * * * *", scheduledTime: new Date() });
}

/** What a reader gets. */
async function read(
  address: string,
  init: { method?: string; headers?: Record<string, string> } = {},
) {
  const url = new URL(address, ORIGIN).href;
  const response = await harness.fetch(url, { redirect: "manual", ...init });
  const { status, headers } = response;
  return { status, headers, cache: headers.get("CF-Cache-Status"), text: await response.text() };
}

const warm = async (paths: string[]) => {
  for (const path of paths) await read(path);
  for (const path of paths) expect((await read(path)).cache, path).toBe("HIT");
};

describe("a page", () => {
  const PAGE = "/city/before-it";

  it("is made once, and then comes from the cache with its age", async () => {
    await call("POST", "/edge/purge", { everything: true });
    const first = await read(PAGE);
    expect(first.cache).toBe("MISS");
    expect(first.headers.get("Server-Timing")).toContain("trips=1");
    expect(first.headers.has("Age")).toBe(false);
    const second = await read(PAGE);
    expect(second.cache).toBe("HIT");
    expect(Number(second.headers.get("Age"))).toBeGreaterThanOrEqual(0);
    expect(second.text).toBe(first.text);
  });

  it("is the same for every odd request, which asks nothing of D1", async () => {
    const { text } = await read(PAGE);
    const odd: [string, Record<string, string>][] = [
      [`${PAGE}?utm_source=x&fbclid=y`, {}],
      [`${PAGE}?page=2`, {}],
      ...ANTI_POISONING.map((name): [string, Record<string, string>] => [PAGE, { [name]: "odd" }]),
    ];
    for (const [address, headers] of odd) {
      const answer = await read(address, { headers });
      const named = `${address} ${JSON.stringify(headers)}`;
      expect(answer.text, named).toBe(text);
      expect(answer.headers.get("Cache-Status"), named).toBe("Workers-Cache; hit; detail=HIT");
      expect(answer.headers.has("Server-Timing"), named).toBe(false);
      expect(answer.cache, named).toBe("BYPASS");
    }
    expect((await read(PAGE)).cache).toBe("HIT");
  });

  it.each([
    ["Cookie", "session=1"],
    ["Accept", "application/json"],
    ["Accept-Language", "de"],
    ["Accept-Encoding", "gzip"],
    ["User-Agent", "Anything/1.0"],
    ["Authorization", "Bearer nothing"],
    ["Cache-Control", "no-cache"],
  ])("is one entry whatever %s says", async (name, value) => {
    expect((await read(PAGE, { headers: { [name]: value } })).cache).toBe("HIT");
  });

  it("is one entry on every host", async () => {
    expect((await read(`https://other.example${PAGE}`)).cache).toBe("HIT");
  });

  it("answers HEAD, ranges and conditions from the cache", async () => {
    const { headers, text } = await read(PAGE);
    expect(await read(PAGE, { method: "HEAD" })).toMatchObject({
      cache: "HIT",
      status: 200,
      text: "",
    });
    const part = await read(PAGE, { headers: { Range: "bytes=0-14" } });
    // A page does not say that it can be sliced; pictures do.
    expect(part).toMatchObject({ cache: "HIT", status: 200, text });
    const known = await read(PAGE, { headers: { "If-None-Match": headers.get("ETag") ?? "" } });
    expect(known).toMatchObject({ cache: "HIT", status: 304, text: "" });
  });

  it("that is not there is an entry, too", async () => {
    expect(await read("/city/nothing-here")).toMatchObject({ cache: "MISS", status: 404 });
    expect(await read("/city/nothing-here")).toMatchObject({ cache: "HIT", status: 404 });
  });

  it("of the editors' is never one", async () => {
    for (const path of ["/api/v1/articles", "/healthz"]) {
      for (const _ of [1, 2]) expect((await read(path)).cache, path).toBe("BYPASS");
    }
  });
});

describe("an editor publishes", () => {
  const NEW = "/city/the-new-one";
  const MONTH = new Date().toISOString().slice(0, 7).replace("-", "/");
  const LISTS = [
    "/",
    "/city",
    "/authors/mara-quill",
    "/tags/trams",
    `/archive/${MONTH}`,
    `/city/archive/${MONTH}`,
  ];
  const NEIGHBOUR = "/city/before-it";
  /** Shows the new story in its rail only. */
  const RAIL = "/city/the-oldest";
  const UNRELATED = ["/culture/a-stage", "/tags/stages", "/authors/ines-vale", "/culture"];
  let id: string;

  it("and the very next reader sees it everywhere, while what it does not touch stays warm", async () => {
    await warm([...LISTS, NEIGHBOUR, RAIL, ...UNRELATED]);
    expect((await read(NEW)).status).toBe(404);
    expect(await read(NEW)).toMatchObject({ cache: "HIT", status: 404 });

    const published = await publish({ title: "The new one" });
    id = published.id;
    expect(published.edge).toBe("live");

    const story = await read(NEW);
    expect(story.status).toBe(200);
    expect(story.text).toContain("The new one");
    for (const list of LISTS) expect((await read(list)).text, list).toContain(`href="${NEW}"`);
    expect((await read(NEIGHBOUR)).text).toContain(`rel="next" href="${NEW}"`);
    expect(await read(RAIL)).toMatchObject({ cache: "HIT" });
    for (const path of UNRELATED) expect((await read(path)).cache, path).toBe("HIT");
  });

  it("and rails that name it follow with the minute's call: the old one at once, the new one behind it", async () => {
    await minute();
    const old = await read(RAIL);
    expect(old.cache).toBe("UPDATING");
    expect(old.text).not.toContain(NEW);
    await expect.poll(async () => (await read(RAIL)).text).toContain(NEW);
    expect((await read(RAIL)).cache).toBe("HIT");
    for (const path of UNRELATED) expect((await read(path)).cache, path).toBe("HIT");
  });

  it("and takes it back: it is gone with the very next request, and from everywhere it stood", async () => {
    await warm([...LISTS, NEIGHBOUR, NEW, ...UNRELATED]);
    expect((await call("POST", `/articles/${id}/unpublish`)).edge).toBe("live");
    expect(await read(NEW)).toMatchObject({ status: 410 });
    for (const path of [...LISTS, NEIGHBOUR]) {
      const { status, text } = await read(path);
      expect(status, path).toBe(200);
      expect(text, path).not.toContain(NEW);
    }
    for (const path of UNRELATED) expect((await read(path)).cache, path).toBe("HIT");
  });
});

describe("two hundred readers at once", () => {
  const CROWDED = "/culture/a-stage";
  const crowd = () => Promise.all(Array.from({ length: 200 }, () => read(CROWDED)));

  /** How often the Worker made the page for them, by the line it prints for each request. */
  function made(): number {
    const lines = harness.getLogs().map(({ message }) => message);
    return lines.filter((line) => /(MISS|EXPIRED|behind).*GET \/culture\/a-stage/.test(line))
      .length;
  }

  it("have a page made once that is not there", async () => {
    await call("POST", "/edge/purge", { everything: true });
    harness.clearLogs();
    const answers = await crowd();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers.filter(({ cache }) => cache === "HIT")).toHaveLength(199);
    await expect.poll(made).toBe(1);
  });

  it("have a page made once that has expired, and nobody waits for it", async () => {
    await warm([CROWDED]);
    await publish({ title: "A fourth stage", ...ON_STAGE });
    await minute();
    harness.clearLogs();
    const answers = await crowd();
    expect(new Set(answers.map(({ cache }) => cache ?? ""))).toContain("UPDATING");
    expect(answers.every(({ cache }) => cache === "UPDATING" || cache === "HIT")).toBe(true);
    await expect.poll(made).toBe(1);
  });
});
