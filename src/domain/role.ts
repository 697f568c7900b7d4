import type { Article } from "./article.ts";

/** What a caller may do, from everything to drafts alone. */
export const ROLES = ["admin", "editor", "author", "contributor"] as const;
export type Role = (typeof ROLES)[number];

/** Who acts: an id that says what it names (`key:…`, `root`, `cron`), a role, and the author it writes as, if it is bound to one. */
export interface Actor {
  id: string;
  role: Role;
  author: string | null;
}

/** Who has a right: of anything, and of what is theirs. Each names the least role; those above it have the right, too. */
interface Right {
  any: Role;
  own?: Role;
}

/** Everything that a call can need. The API's documentation and its refusals are made of this table. */
const RIGHTS = {
  "see the newsroom": { any: "contributor" },
  "write a story": { any: "contributor" },
  "see what is planned": { any: "author", own: "contributor" },
  "revise a story": { any: "editor", own: "contributor" },
  "publish a story": { any: "editor", own: "author" },
  "submit a story": { any: "editor", own: "contributor" },
  "return a story": { any: "editor", own: "contributor" },
  "assign a story": { any: "editor", own: "author" },
  "write a note": { any: "author", own: "contributor" },
  "show a preview": { any: "editor", own: "contributor" },
  "remove a story for legal reasons": { any: "editor" },
  "write under any byline": { any: "editor" },
  "see the front page's placement": { any: "author" },
  "arrange the front page": { any: "editor" },
  "change the settings": { any: "admin" },
  "change what stories are filed under": { any: "editor" },
  "upload a picture": { any: "contributor" },
  "see every picture": { any: "author" },
  "describe a picture": { any: "editor", own: "contributor" },
  "take a picture down": { any: "editor" },
  "bring a picture back": { any: "editor" },
  "redirect a path": { any: "editor" },
  "import stories": { any: "editor" },
  "hand out keys": { any: "admin" },
  "read the audit": { any: "editor" },
  "see what the edge is to be told": { any: "editor" },
  "purge pages": { any: "editor" },
  "render stories anew": { any: "admin" },
} as const satisfies Record<string, Right>;
export type RightName = keyof typeof RIGHTS;

/** Tells whether the actor has a right: to what is their own, or to anything. */
export function may(
  { role }: Pick<Actor, "role">,
  right: RightName,
  of: "own" | "any" = "any",
): boolean {
  const { any, own = any }: Right = RIGHTS[right];
  return rankOf(role) <= rankOf(of === "own" ? own : any);
}

/** Who has a right, in words: "editors and admins; authors of their own". */
export function holdersOfRight(right: RightName): string {
  const { any, own }: Right = RIGHTS[right];
  const plural = (roles: readonly Role[]) => roles.toReversed().map((role) => `${role}s`);
  const holders = plural(ROLES.slice(0, rankOf(any) + 1)).join(", ");
  if (own === undefined) return holders;
  return `${holders}; ${plural(ROLES.slice(rankOf(any) + 1, rankOf(own) + 1)).join(", ")} for their own`;
}

function rankOf(role: Role): number {
  return ROLES.indexOf(role);
}

/** A story as far as rights to it go: its life and its bylines. */
interface Owned {
  article: Article;
  head: { authors: string[] };
}

/** Tells whether a story is the actor's: under the byline the actor is bound to, or assigned to it; without one, made by the actor. */
function ownershipOf({ id, author }: Actor, { article, head }: Owned): "own" | "any" {
  const isOwn =
    author === null
      ? article.createdBy === id
      : head.authors.includes(author) || article.assignee === author;
  return isOwn ? "own" : "any";
}

/** Tells whether the actor may see a story at all; a contributor sees nothing of another's that is not out. */
export function canRead(actor: Actor, story: Owned): boolean {
  if (may(actor, "see what is planned", ownershipOf(actor, story))) return true;
  return story.article.live !== null && story.article.live === story.article.head;
}

/** Tells whether the actor may see what is planned with a story: its schedule, its end, notes on it. */
export function canSeePlans(actor: Actor, story: Owned): boolean {
  return may(actor, "see what is planned", ownershipOf(actor, story));
}

/** Tells whether the actor has a right to a story: a contributor revises only while it has never gone out. */
export function mayDo(actor: Actor, right: RightName, story: Owned): boolean {
  if (!may(actor, right, ownershipOf(actor, story))) return false;
  const { lastLive, scheduled } = story.article;
  return actor.role !== "contributor" || (lastLive === null && scheduled === null);
}
