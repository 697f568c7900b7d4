// Promises: the pictures of a preview can be fetched without a key for an hour, and no others by it.
// Relies on: HMAC-SHA-256 (RFC 2104) under ROOT_KEY, which only the Worker has.
// Does not: remember anything. A picture's address outlives its preview by that hour at most.

import { formNamed } from "../../domain/media.ts";
import { pictureQuery } from "../../store/media.d1.ts";
import type { Bytes } from "../../store/media.r2.ts";
import type { Store } from "../../store/open.ts";

/** How long a picture's address is good after its page was made, in milliseconds. */
const LIFETIME = 60 * 60_000;

/** Leads a page's pictures through addresses of the preview's own: at theirs readers find nothing yet. */
export async function withOwnPictures(
  html: string,
  hashes: string[],
  { rootKey, now }: { rootKey: string; now: number },
): Promise<string> {
  const key = await importKey(rootKey);
  const expires = now + LIFETIME;
  let page = html;
  for (const hash of hashes) {
    const mac = await crypto.subtle.sign("HMAC", key, claimOf(hash, expires));
    const pass = `${expires}-${new Uint8Array(mac).toBase64({ alphabet: "base64url", omitPadding: true })}`;
    page = page.replaceAll(`/media/${hash}/`, `/preview/media/${pass}/${hash}/`);
  }
  return page;
}

/** The bytes at such an address; null when it is none, or its hour is over. */
export async function openOwnPicture(
  { db, pictures, rootKey }: Store,
  { pass, hash, name }: { pass: string; hash: string; name: string },
  now: number,
): Promise<Bytes | null> {
  const [, digits, mac] = /^(\d{1,15})-([\w-]{43})$/.exec(pass) ?? [];
  if (rootKey === null || mac === undefined || Number(digits) <= now) return null;
  const signature = Uint8Array.fromBase64(mac, { alphabet: "base64url" });
  const key = await importKey(rootKey);
  // Compares in constant time.
  const isOurs = await crypto.subtle.verify("HMAC", key, signature, claimOf(hash, Number(digits)));
  if (!isOurs) return null;
  const [[picture]] = await db.read(pictureQuery(hash));
  if (!picture || picture.removedAt !== null) return null;
  const form = formNamed(name);
  if (form) return pictures.sized(picture, form);
  return name === picture.name ? pictures.original(picture) : null;
}

function claimOf(hash: string, expires: number): BufferSource {
  return new TextEncoder().encode(`preview picture ${hash} ${expires}`);
}

function importKey(rootKey: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(rootKey);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign", "verify"]);
}
