import { granted, invalid, refused, type Issue, type Outcome } from "../../domain/problem.ts";
import { may, type Role } from "../../domain/role.ts";
import { entryQuery } from "../../store/directory.d1.ts";
import { keyQuery, revokeKey, rotateKey, writeKey, type Key } from "../../store/keys.d1.ts";
import { act, type Acted } from "../act.ts";
import type { CommandContext } from "../context.ts";
import { hashOf, newSecret } from "../auth.ts";
import type { Input } from "../input.ts";
import { iso, isoOrNull } from "../response-fields.ts";
import type { RotatedKey } from "./schema.ts";

// Keys are made, given another secret, and revoked. A secret leaves the newsroom once, in the response.

export interface KeyFields {
  name: string;
  role: Role;
  author?: string | undefined;
}

export interface IssuedKey {
  id: string;
  key: string;
}

/** Makes a key, bound to one author's stories if the fields name an author. */
export function issueKey(
  context: CommandContext,
  { fields, issues }: Input<KeyFields>,
): Promise<Acted<IssuedKey>> {
  return act(context, async (now) => {
    const problems = [...issues, ...bindingIssues(fields)];
    if (fields.author !== undefined) {
      const [[author]] = await context.store.db.read(entryQuery("author", fields.author));
      if (!author)
        problems.push({
          path: "author",
          message: `There is no author "${fields.author}"; make them first.`,
        });
    }
    const { name, role, author = null } = fields;
    if (problems.length > 0 || name === undefined || role === undefined) return invalid(problems);
    const id = context.newId();
    const secret = newSecret();
    const hash = await hashOf(secret);
    const stored: Key = {
      id,
      name,
      role,
      author,
      hash,
      createdAt: now,
      lastUsedAt: null,
      revokedAt: null,
      formerHash: null,
      formerUntil: null,
    };
    return granted({
      result: { id, key: `bs_${id}_${secret}` },
      change: {
        kind: "private",
        writes: [writeKey(stored)],
        audit: [
          {
            act: "issue",
            subject: `key:${id}`,
            detail: { before: null, after: told(stored) },
          },
        ],
      },
    });
  });
}

/** Editors and admins write under every byline: a binding would promise what it does not hold. */
function bindingIssues({ role, author }: Partial<KeyFields>): Issue[] {
  if (author === undefined || role === undefined) return [];
  if (!may({ role }, "write under any byline")) return [];
  return [{ path: "author", message: "only binds keys with the role author or contributor." }];
}

/** Gives a key another secret. The former one is valid beside it for `overlap` seconds; one before that no more. */
export function rotate(
  context: CommandContext,
  id: string,
  { fields: { overlap }, issues }: Input<{ overlap: number }>,
): Promise<Acted<RotatedKey>> {
  return act(context, async (now) => {
    if (issues.length > 0 || overlap === undefined) return invalid(issues);
    const usable = await findUsable(context, id);
    if (!usable.ok) return usable;
    const secret = newSecret();
    const formerUntil = now + overlap * 1000;
    const detail = {
      name: usable.value.name,
      before: { formerUntil: isoOrNull(usable.value.formerUntil) },
      after: { formerUntil: iso(formerUntil) },
    };
    return granted({
      result: { id, key: `bs_${id}_${secret}`, formerUntil },
      change: {
        kind: "private",
        writes: [rotateKey(id, { hash: await hashOf(secret), formerUntil })],
        audit: [{ act: "rotate", subject: `key:${id}`, detail }],
      },
    });
  });
}

/** Revokes a key for good. */
export function revoke(context: CommandContext, id: string): Promise<Acted<null>> {
  return act(context, async (now) => {
    const usable = await findUsable(context, id);
    if (!usable.ok) return usable;
    return granted({
      result: null,
      change: {
        kind: "private",
        writes: [revokeKey(id, now)],
        audit: [
          {
            act: "revoke",
            subject: `key:${id}`,
            detail: { before: told(usable.value), after: null },
          },
        ],
      },
    });
  });
}

/** What the audit says of a key. */
function told({ name, role, author }: Pick<Key, "name" | "role" | "author">) {
  return { name, role, author };
}

async function findUsable(context: CommandContext, id: string): Promise<Outcome<Key>> {
  const [[key]] = await context.store.db.read(keyQuery(id));
  if (!key) return refused({ kind: "unknown", detail: `There is no key "${id}".` });
  if (key.revokedAt !== null)
    return refused({ kind: "wrongState", detail: `The key "${key.name}" is revoked already.` });
  return granted(key);
}
