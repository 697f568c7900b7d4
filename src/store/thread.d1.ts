// Promises: the notes on a story in the order in which they were written, with the names of who wrote them.
// Relies on: `born`, which no two notes share.
// Does not: change or delete a note; they go with their story.

import { sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";
import { actorName } from "./keys.d1.ts";

/** A note: written by itself, or with a submission or a return. `at` in epoch milliseconds; only a submission may be without text. */
export interface ThreadNote {
  id: string;
  kind: "note" | "submit" | "return";
  at: number;
  by: string;
  text: string | null;
}

/** A note as the thread shows it. */
export interface SignedNote extends ThreadNote {
  byName: string;
}

/** The notes on a story before a place in its thread, newest first. */
export function threadQuery(
  articleId: string,
  { before, limit }: { before: string; limit: number },
): Read<SignedNote & { born: string }> {
  return sql<SignedNote & { born: string }>`
    select id, kind, at, by, ${actorName("notes.by")} as byName, text, born from notes
    where article_id = ${articleId} and born < ${before} order by born desc limit ${limit}`;
}

export function writeThreadNote(articleId: string, { id, kind, at, by, text }: ThreadNote): Write {
  const born = `${String(at).padStart(15, "0")}-${id}`;
  return sqlWrite`
    insert into notes (id, article_id, at, by, kind, text, born)
    values (${id}, ${articleId}, ${at}, ${by}, ${kind}, ${text}, ${born})`;
}
