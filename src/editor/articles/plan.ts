import {
  liveOf,
  type Article,
  type Content,
  type Revision,
  type StoryChange,
  type StoryState,
} from "../../domain/article.ts";
import { granted } from "../../domain/problem.ts";
import { isSameJson } from "../../domain/same.ts";
import { changesWhatReadersSee } from "../../store/live.d1.ts";
import type { Change, Plan } from "../change.ts";
import { articleResponse, type BodyNote, type SavedArticle } from "./schema.ts";
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
  tagNames?: StoryChange["tagNames"];
}

/** Turns what a story became into a plan: what to write, the record of the act, and the story as its response. */
export function planOf(
  act: string,
  made: Made,
  { survey, origin, notes }: { survey: Survey; origin: string; notes?: BodyNote[] | undefined },
): Plan<SavedArticle> {
  const story = changeOf(made, survey.settings.timeZone);
  const { id, version, status } = story.after.article;
  const detail = { version, revision: made.head.n, status };
  return {
    result: { ...articleResponse(story.after, origin), ...(notes && { notes }) },
    change: storiesChange([story], survey, [{ act, subject: `article:${id}`, detail }]),
  };
}

/** The plan of an act that changes a story's life and not its words. */
export function becomes(
  act: string,
  article: Article,
  { story, survey, origin }: { story: StoryState; survey: Survey; origin: string },
): { ok: true; value: Plan<SavedArticle> } {
  return granted(planOf(act, { before: story, article, head: story.head }, { survey, origin }));
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
  { before, article: life, head, html = null, shown = head, copies, tagNames }: Made,
  timeZone: string,
): StoryChange {
  const article = before ? { ...life, version: before.article.version + 1 } : life;
  return { before, after: { article, head, live: liveAfter() }, html, copies, tagNames };

  /** Readers see the shown revision if the story is live with it, and else what they saw, if it is still live. */
  function liveAfter() {
    if (article.live === null) return null;
    if (article.live === shown.n) return liveOf(article, shown, timeZone);
    return before?.live ? { ...before.live, redirectFrom: article.redirectFrom } : null;
  }
}

/** A story's content, and what rendering it told. */
type Facts = { content: Content } & Pick<Revision, "words" | "pictures" | "undescribed">;

/** A new revision of a story, which tells readers of a change if it or one since the live revision is material. */
export function nextRevision(
  { article, head }: StoryState,
  composed: Facts,
  made: { material: boolean | undefined; by: string; now: number },
): Revision {
  const pending = head.n === article.lastLive ? false : head.material;
  const material = pending || made.material !== false;
  return revisionOf(composed, { n: head.n + 1, material, by: made.by, now: made.now });
}

/** A revision from what was composed. */
export function revisionOf(
  { content, words, pictures, undescribed }: Facts,
  { n, material, by, now }: { n: number; material: boolean; by: string; now: number },
): Revision {
  return { ...content, n, words, pictures, undescribed, material, savedAt: now, savedBy: by };
}

/** Tells whether a story would be saved as it is: the same words, and of its pictures nothing new to tell. */
export function isUnchanged({ content, pictures, undescribed }: Facts, head: Revision): boolean {
  const saved = { ...content, pictures, undescribed };
  return (Object.keys(saved) as (keyof typeof saved)[]).every((field) =>
    isSameJson(saved[field], head[field]),
  );
}
