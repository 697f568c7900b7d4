import * as z from "zod/mini";
import { STATUSES, type Article, type StoryState } from "../domain/article.ts";
import { FOCAL_POINTS } from "../domain/hero.ts";
import { originalPath, PICTURE_TYPES, type Picture, type PictureType } from "../domain/media.ts";
import { articlePath } from "../domain/paths.ts";
import { ROLES } from "../domain/role.ts";
import type { AuditRow } from "../store/audit.d1.ts";
import type { Key } from "../store/keys.d1.ts";
import type { OutboxEntry } from "../store/outbox.d1.ts";
import type { Redirect } from "../store/redirects.d1.ts";
import { storedTheme } from "./theme.ts";

// What the API answers, as Zod schemas so that the documentation cannot say otherwise. Times are RFC 3339 in UTC.

const time = z.iso.datetime();
const optionalTime = z.nullable(time);
const optionalText = z.nullable(z.string());

/** What became of a change at the edge. */
const edge = z
  .enum(["live", "pending", "none"])
  .check(
    z.describe(
      "live: readers were seen to get it; pending: it is on its way, within two minutes; none: nothing that readers see has changed.",
    ),
  );

export const article = z.object({
  id: z.string(),
  url: z.url(),
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
  createdAt: time,
  scheduledFor: optionalTime,
  expiresAt: optionalTime,
  canonicalUrl: optionalText,
  language: optionalText,
  translationOf: optionalText,
  corrections: z.array(z.object({ text: z.string(), at: time })),
  assignee: optionalText,
  reviewNote: optionalText,
  seo: z.object({ title: optionalText, description: optionalText }),
  revision: z.int().check(z.describe("The revision that editors edit.")),
  publishedRevision: z.nullable(z.int()).check(z.describe("The revision that readers see.")),
  scheduledRevision: z
    .nullable(z.int())
    .check(z.describe("The revision that goes out at scheduledFor.")),
  version: z.int().check(z.describe("Grows with every write; the ETag is this number in quotes.")),
});
export type ArticleAnswer = z.output<typeof article>;

/** The answer to a change: what it made, and what became of it at the edge. */
export function withEdge<T extends z.ZodMiniObject>(answer: T) {
  return z.extend(answer, { edge });
}

/** What was left out of a body. */
const notes = z.array(
  z.object({
    path: z.string(),
    line: z.int().check(z.describe("The line of the body on which it happens first, from 1.")),
    message: z.string(),
  }),
);
export type BodyNote = z.output<typeof notes>[number];

export const savedArticle = z.extend(withEdge(article), {
  notes: z
    .optional(notes)
    .check(z.describe("What was left out of the body, when this call saved one; each kind once.")),
});
export type SavedArticle = ArticleAnswer & { notes?: BodyNote[] };

export const importedStory = z.object({
  key: z.string(),
  id: z.nullable(z.string()).check(z.describe("Null only in a check, of a new story.")),
  url: z.url(),
  changed: z.boolean(),
  created: z.boolean(),
  notes: notes.check(z.describe("What was left out of the body, if this import saves one.")),
});
export type Imported = z.output<typeof importedStory>;

export const importedStories = withEdge(z.object({ items: z.array(importedStory) }));

export const rerendered = z.object({
  rendered: z.int().check(z.describe("How many revisions were made anew.")),
  changed: z.array(z.url()).check(z.describe("The pages that came out otherwise.")),
  failed: z
    .array(z.object({ id: z.string(), revision: z.int(), message: z.string() }))
    .check(z.describe("Bodies that the renderer refuses now: their HTML stays as it was.")),
  next: optionalText.check(z.describe("The cursor to go on with, or null at the end.")),
});
export type Rerendered = z.output<typeof rerendered>;

export const author = z.object({
  slug: z.string(),
  name: z.string(),
  role: optionalText,
  bio: optionalText,
});
export const section = z.object({
  slug: z.string(),
  name: z.string(),
  description: optionalText,
  position: z.int(),
});
export const tag = z.object({ slug: z.string(), name: z.string(), description: optionalText });
export const front = z.object({ lead: optionalText, pinned: z.array(z.string()) });
export const picture = z.object({
  hash: z.string().check(z.describe("Of the bytes that are kept: the same picture is here once.")),
  src: z.string().check(z.describe("What a story writes to show it: /media/{hash}/{name}.")),
  url: z.url().check(z.describe("Where readers get it, while a live story shows it.")),
  name: z.string(),
  type: z.enum(Object.keys(PICTURE_TYPES) as [PictureType, ...PictureType[]]),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  animated: z.boolean(),
  alt: optionalText,
  decorative: z.boolean(),
  caption: optionalText,
  credit: optionalText,
  focalPoint: z.enum(FOCAL_POINTS),
  createdAt: time,
  removedAt: optionalTime.check(z.describe("When it was taken down.")),
});
export const uploadedPicture = z.extend(picture, {
  created: z.boolean().check(z.describe("False when it was there already.")),
});

