import type { Form } from "../../domain/article.ts";
import { granted, type Outcome } from "../../domain/problem.ts";
import type { Acted } from "../act.ts";
import type { ApiResponse } from "../endpoint.ts";
import { versionTag, type ArticleResponse } from "./response.ts";

/** A story or a page after a write, and what became of it at the edge; `made` says which of them the call has made. */
export function saved(
  acted: Acted<ArticleResponse>,
  { made = null }: { made?: Form | null } = {},
): Outcome<ApiResponse> {
  if (!acted.ok) return acted;
  const { value, edge } = acted;
  const headers = tagOf(value);
  const body = { ...value, edge };
  if (made === null) return granted({ status: 200, body, headers });
  headers.Location = `/api/v1/${made === "page" ? "pages" : "articles"}/${value.id}`;
  return granted({ status: 201, body, headers });
}

/** The header by which a story's next writer says what they read of it. */
export function tagOf(story: ArticleResponse): Record<string, string> {
  return { ETag: versionTag(story) };
}
