import * as z from "zod/mini";
import { STATUSES, type Article, type StoryState } from "../../domain/article.ts";
import { FOCAL_POINTS } from "../../domain/hero.ts";
import { KINDS } from "../../domain/kinds.ts";
import { articlePath } from "../../domain/paths.ts";
import { DEED_NAMES, deedsOf, type Actor } from "../../domain/role.ts";
import {
  edge,
  iso,
  isoOrNull,
  list,
  optionalText,
  optionalTime,
  time as timeField,
  withEdge,
} from "../response-fields.ts";

// The responses for stories.

export const article = z.object({
  id: z.string(),
  url: z.url(),
  kind: z.enum(KINDS),
  sponsor: optionalText.check(z.describe("Who paid for it, if it is sponsored.")),
  title: z.string(),
  slug: z.string(),
  standfirst: optionalText,
  body: z.optional(z.string()).check(z.describe("Markdown. Left out of lists.")),
  section: z.string(),
  tags: z.array(z.string()),
  authors: z.array(z.string()),
  hero: z.nullable(
    z.object({
      src: z.string(),
      alt: optionalText,
      decorative: z.boolean(),
      caption: optionalText,
      credit: optionalText,
      width: z.nullable(z.int()),
      height: z.nullable(z.int()),
      focalPoint: z.enum(FOCAL_POINTS),
      animated: z.optional(z.boolean()).check(z.describe("True of a picture that moves.")),
    }),
  ),
  status: z.enum(STATUSES),
  publishedAt: optionalTime.check(
    z.describe("The dateline that the head revision has or would have; null before the first."),
  ),
  updatedAt: optionalTime,
  createdAt: timeField,
  scheduledFor: optionalTime,
  expiresAt: optionalTime,
  canonicalUrl: optionalText,
  language: optionalText,
  translationOf: optionalText,
  related: z.array(z.string()).check(z.describe("Ids of stories that it leads on to.")),
  part: z.nullable(z.int()).check(z.describe("Its number in a series.")),
  corrections: z.array(z.object({ text: z.string(), at: timeField })),
  review: z
    .nullable(
      z.object({
        revision: z.int().check(z.describe("The revision that was submitted.")),
        at: timeField,
        by: z.string(),
        edited: z.boolean().check(z.describe("True when it was edited since.")),
      }),
    )
    .check(z.describe("Null unless the story waits for review.")),
  reviewNote: optionalText.check(
    z.describe("Why it was last returned, or was not published at its hour."),
  ),
  assignee: optionalText.check(z.describe("The slug of the author who is to see to it.")),
  plannedWords: z.nullable(z.int()),
  plannedFor: optionalTime,
  seo: z.object({ title: optionalText, description: optionalText }),
  words: z.int().check(z.describe("How many words the body has.")),
  revision: z.int().check(z.describe("The revision that editors edit.")),
  publishedRevision: z.nullable(z.int()).check(z.describe("The revision that readers see.")),
  scheduledRevision: z
    .nullable(z.int())
    .check(z.describe("The revision that goes out at scheduledFor.")),
  version: z.int().check(z.describe("Grows with every write; the ETag is this number in quotes.")),
  may: z
    .array(z.enum(DEED_NAMES))
    .check(z.describe("What the caller has a right to do to it, whatever state it is in.")),
});

/** What only stories have. */
export const OF_STORIES = {
  section: true,
  tags: true,
  authors: true,
  translationOf: true,
  corrections: true,
} as const;

/** A page that is no story. */
export const page = z.omit(article, OF_STORIES);

/** What readers see of the last act. */
export const edgeOfStory = z.object({ edge });

/** A list of each. */
export const articleList = list(article);
export const pageList = list(page);

type StoryResponse = z.output<typeof article>;
export type ArticleResponse = z.output<typeof page> &
  Partial<Pick<StoryResponse, keyof typeof OF_STORIES>>;
export type ArticleFacts = Omit<ArticleResponse, "may">;

/** What was left out of a body. */
export const bodyNotes = z.array(
  z.object({
    path: z.string(),
    line: z.int().check(z.describe("The line of the body on which it happens first, from 1.")),
    message: z.string(),
  }),
);
export type BodyNote = z.output<typeof bodyNotes>[number];

const noted = {
  notes: z
    .optional(bodyNotes)
    .check(z.describe("What was left out of the body, when this call saved one; each kind once.")),
};
export const savedArticle = z.extend(withEdge(article), noted);
export const savedPage = z.extend(withEdge(page), noted);
export type SavedArticle = ArticleResponse & { notes?: BodyNote[] };

/** The strong validator of a story in the API: its version in quotes. */
export function versionTag({ version }: Pick<Article, "version">): string {
  return `"${version}"`;
}

/** A story or a page as the API returns it to somebody: what it says, and what they may do to it. */
export function articleResponse(
  story: StoryState,
  { actor, origin }: { actor: Actor; origin: string },
): ArticleResponse {
  return { ...articleFacts(story, origin), may: deedsOf(actor, story) };
}

/** What a story or a page says, to whoever asks: the head revision, and where readers find the live one. */
export function articleFacts(story: StoryState, origin: string): ArticleFacts {
  const facts = storyFacts(story, origin);
  return story.article.form === "page" ? ofPage(facts) : facts;
}

/** What is said of a page: nothing of what only stories have. */
export function ofPage<T extends object>(response: T): Omit<T, keyof typeof OF_STORIES> {
  const said = Object.entries(response).filter(([name]) => !Object.hasOwn(OF_STORIES, name));
  return Object.fromEntries(said) as Omit<T, keyof typeof OF_STORIES>;
}

function storyFacts(
  { article: life, head, live }: StoryState,
  origin: string,
): Omit<StoryResponse, "may"> {
  return {
    id: life.id,
    url: origin + (live?.path ?? articlePath(head.section, head.slug)),
    kind: head.kind,
    sponsor: head.sponsor,
    title: head.title,
    slug: head.slug,
    standfirst: head.standfirst,
    body: head.body,
    section: head.section,
    tags: head.tags,
    authors: head.authors,
    hero: head.hero,
    status: life.status,
    publishedAt: isoOrNull(head.publishedAt ?? life.firstPublishedAt),
    updatedAt: isoOrNull(head.updatedAt ?? life.changedAt),
    createdAt: iso(life.createdAt),
    scheduledFor: isoOrNull(life.scheduledFor),
    expiresAt: isoOrNull(life.expiresAt),
    canonicalUrl: head.canonicalUrl,
    language: head.language,
    translationOf: head.translationOf,
    related: head.related,
    part: head.part,
    corrections: head.corrections.map(({ text, at }) => ({ text, at: iso(at) })),
    review: reviewOf(life),
    reviewNote: life.reviewNote,
    assignee: life.assignee,
    plannedWords: life.plannedWords,
    plannedFor: isoOrNull(life.plannedFor),
    seo: head.seo,
    words: head.words,
    revision: life.head,
    publishedRevision: life.live,
    scheduledRevision: life.scheduled,
    version: life.version,
  };
}

function reviewOf({ submitted, submittedAt, submittedBy, head }: Article) {
  if (submitted === null) return null;
  const edited = head !== submitted;
  return { revision: submitted, at: iso(submittedAt ?? 0), by: submittedBy ?? "", edited };
}
