import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { tick } from "../src/cron.ts";
import { act } from "../src/editor/act.ts";
import type { Change } from "../src/editor/change.ts";
import { deliver, deliveryOf } from "../src/editor/delivery.ts";
import { noticeVersion } from "../src/editor/version.ts";
import { granted } from "../src/domain/problem.ts";
import { guarded, openDatabase, sqlWrite } from "../src/store/batch.d1.ts";
import { commit } from "../src/store/commit.d1.ts";
import { take } from "../src/store/notes.d1.ts";
import {
  finishOutbox,
  leaseQuery,
  releaseOutbox,
  repeatOutbox,
  writeOutbox,
  type OutboxRow,
} from "../src/store/outbox.d1.ts";
import { editionQuery, moveEdition } from "../src/store/paper.d1.ts";
import { call, deskAt, openNewsroom, publish, rowsOf, visit, write } from "./support/newsroom.ts";
import { SITEMAP_PART } from "../src/domain/sitemap.ts";
import { costs, costsOfSitemaps, fill } from "./support/corpus.ts";

beforeEach(openNewsroom);

const MINUTE = 60_000;

/** What the edge is to be told, and copied; what the search is, every act says. */
const TO_TELL = "outbox where kind <> 'index'";

async function edition(): Promise<number> {
  const [[row]] = await openDatabase(env.DB).read(editionQuery());
  return row?.n ?? -1;
}

async function everything(): Promise<string> {
  const tables = [
    "articles",
    "revisions",
    "live",
    "paths",
    "audit",
    "outbox",
    "sections",
    "edition",
    "guard",
  ];
  const rows = await env.DB.batch(tables.map((table) => env.DB.prepare(`select * from ${table}`)));
  return JSON.stringify(rows.map(({ results }) => results));
}

describe("a guarded batch", () => {
  it("that loses its race writes nothing at all, audit and outbox included", async () => {
    await publish();
    // What the story left to be done is done.
    await tick(env, deskAt(Date.now() + MINUTE));
    const before = await everything();
    const change: Change = {
      kind: "public",
      writes: [
        sqlWrite`insert into sections (id, slug, name, position) values ('late', 'late', 'Late', 9)`,
      ],
      shows: { front: true },
      edition: (await edition()) - 1,
      audit: [{ act: "create", subject: "section:late", detail: {} }],
    };
    const outcome = await act(deskAt(Date.now()), async () => granted({ result: "late", change }));
    expect(outcome).toMatchObject({ ok: false, problem: { kind: "busy" } });
    expect(await everything()).toBe(before);
  });

  it("names what it lost, wherever in the batch that was", async () => {
    const db = openDatabase(env.DB);
    const other = sqlWrite`insert into sections (id, slug, name, position) values ('late', 'late', 'Late', 9)`;
    const lost = guarded(sqlWrite`update articles set version = 9 where id = 'nobody'`, "version");
    expect(await commit(db, [other, lost])).toMatchObject({ committed: false, lost: "version" });
    expect(await commit(db, [lost, other])).toMatchObject({ committed: false, lost: "version" });
    expect(await commit(db, [other, moveEdition(-1)])).toMatchObject({
      committed: false,
      lost: "edition",
    });
    expect(await commit(db, [other, other])).toMatchObject({ committed: false, lost: "unique" });
    expect(await rowsOf("sections where slug = 'late'")).toBe(0);
    expect(await rowsOf("guard")).toBe(0);
  });

  it("is read again and retried when another act came first, and then holds", async () => {
    let readings = 0;
    const pauses: number[] = [];
    const pause = async (below: number) => void pauses.push(below);
    const outcome = await act({ ...deskAt(Date.now()), pause }, async () => {
      const seen = await edition();
      readings += 1;
      if (readings < 3)
        await call("PUT", "/sections/between", { body: { name: `Between ${readings}` } });
      const writes = [
        sqlWrite`insert into sections (id, slug, name, position) values ('mine', 'mine', 'Mine', 9)`,
      ];
      return granted({
        result: readings,
        change: { kind: "public", writes, shows: { front: true }, edition: seen, audit: [] },
      });
    });
    expect(outcome).toMatchObject({ ok: true, value: 3 });
    expect(pauses, "each pause may be longer than the one before").toEqual([30, 60]);
    expect(await rowsOf("sections where slug = 'mine'")).toBe(1);
  });

  it("with a mistake in it throws, and is not taken for a lost race", async () => {
    const broken = sqlWrite`insert into sections (id, slug, name) values ('x', 'x', 'X')`;
    await expect(commit(openDatabase(env.DB), [broken])).rejects.toThrow(/sections\.position/);
  });
});

