import { publish, unschedule, withdraw } from "../../domain/article.ts";
import type { Revision } from "../../domain/revision.ts";
import { granted, sentenceOf } from "../../domain/problem.ts";
import { revisionQuery } from "../../store/revisions.d1.ts";
import type { Store } from "../../store/open.ts";
import { act, type Acted } from "../act.ts";
import { releaseIssues } from "./content.ts";
import type { CommandContext } from "../context.ts";
import { becomes, planOf } from "./plan.ts";
import type { ArticleResponse } from "./response.ts";
import { holdersOf, survey, takenPath, type Survey } from "./survey.ts";

// What the clock does to a story: the cron's two verbs.

/**
 * Publishes the revision that was scheduled, as of the hour it was scheduled for; nothing when it is no longer due.
 * One that cannot go out any more leaves the schedule with a note, so that an editor sees why.
 */
export function publishDue(
  context: CommandContext,
  id: string,
): Promise<Acted<ArticleResponse | null>> {
  const { store, actor } = context;
  const { origin } = store;
  return act<ArticleResponse | null>(context, async (now) => {
    const seen = await survey(store, { ids: [id] });
    const story = seen.stories.get(id);
    const { scheduled, scheduledFor } = story?.article ?? {};
    if (!story || !scheduled || !scheduledFor || scheduledFor > now)
      return granted({ result: null });
    const { article, head } = story;
    const shown = scheduled === head.n ? head : await findRevision(store, id, scheduled);
    const obstacle = await obstacleTo(store, seen, shown, id);
    if (obstacle !== null) {
      const note = `Not published at ${new Date(scheduledFor).toISOString()}: ${obstacle}`;
      const missed = unschedule(article, note);
      return becomes("miss the schedule", missed, { story, survey: seen, actor, origin });
    }
    const made = { before: story, article: publish(article, shown, scheduledFor), head, shown };
    return granted(planOf("publish on schedule", made, { survey: seen, actor, origin }));
  });
}

async function findRevision(store: Store, id: string, n: number): Promise<Revision> {
  const [[revision]] = await store.db.read(revisionQuery(id, n));
  if (!revision) throw new Error(`Article ${id} has no revision ${n}`);
  return revision;
}

async function obstacleTo(
  store: Store,
  seen: Survey,
  revision: Revision,
  id: string,
): Promise<string | null> {
  const [issue] = releaseIssues(revision, seen);
  if (issue) return sentenceOf(issue);
  const taken = takenPath(await holdersOf(store, revision), revision, id);
  return taken?.kind === "taken" ? taken.detail : null;
}

/** Withdraws a story whose time is over, also from the schedule; nothing when it no longer is. */
export function expireDue(
  context: CommandContext,
  id: string,
): Promise<Acted<ArticleResponse | null>> {
  const { store, actor } = context;
  const { origin } = store;
  return act<ArticleResponse | null>(context, async (now) => {
    const seen = await survey(store, { ids: [id] });
    const story = seen.stories.get(id);
    if (!story?.article.expiresAt || story.article.expiresAt > now)
      return granted({ result: null });
    // A story in the bin stays there.
    const { article } = story;
    const status = article.status === "binned" ? { status: article.status } : {};
    const over = { ...withdraw(article), ...status };
    return becomes("expire", over, { story, survey: seen, actor, origin });
  });
}
