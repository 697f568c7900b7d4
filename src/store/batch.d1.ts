// Promises: a read is one round trip, whatever it asks; a commit is one transaction that writes all of it or nothing.
// Relies on: D1's batch() being a transaction, and on the `guard` table, whose columns refuse null.
// Does not: retry, decide, or know what the rows mean.

/** One SQL statement with its bound values. */
interface Statement {
  sql: string;
  values: Value[];
}

/** A statement that changes nothing, and the type of the rows that it returns. */
export interface Read<Row = unknown> extends Statement {
  kind: "read";
  /** Only a type: no statement carries rows. */
  rows?: Row[];
}

/** A statement that changes rows and returns them, so that of two callers each gets others: a lease, an allowance. */
export interface Take<Row = unknown> extends Statement {
  kind: "take";
  rows?: Row[];
}

type Value = string | number | null;

/** What a guarded write may lose to another one that came first. */
export type Guard = "version" | "edition" | "path" | "present";

/** A statement that changes rows, and what to give up for when it changes another number of them than it must. */
export interface Write extends Statement {
  kind: "write";
  guard?: { against: Guard; changes: number };
}

/** Either everything was written, or nothing was and this is why. */
export type Commit =
  | { committed: true }
  | { committed: false; lost: Guard | "unique" | "foreign"; error: Error };

/** What D1 was asked for so far: round trips, and rows as D1 bills them. */
export interface Cost {
  trips: number;
  rowsRead: number;
  rowsWritten: number;
  /** The time that D1 says its statements took. */
  milliseconds: number;
}

/** D1 as the store uses it: whole batches, counted. */
export interface Database {
  cost: Cost;
  read<Queries extends Read[]>(
    ...queries: Queries
  ): Promise<{ [K in keyof Queries]: RowsOf<Queries[K]> }>;
  take<Row>(query: Take<Row>): Promise<Row[]>;
  commit(writes: Write[]): Promise<Commit>;
}

type RowsOf<Query> = Query extends Read<infer Row> ? Row[] : never;

/** D1 did not answer, for a reason that may pass: nothing was written. */
export class StoreUnavailable extends Error {
  override name = "StoreUnavailable";
}

/** Binds the values of a template: sql`select … where slug = ${slug}`. */
export function sql<Row = unknown>(text: TemplateStringsArray, ...values: Value[]): Read<Row> {
  return { kind: "read", ...bound(text, values) };
}

/** The same of a statement that changes rows: sqlWrite`delete from tags where slug = ${slug}`. */
export function sqlWrite(text: TemplateStringsArray, ...values: Value[]): Write {
  return { kind: "write", ...bound(text, values) };
}

/** The same of one that changes rows and returns them: sqlTake`update … returning id`. */
export function sqlTake<Row>(text: TemplateStringsArray, ...values: Value[]): Take<Row> {
  return { kind: "take", ...bound(text, values) };
}

function bound(text: TemplateStringsArray, values: Value[]): Statement {
  return { sql: text.reduce((before, after, index) => `${before}?${index}${after}`), values };
}

/** Makes a write abort its batch unless it changes exactly `changes` rows. */
export function guarded(statement: Write, against: Guard, changes = 1): Write {
  return { ...statement, guard: { against, changes } };
}

/**
 * Opens a session on the primary: a replica may be behind, and a page filled from it would outlive its purge.
 * https://developers.cloudflare.com/d1/best-practices/read-replication/
 */
export function openDatabase(d1: D1Database): Database {
  const session = d1.withSession("first-primary");
  const cost: Cost = { trips: 0, rowsRead: 0, rowsWritten: 0, milliseconds: 0 };

  async function run(statements: Statement[]): Promise<unknown[][]> {
    const prepared = statements.map(({ sql: text, values }) =>
      session.prepare(text).bind(...values),
    );
    cost.trips += 1;
    const results = await session.batch(prepared);
    for (const { meta } of results) {
      cost.rowsRead += meta.rows_read;
      cost.rowsWritten += meta.rows_written;
      cost.milliseconds += meta.duration;
    }
    return results.map((result) => result.results);
  }

  return {
    cost,
    async read<Queries extends Read[]>(...queries: Queries) {
      try {
        return (await run(queries)) as { [K in keyof Queries]: RowsOf<Queries[K]> };
      } catch (error) {
        throw asUnavailable(error);
      }
    },
    async take<Row>(query: Take<Row>) {
      try {
        const [rows] = await run([query]);
        return rows as Row[];
      } catch (error) {
        throw asUnavailable(error);
      }
    },
    async commit(writes) {
      try {
        await run(writes.flatMap(withGuard));
        return { committed: true };
      } catch (error) {
        const lost = lossOf(error);
        if (lost) return { committed: false, lost, error: error as Error };
        throw asUnavailable(error);
      }
    },
  };
}

/**
 * A statement that matches nothing does not stop the ones after it, so the guard does: it inserts a null where none
 * may be, and D1 rolls the whole batch back. When all is well it inserts nothing.
 */
function withGuard(statement: Write): Statement[] {
  const { guard } = statement;
  if (!guard) return [statement];
  const check = `insert into guard (${guard.against}) select null where changes() <> ?1`;
  return [statement, { sql: check, values: [guard.changes] }];
}

function lossOf(error: unknown): Guard | "unique" | "foreign" | null {
  const message = error instanceof Error ? error.message : "";
  const guard = /NOT NULL constraint failed: guard\.(version|edition|path|present)/.exec(message);
  if (guard) return guard[1] as Guard;
  if (message.includes("UNIQUE constraint failed")) return "unique";
  if (message.includes("FOREIGN KEY constraint failed")) return "foreign";
  // Its section was deleted meanwhile.
  if (message.includes("NOT NULL constraint failed: articles.section")) return "foreign";
  return null;
}

/** What D1 says when it cannot answer now: https://developers.cloudflare.com/d1/observability/debug-d1/ */
const TRANSIENT =
  /network connection lost|internal error|was reset|to be reset|overloaded|exceeded timeout|timed out|transient issue|too many (?:api )?requests|long-running|SQLITE_(BUSY|FULL|IOERR|NOMEM)/i;

function asUnavailable(error: unknown): unknown {
  if (error instanceof Error && TRANSIENT.test(error.message)) {
    return new StoreUnavailable(error.message, { cause: error });
  }
  return error;
}
