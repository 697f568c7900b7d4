import { monthOf } from "./calendar.ts";
import type { FieldVersions } from "./field-versions.ts";
import { articlePath } from "./paths.ts";
import {
  type Correction,
  type CardContent,
  cardContent,
  type Revision,
  type RevisionCopy,
} from "./revision.ts";

/** Every state an article can be in. The list is closed: the database checks it, too. */
export const STATUSES = [
  "draft",
  "inReview",
  "scheduled",
  "published",
  "withdrawn",
  "binned",
] as const;
export type Status = (typeof STATUSES)[number];

/**
 * The forms of an article: a story, or a page that is none (about, imprint), with the same life: it has no section, date, authors or
 * tags, and stands in no list.
 */
export const FORMS = ["story", "page"] as const;
export type Form = (typeof FORMS)[number];

/** How long a story in the bin can be brought back: 30 days, in milliseconds. */
const BIN_LIFETIME = 30 * 24 * 60 * 60 * 1000;

/** The story itself: its life, and which of its revisions is which. Times in epoch milliseconds. */
export interface Article {
  id: string;
  /** Never changes. */
  form: Form;
  status: Status;
  /** Grows by one with every write; the ETag of the API. */
  version: number;
  /** The revision that editors edit. */
  head: number;
  /** The highest number that a revision of it has. */
  lastRevision: number;
  /** The revision that readers see, if any. */
  live: number | null;
  /** The revision that readers saw last, also after it was withdrawn. */
  lastLive: number | null;
  /** The revision that goes out at `scheduledFor`, if any. */
  scheduled: number | null;
  scheduledFor: number | null;
  expiresAt: number | null;
  /** When it first went out, and when it last changed materially since: what datelines fall back to. */
  firstPublishedAt: number | null;
  changedAt: number | null;
  /** The datelines that readers see, or saw. */
  publishedAt: number | null;
  updatedAt: number | null;
  createdAt: number;
  createdBy: string;
  binnedAt: number | null;
  /** When it was removed for legal reasons; it is in the bin since. */
  removedAt: number | null;
  /** The revision that waits for review, since when and by whom; null when none does. */
  submitted: number | null;
  submittedAt: number | null;
  submittedBy: string | null;
  /** The slug of the author who is to see to it. */
  assignee: string | null;
  reviewNote: string | null;
  /** How many words it is to have, and when it is to go out: nothing follows from either by itself. */
  plannedWords: number | null;
  plannedFor: number | null;
  /** By which version each field that the API shows changed last. */
  fieldVersions: FieldVersions;
  /** The importer's own name for the story, and a hash of what it sent last. */
  source: string | null;
  sourceKey: string | null;
  sourceHash: string | null;
  /** Former paths that an importer named: they lead to the story while it is live. */
  redirectFrom: string[];
}

/** What readers see of a story. It exists exactly while the story is live. Of a page, section, place and month are "". */
export interface Live {
  articleId: string;
  revision: number;
  section: string;
  path: string;
  place: string;
  /** `yyyy-mm` in the site's time zone. */
  month: string;
  publishedAt: number;
  updatedAt: number | null;
  tags: string[];
  authors: string[];
  /** Hashes, sorted. */
  pictures: string[];
  card: CardContent;
  translationOf: string | null;
  canonicalUrl: string | null;
  /** Its number in a series, if an editor gave it one. */
  part: number | null;
  corrections: Correction[];
  /** Former paths that lead to it because an importer said so. */
  redirectFrom: string[];
}

/** A story as editors hold it: its life, its head revision, and what readers see of it. */
export interface StoryState {
  article: Article;
  head: Revision;
  live: Live | null;
}

/** What an act does to one story. */
export interface StoryChange {
  /** The story as the act read it; null when it is new. */
  before: StoryState | null;
  after: StoryState;
  /** The head's HTML when the act wrote the head, as a revision of its own or in place of the one before; else null. */
  html: string | null;
  /** Revisions that the act wrote with the words of an earlier one, the head among them or not. */
  copies?: RevisionCopy[] | undefined;
  /** Charts elsewhere that the head shows, if the act wrote it: their keys. */
  charts?: string[] | undefined;
  /** What tags of the head are called if they are new, by slug; the others are named after their slugs. */
  tagNames?: ReadonlyMap<string, string> | undefined;
}

/**
 * The sort key of every list: publication time in ms, padded to 15 digits, then the id.
 * Unique, so that ties neither skip nor repeat, and one column, so that SQLite can seek on it.
 */
export function placeOf(publishedAt: number, id: string): string {
  return `${String(publishedAt).padStart(15, "0")}-${id}`;
}

/** Starts a story's life as a draft with its first revision. */
export function createArticle(birth: { id: string; form: Form; by: string; now: number }): Article {
  return {
    id: birth.id,
    form: birth.form,
    status: "draft",
    version: 1,
    head: 1,
    lastRevision: 1,
    live: null,
    lastLive: null,
    scheduled: null,
    scheduledFor: null,
    expiresAt: null,
    firstPublishedAt: null,
    changedAt: null,
    publishedAt: null,
    updatedAt: null,
    createdAt: birth.now,
    createdBy: birth.by,
    binnedAt: null,
    removedAt: null,
    submitted: null,
    submittedAt: null,
    submittedBy: null,
    assignee: null,
    reviewNote: null,
    plannedWords: null,
    plannedFor: null,
    fieldVersions: {},
    source: null,
    sourceKey: null,
    sourceHash: null,
    redirectFrom: [],
  };
}

