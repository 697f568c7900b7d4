import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, keyFor, openNewsroom, write } from "../support/newsroom.ts";

// What is planned, and when.

beforeEach(openNewsroom);

const any = { "If-Match": "*" };
const IN_MARCH = "from=2998-03-01T00:00:00Z&until=2998-04-01T00:00:00Z";
const march = (day: number) => `2998-03-${String(day).padStart(2, "0")}T06:00:00Z`;

async function planned(key?: string, query = IN_MARCH): Promise<string[]> {
  const { status, text, json } = await call("GET", `/schedule?${query}`, { ...(key && { key }) });
  expect(status, text).toBe(200);
  return json.items.map(
    ({
      at,
      what,
      form,
      article,
    }: {
      at: string;
      what: string;
      form?: string;
      article?: { title: string };
    }) => `${at.slice(8, 10)} ${what}${article ? ` ${form} ${article.title}` : ""}`,
  );
}

/** A story for each kind of plan, a page, and a front page. */
async function plan(): Promise<void> {
  const own = { section: "city", authors: ["mara-quill"] };
  await write({ ...own, title: "Out", status: "scheduled", scheduledFor: march(9) });
  await write({ ...own, title: "Ends", status: "published", expiresAt: march(3) });
  await write({ title: "Meant", authors: ["jonas-field"], plannedFor: march(5) });
  await write({
    title: "Both",
    authors: ["jonas-field"],
    plannedFor: march(4),
    expiresAt: march(20),
  });
  await call("POST", "/pages", { body: { title: "About", plannedFor: march(7) } });
  const binned = await write({ title: "Binned", plannedFor: march(8) });
  await call("DELETE", `/articles/${binned.id}`, { headers: any });
  await write({ title: "Later", plannedFor: "2998-04-01T00:00:00Z" });
  const front = { lead: null, scheduledFor: march(6) };
  expect((await call("PUT", "/front", { body: front, headers: any })).status).toBe(200);
}

describe("what is planned", () => {
  it("is what goes out, ends and is meant to, with the front page, in the order of time", async () => {
    await plan();
    expect(await planned(await keyFor("editor"))).toEqual([
      "03 expire story Ends",
      "04 planned story Both",
      "05 planned story Meant",
      "06 front",
      "07 planned page About",
      "09 publish story Out",
      "20 expire story Both",
    ]);
    const april = "from=2998-04-01T00:00:00Z&until=2998-04-01T00:00:00.001Z";
    expect(await planned(undefined, april)).toEqual(["01 planned story Later"]);
    const { json } = await call("GET", `/schedule?${IN_MARCH}`);
    expect([json.more, json.items[0].article.body]).toEqual([false, undefined]);
    expect(json.items[0].article).toMatchObject({ expiresAt: "2998-03-03T06:00:00.000Z" });
  });

  it("is for a contributor what is planned with their own, and not the front page", async () => {
    await plan();
    const mara = await keyFor("contributor", "mara-quill");
    expect(await planned(mara)).toEqual(["03 expire story Ends", "09 publish story Out"]);
    const guest = await keyFor("contributor");
    expect(await planned(guest)).toEqual([]);
    await write({ title: "Theirs", plannedFor: march(30) }, guest);
    expect(await planned(guest)).toEqual(["30 planned story Theirs"]);
  });

  it("is asked for a hundred days at most, and ends when five hundred are told", async () => {
    for (const [query, path] of [
      ["from=2998-03-01T00:00:00Z", "until"],
      ["from=2998-03-01T00:00:00Z&until=2998-03-01T00:00:00Z", "until"],
      ["from=2998-03-01T00:00:00Z&until=2998-06-09T00:00:00.001Z", "until"],
      ["from=soon&until=2998-06-09T00:00:00Z", "from"],
    ]) {
      const { status, json } = await call("GET", `/schedule?${query}`);
      expect([query, status, json.errors?.[0].path]).toEqual([query, 422, path]);
    }
    const items = Array.from({ length: 100 }, (_, n) => ({ title: `S${n}`, section: "city" }));
    for (let part = 0; part < 6; part += 1) {
      const keyed = items.map((item, n) => ({ ...item, key: `${part}-${n}`, status: "draft" }));
      await call("POST", "/imports", { body: { source: "wire", items: keyed } });
    }
    await env.DB.prepare("update articles set planned_for = ?1")
      .bind(Date.parse(march(5)))
      .run();
    const { json } = await call("GET", `/schedule?${IN_MARCH}`);
    expect([json.items.length, json.more]).toEqual([500, true]);
  });
});
