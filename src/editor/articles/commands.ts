import {
  bin,
  createArticle,
  isGoneForGood,
  isLive,
  publish,
  restore,
  schedule,
  unschedule,
  withdraw,
  type Article,
  type StoryState,
} from "../../domain/article.ts";
import type { Revision } from "../../domain/revision.ts";
import { articlePath } from "../../domain/paths.ts";
import { granted, invalid, refused, type Outcome } from "../../domain/problem.ts";
import { isSameJson } from "../../domain/same.ts";
import { canRead, may, mayDo } from "../../domain/role.ts";
import { learnScripts } from "../../domain/slugs.ts";
import { storiesQuery } from "../../store/articles.d1.ts";
import { sealRevision } from "../../store/revisions.d1.ts";
import { act, type Acted } from "../act.ts";
import type { CommandContext } from "../context.ts";
import { refuseRight, type Target } from "../endpoint.ts";
import type { Input } from "../input.ts";
import {
  expiryIssues,
  bylineIssues,
  dedupe,
  itselfIssues,
  scheduleIssues,
  withByline,
} from "./issues.ts";
import { actOn, inBin, responseFor, unknownStory, wrongState } from "./found.ts";
import { claimPath, freeSlug } from "./claim.ts";
import { compose, pathWanted, releaseIssues } from "./content.ts";
import { patchOf, readPatch } from "./patch.ts";
import {
  alsoWrites,
  becomes,
  isUnchanged,
  nextRevision,
  planOf,
  revisionOf,
  savedRevision,
} from "./plan.ts";
import { articleResponse, type ArticleResponse } from "./response.ts";
import type { ArticlePatch, NewArticle, Publication } from "./schema.ts";
import { holdersOf, survey, takenPath } from "./survey.ts";
import { readStills, StillsOfSave } from "../stills/stills.ts";

// The verbs that editors have for one story. Each reads, decides and returns a plan; act() commits it.

/** Writes a new story: a draft, published at once, or scheduled. */
export async function createStory(
  context: CommandContext,
  input: Input<NewArticle>,
): Promise<Acted<ArticleResponse>> {
  const { actor, store, form } = context;
  const id = context.newId();
  const stills = new StillsOfSave(context);
  let tries = 0;
  const acted = await act(context, async (now) => {
    tries += 1;
    const { fields, issues: sent } = form === "page" ? input : withByline(input, actor);
    const status = fields.status ?? "draft";
    if (status !== "draft" && !may(actor, "publish a story", "own"))
      return refuseRight(actor, "publish a story", form);
    await learnScripts([fields.title ?? ""]);
    const path = pathWanted(fields, { id, form });
    const seen = await survey(store, { fields: [fields], paths: path === null ? [] : [path] });
    const publishing = status !== "draft";
    const found = { survey: seen, stills: await stills.find(fields.body ?? "", now) };
    const composing = { id, form, ...found, origin: store.origin, actor, now, publishing };
    const composed = compose(fields, null, composing);
    const late = scheduleIssues(status, fields, now);
    const issues = [...sent, ...composed.issues, ...late];
    if (issues.length > 0) return invalid(issues);
    const { slugWritten: byName } = composed.content;
    // Its section may be called otherwise than was sent.
    const isElsewhere = articlePath(composed.content.section, composed.content.slug) !== path;
    const holders = isElsewhere ? await holdersOf(store, composed.content) : seen.holders;
    const taken = takenPath(holders, composed.content, null, { byName });
    if (taken && byName) return refused(taken);
    // Many at once may want one number; whoever lost it thrice takes what nobody else can want.
    if (taken) composed.content.slug = tries > 3 ? id : await freeSlug(store, composed.content);

    const head = revisionOf(composed, { n: 1, by: actor.id, now, reason: fields.reason });
    const draft = { ...createArticle({ id, form, by: actor.id, now }), ...plannedIn(fields) };
    const become = {
      draft: () => draft,
      published: () => publish(draft, head, now),
      scheduled: () => schedule(draft, fields.scheduledFor ?? now),
    };
    const { html, notes, tagNames, charts } = composed;
    const made = { before: null, article: become[status](), head, html, tagNames, charts };
    const told = { survey: seen, actor, origin: store.origin, notes };
    return granted(stills.planned(planOf(`create ${status}`, made, told)));
  });
  return stills.end(acted);
}

