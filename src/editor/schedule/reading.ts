import { canSeePlans, may } from "../../domain/role.ts";
import { storiesQuery } from "../../store/articles.d1.ts";
import { frontQuery } from "../../store/front.d1.ts";
import { plannedQuery } from "../../store/schedule.d1.ts";
import { summaryFor } from "../articles/found.ts";
import { filterFor } from "../articles/listing.ts";
import type { CommandContext } from "../context.ts";
import { iso } from "../response-fields.ts";
import type { ScheduleResponse } from "./schema.ts";

/** The most that one response has. */
const MOST = 500;

/** Reads what is planned in a stretch of time, as far as the actor may see it. */
export async function readSchedule(
  { store, actor }: CommandContext,
  { from, until }: { from: number; until: number },
): Promise<ScheduleResponse> {
  const { visibleTo } = filterFor(actor, { form: "story" });
  const [planned, [front]] = await store.db.read(
    plannedQuery({ from, until, most: MOST + 1, visibleTo }),
    frontQuery(),
  );
  const raised = front?.scheduled?.at;
  const isRaised =
    raised !== undefined &&
    raised >= from &&
    raised < until &&
    may(actor, "see the front page's placement");
  const all = [
    ...planned,
    ...(isRaised ? [{ id: null, at: raised, what: "front" as const }] : []),
  ].toSorted((one, other) => one.at - other.at);
  const shown = all.slice(0, MOST);
  const ids = [...new Set(shown.flatMap(({ id }) => id ?? []))];
  const [stories] = ids.length === 0 ? [[]] : await store.db.read(storiesQuery(ids, false));
  // Whose it is may have changed since.
  const seen = stories.filter((story) => canSeePlans(actor, story));
  const storyOf = new Map(seen.map((story) => [story.article.id, story]));
  const items = shown.flatMap(({ id, at, what }): ScheduleResponse["items"] => {
    if (id === null) return [{ at: iso(at), what }];
    const story = storyOf.get(id);
    if (!story) return [];
    const { form } = story.article;
    return [{ at: iso(at), what, form, article: summaryFor(actor, story, store.origin) }];
  });
  return { items, more: all.length > MOST };
}