describe("every public act", () => {
  it("moves the edition, writes one record and says what is stale; a private one only the record", async () => {
    const acts: [string, () => Promise<unknown>, boolean][] = [
      ["a draft", () => write({ title: "Draft" }), false],
      ["a publication", () => publish({ title: "Out" }), true],
      [
        "a section",
        () => call("PUT", "/sections/new", { body: { name: "New", listed: true } }),
        true,
      ],
      ["a setting", () => call("PATCH", "/settings", { body: { tagline: "New" } }), true],
      ["a redirect", () => call("POST", "/redirects", { body: { from: "/x", to: "/" } }), true],
      ["a key", () => call("POST", "/keys", { body: { name: "x", role: "editor" } }), false],
    ];
    for (const [name, perform, isPublic] of acts) {
      const before = [await edition(), await rowsOf("audit"), await rowsOf(TO_TELL)];
      await perform();
      const after = [await edition(), await rowsOf("audit"), await rowsOf(TO_TELL)];
      const [moved, told, asked = 0] = after.map((value, index) => value - (before[index] ?? 0));
      expect([moved, told, asked > 0], name).toEqual([isPublic ? 1 : 0, 1, isPublic]);
    }
  });
});

describe("the minute's tick", () => {
  it("publishes what is due as of its hour, once, even when two ticks run at once", async () => {
    const scheduledFor = Date.now() + 5 * MINUTE;
    const fields = {
      title: "Embargoed",
      status: "scheduled",
      scheduledFor: new Date(scheduledFor).toISOString(),
    };
    const story = await write(fields);
    expect(story).toMatchObject({ status: "scheduled", scheduledRevision: 1 });
    await tick(env, deskAt(scheduledFor - 1));
    expect((await visit("/city/embargoed")).status).toBe(404);
    await Promise.all([
      tick(env, deskAt(scheduledFor + MINUTE)),
      tick(env, deskAt(scheduledFor + MINUTE)),
    ]);
    expect((await visit("/city/embargoed")).status).toBe(200);
    const { json } = await call("GET", `/articles/${story.id}`);
    expect(json).toMatchObject({
      status: "published",
      publishedAt: fields.scheduledFor,
      scheduledRevision: null,
      version: 2,
    });
    expect(await rowsOf(`audit where subject = 'article:${story.id}'`)).toBe(2);
  });

  it("publishes the revision that was scheduled, not what was written since", async () => {
    const story = await publish({ title: "First", slug: "tides" });
    const headers = { "If-Match": "*" };
    await call("PATCH", `/articles/${story.id}`, { headers, body: { title: "Second" } });
    const scheduledFor = Date.now() + 5 * MINUTE;
    const timetable = { scheduledFor: new Date(scheduledFor).toISOString() };
    const scheduled = await call("POST", `/articles/${story.id}/schedule`, {
      headers,
      body: timetable,
    });
    expect(scheduled.json).toMatchObject({
      status: "published",
      publishedRevision: 1,
      scheduledRevision: 2,
    });
    await call("PATCH", `/articles/${story.id}`, { headers, body: { title: "Third" } });
    await tick(env, deskAt(scheduledFor));
    expect((await visit("/city/tides")).text).toContain("Second");
    expect((await call("GET", `/articles/${story.id}`)).json).toMatchObject({
      title: "Third",
      revision: 3,
      publishedRevision: 2,
    });
  });

  it("withdraws what expires, and forgets a schedule that was cancelled", async () => {
    const expiresAt = Date.now() + 5 * MINUTE;
    await publish({ title: "Passing", expiresAt: new Date(expiresAt).toISOString() });
    const story = await write({
      title: "Never",
      status: "scheduled",
      scheduledFor: new Date(expiresAt).toISOString(),
    });
    const cancelled = await call("POST", `/articles/${story.id}/unpublish`, {
      headers: { "If-Match": "*" },
    });
    expect(cancelled.json).toMatchObject({ status: "draft", scheduledFor: null });
    await tick(env, deskAt(expiresAt + MINUTE));
    expect((await visit("/city/passing")).status).toBe(410);
    expect((await visit("/city/never")).status).toBe(404);
  });

  it("finishes what acts left in the outbox, and keeps what was refused for the next one", async () => {
    await publish();
    const toForget = "outbox where done_at is null and kind not in ('copy', 'index')";
    const due = await rowsOf(toForget);
    expect(due).toBeGreaterThan(0);
    const later = Date.now() + 2 * MINUTE;
    await tick(env, deskAt(later, { purge: () => Promise.resolve(false) }));
    expect(await rowsOf(toForget), "refused").toBe(due);
    const forgotten: unknown[] = [];
    const purge = async (_: string, what: unknown) => forgotten.push(what) > 0;
    await tick(env, deskAt(later + MINUTE, { purge }));
    expect(await rowsOf(toForget)).toBe(0);
    expect(forgotten).not.toEqual([]);
    await tick(
      env,
      deskAt(later + 2 * MINUTE, { purge: () => Promise.reject(new Error("asked again")) }),
    );
    expect(await rowsOf(toForget)).toBe(0);
  });

  it("leases each row of the outbox to one worker", async () => {
    const db = openDatabase(env.DB);
    const now = Date.now() + MINUTE;
    const rows = Array.from({ length: 10 }, (_, n) => ({
      id: `row${n}`,
      kind: "form" as const,
      payload: {},
      dueAt: now,
      leasedUntil: null,
    }));
    await commit(db, [writeOutbox(rows, now)]);
    const leases = await Promise.all(
      [1, 2, 3].map(() => take(db, leaseQuery(["form"], { now, limit: 100 }))),
    );
    const ids = leases.flatMap((leased) => leased.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(rows.map(({ id }) => id)));
  });
});

