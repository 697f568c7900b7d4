import type { Form, Live, StoryChange } from "../domain/article.ts";
import { granted, invalid, refused, type Outcome, type Problem } from "../domain/problem.ts";
import { purgeSet } from "../purge/clauses.ts";
import type { Replaced } from "../purge/public-act.ts";
import { readAround } from "../store/around.d1.ts";
import { writeStories } from "../store/articles.d1.ts";
import { writeAudit } from "../store/audit.d1.ts";
import type { Write } from "../store/batch.d1.ts";
import { commit, type Commit } from "../store/commit.d1.ts";
import { firstResponseQuery, writeFirstResponse } from "../store/idempotency.d1.ts";
import { changesWhatReadersSee } from "../store/live.d1.ts";
import { writeOutbox, type OutboxRow } from "../store/outbox.d1.ts";
import { moveEdition } from "../store/paper.d1.ts";
import { writeOldStillsDue } from "../store/stills.d1.ts";
import type { Change, Plan, PublicChange, PurgeByHand } from "./change.ts";
import type { CommandContext, Retry } from "./context.ts";
import { copiesOf, writeCopies } from "./copies.ts";
import { deliver, deliveryOf, type Delivery, type Edge } from "./delivery.ts";
import { purgeTarget } from "./purge-calls.ts";
import { formRows, makeOwnForms } from "./forms.ts";
import { indexOwn, indexRows } from "./indexing.ts";
import { seal, unseal } from "./sealed.ts";

/** What an act came to: its result and what became of it at the edge, or why it was refused. */
export type Acted<T> = { ok: true; value: T; edge: Edge } | { ok: false; problem: Problem };

/** How often a lost race is read again and retried. */
const ATTEMPTS = 5;

/** The longest pause before the first retry, in milliseconds; each later one may be twice as long. */
const FIRST_PAUSE = 30;

/**
 * Carries out one act: reads, decides and commits, and starts over when another act came between.
 * Only the attempt knows whether it still may: an If-Match that has gone stale is refused on the second reading.
 */
export async function act<T>(
  context: CommandContext,
  attempt: (now: number) => Promise<Outcome<Plan<T>>>,
): Promise<Acted<T>> {
  let lost: Extract<Commit, { committed: false }> | null = null;
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    if (tries > 0) await context.pause(FIRST_PAUSE * 2 ** (tries - 1));
    const now = context.clock();
    const first = context.retry && (await firstResponse<T>(context, context.retry, now));
    if (first) return first;
    const plan = await attempt(now);
    // The same request may have been carried out since: then it is no refusal.
    if (!plan.ok)
      return (context.retry && (await firstResponse<T>(context, context.retry, now))) ?? plan;
    const { result, change } = plan.value;
    if (!change && !context.retry) return { ...granted(result), edge: "none" };
    const carried = change
      ? await carryOut(context, change, { result, now })
      : await remember(context, result, now);
    if (carried.committed) return { ...granted(result), edge: carried.edge };
    lost = carried;
  }
  // Whoever reads again sees a new version or edition. Another constraint that fails five times is not a race.
  if (lost && lost.lost !== "edition" && lost.lost !== "version") throw lost.error;
  const detail = "Too many editors are publishing at this moment. Nothing was changed; try again.";
  return refused({ kind: "busy", detail, retryAfterSeconds: 1 });
}

/** Commits a change, purges what it made stale, and looks whether readers see it. */
async function carryOut(
  context: CommandContext,
  change: Change,
  { result, now }: { result: unknown; now: number },
): Promise<{ committed: true; edge: Edge } | Extract<Commit, { committed: false }>> {
  const delivery = await deliveryFor(context, change, now);
  const forms = change.kind === "public" ? formRows(change, context.hurried, now) : [];
  const texts = change.kind === "purge" ? [] : indexRows(context, change, now);
  const rows = [...(delivery?.rows ?? []), ...forms, ...texts];
  const committed = await commit(context.store.db, [
    ...(delivery?.allowance ? [delivery.allowance] : []),
    ...writesOf(context, change, rows, now),
    ...(await responseWrites(context, { result, outbox: toldNow(change, delivery, now) }, now)),
  ]);
  if (!committed.committed) return committed;
  const isWaitedFor = change.kind !== "purge" && change.unindexes;
  const [edge] = await Promise.all([
    deliverOwn(context, change, { delivery, forms, taken: committed.taken }),
    isWaitedFor && indexOwn(context, texts),
  ]);
  if (!isWaitedFor) context.goOn(indexOwn(context, texts));
  return { committed: true, edge };
}

/** Purges what a committed change made stale, and makes what readers need for it. */
async function deliverOwn(
  context: CommandContext,
  change: Change,
  { delivery, forms, taken }: { delivery: Delivery | null; forms: OutboxRow[]; taken: unknown[][] },
): Promise<Edge> {
  if (!delivery || change.kind === "private" || (change.kind === "public" && change.unseen))
    return "none";
  const isAllowed = !delivery.allowance || (taken[0]?.length ?? 0) > 0;
  // Forms of pictures are made in the meantime, but nobody waits for more than the one that is begun.
  let isDelivered = false;
  const [edge] = await Promise.all([
    deliver(context, delivery, { paths: seenAt(change), isAllowed }).finally(
      () => (isDelivered = true),
    ),
    makeOwnForms(context, forms, () => isDelivered),
  ]);
  return edge;
}