/**
 * Edits the head revision with what the body says otherwise than the story's response did. On a live story nothing
 * public changes unless `status` says to publish.
 */
export async function reviseStory(
  context: CommandContext,
  target: Target,
  body: unknown,
): Promise<Acted<ArticleResponse>> {
  const { actor, store, form } = context;
  const { fields: named } = readPatch(body, form);
  const stills = new StillsOfSave(context);
  const acted = await actOn(context, target, named, async (found) => {
    const { story, survey: seen, now } = found;
    const { fields, issues: sent } = patchOf(body, responseFor(actor, story, store.origin), form);
    const publishing = fields.status === "published";
    if (publishing && !mayDo(actor, "publish a story", story))
      return refuseRight(actor, "publish a story", form);
    if (publishing && story.article.status === "binned") return inBin(story);
    const { id } = target;
    const known = {
      survey: seen,
      stills: await stills.find(fields.body ?? story.head.body, now),
    };
    const composing = { id, form, ...known, origin: store.origin, actor, now, publishing };
    const composed = compose(fields, story.head, composing);
    const { content, tagNames, charts } = composed;
    const edited = { ...story.article, ...plannedIn(fields) };
    const issues = [
      ...sent,
      ...bylineIssues(content, actor, story.article),
      ...composed.issues,
      ...(publishing ? releaseIssues({ ...content, ...composed }, seen) : []),
      ...itselfIssues(content, target.id),
      ...expiryIssues(edited.expiresAt, publishing ? now : edited.scheduledFor),
    ];
    if (issues.length > 0) return invalid(dedupe(issues));
    const taken = await claimPath(store, content, { ...found, publishing });
    if (taken) return refused(taken);

    const isSaid = isUnchanged(composed, story.head);
    // A save that says why is a revision of its own, also of what a quick save has written already.
    const revised = !isSaid || (fields.reason ?? story.head.reason) !== story.head.reason;
    const same = !revised && isSameJson(edited, story.article);
    if (same && (!publishing || isOut(story)))
      return granted({ result: articleResponse(story, found) });
    const { reason } = fields;
    const material = isSaid && revised ? (fields.material ?? false) : fields.material;
    const head = revised
      ? savedRevision(story, composed, { material, reason, by: actor.id, now })
      : withMaterial(story.head, material);
    const saved = { ...edited, head: head.n };
    const article = publishing ? publish(saved, head, now) : saved;
    const html = revised ? composed.html : null;
    const notes = revised ? composed.notes : undefined;
    const made = { before: story, article, head, html, tagNames, charts: revised ? charts : [] };
    const plan = planOf(publishing ? "publish" : "revise", made, { ...found, notes });
    return granted(stills.planned(plan));
  });
  return stills.end(acted);
}

/** Makes the head revision what readers see. A story that is out as it stands stays as it is. */
export function publishStory(
  context: CommandContext,
  target: Target,
  { fields: { material }, issues: sent }: Input<Publication>,
): Promise<Acted<ArticleResponse>> {
  return actOn(context, target, {}, async (found) => {
    const { story, survey: seen, now } = found;
    if (story.article.status === "binned") return inBin(story);
    if (sent.length > 0) return invalid(sent);
    if (isOut(story)) return granted({ result: articleResponse(story, found) });
    const { expiresAt } = story.article;
    const issues = [...releaseIssues(story.head, seen), ...expiryIssues(expiresAt, now)];
    if (issues.length > 0) return invalid(issues);
    const taken = takenPath(seen.holders, story.head, target.id);
    if (taken) return refused(taken);
    const head = withMaterial(story.head, material);
    return becomes("publish", publish(story.article, head, now), found);
  });
}

/** Takes a story away from readers (410), or out of the schedule. */
export function withdrawStory(
  context: CommandContext,
  target: Target,
): Promise<Acted<ArticleResponse>> {
  return actOn(context, target, {}, (found) => {
    const { story } = found;
    const { article } = story;
    if (!isLive(article) && article.scheduled === null)
      return wrongState(
        story,
        "withdraw",
        `only a published or scheduled ${article.form} can be withdrawn`,
      );
    return becomes("withdraw", withdraw(article), found);
  });
}

