import type { ArticleSummary } from "./contract.ts";

/** What can be done to a story; the server says which of it whoever is here may do. */
export type Act =
  | "revise"
  | "publish"
  | "submit"
  | "return"
  | "assign"
  | "note"
  | "preview"
  | "remove";

export function can(article: Pick<ArticleSummary, "may">, act: Act): boolean {
  return article.may.includes(act);
}
