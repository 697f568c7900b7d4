import { offeredForms, pictureAt } from "../domain/media.ts";
import { note, take } from "../store/notes.d1.ts";
import { pictureQuery } from "../store/media.d1.ts";
import type { Completion, MakingTime } from "../store/media.r2.ts";
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
import type { PublicChange } from "./change.ts";
import type { CommandContext } from "./context.ts";
import { log } from "./log.ts";

// The smaller forms of the pictures that open stories: made when a story is published, so that readers need not wait for them.
// Whoever publishes makes some while the edge is looked at; what takes longer, or fails, is left to the minute's tick.

/** Of how many pictures an act makes the forms itself: an import leaves most of them to the cron. */
const PICTURES_AN_ACT = 2;
/** How many pictures one tick takes. */
const PICTURES_A_TICK = 10;
/** How long a tick goes on beginning forms, in milliseconds. */
const TIME_OF_A_TICK = 10_000;
/** When a form that could not be made is tried again, in milliseconds, and how often: then it is made for the first reader. */
const RETRY = 5 * 60_000;
const ATTEMPTS = 5;

/** A row for each picture that comes to open a story, or to stand on the front page alone; those that the act makes itself are leased to it. */
export function formRows(
  { stories = [], shows }: PublicChange,
  hurried: boolean,
  now: number,
): OutboxRow[] {
  const hashes = stories.flatMap(({ before, after: { live } }) => {
    const hash = pictureAt(live?.card.hero?.src ?? "")?.hash;
    return hash === undefined || before?.live?.pictures.includes(hash) ? [] : [hash];
  });
  return [...new Set([...hashes, ...(shows?.frontPictures?.shown ?? [])])].map((hash, index) => ({
    id: `form:${hash}`,
    kind: "form",
    payload: { hash },
    dueAt: now,
    leasedUntil: hurried && index < PICTURES_AN_ACT ? now + OWN_LEASE : null,
  }));
}

/** Makes the forms that an act leased. The act is committed: a failure here does not fail it. */
export async function makeOwnForms(
  context: CommandContext,
  rows: OutboxRow[],
  isOver: () => boolean,
): Promise<void> {
  try {
    // Phones ask for the first one: it is begun however soon the edge has the change.
    await makeForms(context, ownRows(rows), { isOver, atLeast: 1 });
  } catch (error) {
    log("forms not made", { error: String(error) }, console.error);
  }
}

/** The tick's part: makes the forms that are due. */
export async function makeDueForms(context: CommandContext): Promise<void> {
  const now = context.clock();
  const rows = await take(context.store.db, leaseQuery(["form"], { now, limit: PICTURES_A_TICK }));
  const isOver = () => context.clock() >= now + TIME_OF_A_TICK;
  await makeForms(context, rows, { isOver, atLeast: 0 });
}

/** Makes the forms of some pictures, one after the other. */
async function makeForms(
  context: CommandContext,
  rows: LeasedRow[],
  time: MakingTime,
): Promise<void> {
  if (rows.length === 0) return;
  const results = new Map<LeasedRow, Completion>();
  for (const [index, row] of rows.entries()) {
    const atLeast = index === 0 ? time.atLeast : 0;
    results.set(row, await makeFormsOf(context, row, { ...time, atLeast }));
  }
  const came = (result: Completion) => rows.filter((row) => results.get(row) === result);
  const hopeless = came("failed").filter(({ attempts }) => attempts >= ATTEMPTS);
  const failed = came("failed").filter(({ attempts }) => attempts < ATTEMPTS);
  const now = context.clock();
  await note(context.store.db, [
    finishOutbox([...came("done"), ...hopeless], now),
    postponeOutbox(came("late")),
    releaseOutbox(failed, now + RETRY),
  ]);
  const told = { done: came("done").length, late: came("late").length };
  log("forms", { ...told, failed: failed.length + hopeless.length });
}

async function makeFormsOf(
  { store }: CommandContext,
  row: LeasedRow,
  time: MakingTime,
): Promise<Completion> {
  const { hash } = JSON.parse(row.payload) as { hash: string };
  try {
    const [[picture]] = await store.db.read(pictureQuery(hash));
    if (!picture || picture.removedAt !== null) return "done";
    return await store.pictures.complete(picture, offeredForms(picture), time);
  } catch (error) {
    log("forms not made", { hash, error: String(error) }, console.error);
    return "failed";
  }
}
