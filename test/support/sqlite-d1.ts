import { DatabaseSync, type StatementSync } from "node:sqlite";

// D1 as the store uses it, in Node's own SQLite and in memory: thousands of acts a second, for tests that need them.
// Whether it is like D1 where that matters, store-suite.ts asks of both.

/** An in-memory database that may stand as `env.DB`. */
export interface SqliteD1 extends D1Database {
  /** Remembers the rows as they are now. Call it once, when the schema is there. */
  mark(): void;
  /** Goes back to the rows that were marked, and keeps what was prepared: far cheaper than opening anew. */
  rewind(): void;
  close(): void;
}

type Value = string | number | null;

/** A statement that SQLite has compiled, and what must be known of it each time it runs. */
interface Compiled {
  statement: StatementSync;
  /** How many values it wants. */
  parameters: number;
  /** It answers rows, so `run` would throw them away. */
  hasRows: boolean;
  /** It writes nothing, so it needs no transaction. */
  isRead: boolean;
}

/** D1's, as documented (https://developers.cloudflare.com/d1/platform/limits/) and as workerd sets them. */
const LIMITS = {
  sqlLength: 100_000,
  column: 100,
  exprDepth: 100,
  compoundSelect: 5,
  functionArg: 32,
  likePatternLength: 50,
  variableNumber: 100,
};

/** Opens an empty database. */
export function openSqliteD1(): SqliteD1 {
  const database = new DatabaseSync(":memory:", {
    enableForeignKeyConstraints: true,
    limits: LIMITS,
  });
  const compiled = new Map<string, Compiled>();

  function compile(sql: string): Compiled {
    const known = compiled.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    const hasRows = statement.columns().length > 0;
    const made = {
      statement,
      parameters: parametersOf(sql),
      hasRows,
      isRead: hasRows && /^\s*(?:select|with|values)\b/i.test(sql) && !/\breturning\b/i.test(sql),
    };
    compiled.set(sql, made);
    return made;
  }

  function execute({ sql, values }: Bound): D1Result {
    const { statement, parameters, hasRows, isRead } = compile(sql);
    // SQLite would take a missing value for null, and so hide the mistake.
    if (values.length !== parameters)
      throw new Error("Wrong number of parameter bindings for SQL query.");
    if (!hasRows) {
      const { changes, lastInsertRowid } = statement.run(...values);
      return resultOf([], changes, lastInsertRowid);
    }
    const rows = statement.all(...values);
    return resultOf(rows, isRead ? 0 : rows.length, 0);
  }

  function executeAll(bounds: Bound[]): D1Result[] {
    if (bounds.length === 0) throw new Error("No SQL statements detected.");
    // Nothing comes between, since all of this is one synchronous step: reading needs no transaction.
    if (bounds.every(({ sql }) => compile(sql).isRead)) return bounds.map(execute);
    compile("savepoint batch").statement.run();
    try {
      const results = bounds.map(execute);
      compile("release batch").statement.run();
      return results;
    } catch (error) {
      compile("rollback to batch").statement.run();
      compile("release batch").statement.run();
      throw error;
    }
  }

  /** Not an async function, so that what is awaited is settled at once. */
  function settle<T>(work: () => T): Promise<T> {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(d1Error(error));
    }
  }

  class Bound implements D1PreparedStatement {
    readonly sql: string;
    readonly values: Value[];

    constructor(sql: string, values: Value[]) {
      this.sql = sql;
      this.values = values;
    }

    bind(...values: unknown[]): Bound {
      return new Bound(this.sql, values.map(asValue));
    }

    async all<T>(): Promise<D1Result<T>> {
      const [result] = await settle(() => executeAll([this]));
      return result as D1Result<T>;
    }

    run<T>(): Promise<D1Result<T>> {
      return this.all<T>();
    }

    async first<T>(column?: string): Promise<T | null> {
      const { results } = await this.all<Record<string, unknown>>();
      const row = results[0];
      if (!row) return null;
      if (column === undefined) return row as T;
      if (!(column in row)) throw new Error(`D1_COLUMN_NOTFOUND: Column not found (${column})`);
      return row[column] as T;
    }

    raw(): never {
      throw new Error("raw() is not here: the store does not use it.");
    }
  }

  const prepare = (sql: string) => new Bound(sql, []);
  const batch = <T>(statements: D1PreparedStatement[]) =>
    settle(() => executeAll(statements as Bound[])) as Promise<D1Result<T>[]>;

  return {
    prepare,
    batch,
    // Unlike D1's, it takes a whole file, comments and triggers included.
    exec: (sql) =>
      settle(() => {
        database.exec(sql);
        return { count: 1, duration: 0 };
      }),
    withSession: () => ({ prepare, batch, getBookmark: () => null }),
    dump: () => Promise.reject(new Error("dump() is not here: the store does not use it.")),
    mark: () => database.exec("savepoint mark"),
    rewind: () => database.exec("rollback to mark"),
    close: () => database.close(),
  };
}

