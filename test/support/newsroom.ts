import { env, exports } from "cloudflare:workers";
import { expect } from "vitest";
import { emptyStores, putBack, rowsNow } from "./emptied.ts";
import type { CommandContext } from "../../src/editor/context.ts";
import { siteMap } from "../../src/reader/pages.ts";
import { RUN } from "../../src/store/batch.d1.ts";
import { openEditor, type Store } from "../../src/store/open.ts";
import { ORIGIN, ROOT_KEY } from "./site.ts";

// The cast: two sections, three authors, and the few verbs that journeys are told with. They use only fetch.

export { ORIGIN, ROOT_KEY };

let opened: Awaited<ReturnType<typeof rowsNow>> | null = null;

/** An empty newsroom with its cast: Mara (with a bio) and Jonas write for city, Ines for culture. */
export async function openNewsroom(): Promise<void> {
  if (opened && (await putBack(opened))) return;
  await emptyStores();
  await put("/settings", { title: "The Ledger", timeZone: "Europe/Lisbon" }, "PATCH");
  await put("/sections/city", { name: "City", position: 1, listed: true });
  await put("/sections/culture", {
    name: "Culture",
    description: "Books and stages.",
    position: 2,
    listed: true,
  });
  await put("/authors/mara-quill", {
    name: "Mara Quill",
    role: "Reporter",
    bio: "Covers the harbour.",
  });
  await put("/authors/jonas-field", { name: "Jonas Field" });
  await put("/authors/ines-vale", { name: "Ines Vale", bio: "Writes on theatre." });
  opened = await rowsNow();
}

async function put(path: string, body: object, method = "PUT"): Promise<void> {
  const { status } = await call(method, path, { body });
  expect(status).toBeLessThan(300);
}

export interface Told {
  status: number;
  headers: Headers;
  text: string;
  // eslint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  json: any;
}

interface Asked {
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
}

/** One call of the API. A 500 is always a bug, so it fails the test wherever it happens. */
export async function call(
  method: string,
  path: string,
  { body, key = ROOT_KEY, headers = {} }: Asked = {},
): Promise<Told> {
  const response = await exports.default.fetch(`${ORIGIN}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return told(response);
}

/** Uploads a picture: its bytes as the body, its fields in the query. */
export async function upload(
  bytes: Uint8Array,
  query: Record<string, string> = {},
  key = ROOT_KEY,
  type = "image/png",
) {
  const response = await exports.default.fetch(
    `${ORIGIN}/api/v1/media?${new URLSearchParams(query).toString()}`,
    {
      method: "POST",
      headers: { Authorization: `Bearer ${key}`, "Content-Type": type },
      body: bytes,
    },
  );
  // eslint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  const json: any = await response.json();
  return { status: response.status, headers: response.headers, json };
}

/** One page, as a reader's browser asks for it. */
export async function visit(
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<Told> {
  return told(
    await exports.default.fetch(`${ORIGIN}${path}`, { method, headers, redirect: "manual" }),
  );
}

async function told(response: Response): Promise<Told> {
  const text = await response.text();
  expect(response.status, text).not.toBe(500);
  const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text ? JSON.parse(text) : null,
  };
}

/** Writes a story and answers it as the API does. */
export async function write(fields: Record<string, unknown> = {}, key = ROOT_KEY) {
  const body = {
    title: "Trams return to the harbour",
    section: "city",
    authors: ["mara-quill"],
    ...fields,
  };
  const { status, json } = await call("POST", "/articles", { body, key });
  expect(status, JSON.stringify(json)).toBe(201);
  return json;
}

/** Publishes a story at once. */
export function publish(fields: Record<string, unknown> = {}) {
  return write({ status: "published", ...fields });
}

/** A key with a role, bound to an author if one is given. */
export async function keyFor(role: string, author?: string): Promise<string> {
  const { json } = await call("POST", "/keys", {
    body: { name: `${role} for tests`, role, ...(author && { author }) },
  });
  return json.key;
}

/** How many rows a table has. */
export async function rowsOf(table: string): Promise<number> {
  const row = await env.DB.prepare(`select count(*) as n from ${table}`).first<{ n: number }>();
  return row?.n ?? 0;
}

/** The paths that a page links to. */
export function linksOf(html: string): string[] {
  return [...html.matchAll(/href="(\/[^"]*)"/g)].map(([, href = ""]) => href);
}

/** A store in which something else happens just before the first commit. */
export function storeAfter(happens: () => Promise<unknown>): Store {
  const store = openEditor(env);
  const { db } = store;
  let isFirst = true;
  store.db = {
    ...db,
    [RUN]: async (statements) => {
      if (isFirst) await happens();
      isFirst = false;
      return db[RUN](statements);
    },
  };
  return store;
}

/** The root's context at a time of the test's own, with an edge that always does as it is told. */
export function deskAt(now: number, change: Partial<CommandContext> = {}): CommandContext {
  let made = 0;
  return {
    store: openEditor(env),
    actor: { id: "root", name: "root", role: "admin", author: null },
    session: null,
    form: "story",
    clock: () => now,
    // No two desks make the same.
    newId: () => `made${(made += 1)}${crypto.randomUUID().replaceAll("-", "").slice(0, 8)}`,
    retry: null,
    pause: () => Promise.resolve(),
    hurried: false,
    cached: false,
    selfFetch: (path) => exports.default.fetch(ORIGIN + path, { redirect: "manual" }),
    render: (path) => exports.default.fetch(ORIGIN + path, { redirect: "manual" }),
    renderWhole: (path) => exports.default.fetch(ORIGIN + path, { redirect: "manual" }),
    fetchElsewhere: () => Promise.reject(new Error("Nobody is there.")),
    siteMap,
    emailAtAccess: () => Promise.resolve(null),
    countTry: () => Promise.resolve(true),
    goOn: () => undefined,
    purge: () => Promise.resolve(true),
    ...change,
  };
}
