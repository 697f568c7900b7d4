import * as z from "zod/mini";
import { READ_ONLY_OF_PAGE } from "../articles/echoes.ts";
import { OF_STORIES } from "../articles/response.ts";
import { articlePatch, articleQuery, documented, newArticle } from "../articles/schema.ts";

// The requests for pages that are no stories: those for stories without what only these have.

/** Readers are shown no date of a page: it has none of an editor's own. */
export const WRITTEN_OF_STORIES = { ...OF_STORIES, publishedAt: true, updatedAt: true } as const;

/** The body of `POST /pages`. */
export const newPage = z.omit(newArticle, WRITTEN_OF_STORIES);

/** The body of `PATCH /pages/{id}`. */
export const pagePatch = z.omit(articlePatch, { ...WRITTEN_OF_STORIES, material: true });

/** The same for the documentation, with what is read-only. */
export const pagePatchDocument = z.strictObject({
  ...pagePatch.shape,
  ...documented(READ_ONLY_OF_PAGE),
});

/** The body of `POST /pages/{id}/publish`. */
export const pagePublication = z.strictObject({});

export const pageQuery = z.omit(articleQuery, { section: true, tag: true, author: true });
