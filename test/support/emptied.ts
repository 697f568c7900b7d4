import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";

// The stores as a test wants to find them. Deleting and migrating a database takes longer than most tests, and a database that
// is at work survives its deletion on a busy machine: so it is done once, and from then on rows are put back.

/** The rows of every table at some moment. */
interface Rows {
  tables: Map<string, Record<string, unknown>[]>;
  /** Epoch milliseconds. */
  at: number;
}

/** How often stores are deleted that were not empty. */
const TIMES = 5;

let emptied: Rows | null = null;

/** Empties D1, KV and R2; D1 has what its migrations put there. */
export async function emptyStores(): Promise<void> {
  if (emptied && (await putBack(emptied))) return;
  for (let time = 0; time < TIMES; time += 1) {
    await reset();
    await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
    await applyD1Migrations(env.SEARCH, env.TEST_SEARCH_MIGRATIONS);
    const rows = await rowsNow();
    if (rows.tables.get("audit")?.length !== 0 || rows.tables.get("articles")?.length !== 0)
      continue;
    emptied = rows;
    return;
  }
  throw new Error(`The test's database was not empty after ${TIMES} deletions.`);
}

/** All rows that D1 has now. */
export async function rowsNow(): Promise<Rows> {
  const names = await tablesNow();
  const results = await env.DB.batch<Record<string, unknown>>(
    names.map((name) => env.DB.prepare(`select * from ${name}`)),
  );
  const tables = new Map(names.map((name, index) => [name, results[index]?.results ?? []]));
  return { tables, at: Date.now() };
}

/** Makes D1 have these rows and no others, and empties KV and R2; false if D1 has other tables than then. */
export async function putBack({ tables, at }: Rows): Promise<boolean> {
  const names = await tablesNow();
  if (names.join() !== [...tables.keys()].join()) return false;
  const later = Date.now() - at;
  await env.DB.batch([
    env.DB.prepare("pragma defer_foreign_keys = on"),
    ...names.map((name) => env.DB.prepare(`delete from ${name}`)),
    ...[...tables].flatMap(([name, rows]) => rows.map((row) => insertion(name, row))),
    // What was due in a minute then is due in a minute now.
    env.DB.prepare("update outbox set due_at = due_at + ?1").bind(later),
  ]);
  await env.SEARCH.batch(
    ["published_words", "published_texts", "head_words", "head_texts"].map((name) =>
      env.SEARCH.prepare(`delete from ${name}`),
    ),
  );
  for (const { name } of (await env.COPIES.list()).keys) await env.COPIES.delete(name);
  const kept = await env.MEDIA.list();
  if (kept.objects.length > 0) await env.MEDIA.delete(kept.objects.map(({ key }) => key));
  return true;
}

async function tablesNow(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_cf_%' and name <> 'd1_migrations' order by rowid",
  ).all<{ name: string }>();
  return results.map(({ name }) => name);
}

function insertion(table: string, row: Record<string, unknown>): D1PreparedStatement {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `?${index + 1}`).join(", ");
  const values = Object.values(row).map((value) =>
    Array.isArray(value) ? new Uint8Array(value as number[]) : value,
  );
  return env.DB.prepare(`insert into ${table} (${columns.join(", ")}) values (${places})`).bind(
    ...values,
  );
}
