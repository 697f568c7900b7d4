import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import type { Article } from "../../domain/article.ts";
import type { Saved, Signed } from "../../store/revisions.d1.ts";
import { iso, isoOrNull, optionalText, optionalTime, time } from "../response-fields.ts";
import { article, OF_STORIES, ofPage } from "../articles/response.ts";

// The requests and responses for revisions.

/** What a revision can be to its story. */
const MARKS = ["head", "published", "scheduled", "submitted"] as const;
type Mark = (typeof MARKS)[number];

const actor = z
  .object({ id: z.string(), name: z.string() })
  .check(z.describe("Who: key:<id> with the key's name, or root."));

const facts = {
  revision: z.int(),
  marks: z
    .array(z.enum(MARKS))
    .check(z.describe("What it is to the story now: what editors edit, what readers see, …")),
  savedAt: time,
  savedBy: actor,
  beganAt: time.check(z.describe("The first of the quick saves that it is.")),
  reason: optionalText.check(z.describe("Why, as the editor put it.")),
  material: z.boolean(),
  words: z.int(),
};

/** A revision in a list. */
export const savedRevision = z.object({ ...facts, title: z.string() });

const said = article.shape;

/** A revision with everything that it says. */
export const wholeRevision = z.object({
  ...facts,
  kind: said.kind,
  sponsor: said.sponsor,
  title: said.title,
  slug: said.slug,
  standfirst: said.standfirst,
  body: z.string(),
  section: said.section,
  tags: said.tags,
  authors: said.authors,
  hero: said.hero,
  language: said.language,
  canonicalUrl: said.canonicalUrl,
  translationOf: said.translationOf,
  related: said.related,
  part: said.part,
  corrections: said.corrections,
  seo: said.seo,
  publishedAt: optionalTime.check(z.describe("A dateline of the editor's own.")),
  updatedAt: optionalTime.check(z.describe("An update time of the editor's own.")),
});

/** The same of a page that is no story, which has no date of an editor's own. */
export const wholePageRevision = z.omit(wholeRevision, {
  ...OF_STORIES,
  publishedAt: true,
  updatedAt: true,
});

const part = z.union([
  z.object({ kind: z.enum(["same", "removed", "added"]), text: z.string() }),
  z.object({ kind: z.literal("skipped"), words: z.int() }),
]);

/** What differs between two revisions. */
export const difference = z.object({
  from: savedRevision,
  to: savedRevision,
  fields: z
    .array(
      z.object({
        field: z.string(),
        before: z.optional(z.unknown()).check(z.describe("Left out for the body.")),
        after: z.optional(z.unknown()),
        parts: z
          .optional(z.array(part))
          .check(z.describe("Of texts, what changed in words; long equal stretches are skipped.")),
      }),
    )
    .check(z.describe("The fields that differ, and none that do not.")),
});
type StoryRevision = z.output<typeof wholeRevision>;
export type WholeRevision = z.output<typeof wholePageRevision> & Partial<StoryRevision>;
export type Difference = z.output<typeof difference>;

export const differenceQuery = z.strictObject({
  format: withDefault(z.enum(["json", "html"]), "json").check(
    z.describe("html: the same to be read, as a page."),
  ),
});

/** Tells whether a revision is named by its number. */
export function isNumber(name: string): boolean {
  return /^[1-9]\d{0,8}$/.test(name);
}

/** The number of a revision by what it is to its story, or by itself; null when there is none. */
export function numberOf(name: string, article: Article): number | null {
  if (isNumber(name)) return Number(name);
  return MARKS.some((mark) => mark === name) ? pointersOf(article)[name as Mark] : null;
}

function pointersOf({ head, live, scheduled, submitted }: Article): Record<Mark, number | null> {
  return { head, published: live, scheduled, submitted };
}

export function savedResponse(saved: Saved, life: Article): z.output<typeof savedRevision> {
  const { n, title, words, material, reason, savedAt, beganAt, savedBy, savedByName } = saved;
  const pointers = pointersOf(life);
  return {
    revision: n,
    marks: MARKS.filter((mark) => pointers[mark] === n),
    title,
    words,
    material,
    reason,
    savedAt: iso(savedAt),
    beganAt: iso(beganAt),
    savedBy: { id: savedBy, name: savedByName },
  };
}

export function revisionResponse({ revision, savedByName }: Signed, life: Article): WholeRevision {
  const {
    slugWritten: _,
    undescribed: __,
    pictures: ___,
    sealed: ____,
    n: _____,
    ...said
  } = revision;
  const whole: StoryRevision = {
    ...said,
    ...savedResponse({ ...revision, savedByName }, life),
    publishedAt: isoOrNull(said.publishedAt),
    updatedAt: isoOrNull(said.updatedAt),
    corrections: said.corrections.map(({ text, at }) => ({ text, at: iso(at) })),
  };
  if (life.form === "story") return whole;
  const { publishedAt: ______, updatedAt: _______, ...page } = ofPage(whole);
  return page;
}
