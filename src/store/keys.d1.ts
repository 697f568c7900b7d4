// Promises: keys by id with the hash of their secret; the time of last use, written at most hourly.
// Relies on: the caller hashing the secret (editor/auth.ts); no secret is stored here.
// Does not: compare secrets or decide what a role may do.

import type { Role } from "../domain/role.ts";
import { guarded, sqlNote, sqlWrite, type Note, type Read, type Write } from "./batch.d1.ts";

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
}

/** How often the last use is written, in milliseconds. */
export const USE_RESOLUTION = 60 * 60 * 1000;

/** A key's author is stored by id, and answered by slug. */
const COLUMNS =
  "id, name, role, (select slug from authors a where a.id = keys.author) as author, hash, " +
  "created_at as createdAt, last_used_at as lastUsedAt, revoked_at as revokedAt";

export function keyQuery(id: string): Read<Key> {
  return {
    kind: "read",
    sql: `select ${COLUMNS} from keys where id = ?1`,
    values: [id],
  };
}

export function keysQuery({ after, limit }: { after: string; limit: number }): Read<Key> {
  return {
    kind: "read",
    sql: `select ${COLUMNS} from keys where id > ?1 order by id limit ?2`,
    values: [after, limit],
  };
}

export function writeKey(key: Key): Write {
  return sqlWrite`
    insert into keys (id, name, role, author, hash, created_at)
    values (${key.id}, ${key.name}, ${key.role}, (select id from authors where slug = ${key.author}), ${key.hash}, ${key.createdAt})`;
}

/** Gives the key another secret; lost when the key was revoked meanwhile. */
export function rotateKey(id: string, hash: string): Write {
  return guarded(
    sqlWrite`update keys set hash = ${hash} where id = ${id} and revoked_at is null`,
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
