import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillWith } from "../support/filling.ts";
import { indexStories } from "../../src/editor/indexing.ts";
import { call, deskAt, openNewsroom, upload, write } from "../support/newsroom.ts";
import { pictures } from "../support/pictures.ts";

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

/** Has the index know a story, as it does soon after. */
async function indexed(id: string): Promise<void> {
  await indexStories(deskAt(Date.now()), [id]);
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
  "list a section": async () => {
    const section = await name("sections");
    await write({ title: `In ${section}`, section });
    return ["GET", `/articles?section=${section}&limit=1`];
  },
  "list an author": async () => {
    const author = await name("authors");
    await write({ title: `By ${author}`, authors: [author] });
    return ["GET", `/articles?author=${author}&limit=1`];
  },
  "list what is one's own": async () => {
    await story();
    return ["GET", "/articles?mine=true&limit=1"];
  },
  "list a tag of all stories": async () => ["GET", "/articles?tag=all&limit=1"],
  "list by a word of the headline": async () => {
    await indexed(await story());
    return ["GET", `/articles?q=measured+${made}&limit=1`];
  },
  "search the newsroom": async () => {
    await indexed(await story());
    return ["GET", `/search?q=measured+${made}&limit=1`];
  },
  "index ten stories anew": async () => ["POST", "/reindex?limit=10"],
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
  publish: async () => ["POST", `/articles/${await story()}/publish`],
  withdraw: async () => ["POST", `/articles/${await published()}/unpublish`],
  "remove for legal reasons": async () => [
    "POST",
    `/articles/${await published()}/remove`,
    { reason: "R." },
  ],
  "read the audit of an act": async () => ["GET", "/audit?act=submit&limit=1"],
  schedule: async () => ["POST", `/articles/${await story()}/schedule`, { scheduledFor: LATER }],
  "read the schedule of a month": async () => {
    const id = await story();
    const body = { plannedFor: `2997-03-${String((made % 28) + 1).padStart(2, "0")}T00:00:00Z` };
    await call("PATCH", `/articles/${id}`, { body, headers: any });
    return ["GET", "/schedule?from=2997-03-01T00:00:00Z&until=2997-04-01T00:00:00Z"];
  },
  correct: async () => ["POST", `/articles/${await published()}/corrections`, { text: "Four." }],
  "give a live story another slug": async () => [
    "PATCH",
    `/articles/${await published()}`,
    { slug: `another-${made}`, status: "published" },
  ],
  bin: async () => ["DELETE", `/articles/${await published()}`],
  "bring back": async () => {
    const id = await story();
    await call("DELETE", `/articles/${id}`, { headers: any });
    return ["POST", `/articles/${id}/restore`];
  },
  "end a preview": async () => {
    const id = await story();
    const { json } = await call("POST", `/articles/${id}/previews`);
    return ["DELETE", `/articles/${id}/previews/${json.id}`];
  },
  "arrange the front": async () => [
    "PUT",
    "/front",
    { lead: await published(), rows: [{ name: "The flood", entries: [await published()] }] },
  ],
  "look at a front page": async () => ["POST", "/front/preview", { lead: await published() }],
  "schedule a front": async () => [
    "PUT",
    "/front",
    { lead: await published(), scheduledFor: LATER },
  ],
  "drop the front to come": async () => ["DELETE", "/front/scheduled"],
  "redirect a hundred": async () => ["POST", "/redirects/bulk", { items: hundred("/from") }],
  "find a picture": async () => ["GET", "/media?q=gate"],
  "see what shows a picture": async () => {
    const { hash, src } = (await upload(pictures.png, { alt: "A gate." })).json;
    await write({ title: `Shows ${(made += 1)}`, hero: { src, alt: "A gate." } });
    return ["GET", `/media/${hash}/uses`];
  },
  "list redirects": async () => ["GET", "/redirects?limit=10"],
  "rotate a key": async () => {
    const { json } = await call("POST", "/keys", { body: { name: "K", role: "editor" } });
    return ["POST", `/keys/${json.id}/rotate`];
  },
  "make a person": async () => ["POST", "/people", { name: "P", role: "editor" }],
  "invite a person": async () => ["POST", `/people/${await person()}/invitations`],
  "remove a person": async () => ["DELETE", `/people/${await person()}`],
  "rename an author of one story": async () => {
    const slug = await name("authors");
    await write({ title: `By ${slug}`, authors: [slug], status: "published" });
    return ["PATCH", `/authors/${slug}`, { slug: `${slug}-anew` }];
  },
  "rename a section of one story": async () => {
    const slug = await name("sections");
    await write({ title: `In ${slug}`, section: slug, status: "published" });
    return ["PATCH", `/sections/${slug}`, { slug: `${slug}-anew` }];
  },
  "rename a tag of one story": async () => {
    const slug = await name("tags");
    await write({ title: `On ${slug}`, tags: [slug], status: "published" });
    return ["PATCH", `/tags/${slug}`, { slug: `${slug}-anew` }];
  },
  "publish a page": async () => {
    made += 1;
    return ["POST", "/pages", { title: `Page ${made}`, body: "Words.", status: "published" }];
  },
  "give a live page another slug": async () => [
    "PATCH",
    await livePage(),
    { slug: `page-anew-${made}`, status: "published" },
  ],
  "withdraw a page": async () => ["POST", `${await livePage()}/unpublish`],
  "list pages": async () => {
    await livePage();
    return ["GET", "/pages?limit=1"];
  },
  "list drafts of pages": async () => {
    made += 1;
    await call("POST", "/pages", { body: { title: `Draft ${made}` } });
    return ["GET", "/pages?status=draft&limit=1"];
  },
  "choose a menu": async () => [
    "PATCH",
    "/settings",
    { menu: [{ section: "city", label: `M${(made += 1)}` }] },
  ],
  "merge tags of one story each": async () => {
    const [one, other] = [await name("tags"), await name("tags")];
    for (const slug of [one, other])
      await write({ title: `On ${slug}`, tags: [slug], status: "published" });
    return ["POST", `/tags/${one}/merge`, { into: other }];
  },
};

