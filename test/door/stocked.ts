import { inOrder } from "../../src/purge/tags.ts";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { Bindings } from "../../src/store/open.ts";
import { call, openNewsroom, upload } from "../support/newsroom.ts";
import { openPaper, type Paper } from "../support/paper.ts";
import { pictures } from "../support/pictures.ts";

// A paper with something at every kind of address, and what holds of each answer it gives.

export const PRIVATE = "private, no-store, no-transform";
export const PAGE = "public, max-age=600, stale-while-revalidate=86400, stale-if-error=86400";
export const ABSENCE = "public, max-age=60, stale-if-error=86400";
export const EDGE = "Cloudflare-CDN-Cache-Control";
export const BINDINGS =
  /\b(DB|COPIES|MEDIA|SEARCH|IMAGES|FLOOD|ROOT_KEY|SITE_ORIGIN|CF_VERSION_METADATA)\b/;
export const MINUTE = 60_000;
export const force = { "If-Match": "*" };

/** D1 that counts its round trips. It has sessions and nothing else: a query past them would throw. */
function counting(d1: D1Database = env.DB) {
  const asked = { trips: 0 };
  const DB = {
    withSession(constraint?: D1SessionConstraint) {
      const session = d1.withSession(constraint);
      return {
        prepare: (sql: string) => session.prepare(sql),
        batch(statements: D1PreparedStatement[]) {
          asked.trips += 1;
          return session.batch(statements);
        },
        getBookmark: () => session.getBookmark(),
      };
    },
  } as unknown as D1Database;
  return { DB, asked };
}

/** A paper behind a cache, over what the newsroom has; `asked` counts what it asks of D1. */
export function openCounted(change: Partial<Bindings> = {}): {
  paper: Paper;
  asked: { trips: number };
} {
  const { DB, asked } = counting(change.DB);
  const bindings: Bindings = { ...env, ...change, DB };
  // Smaller forms of pictures are made elsewhere (test/media/), and slowly.
  if (!change.IMAGES) delete bindings.IMAGES;
  return { paper: openPaper(bindings, { unlimited: true }), asked };
}

/** A client that nobody has counted yet: one address of a network that is theirs. */
export function someone(): { "CF-Connecting-IP": string } {
  const [one, other] = crypto.getRandomValues(new Uint16Array(2));
  // Neither is 0, so that the address is written out.
  const network = [one, other].map((part = 0) => (part | 1).toString(16)).join(":");
  return { "CF-Connecting-IP": `2001:db8:${network}:1:2:3:4` };
}

/** Fifty stories in one month with three authors each, all different, and something at every other kind of address. */
export async function stock(): Promise<void> {
  await openNewsroom();
  const writers = Array.from({ length: 150 }, (_, n) => `reporter-of-the-harbour-${n + 1}`);
  await env.DB.prepare(
    "insert into authors (id, slug, name) select value, value, value from json_each(?)",
  )
    .bind(JSON.stringify(writers))
    .run();
  const picture = await upload(pictures.png, { name: "gate.png", alt: "A gate." });
  expect(picture.status, JSON.stringify(picture.json)).toBe(201);
  const corrections = [{ text: "It was four." }, { text: "It was five." }];
  const common = { section: "city", tags: ["all"], body: "Words.", corrections };
  const october = Array.from({ length: 50 }, (_, n) => ({
    ...common,
    key: `october-${n}`,
    title: `Story ${n}`,
    authors: writers.slice(n * 3, n * 3 + 3),
    publishedAt: new Date(Date.UTC(2026, 9, 2, n * 12)).toISOString(),
    ...(n === 0 ? { hero: { src: picture.json.src } } : {}),
  }));
  const september = Array.from({ length: 25 }, (_, n) => ({
    ...common,
    key: `september-${n}`,
    title: `Earlier ${n}`,
    authors: ["mara-quill"],
    publishedAt: new Date(Date.UTC(2026, 8, n + 1)).toISOString(),
  }));
  const items = [...october, ...september];
  const imported = await call("POST", "/imports", { body: { source: "wire", items } });
  expect(imported.status, imported.text).toBe(200);
  const about = { title: "About", body: "Ours.", status: "published" };
  expect((await call("POST", "/pages", { body: about })).status).toBe(201);
  const moved = { title: "Moved", slug: "before", section: "city", status: "published" };
  const { id } = (await call("POST", "/articles", { body: moved })).json;
  await call("PATCH", `/articles/${id}`, {
    body: { slug: "after", status: "published" },
    headers: force,
  });
  const gone = { title: "Gone", section: "city", status: "published" };
  const withdrawn = (await call("POST", "/articles", { body: gone })).json;
  await call("POST", `/articles/${withdrawn.id}/unpublish`, { headers: force });
  stocked = { picture: picture.json.src, story: id };
  const line = "example.com, 1, DIRECT";
  const files = { adsTxt: line, appAdsTxt: line, trustTxt: "contact=x", humansTxt: "We." };
  const contact = { contact: ["mailto:s@example.com"], expires: "9000-01-01T00:00:00Z" };
  const set = await call("PATCH", "/settings", { body: { ...files, security: contact } });
  expect(set.status, set.text).toBe(200);
}

/** What the newsroom that was stocked last has. */
export let stocked = { picture: "", story: "" };

/** What the platform keeps: it drops other tags without a word, and all beyond 1,000 or 16 KB. */
export function holdTags(name: string, header: string | null): void {
  const tags = header?.split(",") ?? [];
  expect(tags.length, `${name} has tags`).toBeGreaterThan(0);
  expect(
    tags.filter((tag) => !/^[a-z0-9:_-]{1,1024}$/.test(tag)),
    name,
  ).toEqual([]);
  expect(tags, `${name}, in order and each once`).toEqual(inOrder(tags));
  expect(tags.length, name).toBeLessThanOrEqual(1000);
  expect(header?.length, name).toBeLessThanOrEqual(12 * 1024);
}

/** D1 that answers everything with a failure. */
export function away(message: string): D1Database {
  const session = {
    prepare: (sql: string) => env.DB.prepare(sql),
    batch: () => Promise.reject(new Error(message)),
    getBookmark: () => null,
  };
  return { withSession: () => session } as unknown as D1Database;
}

/** An answer read to its end, which is when a cache stores it. */
export async function read(response: Response) {
  const { status, headers } = response;
  return { status, headers, text: new TextDecoder().decode(await response.arrayBuffer()) };
}
