// Promises: one way to purge, whether the platform or the stand-in has the cache; false when it refused.
// Relies on: `ctx.cache` of Workers Cache (https://developers.cloudflare.com/workers/cache/purge/). Accepted is not yet done:
// the platform returns before the last location has purged.
// Does not: retry, keep to the platform's limits, or know what a tag stands for.

/** What a purge is for: everything under the tags, or everything. */
export type PurgeTarget = { tags: string[] } | { everything: true };

/** `purge`: must not be served again. `invalidate`: may be served once more, while a new one is made. */
export type PurgeKind = "purge" | "invalidate";

/** The part of Workers Cache that is used; its methods are absent where the platform has no cache, or it is off. */
export type PurgeableCache = Partial<
  Record<
    PurgeKind,
    (options: { tags: string[] } | { purgeEverything: true }) => Promise<{ success: boolean }>
  >
>;

/** Tells whether there is a cache in front of the Worker. */
export function isCached(cache: PurgeableCache | undefined): boolean {
  return typeof cache?.purge === "function";
}

/** Purges or invalidates in the cache in front of the Worker. Where there is none, nothing is stale, and it returns true. */
export async function purge(
  cache: PurgeableCache | undefined,
  how: PurgeKind,
  what: PurgeTarget,
): Promise<boolean> {
  if (!cache || !isCached(cache)) return true;
  const options = "everything" in what ? { purgeEverything: true as const } : { tags: what.tags };
  // A platform that cannot invalidate yet can still purge.
  const call = cache[how] ?? cache.purge;
  return (await call?.call(cache, options))?.success ?? true;
}