/** Makes `revision` what readers see. The first publication sets the dateline; a material change sets updatedAt. */
export function publish(article: Article, revision: Revision, now: number): Article {
  const isNews = article.lastLive !== null && article.lastLive !== revision.n && revision.material;
  const firstPublishedAt = article.firstPublishedAt ?? now;
  const changedAt = isNews ? now : article.changedAt;
  // What was submitted after it still waits.
  const isReviewed = article.submitted !== null && article.submitted <= revision.n;
  return {
    ...article,
    ...(isReviewed ? NO_REVIEW : {}),
    status: "published",
    live: revision.n,
    lastLive: revision.n,
    scheduled: null,
    scheduledFor: null,
    binnedAt: null,
    firstPublishedAt,
    changedAt,
    publishedAt: revision.publishedAt ?? firstPublishedAt,
    updatedAt: revision.updatedAt ?? changedAt,
  };
}

/** Sets the head revision to go out at `scheduledFor`. A live story stays live until then. */
export function schedule(article: Article, scheduledFor: number): Article {
  return {
    ...article,
    ...NO_REVIEW,
    status: article.live === null ? "scheduled" : "published",
    scheduled: article.head,
    scheduledFor,
  };
}

/** Takes a story out of the schedule, with a note if it was not an editor who did. A live story stays live. */
export function unschedule(article: Article, reviewNote = article.reviewNote): Article {
  const status = article.status === "scheduled" ? unpublishedStatus(article) : article.status;
  return { ...article, status, scheduled: null, scheduledFor: null, reviewNote };
}

/** Takes a story away from readers, and out of the schedule. A story that was never live is a draft again. */
export function withdraw(article: Article): Article {
  return {
    ...unschedule(article),
    status: unpublishedStatus(article),
    live: null,
    expiresAt: null,
  };
}

/** Puts a story in the bin, away from readers. */
export function bin(article: Article, now: number): Article {
  return { ...withdraw(article), ...NO_REVIEW, status: "binned", binnedAt: now };
}

/** Brings a story back from the bin, unpublished. */
export function restore(article: Article): Article {
  return { ...article, status: unpublishedStatus(article), binnedAt: null, removedAt: null };
}

/** Hands a story's head revision in for review. What is live or scheduled stays so. */
export function submit(article: Article, { by, now }: { by: string; now: number }): Article {
  const waits = { ...article, submitted: article.head, submittedAt: now, submittedBy: by };
  const isOut = article.live !== null || article.scheduled !== null;
  return { ...waits, status: isOut ? article.status : "inReview", reviewNote: null };
}

/** Returns a story to whoever writes it. */
export function sendBack(article: Article, reviewNote: string): Article {
  const returned = { ...article, ...NO_REVIEW, reviewNote };
  const status = article.status === "inReview" ? unpublishedStatus(returned) : article.status;
  return { ...returned, status };
}

const NO_REVIEW = { submitted: null, submittedAt: null, submittedBy: null };

function unpublishedStatus({ lastLive, submitted }: Article): Status {
  if (submitted !== null) return "inReview";
  return lastLive === null ? "draft" : "withdrawn";
}

/** Takes the head back to what readers see; `live` is that revision's number. */
export function discard(article: Article, live: number): Article {
  return { ...article, ...NO_REVIEW, head: live };
}

/** Tells whether readers can reach the story. */
export function isLive(article: Article): boolean {
  return article.live !== null;
}

/** Tells whether a story in the bin is past bringing back. */
export function isGoneForGood(article: Article, now: number): boolean {
  return article.binnedAt !== null && article.binnedAt < binnedBefore(now);
}

/** Before when a story must have come into the bin to be past bringing back. */
export function binnedBefore(now: number): number {
  return now - BIN_LIFETIME;
}

/** What readers see of a story that is live with a revision; `timeZone` is an IANA name and decides its month. */
export function liveOf(article: Article, revision: Revision, timeZone: string): Live {
  if (article.live !== revision.n || article.publishedAt === null) {
    throw new Error(`Article ${article.id} is not live with revision ${revision.n}`);
  }
  return {
    articleId: article.id,
    revision: revision.n,
    section: revision.section,
    path: articlePath(revision.section, revision.slug),
    ...(article.form === "page"
      ? { place: "", month: "" }
      : {
          place: placeOf(article.publishedAt, article.id),
          month: monthOf(article.publishedAt, timeZone),
        }),
    publishedAt: article.publishedAt,
    updatedAt: article.updatedAt,
    tags: revision.tags,
    authors: revision.authors,
    pictures: revision.pictures,
    card: cardContent(revision),
    translationOf: revision.translationOf,
    canonicalUrl: revision.canonicalUrl,
    part: revision.part,
    corrections: revision.corrections,
    redirectFrom: article.redirectFrom,
  };
}
