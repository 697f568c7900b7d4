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

// How what an act made stale is forgotten at the edge: at once by whoever acts, and by the minute's tick for certain.

/** What a response says of the edge: seen there, on its way, or nothing that readers see has changed. */
export type Edge = "live" | "pending" | "none";

/** Past so many tags one purge of everything is cheaper than the calls, of which there are five a minute. */
const TAGS_AT_MOST = 500;
/** What one call may name: https://developers.cloudflare.com/workers/cache/limitations/ */
const TAGS_A_CALL = 100;

/** How long a page may be in the making: what was read before an act may be stored until then, in milliseconds. */
const CLOSING = 60_000;
/** When a picture that is lost is purged once more: a slow reader's copy may have been stored after the closing purge. */
const LATE_CLOSINGS = [10 * 60_000, 60 * 60_000];
/** Calls that acts leave to the cron, which does for many acts what they would do one by one. */
const RESERVE = 10;
/** A takedown takes whatever the platform has, also what we keep away from its limit: 5 calls, see store/allowances.d1.ts. */
const BEYOND = -5;
/** How long an act waits to see its change at the edge, in milliseconds, and how often it looks. */
const PATIENCE = 3000;
const LOOKS = 12;
const PAUSE = 300;

/** How many rows one tick takes together. */
const ROWS_A_TICK = 1000;

/** What an act needs done at the edge. */
export interface Delivery {
  rows: OutboxRow[];
  /** What of it the act sees to itself. */
  own: OutboxRow[];
  /** Takes the first call of that from what may still be purged, in the act's own batch; null where nobody counts. */
  allowance: Take | null;
}

/** How an act tells the edge. */
interface Telling {
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
  { at, takesAway = false, lost = [], unseen = false }: Telling,
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
  // What changes every page is not left for the minute's call, however soft it is.
  const isWide = soft !== null && ("everything" in soft || soft.tags.includes(SITE));
  const own = hurried && !unseen ? [...first, ...(isWide ? later : [])] : [];
  for (const each of own) each.leasedUntil = now + OWN_LEASE;
  const [call] = callsOf(ownRows(own));
  const allowance = cached && call ? allowanceOf(call, RESERVE, now) : null;
  return { rows: [...first, ...later, ...closing], own, allowance };
}

function allowanceOf({ urgent }: PurgeCall, forOthers: number, now: number): Take {
  return takePurges({ calls: 1, reserve: urgent ? BEYOND : forOthers, now });
}

/** What to purge for some tags; null for none. */
export function purgeTarget(tags: string[]): PurgeTarget | null {
  if (tags.length === 0) return null;
  return tags.length > TAGS_AT_MOST ? { everything: true } : { tags };
}

/**
 * Purges at once what an act made stale, and looks whether readers see the change. The act is committed: whatever goes wrong
 * here is no error of the act's, and the outbox has it all. `isAllowed` tells whether the act's batch got the first call.
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
    const isLive = done.length === rows.length && (await isSeen(context, paths));
    const settled = isLive ? finishOutbox(rows, context.clock()) : releaseOutbox(rows);
    // After the response: until then the rows are leased, and what is done twice does no harm.
    context.goOn(note(context.store.db, [settled]));
    return isLive ? "live" : "pending";
  } catch (error) {
    log("not delivered", { error: String(error) }, console.error);
    return "pending";
  }
}

/** The minute's part: everything that is due, for all acts together. */
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

/** One call to the cache. */
interface PurgeCall {
  how: "purge" | "invalidate";
  what: PurgeTarget;
  /** Whether it names something that is taken away. */
  urgent: boolean;
}

/** Purges what the rows name in as few calls as may be, and tells which rows were purged whole. */
async function purgeNow(
  context: CommandContext,
  rows: LeasedRow[],
  { reserve, isFirstAllowed }: { reserve: number; isFirstAllowed?: boolean },
): Promise<{ done: LeasedRow[]; accepted: PurgeCall[] }> {
  const calls = callsOf(rows);
  const gone = new Set<string>();
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
    for (const name of namesOf(call)) gone.add(name);
  }
  const done = rows.filter((row) => namesOfRow(row).every((name) => isGone(name, gone)));
  return { done, accepted: made };
}

