import type { Article } from "./article.ts";

/** What a caller may do, from everything to drafts alone. */
export const ROLES = ["admin", "editor", "author", "contributor"] as const;
export type Role = (typeof ROLES)[number];

/** Who acts: an id that says what it names (`person:…`, `key:…`, `root`, `cron`), a name, a role, and the author it writes as, if it is bound to one. */
export interface Actor {
  id: string;
  name: string;
  role: Role;
  author: string | null;
}

/**
 * Who has a right: to anything, to what is theirs, and to what is theirs and has never gone out. Each names the least role; those
 * above it have the right, too.
 */
interface Right {
  any: Role;
  own?: Role;
  ownDrafts?: Role;
}

/** Everything that a call can need. The API's documentation and its refusals are made of this table. */
const RIGHTS = {
  "see the newsroom": { any: "contributor" },
  "write a story": { any: "contributor" },
  "see what is planned": { any: "author", own: "contributor" },
  "revise a story": { any: "editor", own: "author", ownDrafts: "contributor" },
  "publish a story": { any: "editor", own: "author" },
  "submit a story": { any: "editor", own: "author", ownDrafts: "contributor" },
  "return a story": { any: "editor", own: "author", ownDrafts: "contributor" },
  "assign a story": { any: "editor", own: "author" },
  "write a note": { any: "author", own: "contributor" },
  "show a preview": { any: "editor", own: "author", ownDrafts: "contributor" },
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
  "manage people": { any: "admin" },
  "read the audit": { any: "editor" },
  "see what the edge is to be told": { any: "editor" },
  "purge pages": { any: "editor" },
  "render stories anew": { any: "admin" },
  "rebuild the search": { any: "admin" },
} as const satisfies Record<string, Right>;
export type RightName = keyof typeof RIGHTS;

/** Whose a thing is to an actor: anybody's, their own, or their own and never seen by readers. */
type Whose = "any" | "own" | "ownDrafts";

/** Tells whether the actor has a right: to anything, or to what is theirs. */
export function may({ role }: Pick<Actor, "role">, right: RightName, of: Whose = "any"): boolean {
  return rankOf(role) <= rankOf(leastRole(right, of));
}

/** The least role that has a right: whoever has it to anything has it to what is theirs. */
function leastRole(right: RightName, of: Whose): Role {
  const { any, own = any, ownDrafts = own }: Right = RIGHTS[right];
  return { any, own, ownDrafts }[of];
}

/** Who has a right, in words: "editors and admins; authors for their own". */
export function holdersOfRight(right: RightName): string {
  const [any, own, drafts] = (["any", "own", "ownDrafts"] as const).map((of) =>
    rankOf(leastRole(right, of)),
  ) as [number, number, number];
  const holders = (from: number, to: number) =>
    ROLES.slice(from, to + 1)
      .toReversed()
      .map((role) => `${role}s`)
      .join(", ");
  const parts = [
    holders(0, any),
    own > any && `${holders(any + 1, own)} for their own`,
    drafts > own && `${holders(own + 1, drafts)} for their own that readers have never seen`,
  ];
  return parts.filter(Boolean).join("; ");
}

function rankOf(role: Role): number {
  return ROLES.indexOf(role);
}

/** A story as far as rights to it go: its life and its bylines. */
interface Owned {
  article: Article;
  head: { authors: string[] };
}

/**
 * Whose a story is to an actor: it is theirs under the byline they are bound to, or assigned to that; without one, if they made it. A
 * page has no byline: it is theirs if they made it, or it is assigned to them.
 */
function whose({ id, author }: Actor, { article, head }: Owned): Whose {
  const isMade = article.createdBy === id;
  const isAssigned = author !== null && article.assignee === author;
  const isOwn =
    article.form === "page"
      ? isMade || isAssigned
      : author === null
        ? isMade
        : head.authors.includes(author) || isAssigned;
  if (!isOwn) return "any";
  return article.lastLive === null && article.scheduled === null ? "ownDrafts" : "own";
}

/** Tells whether the actor may see a story at all; a contributor sees nothing of another's that is not out. */
export function canRead(actor: Actor, story: Owned): boolean {
  if (canSeePlans(actor, story)) return true;
  return story.article.live !== null && story.article.live === story.article.head;
}

/** Tells whether the actor may see what is planned with a story: its schedule, its end, its review, its history. */
export function canSeePlans(actor: Actor, story: Owned): boolean {
  return mayDo(actor, "see what is planned", story);
}

/** What may be done to a story or a page, by the word for it that callers are told, and the right that it needs. */
const DEEDS = {
  revise: "revise a story",
  publish: "publish a story",
  submit: "submit a story",
  return: "return a story",
  assign: "assign a story",
  note: "write a note",
  preview: "show a preview",
  remove: "remove a story for legal reasons",
} as const satisfies Record<string, RightName>;
export type Deed = keyof typeof DEEDS;
export const DEED_NAMES = Object.keys(DEEDS) as Deed[];

/**
 * What of all that the actor has a right to do to a story, whatever state it is in. One that was removed for legal reasons stays as
 * it is for whoever could not have removed it.
 */
export function deedsOf(actor: Actor, story: Owned): Deed[] {
  const isShut = story.article.removedAt !== null && !mayDo(actor, DEEDS.remove, story);
  return DEED_NAMES.filter(
    (deed) => mayDo(actor, DEEDS[deed], story) && !(isShut && deed === "revise"),
  );
}

/** Tells whether the actor has a right to a story. */
export function mayDo(actor: Actor, right: RightName, story: Owned): boolean {
  return may(actor, right, whose(actor, story));
}
