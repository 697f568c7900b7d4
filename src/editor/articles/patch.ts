import { readInput, type Input } from "../input.ts";
import { READ_ONLY_OF_STORY, withoutEchoes } from "./echoes.ts";
import { type ArticleResponse } from "./response.ts";
import { articlePatch, type ArticlePatch } from "./schema.ts";

/** What a patch changes of a story, and what is wrong with it. */
export function patchOf(body: unknown, response: ArticleResponse): Input<ArticlePatch> {
  const { changed, issues } = withoutEchoes(body, response, READ_ONLY_OF_STORY);
  const { fields, issues: sent } = readInput(articlePatch, changed);
  // A story that is out and is told to be published again may have something to publish. One that comes back whole, with its
  // version, says its status as it says its id.
  const tells = isPublished(body) && isPublished(response) && !isWhole(body);
  const publishes = tells ? { status: "published" as const } : {};
  return { fields: { ...fields, ...publishes }, issues: [...issues, ...sent] };
}

function isWhole(body: unknown): boolean {
  return typeof body === "object" && body !== null && "version" in body;
}

function isPublished(story: unknown): boolean {
  return (story as { status?: unknown } | null)?.status === "published";
}
