import { SITE } from "../purge/tags.ts";
import { takePurges } from "../store/allowances.d1.ts";
import type { Take } from "../store/batch.d1.ts";
import { note, take } from "../store/notes.d1.ts";
import {
  finishOutbox,
  deleteFinished,
  leaseQuery,
  OWN_LEASE,
  ownRows,
  releaseOutbox,
  repeatOutbox,
  type LeasedRow,
  type OutboxRow,
} from "../store/outbox.d1.ts";
import type { CommandContext, PurgeTarget } from "./context.ts";
import {
  callsOf,
  isPurged,
  namesOf,
  namesOfRow,
  ROWS_A_TICK,
  type PurgeCall,
} from "./purge-calls.ts";
import { log } from "./log.ts";
import { isFresh, areSeen } from "./read-back.ts";

// Purges what an act made stale: at once in the request that acts, and for certain by the next tick of the cron.

/** What a response says of the edge: seen there, on its way, or nothing that readers see has changed. */
export type Edge = "live" | "pending" | "none";

/** How long a page may be in the making: what was read before an act may be stored until then, in milliseconds. */
const CLOSING = 60_000;
/** When a picture that readers lose is purged again, in milliseconds: a slow reader's copy may be stored after the closing purge. */
const LATE_CLOSINGS = [10 * 60_000, 60 * 60_000];
/** Calls that acts leave to the cron, which purges for many acts in one call. */
const RESERVE = 10;
/** A takedown may also use the 5 calls between our own limit and the platform's (store/allowances.d1.ts). */
const TAKEDOWN_RESERVE = -5;
/** What an act needs done at the edge. */
export interface Delivery {
  rows: OutboxRow[];
  /** What of it the act sees to itself. */
  own: OutboxRow[];
  /** Takes the first call of that from what may still be purged, in the act's own batch; null where there is no cache. */
  allowance: Take | null;
}

/** What else a purge depends on. */
interface PurgeOptions {
  /** A page that shows the change, for the cron to look at. */
  at?: string | undefined;
  /** Whether readers lose something, so that it goes before all others. */
  takesAway?: boolean;
  /** The tags of what readers lose. Pictures among it are large, and on their way to slow readers for minutes. */
  lost?: string[];
  /** No page shows the change yet: the minute's call is soon enough. */
  unseen?: boolean | undefined;
}

/**
 * The rows of the outbox that purge. Each purge is repeated a minute later: a page that was being made when the act was
 * committed may have been stored after the first one.
 */
export function deliveryOf(
  { newId, hurried, cached }: Pick<CommandContext, "newId" | "hurried" | "cached">,
  { purge: hard, invalidate: soft }: { purge: PurgeTarget | null; invalidate: PurgeTarget | null },
  { at, takesAway = false, lost = [], unseen = false }: PurgeOptions,
  now: number,
): Delivery {
  const row = (kind: OutboxRow["kind"], payload: PurgeTarget, dueAt: number): OutboxRow => ({
    id: newId(),
    kind,
    payload: {
      ...payload,
      ...(at === undefined ? {} : { at }),
      ...(takesAway ? { first: true } : {}),
    },
    dueAt,
    leasedUntil: null,
  });
  const pictures = lost.filter((tag) => tag.startsWith("media:"));
  const first = hard ? [row("purge", hard, now)] : [];
  const later = soft ? [row("invalidate", soft, now)] : [];
  const closing = [
    ...(hard ? [row("close", hard, now + CLOSING)] : []),
    ...(soft ? [row("invalidate", soft, now + CLOSING)] : []),
    ...(pictures.length > 0
      ? LATE_CLOSINGS.map((wait) => row("close", { tags: pictures }, now + wait))
      : []),
  ];
  // What changes every page is invalidated at once, and not only by the next tick.
  const isWide = soft !== null && ("everything" in soft || soft.tags.includes(SITE));
  const own = hurried && !unseen ? [...first, ...(isWide ? later : [])] : [];
  for (const each of own) each.leasedUntil = now + OWN_LEASE;
  const [call] = callsOf(ownRows(own));
  const allowance = cached && call ? allowanceOf(call, RESERVE, now) : null;
  return { rows: [...first, ...later, ...closing], own, allowance };
}

function allowanceOf({ urgent }: PurgeCall, forOthers: number, now: number): Take {
  return takePurges({ calls: 1, reserve: urgent ? TAKEDOWN_RESERVE : forOthers, now });
}

/**
 * Purges at once what an act made stale, and looks whether readers see the change. The act is committed: a failure
 * here does not fail the act, since the outbox has all of it. `isAllowed` tells whether the act's batch got the first call.
 */
