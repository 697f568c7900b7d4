// Promises: writes are committed together or not at all, and a race that was lost is named.
// Relies on: being imported by editor/act.ts and notes.d1.ts alone (test/node/seam.test.ts): whatever people write is an act.
// Does not: retry.

import {
  asUnavailable,
  RUN,
  type Database,
  type Guard,
  type Take,
  type Value,
  type Write,
} from "./batch.d1.ts";

/** Everything was written, with the rows of the takes among it, in order; or nothing was and this is why. */
export type Commit =
  | { committed: true; taken: unknown[][] }
  | { committed: false; lost: Guard | "unique" | "foreign"; error: Error };

/** Writes everything in one transaction. A guard that is not met, or a broken constraint, loses all of it. */
export async function commit(db: Database, statements: (Write | Take)[]): Promise<Commit> {
  try {
    const found = await db[RUN](statements.flatMap(withGuard));
    // Each guard is a statement of its own behind the guarded one.
    const places = statements.flatMap((statement) =>
      isGuarded(statement) ? [statement, null] : [statement],
    );
    const taken = places.flatMap((statement, index) =>
      statement?.kind === "take" ? [found[index] ?? []] : [],
    );
    return { committed: true, taken };
  } catch (error) {
    const lost = lossOf(error);
    if (lost) return { committed: false, lost, error: error as Error };
    throw asUnavailable(error);
  }
}

/**
 * A statement that matches nothing does not stop the ones after it, so the guard does: it inserts a null where none
 * may be, and D1 rolls the whole batch back. When all is well it inserts nothing.
 */
function withGuard(statement: Write | Take): { sql: string; values: Value[] }[] {
  if (!isGuarded(statement)) return [statement];
  const { against, changes } = statement.guard;
  const check = `insert into guard (${against}) select null where changes() <> ?1`;
  return [statement, { sql: check, values: [changes] }];
}

function isGuarded(statement: Write | Take): statement is Write & Required<Pick<Write, "guard">> {
  return statement.kind === "write" && statement.guard !== undefined;
}

function lossOf(error: unknown): Guard | "unique" | "foreign" | null {
  const message = error instanceof Error ? error.message : "";
  const guard = /NOT NULL constraint failed: guard\.(version|edition|path|present)/.exec(message);
  if (guard) return guard[1] as Guard;
  if (message.includes("UNIQUE constraint failed")) return "unique";
  if (message.includes("FOREIGN KEY constraint failed")) return "foreign";
  // Its section, or an author of it, was deleted meanwhile or is called otherwise now.
  if (/NOT NULL constraint failed: (?:articles\.section|revisions\.content)/.test(message))
    return "foreign";
  return null;
}
