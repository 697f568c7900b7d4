// Promises: who has a story open, as of the last minute; a sign of life is written three times a minute at most.
// Relies on: clients that say so every twenty seconds or so.
// Does not: keep anyone from writing. If-Match does that.

import { sql, sqlNote, type Note, type Read } from "./batch.d1.ts";
import { actorName } from "./keys.d1.ts";

/** How long somebody counts as being there after a sign of life, in milliseconds. */
const PRESENT = 60_000;
/** How old a sign of life may be before another is worth a write, in milliseconds. */
const RESOLUTION = 20_000;

/** Somebody who has a story open; times in epoch milliseconds. */
export interface Present {
  actor: string;
  name: string;
  since: number;
  at: number;
}

export function presentQuery(articleId: string, now: number): Read<Present> {
  return sql<Present>`
    select actor, ${actorName("presence.actor")} as name, since, at from presence
    where article_id = ${articleId} and at > ${now - PRESENT} order by since, actor`;
}

/** Tells whether a sign of life is so recent that another is not worth a write. */
export function isRecent({ at }: Present, now: number): boolean {
  return at > now - RESOLUTION;
}

/** Notes a sign of life; who was away for a minute has come anew. */
export function writeBeat(articleId: string, actor: string, now: number): Note {
  return sqlNote`
    insert into presence (article_id, actor, since, at) values (${articleId}, ${actor}, ${now}, ${now})
    on conflict (article_id, actor) do update set
      since = iif(presence.at > ${now - PRESENT}, presence.since, excluded.since), at = excluded.at`;
}

/** Notes that somebody has closed a story. */
export function deleteBeat(articleId: string, actor: string): Note {
  return sqlNote`delete from presence where article_id = ${articleId} and actor = ${actor}`;
}

/** Forgets who has gone. */
export function deleteAbsent(now: number): Note {
  return sqlNote`delete from presence where at <= ${now - PRESENT}`;
}
