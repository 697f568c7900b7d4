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
  type Revision,
} from "../../domain/article.ts";
import { namesTag } from "../../domain/etag.ts";
import { articlePath } from "../../domain/paths.ts";
import { granted, invalid, refused, type Issue, type Outcome } from "../../domain/problem.ts";
import { canPublish, canRead, canRevise, canSeePlans, type Actor } from "../../domain/role.ts";
import { learnScripts } from "../../domain/slugs.ts";
import type { Store } from "../../store/open.ts";
import { heldFromRow, heldQuery, type Held } from "../../store/articles.d1.ts";
import { answeredQuery, writeAnswered, type Answered } from "../../store/idempotency.d1.ts";
import { act, type Acted } from "../act.ts";
import type { Change, Plan } from "../change.ts";
import type { Desk } from "../context.ts";
import { articleAnswer, versionTag, type ArticleAnswer } from "../answers.ts";
import { compose, pathWanted, releaseIssues } from "../content.ts";
import { READ_ONLY_OF_STORY, withoutEchoes } from "../echoes.ts";
import {
  articlePatch,
  readInput,
  type ArticlePatch,
  type Input,
  type NewArticle,
  type StoryFields,
} from "../input.ts";
import { becomes, nextRevision, planOf, revisionOf, isUnchanged } from "../plan.ts";
import { firstFree, holdersOf, numberedPaths, survey, takenPath, type Survey } from "../survey.ts";

// The verbs that editors have for one story. Each reads, decides and answers a plan; act() commits it.

/** Which story an editor means, and what their If-Match says they have read of it. */
export interface Target {
  id: string;
  ifMatch: string | null;
}

/** A retry's name for a request, and the SHA-256 of its body in hex. */
export interface Retry {
  key: string;
  bodyHash: string;
}

/** Writes a new story: a draft, published at once, or scheduled. */
export function createStory(
  desk: Desk,
  input: Input<NewArticle>,
  retry: Retry | null,
): Promise<Acted<ArticleAnswer>> {
  const { actor, store } = desk;
  const id = desk.newId();
  let tries = 0;
  return act(desk, async (now) => {
    tries += 1;
    const earlier = retry && (await firstAnswer(desk, retry, now));
    if (earlier) return earlier;
    const { fields, issues: sent } = withByline(input, actor);
    const status = fields.status ?? "draft";
    if (status !== "draft" && actor.role === "contributor")
      return forbidden("A contributor's key only writes drafts.");
    await learnScripts([fields.title ?? ""]);
    const path = pathWanted(fields, id);
    const seen = await survey(store, { fields: [fields], paths: path === null ? [] : [path] });
    const publishing = status !== "draft";
    const context = { id, survey: seen, origin: store.origin, actor, now, publishing };
    const composed = compose(fields, null, context);
    const late = scheduleIssues(status, fields, now);
    const issues = [...sent, ...composed.issues, ...late];
    if (issues.length > 0) return invalid(issues);
    const { slugWritten: byName } = composed.content;
    const taken = takenPath(seen.holders, composed.content, null, { byName });
    if (taken && byName) return refused(taken);
    // Many at once may want one number; whoever lost it thrice takes what nobody else can want.
    if (taken) composed.content.slug = tries > 3 ? id : await freeSlug(store, composed.content);

    const head = revisionOf(composed, { n: 1, material: true, by: actor.id, now });
    const born = createArticle({ id, by: actor.id, now });
    const draft = { ...born, expiresAt: fields.expiresAt ?? null };
    const become = {
      draft: () => draft,
      published: () => publish(draft, head, now),
      scheduled: () => schedule(draft, fields.scheduledFor ?? now),
    };
    const { html, notes, tagNames } = composed;
    const step = { seen, held: null, article: become[status](), head, html, notes, tagNames };
    const plan = planOf(`create ${status}`, step, store.origin);
    if (retry && plan.change) plan.change.writes = answeredWrites(desk, retry, plan.answer, now);
    return granted(plan);
  });
}

/**
 * Edits the head revision with what the body says otherwise than the story was answered. On a live story nothing
 * public changes unless `status` says to publish.
 */
