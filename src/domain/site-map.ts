import type { ListKindName, Nameable } from "./lists.ts";

/** What stands at a path: always a page, a story's page, or the page of an entry while that is there. */
export type Standing = "always" | "story" | { kind: Nameable; slug: string };

/** What editors and purging must know of the readers' pages. It follows from the list of their kinds (reader/pages.ts). */
export interface SiteMap {
  /** What a canonical path is the address of; null for one that no kind of page has. */
  standingAt(path: string): Standing | null;
  /** The first segments of the paths of lists, where those say what the list is of: authors, tags. */
  listRoots: ReadonlySet<string>;
  /** Every path of the nth page of a list. */
  listPaths(kind: ListKindName, slug: string, page: number): string[];
}
