import type { Answer } from "../api.ts";
import type { ComponentChildren } from "preact";
import type { Trouble, Wrong } from "../api.ts";
import type { Author, Section, Tag } from "../contract.ts";

// Sections, authors and tags: what stories are filed under.

export type Entry = Author | Section | Tag;

/** What one kind of entry is to the screens that all kinds share. */
export interface Filed<E extends Entry> {
  kind: "section" | "author" | "tag";
  path: "/sections" | "/authors" | "/tags";
  /** What a new one starts from. */
  blank: () => E;
  fields: (props: FieldsProps<E>) => ComponentChildren;
}

/** What the fields of a form are given. */
export interface FieldsProps<E> {
  draft: E;
  change: (fields: Partial<E>) => void;
  wrong: readonly Wrong[];
}

/** What of an entry is otherwise, as the API takes it: what is empty is null. */
export function changesOf<E extends Entry>(before: E, draft: E): Partial<E> {
  const sent = Object.entries(tidied(draft)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof E]),
  );
  return Object.fromEntries(sent) as Partial<E>;
}

/** An entry as it is sent: without empty lines, and with null for what says nothing. */
export function tidied<E extends Entry>(draft: E): E {
  const fields = Object.entries(draft).map(([name, value]) => {
    if (Array.isArray(value))
      return [name, value.map((each) => String(each).trim()).filter(Boolean)];
    const isText = typeof value === "string" && name !== "name" && name !== "slug";
    return [name, isText && value.trim() === "" ? null : value];
  });
  return Object.fromEntries(fields) as E;
}

/** Tells whether a name or slug has what somebody looks for, whatever accents and capitals either has. */
export function isFound({ name, slug }: Pick<Entry, "name" | "slug">, words: string): boolean {
  const text = plain(`${name} ${slug}`);
  return plain(words)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .trim();
}

/** The sections as they stand in the paper. */
export function inOrder<S extends Pick<Section, "position" | "slug">>(sections: readonly S[]): S[] {
  return sections.toSorted(
    (a, b) => a.position - b.position || (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0),
  );
}

/** The positions that put sections into an order, of those whose position is to be another. */
export function renumbered(sections: readonly Section[]): Pick<Section, "slug" | "position">[] {
  const own = sections.map(({ position }) => position).toSorted((a, b) => a - b);
  const isStrict = own.every((position, index) => index === 0 || position > (own[index - 1] ?? 0));
  // Where each has a position of its own, the two that change places swap theirs.
  return sections.flatMap(({ slug, position }, index) => {
    const wanted = isStrict ? (own[index] ?? 0) : index + 1;
    return wanted === position ? [] : [{ slug, position: wanted }];
  });
}

/** The first trouble of calls that are made one after the other; the rest is not tried. */
export async function inTurn(calls: (() => Promise<Answer<unknown>>)[]): Promise<Trouble | null> {
  for (const call of calls) {
    // eslint-disable-next-line no-await-in-loop
    const answer = await call();
    if (!answer.ok) return answer.trouble;
  }
  return null;
}