export async function deliver(
  context: CommandContext,
  { own }: Delivery,
  { paths, isAllowed }: { paths: string[]; isAllowed: boolean },
): Promise<Edge> {
  if (own.length === 0) return "pending";
  const rows = ownRows(own);
  try {
    const { done } = await purgeNow(context, rows, {
      reserve: RESERVE,
      isFirstAllowed: isAllowed,
    });
    // What is not seen yet the cron does once more.
    const isLive = done.length === rows.length && (await areSeen(context, paths));
    const settled = isLive ? finishOutbox(rows, context.clock()) : releaseOutbox(rows);
    // After the response: until then the rows are leased, and what is done twice does no harm.
    context.goOn(note(context.store.db, [settled]));
    return isLive ? "live" : "pending";
  } catch (error) {
    log("not delivered", { error: String(error) }, console.error);
    return "pending";
  }
}

/** The tick's part: everything that is due, for all acts together. */
export async function deliverDue(context: CommandContext): Promise<void> {
  const now = context.clock();
  const rows = await take(
    context.store.db,
    leaseQuery(["purge", "close", "invalidate"], { now, limit: ROWS_A_TICK }),
  );
  if (rows.length === 0) return;
  const { done, accepted } = await purgeNow(context, rows, { reserve: 0 });
  const late = await unseenOf(context, done, accepted);
  const finished = new Set(done.filter((row) => !late.has(row)));
  await note(context.store.db, [
    finishOutbox([...finished], context.clock()),
    releaseOutbox(rows.filter((row) => !finished.has(row) && !late.has(row))),
    repeatOutbox([...late], context.clock() + REPEAT),
    deleteFinished(context.clock()),
  ]);
}

function repeatsOf({ payload }: LeasedRow): number {
  return (JSON.parse(payload) as { repeats?: number }).repeats ?? 0;
}

/** How often a purge is repeated that was accepted and not seen, and when: by the next tick, not once more by this one. */
const REPEATS = 5;
const REPEAT = 30_000;

/**
 * Looks at one page of each purge that was accepted, and tells the rows to repeat: near its limit the platform has been seen
 * to accept a purge and to carry it out late, or not at all. A page that stays as it was is given up after some minutes: a
 * later act may have changed it, and the closing purge of that one is still to come.
 */
async function unseenOf(
  context: CommandContext,
  rows: LeasedRow[],
  calls: PurgeCall[],
): Promise<Set<LeasedRow>> {
  const late = new Set<LeasedRow>();
  for (const call of calls.filter(({ how }) => how === "purge")) {
    const names = new Set(namesOf(call));
    const concerned = rows.filter(
      (row) =>
        row.kind !== "invalidate" &&
        (names.has("purge *") || namesOfRow(row).some((name) => names.has(name))),
    );
    const at = concerned.map(({ payload }) => (JSON.parse(payload) as { at?: string }).at);
    const path = at.find((known) => known !== undefined);
    if (path === undefined || (await isFresh(context, path))) continue;
    log("not seen yet", { paths: [path], rows: concerned.length }, console.warn);
    // Refusals do not count: what has not been accepted yet has not been tried.
    for (const row of concerned) if (repeatsOf(row) < REPEATS) late.add(row);
  }
  return late;
}

/** Purges what the rows name in as few calls as may be, and tells which rows were purged whole. */
async function purgeNow(
  context: CommandContext,
  rows: LeasedRow[],
  { reserve, isFirstAllowed }: { reserve: number; isFirstAllowed?: boolean },
): Promise<{ done: LeasedRow[]; accepted: PurgeCall[] }> {
  const calls = callsOf(rows);
  const purged = new Set<string>();
  const made: PurgeCall[] = [];
  for (const [index, call] of calls.entries()) {
    // The first call may be paid for already.
    const isAllowed =
      (index === 0 ? isFirstAllowed : undefined) ?? (await isPaid(context, call, reserve));
    const accepted = isAllowed && (await purgeOnce(context, call));
    log("purge", {
      how: call.how,
      ...("everything" in call.what ? { everything: true } : { tags: call.what.tags.length }),
      rows: rows.length,
      call: `${index + 1}/${calls.length}`,
      accepted,
    });
    if (!accepted) break;
    made.push(call);
    for (const name of namesOf(call)) purged.add(name);
  }
  const done = rows.filter((row) => namesOfRow(row).every((name) => isPurged(name, purged)));
  return { done, accepted: made };
}

/** Takes a call from the allowance of purges; without a cache there is none to take from. */
async function isPaid(
  { cached, store, clock }: CommandContext,
  call: PurgeCall,
  reserve: number,
): Promise<boolean> {
  return !cached || (await take(store.db, allowanceOf(call, reserve, clock()))).length > 0;
}

async function purgeOnce(context: CommandContext, { how, what }: PurgeCall): Promise<boolean> {
  try {
    return await context.purge(how, what);
  } catch (error) {
    log("purge failed", { how, error: String(error) }, console.error);
    return false;
  }
}
