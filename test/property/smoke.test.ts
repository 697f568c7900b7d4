import "../support/node-shims.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { handlePastCache } from "../../src/app.ts";
import type { Bindings } from "../../src/store/open.ts";
import { openMemoryBucket, openMemoryKv } from "../support/memory-platform.ts";
import { applyMigrations, openSqliteD1, withHook, type SqliteD1 } from "../support/sqlite-d1.ts";

const ORIGIN = "https://ledger.example";
const ROOT_KEY = "bs_root_for_the_tests_and_nothing_else_at_all";

let d1: SqliteD1;

beforeEach(async () => {
  d1 = openSqliteD1();
  await applyMigrations(d1);
  return () => d1.close();
});

/** The whole paper, over a database in this process. */
function openPaper(DB: D1Database) {
  const env = {
    DB,
    MEDIA: openMemoryBucket(),
    COPIES: openMemoryKv(),
    SITE_ORIGIN: ORIGIN,
    ROOT_KEY,
    EDGE: "platform",
    CF_VERSION_METADATA: { id: "test", tag: "", timestamp: "" },
  } satisfies Omit<Bindings, "TEST_MIGRATIONS" | "TEST_SEARCH_MIGRATIONS"> & {
    COPIES: KVNamespace;
  };
  const serve = async (request: Request): Promise<Response> =>
    handlePastCache(request, env as Bindings, platform);
  const platform = {
    waitUntil() {},
    exports: { default: { fetch: serve } },
    fetchElsewhere: () => Promise.reject(new Error("Nobody is there.")),
  };

  return {
    visit: (path: string, headers: Record<string, string> = {}) =>
      serve(new Request(ORIGIN + path, { headers })),
    call: (method: string, path: string, body: object) =>
      serve(
        new Request(`${ORIGIN}/api/v1${path}`, {
          method,
          headers: { Authorization: `Bearer ${ROOT_KEY}`, "Content-Type": "application/json" },
          body: JSON.stringify(body),
        }),
      ),
  };
}

async function publishTrams({ call }: ReturnType<typeof openPaper>): Promise<void> {
  const answers = [
    await call("PUT", "/sections/city", { name: "City", position: 1 }),
    await call("PUT", "/authors/mara-quill", { name: "Mara Quill" }),
    await call("POST", "/articles", {
      title: "Trams return",
      section: "city",
      authors: ["mara-quill"],
      tags: ["trams"],
      body: "The first one *rang its bell*.",
      status: "published",
    }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
}

describe("the paper in Node", () => {
  it("takes a story by its API and gives it to readers", async () => {
    const paper = openPaper(d1);
    await publishTrams(paper);
    const paths = ["/", "/city", "/authors/mara-quill", "/tags/trams", "/archive"];
    for (const path of paths) {
      const page = await paper.visit(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(await page.text(), path).toMatch(
        path === "/archive" ? /href="\/archive\/\d/ : /Trams return/,
      );
    }
    const story = await paper.visit("/city/trams-return");
    expect(story.status).toBe(200);
    expect(await story.text()).toContain("<em>rang its bell</em>");
    expect((await paper.visit("/city/trams-return", { "If-None-Match": "*" })).status).toBe(304);
    expect((await paper.visit("/city/nothing")).status).toBe(404);
  });

  it("has the styles that the Worker has", async () => {
    const page = await openPaper(d1).visit("/");
    expect(await page.text()).toMatch(/<style>[^<]*\{[^<]*color/);
  });

  it("lets a test come between what an act read and what it writes", async () => {
    const asked: number[] = [];
    const paper = openPaper(d1);
    await publishTrams(paper);
    const slow = openPaper(
      withHook(d1, async (statements) => {
        asked.push(statements);
        if (asked.length === 2)
          await paper.call("PUT", "/sections/culture", { name: "Culture", listed: true });
      }),
    );
    const made = await slow.call("PUT", "/sections/sport", { name: "Sport", listed: true });
    expect(made.status).toBe(201);
    expect(asked.length, "it read, lost its race, read again and wrote").toBeGreaterThanOrEqual(4);
    expect((await paper.visit("/culture")).status).toBe(200);
    expect((await paper.visit("/sport")).status).toBe(200);
  });
});
