import { sendBack, submit, type Article } from "../../domain/article.ts";
import { granted, invalid, type Outcome } from "../../domain/problem.ts";
import type { Write } from "../../store/batch.d1.ts";
import { sealRevision } from "../../store/revisions.d1.ts";
import { writeThreadNote, type ThreadNote } from "../../store/thread.d1.ts";
import type { Acted } from "../act.ts";
import { actOn, inBin, wrongState, type Found } from "../articles/found.ts";
import { alsoWrites, becomes } from "../articles/plan.ts";
import { articleResponse, type ArticleResponse } from "../articles/response.ts";
import type { Plan } from "../change.ts";
import type { CommandContext } from "../context.ts";
import type { Target } from "../endpoint.ts";
import type { Input } from "../input.ts";

// A story on its way through the newsroom: handed in, returned, given to somebody. It is approved by being published or scheduled.

/** Hands in what a story says now, with a word if there is one. Handed in again after an edit, that is what waits. */
export function submitStory(
  context: CommandContext,
  target: Target,
  { fields: { note }, issues }: Input<{ note: string | undefined }>,
): Promise<Acted<ArticleResponse>> {
  const by = context.actor.id;
  return actOn(context, target, {}, (found) => {
    const { story, now } = found;
    const { status, head, live, scheduled, submitted } = story.article;
    if (status === "binned") return inBin(story);
    if (issues.length > 0) return invalid(issues);
    if (head === live) return wrongState(story, "submit", "readers see it as it stands");
    if (head === scheduled) return wrongState(story, "submit", "it goes out as it stands");
    if (head === submitted && note === undefined)
      return granted({ result: articleResponse(story, found) });
    const waiting = submit(story.article, { by, now });
    const told = { id: context.newId(), kind: "submit", at: now, by, text: note ?? null } as const;
    // What was handed in is kept, whatever becomes of it.
    const writes = [sealRevision(waiting.id, head)];
    return withNote("submit", found, { article: waiting, note: told, writes });
  });
}

/** Returns a story from review to who writes it, and says why. */
export function returnStory(
  context: CommandContext,
  target: Target,
  { fields: { note }, issues }: Input<{ note: string }>,
): Promise<Acted<ArticleResponse>> {
  const by = context.actor.id;
  return actOn(context, target, {}, (found) => {
    const { story, now } = found;
    if (story.article.submitted === null)
      return wrongState(story, "return", "it does not wait for review");
    if (issues.length > 0 || note === undefined) return invalid(issues);
    const told = { id: context.newId(), kind: "return", at: now, by, text: note } as const;
    return withNote("return", found, { article: sendBack(story.article, note), note: told });
  });
}

/** Gives a story to an author, or to nobody. */
export function assignStory(
  context: CommandContext,
  target: Target,
  { fields: { author }, issues: sent }: Input<{ author: string | null }>,
): Promise<Acted<ArticleResponse>> {
  return actOn(context, target, author ? { authors: [author] } : {}, (found) => {
    const { story, survey } = found;
    if (story.article.status === "binned") return inBin(story);
    const isKnown = !author || survey.authors.has(author);
    const message = `There is no author "${author}"; make them first.`;
    const issues = [...sent, ...(isKnown ? [] : [{ path: "author", message }])];
    if (issues.length > 0 || author === undefined) return invalid(issues);
    if (author === story.article.assignee)
      return granted({ result: articleResponse(story, found) });
    return becomes("assign", { ...story.article, assignee: author }, found);
  });
}

/** The plan of an act that leaves a note in the story's thread. */
function withNote(
  act: string,
  found: Found,
  { article, note, writes = [] }: { article: Article; note: ThreadNote; writes?: Write[] },
): Outcome<Plan<ArticleResponse>> {
  return granted(
    alsoWrites(becomes(act, article, found).value, [...writes, writeThreadNote(article.id, note)]),
  );
}
