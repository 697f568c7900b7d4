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

/** The texts that the server trims and composes. */
const TEXTS = ["title", "standfirst", "body"] as const;

/** Tells whether two values say the same: what the server trims at the ends of a text, and how it composes letters, is no difference. */
function saysSame(one: unknown, other: unknown): boolean {
  return typeof one === "string" && typeof other === "string"
    ? plain(one) === plain(other)
    : isSame(one, other);
}

function plain(text: string): string {
  return text.normalize("NFC").trim();
}

/** What the server has, but for texts that say the same as they stand in the fields: they are not taken from under somebody's hands. */
function untouched(saved: Article, typed: Draft): Draft {
  const base = draftOf(saved);
  const same = TEXTS.filter((name) => saysSame(base[name], typed[name]));
  return { ...base, ...picked(typed, same) };
}

/**
 * What is typed once what was `sent` has been saved, and something may have been done to it, such as bringing back a revision: what
 * nobody has touched since is as the server has it, and all the rest as it stands in the fields.
 */
export function afterSaving(
  typed: Draft,
  sent: Draft,
  saved: Article,
): { base: Draft; draft: Draft } {
  const base = untouched(saved, sent);
  return { base, draft: { ...base, ...changesOf(typed, sent) } };
}

/** Fields of which there are two texts, between which somebody has to choose. */
export interface Clash {
  mine: Changes;
  theirs: Changes;
  fields: FieldName[];
}

/**
 * Lays what is typed over what somebody else saved meanwhile. Fields that only one of the two changed come together by
 * themselves; `clash` names those that both did. What was `sent` and has no answer may be what is there now: that is nobody else's.
 */
export function merged(
  typed: Draft,
  base: Draft,
  current: Article,
  sent: Draft = base,
): { base: Draft; draft: Draft; clash: Clash | null } {
  const theirs = draftOf(current);
  const mine = changesOf(typed, base);
  const fields = namesOf(mine).filter((name) =>
    [typed, base, sent].every((known) => !saysSame(theirs[name], known[name])),
  );
  const now = untouched(current, typed);
  const clash = fields.length > 0 ? { mine, theirs, fields } : null;
  return { base: now, draft: { ...now, ...mine }, clash };
}

/**
 * Lays text of an earlier time over a story. What was typed over the story as it is now comes in by itself; `clash` names the fields
 * that somebody has changed since, in the newsroom or here.
 */
export function takenUp(
  typed: Draft,
  base: Draft,
  found: { changes: Changes; isOverThis: boolean },
): { draft: Draft; clash: Clash | null } {
  const differing = namesOf(found.changes).filter(
    (name) => !saysSame(found.changes[name], typed[name]),
  );
  const fields = differing.filter((name) => !found.isOverThis || !isSame(typed[name], base[name]));
  const free = differing.filter((name) => !fields.includes(name));
  return {
    draft: { ...typed, ...picked(found.changes, free) },
    clash: fields.length > 0 ? { mine: found.changes, theirs: typed, fields } : null,
  };
}

/** Tells whether a draft has all of what was kept. */
export function hasAll(draft: Draft, kept: Changes): boolean {
  return namesOf(kept).every((name) => saysSame(kept[name], draft[name]));
}

/** The fields of a clash as somebody chose: `mine` are those in which theirs goes. */
export function chosen(clash: Clash, mine: ReadonlySet<FieldName>): Changes {
  return {
    ...picked(
      clash.theirs,
      clash.fields.filter((name) => !mine.has(name)),
    ),
    ...picked(
      clash.mine,
      clash.fields.filter((name) => mine.has(name)),
    ),
  };
}

function namesOf(changes: Changes): FieldName[] {
  return FIELDS.filter((name) => Object.hasOwn(changes, name));
}

function picked(draft: Changes, names: readonly FieldName[]): Changes {
  return Object.fromEntries(names.map((name) => [name, draft[name]]));
}
