import {
  liveRow,
  type Article,
  type Content,
  type Live,
  type Revision,
} from "../domain/article.ts";
import { granted } from "../domain/problem.ts";
import type { Store } from "../store/open.ts";
import type { Held, StoryChange } from "../store/articles.d1.ts";
import type { Plan } from "./change.ts";
import { articleAnswer, type BodyNote, type SavedArticle } from "./answers.ts";
import type { Survey } from "./survey.ts";

/** What an act makes of one story. */
export interface Step {
  seen: Survey;
  /** The story before the act; null when it is new. */
  held: Held | null;
  article: Article;
  head: Revision;
  /** The head's HTML when the act made that revision. */
  html: string | null;
  /** The revision that readers see afterwards, when it is not the head. */
  shown?: Revision;
  /** What was left out of the body, when the act saved one. */
  notes?: BodyNote[] | undefined;
  tagNames?: StoryChange["tagNames"];
}

/** Turns what a story became into a plan: what to write, the record of the act, and the story as its answer. */
export function planOf(act: string, step: Step, origin: string): Plan<SavedArticle> {
  const change = storyChange(step);
  const { version, status, id } = change.article;
  return {
    answer: {
      ...articleAnswer(heldAfter(change), origin),
      ...(step.notes && { notes: step.notes }),
    },
    change: {
      stories: [change],
      edition: step.seen.edition,
      audit: [
        { act, subject: `article:${id}`, detail: { version, revision: step.head.n, status } },
      ],
    },
  };
}

/** The plan of an act that changes a story's life and not its words. */
export function becomes(
  { origin }: Pick<Store, "origin">,
  act: string,
  { held, seen }: { held: Held; seen: Survey },
  article: Article,
): { ok: true; value: Plan<SavedArticle> } {
  const step = { seen, held, article, head: held.head, html: null };
  return granted(planOf(act, step, origin));
}

/** What the act writes of one story. Readers' row is touched only when it comes out different. */
export function storyChange({ seen, held, head, html, shown = head, ...step }: Step): StoryChange {
  const article = held ? { ...step.article, version: held.article.version + 1 } : step.article;
  const before = held?.live ?? null;
  const after = visibleAfter(article, shown, before, seen.settings.timeZone);
  const redirectedFrom = held?.article.redirectFrom ?? [];
  const leads = JSON.stringify(article.redirectFrom) === JSON.stringify(redirectedFrom);
  const same = (leads || !after) && JSON.stringify(before) === JSON.stringify(after);
  const live = same ? undefined : after;
  const version = held?.article.version ?? null;
  const { tagNames } = step;
  return { seen: version, article, head, html, before, live, shown, redirectedFrom, tagNames };
}

/** The story as it is once the change is written. */
export function heldAfter({ article, head, live, before }: StoryChange): Held {
  return { article, head, live: live === undefined ? before : live };
}

/** A story's content, and what rendering it told. */
type Facts = { content: Content } & Pick<Revision, "words" | "pictures" | "undescribed">;

/** A new revision of a story, which tells readers of a change if it or one since the live revision is material. */
export function nextRevision(
  held: Held,
  composed: Facts,
  made: { material: boolean | undefined; by: string; now: number },
): Revision {
  const pending = held.head.n === held.article.lastLive ? false : held.head.material;
  const material = pending || made.material !== false;
  return revisionOf(composed, { n: held.head.n + 1, material, by: made.by, now: made.now });
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
  return (Object.keys(saved) as (keyof typeof saved)[]).every(
    (field) => JSON.stringify(saved[field]) === JSON.stringify(head[field]),
  );
}

/** Readers see the shown revision if the story is live with it, and else what they saw, if it is still live. */
function visibleAfter(
  article: Article,
  shown: Revision,
  before: Live | null,
  timeZone: string,
): Live | null {
  if (article.live === null) return null;
  return article.live === shown.n ? liveRow(article, shown, timeZone) : before;
}
