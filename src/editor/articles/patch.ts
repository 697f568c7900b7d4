import type { Form } from "../../domain/article.ts";
import { readInput, type Input } from "../input.ts";
import { pagePatch } from "../pages/schema.ts";
import { READ_ONLY_OF_PAGE, READ_ONLY_OF_STORY, withoutEchoes } from "./echoes.ts";
import { type ArticleResponse } from "./response.ts";
import { articlePatch, type ArticlePatch } from "./schema.ts";

/** What a patch changes of a story or a page, and what is wrong with it. */
export function patchOf(body: unknown, response: ArticleResponse, form: Form): Input<ArticlePatch> {
  const readOnly = form === "page" ? READ_ONLY_OF_PAGE : READ_ONLY_OF_STORY;
  const { changed, issues } = withoutEchoes(body, response, readOnly);
  const { fields, issues: sent } = readPatch(changed, form);
  // A story that is out and is told to be published again may have something to publish. One that comes back whole, with its
  // version, says its status as it says its id.
  const tells = isPublished(body) && isPublished(response) && !isWhole(body);
  const publishes = tells ? { status: "published" as const } : {};
  return { fields: { ...fields, ...publishes }, issues: [...issues, ...sent] };
}

/** The fields of a patch that are right by themselves. */
export function readPatch(body: unknown, form: Form): Input<ArticlePatch> {
  return form === "page" ? readInput(pagePatch, body) : readInput(articlePatch, body);
}

function isWhole(body: unknown): boolean {
  return typeof body === "object" && body !== null && "version" in body;
}

function isPublished(story: unknown): boolean {
  return (story as { status?: unknown } | null)?.status === "published";
}
