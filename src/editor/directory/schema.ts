import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import { RESERVED } from "../../domain/paths.ts";
import { optionalText } from "../response-fields.ts";
import { line, orNull, slug, TAG_NAME_LENGTH, text, wholeNumber } from "../fields.ts";

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

/** What a response has beside an entry's fields: passed over when it is sent back. */
const echoed = {
  slug: z.optional(z.string()).check(z.describe("Read-only: as the URL has it.")),
  edge: z.optional(z.enum(["live", "pending", "none"])).check(z.describe("Passed over.")),
};

const authorShape = { name: line(120), role: z.nullable(line(120)), bio: z.nullable(text(4000)) };
const wholeAuthor = {
  ...authorShape,
  role: orNull(authorShape.role),
  bio: orNull(authorShape.bio),
};
export const authorFields = z.strictObject({ ...wholeAuthor, ...echoed });
export const authorPatch = z.strictObject({ ...z.partial(z.object(authorShape)).shape, ...echoed });
export const newAuthor = z.strictObject({ slug, ...wholeAuthor });

const sectionShape = {
  name: line(60),
  description: z.nullable(text(1000)),
  position: wholeNumber(0, 10_000).check(z.describe("Sections stand in this order, then by slug.")),
};
const wholeSection = {
  ...sectionShape,
  description: orNull(sectionShape.description),
  position: withDefault(sectionShape.position, 0),
};
export const sectionFields = z.strictObject({ ...wholeSection, ...echoed });
export const sectionPatch = z.strictObject({
  ...z.partial(z.object(sectionShape)).shape,
  ...echoed,
});
export const newSection = z.strictObject({ slug: sectionSlug, ...wholeSection });

const tagShape = { name: line(TAG_NAME_LENGTH), description: z.nullable(text(1000)) };
const wholeTag = { ...tagShape, description: orNull(tagShape.description) };
export const tagFields = z.strictObject({ ...wholeTag, ...echoed });
export const tagPatch = z.strictObject({ ...z.partial(z.object(tagShape)).shape, ...echoed });
export const newTag = z.strictObject({ slug, ...wholeTag });

// Responses.

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
