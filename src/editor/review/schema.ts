import * as z from "zod/mini";
import { slug, text } from "../fields.ts";
import { NOTE_LENGTH } from "../notes/schema.ts";

// The requests for review and assignment.

export const submission = z.strictObject({
  note: z.optional(text(NOTE_LENGTH)).check(z.describe("A word to whoever reviews it.")),
});

export const returned = z.strictObject({
  note: text(NOTE_LENGTH).check(z.describe("What is still to be done.")),
});

export const assignment = z.strictObject({
  author: z.nullable(slug).check(z.describe("The slug of an author; null for nobody.")),
});
