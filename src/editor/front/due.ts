import { mapEntries, withoutPictures } from "../../domain/front.ts";
import { granted } from "../../domain/problem.ts";
import { dueFrontQuery } from "../../store/front.d1.ts";
import { act, type Acted } from "../act.ts";
import type { CommandContext } from "../context.ts";
import { log } from "../log.ts";
import { changeOf, differenceOf, surveyFront } from "./survey.ts";

// What the clock does to the front page: the cron puts up the one whose hour has come.

/** Looks whether a front is due, and puts it up. */
export async function raiseDue(context: CommandContext): Promise<void> {
  const { store, clock } = context;
  const [due] = await store.db.read(dueFrontQuery(clock()));
  if (due.length === 0) return;
  const raised = await raiseFront(context);
  // Of two ticks at once, one found nothing left to do.
  const refusal = raised.ok ? {} : { refused: raised.problem };
  if (!raised.ok || raised.value) log("due", { act: "arrange", id: "front", ...refusal });
}

/**
 * Puts up the front that is due, in place of the one that is up; false when none is, or another tick was first. What cannot be
 * shown any more is left out: pictures that were taken down, stories that are not there.
 */
function raiseFront(context: CommandContext): Promise<Acted<boolean>> {
  return act(context, async (now) => {
    const seen = await surveyFront(context.store);
    const { scheduled } = seen.front;
    if (!scheduled || scheduled.at > now) return granted({ result: false });
    const placement = mapEntries(withoutPictures(scheduled.placement, seen.removed), (entry) =>
      seen.stories.has(entry.story) ? entry : null,
    );
    const after = { ...seen.front, placement, scheduled: null };
    const detail = differenceOf(seen.front, after);
    return granted({
      result: true,
      change: changeOf(seen, after, { act: "arrange on schedule", detail }),
    });
  });
}
