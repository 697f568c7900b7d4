import { SITE } from "../purge/tags.ts";
import { takePurges } from "../store/allowances.d1.ts";
import {
  finishOutbox,
  forgetFinished,
  leaseQuery,
  OWN_LEASE,
  ownRows,
  releaseOutbox,
  repeatOutbox,
  type LeasedRow,
  type OutboxRow,
} from "../store/outbox.d1.ts";
import type { Desk, Forget } from "./context.ts";

// How what an act made stale is forgotten at the edge: at once by whoever acts, and by the minute's tick for certain.

/** What an answer says of the edge: seen there, on its way, or nothing that readers see has changed. */
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

/** What an act asks for: rows of the outbox, and what of it the act sees to itself. */
export interface Delivery {
  rows: OutboxRow[];
  own: OutboxRow[];
}

/**
 * The rows that make the edge forget. Each purge is repeated a minute later: a page that was being made when the act was
 * committed may have been stored after the first one.
 */
export function deliveryOf(
  { purge: hard, invalidate: soft }: { purge: Forget | null; invalidate: Forget | null },
  { newId, hurried, at, takesAway = false, lost = [] }: Telling,
  now: number,
): Delivery {
  const row = (kind: OutboxRow["kind"], payload: Forget, dueAt: number): OutboxRow => ({
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
  const own = hurried ? [...first, ...(isWide ? later : [])] : [];
  for (const each of own) each.leasedUntil = now + OWN_LEASE;
  return { rows: [...first, ...later, ...closing], own };
}

/** How an act tells the edge. `at` is a page that shows the change, for the cron to look at. */
interface Telling extends Pick<Desk, "newId" | "hurried"> {
  at?: string | undefined;
  /** Whether readers lose something, so that it goes before all others. */
  takesAway?: boolean;
  /** The tags of what readers lose. Pictures among it are large, and on their way to slow readers for minutes. */
  lost?: string[];
}

/** What to forget for some tags; null for none. */
export function forgetOf(tags: string[]): Forget | null {
  if (tags.length === 0) return null;
  return tags.length > TAGS_AT_MOST ? { everything: true } : { tags };
}

/**
 * Forgets at once what an act made stale, and looks whether readers see the change. The act is committed: whatever goes wrong
 * here is no error of the act's, and the outbox has it all.
 */
export async function deliver(desk: Desk, { own }: Delivery, paths: string[]): Promise<Edge> {
  if (own.length === 0) return "pending";
  const rows = ownRows(own);
  try {
    const { done } = await forgetNow(desk, rows, RESERVE);
    // What is not seen yet the cron does once more.
    const isLive = done.length === rows.length && (await isSeen(desk, paths));
    await desk.store.db.commit([isLive ? finishOutbox(rows, desk.clock()) : releaseOutbox(rows)]);
    return isLive ? "live" : "pending";
  } catch (error) {
    log("not delivered", { error: String(error) }, console.error);
    return "pending";
  }
}

/** The minute's part: everything that is due, for all acts together. */
export async function deliverDue(desk: Desk): Promise<void> {
  const now = desk.clock();
  const rows = await desk.store.db.take(
    leaseQuery(["purge", "close", "invalidate"], { now, limit: ROWS_A_TICK }),
  );
  if (rows.length === 0) return;
  const { done, accepted } = await forgetNow(desk, rows, 0);
  const late = await unseenOf(desk, done, accepted);
  const finished = new Set(done.filter((row) => !late.has(row)));
  await desk.store.db.commit([
    finishOutbox([...finished], desk.clock()),
    releaseOutbox(rows.filter((row) => !finished.has(row) && !late.has(row))),
    repeatOutbox([...late], desk.clock() + REPEAT),
    forgetFinished(desk.clock()),
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
async function unseenOf(desk: Desk, rows: LeasedRow[], calls: Call[]): Promise<Set<LeasedRow>> {
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
    if (path === undefined || (await isFresh(desk, path))) continue;
    log("not seen yet", { paths: [path], rows: concerned.length }, console.warn);
    // Refusals do not count: what has not been accepted yet has not been tried.
    for (const row of concerned) if (repeatsOf(row) < REPEATS) late.add(row);
  }
  return late;
}

/** One call to the cache. */
interface Call {
  how: "purge" | "invalidate";
  what: Forget;
  /** Whether it names something that is taken away. */
  urgent: boolean;
}

/** Forgets what the rows name in as few calls as may be, and tells which rows were forgotten whole. */
async function forgetNow(
  desk: Desk,
  rows: LeasedRow[],
  reserve: number,
): Promise<{ done: LeasedRow[]; accepted: Call[] }> {
  const calls = callsOf(rows);
  const gone = new Set<string>();
  const made: Call[] = [];
  for (const [index, call] of calls.entries()) {
    const accepted = await forgetOnce(desk, call, reserve);
    log("forget", {
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

async function forgetOnce(
  desk: Desk,
  { how, what, urgent }: Call,
  forOthers: number,
): Promise<boolean> {
  const reserve = urgent ? BEYOND : forOthers;
  const allowed =
    !desk.cached || (await takePurges(desk.store.db, { calls: 1, reserve, now: desk.clock() }));
  if (!allowed) return false;
  try {
    return await desk.forget(how, what);
  } catch (error) {
    log("forget failed", { how, error: String(error) }, console.error);
    return false;
  }
}

/**
 * The calls for some rows: a purge comes before what may wait, and what is purged need not be invalidated. What takes
 * something away is named by the first call, since there may be no second one this minute.
 */
function callsOf(rows: LeasedRow[]): Call[] {
  const [urgent, hard, soft] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let [allHard, allSoft, allUrgent] = [rows.length >= ROWS_A_TICK, false, false];
  for (const { kind, payload } of rows) {
    const { first, ...what } = JSON.parse(payload) as Forget & { first?: true };
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
  const call = (how: Call["how"]) => (tags: string[]) => {
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

/** What a call makes the edge forget, as names to look up: `purge *`, `invalidate tag`. */
function namesOf({ how, what }: Pick<Call, "how" | "what">): string[] {
  return ("everything" in what ? ["*"] : what.tags).map((tag) => `${how} ${tag}`);
}

function namesOfRow({ kind, payload }: LeasedRow): string[] {
  const how = kind === "invalidate" ? "invalidate" : "purge";
  return namesOf({ how, what: JSON.parse(payload) as Forget });
}

/** Whatever is purged is invalid, too, and everything is more than any part of it. */
function isGone(name: string, gone: Set<string>): boolean {
  const [how = "", tag = ""] = name.split(" ");
  return gone.has(name) || gone.has(`purge ${tag}`) || gone.has(`${how} *`) || gone.has("purge *");
}

/** Reads pages back through the cache until each is as the Worker makes it now; that also warms them. */
async function isSeen(desk: Desk, paths: string[]): Promise<boolean> {
  const until = desk.clock() + PATIENCE;
  let unseen = paths;
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if (looks > 0) {
      if (desk.clock() >= until) break;
      await desk.pause(PAUSE);
    }
    const seen = await Promise.all(unseen.map((path) => isFresh(desk, path)));
    unseen = unseen.filter((_, index) => !seen[index]);
    if (unseen.length === 0) return true;
  }
  log("not seen yet", { paths: unseen }, console.warn);
  return false;
}

async function isFresh({ cached, selfFetch, render }: Desk, path: string): Promise<boolean> {
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