/** Takes a call from what may still be purged; without a cache nobody counts. */
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

/**
 * The calls for some rows: a purge comes before what may wait, and what is purged need not be invalidated. What takes
 * something away is named by the first call, since there may be no second one this minute.
 */
function callsOf(rows: LeasedRow[]): PurgeCall[] {
  const [urgent, hard, soft] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let [allHard, allSoft, allUrgent] = [rows.length >= ROWS_A_TICK, false, false];
  for (const { kind, payload } of rows) {
    const { first, ...what } = JSON.parse(payload) as PurgeTarget & { first?: true };
    const isSoft = kind === "invalidate";
    allUrgent ||= first === true;
    if ("everything" in what) [allHard, allSoft] = isSoft ? [allHard, true] : [true, allSoft];
    else
      for (const tag of what.tags) {
        if (first) urgent.add(tag);
        (isSoft ? soft : hard).add(tag);
      }
  }
  for (const tag of hard) soft.delete(tag);
  if (allHard || hard.size + (allSoft ? 0 : soft.size) > TAGS_AT_MOST)
    return [{ how: "purge", what: { everything: true }, urgent: allUrgent }];
  const inOrder = (tags: Set<string>) =>
    [...tags].sort((a, b) => Number(urgent.has(b)) - Number(urgent.has(a)));
  const call = (how: PurgeCall["how"]) => (tags: string[]) => {
    return { how, what: { tags }, urgent: tags.some((tag) => urgent.has(tag)) };
  };
  return [
    ...chunks(inOrder(hard)).map(call("purge")),
    ...(allSoft
      ? [{ how: "invalidate" as const, what: { everything: true as const }, urgent: allUrgent }]
      : chunks(inOrder(soft)).map(call("invalidate"))),
  ];
}

function chunks(tags: string[]): string[][] {
  return Array.from({ length: Math.ceil(tags.length / TAGS_A_CALL) }, (_, index) =>
    tags.slice(index * TAGS_A_CALL, (index + 1) * TAGS_A_CALL),
  );
}

/** What a call purges, as names to look up: `purge *`, `invalidate tag`. */
function namesOf({ how, what }: Pick<PurgeCall, "how" | "what">): string[] {
  return ("everything" in what ? ["*"] : what.tags).map((tag) => `${how} ${tag}`);
}

function namesOfRow({ kind, payload }: LeasedRow): string[] {
  const how = kind === "invalidate" ? "invalidate" : "purge";
  return namesOf({ how, what: JSON.parse(payload) as PurgeTarget });
}

/** Whatever is purged is invalid, too, and everything is more than any part of it. */
function isGone(name: string, gone: Set<string>): boolean {
  const [how = "", tag = ""] = name.split(" ");
  return gone.has(name) || gone.has(`purge ${tag}`) || gone.has(`${how} *`) || gone.has("purge *");
}

/** Reads pages back through the cache until each is as the Worker makes it now; that also warms them. */
async function isSeen(context: CommandContext, paths: string[]): Promise<boolean> {
  const until = context.clock() + PATIENCE;
  let unseen = paths;
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if (looks > 0) {
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

async function isFresh(
  { cached, selfFetch, render }: CommandContext,
  path: string,
): Promise<boolean> {
  try {
    const [seen, made] = await Promise.all([selfFetch(path), render(path)]);
    // Only what was read to its end is stored.
    await seen.arrayBuffer();
    await made.body?.cancel();
    const status = made.status === 304 ? 200 : made.status;
    // Two failures are alike, and show nothing.
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

function log(event: string, told: object, write = console.log): void {
  write(JSON.stringify({ event, ...told }));
}