export function reviseStory(
  desk: Desk,
  target: Target,
  body: unknown,
): Promise<Acted<ArticleAnswer>> {
  const { actor, store } = desk;
  const revising = { target, may: canRevise, fields: readInput(articlePatch, body).fields };
  return actOn(desk, revising, async ({ held, seen, now }) => {
    const { fields, issues: sent } = patchOf(body, answerTo(actor, held, store.origin));
    const publishing = fields.status === "published";
    if (publishing && !canPublish(actor, held))
      return forbidden("Your key may not publish this story.");
    if (publishing && held.article.status === "binned") return inBin(held);
    const { id } = target;
    const context = { id, survey: seen, origin: store.origin, actor, now, publishing };
    const composed = compose(fields, held.head, context);
    const { content, tagNames } = composed;
    const edited = { ...held.article, ...givenExpiry(fields) };
    const issues = [
      ...sent,
      ...bylineIssues(content, actor),
      ...composed.issues,
      ...(publishing ? releaseIssues({ ...content, ...composed }, seen) : []),
      ...(content.translationOf === target.id ? [ITSELF] : []),
      ...expiryIssues(edited.expiresAt, publishing ? now : edited.scheduledFor),
    ];
    if (issues.length > 0) return invalid(dedupe(issues));
    const moves = pathOf(content) !== pathOf(held.head);
    const holders = moves ? await holdersOf(store, content) : seen.holders;
    const byName = content.slugWritten || !moves;
    const taken = moves || publishing ? takenPath(holders, content, id, { byName }) : null;
    if (taken && byName) return refused(taken);
    if (taken) content.slug = await freeSlug(store, content);

    const revised = !isUnchanged(composed, held.head);
    const same = !revised && edited.expiresAt === held.article.expiresAt;
    if (same && (!publishing || isOut(held)))
      return granted({ answer: articleAnswer(held, store.origin) });
    const head = revised
      ? nextRevision(held, composed, { material: fields.material, by: actor.id, now })
      : withMaterial(held.head, fields.material);
    const saved = { ...edited, head: head.n };
    const article = publishing ? publish(saved, head, now) : saved;
    const rendered = revised ? composed : { html: null, notes: undefined };
    const { html, notes } = rendered;
    const step = { seen, held, article, head, html, notes, tagNames };
    return granted(planOf(publishing ? "publish" : "revise", step, store.origin));
  });
}

/** What a patch changes of a story, and what is wrong with it. */
function patchOf(body: unknown, answer: ArticleAnswer): Input<ArticlePatch> {
  const { changed, issues } = withoutEchoes(body, answer, READ_ONLY_OF_STORY);
  const { fields, issues: sent } = readInput(articlePatch, changed);
  // A story that is out and is told to be published again may have something to publish. One that comes back whole, with its
  // version, says its status as it says its id.
  const tells = isPublished(body) && isPublished(answer) && !isWhole(body);
  const asks = tells ? { status: "published" as const } : {};
  return { fields: { ...fields, ...asks }, issues: [...issues, ...sent] };
}

function isWhole(body: unknown): boolean {
  return typeof body === "object" && body !== null && "version" in body;
}

function isPublished(story: unknown): boolean {
  return (story as { status?: unknown } | null)?.status === "published";
}

/** Makes the head revision what readers see. A story that is out as it stands stays as it is. */
export function publishStory(
  desk: Desk,
  target: Target,
  material: boolean | undefined,
): Promise<Acted<ArticleAnswer>> {
  const { store } = desk;
  return actOn(desk, { target, may: canPublish }, async ({ held, seen, now }) => {
    if (held.article.status === "binned") return inBin(held);
    if (isOut(held)) return granted({ answer: articleAnswer(held, store.origin) });
    const { expiresAt } = held.article;
    const issues = [...releaseIssues(held.head, seen), ...expiryIssues(expiresAt, now)];
    if (issues.length > 0) return invalid(issues);
    const taken = takenPath(seen.holders, held.head, target.id);
    if (taken) return refused(taken);
    const head = withMaterial(held.head, material);
    return becomes(desk.store, "publish", { held, seen }, publish(held.article, head, now));
  });
}

/** Takes a story away from readers (410), or out of the schedule. */
export function withdrawStory(desk: Desk, target: Target): Promise<Acted<ArticleAnswer>> {
  return actOn(desk, { target, may: canPublish }, ({ held, seen }) => {
    if (!isLive(held.article) && held.article.scheduled === null)
      return wrongState(held, "withdraw", "only a published or scheduled story can be withdrawn");
    return becomes(desk.store, "withdraw", { held, seen }, withdraw(held.article));
  });
}

/** Sets the head revision to go out at an hour to come; null takes the story out of the schedule. */
export function scheduleStory(
  desk: Desk,
  target: Target,
  { fields: { scheduledFor }, issues: sent }: Input<{ scheduledFor: number | null }>,
): Promise<Acted<ArticleAnswer>> {
  return actOn(desk, { target, may: canPublish }, ({ held, seen, now }) => {
    const { article, head } = held;
    if (article.status === "binned") return inBin(held);
    if (scheduledFor === null) {
      if (article.scheduled === null) return wrongState(held, "unschedule", "it is not scheduled");
      return becomes(desk.store, "unschedule", { held, seen }, unschedule(article));
    }
    const fields = { scheduledFor, expiresAt: article.expiresAt };
    const late = sent.length > 0 ? [] : scheduleIssues("scheduled", fields, now);
    const issues = [...sent, ...late, ...releaseIssues(head, seen)];
    if (issues.length > 0 || scheduledFor === undefined) return invalid(issues);
    const taken = takenPath(seen.holders, head, target.id);
    if (taken) return refused(taken);
    return becomes(desk.store, "schedule", { held, seen }, schedule(article, scheduledFor));
  });
}

