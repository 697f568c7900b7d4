import { granted, type Outcome } from "../../domain/problem.ts";
import { storiesQuery } from "../../store/articles.d1.ts";
import type { CommandContext } from "../context.ts";
import type { Edge } from "../delivery.ts";
import { isFresh } from "../read-back.ts";
import { readStory } from "./commands.ts";

/** Looks whether readers see what became of a story last: its page, or that it is gone, is read back through the cache. */
export async function lookAtEdge(context: CommandContext, id: string): Promise<Outcome<Edge>> {
  const story = await readStory(context, id);
  if (!story.ok) return story;
  const [[state]] = await context.store.db.read(storiesQuery([id], false));
  // What never went out is nowhere.
  if (!state || state.article.lastLive === null) return granted("none");
  const isSeen = await isFresh(context, new URL(story.value.url).pathname);
  return granted(isSeen ? "live" : "pending");
}
