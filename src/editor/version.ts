import { deploymentQuery, writeVersion } from "../store/deployment.d1.ts";
import { writeOutbox } from "../store/outbox.d1.ts";
import type { Desk } from "./context.ts";
import { deliver, deliveryOf } from "./delivery.ts";

/**
 * Purges everything, once, when another version of the Worker serves than before. Each version has a cache of its own: one
 * that comes back has pages from its first time, and among them what was withdrawn since.
 */
export async function noticeVersion(desk: Desk, version: string): Promise<void> {
  const { store, clock } = desk;
  const [[seen]] = await store.db.read(deploymentQuery());
  if (seen?.version === version) return;
  const now = clock();
  const stale = { purge: { everything: true as const }, invalidate: null };
  // The very first version has nothing to forget.
  const delivery = seen?.version ? deliveryOf(stale, desk, now) : null;
  const commit = await store.db.commit([
    writeVersion(seen?.version ?? null, version, now),
    ...(delivery ? [writeOutbox(delivery.rows, now)] : []),
  ]);
  // Another Worker was first, and sees to it.
  if (!commit.committed) return;
  const edge = delivery ? await deliver(desk, delivery, []) : "none";
  console.log(JSON.stringify({ event: "version", from: seen?.version ?? null, to: version, edge }));
}