/** Puts a story in the bin; its address answers 410 if it was ever live. */
export function binStory(desk: Desk, target: Target): Promise<Acted<ArticleAnswer>> {
  return actOn(desk, { target, may: canRevise }, ({ held, seen, now }) => {
    if (held.article.status === "binned")
      return granted({ answer: articleAnswer(held, desk.store.origin) });
    return becomes(desk.store, "bin", { held, seen }, bin(held.article, now));
  });
}

/** Brings a story back from the bin, unpublished. */
export function restoreStory(desk: Desk, target: Target): Promise<Acted<ArticleAnswer>> {
  const { actor, store } = desk;
  return actOn(desk, { target, may: canRevise }, async ({ held, seen, now }) => {
    if (held.article.status !== "binned")
      return wrongState(held, "restore", "only a story in the bin can be restored");
    if (isGoneForGood(held.article, now))
      return wrongState(held, "restore", "it has been in the bin for more than 30 days");
    const { section } = held.head;
    if (!seen.sections.has(section)) {
      const reason = `its section "${section}" was deleted; make it again, or PATCH the story with another section`;
      return wrongState(held, "restore", reason);
    }
    const { id } = target;
    const { slugWritten: byName } = held.head;
    const taken = takenPath(seen.holders, held.head, id, { byName });
    if (!taken) return becomes(store, "restore", { held, seen }, restore(held.article));
    if (byName) return refused(taken);
    const slug = await freeSlug(store, held.head);
    const context = { id, survey: seen, origin: store.origin, actor, now, publishing: false };
    const composed = compose({}, { ...held.head, slug }, context);
    if (composed.issues.length > 0) return invalid(composed.issues);
    const head = nextRevision(held, composed, { material: false, by: actor.id, now });
    const article = { ...restore(held.article), head: head.n };
    return granted(
      planOf("restore", { seen, held, article, head, html: composed.html }, store.origin),
    );
  });
}

/** Reads one story, if the actor may see it. */
export async function readStory(
  { store, actor }: Desk,
  id: string,
): Promise<Outcome<ArticleAnswer>> {
  const [[row]] = await store.db.read(heldQuery([id]));
  const held = row && heldFromRow(row);
  if (!held || !canRead(actor, held)) return unknownStory(id);
  return granted(answerTo(actor, held, store.origin));
}

/** A story as an actor may see it: what is planned with another's is not for a contributor. */
export function answerTo(actor: Actor, held: Held, origin: string): ArticleAnswer {
  const answer = articleAnswer(held, origin);
  if (canSeePlans(actor, held)) return answer;
  const nothing = { scheduledFor: null, scheduledRevision: null, expiresAt: null };
  return { ...answer, ...nothing, assignee: null, reviewNote: null };
}

/** A slug in place of a default one whose path another story or a redirect holds. */
async function freeSlug(
  store: Store,
  content: Pick<Revision, "section" | "slug" | "title">,
): Promise<string> {
  return firstFree(content, await numberedPaths(store, [content]));
}

/** A story found for an act, and what was read with it. */
interface Found {
  held: Held;
  seen: Survey;
  now: number;
}

/** An act on one story: which one, who may, and the fields whose references it needs to know. */
interface Acting {
  target: Target;
  may(actor: Actor, story: Held): boolean;
  fields?: StoryFields;
}

/** Carries out an act on a story that is there, is the actor's to act on, and has not changed since they read it. */
function actOn(
  desk: Desk,
  { target: { id, ifMatch }, may, fields }: Acting,
  decide: (found: Found) => Outcome<Plan<ArticleAnswer>> | Promise<Outcome<Plan<ArticleAnswer>>>,
): Promise<Acted<ArticleAnswer>> {
  const { actor, store } = desk;
  return act(desk, async (now) => {
    const seen = await survey(store, { ids: [id], fields: fields ? [fields] : [] });
    const held = seen.held.get(id);
    if (!held || !canRead(actor, held)) return unknownStory(id);
    if (!may(actor, held)) return forbidden("Your key may not do this to this story.");
    const etag = versionTag(held.article);
    if (ifMatch === null) {
      const detail = `Send If-Match with the version you read, like If-Match: ${etag}, or * to overwrite whatever is there.`;
      return refused({ kind: "unconditional", detail });
    }
    if (namesTag(ifMatch, etag)) return decide({ held, seen, now });
    const detail = `The story has changed since you read it: it is at ${etag} now, and If-Match said ${ifMatch}.`;
    return refused({ kind: "stale", detail, current: articleAnswer(held, store.origin), etag });
  });
}

