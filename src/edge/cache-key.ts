// Promises: requests that the platform would serve from one stored response have one key, and others have others.
// Relies on: https://developers.cloudflare.com/workers/cache/cache-keys/
// Does not: look at host, method, cookies or any header that is not named here.

/**
 * Headers that are in the key, because a Worker's framework may respond otherwise to them: whoever sends one can only
 * spoil an entry of their own.
 */
export const ANTI_POISONING = [
  "X-HTTP-Method",
  "X-HTTP-Method-Override",
  "X-Method-Override",
  "X-Forwarded-Host",
  "X-Host",
  "X-Forwarded-Scheme",
  "X-Original-URL",
  "X-Rewrite-URL",
  "Forwarded",
  "Cloudflare-Workers-Version-Key",
];

/** What a header of the list above adds to the key; null for nothing. A forwarded scheme that is one adds nothing. */
export function poisonOf(headers: Headers, name: string): string | null {
  const value = headers.get(name);
  return name === "X-Forwarded-Scheme" && /^https?$/.test(value ?? "") ? null : value;
}

/** The key of a request. `partition` is what else is in the platform's key: the Worker's version, its props. */
export function keyOf(request: Request, partition: string): string {
  const { pathname, search } = new URL(request.url);
  const chosen = (request.cf as { cacheKey?: unknown } | undefined)?.cacheKey;
  const address = typeof chosen === "string" ? `key ${chosen}` : pathname + search;
  let key = `${partition}\n${address}`;
  for (const name of ANTI_POISONING) {
    const value = poisonOf(request.headers, name);
    if (value !== null) key += `\n${name}: ${value}`;
  }
  return key;
}
