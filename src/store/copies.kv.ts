// Promises: the last good copy of a page, for when the database is away.
// Relies on: KV, which may be a minute or more behind (https://developers.cloudflare.com/kv/concepts/how-kv-works/).
// Does not: decide what is copied or when a copy is shown. Nothing is ever made of a copy but one response.

/** A page as it was served: enough of its headers to serve it again. */
export interface Copy {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Copies {
  /** Whether there is anywhere to keep them. */
  kept: boolean;
  /** How many may be written on a day. */
  aDay: number;
  find(path: string): Promise<Copy | null>;
  keep(path: string, copy: Copy): Promise<void>;
}

/** How long the copy of what is gone is kept, in seconds: it only has to outlive the page's own copy. */
const GONE_LIFETIME = 30 * 24 * 60 * 60;

const keyOf = (path: string) => `page:${path}`;

/** Opens the copies; without a namespace there are none, and none are kept. */
export function openCopies(kv: KVNamespace | undefined, aDay: number): Copies {
  return {
    kept: kv !== undefined,
    aDay: kv ? aDay : 0,
    async find(path) {
      // KV refuses keys over 512 bytes, and no page has such a path.
      if (!kv || path.length > 400) return null;
      return kv.get<Copy>(keyOf(path), "json");
    },
    async keep(path, copy) {
      const isGone = copy.status !== 200;
      await kv?.put(
        keyOf(path),
        JSON.stringify(copy),
        isGone ? { expirationTtl: GONE_LIFETIME } : {},
      );
    },
  };
}
