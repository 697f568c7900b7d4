// Promises: one way to make the edge forget, whoever keeps the cache; false when it was refused.
// Relies on: `ctx.cache` of Workers Cache (https://developers.cloudflare.com/workers/cache/purge/).
// Does not: retry, or know what a tag stands for.

/** What to forget: everything under the tags, or everything. */
export type Forget = { tags: string[] } | { everything: true };

/** The part of Workers Cache that is used; absent where the platform has no cache, or it is off. */
export interface PurgeableCache {
  purge?(options: { tags: string[] } | { purgeEverything: true }): Promise<{ success: boolean }>;
}

/** Purges the cache in front of the Worker. Where there is none, nothing is stale and the answer is true. */
export async function purge(cache: PurgeableCache | undefined, forget: Forget): Promise<boolean> {
  if (typeof cache?.purge !== "function") return true;
  const options =
    "everything" in forget ? { purgeEverything: true as const } : { tags: forget.tags };
  return (await cache.purge(options)).success;
}
