// Promises: the first answer to an Idempotency-Key is found again for 24 hours, by the key that gave it.
// Relies on: being written in the transaction of the act it answers, so that there is no moment between.
// Does not: compare bodies.

import { sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";

/** How long a retry gets the first answer, in milliseconds. */
const LIFETIME = 24 * 60 * 60 * 1000;

/** An answered request: whose, under which key, with which body (SHA-256, hex), and what it was answered. */
export interface Answered {
  owner: string;
  key: string;
  bodyHash: string;
  answer: string;
}

export function answeredQuery(owner: string, key: string, now: number): Read<Answered> {
  return sql<Answered>`
    select owner, key, body_hash as bodyHash, answer from idempotency
    where owner = ${owner} and key = ${key} and created_at > ${now - LIFETIME}`;
}

/** Remembers an answer and forgets those that are too old to be asked for. */
export function writeAnswered(answered: Answered, now: number): Write[] {
  return [
    sqlWrite`delete from idempotency where created_at <= ${now - LIFETIME}`,
    sqlWrite`
      insert into idempotency (owner, key, body_hash, answer, created_at)
      values (${answered.owner}, ${answered.key}, ${answered.bodyHash}, ${answered.answer}, ${now})`,
  ];
}
