import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import { RESERVED } from "../../domain/paths.ts";
import { optionalText } from "../response-fields.ts";
import { line, links, orNull, slug, TAG_NAME_LENGTH, text, wholeNumber } from "../fields.ts";

// The requests and responses for authors, sections and tags.

const sectionSlug = slug.check(
  z.refine((value) => !RESERVED.has(value), {
    error: (issue) => reservedSlug(String(issue.input)),
  }),
);

/** What is told of a slug that no new section may have. */
export function reservedSlug(value: string): string {
  return `"${value}" is a page of the site itself; choose another slug.`;
}

/** What a request may have beside an entry's fields: what it is to be called, and what a response said of an earlier one. */
const echoed = {
  slug: z
    .optional(slug)
    .check(
      z.describe(
        "What it is called in addresses. Another one than the URL's renames it: every former address leads to the present one (301), pages and feeds below it and a section's stories included. 409 if another entry has it.",
      ),
    ),
  edge: z.optional(z.enum(["live", "pending", "none"])).check(z.describe("Passed over.")),
};

const authorShape = {
  name: line(120),
  role: z.nullable(line(120)),
  bio: z.nullable(text(4000)),
  links: links(10, "mailto").check(
    z.describe(
      "Where else the author is: https URLs, or mailto: with an e-mail address. The author's page shows them.",
    ),
  ),
};
const wholeAuthor = {
  ...authorShape,
  role: orNull(authorShape.role),
  bio: orNull(authorShape.bio),
  links: withDefault(authorShape.links, []),
};
export const authorFields = z.strictObject({ ...wholeAuthor, ...echoed });
export const authorPatch = z.strictObject({ ...z.partial(z.object(authorShape)).shape, ...echoed });
export const newAuthor = z.strictObject({ slug, ...wholeAuthor });

const sectionShape = {
  name: line(60),
  description: z.nullable(text(1000)),
  position: wholeNumber(0, 10_000).check(z.describe("Sections stand in this order, then by slug.")),
  listed: z
    .boolean()
    .check(
      z.describe(
        "Readers see a listed section even while no story of it is live. One that is not listed is prepared unseen: until its first story is live no page names it and its address is a 404.",
      ),
    ),
};
const wholeSection = {
  ...sectionShape,
  description: orNull(sectionShape.description),
  position: withDefault(sectionShape.position, 0),
};
export const sectionFields = z.strictObject({
  ...wholeSection,
  listed: z
    .optional(sectionShape.listed)
    .check(z.describe("Left out, it stays as it is; a new section is not listed then.")),
  ...echoed,
});
export const sectionPatch = z.strictObject({
  ...z.partial(z.object(sectionShape)).shape,
  ...echoed,
});
export const newSection = z.strictObject({
  slug: sectionSlug,
  ...wholeSection,
  listed: withDefault(sectionShape.listed, false),
});

const tagShape = {
  name: line(TAG_NAME_LENGTH),
  description: z
    .nullable(text(1000))
    .check(z.describe("What its page says of it, to readers and to search engines.")),
  series: z
    .boolean()
    .check(
      z.describe(
        "The stories with the tag are the parts of a series, in the order of their `part` or else of publication: each lists the others.",
      ),
    ),
};
const wholeTag = { ...tagShape, description: orNull(tagShape.description) };
export const tagFields = z.strictObject({
  ...wholeTag,
  series: z.optional(tagShape.series).check(z.describe("Left out, it stays as it is.")),
  ...echoed,
});
export const tagPatch = z.strictObject({ ...z.partial(z.object(tagShape)).shape, ...echoed });
export const newTag = z.strictObject({
  slug,
  ...wholeTag,
  series: withDefault(tagShape.series, false),
});

// Responses.

export const author = z.object({
  slug: z.string(),
  name: z.string(),
  role: optionalText,
  bio: optionalText,
  links: z.array(z.string()),
});
export const section = z.object({
  slug: z.string(),
  name: z.string(),
  description: optionalText,
  position: z.int(),
  listed: z.boolean(),
});
/** The entry that a merger leaves. */
export const merger = z.strictObject({
  into: slug.check(z.describe("The slug of the one that stays.")),
});

export const tag = z.object({
  slug: z.string(),
  name: z.string(),
  description: optionalText,
  series: z.boolean(),
});
