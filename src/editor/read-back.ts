import type { CommandContext } from "./context.ts";
import { log } from "./log.ts";

// Whether readers see a change: pages read through the cache are compared with what the Worker makes of them now.

/** How long pages are read back, in milliseconds, how often at most, and the pause between. */
const TIMEOUT = 3000;
const ATTEMPTS = 12;
const PAUSE = 300;

/** Reads pages back through the cache until each is as the Worker makes it now; that also warms them. */
export async function areSeen(context: CommandContext, paths: string[]): Promise<boolean> {
  const until = context.clock() + TIMEOUT;
  let unseen = paths;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) {
      if (context.clock() >= until) break;
      await context.pause(PAUSE);
    }
    const seen = await Promise.all(unseen.map((path) => isFresh(context, path)));
    unseen = unseen.filter((_, index) => !seen[index]);
    if (unseen.length === 0) return true;
  }
  log("not seen yet", { paths: unseen }, console.warn);
  return false;
}

/** Tells whether a page is in the cache as the Worker makes it now. */
export async function isFresh(
  { cached, selfFetch, render }: CommandContext,
  path: string,
): Promise<boolean> {
  try {
    const [seen, made] = await Promise.all([selfFetch(path), render(path)]);
    // Only what was read to its end is stored.
    await seen.arrayBuffer();
    await made.body?.cancel();
    const status = made.status === 304 ? 200 : made.status;
    // Two errors are equal, too, but prove nothing.
    if (status >= 500 || seen.status !== status || tagOf(seen) !== tagOf(made)) return false;
    return !cached || seen.headers.has("Cf-Cache-Status");
  } catch (error) {
    log("not read back", { path, error: String(error) }, console.warn);
    return false;
  }
}

/** An entity tag to compare weakly (RFC 9110 section 8.8.3.2). */
function tagOf({ headers }: Response): string | undefined {
  return headers.get("ETag")?.replace(/^W\//, "");
}