/** Sets the head revision to go out at an hour to come; null takes the story out of the schedule. */
export function scheduleStory(
  context: CommandContext,
  target: Target,
  { fields: { scheduledFor }, issues: sent }: Input<{ scheduledFor: number | null }>,
): Promise<Acted<ArticleResponse>> {
  return actOn(context, target, {}, (found) => {
    const { story, survey: seen, now } = found;
    const { article, head } = story;
    if (article.status === "binned") return inBin(story);
    if (scheduledFor === null) {
      if (article.scheduled === null) return wrongState(story, "unschedule", "it is not scheduled");
      return becomes("unschedule", unschedule(article), found);
    }
    const fields = { scheduledFor, expiresAt: article.expiresAt };
    const late = sent.length > 0 ? [] : scheduleIssues("scheduled", fields, now);
    const issues = [...sent, ...late, ...releaseIssues(head, seen)];
    if (issues.length > 0 || scheduledFor === undefined) return invalid(issues);
    const taken = takenPath(seen.holders, head, target.id);
    if (taken) return refused(taken);
    const plan = becomes("schedule", schedule(article, scheduledFor), found).value;
    return granted(alsoWrites(plan, [sealRevision(article.id, article.head)]));
  });
}

/** Puts a story in the bin; its address returns 410 if it was ever live. */
export function binStory(context: CommandContext, target: Target): Promise<Acted<ArticleResponse>> {
  return actOn(context, target, {}, (found) => {
    const { story, now } = found;
    if (story.article.status === "binned")
      return granted({ result: articleResponse(story, found) });
    return becomes("bin", bin(story.article, now), found);
  });
}

/** Brings a story back from the bin, unpublished. */
export function restoreStory(
  context: CommandContext,
  target: Target,
): Promise<Acted<ArticleResponse>> {
  const { actor, store, form } = context;
  return actOn(context, target, {}, async (found) => {
    const { story, survey: seen, now } = found;
    if (story.article.status !== "binned")
      return wrongState(story, "restore", `only a ${form} in the bin can be restored`);
    if (story.article.removedAt !== null && !mayDo(actor, REMOVE, story))
      return refuseRight(actor, REMOVE, form);
    if (isGoneForGood(story.article, now))
      return wrongState(story, "restore", "it has been in the bin for more than 30 days");
    const { section } = story.head;
    if (!seen.sections.has(section)) {
      const reason = `its section "${section}" was deleted; make it again, or PATCH the story with another section`;
      return wrongState(story, "restore", reason);
    }
    const { id } = target;
    const { slugWritten: byName } = story.head;
    const taken = takenPath(seen.holders, story.head, id, { byName });
    if (!taken) return becomes("restore", restore(story.article), found);
    if (byName) return refused(taken);
    const slug = await freeSlug(store, story.head);
    const known = { survey: seen, stills: await readStills(store, [story.head.body]) };
    const composing = { id, form, ...known, origin: store.origin, actor, now, publishing: false };
    const composed = compose({}, { ...story.head, slug }, composing);
    if (composed.issues.length > 0) return invalid(composed.issues);
    const head = nextRevision(story, composed, { material: false, by: actor.id, now });
    const article = { ...restore(story.article), head: head.n };
    const { html, charts } = composed;
    const made = { before: story, article, head, html, charts };
    return granted(planOf("restore", made, found));
  });
}

/** Reads one story, if the actor may see it. */
export async function readStory(
  { store, actor, form }: CommandContext,
  id: string,
): Promise<Outcome<ArticleResponse>> {
  const [[story]] = await store.db.read(storiesQuery([id]));
  if (story?.article.form !== form || !canRead(actor, story)) return unknownStory(id, form);
  return granted(responseFor(actor, story, store.origin));
}

/** Tells whether readers see the head revision already, and nothing else is to come. */
function isOut({ article, head }: StoryState): boolean {
  return article.live === head.n && article.scheduled === null;
}

/** The revision with an editor's last word on whether its change is worth telling. */
function withMaterial(revision: Revision, material: boolean | undefined): Revision {
  return material === undefined ? revision : { ...revision, material };
}

/** What is planned with a story, of what was sent. */
function plannedIn({
  expiresAt,
  plannedWords,
  plannedFor,
}: Pick<ArticlePatch, "expiresAt" | "plannedWords" | "plannedFor">): Partial<Article> {
  return {
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(plannedWords === undefined ? {} : { plannedWords }),
    ...(plannedFor === undefined ? {} : { plannedFor }),
  };
}

/** Who may remove a story may bring it back. */
const REMOVE = "remove a story for legal reasons";
