import type { Article } from "./article.ts";

/** What a key may do, from everything to drafts alone. */
export const ROLES = ["admin", "editor", "author", "contributor"] as const;
export type Role = (typeof ROLES)[number];

/** Who acts: a key, its role, and the author it writes as, if it is bound to one. */
export interface Actor {
  id: string;
  role: Role;
  author: string | null;
}

/** A story as far as rights to it go: its life and its bylines. */
interface Owned {
  article: Article;
  head: { authors: string[] };
}

/** Tells whether the actor runs the paper: sections, authors, tags, the front page, redirects, imports. */
export function isEditor(actor: Actor): boolean {
  return actor.role === "admin" || actor.role === "editor";
}

/** Tells whether a story is the actor's: under the byline the key is bound to, else made with the key. */
function owns(actor: Actor, { article, head }: Owned): boolean {
  return actor.author === null
    ? article.createdBy === actor.id
    : head.authors.includes(actor.author);
}

/** Tells whether the actor may see a story at all; a contributor sees nothing of another's that is not out. */
export function canRead(actor: Actor, story: Owned): boolean {
  if (actor.role !== "contributor" || owns(actor, story)) return true;
  return story.article.live !== null && story.article.live === story.article.head;
}

/** Tells whether the actor may see what is planned with a story: its schedule, its end, notes on it. */
export function canSeePlans(actor: Actor, story: Owned): boolean {
  return actor.role !== "contributor" || owns(actor, story);
}

/** Tells whether the actor may change a story: a contributor only while it has never gone out. */
export function canRevise(actor: Actor, story: Owned): boolean {
  if (isEditor(actor)) return true;
  if (!owns(actor, story)) return false;
  return (
    actor.role === "author" || (story.article.lastLive === null && story.article.scheduled === null)
  );
}

/** Tells whether the actor may make a story public, or take it back. */
export function canPublish(actor: Actor, story: Owned): boolean {
  return isEditor(actor) || (actor.role === "author" && owns(actor, story));
}
