import { laterVersions } from "../../domain/field-versions.ts";
import { liveOf, type Article, type StoryChange, type StoryState } from "../../domain/article.ts";
import type { Content, Revision } from "../../domain/revision.ts";
import { granted } from "../../domain/problem.ts";
import { continuesRun } from "../../domain/quick-saves.ts";
import type { Actor } from "../../domain/role.ts";
import { isSameJson } from "../../domain/same.ts";
import type { Write } from "../../store/batch.d1.ts";
import { changesWhatReadersSee } from "../../store/live.d1.ts";
import type { Change, Plan } from "../change.ts";
import { changedFields, recordOf } from "./differences.ts";
import { articleResponse, type BodyNote, type SavedArticle } from "./response.ts";
import type { Survey } from "./survey.ts";

/** What an act makes of one story; what readers see of it afterwards follows. */
export interface Made {
  /** The story before the act; null when it is new. */
  before: StoryState | null;
  article: Article;
  head: Revision;
  /** The head's HTML when the act wrote the head. */
  html?: string | null;
  /** The revision that readers see afterwards, when it is not the head. */
  shown?: Revision;
  copies?: StoryChange["copies"];
  charts?: StoryChange["charts"];
  tagNames?: StoryChange["tagNames"];
}

/** What an act knows beside the story: what it read with it, and to whom the response goes. */
interface Known {
  survey: Survey;
  actor: Actor;
  origin: string;
}

/** Turns what a story became into a plan: what to write, the record of the act, and the story as its response. */
export function planOf(
  act: string,
  made: Made,
  { survey, notes, ...to }: Known & { notes?: BodyNote[] | undefined },
): Plan<SavedArticle> {
  const story = changeOf(made, survey.settings.timeZone);
  return {
    result: { ...articleResponse(story.after, to), ...(notes && { notes }) },
    change: storiesChange([story], survey, isOnlyContinued(story) ? [] : [recordOf(act, story)]),
  };
}

/**
 * A save that continues a run changes the revision and nothing else. That run has its record, and the revision says by whom and until
 * when: a record every few seconds would bury the others.
 */
function isOnlyContinued({ before, after, html }: StoryChange): boolean {
  if (html === null || before?.head.n !== after.head.n) return false;
  const { version: _, fieldVersions: __, ...life } = after.article;
  const { version: ___, fieldVersions: ____, ...was } = before.article;
  return isSameJson(life, was);
}

/** The plan of an act that changes a story's life and not its words. */
export function becomes(
  act: string,
  article: Article,
  { story, ...known }: Known & { story: StoryState },
): { ok: true; value: Plan<SavedArticle> } {
  return granted(planOf(act, { before: story, article, head: story.head }, known));
}

/** A plan that writes something more in the same transaction. */
export function alsoWrites<T>(plan: Plan<T>, writes: Write[]): Plan<T> {
  const { change } = plan;
  if (!change || change.kind === "purge")
    throw new Error("A plan that changes no story writes nothing");
  return { ...plan, change: { ...change, writes: [...(change.writes ?? []), ...writes] } };
}

/** A change of stories: public if readers see any of them otherwise. */
export function storiesChange(
  stories: StoryChange[],
  { edition }: Pick<Survey, "edition">,
  audit: Change["audit"],
): Exclude<Change, { kind: "purge" }> {
  const isPublic = stories.some(changesWhatReadersSee);
  return isPublic
    ? { kind: "public", stories, edition, audit }
    : { kind: "private", stories, audit };
}

/** One story before and after the act. `timeZone` is the paper's. */
export function changeOf(
  { before, article: life, head, html = null, shown = head, copies, charts, tagNames }: Made,
  timeZone: string,
): StoryChange {
  const lastRevision = Math.max(life.lastRevision, head.n);
  const version = before ? before.article.version + 1 : life.version;
  const article = { ...life, version, lastRevision };
  const after = { article, head, live: liveAfter() };
  if (before) {
    article.fieldVersions = laterVersions(before.article, changedFields(before, after));
  }
  return { before, after, html, copies, charts, tagNames };

  /** Readers see the shown revision if the story is live with it, and else what they saw, if it is still live. */
  function liveAfter() {
    if (article.live === null) return null;
    if (article.live === shown.n) return liveOf(article, shown, timeZone);
    return before?.live ? { ...before.live, redirectFrom: article.redirectFrom } : null;
  }
}

/** A story's content, and what rendering it told. */
type Facts = { content: Content } & Pick<Revision, "words" | "pictures" | "undescribed">;

/** How a revision is saved: by whom, when (epoch milliseconds), and why. */
interface Saving {
  by: string;
  now: number;
  /** Whether the change is worth telling readers, if the editor said so. */
  material?: boolean | undefined;
  reason?: string | null | undefined;
}

/**
 * The head of a story after a save: a revision of its own, or the one that the same hand has just saved, written over. It tells
 * readers of a change if it or one since the live revision is material.
 */
export function savedRevision(story: StoryState, composed: Facts, saving: Saving): Revision {
  const { head } = story;
  const { by, now, reason = null } = saving;
  const saved = nextRevision(story, composed, saving);
  if (!continuesRun(story, { by, now, words: composed.words, reason })) return saved;
  return { ...saved, n: head.n, beganAt: head.beganAt };
}

/** A new revision of a story. */
export function nextRevision(
  { article, head }: StoryState,
  composed: Facts,
  saving: Saving,
): Revision {
  const pending = head.n === article.lastLive ? false : head.material;
  const material = pending || saving.material !== false;
  const n = Math.max(article.lastRevision, head.n) + 1;
  return revisionOf(composed, { ...saving, n, material });
}

/** A revision from what was composed. */
export function revisionOf(
  { content, words, pictures, undescribed }: Facts,
  { n, material = true, by, now, reason = null }: Saving & { n: number },
): Revision {
  const facts = { words, pictures, undescribed, material };
  const run = { savedAt: now, savedBy: by, reason, beganAt: now, sealed: false };
  return { ...content, n, ...facts, ...run };
}

/** Tells whether a story would be saved as it is: the same words, and of its pictures nothing new to tell. */
export function isUnchanged({ content, pictures, undescribed }: Facts, head: Revision): boolean {
  const saved = { ...content, pictures, undescribed };
  return (Object.keys(saved) as (keyof typeof saved)[]).every((field) =>
    isSameJson(saved[field], head[field]),
  );
}
