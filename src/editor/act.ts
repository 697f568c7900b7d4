import { purgeSet } from "../purge/clauses.ts";
import { granted, refused, type Outcome, type Problem } from "../domain/problem.ts";
import { readAround, type StoryTurn } from "../store/around.d1.ts";
import { writeStories, type StoryChange } from "../store/articles.d1.ts";
import { writeAudit } from "../store/audit.d1.ts";
import type { Commit, Write } from "../store/batch.d1.ts";
import { writeOutbox, type OutboxRow } from "../store/outbox.d1.ts";
import { moveEdition } from "../store/paper.d1.ts";
import type { Change, Plan } from "./change.ts";
import type { Desk } from "./context.ts";
import { copiesOf, writeCopies } from "./copies.ts";
import { deliver, deliveryOf, forgetOf, type Delivery, type Edge } from "./delivery.ts";
import { formRows, makeOwnForms } from "./forms.ts";

/** What an act came to: its answer and what became of it at the edge, or why it was refused. */
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
  desk: Desk,
  attempt: (now: number) => Promise<Outcome<Plan<T>>>,
): Promise<Acted<T>> {
  let commit: Commit = { committed: true };
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    if (tries > 0) await desk.pause(FIRST_PAUSE * 2 ** (tries - 1));
    const now = desk.clock();
    const plan = await attempt(now);
    if (!plan.ok) return plan;
    const { answer, change } = plan.value;
    if (!change) return { ...granted(answer), edge: "none" };
    const delivery = await deliveryFor(desk, change, now);
    const forms = formRows(change, desk.hurried, now);
    const rows = [...(delivery?.rows ?? []), ...forms];
    commit = await desk.store.db.commit(writesOf(desk, change, { delivery, rows }, now));
    if (!commit.committed) continue;
    if (!delivery || change.unseen) return { ...granted(answer), edge: "none" };
    // Forms of pictures are made in the meantime, but nobody waits for more than the one that is begun.
    let isDelivered = false;
    const [edge] = await Promise.all([
      deliver(desk, delivery, seenAt(change)).finally(() => (isDelivered = true)),
      makeOwnForms(desk, forms, () => isDelivered),
    ]);
    return { ...granted(answer), edge };
  }
  // Whoever reads again sees a new version or edition. Another constraint that fails five times is not a race.
  if (!commit.committed && commit.lost !== "edition" && commit.lost !== "version")
    throw commit.error;
  const detail = "Too many editors are publishing at this moment. Nothing was changed; try again.";
  return refused({ kind: "busy", detail, retryAfterSeconds: 1 });
}

/** Tells whether readers lose a story or a picture by it, or an editor purges: such acts go before all others. */
function isTakedown(change: Change): boolean {
  const { stories = [], takesAway = "forget" in change } = change;
  const losesPicture = ({ before, live }: StoryChange) =>
    live && before?.pictures.some((hash) => !live.pictures.includes(hash));
  return (
    takesAway ||
    stories.some((story) => (story.before && story.live === null) || losesPicture(story))
  );
}

/** What of the change the edge has to hear; null for an act that readers cannot see. */
async function deliveryFor(desk: Desk, change: Change, now: number): Promise<Delivery | null> {
  const takesAway = isTakedown(change);
  const telling = { newId: desk.newId, at: seenAt(change)[0], takesAway };
  if (change.forget) {
    const wish = { purge: change.forget, invalidate: null };
    const lost = "tags" in change.forget ? change.forget.tags : [];
    return deliveryOf(wish, { ...telling, lost, hurried: desk.hurried }, now);
  }
  const turns = turnsOf(change);
  if (turns.length === 0 && !change.shows) return null;
  if (change.edition === undefined)
    throw new Error(`A public act must move the edition: ${change.audit[0]?.act}`);
  const shown = turns.length > 0 ? await readAround(desk.store.db, turns) : {};
  const hurried = desk.hurried && !change.unseen;
  const { purge, invalidate } = await purgeSet({ ...change.shows, ...shown });
  const stale = { purge: forgetOf(purge), invalidate: forgetOf(invalidate) };
  // The tags themselves: too many of them become one purge of everything.
  return deliveryOf(stale, { ...telling, lost: takesAway ? purge : [], hurried }, now);
}

function writesOf(
  desk: Desk,
  change: Change,
  { delivery, rows }: { delivery: Delivery | null; rows: OutboxRow[] },
  now: number,
): Write[] {
  const { stories = [], writes = [], audit, edition } = change;
  return [
    ...(delivery && edition !== undefined ? [moveEdition(edition)] : []),
    ...writes,
    ...(stories.length > 0 ? writeStories(stories, now) : []),
    writeAudit(
      audit.map((record) => ({ ...record, actor: desk.actor.id })),
      now,
    ),
    ...(rows.length > 0 ? [writeOutbox(rows, now)] : []),
    ...(delivery && desk.store.copies.kept ? writeCopies(copiesOf(change), now) : []),
  ];
}

/** The stories of which readers see something else afterwards. */
function turnsOf({ stories = [] }: Change): StoryTurn[] {
  return stories.flatMap(({ before, live, shown, article, redirectedFrom }) => {
    if (live === undefined) return [];
    if (live && live.revision !== shown.n)
      throw new Error(`Article ${article.id} is live with ${live.revision}, not with ${shown.n}`);
    const redirectFrom = { before: redirectedFrom, after: article.redirectFrom };
    return [{ before, after: live && { ...live, shown }, redirectFrom }];
  });
}

function seenAt({ stories = [], seenAt: said }: Change): string[] {
  if (said) return said;
  const turned = stories.find(({ live }) => live !== undefined);
  const live = turned?.live ?? turned?.before;
  return live ? [live.path, `/${live.section}`, "/"] : ["/"];
}
