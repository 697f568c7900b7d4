import { note } from "../store/notes.d1.ts";
import { deploymentQuery, writeTick, writeVersion } from "../store/deployment.d1.ts";
import { writeOutbox } from "../store/outbox.d1.ts";
import type { CommandContext } from "./context.ts";
import { deliver, deliveryOf } from "./delivery.ts";

/**
 * Purges everything, once, when another version of the Worker serves than before. Each version has a cache of its own: one
 * that comes back has pages from its first time, and among them what was withdrawn since.
 */
export async function noticeVersion(context: CommandContext, version: string): Promise<void> {
  const { store, clock } = context;
  const [[seen]] = await store.db.read(deploymentQuery());
  if (seen?.version === version) return;
  const now = clock();
  const stale = { purge: { everything: true as const }, invalidate: null };
  // The very first version has nothing to purge.
  const delivery = seen?.version ? deliveryOf(context, stale, {}, now) : null;
  const committed = await note(store.db, [
    writeVersion(seen?.version ?? null, version, now),
    ...(delivery?.allowance ? [delivery.allowance] : []),
    ...(delivery ? [writeOutbox(delivery.rows, now)] : []),
  ]);
  // Another Worker was first, and sees to it.
  if (!committed.committed) return;
  const isAllowed = !delivery?.allowance || (committed.taken[0]?.length ?? 0) > 0;
  const edge = delivery ? await deliver(context, delivery, { paths: [], isAllowed }) : "none";
  console.log(JSON.stringify({ event: "version", from: seen?.version ?? null, to: version, edge }));
}

/** Records that the minute's tick ran. */
export async function noticeTick({ store }: CommandContext, startedAt: number): Promise<void> {
  await note(store.db, [writeTick(startedAt)]);
}
