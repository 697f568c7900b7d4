// What a story is. The list is closed: readers are told by it what they read, and search engines, too.

export const KINDS = [
  "news",
  "analysis",
  "opinion",
  "review",
  "feature",
  "interview",
  "sponsored",
] as const;
export type Kind = (typeof KINDS)[number];

/** Tells whether somebody paid for a story to be there: whatever shows it has to say so. */
export function isPaidFor({ kind }: { kind: Kind }): boolean {
  return kind === "sponsored";
}
