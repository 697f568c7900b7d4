import type { Article } from "../contract.ts";

// What is typed of a story, apart from what the server has of it. Promises: an answer of the server changes no field that somebody
// has typed in meanwhile. Does not: send or keep anything.

/** The fields that an editor writes, as the API has them. */
const FIELDS = [
  "kind",
  "sponsor",
  "title",
  "slug",
  "standfirst",
  "body",
  "section",
  "tags",
  "authors",
  "hero",
  "language",
  "canonicalUrl",
  "translationOf",
  "related",
  "part",
  "seo",
  "publishedAt",
  "updatedAt",
  "expiresAt",
  "plannedWords",
  "plannedFor",
  "corrections",
] as const;
export type FieldName = (typeof FIELDS)[number];

export type Draft = Pick<Article, Exclude<FieldName, "body">> & { body: string };

/** A draft of which only some fields are told. */
export type Changes = Partial<Draft>;

/** A story that nobody has saved yet. */
export function newDraft(section: string, authors: string[]): Draft {
  return {
    kind: "news",
    sponsor: null,
    title: "",
    slug: "",
    standfirst: null,
    body: "",
    section,
    tags: [],
    authors,
    hero: null,
    language: null,
    canonicalUrl: null,
    translationOf: null,
    related: [],
    part: null,
    seo: { title: null, description: null },
    publishedAt: null,
    updatedAt: null,
    expiresAt: null,
    plannedWords: null,
    plannedFor: null,
    corrections: [],
  };
}

export function draftOf(article: Article): Draft {
  const said = FIELDS.filter((name) => Object.hasOwn(article, name)).map((name) => [
    name,
    name === "body" ? (article.body ?? "") : article[name],
  ]);
  return Object.fromEntries(said) as Draft;
}

/** The fields in which a draft differs from another one. */
export function changesOf(draft: Draft, base: Draft): Changes {
  const changed = FIELDS.filter((name) => !isSame(draft[name], base[name]));
  return Object.fromEntries(changed.map((name) => [name, draft[name]]));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What the server trims at the ends of a text is no reason to take it from under somebody's hands. */
const TEXTS = ["title", "standfirst", "body"] as const;

/**
 * What is typed once what was `sent` has been saved: what nobody has touched since is as the server has it, and all the rest as it
 * stands in the fields.
 */
export function afterSaving(
  typed: Draft,
  sent: Draft,
  saved: Article,
): { base: Draft; draft: Draft } {
  const base = { ...draftOf(saved), ...pick(sent, TEXTS) };
  return { base, draft: { ...base, ...changesOf(typed, sent) } };
}

/**
 * The same once something was done to a story that was saved as `before`: texts that this changed, as bringing back another revision
 * does, are as the server has them now.
 */
export function afterActing(
  typed: Draft,
  sent: Draft,
  { before, after }: { before: Article; after: Article },
): { base: Draft; draft: Draft } {
  const kept = TEXTS.filter((name) => before[name] === after[name]);
  const base = { ...draftOf(after), ...pick(sent, kept) };
  return { base, draft: { ...base, ...changesOf(typed, sent) } };
}

function pick(draft: Draft, names: readonly (typeof TEXTS)[number][]): Changes {
  return Object.fromEntries(names.map((name) => [name, draft[name]]));
}

/** Fields that two people changed otherwise. */
export interface Clash {
  /** The story as somebody else has saved it. */
  theirs: Article;
  fields: FieldName[];
}

/** What of older changes differs from a story that has been saved since; null when nothing does. */
export function clashWith(theirs: Article, changes: Changes): Clash | null {
  const now = draftOf(theirs);
  const fields = (Object.keys(changes) as FieldName[]).filter(
    (name) => !isSame(changes[name], now[name]),
  );
  return fields.length > 0 ? { theirs, fields } : null;
}

/**
 * Lays what is typed over what somebody else saved meanwhile. Fields that only one of the two changed come together by
 * themselves; `clash` names those that both did.
 */
export function merged(
  typed: Draft,
  base: Draft,
  current: Article,
): { base: Draft; draft: Draft; clash: Clash | null } {
  const theirs = draftOf(current);
  const mine = changesOf(typed, base);
  const others = changesOf(theirs, base);
  const fields = (Object.keys(mine) as FieldName[]).filter(
    (name) => Object.hasOwn(others, name) && !isSame(mine[name], others[name]),
  );
  return {
    base: theirs,
    draft: { ...theirs, ...mine },
    clash: fields.length > 0 ? { theirs: current, fields } : null,
  };
}
