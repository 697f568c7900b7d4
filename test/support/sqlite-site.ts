import type { Bindings } from "../../src/store/open.ts";
import { openMemoryBucket, openMemoryImages, openMemoryKv } from "./memory-platform.ts";
import { openPaper, type Paper } from "./paper.ts";
import { ORIGIN, ROOT_KEY } from "./site.ts";
import { applyMigrations, openSqliteD1, SEARCH_MIGRATIONS, type SqliteD1 } from "./sqlite-d1.ts";

let opened: { db: SqliteD1; search: SqliteD1 } | null = null;

/** An empty paper in this process, on Node's SQLite. Each one takes the place of the one before. */
export async function openSite(
  options: { unlimited?: boolean; copiesADay?: string } = {},
): Promise<Paper> {
  if (!opened) {
    opened = { db: openSqliteD1(), search: openSqliteD1() };
    await applyMigrations(opened.db);
    await applyMigrations(opened.search, SEARCH_MIGRATIONS);
    for (const each of Object.values(opened)) each.mark();
  }
  const { db, search } = opened;
  db.rewind();
  search.rewind();
  const env = {
    DB: db,
    SEARCH: search,
    MEDIA: openMemoryBucket(),
    IMAGES: openMemoryImages(),
    COPIES: openMemoryKv(),
    COPIES_A_DAY: options.copiesADay ?? "0",
    SITE_ORIGIN: ORIGIN,
    ROOT_KEY,
    EDGE: "platform",
    CF_VERSION_METADATA: { id: "test", tag: "", timestamp: "" },
  } satisfies Omit<Bindings, "TEST_MIGRATIONS" | "TEST_SEARCH_MIGRATIONS">;
  return openPaper(env as unknown as Bindings, options);
}
