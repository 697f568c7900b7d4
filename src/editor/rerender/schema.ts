import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import { optionalText } from "../response-fields.ts";
import { cursor, numberAsText } from "../fields.ts";

// The requests and responses for bodies that are rendered anew.

/** Each story is read with its bodies and their HTML, up to 2 MB a revision. */
export const rerendering = z.strictObject({
  cursor,
  limit: withDefault(numberAsText(1, 50), 10).check(
    z.describe("How many stories are made anew at most."),
  ),
});

export const rerendered = z.object({
  rendered: z.int().check(z.describe("How many revisions were made anew.")),
  changed: z.array(z.url()).check(z.describe("The pages that came out otherwise.")),
  failed: z
    .array(z.object({ id: z.string(), revision: z.int(), message: z.string() }))
    .check(z.describe("Bodies that the renderer refuses now: their HTML stays as it was.")),
  next: optionalText.check(z.describe("The cursor to go on with, or null at the end.")),
});
export type Rerendered = z.output<typeof rerendered>;
