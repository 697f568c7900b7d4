import type { Issue } from "../../domain/problem.ts";
import { isObject, isSameJson } from "../../domain/same.ts";

// A response that is sent back. Promises: what it repeats changes nothing, whatever the schema of requests would say
// of it. Relies on: responses being what JSON can say. Does not: check what is sent otherwise, which the schema does.

/** How what is read-only in a response is changed, by field. */
export type ReadOnly = Record<string, string>;

/** What of a story is read-only in `PATCH /articles/{id}`, and what changes it. */
export const READ_ONLY_OF_STORY: ReadOnly = {
  id: "It never changes.",
  url: "It follows from section and slug.",
  createdAt: "It never changes.",
  scheduledFor: "POST …/schedule changes it.",
  review: "POST …/submit and …/return change it.",
  reviewNote: "POST …/return changes it.",
  assignee: "POST …/assign changes it.",
  words: "It is counted.",
  revision: "It grows with every save.",
  publishedRevision: "POST …/publish and …/unpublish change it.",
  scheduledRevision: "POST …/schedule changes it.",
  version: "It grows with every write; If-Match says which one you mean.",
};

/** The same of a page, whose dates tell editors when it went out and changed: readers are shown none. */
export const READ_ONLY_OF_PAGE: ReadOnly = {
  ...READ_ONLY_OF_STORY,
  url: "It follows from the slug.",
  publishedAt: "It is when the page first went out.",
  updatedAt: "It is when what readers see changed last.",
};

/**
 * Takes out of a body what it repeats of the response, and names what it says otherwise though it is read-only. `edge`
 * and `notes` tell of an earlier call, `may` of whoever made it, and all three are passed over.
 */
export function withoutEchoes(
  sent: unknown,
  response: object,
  readOnly: ReadOnly,
): { changed: unknown; issues: Issue[] } {
  if (!isObject(sent)) return { changed: sent, issues: [] };
  const current = JSON.parse(JSON.stringify(response)) as Record<string, unknown>;
  const changed: Record<string, unknown> = {};
  const issues: Issue[] = [];
  for (const [name, value] of Object.entries(sent)) {
    const now = current[name];
    if (name === "edge" ? EDGES.has(value) : TOLD.has(name) && Array.isArray(value)) continue;
    if (Object.hasOwn(current, name) && isSameJson(value, now)) continue;
    if (Object.hasOwn(readOnly, name)) issues.push(refusalOf(name, now, readOnly[name]));
    else changed[name] = value;
  }
  return { changed, issues };
}

const TOLD: ReadonlySet<string> = new Set(["notes", "may"]);
const EDGES: ReadonlySet<unknown> = new Set(["live", "pending", "none"]);

function refusalOf(path: string, now: unknown, how = ""): Issue {
  const message = `is read-only, and ${JSON.stringify(now)}: send it so or leave it out. ${how}`;
  return { path, message };
}
