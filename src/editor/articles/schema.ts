import * as z from "zod/mini";
import { STATUSES } from "../../domain/article.ts";
import { KINDS } from "../../domain/kinds.ts";
import { SLUG, SLUG_LENGTH } from "../../domain/paths.ts";
import {
  atMost,
  cursor,
  isWebAddress,
  language,
  limit,
  line,
  listOf,
  nullUnlessSent,
  PRINTABLE,
  slug,
  TAG_NAME_LENGTH,
  text,
  time,
  webAddress,
  wholeNumber,
  yesOrNo,
} from "../fields.ts";
import { notes } from "../media/schema.ts";
import { READ_ONLY_OF_STORY, type ReadOnly } from "./echoes.ts";

// The requests for stories.

const hero = z
  .strictObject({
    src: z.string().check(
      atMost(2000),
      z.regex(PRINTABLE, "must not have control characters."),
      z.refine(
        (value) =>
          /^\/(?!\/)[^\s"'<>\\]*$/.test(value) ||
          (isWebAddress(value) && value.startsWith("https://")),
        "must be a path on this site or an https URL.",
      ),
    ),
    ...notes,
    width: z
      .nullish(wholeNumber(1, 20_000))
      .check(z.describe("In pixels; of a picture of the library, read from its bytes.")),
    height: z.nullish(wholeNumber(1, 20_000)),
    animated: z.optional(z.boolean()).check(z.describe("Read-only: read from its bytes.")),
  })
  .check(
    z.describe(
      "The picture that opens the story. Needs alt or decorative before it can be published. What is left out of a picture of the library is as the library says.",
    ),
  );

/** A tag by its slug, or by its name, which may be as long as `POST /tags` lets it. */
const tagNamed = line(SLUG_LENGTH).check(
  z.refine(
    (value) => SLUG.test(value) || value.length <= TAG_NAME_LENGTH,
    `must be at most ${TAG_NAME_LENGTH} characters.`,
  ),
);

/** How many stories one leads on to at most by its editors' choice. */
const MOST_RELATED = 6;

/** How many corrections one story has at most. */
export const CORRECTIONS = 50;

/** The text of one. */
const correctionText = text(2000, "must not be empty.");

/** The fields of a story that an editor writes. */
const storyShape = {
  kind: z
    .enum(KINDS)
    .check(
      z.describe(
        "What it is, told to readers in its kicker and to search engines; defaults to news. What is sponsored is marked as an advertisement wherever it is shown.",
      ),
    ),
  sponsor: z
    .nullable(line(120))
    .check(z.describe("Who paid for it: required of what is sponsored, and of nothing else.")),
  title: line(300),
  slug: slug.check(z.describe("Defaults to the title's.")),
  standfirst: z.nullable(text(1000)),
  body: z
    .string()
    .check(
      z.regex(/^[^\0\p{Cs}]*$/u, "must not have NUL or lone surrogates."),
      z.describe("Markdown (CommonMark and GFM), at most 512 KiB."),
    ),
  section: slug.check(z.describe("The slug of a section that exists.")),
  tags: listOf(tagNamed, 30).check(
    z.describe("Slugs or names: City Hall is city-hall. A tag is made on first use."),
  ),
  authors: listOf(slug, 20).check(
    z.describe("Slugs of authors that exist, in the order of the byline."),
  ),
  hero: z.nullable(hero),
  language: z.nullable(language).check(z.describe("BCP 47; null means the site's.")),
  canonicalUrl: z.nullable(webAddress).check(z.describe("Where it first appeared, if elsewhere.")),
  translationOf: z
    .nullable(z.string().check(atMost(100)))
    .check(
      z.describe(
        "The id of the story this one translates; of a translation, its original is kept.",
      ),
    ),
  related: listOf(z.string().check(atMost(100)), MOST_RELATED).check(
    z.describe(
      "Ids of stories that it leads on to, in their order; what is not live is not shown. Room that is left is filled by what is near to it on its topics.",
    ),
  ),
  part: z
    .nullable(wholeNumber(1, 999))
    .check(
      z.describe(
        "Its number in the series that one of its tags is; null leaves that to the order of publication.",
      ),
    ),
  corrections: z
    .array(
      z.strictObject({
        text: correctionText,
        at: z.optional(time).check(z.describe("Defaults to now.")),
      }),
    )
    .check(z.maxLength(CORRECTIONS, `must be at most ${CORRECTIONS}.`)),
  seo: z.strictObject({
    title: nullUnlessSent(line(300)),
    description: nullUnlessSent(line(500)),
  }),
  publishedAt: z
    .nullable(time)
    .check(z.describe("A dateline of your own; null means the first publication.")),
  updatedAt: z
    .nullable(time)
    .check(z.describe("An update time of your own; null means the last material change.")),
  expiresAt: z.nullable(time).check(z.describe("When it is withdrawn by itself.")),
  material: z
    .boolean()
    .check(z.describe("False leaves updatedAt as it is: the change is not worth telling.")),
};

const anyOfStory = z.partial(z.object(storyShape));
const { title, section, ...optional } = {
  ...anyOfStory.shape,
  title: storyShape.title,
  section: storyShape.section,
};
// A story that is new has not changed yet.
const { material: _material, ...newborn } = optional;

/** What editors plan with a story. It is no part of what readers get, nor of a revision. */
const planShape = {
  plannedWords: z.optional(
    z.nullable(wholeNumber(1, 100_000)).check(z.describe("How many words it is to have.")),
  ),
  plannedFor: z.optional(
    z
      .nullable(time)
      .check(z.describe("When it is to go out: a reminder, which nothing follows by itself.")),
  ),
};

/** Why an editor saves. */
const reason = z
  .optional(z.nullable(line(300)))
  .check(
    z.describe("Why, for the history of revisions. A save with a reason is a revision of its own."),
  );

/** A story that is sent whole. */
export const wholeStory = { title, section, ...optional };

/** The body of `POST /articles`. */
export const newArticle = z.strictObject({
  title,
  section,
  ...newborn,
  ...planShape,
  reason,
  status: z
    .optional(z.enum(["draft", "published", "scheduled"]))
    .check(z.describe("Defaults to draft.")),
  scheduledFor: z.optional(time).check(z.describe("When a scheduled story goes out.")),
});

/** The body of `PATCH /articles/{id}`. */
export const articlePatch = z.strictObject({
  ...anyOfStory.shape,
  ...planShape,
  reason,
  status: z.optional(
    z.literal(
      "published",
      'must be "published", which publishes what this call saves; other states have calls of their own.',
    ),
  ),
});

/** The same for the documentation, with what is read-only. */
export const articlePatchDocument = z.strictObject({
  ...articlePatch.shape,
  ...documented(READ_ONLY_OF_STORY),
});

/** What is read-only, as a field of a request. */
export function documented(readOnly: ReadOnly) {
  return Object.fromEntries(
    Object.entries(readOnly).map(([name, how]) => [
      name,
      z.optional(z.unknown()).check(z.describe(`Read-only: only as it was received. ${how}`)),
    ]),
  );
}

export const publication = z.strictObject({
  material: z.optional(z.boolean()).check(z.describe("False leaves updatedAt as it is.")),
});

export const correctionFields = z.strictObject({
  text: correctionText.check(z.describe("What was wrong and what is right.")),
  material: z
    .optional(z.boolean())
    .check(z.describe("False leaves updatedAt as it is: a slip that changes no fact.")),
});

export const timetable = z.strictObject({
  scheduledFor: z.nullable(time).check(z.describe("Null takes the story out of the schedule.")),
});

export const articleQuery = z.strictObject({
  limit,
  cursor,
  status: z.optional(z.enum(STATUSES)),
  kind: z.optional(z.enum(KINDS)).check(z.describe("What the head revision is.")),
  section: z.optional(slug),
  tag: z.optional(slug),
  author: z.optional(slug),
  assignee: z.optional(slug).check(z.describe("The author who is to see to it.")),
  review: z
    .optional(z.literal("waiting"))
    .check(z.describe("Only what waits for review, published or not.")),
  mine: yesOrNo.check(
    z.describe(
      "true: only what the caller made, what is under the byline that they are bound to, and what is assigned to it.",
    ),
  ),
  q: z
    .optional(z.string().check(z.trim(), z.minLength(1), atMost(100)))
    .check(z.describe("Words in the headline, the last of which may be the beginning of one.")),
});

export type NewArticle = z.output<typeof newArticle>;
export type CorrectionFields = z.output<typeof correctionFields>;
export type Publication = z.output<typeof publication>;
export type ArticlePatch = z.output<typeof articlePatch>;
export type StoryFields = z.output<typeof anyOfStory>;

export const removal = z.strictObject({
  reason: text(1000).check(z.describe("Why, for the audit: the order, and who gave it.")),
});
