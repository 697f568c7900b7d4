import { granted, type Outcome } from "../../domain/problem.ts";
import type { Acted } from "../act.ts";
import type { ApiResponse } from "../endpoint.ts";
import { versionTag, type ArticleResponse } from "./response.ts";

/** A story after a write, and what became of it at the edge. */
export function saved(
  acted: Acted<ArticleResponse>,
  status: 200 | 201 = 200,
): Outcome<ApiResponse> {
  if (!acted.ok) return acted;
  const { value, edge } = acted;
  const headers = tagOf(value);
  if (status === 201) headers.Location = `/api/v1/articles/${value.id}`;
  return granted({ status, body: { ...value, edge }, headers });
}

/** The header by which a story's next writer says what they read of it. */
export function tagOf(story: ArticleResponse): Record<string, string> {
  return { ETag: versionTag(story) };
}
