/** The little of Node's SQLite that is used here: https://nodejs.org/docs/latest-v24.x/api/sqlite.html */
declare module "node:sqlite" {
  type Bound = string | number | null;

  export class StatementSync {
    all(...values: Bound[]): Record<string, unknown>[];
    run(...values: Bound[]): { changes: number; lastInsertRowid: number };
    columns(): { name: string }[];
  }

  export class DatabaseSync {
    constructor(
      path: string,
      options?: {
        enableForeignKeyConstraints?: boolean;
        limits?: {
          sqlLength?: number;
          column?: number;
          exprDepth?: number;
          compoundSelect?: number;
          functionArg?: number;
          likePatternLength?: number;
          variableNumber?: number;
        };
      },
    );
    exec(sql: string): void;
    prepare(sql: string): StatementSync;
    close(): void;
  }
}

/** And of its hashes: https://nodejs.org/docs/latest-v24.x/api/crypto.html#cryptohashalgorithm-data-options */
declare module "node:crypto" {
  export function hash(
    algorithm: "sha256",
    data: Uint8Array,
    encoding: "buffer",
  ): Uint8Array<ArrayBuffer>;
}