/** A live page that is no story. */
async function livePage(): Promise<string> {
  made += 1;
  const body = { title: `Page ${made}`, body: "Words.", status: "published" };
  return `/pages/${(await call("POST", "/pages", { body })).json.id}`;
}

const LATER = "2999-01-01T00:00:00Z";

const hundred = (below: string): object[] => {
  made += 1;
  return Array.from({ length: 100 }, (_, n) => ({ from: `${below}-${made}/${n}`, to: "/city" }));
};

/** Makes an author, a section or a tag. */
async function name(kind: string): Promise<string> {
  made += 1;
  const slug = `measured-${made}`;
  expect((await call("PUT", `/${kind}/${slug}`, { body: { name: slug } })).status).toBe(201);
  return slug;
}

/** Makes somebody who has been invited. */
async function person(): Promise<string> {
  const { json } = await call("POST", "/people", { body: { name: "P", role: "editor" } });
  await call("POST", `/people/${json.id}/invitations`);
  return json.id;
}

const NONE: Cost = { trips: Infinity, read: Infinity, written: Infinity };

/**
 * What else bounds the rows of a call. What readers see around a story is counted in lists of up to two hundred
 * (docs/performance.md); a merger looks through every revision that there is.
 */
const BOUNDS: Record<string, number> = {
  publish: 2600,
  withdraw: 2600,
  "remove for legal reasons": 2600,
  bin: 2600,
  "merge tags of one story each": 10_600,
};

/** FTS5 joins what it wrote in pieces now and then, some rows at a time. */
const MORE_WRITTEN: Record<string, number> = { "index ten stories anew": 100 };

async function measure(): Promise<Map<string, Cost>> {
  const costs = new Map<string, Cost>();
  for (const [name, ready] of Object.entries(CALLS)) {
    const [method, path, body] = await ready();
    const answer = await call(method, path, { ...(body && { body }), headers: any });
    expect(answer.status, `${name} ${answer.text}`).toBeLessThan(300);
    const told = /trips=(\d+) read=(\d+) written=(\d+)/.exec(
      answer.headers.get("Server-Timing") ?? "",
    );
    if (!told) throw new Error(`${name} does not say what it cost`);
    const [, trips = 0, read = 0, written = 0] = told.map(Number);
    costs.set(name, { trips, read, written });
  }
  return costs;
}

let small: Map<string, Cost>;
let large: Map<string, Cost>;
/** The same with what `pragma optimize` says of it, and of a paper in which all stories came in one second. */
let analysed: Map<string, Cost>;

describe("a call of the newsroom", () => {
  beforeAll(async () => {
    await openNewsroom();
    await fillWith(env.DB, 100, "hourly");
    small = await measure();
    await openNewsroom();
    await fillWith(env.DB, 2000, "one second");
    await env.DB.prepare("pragma optimize=0x10002").run();
    await openNewsroom();
    await fillWith(env.DB, 10_000, "hourly");
    large = await measure();
    await env.DB.prepare("pragma optimize=0x10002").run();
    analysed = await measure();
  }, 300_000);

  // The next file begins with an empty paper.
  afterAll(() => openNewsroom(), 120_000);

  it("reads and writes as many rows with ten thousand stories as with a hundred", () => {
    const told = ({ trips, read, written }: Cost) => `${trips} | ${read} | ${written}`;
    const table = [...small].map(([name, cost]) => {
      const [other, third] = [large, analysed].map((costs) => costs.get(name) ?? NONE);
      return `| ${name} | ${told(cost)} | ${told(other ?? NONE)} | ${third?.read} |`;
    });
    const bound = (name: string, read: number) => BOUNDS[name] ?? read * 1.2 + 60;
    const isWorse = (name: string, was: Cost, is: Cost) =>
      is.read > bound(name, was.read) || is.written > was.written + (MORE_WRITTEN[name] ?? 5);
    const worse = [...small].filter(([name, cost]) =>
      [large, analysed].some((costs) => isWorse(name, cost, costs.get(name) ?? NONE)),
    );
    expect(worse, table.join("\n")).toEqual([]);
  });

  it("makes three round trips at most; more where it is looked for what goes with a story, and in the index", () => {
    const more = [...large].filter(([, { trips }]) => trips > 3).map(([name]) => name);
    const four = [
      "index ten stories anew",
      "remove for legal reasons",
      "correct",
      "give a live story another slug",
      "give a live page another slug",
    ];
    expect(more).toEqual(four);
  });
});
