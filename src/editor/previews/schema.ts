import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import { FORMS } from "../../domain/article.ts";
import type { PreviewLink } from "../../store/preview-links.d1.ts";
import { articlePatch } from "../articles/schema.ts";
import { bodyNotes } from "../articles/response.ts";
import { wholeNumber } from "../fields.ts";
import { iso, time } from "../response-fields.ts";

// The requests and responses for previews.

/** How long a link leads to its preview, in seconds: a day if nothing is said, 30 days at most. */
const DAY = 24 * 60 * 60;

export const newPreview = z.strictObject({
  expiresIn: withDefault(wholeNumber(60, 30 * DAY), DAY).check(
    z.describe("For how many seconds the link leads there."),
  ),
  revision: z
    .optional(wholeNumber(1, 1_000_000))
    .check(z.describe("Which revision it shows, now and later; the head if it is left out.")),
});

const preview = {
  id: z.string(),
  revision: z.int(),
  createdAt: time,
  expiresAt: time,
};

export type NewPreview = z.output<typeof newPreview>;

/** A link as it is made: with its address, this once. */
export const madePreview = z.object({
  ...preview,
  url: z.url().check(z.describe("Opens without a key. It is shown this once.")),
});

export const listedPreview = z.object({ ...preview, createdBy: z.string() });
export const listedPreviews = z.object({ items: z.array(listedPreview) });

export function listedResponse(link: PreviewLink): z.output<typeof listedPreview> {
  return { ...linkResponse(link), createdBy: link.createdBy };
}

export function linkResponse({ id, n, createdAt, expiresAt }: PreviewLink) {
  return { id, revision: n, createdAt: iso(createdAt), expiresAt: iso(expiresAt) };
}

const { status: _status, material: _material, reason: _reason, ...fields } = articlePatch.shape;

/** An unsaved text: a new story, or what a story would say with these fields. */
export const unsavedText = z.strictObject({
  article: z
    .optional(z.string())
    .check(
      z.describe("The id of the story or page of which these fields are; without it, a new one."),
    ),
  form: z
    .optional(z.enum(FORMS))
    .check(z.describe("What a new one is: a story, or a page that is none. A story if not said.")),
  ...fields,
});

export type UnsavedText = z.output<typeof unsavedText>;

export const unsavedQuery = z.strictObject({
  format: withDefault(z.enum(["html", "json"]), "html").check(
    z.describe("json: { html, notes, issues }, with what keeps the text from being published."),
  ),
});

export const rendered = z.object({
  html: z.string(),
  notes: bodyNotes,
  issues: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .check(z.describe("What keeps the text from being published as it is.")),
});
