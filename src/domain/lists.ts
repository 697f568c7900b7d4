import { authorPath, frontPath, sectionPath, tagPath } from "./paths.ts";

// Every kind of list of stories that readers page through, in the order of `place`: where its pages are, which index it is read
// from, and how it is named in cache tags (by its kind).

/** Where the rows of a list are: the table that lists them, the readers' view of it, and the column that tells lists apart. */
export interface ListIndex {
  table: string;
  view: string;
  /** The column of a story's id in the view. */
  story: string;
  /** The column of the list's own id in the table; in the view it is called the same with `_id` behind it. */
  key: string;
  /** The table of what lists are named after. */
  entries: string;
}

interface ListKind {
  /** The path of a page, from 1. */
  path(slug: string, page?: number): string;
  /** Null for the one list of all stories. */
  index: ListIndex | null;
  /** Whether the first page is there while no story is in the list: always, while editors list the entry, or never. */
  isThereEmpty: "always" | "listed" | "never";
}

export const LISTS = {
  front: { path: (_, page) => frontPath(page), index: null, isThereEmpty: "always" },
  section: {
    path: sectionPath,
    index: {
      table: "live",
      view: "published_places",
      story: "id",
      key: "section",
      entries: "sections",
    },
    isThereEmpty: "listed",
  },
  author: {
    path: authorPath,
    index: {
      table: "live_authors",
      view: "published_authorship",
      story: "article_id",
      key: "author",
      entries: "authors",
    },
    isThereEmpty: "never",
  },
  tag: {
    path: tagPath,
    index: {
      table: "live_tags",
      view: "published_tagging",
      story: "article_id",
      key: "tag",
      entries: "tags",
    },
    isThereEmpty: "never",
  },
} as const satisfies Record<string, ListKind>;

export type ListKindName = keyof typeof LISTS;

/** What a list is named after: its page shows more of it. */
export type Nameable = Exclude<ListKindName, "front">;

/** A list as cache tags name it. */
export type ListName = "front" | `${Nameable}:${string}`;

/** Names a list. */
export function listName(kind: ListKindName, slug: string): ListName {
  return kind === "front" ? kind : `${kind}:${slug}`;
}

/** The kind of a list and what it is named after; "" for the front page. */
export function listOf(name: ListName): { kind: ListKindName; slug: string } {
  const [kind = "", slug = ""] = name.split(":");
  return { kind: kind as ListKindName, slug };
}
