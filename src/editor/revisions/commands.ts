import { discard, type Form, type StoryState } from "../../domain/article.ts";
import { contentOf, type Revision } from "../../domain/revision.ts";
import { granted, invalid, refused, type Outcome } from "../../domain/problem.ts";
import type { RightName } from "../../domain/role.ts";
import { isSameJson } from "../../domain/same.ts";
import {
  historyQuery,
  revisionQuery,
  signedQuery,
  type Saved,
  type Signed,
} from "../../store/revisions.d1.ts";
import { diffTexts } from "../../text/diff.ts";
import type { Acted } from "../act.ts";
import { claimPath } from "../articles/claim.ts";
import { compose } from "../articles/content.ts";
import { actOn, findStory, inBin, wrongState } from "../articles/found.ts";
import { bylineIssues, dedupe } from "../articles/issues.ts";
import { isUnchanged, nextRevision, planOf } from "../articles/plan.ts";
import { articleResponse, type ArticleResponse } from "../articles/response.ts";
import type { StoryFields } from "../articles/schema.ts";
import type { CommandContext } from "../context.ts";
import type { Target } from "../endpoint.ts";
import {
  isNumber,
  numberOf,
  revisionResponse,
  savedResponse,
  type Difference,
  type WholeRevision,
} from "./schema.ts";
import { readStills } from "../stills/stills.ts";

// The history of a story: it is read, compared and gone back to, and never rewritten.

const RIGHT: RightName = "see what is planned";

/** The saves of a story before a number, newest first. */
export async function listRevisions(
  context: CommandContext,
  id: string,
  page: { before: number; limit: number },
): Promise<Outcome<{ story: StoryState; saves: Saved[] }>> {
  const found = await findStory(context, id, RIGHT);
  if (!found.ok) return found;
  const [saves] = await context.store.db.read(historyQuery(id, page));
  return granted({ story: found.value, saves });
}

/** One revision with everything that it says. */
export async function readRevision(
  context: CommandContext,
  id: string,
  name: string,
): Promise<Outcome<WholeRevision>> {
  const found = await findStory(context, id, RIGHT);
  if (!found.ok) return found;
  const revisions = await findRevisions(context, found.value, [name]);
  if (!revisions.ok) return revisions;
  const [only] = revisions.value;
  return granted(revisionResponse(only, found.value.article));
}

/** What differs between two revisions, named as in "3..7" or "published..head". */
export async function compareRevisions(
  context: CommandContext,
  id: string,
  range: string,
): Promise<Outcome<Difference>> {
  const found = await findStory(context, id, RIGHT);
  if (!found.ok) return found;
  const names = range.split("..");
  if (names.length !== 2) {
    const detail = `Two revisions are named like 3..7 or published..head, got "${range}".`;
    return refused({ kind: "unknown", detail });
  }
  const revisions = await findRevisions(context, found.value, names);
  if (!revisions.ok) return revisions;
  const [from, to = from] = revisions.value;
  const { article } = found.value;
  return granted({
    from: savedResponse({ ...from.revision, savedByName: from.savedByName }, article),
    to: savedResponse({ ...to.revision, savedByName: to.savedByName }, article),
    fields: differencesOf(revisionResponse(from, article), revisionResponse(to, article)),
  });
}

/** Finds revisions by their numbers or by what they are to the story, in that order. */
async function findRevisions(
  { store }: CommandContext,
  { article }: StoryState,
  names: string[],
): Promise<Outcome<[Signed, ...Signed[]]>> {
  const numbers = names.map((name) => numberOf(name, article));
  const [rows] = await store.db.read(
    signedQuery(
      article.id,
      numbers.filter((n) => n !== null),
    ),
  );
  const byNumber = new Map(rows.map((row) => [row.revision.n, row]));
  const found = numbers.map((n) => (n === null ? undefined : byNumber.get(n)));
  const missing = found.findIndex((row) => row === undefined);
  if (missing >= 0) {
    const detail = `The ${article.form} has no revision "${names[missing]}".`;
    return refused({ kind: "unknown", detail });
  }
  return granted(found as [Signed, ...Signed[]]);
}

/** What is compared: everything that a revision says. */
const COMPARED = [
  "kind",
  "sponsor",
  "title",
  "standfirst",
  "body",
  "section",
  "slug",
  "authors",
  "tags",
  "hero",
  "corrections",
  "language",
  "translationOf",
  "related",
  "part",
  "canonicalUrl",
  "seo",
  "publishedAt",
  "updatedAt",
] as const satisfies (keyof WholeRevision)[];

