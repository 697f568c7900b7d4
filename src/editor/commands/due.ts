import { publish, unschedule, withdraw, type Revision } from "../../domain/article.ts";
import { granted } from "../../domain/problem.ts";
import { findRevision } from "../../store/articles.d1.ts";
import type { Store } from "../../store/open.ts";
import { act, type Acted } from "../act.ts";
import type { Desk } from "../context.ts";
import type { ArticleAnswer } from "../answers.ts";
import { releaseIssues } from "../content.ts";
import { becomes, planOf } from "../plan.ts";
import { holdersOf, survey, takenPath, type Survey } from "../survey.ts";

// What the clock does to a story: the cron's two verbs.

/**
 * Publishes the revision that was scheduled, as of the hour it was scheduled for; nothing when it is no longer due.
 * One that cannot go out any more leaves the schedule with a note, so that an editor sees why.
 */
export function publishDue(desk: Desk, id: string): Promise<Acted<ArticleAnswer | null>> {
  const { store } = desk;
  return act<ArticleAnswer | null>(desk, async (now) => {
    const seen = await survey(store, { ids: [id] });
    const held = seen.held.get(id);
    const { scheduled, scheduledFor } = held?.article ?? {};
    if (!held || !scheduled || !scheduledFor || scheduledFor > now)
      return granted({ answer: null });
    const { article, head } = held;
    const shown = scheduled === head.n ? head : await findRevision(store.db, id, scheduled);
    if (!shown) throw new Error(`Article ${id} has no revision ${scheduled}`);
    const obstacle = await obstacleTo(store, seen, shown, id);
    if (obstacle !== null) {
      const note = `Not published at ${new Date(scheduledFor).toISOString()}: ${obstacle}`;
      return becomes(desk.store, "miss the schedule", { held, seen }, unschedule(article, note));
    }
    const step = {
      seen,
      held,
      article: publish(article, shown, scheduledFor),
      head,
      shown,
      html: null,
    };
    return granted(planOf("publish on schedule", step, store.origin));
  });
}

async function obstacleTo(
  store: Store,
  seen: Survey,
  revision: Revision,
  id: string,
): Promise<string | null> {
  const [issue] = releaseIssues(revision, seen);
  if (issue) return issue.message;
  const taken = takenPath(await holdersOf(store, revision), revision, id);
  return taken?.kind === "taken" ? taken.detail : null;
}

/** Withdraws a story whose time is over, also from the schedule; nothing when it no longer is. */
export function expireDue(desk: Desk, id: string): Promise<Acted<ArticleAnswer | null>> {
  return act<ArticleAnswer | null>(desk, async (now) => {
    const seen = await survey(desk.store, { ids: [id] });
    const held = seen.held.get(id);
    if (!held?.article.expiresAt || held.article.expiresAt > now) return granted({ answer: null });
    // A story in the bin stays there.
    const status = held.article.status === "binned" ? { status: held.article.status } : {};
    const over = { ...withdraw(held.article), ...status };
    return becomes(desk.store, "expire", { held, seen }, over);
  });
}
