import { afterAll, beforeEach, expect, it } from "vitest";
import type { Cost } from "../src/store/batch.d1.ts";
import { call, openNewsroom } from "../test/support/newsroom.ts";
import { costs, fill, type Spread } from "../test/support/corpus.ts";

// What each kind of page asks of D1, by corpus. Rows are those that D1 bills.

const corpora: [string, number, Spread][] = [
  ["100", 100, "hourly"],
  ["10,000", 10_000, "hourly"],
  ["5,000 in one second", 5000, "one second"],
];
const table = new Map<string, Record<string, Cost>>();

beforeEach(openNewsroom);

it.each(corpora)("%s stories", { timeout: 120_000 }, async (name, count, spread) => {
  await fill(count, spread);
  const found = await costs(count);
  for (const { trips } of Object.values(found)) expect(trips).toBe(1);
  table.set(name, { ...found, "publish a story": await publishing() });
});

/** What a publication asks of D1, without what it reads back. */
async function publishing(): Promise<Cost> {
  const body = {
    title: "The newest",
    section: "city",
    authors: ["mara-quill", "jonas-field"],
    tags: ["all", "most"],
    status: "published",
  };
  const { status, headers } = await call("POST", "/articles", { body });
  expect(status).toBe(201);
  const told = headers.get("Server-Timing") ?? "";
  const number = (label: string) => Number(new RegExp(`${label}=(\\d+)`).exec(told)?.[1]);
  return {
    trips: number("trips"),
    rowsRead: number("read"),
    rowsWritten: number("written"),
    milliseconds: 0,
  };
}

afterAll(() => {
  const names = [...table.keys()];
  const kinds = [...new Set([...table.values()].flatMap((found) => Object.keys(found)))];
  const cell = (name: string, kind: string) => {
    const cost = table.get(name)?.[kind];
    return cost ? `${cost.trips} · ${cost.rowsRead}` : "";
  };
  console.log(
    [
      `| page (round trips · rows read) | ${names.join(" | ")} |`,
      `|---|${names.map(() => "--:").join("|")}|`,
      ...kinds.map((kind) => `| ${kind} | ${names.map((name) => cell(name, kind)).join(" | ")} |`),
    ].join("\n"),
  );
});
