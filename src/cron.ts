import { deskOf, type Outside } from "./editor/endpoint.ts";
import type { Desk, Forget } from "./editor/act.ts";
import { expireDue, publishDue } from "./editor/commands/due.ts";
import { findDue } from "./store/articles.d1.ts";
import { openEditor, type Bindings } from "./store/open.ts";
import { finishOutbox, forgetFinished, leaseQuery } from "./store/outbox.d1.ts";

/** How much one tick takes on; the next one, a minute later, goes on. */
const STORIES_A_TICK = 100;
const ROWS_A_TICK = 500;

/** The minute's tick: publishes and expires what is due, then does what earlier acts left to be done. */
export async function tick(env: Bindings, outside: Outside): Promise<void> {
  const desk = deskOf(openEditor(env), { id: "cron", role: "admin", author: null }, outside);
  const due = await findDue(desk.store.db, outside.clock(), STORIES_A_TICK);
  for (const id of due.expire) await tell("expire", id, expireDue(desk, id));
  for (const id of due.publish) await tell("publish", id, publishDue(desk, id));
  await drainOutbox(desk);
}

/** Logs what became of one story. What goes wrong with it must not keep the others from their hour. */
async function tell(
  act: string,
  id: string,
  becoming: ReturnType<typeof publishDue>,
): Promise<void> {
  try {
    const outcome = await becoming;
    const refusal = outcome.ok ? {} : { refused: outcome.problem };
    console.log(JSON.stringify({ event: "due", act, id, ...refusal }));
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(JSON.stringify({ event: "bug", act, id, error: told }));
  }
}

async function drainOutbox({ store, clock, purge }: Desk): Promise<void> {
  const [rows] = await store.db.read(leaseQuery(clock(), ROWS_A_TICK));
  if (rows.length === 0) return;
  const done: string[] = [];
  for (const { id, payload } of rows) {
    if (await purge(JSON.parse(payload) as Forget)) done.push(id);
  }
  await store.db.commit([finishOutbox(done, clock()), forgetFinished(clock())]);
}