describe("what follows an act", () => {
  const row = (change: Partial<OutboxRow> = {}): OutboxRow => ({
    id: "copy:/",
    kind: "copy",
    payload: { path: "/" },
    dueAt: 1,
    leasedUntil: null,
    ...change,
  });
  const toDo = (kind: string) => rowsOf(`outbox where kind = '${kind}' and done_at is null`);

  it("stays to be done when it is asked for again while somebody is at it", async () => {
    const db = openDatabase(env.DB);
    await env.DB.prepare("delete from outbox").run();
    const now = Date.now();
    await commit(db, [writeOutbox([row()], now)]);
    const leased = await take(db, leaseQuery(["copy"], { now, limit: 9 }));
    await commit(db, [writeOutbox([row()], now + 1)]);
    await commit(db, [finishOutbox(leased, now + 2)]);
    expect(await toDo("copy")).toBe(1);
    const again = await take(db, leaseQuery(["copy"], { now: now + 3, limit: 9 }));
    await commit(db, [finishOutbox(again, now + 4)]);
    expect(await toDo("copy")).toBe(0);
  });

  it("stays to be done when who let go of it, or wants it repeated, has lost it to another", async () => {
    const db = openDatabase(env.DB);
    await env.DB.prepare("delete from outbox").run();
    const now = Date.now();
    await commit(db, [writeOutbox([row()], now)]);
    const mine = await take(db, leaseQuery(["copy"], { now, limit: 9 }));
    const later = now + 5 * MINUTE;
    const theirs = await take(db, leaseQuery(["copy"], { now: later, limit: 9 }));
    await commit(db, [releaseOutbox(mine), repeatOutbox(mine, later), finishOutbox(mine, later)]);
    expect(theirs).toHaveLength(1);
    expect(await take(db, leaseQuery(["copy"], { now: later + 1, limit: 9 }))).toEqual([]);
    await commit(db, [repeatOutbox(theirs, later + MINUTE)]);
    expect(await take(db, leaseQuery(["copy"], { now: later + 2, limit: 9 }))).toEqual([]);
    const again = await take(db, leaseQuery(["copy"], { now: later + MINUTE, limit: 9 }));
    expect(JSON.parse(again[0]?.payload ?? "")).toEqual({ path: "/", repeats: 1 });
  });

  it("is finished by its lease alone: a thousand payloads are more than D1 takes in one value", () => {
    const leased = { ...row(), payload: "x".repeat(5000), leased_until: 1, attempts: 1, due_at: 1 };
    const rows = Array.from({ length: 1000 }, () => leased);
    for (const { values } of [finishOutbox(rows, 1), releaseOutbox(rows), repeatOutbox(rows, 1)])
      expect(String(values).length).toBeLessThan(100_000);
  });

  it("is no copy of a copy: a page that could not be made keeps the one it has", async () => {
    await publish();
    await tick(env, deskAt(Date.now()));
    const kept = await env.COPIES.get("page:/");
    await publish({ title: "Another" });
    const headers = { "Cache-Status": "Broadsheet; hit; detail=copy" };
    const renderWhole = async () => new Response("an old page", { headers });
    await tick(env, deskAt(Date.now(), { renderWhole }));
    expect(await env.COPIES.get("page:/")).toBe(kept);
    expect(await toDo("copy")).toBeGreaterThan(0);
    await tick(env, deskAt(Date.now() + 2 * MINUTE));
    expect(await env.COPIES.get("page:/")).toContain("Another");
  });

  it("is not seen in two failures, however alike", async () => {
    const fails = async () => new Response("away", { status: 503 });
    const desk = deskAt(Date.now(), { hurried: true, selfFetch: fails, render: fails });
    const delivery = deliveryOf(
      desk,
      { purge: { tags: ["front"] }, invalidate: null },
      {},
      Date.now(),
    );
    expect(await deliver(desk, delivery, { paths: ["/"], isAllowed: true })).toBe("pending");
  });

  it("is done by one of two who notice another version", async () => {
    await noticeVersion(deskAt(Date.now()), "one");
    const told: unknown[] = [];
    const purge = async (_: string, what: unknown) => told.push(what) > 0;
    const desk = () => deskAt(Date.now(), { hurried: true, purge });
    await Promise.all([noticeVersion(desk(), "two"), noticeVersion(desk(), "two")]);
    expect(told).toEqual([{ everything: true }]);
  });
});

