import {
  bin,
  createArticle,
  isGoneForGood,
  isLive,
  liveRow,
  publish,
  restore,
  schedule,
  withdraw,
  type Article,
  type Content,
  type Live,
  type Revision,
} from "../../domain/article.ts";
import { namesTag } from "../../domain/etag.ts";
import { granted, invalid, refused, type Issue, type Outcome } from "../../domain/problem.ts";
import { canPublish, canRead, canRevise, type Actor } from "../../domain/role.ts";
import {
  findRevision,
  heldFromRow,
  heldQuery,
  type Held,
  type StoryChange,
} from "../../store/articles.d1.ts";
import { answeredQuery, writeAnswered, type Answered } from "../../store/idempotency.d1.ts";
import { act, type Change, type Desk, type Plan } from "../act.ts";
import { articleAnswer, versionTag, type ArticleAnswer } from "../answers.ts";
import { compose, publicationIssues, survey, takenPath, type Survey } from "../content.ts";
import type { ArticlePatch, Input, NewArticle } from "../input.ts";

// The verbs that editors have for one story. Each reads, decides and answers a plan; act() commits it.

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
): Promise<Outcome<ArticleAnswer>> {
  return act(desk, async (now) => {
    const earlier = retry && (await firstAnswer(desk, retry, now));
    if (earlier) return earlier;
    const { fields, issues: sent } = withByline(input, desk.actor);
    const status = fields.status ?? "draft";
    if (status !== "draft" && desk.actor.role === "contributor")
      return forbidden("A contributor's key only writes drafts.");
    const seen = await survey(desk.store, [], [fields]);
    const composed = compose(fields, null, {
      survey: seen,
      origin: desk.store.origin,
      now,
      publishing: status !== "draft",
    });
    const issues = [
      ...sent,
      ...composed.issues,
      ...scheduleIssues(status, fields.scheduledFor, now),
    ];
    if (issues.length > 0) return invalid(issues);
    const taken = await takenPath(desk.store, composed.content, null);
    if (taken) return refused(taken);

    const born = createArticle({ id: desk.newId(), by: desk.actor.id, now });
    const head = revisionOf(composed, { n: 1, material: true, by: desk.actor.id, now });
    const draft = { ...born, expiresAt: fields.expiresAt ?? null };
    const article =
      status === "published"
        ? publish(draft, head, now)
        : status === "scheduled"
          ? schedule(draft, fields.scheduledFor ?? now)
          : draft;
    const plan = planOf(desk, {
      seen,
      held: null,
      article,
      head,
      html: composed.html,
      act: `create ${status}`,
    });
    if (retry && plan.change) plan.change.writes = answeredWrites(desk, retry, plan.answer, now);
    return granted(plan);
  });
}

/** Edits the head revision. On a live story nothing public changes unless `status` says to publish. */
export function reviseStory(
  desk: Desk,
  id: string,
  ifMatch: string | null,
  input: Input<ArticlePatch>,
): Promise<Outcome<ArticleAnswer>> {
  return act(desk, async (now) => {
    const seen = await survey(desk.store, [id], [input.fields]);
    const found = findFor(desk, seen, id, ifMatch, canRevise);
    if (!found.ok) return found;
    const held = found.value;
    const publishing = input.fields.status === "published";
    if (publishing && !canPublish(desk.actor, held))
      return forbidden("Your key may not publish this story.");
    if (held.article.status === "binned") return inBin(held);
    const composed = compose(input.fields, held.head, {
      survey: seen,
      origin: desk.store.origin,
      now,
      publishing,
    });
    const issues = [
      ...input.issues,
      ...bylineIssues(composed.content, desk.actor),
      ...composed.issues,
    ];
    if (issues.length > 0) return invalid(issues);
    if (pathOf(composed.content) !== pathOf(held.head)) {
      const taken = await takenPath(desk.store, composed.content, id);
      if (taken) return refused(taken);
    }

    const revised = !sameContent(composed.content, held.head);
    const expiresAt =
      input.fields.expiresAt === undefined ? held.article.expiresAt : input.fields.expiresAt;
    const base = { ...held.article, expiresAt };
    const head = revised
      ? nextRevision(held, composed, { material: input.fields.material, by: desk.actor.id, now })
      : held.head;
    const edited = { ...base, head: head.n };
    const article = publishing ? publish(edited, head, now) : edited;
    const unchanged =
      !revised && expiresAt === held.article.expiresAt && (!publishing || isOut(held));
    if (unchanged) return granted({ answer: articleAnswer(held, desk.store.origin) });
    const name = publishing ? "publish" : "revise";
    return granted(
      planOf(desk, { seen, held, article, head, html: revised ? composed.html : null, act: name }),
    );
  });
}

