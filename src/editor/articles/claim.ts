import type { StoryState } from "../../domain/article.ts";
import type { Content } from "../../domain/revision.ts";
import { articlePath } from "../../domain/paths.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Store } from "../../store/open.ts";
import { firstFree, holdersOf, numberedPaths, takenPath, type Survey } from "./survey.ts";

/**
 * Looks whether a story's next content may have the path that it wants, and refuses one that others hold. A slug that nobody wrote
 * is changed to one that is free.
 */
export async function claimPath(
  store: Store,
  content: Content,
  { story, survey, publishing }: { story: StoryState; survey: Survey; publishing: boolean },
): Promise<Problem | null> {
  const moves = pathOf(content) !== pathOf(story.head);
  if (!moves && !publishing) return null;
  const holders = moves ? await holdersOf(store, content) : survey.holders;
  const byName = content.slugWritten || !moves;
  const taken = takenPath(holders, content, story.article.id, { byName });
  if (taken && byName) return taken;
  if (taken) content.slug = await freeSlug(store, content);
  return null;
}

/** A slug in place of a default one whose path another story or a redirect holds. */
export async function freeSlug(
  store: Store,
  content: Pick<Content, "section" | "slug" | "title">,
): Promise<string> {
  return firstFree(content, await numberedPaths(store, [content]));
}

function pathOf({ section, slug }: Pick<Content, "section" | "slug">): string {
  return articlePath(section, slug);
}
