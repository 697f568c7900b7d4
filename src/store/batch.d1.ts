// Promises: a read is one round trip, however many queries it has; a commit is one transaction that writes all of it or nothing.
// Relies on: D1's batch() being a transaction, and on the `guard` table, whose columns refuse null.
// Does not: retry, decide, or know what the rows mean. Writes are committed by who holds commit.d1.ts.

import { StoreUnavailable } from "../domain/unavailable.ts";

/** One SQL statement with its bound values. */
interface Statement {
  sql: string;
  values: Value[];
}

/** A statement that changes nothing, and what its rows are read as. */
export interface Read<Row = unknown> extends Statement {
  kind: "read";
  /** Makes of a row what it means; without it the row is taken as it is. */
  from?: ((row: never) => Row) | undefined;
  /** Only a type: no statement carries rows. */
  rows?: Row[];
}

/** A statement that changes rows and returns them, so that of two callers each gets others: a lease, an allowance. */
export interface Take<Row = unknown> extends Statement {
  kind: "take";
  rows?: Row[];
}

export type Value = string | number | null;

/** A part of a statement that is text and no value: columns (columns.ts), or a condition that several statements share. */
export class Fragment {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a guarded write may lose to another one that came first. */
export type Guard = "version" | "edition" | "path" | "present";

/** A statement that changes rows, and what to give up for when it changes another number of them than it must. */
export interface Write extends Statement {
  kind: "write";
  guard?: { against: Guard; changes: number };
}

/** A write of what the Worker notes for itself: no page is made of it and no editor decided it. */
export interface Note extends Write {
  noted: true;
}

/** What D1 was used for so far: round trips, and rows as D1 bills them. */
export interface Cost {
  trips: number;
  rowsRead: number;
  rowsWritten: number;
  /** The time that D1 says its statements took. */
  milliseconds: number;
}

/** D1 as the store uses it: whole batches, counted. Who only reads has nothing else in hand. */
export interface Database {
  cost: Cost;
  read<Queries extends Read[]>(
    ...queries: Queries
  ): Promise<{ [K in keyof Queries]: RowsOf<Queries[K]> }>;
  /** For commit.d1.ts alone. */
  [RUN](statements: Statement[]): Promise<unknown[][]>;
}

/** Runs statements of any kind in one transaction, and returns the rows of each. */
export const RUN = Symbol("run");

type RowsOf<Query> = Query extends Read<infer Row> ? Row[] : never;

/** Binds the values of a template: sql`select … where slug = ${slug}`. */
export function sql<Row = unknown>(
  text: TemplateStringsArray,
  ...values: (Value | Fragment)[]
): Read<Row> {
  return { kind: "read", ...bound(text, values) };
}

/** The same of a statement that changes rows: sqlWrite`delete from tags where slug = ${slug}`. */
export function sqlWrite(text: TemplateStringsArray, ...values: (Value | Fragment)[]): Write {
  return { kind: "write", ...bound(text, values) };
}

/** The same of a write to the Worker's own notes. */
export function sqlNote(text: TemplateStringsArray, ...values: (Value | Fragment)[]): Note {
  return { kind: "write", noted: true, ...bound(text, values) };
}

/** The same of one that changes rows and returns them: sqlTake`update … returning id`. */
export function sqlTake<Row>(
  text: TemplateStringsArray,
  ...values: (Value | Fragment)[]
): Take<Row> {
  return { kind: "take", ...bound(text, values) };
}

function bound(text: TemplateStringsArray, parts: (Value | Fragment)[]): Statement {
  const values: Value[] = [];
  const [first = "", ...rest] = text;
  const sqlText = rest.reduce((before, after, index) => {
    const part = parts[index] ?? null;
    if (part instanceof Fragment) return before + part.text + after;
    return `${before}?${values.push(part)}${after}`;
  }, first);
  return { sql: sqlText, values };
}

/** A read whose rows are made something else of: `from` is called with each. */
export function readAs<Row, Raw>(query: Read<Raw>, from: (row: Raw) => Row): Read<Row> {
  const { sql: text, values } = query;
  return { kind: "read", sql: text, values, from };
}

/** The most that rows of one statement come to, in characters of JSON: D1 takes values of 2 MB of UTF-8. */
const BATCH = 500_000;

/** Parts rows among statements, each of which D1 takes in one value; a row by itself must be shorter. */
export function inBatches<Row>(rows: Row[]): Row[][] {
  const batches: Row[][] = [];
  let length = BATCH;
  for (const row of rows) {
    const own = JSON.stringify(row).length;
    if (length + own > BATCH) {
      batches.push([]);
      length = 0;
    }
    batches.at(-1)?.push(row);
    length += own;
  }
  return batches;
}

/** Makes a write abort its batch unless it changes exactly `changes` rows. */
export function guarded<Kind extends Write>(statement: Kind, against: Guard, changes = 1): Kind {
  return { ...statement, guard: { against, changes } };
}

/**
 * Opens a session on the primary: a replica may be behind, and a page filled from it would outlive its purge.
 * https://developers.cloudflare.com/d1/best-practices/read-replication/
 * What it is used for is added to `cost`, which two databases may share.
 */
export function openDatabase(d1: D1Database, cost: Cost = noCost()): Database {
  const session = d1.withSession("first-primary");

  async function run(statements: Statement[]): Promise<unknown[][]> {
    const prepared = statements.map(({ sql: text, values }) =>
      session.prepare(text).bind(...values),
    );
    const results = await session.batch(prepared);
    // What goes on after the response costs its caller nothing.
    cost.trips += 1;
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
        const found = await run(queries);
        const rows = queries.map(({ from }, index) => {
          const own = found[index] ?? [];
          return from ? (own as never[]).map((row) => from(row)) : own;
        });
        return rows as { [K in keyof Queries]: RowsOf<Queries[K]> };
      } catch (error) {
        throw asUnavailable(error);
      }
    },
    [RUN]: run,
  };
}

function noCost(): Cost {
  return { trips: 0, rowsRead: 0, rowsWritten: 0, milliseconds: 0 };
}

/** What D1 says when it cannot answer now: https://developers.cloudflare.com/d1/observability/debug-d1/ */
const TRANSIENT =
  /network connection lost|internal error|was reset|to be reset|overloaded|exceeded timeout|timed out|transient issue|too many (?:api )?requests|long-running|SQLITE_(BUSY|FULL|IOERR|NOMEM)/i;

/** The error as one that passes, if it is one. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof Error && TRANSIENT.test(error.message)) {
    return new StoreUnavailable(error.message, { cause: error });
  }
  return error;
}