/** Makes the head revision what readers see. A story that is out as it stands stays as it is. */
export function publishStory(
  desk: Desk,
  id: string,
  ifMatch: string | null,
  material: boolean | undefined,
): Promise<Outcome<ArticleAnswer>> {
  return act(desk, async (now) => {
    const seen = await survey(desk.store, [id], []);
    const found = findFor(desk, seen, id, ifMatch, canPublish);
    if (!found.ok) return found;
    const held = found.value;
    if (held.article.status === "binned") return inBin(held);
    if (isOut(held)) return granted({ answer: articleAnswer(held, desk.store.origin) });
    const issues = publicationIssues(held.head);
    if (issues.length > 0) return invalid(issues);
    const taken = await takenPath(desk.store, held.head, id);
    if (taken) return refused(taken);
    const head = material === undefined ? held.head : { ...held.head, material };
    return granted(
      planOf(desk, {
        seen,
        held,
        article: publish(held.article, head, now),
        head,
        html: null,
        act: "publish",
      }),
    );
  });
}

/** Takes a story away from readers (410), or out of the schedule. */
export function withdrawStory(
  desk: Desk,
  id: string,
  ifMatch: string | null,
): Promise<Outcome<ArticleAnswer>> {
  return act(desk, async () => {
    const seen = await survey(desk.store, [id], []);
    const found = findFor(desk, seen, id, ifMatch, canPublish);
    if (!found.ok) return found;
    const held = found.value;
    if (!isLive(held.article) && held.article.scheduled === null) {
      return wrongState(held, "withdraw", "only a published or scheduled story can be withdrawn");
    }
    return granted(
      planOf(desk, {
        seen,
        held,
        article: withdraw(held.article),
        head: held.head,
        html: null,
        act: "withdraw",
      }),
    );
  });
}

/** Sets the head revision to go out at an hour to come. */
export function scheduleStory(
  desk: Desk,
  id: string,
  ifMatch: string | null,
  input: Input<{ scheduledFor: number }>,
): Promise<Outcome<ArticleAnswer>> {
  return act(desk, async (now) => {
    const seen = await survey(desk.store, [id], []);
    const found = findFor(desk, seen, id, ifMatch, canPublish);
    if (!found.ok) return found;
    const held = found.value;
    if (held.article.status === "binned") return inBin(held);
    const { scheduledFor } = input.fields;
    const late = scheduledFor === undefined ? [] : scheduleIssues("scheduled", scheduledFor, now);
    const issues = [...input.issues, ...late, ...publicationIssues(held.head)];
    if (issues.length > 0 || scheduledFor === undefined) return invalid(issues);
    const article = schedule(held.article, scheduledFor);
    return granted(
      planOf(desk, { seen, held, article, head: held.head, html: null, act: "schedule" }),
    );
  });
}