/** Lets a test do something before each batch of one request: between what it read and what it writes, for example. */
export function withHook(
  d1: D1Database,
  beforeBatch: (statements: number) => Promise<void> | void,
): D1Database {
  const hooked =
    (target: Pick<D1Database, "batch">) =>
    async <T>(statements: D1PreparedStatement[]) => {
      await beforeBatch(statements.length);
      return target.batch<T>(statements);
    };
  return {
    prepare: (sql) => d1.prepare(sql),
    batch: hooked(d1),
    exec: (sql) => d1.exec(sql),
    withSession(constraint) {
      const session = d1.withSession(constraint);
      return {
        prepare: (sql) => session.prepare(sql),
        batch: hooked(session),
        getBookmark: () => session.getBookmark(),
      };
    },
    dump: () => Promise.reject(new Error("dump() is not here: the store does not use it.")),
  };
}

/** The files of `migrations/`, in order. */
export const MIGRATIONS: string[] = inTheirOrder(
  import.meta.glob("../../migrations/*.sql", { query: "?raw", import: "default", eager: true }),
);

/** Those of the search index. */
export const SEARCH_MIGRATIONS: string[] = inTheirOrder(
  import.meta.glob("../../migrations/search/*.sql", {
    query: "?raw",
    import: "default",
    eager: true,
  }),
);

function inTheirOrder(files: Record<string, string>): string[] {
  return Object.entries(files)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, text]) => text);
}

/** Makes the tables, as the migrations of the paper or the given ones say. */
export async function applyMigrations(d1: SqliteD1, files: string[] = MIGRATIONS): Promise<void> {
  for (const file of files) await d1.exec(file);
}

/** What the store binds; a boolean or bytes would be a change of its habits, so they are refused, too. */
function asValue(value: unknown): Value {
  if (typeof value === "string" || typeof value === "number" || value === null) return value;
  throw new Error(`D1_TYPE_ERROR: Type '${typeof value}' not supported.`);
}

/** The highest number among ?1, ?2, …, outside texts and comments. */
function parametersOf(sql: string): number {
  const code = sql.replaceAll(/'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*.*?\*\//gs, " ");
  return Math.max(0, ...Array.from(code.matchAll(/\?(\d+)/g), ([, number]) => Number(number)));
}

/** SQLite does not count here which rows it reads: what is billed, only D1 can say. */
function resultOf(results: unknown[], changes: number, lastRowId: number): D1Result {
  const meta = {
    duration: 0,
    size_after: 0,
    rows_read: 0,
    rows_written: changes,
    last_row_id: lastRowId,
    changed_db: changes > 0,
    changes,
  };
  return { results, success: true, meta };
}

const SQLITE_CONSTRAINT = 19;

/** Says what D1 says. */
function d1Error(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (!("errcode" in error)) return new Error(`D1_ERROR: ${error.message}`, { cause: error });
  // The low byte is the primary code, the rest says which constraint it was.
  const isConstraint = (Number(error.errcode) & 255) === SQLITE_CONSTRAINT;
  const code = isConstraint ? "SQLITE_CONSTRAINT" : "SQLITE_ERROR";
  return new Error(`D1_ERROR: ${error.message}: ${code}`, { cause: error });
}
