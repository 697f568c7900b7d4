import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import type { Bindings } from "../../src/store/open.ts";
import { emptyStores } from "../support/emptied.ts";
import { openPaper, type Called, type Paper } from "../support/paper.ts";

// The cache in front of the paper is the platform's as far as purging goes (support/platform.ts); D1, KV and R2 are real.

export const MINUTE = 60_000;
export const START = Date.UTC(2026, 10, 25, 12);
export const ANY = { "If-Match": "*" };

export let paper: Paper;

/** Opens the paper that a test has. */
export async function openAnew(): Promise<void> {
  await emptyStores();
  vi.useFakeTimers({ toFake: ["Date"], now: START });
  paper = await openLedger();
}

/** A paper with two sections and an author, and nothing left to be done. */
async function openLedger(change: Partial<Bindings> = {}): Promise<Paper> {
  const opened = openPaper({ ...env, ...change });
  await opened.call("PUT", "/sections/city", { name: "City", position: 1, listed: true });
  await opened.call("PUT", "/sections/culture", { name: "Culture", position: 2, listed: true });
  await opened.call("PUT", "/authors/mara-quill", { name: "Mara Quill", bio: "At the harbour." });
  pass(10 * MINUTE);
  await opened.tick();
  opened.platform.told.length = 0;
  return opened;
}

export function pass(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}

export async function publish(fields: object = {}, on = paper): Promise<Called["json"]> {
  const { status, json } = await on.call("POST", "/articles", {
    title: "Trams return",
    section: "city",
    authors: ["mara-quill"],
    body: "They rang.",
    status: "published",
    ...fields,
  });
  expect(status, JSON.stringify(json)).toBe(201);
  return json;
}

export const patch = (id: string, fields: object, on = paper) =>
  on.call("PATCH", `/articles/${id}`, { ...fields, status: "published" }, ANY);

export async function read(path: string, headers: Record<string, string> = {}, on = paper) {
  const response = await on.visit(path, headers);
  const text = await response.text();
  await on.platform.settled();
  const cache = response.headers.get("Cf-Cache-Status");
  return { status: response.status, headers: response.headers, cache, text };
}

/** What is still to be done for the edge. */
export async function toDo(kinds = "'purge', 'close', 'invalidate'"): Promise<number> {
  const row = await env.DB.prepare(
    `select count(*) as n from outbox where done_at is null and kind in (${kinds})`,
  ).first<{ n: number }>();
  return row?.n ?? -1;
}

/** Leaves a purge to be done, due since ever. */
export async function owe(id: string, payload: object): Promise<void> {
  await env.DB.prepare(
    "insert into outbox (id, kind, payload, created_at, due_at) values (?, 'purge', ?, 0, 0)",
  )
    .bind(id, JSON.stringify(payload))
    .run();
}