/** Puts a story in the bin; its address answers 410 if it was ever live. */
export function binStory(
  desk: Desk,
  id: string,
  ifMatch: string | null,
): Promise<Outcome<ArticleAnswer>> {
  return act(desk, async (now) => {
    const seen = await survey(desk.store, [id], []);
    const found = findFor(desk, seen, id, ifMatch, canRevise);
    if (!found.ok) return found;
    const held = found.value;
    if (held.article.status === "binned")
      return granted({ answer: articleAnswer(held, desk.store.origin) });
    return granted(
      planOf(desk, {
        seen,
        held,
        article: bin(held.article, now),
        head: held.head,
        html: null,
        act: "bin",
      }),
    );
  });
}

/** Brings a story back from the bin, unpublished. */
export function restoreStory(
  desk: Desk,
  id: string,
  ifMatch: string | null,
): Promise<Outcome<ArticleAnswer>> {
  return act(desk, async (now) => {
    const seen = await survey(desk.store, [id], []);
    const found = findFor(desk, seen, id, ifMatch, canRevise);
    if (!found.ok) return found;
    const held = found.value;
    if (held.article.status !== "binned")
      return wrongState(held, "restore", "only a story in the bin can be restored");
    if (isGoneForGood(held.article, now))
      return wrongState(held, "restore", "it has been in the bin for more than 30 days");
    const taken = await takenPath(desk.store, held.head, id);
    if (taken) return refused(taken);
    return granted(
      planOf(desk, {
        seen,
        held,
        article: restore(held.article),
        head: held.head,
        html: null,
        act: "restore",
      }),
    );
  });
}

/** Publishes the revision that was scheduled, as of the hour it was scheduled for; nothing when it is no longer due. */
export function publishDue(desk: Desk, id: string): Promise<Outcome<null>> {
  return act(desk, async (now) => {
    const seen = await survey(desk.store, [id], []);
    const held = seen.held.get(id);
    const { scheduled, scheduledFor } = held?.article ?? {};
    if (!held || !scheduled || !scheduledFor || scheduledFor > now)
      return granted({ answer: null });
    const due =
      scheduled === held.head.n ? held.head : await findRevision(desk.store.db, id, scheduled);
    if (!due) throw new Error(`Article ${id} has no revision ${scheduled}`);
    const taken = await takenPath(desk.store, due, id);
    if (taken) return refused(taken);
    const article = publish(held.article, due, scheduledFor);
    const plan = planOf(desk, {
      seen,
      held,
      article,
      head: held.head,
      shown: due,
      html: null,
      act: "publish on schedule",
    });
    return granted({ ...plan, answer: null });
  });
}

/** Withdraws a story whose time is over; nothing when it no longer is. */
export function expireDue(desk: Desk, id: string): Promise<Outcome<null>> {
  return act(desk, async (now) => {
    const seen = await survey(desk.store, [id], []);
    const held = seen.held.get(id);
    if (!held?.article.expiresAt || held.article.expiresAt > now) return granted({ answer: null });
    const article = isLive(held.article)
      ? withdraw(held.article)
      : { ...held.article, expiresAt: null };
    const plan = planOf(desk, { seen, held, article, head: held.head, html: null, act: "expire" });
    return granted({ ...plan, answer: null });
  });
}

/** Reads one story, if the actor may see it. */
export async function readStory(desk: Desk, id: string): Promise<Outcome<ArticleAnswer>> {
  const [[row]] = await desk.store.db.read(heldQuery([id]));
  const held = row && heldFromRow(row);
  if (!held || !canRead(desk.actor, held)) return unknownStory(id);
  return granted(articleAnswer(held, desk.store.origin));
}

