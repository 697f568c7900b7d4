import type { Acted } from "./editor/act.ts";
import type { CommandContext } from "./editor/context.ts";
import { expireDue, publishDue } from "./editor/articles/due.ts";
import { deleteForGood } from "./editor/articles/removal.ts";
import { copyDue } from "./editor/copies.ts";
import { deliverDue } from "./editor/delivery.ts";
import { raiseDue } from "./editor/front/due.ts";
import { makeDueForms } from "./editor/forms.ts";
import { indexDue } from "./editor/indexing.ts";
import { contextOf, type Runtime } from "./editor/endpoint.ts";
import { keepHouse } from "./editor/keeping.ts";
import { fetchDueStills } from "./editor/stills/due.ts";
import { noticeTick, noticeVersion } from "./editor/version.ts";
import { binnedBefore } from "./domain/article.ts";
import { findBinned, findDue } from "./store/articles.d1.ts";
import { openBuild, openEditor, type Bindings } from "./store/open.ts";

/**
 * How many stories one tick publishes, expires or deletes for good; the next one, a minute later, goes on. Each is about thirty
 * statements, of which D1 has 1,000 for one invocation (https://developers.cloudflare.com/d1/platform/limits/).
 */
const STORIES_A_TICK = 20;

/** How many of these are deleted at most: nobody waits for that. */
const DELETED_A_TICK = 5;

/**
 * The minute's tick: does what earlier acts left to be done, publishes and expires what is due, puts up the front whose hour has
 * come, and does what that left. A tick that ends in the middle of a publication has left nothing waiting that was due before it.
 */
export async function tick(env: Bindings, runtime: Runtime): Promise<void> {
  const context = contextOf(
    openEditor(env),
    { id: "cron", name: "cron", role: "admin", author: null },
    runtime,
  );
  const started = context.clock();
  await step("version", () => noticeVersion(context, openBuild(env)));
  // Each by itself: what is wrong with one step keeps no page stale.
  await step("deliver", () => deliverDue(context));
  const due = await findDue(context.store.db, started, STORIES_A_TICK);
  // What is over comes first, then what is due; what there is no room for is due in the next minute.
  const expired = due.expire;
  const published = due.publish.slice(0, STORIES_A_TICK - expired.length);
  const room = STORIES_A_TICK - expired.length - published.length;
  for (const id of expired) await tell("expire", id, expireDue(context, id));
  for (const id of published) await tell("publish", id, publishDue(context, id));
  // After the stories of its hour: it may begin with one of them.
  await step("front", () => raiseDue(context));
  const deletions = Math.min(room, DELETED_A_TICK);
  const binned = await findBinned(context.store.db, binnedBefore(started), deletions);
  for (const id of binned) await tell("delete", id, deleteForGood(context, id));
  await step("keep house", () => keepHouse(context));
  await step("deliver", () => deliverDue(context));
  await noticeTick(context, started);
  // Last, since they may wait: each copy is a page to make, each form a picture, each still somebody else's server.
  await step("index", () => indexDue(context));
  await step("copy", () => copyDue(context));
  await step("form", () => makeDueForms(context));
  await step("still", () => fetchDueStills(context));
  logTick(context, { published, expired }, started);
}

/** Logs what became of one story. What goes wrong with it must not keep the others from their hour. */
async function tell(act: string, id: string, becoming: Promise<Acted<unknown>>): Promise<void> {
  await step(`${act} ${id}`, async () => {
    const outcome = await becoming;
    const refusal = outcome.ok ? {} : { refused: outcome.problem };
    console.log(JSON.stringify({ event: "due", act, id, ...refusal }));
  });
}

async function step(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(JSON.stringify({ event: "tick failed", step: name, error: told }));
  }
}

function logTick(
  { store: { db }, clock }: CommandContext,
  { published, expired }: { published: string[]; expired: string[] },
  started: number,
): void {
  console.log(
    JSON.stringify({
      event: "tick",
      published: published.length,
      expired: expired.length,
      trips: db.cost.trips,
      milliseconds: clock() - started,
    }),
  );
}
