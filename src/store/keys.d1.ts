// Promises: keys by id with the hash of their secret; the time of last use, written at most hourly.
// Relies on: the caller hashing the secret (editor/auth.ts); no secret is stored here.
// Does not: compare secrets or decide what a role may do.

import type { Role } from "../domain/role.ts";
import {
  Fragment,
  guarded,
  sql,
  sqlNote,
  sqlWrite,
  type Note,
  type Read,
  type Write,
} from "./batch.d1.ts";
import { columns, names, table, values } from "./columns.ts";

/** A key as it is stored. Times in epoch milliseconds; `hash` is the SHA-256 of the secret in hex. */
export interface Key {
  id: string;
  name: string;
  role: Role;
  author: string | null;
  hash: string;
  createdAt: number;
  lastUsedAt: number | null;
  revokedAt: number | null;
  /** The secret before the last rotation, and until when it is valid beside the new one; null when there was none. */
  formerHash: string | null;
  formerUntil: number | null;
}

/** How often the last use is written, in milliseconds. */
export const USE_RESOLUTION = 60 * 60 * 1000;

/** What a key has beside its author, who is stored by id and returned by slug. */
const KEY = table<Omit<Key, "author">>("keys", {
  id: "plain",
  name: "plain",
  role: "plain",
  hash: "plain",
  createdAt: "plain",
  lastUsedAt: "plain",
  revokedAt: "plain",
  formerHash: "plain",
  formerUntil: "plain",
});
const KEY_COLUMNS = new Fragment(
  `${columns(KEY).text}, (select slug from authors a where a.id = keys.author) as author`,
);

export function keyQuery(id: string): Read<Key> {
  return sql<Key>`select ${KEY_COLUMNS} from keys where id = ${id}`;
}

export function keysQuery({ after, limit }: { after: string; limit: number }): Read<Key> {
  return sql<Key>`select ${KEY_COLUMNS} from keys where id > ${after} order by id limit ${limit}`;
}

export function writeKey(key: Key): Write {
  return sqlWrite`
    insert into keys (${names(KEY)}, author)
    select ${values(KEY)}, (select id from authors where slug = ${key.author}) from json_each(${JSON.stringify([key])})`;
}

/** Gives the key another secret beside the one it has, which is valid until then; lost when the key was revoked meanwhile. */
export function rotateKey(
  id: string,
  { hash, formerUntil }: { hash: string; formerUntil: number },
): Write {
  return guarded(
    sqlWrite`
      update keys set former_hash = hash, former_until = ${formerUntil}, hash = ${hash}
      where id = ${id} and revoked_at is null`,
    "present",
  );
}

export function revokeKey(id: string, now: number): Write {
  return guarded(
    sqlWrite`update keys set revoked_at = ${now} where id = ${id} and revoked_at is null`,
    "present",
  );
}

export function writeKeyUse(id: string, now: number): Note {
  return sqlNote`
    update keys set last_used_at = ${now}
    where id = ${id} and (last_used_at is null or last_used_at <= ${now - USE_RESOLUTION})`;
}

/** The name of who acted, whose id stands in a column: a key's, a person's, or what the id itself says (root, cron). */
export function actorName(column: string): Fragment {
  return new Fragment(`coalesce(
    (select name from keys where keys.id = substr(${column}, 5) and ${column} like 'key:%'),
    (select name from people where people.id = substr(${column}, 8) and ${column} like 'person:%'), ${column})`);
}
