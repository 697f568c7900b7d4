import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import { QUERY_LENGTH } from "../../domain/search/query.ts";
import { article } from "../articles/response.ts";
import { articleQuery } from "../articles/schema.ts";
import { atMost, cursor, numberAsText } from "../fields.ts";
import { optionalText } from "../response-fields.ts";

// The requests and responses for what is found, and for the index that it is found in.

export const searching = z.strictObject({
  ...articleQuery.shape,
  form: withDefault(z.enum(["story", "page"]), "story").check(
    z.describe("Stories, or pages that are none."),
  ),
  q: z
    .string()
    .check(
      z.trim(),
      z.minLength(1, "must not be empty."),
      atMost(QUERY_LENGTH),
      z.describe(
        'Words in headline, standfirst, body, authors and tags; "a phrase"; -word leaves stories with it out. The last word may be the beginning of one.',
      ),
    ),
  limit: withDefault(numberAsText(1, 50), 20),
});

export const foundArticle = z.extend(article, {
  excerpt: z
    .array(z.object({ text: z.string(), isMatch: z.boolean() }))
    .check(z.describe("The lines around the words, in pieces: those that are the words say so.")),
});

export const reindexing = z.strictObject({
  cursor,
  limit: withDefault(numberAsText(1, 100), 50).check(
    z.describe("How many stories are indexed at most."),
  ),
});

export const reindexed = z.object({
  indexed: z.int().check(z.describe("How many stories were written to the index.")),
  removed: z.int().check(z.describe("How many were taken out that are not there any more.")),
  next: optionalText.check(z.describe("The cursor to go on with, or null at the end.")),
});
export type Reindexed = z.output<typeof reindexed>;
