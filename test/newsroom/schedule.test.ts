import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ANY, MINUTE, openAnew, paper, publish, read } from "../edge/ledger.ts";

// What the clock does to a newsroom: in its minute, once, and never a second early.

beforeEach(openAnew);
afterEach(() => void vi.useRealTimers());

/** Sets the clock, and lets the cron come then. */
async function tickAt(moment: string | number): Promise<void> {
  vi.setSystemTime(moment);
  await paper.tick();
  await paper.platform.settled();
}

async function schedule(scheduledFor: string, fields: object = {}) {
  const { status, json } = await paper.call("POST", "/articles", {
    title: "Low water",
    section: "city",
    authors: ["mara-quill"],
    body: "It fell.",
    status: "scheduled",
    scheduledFor,
    ...fields,
  });
  expect(status, JSON.stringify(json)).toBe(201);
  return json;
}

const statusAt = async (path: string) => (await read(path)).status;

/** How often an act is in the audit. */
async function audited(act: string): Promise<number> {
  return (await paper.call("GET", `/audit?act=${encodeURIComponent(act)}&limit=100`)).json.items
    .length;
}

describe("a scheduled story", () => {
  it("is an ordinary 404 until its minute, which is purged as it goes out", async () => {
    const { id } = await schedule("2026-11-25T18:00:00Z");
    const never = await read("/city/never-was");
    const before = await read("/city/low-water");
    expect([before.status, before.text]).toEqual([404, never.text]);
    expect(await statusAt("/city/low-water")).toBe(404);
    expect((await read("/city/low-water")).cache).toBe("HIT");
    await tickAt("2026-11-25T17:59:59.999Z");
    expect(await statusAt("/city/low-water")).toBe(404);
    await tickAt("2026-11-25T18:00:00.000Z");
    const after = await read("/city/low-water");
    expect([after.status, after.text.includes("It fell.")]).toEqual([200, true]);
    // As of the hour that was said.
    expect((await paper.call("GET", `/articles/${id}`)).json).toMatchObject({
      status: "published",
      publishedAt: "2026-11-25T18:00:00.000Z",
      scheduledFor: null,
    });
  });

  it.each([
    ["2026-11-25T18:00:00Z"],
    ["2026-11-25T19:00:00+01:00"],
    ["2026-11-25T13:00:00-05:00"],
    ["2026-11-26T08:00:00+14:00"],
    ["2026-11-25T23:45:00.000+05:45"],
  ])("is understood in any offset: %s", async (scheduledFor) => {
    expect((await schedule(scheduledFor)).scheduledFor).toBe("2026-11-25T18:00:00.000Z");
    await tickAt("2026-11-25T17:59:00Z");
    expect(await statusAt("/city/low-water")).toBe(404);
    await tickAt("2026-11-25T18:00:30Z");
    expect(await statusAt("/city/low-water")).toBe(200);
  });

  it("goes out once, though the cron comes twice at once and then again", async () => {
    const { id } = await schedule("2026-11-25T18:00:00Z");
    vi.setSystemTime("2026-11-25T18:00:05Z");
    await Promise.all([paper.tick(), paper.tick()]);
    await paper.platform.settled();
    await tickAt("2026-11-25T18:01:00Z");
    expect(await statusAt("/city/low-water")).toBe(200);
    expect(await audited("publish on schedule")).toBe(1);
    expect((await paper.call("GET", `/articles/${id}`)).json.version).toBe(2);
  });

  it("goes out with the first tick after an hour without any, as of its own hour", async () => {
    for (const minute of ["05", "30", "55"])
      await schedule(`2026-11-25T18:${minute}:00Z`, { title: `At ${minute}` });
    await tickAt("2026-11-25T18:00:00Z");
    await tickAt("2026-11-25T19:00:00Z");
    const published = [];
    for (const minute of ["05", "30", "55"]) {
      const { text } = await read(`/city/at-${minute}`);
      published.push(/<time datetime="([^"]+)"/.exec(text)?.[1]);
    }
    expect(published).toEqual([
      "2026-11-25T18:05:00Z",
      "2026-11-25T18:30:00Z",
      "2026-11-25T18:55:00Z",
    ]);
    // And in that order.
    const front = (await read("/")).text;
    expect(front.indexOf("At 55")).toBeLessThan(front.indexOf("At 30"));
  });

  it("goes out in the revision that was scheduled, whatever was written since", async () => {
    const { id } = await schedule("2026-11-25T18:00:00Z");
    await paper.call("PATCH", `/articles/${id}`, { body: "Not ready yet." }, ANY);
    await tickAt("2026-11-25T18:00:00Z");
    expect((await read("/city/low-water")).text).toContain("It fell.");
    expect((await paper.call("GET", `/articles/${id}`)).json).toMatchObject({
      body: "Not ready yet.",
      revision: 2,
      publishedRevision: 1,
    });
  });

  it("can be the next version of a live one, which stays as it is till then", async () => {
    const { id } = await publish({ title: "Low water", body: "It falls." });
    await paper.call("PATCH", `/articles/${id}`, { body: "It fell." }, ANY);
    const scheduledFor = "2026-11-25T18:00:00Z";
    const { json } = await paper.call("POST", `/articles/${id}/schedule`, { scheduledFor }, ANY);
    expect(json).toMatchObject({ status: "published", scheduledRevision: 2, edge: "none" });
    const etag = (await read("/city/low-water")).headers.get("ETag");
    await tickAt("2026-11-25T17:59:59Z");
    expect((await read("/city/low-water")).headers.get("ETag")).toBe(etag);
    await tickAt("2026-11-25T18:00:00Z");
    expect((await read("/city/low-water")).text).toContain("It fell.");
  });
});

