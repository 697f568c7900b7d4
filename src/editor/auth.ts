// Promises: an actor only for a key that exists, is not revoked and whose secret matches, for a session that goes on, or for whom
// Cloudflare Access names; a cookie counts only in requests that a page of the site made; every refusal looks alike.
// Relies on: secrets of 256 random bits, so that one SHA-256 is hash enough; ROOT_KEY being set.
// Does not: decide what an actor may do (domain/role.ts), or limit how often one may try.

import { granted, refused, type Outcome, type Problem } from "../domain/problem.ts";
import type { Actor } from "../domain/role.ts";
import { USE_RESOLUTION as SESSION_RESOLUTION, type Person } from "../domain/people.ts";
import { keyQuery, USE_RESOLUTION, writeKeyUse, type Key } from "../store/keys.d1.ts";
import { note } from "../store/notes.d1.ts";
import type { Store } from "../store/open.ts";
import { personByEmailQuery } from "../store/people.d1.ts";
import { sessionQuery, writeSessionUse } from "../store/sessions.d1.ts";
import { isSameOrigin, secretIn } from "./sign-in/cookie.ts";

/** A root key that can be guessed would be worse than none. */
const STRONG_ROOT_KEY = /^bs_root_[\w-]{32,}$/;

/** Who sent a request, and in which session, if they are signed in by one. */
export interface Caller {
  actor: Actor;
  session: string | null;
}

/** What of a request says who sent it. */
export interface Signs {
  header(name: string): string | undefined;
  /** The e-mail by which Cloudflare Access knows them, where the paper is behind it; null otherwise. */
  emailAtAccess(): Promise<string | null>;
}

/** Finds out who sent a request, by a key, a session or Cloudflare Access; `now` in epoch milliseconds. */
export async function findCaller(
  { header, emailAtAccess }: Signs,
  store: Store,
  now: number,
): Promise<Outcome<Caller>> {
  const authorization = header("Authorization");
  if (authorization === undefined && isSameOrigin(header, store.origin)) {
    const secret = secretIn(header("Cookie"));
    const signedIn = secret === null ? null : await findSession(secret, store, now);
    if (signedIn) return granted(signedIn);
    const email = await emailAtAccess();
    const person = email === null ? null : await findByEmail(email, store);
    if (person) return granted({ actor: actorOf(person), session: null });
    // What is not set up yet is for who holds the key.
    if (secret !== null || email !== null)
      return outsider("no session that goes on, and nobody of that e-mail");
  }
  const holder = await findKeyHolder(authorization ?? "", store, now);
  return holder.ok ? granted({ actor: holder.value, session: null }) : holder;
}

async function findSession(secret: string, store: Store, now: number): Promise<Caller | null> {
  const [[open]] = await store.db.read(sessionQuery(await hashOf(secret), now));
  if (!open) return null;
  if (now - open.usedAt >= SESSION_RESOLUTION)
    await note(store.db, [writeSessionUse(open.session, now)]);
  return { actor: actorOf(open), session: open.session };
}

async function findByEmail(email: string, store: Store): Promise<Person | null> {
  const [[person]] = await store.db.read(personByEmailQuery(email.toLowerCase()));
  return person ?? null;
}

/** A person as who acts. */
export function actorOf({ id, name, role, author }: Person): Actor {
  return { id: `person:${id}`, name, role, author };
}

/** The holder of a key (RFC 6750 section 2.1). */
async function findKeyHolder(
  authorization: string,
  store: Store,
  now: number,
): Promise<Outcome<Actor>> {
  if (store.rootKey === null) {
    const detail =
      "The secret ROOT_KEY is missing, so nobody can be let in. Set it: npx wrangler secret put ROOT_KEY.";
    return refused({ kind: "unconfigured", detail });
  }
  if (!STRONG_ROOT_KEY.test(store.rootKey)) {
    const detail =
      "The secret ROOT_KEY is not bs_root_ and at least 32 random letters, digits, _ or -, so nobody can be let in. Set another one.";
    return refused({ kind: "unconfigured", detail });
  }
  const presented = /^Bearer +(bs_([a-z0-9]+)_([\w-]+))$/i.exec(authorization);
  if (!presented) return outsider("no key of the form bs_<id>_<secret>");
  const [, whole = "", id = "", secret = ""] = presented;
  if (id === "root") {
    if (!sameSecret(await hashOf(whole), await hashOf(store.rootKey)))
      return outsider("not the root key");
    return granted({ id: "root", name: "root", role: "admin", author: null });
  }
  const [[key]] = await store.db.read(keyQuery(id));
  const presentedHash = await hashOf(secret);
  // An unknown id is compared, too, so that the time it takes does not tell which ids exist.
  const isCurrent = sameSecret(presentedHash, key?.hash ?? NO_HASH);
  const isFormer = sameSecret(presentedHash, key?.formerHash ?? NO_HASH);
  const matches = isCurrent || (isFormer && now < (key?.formerUntil ?? 0));
  if (!key || !matches) return outsider(`no key ${id} with this secret`);
  if (key.revokedAt !== null) return outsider(`key ${id} is revoked`);
  if (isUseOld(key, now)) await note(store.db, [writeKeyUse(id, now)]);
  return granted({ id: `key:${id}`, name: key.name, role: key.role, author: key.author });
}

/** What no secret hashes to: as long as a SHA-256 in hex, and none. */
const NO_HASH = "-".repeat(64);

/** A new secret: 32 random bytes in base64url. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** SHA-256 of a text, in hex. */
export async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex();
}

/** Compares two hashes of one length in constant time, so that nothing can be guessed byte by byte. */
function sameSecret(one: string, other: string): boolean {
  const encoder = new TextEncoder();
  return crypto.subtle.timingSafeEqual(encoder.encode(one), encoder.encode(other));
}

/** The outsider gets one vague sentence (editor/refusals.ts); the log gets the true one, without the secret. */
export function outsider(reason: string): { ok: false; problem: Problem } {
  console.warn(JSON.stringify({ event: "refused key", reason }));
  return refused({ kind: "unauthenticated" });
}

function isUseOld({ lastUsedAt }: Key, now: number): boolean {
  return lastUsedAt === null || now - lastUsedAt >= USE_RESOLUTION;
}