/** Finds a story for an act: there, the actor's to act on, and unchanged since the actor read it. */
function findFor(
  { actor, store }: Desk,
  { held }: Survey,
  id: string,
  ifMatch: string | null,
  may: (actor: Actor, story: Held) => boolean,
): Outcome<Held> {
  const story = held.get(id);
  if (!story || !canRead(actor, story)) return unknownStory(id);
  if (!may(actor, story)) return forbidden("Your key may not do this to this story.");
  if (ifMatch === null) {
    const detail = `Send If-Match with the version you read, like If-Match: ${versionTag(story.article)}, or * to overwrite whatever is there.`;
    return refused({ kind: "unconditional", detail });
  }
  const etag = versionTag(story.article);
  if (namesTag(ifMatch, etag)) return granted(story);
  const detail = `The story has changed since you read it: it is at ${etag} now, and If-Match said ${ifMatch}.`;
  return refused({ kind: "stale", detail, current: articleAnswer(story, store.origin), etag });
}

interface Step {
  seen: Survey;
  /** The story before the act; null when it is new. */
  held: Held | null;
  article: Article;
  head: Revision;
  html: string | null;
  /** The revision that readers see afterwards, when it is not the head. */
  shown?: Revision;
  act: string;
}

/** Turns what a story became into a plan: its next version, what readers see of it, the record of the act. */
function planOf(desk: Desk, step: Step): Plan<ArticleAnswer> {
  const change = storyChange(step);
  const detail = {
    version: change.article.version,
    revision: step.head.n,
    status: change.article.status,
  };
  const after: Held = {
    article: change.article,
    head: step.head,
    live: change.live === undefined ? change.before : change.live,
  };
  return {
    answer: articleAnswer(after, desk.store.origin),
    change: {
      stories: [change],
      edition: step.seen.edition,
      audit: [{ act: step.act, subject: `article:${step.article.id}`, detail }],
    },
  };
}

/** What the act writes of one story. Readers' row is touched only when it comes out different. */
export function storyChange({
  seen,
  held,
  head,
  html,
  shown,
  ...step
}: Omit<Step, "act">): StoryChange & { before: Live | null } {
  const article = held ? { ...step.article, version: held.article.version + 1 } : step.article;
  const before = held?.live ?? null;
  const visible = shown ?? head;
  const after =
    article.live === visible.n ? liveRow(article, visible, seen.settings.timeZone) : null;
  const stays =
    article.live !== null && article.live === before?.revision && article.live !== visible.n;
  const live = stays || JSON.stringify(before) === JSON.stringify(after) ? undefined : after;
  return { seen: held?.article.version ?? null, article, head, html, live, before, paths: [] };
}

/** A new revision of a story, which tells readers of a change if it or one since the live revision is material. */
export function nextRevision(
  held: Held,
  composed: { content: Content; words: number },
  made: { material: boolean | undefined; by: string; now: number },
): Revision {
  const pending = held.head.n === held.article.live ? false : held.head.material;
  const material = pending || made.material !== false;
  return revisionOf(composed, { n: held.head.n + 1, material, by: made.by, now: made.now });
}

/** A revision from what was composed. */
export function revisionOf(
  { content, words }: { content: Content; words: number },
  made: { n: number; material: boolean; by: string; now: number },
): Revision {
  return {
    ...content,
    n: made.n,
    words,
    material: made.material,
    savedAt: made.now,
    savedBy: made.by,
  };
}

/** Tells whether readers see the head revision already. */
function isOut({ article, head }: Held): boolean {
  return article.live === head.n && article.scheduled === null;
}

/** Tells whether two contents would be saved alike. */
export function sameContent(content: Content, head: Revision): boolean {
  return (Object.keys(content) as (keyof Content)[]).every(
    (field) => JSON.stringify(content[field]) === JSON.stringify(head[field]),
  );
}

function pathOf({ section, slug }: Content): string {
  return `/${section}/${slug}`;
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

function scheduleIssues(status: string, scheduledFor: number | undefined, now: number): Issue[] {
  const path = "scheduledFor";
  if (status !== "scheduled") {
    return scheduledFor === undefined
      ? []
      : [{ path, message: 'Only goes with status "scheduled".' }];
  }
  if (scheduledFor === undefined)
    return [{ path, message: "Must say when a scheduled story goes out." }];
  if (scheduledFor > now) return [];
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