function differencesOf(from: WholeRevision, to: WholeRevision): Difference["fields"] {
  return COMPARED.filter((field) => !isSameJson(from[field], to[field])).map((field) => {
    const [before, after] = [from[field], to[field]];
    if (field === "body") return { field, parts: diffTexts(from.body, to.body) };
    if (field !== "title" && field !== "standfirst") return { field, before, after };
    return { field, before, after, parts: diffTexts(from[field] ?? "", to[field] ?? "") };
  });
}

/**
 * Makes what an earlier revision said a new one. The corrections stay as they are: they are the paper's word to its readers, and were
 * worded anew or taken out for a reason. What it was translated from, or led on to, may be gone.
 */
export async function restoreRevision(
  context: CommandContext,
  target: Target,
  name: string,
): Promise<Acted<ArticleResponse>> {
  const { actor, store, form } = context;
  const n = isNumber(name) ? Number(name) : 0;
  const [[signed]] = await store.db.read(signedQuery(target.id, [n]));
  const fields = signed ? referencesOf(signed.revision, form) : {};
  return actOn(context, target, fields, async (found) => {
    const { story, survey, now } = found;
    const { id } = target;
    if (story.article.status === "binned") return inBin(story);
    if (!signed)
      return refused({ kind: "unknown", detail: `The ${form} has no revision "${name}".` });
    const { section, authors } = fields;
    const earlier = contentOf(signed.revision);
    const { corrections } = story.head;
    const isThere = survey.articles.has(earlier.translationOf ?? "");
    const translationOf = isThere ? earlier.translationOf : null;
    // A tag that was deleted and whose slug is another's by now has its id behind it, which no slug has.
    const tags = earlier.tags.filter((tag) => !tag.includes("~"));
    const related = earlier.related.filter((one) => survey.articles.has(one));
    const base = { ...earlier, tags, corrections, translationOf, related };
    const stills = await readStills(store, [base.body]);
    const composing = {
      id,
      form,
      survey,
      stills,
      origin: store.origin,
      actor,
      now,
      publishing: false,
    };
    const composed = compose({ section, authors }, base, composing);
    const byline = bylineIssues(base, actor, story.article);
    const issues = dedupe([...byline, ...composed.issues]);
    if (issues.length > 0) return invalid(issues);
    const taken = await claimPath(store, composed.content, { ...found, publishing: false });
    if (taken) return refused(taken);
    if (isUnchanged(composed, story.head))
      return granted({ result: articleResponse(story, found) });
    const reason = `Restored revision ${name}.`;
    const head = nextRevision(story, composed, { reason, by: actor.id, now });
    const article = { ...story.article, head: head.n };
    const { html, charts, notes } = composed;
    const made = { before: story, article, head, html, charts };
    return granted(planOf("restore revision", made, { ...found, notes }));
  });
}

/** What a revision names that may be gone by now. */
function referencesOf(revision: Revision, form: Form): StoryFields {
  const { section, authors, translationOf, related, body, hero } = revision;
  const opening = hero && { src: hero.src, focalPoint: undefined };
  if (form === "page") return { body, hero: opening };
  return { section, authors, translationOf, related, body, hero: opening };
}

/** Takes the draft of a live story back to what readers see. The revisions of the draft stay in the history. */
export function discardDraft(
  context: CommandContext,
  target: Target,
): Promise<Acted<ArticleResponse>> {
  const { store } = context;
  return actOn(context, target, {}, async (found) => {
    const { story } = found;
    const { id, live, head, scheduled } = story.article;
    if (story.article.status === "binned") return inBin(story);
    if (live === null) return wrongState(story, "discard the draft of", "readers see none of it");
    if (head === live) return granted({ result: articleResponse(story, found) });
    if (scheduled !== null) {
      // It would go out over what is being edited then, and the next publication would take it back.
      const reason = "its next version is scheduled; take it out of the schedule first";
      return wrongState(story, "discard the draft of", reason);
    }
    const [[shown]] = await store.db.read(revisionQuery(id, live));
    if (!shown) throw new Error(`Article ${id} has no revision ${live}`);
    const made = { before: story, article: discard(story.article, live), head: shown };
    return granted(planOf("discard", made, found));
  });
}
