import type { Form, StoryState } from "../../domain/article.ts";
import { namesTag } from "../../domain/etag.ts";
import { changedSince } from "../../domain/field-versions.ts";
import { granted, refused, type Outcome } from "../../domain/problem.ts";
import { canRead, canSeePlans, mayDo, type Actor, type RightName } from "../../domain/role.ts";
import { storiesQuery } from "../../store/articles.d1.ts";
import { act, type Acted } from "../act.ts";
import type { Plan } from "../change.ts";
import type { CommandContext } from "../context.ts";
import { refuseRight, type Target } from "../endpoint.ts";
import { articleResponse, versionTag, type ArticleResponse } from "./response.ts";
import { type StoryFields } from "./schema.ts";
import { survey, type Survey } from "./survey.ts";

/** A story found for an act, and what was read with it. */
export interface Found {
  story: StoryState;
  survey: Survey;
  actor: Actor;
  origin: string;
  now: number;
}

/**
 * Carries out an act on a story that is there, is the actor's to act on, and has not changed since they read it. `fields` are
 * those whose references it needs to know.
 */
export function actOn(
  context: CommandContext,
  { id, ifMatch, right }: Target,
  fields: StoryFields,
  decide: (
    found: Found,
  ) => Outcome<Plan<ArticleResponse>> | Promise<Outcome<Plan<ArticleResponse>>>,
): Promise<Acted<ArticleResponse>> {
  const { actor, store, form } = context;
  return act(context, async (now) => {
    const seen = await survey(store, { ids: [id], fields: [fields] });
    const admitted = admit(actor, seen.stories.get(id), { id, right, form });
    if (!admitted.ok) return admitted;
    const story = admitted.value;
    const etag = versionTag(story.article);
    if (ifMatch === null) {
      const detail = `Send If-Match with the version you read, like If-Match: ${etag}, or * to overwrite whatever is there.`;
      return refused({ kind: "unconditional", detail });
    }
    const found = { story, survey: seen, actor, origin: store.origin, now };
    if (namesTag(ifMatch, etag)) return decide(found);
    const detail = `The ${form} has changed since you read it: it is at ${etag} now, and If-Match said ${ifMatch}.`;
    const current = responseFor(actor, story, store.origin);
    const changed = changedSince(ifMatch, story.article);
    return refused({ kind: "stale", detail, current, changed, etag });
  });
}

/** Finds a story that an actor may see, and that they have a right to. */
export async function findStory(
  { actor, store, form }: CommandContext,
  id: string,
  right: RightName,
): Promise<Outcome<StoryState>> {
  const [[story]] = await store.db.read(storiesQuery([id]));
  return admit(actor, story, { id, right, form });
}

/** Lets an actor to a story or a page, or says that there is none, or that it is not theirs. */
export function admit(
  actor: Actor,
  story: StoryState | undefined,
  { id, right, form }: Pick<Target, "id" | "right"> & { form: Form },
): Outcome<StoryState> {
  if (story?.article.form !== form || !canRead(actor, story)) return unknownStory(id, form);
  return mayDo(actor, right, story) ? granted(story) : refuseRight(actor, right, form);
}

/** A story as an actor may see it: what is planned with another's is not for a contributor. */
export function responseFor(actor: Actor, story: StoryState, origin: string): ArticleResponse {
  const response = articleResponse(story, { actor, origin });
  if (canSeePlans(actor, story)) return response;
  const hours = { scheduledFor: null, scheduledRevision: null, expiresAt: null, plannedFor: null };
  const notes = { review: null, reviewNote: null, assignee: null, plannedWords: null };
  return { ...response, ...hours, ...notes };
}

/** The same without its body, for lists. */
export function summaryFor(
  actor: Actor,
  story: StoryState,
  origin: string,
): Omit<ArticleResponse, "body"> {
  const { body: _, ...summary } = responseFor(actor, story, origin);
  return summary;
}

export function unknownStory(id: string, form: Form): Outcome<never> {
  return refused({ kind: "unknown", detail: `There is no ${form} "${id}".` });
}

export function inBin(story: StoryState): Outcome<never> {
  return wrongState(story, "change", "it is in the bin; restore it first");
}

export function wrongState(
  { article, head }: StoryState,
  verb: string,
  reason: string,
): Outcome<never> {
  return refused({
    kind: "wrongState",
    detail: `Cannot ${verb} "${head.title}" (${article.status}): ${reason}.`,
  });
}