export const redirect = z.object({
  id: z.string(),
  from: z.string(),
  kind: z.enum(["exact", "prefix", "gone"]),
  to: optionalText,
});
export const settings = z.object({
  title: z.string(),
  tagline: optionalText,
  description: optionalText,
  language: z.string(),
  timeZone: z.string(),
  publisher: optionalText,
  theme: z.nullable(storedTheme),
  logo: z.nullable(z.object({ src: z.string(), width: z.int(), height: z.int() })),
});
export const key = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  author: optionalText,
  createdAt: time,
  lastUsedAt: optionalTime,
  revokedAt: optionalTime,
});
export const issuedKey = z.object({
  id: z.string(),
  key: z.string().check(z.describe("The key itself. It is shown this once.")),
});
export const auditRecord = z.object({
  id: z.string(),
  at: time,
  actor: z
    .string()
    .check(z.describe("The id of the key that acted; root for ROOT_KEY, cron for the schedule.")),
  act: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

export const outboxEntry = z.object({
  id: z.string(),
  kind: z
    .enum(["purge", "close", "invalidate", "copy", "form"])
    .check(
      z.describe(
        "purge and invalidate tell the cache; close repeats a purge a minute later; copy writes a last good copy; form makes a picture smaller.",
      ),
    ),
  payload: z.record(z.string(), z.unknown()),
  attempts: z.int(),
  createdAt: time,
  dueAt: time,
  leasedUntil: optionalTime.check(z.describe("Until when somebody is at it.")),
});
export const purged = z.object({
  tags: z.optional(z.array(z.string())).check(z.describe("The tags that were purged.")),
  everything: z.optional(z.literal(true)),
  edge,
});

/** A page of a list; `next` is the cursor of the page after it, or null. */
export function list<T extends z.ZodMiniType>(item: T) {
  return z.object({ items: z.array(item), next: optionalText });
}

export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  instance: z.string(),
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  current: z.optional(article).check(z.describe("With 412: the story as it is now.")),
});

/** The strong validator of a story in the API: its version in quotes. */
export function versionTag({ version }: Pick<Article, "version">): string {
  return `"${version}"`;
}

/** A story as the API answers it: the head revision, and where readers find the live one. */
export function articleAnswer(
  { article: life, head, live }: StoryState,
  origin: string,
): ArticleAnswer {
  return {
    id: life.id,
    url: origin + (live?.path ?? articlePath(head.section, head.slug)),
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
    corrections: head.corrections.map(({ text, at }) => ({ text, at: iso(at) })),
    assignee: life.assignee,
    reviewNote: life.reviewNote,
    seo: head.seo,
    revision: life.head,
    publishedRevision: life.live,
    scheduledRevision: life.scheduled,
    version: life.version,
  };
}

export function pictureAnswer(found: Picture, origin: string): z.output<typeof picture> {
  const { createdBy: _, kept: __, ...known } = found;
  const src = originalPath(found.hash, found.name);
  return {
    ...known,
    src,
    url: origin + src,
    createdAt: iso(found.createdAt),
    removedAt: isoOrNull(found.removedAt),
  };
}

export function redirectAnswer({ path, kind, target }: Redirect): z.output<typeof redirect> {
  return { id: redirectId(path), from: path.replace(/(.)\/$/, "$1"), kind, to: target };
}

/** A redirect's id is its path in base64url, so that it fits in one path segment. */
function redirectId(path: string): string {
  return btoa(path).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The path of a redirect's id, or null when it is no such id. */
export function pathOfRedirect(id: string): string | null {
  try {
    return atob(id.replaceAll("-", "+").replaceAll("_", "/"));
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

export function keyAnswer({ hash: _, ...stored }: Key): z.output<typeof key> {
  return {
    ...stored,
    createdAt: iso(stored.createdAt),
    lastUsedAt: isoOrNull(stored.lastUsedAt),
    revokedAt: isoOrNull(stored.revokedAt),
  };
}

export function auditAnswer(row: AuditRow): z.output<typeof auditRecord> {
  return {
    ...row,
    id: String(row.id),
    at: iso(row.at),
    detail: JSON.parse(row.detail) as Record<string, unknown>,
  };
}

export function outboxAnswer({ seq: _, ...row }: OutboxEntry): z.output<typeof outboxEntry> {
  return {
    ...row,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    createdAt: iso(row.createdAt),
    dueAt: iso(row.dueAt),
    leasedUntil: isoOrNull(row.leasedUntil),
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function isoOrNull(time: number | null): string | null {
  return time === null ? null : iso(time);
}
