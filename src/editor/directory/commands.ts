import type { Entries, Section } from "../../domain/directory.ts";
import { LISTS, type Nameable } from "../../domain/lists.ts";
import { RESERVED } from "../../domain/paths.ts";
import { granted, invalid, refused, type Outcome } from "../../domain/problem.ts";
import { isSameJson } from "../../domain/same.ts";
import type { PublicAct, Replaced } from "../../purge/public-act.ts";
import {
  deleteEntry,
  entryQuery,
  entryShownQuery,
  entryUseQuery,
  sectionPlacesQuery,
  writeEntry,
  type SectionPlace,
} from "../../store/directory.d1.ts";
import { editionQuery } from "../../store/paper.d1.ts";
import { act, type Acted } from "../act.ts";
import type { Change } from "../change.ts";
import type { CommandContext } from "../context.ts";
import type { Input } from "../input.ts";
import { reservedSlug } from "./schema.ts";

// Authors, sections and tags: what stories are filed under. One set of verbs for the three kinds.

/** What was written, and whether it was there before. */
export interface Filed<T> {
  entry: T;
  created: boolean;
}

/**
 * Makes an entry (409 when the slug is taken), puts it in place of what is there, or changes what is sent of it. Writes nothing
 * when it is the same.
 */
export function fileEntry<Kind extends Nameable>(
  context: CommandContext,
  kind: Kind,
  how: "create" | "put" | "patch",
  { fields, issues }: Input<Entries[Kind]>,
): Promise<Acted<Filed<Entries[Kind]>>> {
  return act(context, async () => {
    if (issues.length > 0) return invalid(issues);
    const { slug = "" } = fields as { slug?: string };
    const [[edition], [before], [seen], order] = await context.store.db.read(
      editionQuery(),
      entryQuery(kind, slug),
      entryShownQuery(kind, slug),
      sectionPlacesQuery(),
    );
    if (before && how === "create") return slugTaken(kind, slug);
    if (!before && how === "patch") return unknown(kind, slug);
    // A section that was there before its slug was reserved stays, and can be changed.
    if (!before && kind === "section" && RESERVED.has(slug))
      return invalid([{ path: "slug", message: reservedSlug(slug) }]);
    const entry = (how === "patch" ? { ...before, ...fields } : fields) as Entries[Kind];
    if (before && isSameJson(entry, before)) return granted({ result: { entry, created: false } });
    const change: Change = {
      kind: "public",
      writes: [writeEntry(kind, entry)],
      shows: showsOf(kind, { before: before ?? null, after: entry }, order),
      seenAt: [LISTS[kind].path(slug)],
      // A new section is in every masthead at once.
      unseen: kind !== "section" && seen?.shown !== 1,
      edition: edition?.n ?? 0,
      audit: [
        {
          act: before ? "change" : "create",
          subject: `${kind}:${slug}`,
          detail: { ...entry },
        },
      ],
    };
    return granted({ result: { entry, created: !before }, change });
  });
}

/** Deletes an entry that nothing uses. */
export function removeEntry(
  context: CommandContext,
  kind: Nameable,
  slug: string,
): Promise<Acted<null>> {
  return act(context, async (now) => {
    const [[edition], [entry], [use], [seen], order] = await context.store.db.read(
      editionQuery(),
      entryQuery(kind, slug),
      entryUseQuery(kind, slug),
      entryShownQuery(kind, slug),
      sectionPlacesQuery(),
    );
    if (!entry) return unknown(kind, slug);
    if (use) {
      const detail = `Cannot delete the ${kind} "${slug}": the ${use.kind} "${use.id}" uses it.`;
      return refused({ kind: "wrongState", detail });
    }
    const change: Change = {
      kind: "public",
      writes: [deleteEntry(kind, slug, now)],
      shows: showsOf(kind, { before: entry, after: null }, order),
      seenAt: [LISTS[kind].path(slug)],
      unseen: seen?.shown !== 1,
      edition: edition?.n ?? 0,
      audit: [{ act: "delete", subject: `${kind}:${slug}`, detail: { ...entry } }],
    };
    return granted({ result: null, change });
  });
}

/** Reads one entry. */
export async function findEntry<Kind extends Nameable>(
  { store }: CommandContext,
  kind: Kind,
  slug: string,
): Promise<Outcome<Entries[Kind]>> {
  const [[entry]] = await store.db.read(entryQuery(kind, slug));
  return entry ? granted(entry) : unknown(kind, slug);
}

/** What readers see otherwise when an entry changes. `order` is that of the sections before. */
function showsOf(
  kind: Nameable,
  { before, after }: Replaced<Entries[Nameable]>,
  order: SectionPlace[],
): PublicAct {
  switch (kind) {
    case "author":
      return { authors: [{ before, after } as Replaced<Entries["author"]>] };
    case "tag":
      return { tags: [{ before, after } as Replaced<Entries["tag"]>] };
    case "section": {
      const [was, is] = [before, after] as (Section | null)[];
      return { sections: [{ before: ranked(was, order), after: ranked(is, order) }] };
    }
    default:
      return kind satisfies never;
  }
}

/** A section with its rank: readers see no positions, only which comes before which. */
function ranked(entry: Section | null | undefined, order: SectionPlace[]) {
  if (!entry) return null;
  const key = ({ position, slug }: SectionPlace) => [position, slug] as const;
  const [own, slug] = key(entry);
  const others = order.filter((other) => other.slug !== slug).map(key);
  const rank = others.filter(([at, name]) => at < own || (at === own && name < slug)).length;
  return { ...entry, rank };
}

function unknown(kind: Nameable, slug: string): Outcome<never> {
  return refused({ kind: "unknown", detail: `There is no ${kind} "${slug}".` });
}

function slugTaken(kind: Nameable, slug: string): Outcome<never> {
  const message = `There is a ${kind} "${slug}" already; PUT replaces it.`;
  return refused({ kind: "taken", detail: message, issues: [{ path: "slug", message }] });
}
