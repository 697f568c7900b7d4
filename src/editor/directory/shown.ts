import type { Entries, Section } from "../../domain/directory.ts";
import type { Nameable } from "../../domain/lists.ts";
import { isSameJson } from "../../domain/same.ts";
import type { PublicAct, Replaced } from "../../purge/public-act.ts";
import type { SectionPlace } from "../../store/directory.d1.ts";

// What readers see of an entry, and what they see otherwise when it changes.

/** Tells whether readers see an entry: while it has a live story, and a section also while it is listed. */
export function isShown(kind: Nameable, entry: Entries[Nameable], hasLive: boolean): boolean {
  return hasLive || (kind === "section" && (entry as Section).listed);
}

/**
 * What readers see otherwise when an entry becomes another, each of them null where readers do not see it; null for nothing.
 * `order` is that of the sections before.
 */
export function showsOf(
  kind: Nameable,
  { before, after }: Replaced<Entries[Nameable]>,
  order: SectionPlace[],
): Omit<PublicAct, "stories" | "around"> | null {
  if (before === null && after === null) return null;
  switch (kind) {
    case "author":
      return { authors: [{ before, after } as Replaced<Entries["author"]>] };
    case "tag":
      return { tags: [{ before, after } as Replaced<Entries["tag"]>] };
    case "section": {
      const others = order.filter(({ slug }) => slug !== before?.slug);
      const [was, is] = [before, after].map((entry) => ranked(entry as Section | null, others));
      if (isSameJson(was, is)) return null;
      return { sections: [{ before: was ?? null, after: is ?? null }] };
    }
    default:
      return kind satisfies never;
  }
}

/** What readers see of a section: no position, only which comes before which. */
function ranked(entry: Section | null, others: SectionPlace[]) {
  if (!entry) return null;
  const { name, description } = entry;
  const key = ({ position, slug }: SectionPlace) => [position, slug] as const;
  const [own, slug] = key(entry);
  const rank = others
    .map(key)
    .filter(([at, name]) => at < own || (at === own && name < slug)).length;
  return { slug, name, description, rank };
}

/** The fields that differ between what there was and what there is, for the record of an act; null where there is none. */
export function changedFields<T extends object>(
  before: T | null,
  after: T | null,
): Record<"before" | "after", Record<string, unknown>> {
  const [was, is] = [before ?? {}, after ?? {}] as Record<string, unknown>[];
  const names = Object.keys({ ...was, ...is });
  const changed = names.filter((name) => !isSameJson(was?.[name], is?.[name]));
  const of = (entry: Record<string, unknown> | undefined) =>
    Object.fromEntries(changed.map((name) => [name, entry?.[name] ?? null]));
  return { before: of(was), after: of(is) };
}
