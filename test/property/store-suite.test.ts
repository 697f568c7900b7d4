import { afterEach, describe, expect, it } from "vitest";
import { applyMigrations, openSqliteD1, type SqliteD1 } from "../support/sqlite-d1.ts";
import { storeSuite } from "../support/store-suite.ts";

const opened: SqliteD1[] = [];

afterEach(() => {
  for (const d1 of opened.splice(0)) d1.close();
});

async function open(): Promise<SqliteD1> {
  const d1 = openSqliteD1();
  opened.push(d1);
  await applyMigrations(d1);
  return d1;
}

storeSuite("Node's SQLite", open);

// What was marked is a transaction around everything after it, in which batches must be what they are outside.
storeSuite("Node's SQLite, rewound", async () => {
  const d1 = await open();
  d1.mark();
  await d1
    .prepare("insert into sections (id, slug, name, position) values ('city', 'city', 'Old', 1)")
    .run();
  d1.rewind();
  return d1;
});

describe("going back to what was marked", () => {
  it("forgets rows, failures and counters that came after it, any number of times", async () => {
    const d1 = await open();
    const written = d1.prepare(
      "insert into audit (at, actor, act, subject, detail) values (1, 'x', 'x', 'x', '{}') returning id",
    );
    await written.run();
    d1.mark();
    for (let round = 0; round < 3; round += 1) {
      expect(await written.first("id")).toBe(2);
      await expect(d1.batch([written, d1.prepare("select absent from audit")])).rejects.toThrow(
        /no such column/,
      );
      expect(await d1.prepare("select count(*) as n from audit").first("n")).toBe(2);
      d1.rewind();
      expect(await d1.prepare("select count(*) as n from audit").first("n")).toBe(1);
    }
  });
});
