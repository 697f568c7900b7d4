import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillWith } from "../support/filling.ts";
import { call, openNewsroom, write } from "../support/newsroom.ts";

// What the newsroom's calls ask of D1, in a paper of a hundred stories and in one of ten thousand.

const any = { "If-Match": "*" };

interface Cost {
  trips: number;
  read: number;
  written: number;
}

/** A call, by the name under which it is told, and what must be there for it. */
type Ready = () => Promise<[method: string, path: string, body?: object]>;

let made = 0;

/** A story with a short history, which waits for review. */
async function story(): Promise<string> {
  made += 1;
  const { id } = await write({
    title: `Measured ${made}`,
    body: "One.",
    tags: ["all"],
    reason: "First.",
  });
  await call("PATCH", `/articles/${id}`, { body: { body: "Two." }, headers: any });
  return id;
}

async function published(): Promise<string> {
  const id = await story();
  await call("POST", `/articles/${id}/publish`, { headers: any });
  return id;
}

async function waiting(): Promise<string> {
  const id = await story();
  await call("POST", `/articles/${id}/submit`, { headers: any });
  return id;
}

const CALLS: Record<string, Ready> = {
  "save a draft again": async () => ["PATCH", `/articles/${await story()}`, { body: "Three." }],
  "list revisions": async () => ["GET", `/articles/${await story()}/revisions`],
  "read a revision": async () => ["GET", `/articles/${await story()}/revisions/1`],
  "compare two": async () => ["GET", `/articles/${await story()}/revisions/1..2/diff`],
  "restore a revision": async () => ["POST", `/articles/${await story()}/revisions/1/restore`],
  "discard a draft": async () => {
    const id = await published();
    await call("PATCH", `/articles/${id}`, { body: { body: "Draft." }, headers: any });
    return ["POST", `/articles/${id}/discard`];
  },
  submit: async () => ["POST", `/articles/${await story()}/submit`],
  return: async () => ["POST", `/articles/${await waiting()}/return`, { note: "Why?" }],
  assign: async () => ["POST", `/articles/${await story()}/assign`, { author: "ines-vale" }],
  "list what waits for review": async () => {
    await waiting();
    return ["GET", "/articles?review=waiting"];
  },
  "list what is assigned": async () => {
    const id = await story();
    await call("POST", `/articles/${id}/assign`, { body: { author: "ines-vale" }, headers: any });
    return ["GET", "/articles?assignee=ines-vale&limit=1"];
  },
  "list drafts": async () => {
    await story();
    return ["GET", "/articles?status=draft&limit=1"];
  },
  "add a note": async () => ["POST", `/articles/${await story()}/notes`, { text: "Ask." }],
  "read the notes": async () => ["GET", `/articles/${await waiting()}/notes`],
  "make a preview": async () => ["POST", `/articles/${await story()}/previews`],
  "list previews": async () => ["GET", `/articles/${await story()}/previews`],
  "look at an unsaved text": async () => [
    "POST",
    "/preview?format=json",
    { article: await story(), title: "Other" },
  ],
  "say who is there": async () => ["POST", `/articles/${await story()}/presence`],
  "see who is there": async () => ["GET", `/articles/${await story()}/presence`],
  "remove for legal reasons": async () => [
    "POST",
    `/articles/${await published()}/remove`,
    { reason: "R." },
  ],
  "read the audit of an act": async () => ["GET", "/audit?act=submit&limit=1"],
};

/** The calls that change what readers see. */
const PUBLIC = new Set(["remove for legal reasons"]);

async function measure(): Promise<Map<string, Cost>> {
  const costs = new Map<string, Cost>();
  for (const [name, ready] of Object.entries(CALLS)) {
    const [method, path, body] = await ready();
    const answer = await call(method, path, { ...(body && { body }), headers: any });
    expect(answer.status, `${name} ${answer.text}`).toBeLessThan(300);
    const told = /trips=(\d+) read=(\d+) written=(\d+)/.exec(
      answer.headers.get("Server-Timing") ?? "",
    );
    const [, trips, read, written] = told?.map(Number) ?? [];
    costs.set(name, { trips: trips ?? -1, read: read ?? -1, written: written ?? -1 });
  }
  return costs;
}

let small: Map<string, Cost>;
let large: Map<string, Cost>;

describe("a call of the newsroom", () => {
  beforeAll(async () => {
    await openNewsroom();
    await fillWith(env.DB, 100, "hourly");
    small = await measure();
    await openNewsroom();
    await fillWith(env.DB, 10_000, "hourly");
    large = await measure();
  }, 60_000);

  // The next file begins with an empty paper.
  afterAll(() => openNewsroom(), 30_000);

  it("reads and writes as many rows with ten thousand stories as with a hundred", () => {
    const table = [...small].map(([name, { trips, read, written }]) => {
      const { trips: trips2, read: read2, written: written2 } = large.get(name) ?? small.get(name)!;
      return `| ${name} | ${trips} | ${read} | ${written} | ${trips2} | ${read2} | ${written2} |`;
    });
    // What readers lose is counted in lists of up to two hundred (docs/performance.md).
    const bound = (name: string, read: number) => (PUBLIC.has(name) ? 2600 : read * 1.2 + 10);
    const worse = [...small].filter(
      ([name, { read }]) => (large.get(name)?.read ?? Infinity) > bound(name, read),
    );
    expect(worse, table.join("\n")).toEqual([]);
  });

  it("makes three round trips at most; one more where the pictures that go with a story are looked for", () => {
    const more = [...large].filter(([, { trips }]) => trips > 3).map(([name]) => name);
    expect(more).toEqual([...PUBLIC]);
  });
});
