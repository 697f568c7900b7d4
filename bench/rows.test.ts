import { afterAll, beforeEach, expect, it } from "vitest";
import type { Cost } from "../src/store/batch.d1.ts";
import { openNewsroom } from "../test/support/newsroom.ts";
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
  table.set(name, found);
  for (const { trips } of Object.values(found)) expect(trips).toBe(1);
});

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
