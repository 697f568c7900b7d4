import type * as z from "zod/mini";
import { articles } from "../articles/endpoints.ts";
import * as response from "../articles/response.ts";
import * as story from "../articles/schema.ts";
import type { Endpoint } from "../endpoint.ts";
import { notes } from "../notes/endpoints.ts";
import { presence } from "../presence/endpoints.ts";
import { previews } from "../previews/endpoints.ts";
import { review } from "../review/endpoints.ts";
import { revisions } from "../revisions/endpoints.ts";
import { wholePageRevision, wholeRevision } from "../revisions/schema.ts";
import * as page from "./schema.ts";

// Pages that are no stories have the same life, and so the same calls below /pages, with what a page has in place of what a story
// has. A call of stories that is added below /articles is one of pages, too.

/** What readers are told of a story and of no page. */
const OF_STORIES_ALONE: ReadonlySet<string> = new Set(["POST /articles/{id}/corrections"]);

/** What stands in a page's call where a story's has the first of each. */
const SCHEMAS = new Map<unknown, z.ZodMiniObject>([
  [story.newArticle, page.newPage],
  [story.articlePatch, page.pagePatch],
  [story.articlePatchDocument, page.pagePatchDocument],
  [story.publication, page.pagePublication],
  [story.articleQuery, page.pageQuery],
  [response.article, response.page],
  [response.savedArticle, response.savedPage],
  [response.articleList, response.pageList],
  [wholeRevision, wholePageRevision],
]);

/** Pages that are no stories, from draft to bin. */
export const pages: Endpoint[] = [
  ...articles,
  ...revisions,
  ...review,
  ...notes,
  ...previews,
  ...presence,
]
  .filter(({ path }) => path.startsWith("/articles"))
  .filter(({ method, path }) => !OF_STORIES_ALONE.has(`${method} ${path}`))
  .map(ofPages);

function ofPages(declared: Endpoint): Endpoint {
  const { path, summary, query, body, documentedBody, response: answer } = declared;
  return {
    ...declared,
    form: "page",
    path: path.replace("/articles", "/pages"),
    group: "Pages",
    summary: summary.replaceAll("stories", "pages").replaceAll("story", "page"),
    ...(query && { query: ofPage(query) }),
    ...(body && { body: ofPage(body) }),
    ...(documentedBody && { documentedBody: ofPage(documentedBody) }),
    response: { ...answer, schema: ofPage(answer.schema) },
  };
}

function ofPage<T>(schema: T): T {
  return (SCHEMAS.get(schema) as T | undefined) ?? schema;
}
