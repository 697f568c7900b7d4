// Promises: the first response to an Idempotency-Key is found again for 24 hours, by the key that gave it.
// Relies on: being written in the transaction of the act itself, so that there is no moment between.
// Does not: compare calls, or know what is sealed in a response (editor/act.ts).

import { sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";

/** How long a retry gets the first response, in milliseconds. */
const LIFETIME = 24 * 60 * 60 * 1000;

/** A request that was carried out: whose, under which key, the SHA-256 of the whole call in hex, and the response, sealed. */
export interface FirstResponse {
  owner: string;
  key: string;
  callHash: string;
  response: string;
  /** Ids of what it left in the outbox for the edge. */
  outbox: string[];
}

/** A first response as a retry finds it, with how much the edge was to be told of, and how much of that it still is. */
export interface FoundResponse extends Omit<FirstResponse, "outbox"> {
  told: number;
  pending: number;
}

export function firstResponseQuery(owner: string, key: string, now: number): Read<FoundResponse> {
  return sql<FoundResponse>`
    select owner, key, body_hash as callHash, answer ->> '$' as response, json_array_length(outbox) as told,
      (select count(*) from outbox o
        where o.id in (select value from json_each(idempotency.outbox)) and o.done_at is null) as pending
    from idempotency
    where owner = ${owner} and key = ${key} and created_at > ${now - LIFETIME}`;
}

/** Stores a response, and deletes those that are older than that. */
export function writeFirstResponse(first: FirstResponse, now: number): Write[] {
  return [
    sqlWrite`delete from idempotency where created_at <= ${now - LIFETIME}`,
    sqlWrite`
      insert into idempotency (owner, key, body_hash, answer, outbox, created_at)
      values (${first.owner}, ${first.key}, ${first.callHash}, json_quote(${first.response}), ${JSON.stringify(first.outbox)}, ${now})`,
  ];
}
