import { refused, granted, type Outcome } from "../domain/problem.ts";
import type { Actor } from "../domain/role.ts";
import { pathTag, purgeSet } from "../domain/tags.ts";
import { writeStories, type StoryChange } from "../store/articles.d1.ts";
import { writeAudit, type AuditRecord } from "../store/audit.d1.ts";
import type { Commit, Write } from "../store/batch.d1.ts";
import type { Store } from "../store/open.ts";
import { writeOutbox } from "../store/outbox.d1.ts";
import { moveEdition } from "../store/paper.d1.ts";

/** Everything a command needs from outside: nothing in a command reads a clock or makes an id by itself. */
export interface Desk {
  store: Store;
  actor: Actor;
  /** Epoch milliseconds. */
  clock(): number;
  newId(): string;
  waitUntil(promise: Promise<unknown>): void;
  /** Waits a random time below the given milliseconds, so that two who lost a race do not meet again at once. */
  pause(below: number): Promise<void>;
  /** Fetches a path of the site the way a reader does. */
  selfFetch(path: string): Promise<Response>;
  /** Asks the edge to forget; false when it refused. */
  purge(forget: Forget): Promise<boolean>;
}

/** What the edge is asked to forget: everything under the tags, or everything. */
export type Forget = { tags: string[] } | { everything: true };

/** What an act changes, all of it in one transaction. */
export interface Change {
  stories?: StoryChange[];
  writes?: Write[];
  /** What readers see otherwise now, beside the stories: tags, or everything. */
  purges?: Forget;
  /** The edition the act read. Every public act moves it. */
  edition?: number;
  audit: Omit<AuditRecord, "actor">[];
}

/** What an attempt came to: an answer, and a change unless there is nothing to write. */
export interface Plan<T> {
  answer: T;
  change?: Change;
}

/** How often a lost race is read again and retried. */
const ATTEMPTS = 5;

/** The longest pause before the first retry, in milliseconds; each later one may be twice as long. */
const FIRST_PAUSE = 30;

/**
 * Carries out one act: reads, decides and commits, and starts over when another act came between.
 * Only the attempt knows whether it still may: an If-Match that has gone stale is refused on the second reading.
 */
export async function act<T>(
  desk: Desk,
  attempt: (now: number) => Promise<Outcome<Plan<T>>>,
): Promise<Outcome<T>> {
  let commit: Commit = { committed: true };
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    if (tries > 0) await desk.pause(FIRST_PAUSE * 2 ** (tries - 1));
    const now = desk.clock();
    const plan = await attempt(now);
    if (!plan.ok) return plan;
    const { answer, change } = plan.value;
    if (!change) return granted(answer);
    commit = await desk.store.db.commit(await writesOf(desk, change, now));
    if (commit.committed) return granted(answer);
  }
  // Whoever reads again sees a new version or edition. Another constraint that fails five times is not a race.
  if (!commit.committed && commit.lost !== "edition" && commit.lost !== "version")
    throw commit.error;
  const detail = "Too many editors are publishing at this moment. Nothing was changed; try again.";
  return refused({ kind: "busy", detail, retryAfterSeconds: 1 });
}

async function writesOf(desk: Desk, change: Change, now: number): Promise<Write[]> {
  const { stories = [], writes = [], audit } = change;
  const purges = await purgesOf(change);
  if (purges && change.edition === undefined)
    throw new Error(`A public act must move the edition: ${audit[0]?.act}`);
  return [
    ...(purges && change.edition !== undefined ? [moveEdition(change.edition)] : []),
    ...writes,
    ...(stories.length > 0 ? writeStories(stories, now) : []),
    writeAudit(
      audit.map((record) => ({ ...record, actor: desk.actor.id })),
      now,
    ),
    ...(purges
      ? [writeOutbox([{ id: desk.newId(), kind: "purge", payload: purges, dueAt: now }], now)]
      : []),
  ];
}

/** What the act makes stale at the edge, or null for an act that readers cannot see. */
async function purgesOf({ stories = [], purges }: Change): Promise<Forget | null> {
  if (purges && "everything" in purges) return purges;
  const tags = new Set(purges?.tags);
  for (const { before, live, article } of stories) {
    if (live === undefined) continue;
    for (const path of article.redirectFrom) tags.add(await pathTag(path));
    for (const tag of await purgeSet(before, live)) tags.add(tag);
  }
  return tags.size > 0 ? { tags: [...tags].sort() } : null;
}
