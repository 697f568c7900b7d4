import "../support/node-shims.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Paper } from "../support/paper.ts";
import { pathsStored, storedAt } from "../support/platform.ts";
import { openSite } from "../support/sqlite-site.ts";

// More at once than the platform takes: 5 calls a minute, of which 25 may be saved up, 100 tags a call. Readers come all the
// while, so that everything there is to be forgotten is in the cache.

const MINUTE = 60_000;
const SECTIONS = ["city", "coast", "culture"];
const AUTHORS = ["mara-quill", "jonas-field", "ines-vale"];

let paper: Paper;

beforeEach(async () => {
  for (const how of ["log", "warn"] as const) vi.spyOn(console, how).mockReturnValue();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 25, 12) });
  paper = await openSite();
  for (const slug of SECTIONS)
    await paper.call("PUT", `/sections/${slug}`, { name: slug, position: 1 });
  for (const slug of AUTHORS) await paper.call("PUT", `/authors/${slug}`, { name: slug });
  pass(30 * MINUTE);
  await paper.tick();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function pass(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}

function storyOf(n: number): Record<string, unknown> {
  return {
    title: `Story ${n}`,
    section: SECTIONS[n % 3],
    authors: [AUTHORS[n % 3], AUTHORS[(n + 1) % 3]],
    tags: [`topic-${n % 7}`, `topic-${20 + (n % 11)}`],
    body: "What happened.",
  };
}

const LISTS = [
  "/",
  "/page/2",
  "/archive",
  "/archive/2026/11",
  ...SECTIONS.flatMap((slug) => [`/${slug}`, `/${slug}/page/2`]),
  ...AUTHORS.map((slug) => `/authors/${slug}`),
  "/tags/topic-3",
  "/tags/topic-28",
];

async function readersCome(paths: string[]): Promise<void> {
  for (const path of paths) await (await paper.visit(path)).arrayBuffer();
  await paper.platform.settled();
}

/** The minutes until the cron has nothing left to do for the edge. */
async function untilDone(most: number): Promise<number> {
  for (let minutes = 0; minutes < most; minutes += 1) {
    const row = await paper.env.DB.prepare(
      "select count(*) as n from outbox where done_at is null and kind <> 'copy'",
    ).first<{ n: number }>();
    if (row?.n === 0) return minutes;
    pass(MINUTE);
    await readersCome(LISTS);
    await paper.tick();
  }
  throw new Error(`There is still something to do after ${most} minutes`);
}

/** The addresses at which the cache has something else than the Worker makes now. */
async function staleOnes(): Promise<string[]> {
  const stale: string[] = [];
  for (const path of pathsStored(paper.platform)) {
    const entry = storedAt(paper.platform, path);
    // What is invalid is asked for anew before it is given twice.
    if (!entry || entry.invalidatedAt !== null) continue;
    const made = await paper.made(path);
    const isSame =
      made.status === entry.status && made.headers.get("ETag") === entry.headers.get("ETag");
    if (!isSame) stale.push(path);
  }
  return stale;
}

describe("more than the platform takes", () => {
  it(
    "a thousand publications in ten minutes end with nothing stale, within the limit",
    { timeout: 300_000 },
    async () => {
      const edges: Record<string, number> = {};
      for (let n = 0; n < 1000; n += 1) {
        // Someone was there before the story was.
        await readersCome([`/${SECTIONS[n % 3]}/story-${n}`, LISTS[n % LISTS.length] ?? "/"]);
        const { status, json } = await paper.call("POST", "/articles", {
          ...storyOf(n),
          status: "published",
        });
        expect(status, JSON.stringify(json)).toBe(201);
        edges[json.edge] = (edges[json.edge] ?? 0) + 1;
        pass(600);
        if (n === 950) expect(await staleOnes(), "until the cron comes some are").not.toEqual([]);
        if (n % 100 === 99) await paper.tick();
      }

      const minutes = await untilDone(10);
      expect(await staleOnes()).toEqual([]);
      expect(paper.platform.overLimit).toBe(0);
      // The first ones at once; then whoever comes leaves it to the cron.
      expect(edges.live ?? 0).toBeGreaterThan(10);
      expect((edges.live ?? 0) + (edges.pending ?? 0)).toBe(1000);
      expect(minutes).toBeLessThanOrEqual(4);
      const told = paper.platform.told;
      expect(told.length).toBeLessThan(150);
    },
  );

  it("an import of two thousand stories does, too", { timeout: 180_000 }, async () => {
    await readersCome(LISTS);
    for (let from = 0; from < 2000; from += 100) {
      const items = Array.from({ length: 100 }, (_, n) => ({
        key: String(from + n),
        ...storyOf(from + n),
      }));
      const { status } = await paper.call("POST", "/imports", { source: "wire", items });
      expect(status).toBe(200);
      await readersCome([...LISTS, `/city/story-${from}`, `/coast/story-${from + 1}`]);
      pass(2000);
    }
    expect(await staleOnes(), "until the cron comes some are").not.toEqual([]);
    const minutes = await untilDone(10);
    await readersCome(LISTS);
    expect(await staleOnes()).toEqual([]);
    expect(pathsStored(paper.platform).length).toBeGreaterThanOrEqual(LISTS.length);
    expect(paper.platform.overLimit).toBe(0);
    expect(minutes).toBeLessThanOrEqual(4);
  });
});