describe("a page", () => {
  it(
    "costs one round trip, and no more rows with 5,000 stories in one second than with 200 hours apart",
    { timeout: 30_000 },
    async () => {
      await fill(200, "hourly");
      const few = await costs(200);
      await openNewsroom();
      await fill(5000, "one second");
      const many = await costs(5000);
      // Statistics let SQLite choose other plans: the queries must leave it no bad one.
      await env.DB.prepare("pragma optimize=0x10002").run();
      const analysed = Object.entries(await costs(5000)).map(
        ([kind, cost]) => [`${kind}, analysed`, cost] as const,
      );
      for (const [kind, cost] of [...Object.entries(many), ...analysed]) {
        const isSearch = kind.startsWith("search");
        expect([kind, cost.trips, cost.rowsWritten]).toEqual([kind, tripsOf(kind), 0]);
        const before = few[kind.replace(", analysed", "")]?.rowsRead ?? 0;
        // Of a common word the newest five hundred are looked at, and of each better place two hundred.
        if (!isSearch) expect(cost.rowsRead, kind).toBeLessThanOrEqual(before * 1.2 + 10);
        // Arranged to the full, the front page shows 129 cards; and menus name sixty pages.
        const most = isSearch ? 4000 : kind.startsWith("front") ? 1500 : 1000;
        expect(cost.rowsRead, kind).toBeLessThan(most);
      }
    },
  );

  /** What leads on is looked up where it leads, too; the index of the search comes first, and before it the days of the time zone. */
  function tripsOf(kind: string): number {
    if (kind.startsWith("search, page 5")) return 3;
    return kind.startsWith("led on") || kind.startsWith("search") ? 2 : 1;
  }

  it("of the sitemap costs four rows for each story that it names, and no file names more than it may", async () => {
    SITEMAP_PART.stories = 500;
    try {
      await fill(3000, "one second");
    } finally {
      SITEMAP_PART.stories = 5000;
    }
    const holdCosts = async (how: string) => {
      const { month, news } = await costsOfSitemaps("2026-11");
      expect([how, month?.named, news?.named]).toEqual([how, 500, 1000]);
      expect(month?.rowsRead, `${how}: a month's file`).toBeLessThanOrEqual(4 * 500 + 30);
      expect(news?.rowsRead, `${how}: news`).toBeLessThanOrEqual(4 * 1000 + 30);
      expect([month?.trips, news?.trips]).toEqual([1, 1]);
    };
    await holdCosts("as it is");
    await env.DB.prepare("pragma optimize=0x10002").run();
    await holdCosts("analysed");
  });
});
