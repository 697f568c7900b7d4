import type { ArticleSummary } from "../contract.ts";
import { formatMoment } from "../moments.ts";
import { say } from "../words/words.ts";

/** What a story is right now, as the desk marks it. */
export interface State {
  /** Which mark it has; the stylesheet has a colour for each. */
  mark: "draft" | "waiting" | "scheduled" | "live" | "edited" | "withdrawn" | "binned";
  text: string;
  /** What else is true of it. */
  also: string[];
}

type Life = Pick<
  ArticleSummary,
  | "status"
  | "review"
  | "scheduledFor"
  | "expiresAt"
  | "publishedAt"
  | "publishedRevision"
  | "scheduledRevision"
  | "revision"
>;

export function stateOf(article: Life): State {
  const words = say().status;
  const { status, review, scheduledFor, expiresAt, publishedAt } = article;
  const scheduled = scheduledFor && words.scheduledFor(formatMoment(scheduledFor));
  const also = [
    ...(review && status !== "inReview" ? [words.waiting] : []),
    ...(scheduled && status === "published" ? [scheduled] : []),
    ...(expiresAt && status !== "binned" ? [words.expires(formatMoment(expiresAt))] : []),
  ];
  if (status === "binned") return { mark: "binned", text: words.binned, also: [] };
  if (status === "scheduled")
    return { mark: "scheduled", text: scheduled || words.scheduled, also };
  if (status === "published") {
    const since = publishedAt ? words.liveSince(formatMoment(publishedAt)) : words.live;
    if (isEdited(article)) return { mark: "edited", text: words.edited, also: [since, ...also] };
    return { mark: "live", text: since, also };
  }
  if (status === "inReview") return { mark: "waiting", text: words.waiting, also: [] };
  if (status === "withdrawn") return { mark: "withdrawn", text: words.withdrawn, also };
  return { mark: "draft", text: words.draft, also };
}

/** Whether a live story has been changed, and readers do not see that yet. */
export function isEdited({ status, revision, publishedRevision }: Life): boolean {
  return status === "published" && publishedRevision !== null && revision !== publishedRevision;
}
