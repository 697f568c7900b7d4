import * as z from "zod/mini";
import { withEdge } from "../response-fields.ts";
import { bodyNotes } from "../articles/response.ts";
import { FORMS } from "../../domain/article.ts";
import { wholeStory } from "../articles/schema.ts";
import { sitePath, yesOrNo } from "../fields.ts";
import { WRITTEN_OF_STORIES } from "../pages/schema.ts";

// The requests and responses for imports.

/** The most stories in one bulk import. */
const IMPORT_LIMIT = 100;

const importKey = z
  .string()
  .check(z.regex(/^[A-Za-z0-9._~/-]{1,200}$/, "must be 1 to 200 of A-Z a-z 0-9 . _ ~ / -."));

export const importSource = z
  .string()
  .check(z.regex(/^[a-z0-9-]{1,50}$/, "must be 1 to 50 of a-z 0-9 -, like wordpress."));

/** One imported story, whole: what is left out is empty. */
export const importedStory = z.strictObject({
  ...wholeStory,
  status: z
    .optional(z.enum(["published", "draft"]))
    .check(z.describe("Defaults to published. Draft takes a published story back.")),
  redirectFrom: z
    .optional(z.array(sitePath).check(z.maxLength(50)))
    .check(z.describe("Former paths that lead to the story.")),
  form: z.optional(z.literal("story")),
});

/** The same of a page that is no story. */
export const importedPage = z.strictObject({
  ...z.omit(importedStory, { ...WRITTEN_OF_STORIES, material: true }).shape,
  form: z.literal("page"),
});

/** Either, for the documentation. */
export const importedDocument = z.strictObject({
  ...importedStory.shape,
  section: z.optional(importedStory.shape.section),
  form: z
    .optional(z.enum(FORMS))
    .check(
      z.describe(
        "Defaults to story. A page has none of section, tags, authors, translationOf, corrections, publishedAt, updatedAt and material.",
      ),
    ),
});

export const importedItem = z.strictObject({ key: importKey, ...importedStory.shape });
export const importedPageItem = z.strictObject({ key: importKey, ...importedPage.shape });

/** The body of `POST /imports`, without its items, each of which is read on its own. */
export const bulkImport = z.strictObject({
  source: importSource,
  items: z
    .array(z.unknown())
    .check(
      z.minLength(1, "must have at least one story."),
      z.maxLength(IMPORT_LIMIT, `must be at most ${IMPORT_LIMIT} stories.`),
    ),
});

/** The same with its items, for the documentation. */
export const bulkImportDocument = z.strictObject({
  source: importSource,
  items: z
    .array(z.strictObject({ key: importKey, ...importedDocument.shape }))
    .check(z.maxLength(IMPORT_LIMIT)),
});

/** The query of both kinds of import. */
export const importManner = z.strictObject({
  check: yesOrNo.check(z.describe("true writes nothing, and returns what an import would do.")),
});

export type ImportedStory = z.output<typeof importedStory>;

export const importedResponse = z.object({
  key: z.string(),
  id: z.nullable(z.string()).check(z.describe("Null only in a check, of a new story.")),
  url: z.url(),
  changed: z.boolean(),
  created: z.boolean(),
  notes: bodyNotes.check(z.describe("What was left out of the body, if this import saves one.")),
});
export type Imported = z.output<typeof importedResponse>;

export const importedResponses = withEdge(z.object({ items: z.array(importedResponse) }));