/** Tells whether readers see the head revision already, and nothing else is to come. */
function isOut({ article, head }: Held): boolean {
  return article.live === head.n && article.scheduled === null;
}

/** The revision with an editor's last word on whether its change is worth telling. */
function withMaterial(revision: Revision, material: boolean | undefined): Revision {
  return material === undefined ? revision : { ...revision, material };
}

function givenExpiry({ expiresAt }: StoryFields): { expiresAt?: number | null } {
  return expiresAt === undefined ? {} : { expiresAt };
}

const ITSELF: Issue = { path: "translationOf", message: "Is this story itself." };

/** One issue a place and message: what the fields say wrong, a saved byline may say again. */
function dedupe(issues: Issue[]): Issue[] {
  const told = new Map(issues.map((issue) => [`${issue.path} ${issue.message}`, issue]));
  return [...told.values()];
}

/** A story must not expire before it goes out. */
function expiryIssues(expiresAt: number | null, goesOut: number | null): Issue[] {
  if (expiresAt === null || goesOut === null || expiresAt > goesOut) return [];
  const iso = (time: number) => new Date(time).toISOString();
  const message = `Must be after the story goes out at ${iso(goesOut)}, got ${iso(expiresAt)}.`;
  return [{ path: "expiresAt", message }];
}

function pathOf({ section, slug }: { section: string; slug: string }): string {
  return articlePath(section, slug);
}

/** A key bound to an author writes under that byline. */
function withByline<T extends { authors?: string[] | undefined }>(
  input: Input<T>,
  actor: Actor,
): Input<T> {
  const { author } = actor;
  if (author === null || (actor.role !== "author" && actor.role !== "contributor")) return input;
  const { authors } = input.fields;
  if (authors === undefined) return { ...input, fields: { ...input.fields, authors: [author] } };
  return { ...input, issues: [...input.issues, ...bylineIssues({ authors }, actor)] };
}

function bylineIssues({ authors }: { authors: string[] }, actor: Actor): Issue[] {
  const bound = actor.role === "author" || actor.role === "contributor" ? actor.author : null;
  if (bound === null || authors.includes(bound)) return [];
  return [
    { path: "authors", message: `Must include "${bound}": your key writes under that byline.` },
  ];
}

function scheduleIssues(
  status: string,
  {
    scheduledFor,
    expiresAt,
  }: { scheduledFor?: number | undefined; expiresAt?: number | null | undefined },
  now: number,
): Issue[] {
  const path = "scheduledFor";
  if (status !== "scheduled") {
    return scheduledFor === undefined
      ? []
      : [{ path, message: 'Only goes with status "scheduled".' }];
  }
  if (scheduledFor === undefined)
    return [{ path, message: "Must say when a scheduled story goes out." }];
  if (scheduledFor > now) return expiryIssues(expiresAt ?? null, scheduledFor);
  return [{ path, message: `Must be in the future, got ${new Date(scheduledFor).toISOString()}.` }];
}

async function firstAnswer(
  desk: Desk,
  retry: Retry,
  now: number,
): Promise<Outcome<Plan<ArticleAnswer>> | null> {
  const [[first]] = await desk.store.db.read(answeredQuery(desk.actor.id, retry.key, now));
  if (!first) return null;
  if (first.bodyHash === retry.bodyHash)
    return granted({ answer: JSON.parse(first.answer) as ArticleAnswer });
  return invalid([
    {
      path: "Idempotency-Key",
      message: "Was used within 24 hours with another body; choose a new one.",
    },
  ]);
}

function answeredWrites(
  desk: Desk,
  retry: Retry,
  answer: ArticleAnswer,
  now: number,
): Change["writes"] & object {
  const answered: Answered = {
    owner: desk.actor.id,
    key: retry.key,
    bodyHash: retry.bodyHash,
    articleId: answer.id,
    answer: JSON.stringify(answer),
  };
  return writeAnswered(answered, now);
}

function forbidden(detail: string): Outcome<never> {
  return refused({ kind: "forbidden", detail });
}

function unknownStory(id: string): Outcome<never> {
  return refused({ kind: "unknown", detail: `There is no story "${id}".` });
}

function inBin(held: Held): Outcome<never> {
  return wrongState(held, "change", "it is in the bin; restore it first");
}

function wrongState({ article, head }: Held, verb: string, reason: string): Outcome<never> {
  return refused({
    kind: "wrongState",
    detail: `Cannot ${verb} "${head.title}" (${article.status}): ${reason}.`,
  });
}