describe("an expiry", () => {
  it("withdraws a story in its minute, once, and never a second early", async () => {
    const { id } = await publish({ title: "Sale", expiresAt: "2026-11-25T19:00:00+01:00" });
    await tickAt("2026-11-25T17:59:59.999Z");
    expect(await statusAt("/city/sale")).toBe(200);
    vi.setSystemTime("2026-11-25T18:00:00Z");
    await Promise.all([paper.tick(), paper.tick()]);
    expect(await statusAt("/city/sale")).toBe(410);
    expect((await paper.call("GET", `/articles/${id}`)).json.status).toBe("withdrawn");
    expect(await audited("expire")).toBe(1);
  });

  it("of an hour without a tick comes with the next one; what was to go out and end in it never shows", async () => {
    await schedule("2026-11-25T18:10:00Z", { title: "Short", expiresAt: "2026-11-25T18:40:00Z" });
    await tickAt("2026-11-25T18:00:00Z");
    for (const at of ["2026-11-25T19:00:00Z", "2026-11-25T19:01:00Z"]) {
      await tickAt(at);
      expect([at, await statusAt("/city/short")]).not.toEqual([at, 200]);
    }
  });
});

describe("the clock of the paper's time zone", () => {
  // Europe/Lisbon goes from +00:00 to +01:00 on 2027-03-28 at 01:00 UTC, and back on 2026-10-25 at 01:00 UTC.
  it("leaves out an hour in spring, and a story that was set into it goes out at the moment that was said", async () => {
    await paper.call("PATCH", "/settings", { timeZone: "Europe/Lisbon" });
    // 01:30 in the offset of winter is 02:30 on the clocks of Lisbon, which go from 00:59 to 02:00.
    await schedule("2027-03-28T01:30:00+00:00", { title: "Spring" });
    await schedule("2027-03-28T02:30:00+01:00", { title: "Spring, too" });
    await tickAt("2027-03-28T01:29:59Z");
    expect(await statusAt("/city/spring")).toBe(404);
    await tickAt("2027-03-28T01:30:00Z");
    for (const path of ["/city/spring", "/city/spring-too"]) {
      const { text } = await read(path);
      expect(text).toContain('<time datetime="2027-03-28T01:30:00Z">');
      expect(text).toContain("2:30");
    }
  });

  it("has an hour twice in autumn, and each of the two is a moment of its own", async () => {
    await paper.call("PATCH", "/settings", { timeZone: "Europe/Lisbon" });
    await schedule("2027-10-31T01:30:00+01:00", { title: "First half past one" });
    await schedule("2027-10-31T01:30:00+00:00", { title: "Second half past one" });
    await tickAt("2027-10-31T00:30:00Z");
    expect(await statusAt("/city/first-half-past-one")).toBe(200);
    expect(await statusAt("/city/second-half-past-one")).toBe(404);
    await tickAt("2027-10-31T01:29:59Z");
    expect(await statusAt("/city/second-half-past-one")).toBe(404);
    await tickAt("2027-10-31T01:30:00Z");
    expect(await statusAt("/city/second-half-past-one")).toBe(200);
    const { text } = await read("/");
    // The newer one stands first, though both clocks said the same.
    expect(text.indexOf("Second half")).toBeLessThan(text.indexOf("First half"));
  });

  it("files a story of the last night of a month where that clock has it", async () => {
    await paper.call("PATCH", "/settings", { timeZone: "Europe/Lisbon" });
    // On the last night of March it is summer time already: midnight is an hour before that of UTC.
    await schedule("2027-03-31T23:30:00+00:00", { title: "April" });
    await tickAt("2027-03-31T23:30:00Z");
    expect((await read("/archive/2027/04")).text).toContain("April");
    expect(await statusAt("/archive/2027/03")).toBe(404);
    const { results } = await env.DB.prepare("select month from live").all();
    expect(results).toEqual([{ month: "2027-04" }]);
  });
});

const STORIES = 16;

describe("half an hour of ticks", () => {
  it(
    "puts out every story in its minute, whichever ticks are late, doubled or left out",
    { timeout: 20_000 },
    async () => {
      const start = Date.UTC(2026, 10, 25, 18);
      for (let n = 0; n < STORIES; n += 1)
        await schedule(new Date(start + n * 1.5 * MINUTE).toISOString(), { title: `Story ${n}` });
      for (let minute = 0; minute <= 25; minute += 1) {
        if (minute % 7 === 3) continue;
        vi.setSystemTime(start + minute * MINUTE + (minute % 3) * 20_000);
        await Promise.all(minute % 5 === 0 ? [paper.tick(), paper.tick()] : [paper.tick()]);
        const now = Date.now();
        const { results } = await env.DB.prepare(
          "select first_published_at as at from articles where live is not null",
        ).all<{ at: number }>();
        expect(results.every(({ at }) => at <= now)).toBe(true);
        const due = Math.min(STORIES, Math.floor((now - start) / (1.5 * MINUTE)) + 1);
        expect([minute, results.length]).toEqual([minute, due]);
      }
      expect(await audited("publish on schedule")).toBe(STORIES);
    },
  );
});
