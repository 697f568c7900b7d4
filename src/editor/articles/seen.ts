import { articlePath } from "../../domain/paths.ts";
import { granted, type Outcome } from "../../domain/problem.ts";
import { storiesQuery } from "../../store/articles.d1.ts";
import { revisionQuery } from "../../store/revisions.d1.ts";
import type { CommandContext } from "../context.ts";
import type { Edge } from "../delivery.ts";
import { isFresh } from "../read-back.ts";
import { readStory } from "./commands.ts";

/** Looks whether readers see what became of a story last: its page, or that it is gone, is read back through the cache. */
export async function lookAtEdge(context: CommandContext, id: string): Promise<Outcome<Edge>> {
  const story = await readStory(context, id);
  if (!story.ok) return story;
  const { db } = context.store;
  const [[state]] = await db.read(storiesQuery([id], false));
  // What never went out is nowhere.
  if (!state || state.article.lastLive === null) return granted("none");
  const [[last]] = await db.read(revisionQuery(id, state.article.lastLive));
  // What is gone is looked for where it was: it may have been given another address since.
  const { section, slug } = last ?? state.head;
  const isSeen = await isFresh(context, state.live?.path ?? articlePath(section, slug));
  return granted(isSeen ? "live" : "pending");
}
