// Promises: the first response to an Idempotency-Key is found again for 24 hours, by the key that gave it.
// Relies on: being written in the transaction of the act itself, so that there is no moment between.
// Does not: compare bodies.

import { sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";

/** How long a retry gets the first response, in milliseconds. */
const LIFETIME = 24 * 60 * 60 * 1000;

/** A request that was carried out: whose, under which key, the SHA-256 of its body in hex, and the response as JSON. */
export interface FirstResponse {
  owner: string;
  key: string;
  bodyHash: string;
  response: string;
}

export function firstResponseQuery(owner: string, key: string, now: number): Read<FirstResponse> {
  return sql<FirstResponse>`
    select owner, key, body_hash as bodyHash, answer as response from idempotency
    where owner = ${owner} and key = ${key} and created_at > ${now - LIFETIME}`;
}

/** Stores a response, and deletes those that are older than that. */
export function writeFirstResponse(first: FirstResponse, now: number): Write[] {
  return [
    sqlWrite`delete from idempotency where created_at <= ${now - LIFETIME}`,
    sqlWrite`
      insert into idempotency (owner, key, body_hash, answer, created_at)
      values (${first.owner}, ${first.key}, ${first.bodyHash}, ${first.response}, ${now})`,
  ];
}