/** Stores the response of an act that had nothing to do: sent again, it is the same request. */
async function remember(
  context: CommandContext,
  result: unknown,
  now: number,
): Promise<{ committed: true; edge: Edge } | Extract<Commit, { committed: false }>> {
  const writes = await responseWrites(context, { result, outbox: [] }, now);
  const committed = await commit(context.store.db, writes);
  return committed.committed ? { committed: true, edge: "none" } : committed;
}

/** The response to a request that was sent before with the same key, or why the key cannot be used for this one. */
async function firstResponse<T>(
  { store, actor }: CommandContext,
  { key, callHash }: Retry,
  now: number,
): Promise<Acted<T> | null> {
  const [[first]] = await store.db.read(firstResponseQuery(actor.id, key, now));
  if (!first) return null;
  const { response, told, pending } = first;
  const text = first.callHash === callHash ? await unseal(store.rootKey ?? "", response) : null;
  if (text !== null) {
    const edge = told === 0 ? "none" : pending > 0 ? "pending" : "live";
    return { ...granted(JSON.parse(text) as T), edge };
  }
  const message =
    first.callHash === callHash
      ? "was used for this call, whose response cannot be read any more: look whether it was carried out, and choose a new one."
      : "was used within 24 hours, for another call or body or with an earlier version of the Worker; choose a new one.";
  return invalid([{ path: "Idempotency-Key", message }]);
}

async function responseWrites(
  { actor, retry, store }: CommandContext,
  { result, outbox }: { result: unknown; outbox: string[] },
  now: number,
): Promise<Write[]> {
  if (!retry) return [];
  const response = await seal(store.rootKey ?? "", JSON.stringify(result));
  return writeFirstResponse({ owner: actor.id, ...retry, response, outbox }, now);
}

/** The rows of the outbox by which a later response knows whether the edge was told. */
function toldNow(change: Change, delivery: Delivery | null, now: number): string[] {
  if (change.kind === "private" || (change.kind === "public" && change.unseen)) return [];
  const { own = [], rows = [] } = delivery ?? {};
  const told = own.length > 0 ? own : rows.filter(({ dueAt }) => dueAt <= now);
  return told.map(({ id }) => id);
}

/** What of the change the edge has to be told; null for one that readers cannot see. */
async function deliveryFor(
  context: CommandContext,
  change: Change,
  now: number,
): Promise<Delivery | null> {
  if (change.kind === "private") return null;
  const [at] = seenAt(change);
  if (change.kind === "purge") {
    const lost = "tags" in change.target ? change.target.tags : [];
    const stale = { purge: change.target, invalidate: null };
    return deliveryOf(context, stale, { at, takesAway: true, lost }, now);
  }
  const seen = (change.stories ?? []).filter(changesWhatReadersSee);
  const of = (form: Form) =>
    seen.filter(({ after }) => after.article.form === form).map(asReadersSee);
  const articles = { stories: of("story"), pages: of("page") };
  const around = seen.length > 0 ? await readAround(context.store.db, articles) : undefined;
  const act = { ...change.shows, ...articles, ...(around && { around }) };
  const { purge, invalidate } = await purgeSet(act, context.siteMap);
  const stale = { purge: purgeTarget(purge), invalidate: purgeTarget(invalidate) };
  const takesAway = isTakedown(change);
  // The tags themselves: too many of them become one purge of everything.
  const told = { at, takesAway, lost: takesAway ? purge : [], unseen: change.unseen };
  return deliveryOf(context, stale, told, now);
}

function asReadersSee({ before, after }: StoryChange): Replaced<Live> {
  return { before: before?.live ?? null, after: after.live };
}

/** Tells whether readers lose a story or a picture by it: such acts go before all others. */
function isTakedown({ stories = [], takesAway = false }: PublicChange): boolean {
  return (
    takesAway ||
    stories.map(asReadersSee).some(({ before, after }) => {
      if (!before || !after) return before !== null;
      return before.pictures.some((hash) => !after.pictures.includes(hash));
    })
  );
}

function writesOf(
  { store, actor }: CommandContext,
  change: Change,
  rows: OutboxRow[],
  now: number,
): Write[] {
  const { stories = [], writes = [], edition } = change.kind === "purge" ? NOTHING : change;
  const isPublic = change.kind === "public";
  return [
    ...(edition === undefined ? [] : [moveEdition(edition)]),
    ...writes,
    ...(stories.length > 0 ? writeStories(stories, now) : []),
    ...writeAudit(
      change.audit.map((record) => ({ ...record, actor: actor.id })),
      now,
    ),
    ...(rows.length > 0 ? [writeOutbox(rows, now)] : []),
    ...oldStills(stories, now),
    ...(isPublic && store.copies.kept ? writeCopies(copiesOf(change), now) : []),
  ];
}

/** Pictures of charts that come out again, and may be old by now. */
function oldStills(stories: StoryChange[], now: number): Write[] {
  const hashes = stories.flatMap(({ before, after: { live } }) =>
    live === null || live.revision === before?.live?.revision ? [] : live.pictures,
  );
  return hashes.length > 0 ? [writeOldStillsDue([...new Set(hashes)], now)] : [];
}

const NOTHING: Pick<PublicChange, "stories" | "writes"> & { edition?: undefined } = {};

/** Where readers see the change. */
function seenAt(change: PublicChange | PurgeByHand): string[] {
  if (change.seenAt) return change.seenAt;
  const seen = change.kind === "public" ? change.stories?.find(changesWhatReadersSee) : undefined;
  const live = seen?.after.live ?? seen?.before?.live;
  if (live && seen?.after.article.form === "page") return [live.path];
  return live ? [live.path, `/${live.section}`, "/"] : ["/"];
}
