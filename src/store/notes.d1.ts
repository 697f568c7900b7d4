// Promises: what the Worker notes for itself is written without an act: its outbox, what it has used up, when it ran.
// Relies on: statements that say they are notes (`sqlNote`); no other is accepted here.
// Does not: write anything that readers or editors see.

import { asUnavailable, RUN, type Database, type Note, type Take } from "./batch.d1.ts";
import { commit, type Commit } from "./commit.d1.ts";

/** Writes notes in one transaction, and takes what goes with them. */
export function note(db: Database, notes: (Note | Take)[]): Promise<Commit> {
  return commit(db, notes);
}

/** Changes rows and returns them: what one caller takes, no other gets. */
export async function take<Row>(db: Database, query: Take<Row>): Promise<Row[]> {
  try {
    const [rows] = await db[RUN]([query]);
    return rows as Row[];
  } catch (error) {
    throw asUnavailable(error);
  }
}
