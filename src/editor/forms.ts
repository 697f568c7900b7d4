import { offeredForms, pictureAt } from "../domain/media.ts";
import { pictureFromRow, pictureQuery } from "../store/media.d1.ts";
import type { Completion } from "../store/media.r2.ts";
import {
  finishOutbox,
  leaseQuery,
  OWN_LEASE,
  ownRows,
  postponeOutbox,
  releaseOutbox,
  type LeasedRow,
  type OutboxRow,
} from "../store/outbox.d1.ts";
import type { Change } from "./change.ts";
import type { Desk } from "./context.ts";

// The smaller forms of the pictures that open stories: made when a story is published, so that readers need not wait for them.
// Whoever publishes makes some while the edge is looked at; what takes longer, or fails, is left to the minute's tick.

/** Of how many pictures an act makes the forms itself: an import leaves most of them to the cron. */
const PICTURES_AN_ACT = 2;
/** How many pictures one tick takes. */
const PICTURES_A_TICK = 10;
/** How long a tick goes on beginning forms, in milliseconds. */
const TIME_OF_A_TICK = 10_000;
/** When a form that could not be made is tried again, in milliseconds, and how often: then it is left to who asks for it. */
const RETRY = 5 * 60_000;
const ATTEMPTS = 5;

/** A row for each picture that comes to open a story; those that the act makes itself are leased to it. */
export function formRows({ stories = [] }: Change, hurried: boolean, now: number): OutboxRow[] {
  const hashes = stories.flatMap(({ before, live, shown: { hero } }) => {
    const hash = live && hero ? pictureAt(hero.src)?.hash : undefined;
    return hash === undefined || before?.pictures.includes(hash) ? [] : [hash];
  });
  return [...new Set(hashes)].map((hash, index) => ({
    id: `form:${hash}`,
    kind: "form",
    payload: { hash },
    dueAt: now,
    leasedUntil: hurried && index < PICTURES_AN_ACT ? now + OWN_LEASE : null,
  }));
}

/** Makes the forms that an act leased. The act is committed: whatever goes wrong here is no error of the act's. */
export async function makeOwnForms(
  desk: Desk,
  rows: OutboxRow[],
  isOver: () => boolean,
): Promise<void> {
  try {
    await makeForms(desk, ownRows(rows), isOver);
  } catch (error) {
    log("forms not made", { error: String(error) }, console.error);
  }
}

/** The minute's part: whatever forms are due. */
export async function makeDueForms(desk: Desk): Promise<void> {
  const now = desk.clock();
  const rows = await desk.store.db.take(leaseQuery(["form"], { now, limit: PICTURES_A_TICK }));
  await makeForms(desk, rows, () => desk.clock() >= now + TIME_OF_A_TICK);
}

/** Makes the forms of some pictures, one after the other; begins none once time is over. */
async function makeForms(desk: Desk, rows: LeasedRow[], isOver: () => boolean): Promise<void> {
  if (rows.length === 0) return;
  const results = new Map<LeasedRow, Completion>();
  for (const row of rows) results.set(row, await makeFormsOf(desk, row, isOver));
  const came = (result: Completion) => rows.filter((row) => results.get(row) === result);
  const hopeless = came("failed").filter(({ attempts }) => attempts >= ATTEMPTS);
  const failed = came("failed").filter(({ attempts }) => attempts < ATTEMPTS);
  const now = desk.clock();
  await desk.store.db.commit([
    finishOutbox([...came("done"), ...hopeless], now),
    postponeOutbox(came("late")),
    releaseOutbox(failed, now + RETRY),
  ]);
  const told = { done: came("done").length, late: came("late").length };
  log("forms", { ...told, failed: failed.length + hopeless.length });
}

async function makeFormsOf(
  { store }: Desk,
  row: LeasedRow,
  isOver: () => boolean,
): Promise<Completion> {
  const { hash } = JSON.parse(row.payload) as { hash: string };
  try {
    const [[found]] = await store.db.read(pictureQuery(hash));
    const picture = found && pictureFromRow(found);
    if (!picture || picture.removedAt !== null) return "done";
    return await store.pictures.complete(picture, offeredForms(picture), isOver);
  } catch (error) {
    log("forms not made", { hash, error: String(error) }, console.error);
    return "failed";
  }
}

function log(event: string, told: object, write = console.log): void {
  write(JSON.stringify({ event, ...told }));
}
