import { authorPath, RESERVED, sectionPath, tagPath } from "../../domain/paths.ts";
import { granted, invalid, refused, type Outcome } from "../../domain/problem.ts";
import type { PublicAct, Replaced } from "../../purge/public-act.ts";
import {
  authorQuery,
  authorShownQuery,
  authorUseQuery,
  deleteAuthor,
  deleteSection,
  deleteTag,
  sectionPlacesQuery,
  sectionQuery,
  sectionShownQuery,
  sectionUseQuery,
  tagQuery,
  tagShownQuery,
  tagUseQuery,
  writeAuthor,
  writeSection,
  writeTag,
  type Author,
  type Section,
  type SectionPlace,
  type Tag,
  type Use,
} from "../../store/directory.d1.ts";
import type { Read, Write } from "../../store/batch.d1.ts";
import { editionQuery } from "../../store/paper.d1.ts";
import { act, type Acted } from "../act.ts";
import type { Change } from "../change.ts";
import type { CommandContext } from "../context.ts";
import type { Input } from "../input.ts";
import { reservedSlug } from "./schema.ts";

// Authors, sections and tags: what stories are filed under. One set of verbs for the three kinds.

/** How one kind of entry is kept, and what readers see of it. */
interface Kind<T> {
  name: "author" | "section" | "tag";
  query(slug: string): Read<T>;
  useQuery(slug: string): Read<Use>;
  write(entry: T): Write;
  remove(slug: string, now: number): Write;
  /** What readers see otherwise when the entry changes, and where. `order` is that of the sections before. */
  shows(entry: Replaced<T>, order: SectionPlace[]): PublicAct;
  pathOf(slug: string): string;
  /** Finds whether readers see the entry anywhere. */
  shownQuery(slug: string): Read<{ shown: number }>;
}

const author: Kind<Author> = {
  name: "author",
  query: authorQuery,
  useQuery: authorUseQuery,
  write: writeAuthor,
  remove: deleteAuthor,
  shows: (entry) => ({ authors: [entry] }),
  pathOf: authorPath,
  shownQuery: authorShownQuery,
};

const section: Kind<Section> = {
  name: "section",
  query: sectionQuery,
  useQuery: sectionUseQuery,
  write: writeSection,
  remove: deleteSection,
  shows: ({ before, after }, order) => ({
    sections: [{ before: ranked(before, order), after: ranked(after, order) }],
  }),
  pathOf: sectionPath,
  shownQuery: sectionShownQuery,
};

/** A section with its rank: readers see no positions, only which comes before which. */
function ranked(entry: Section | null, order: SectionPlace[]) {
  if (!entry) return null;
  const key = ({ position, slug }: SectionPlace) => [position, slug] as const;
  const [own, slug] = key(entry);
  const others = order.filter((other) => other.slug !== slug).map(key);
  const rank = others.filter(([at, name]) => at < own || (at === own && name < slug)).length;
  return { ...entry, rank };
}

const tag: Kind<Tag> = {
  name: "tag",
  query: tagQuery,
  useQuery: tagUseQuery,
  write: writeTag,
  remove: deleteTag,
  shows: (entry) => ({ tags: [entry] }),
  pathOf: tagPath,
  shownQuery: tagShownQuery,
};

/** What was written, and whether it was there before. */
export interface Filed<T> {
  entry: T;
  created: boolean;
}

export const authors = verbsOf(author);
export const sections = verbsOf(section);
export const tags = verbsOf(tag);

/** What can be done with entries of one kind. */
export interface Verbs<T> {
  /** Makes an entry; 409 when the slug is taken. */
  create(context: CommandContext, input: Input<T>): Promise<Acted<Filed<T>>>;
  /** Makes or replaces an entry; writes nothing when it is the same. */
  put(context: CommandContext, input: Input<T>): Promise<Acted<Filed<T>>>;
  /** Changes what is sent of an entry that is there. */
  patch(context: CommandContext, slug: string, input: Input<T>): Promise<Acted<Filed<T>>>;
  /** Deletes an entry that nothing uses. */
  remove(context: CommandContext, slug: string): Promise<Acted<null>>;
  /** Reads one entry. */
  find(context: CommandContext, slug: string): Promise<Outcome<T>>;
}

function verbsOf<T extends { slug: string }>(kind: Kind<T>): Verbs<T> {
  return {
    create: (context, input) => file(context, kind, input, "create"),
    put: (context, input) => file(context, kind, input, "put"),
    patch: (context, slug, { fields, issues }) =>
      file(context, kind, { fields: { ...fields, slug }, issues }, "patch"),
    remove: (context, slug) => remove(context, kind, slug),
    async find({ store }, slug) {
      const [[entry]] = await store.db.read(kind.query(slug));
      return entry ? granted(entry) : unknown(kind, slug);
    },
  };
}

function file<T extends { slug: string }>(
  context: CommandContext,
  kind: Kind<T>,
  { fields, issues }: Input<T>,
  how: "create" | "put" | "patch",
): Promise<Acted<Filed<T>>> {
  return act(context, async () => {
    if (issues.length > 0) return invalid(issues);
    const { slug = "" } = fields;
    const [[edition], [before], [seen], order] = await context.store.db.read(
      editionQuery(),
      kind.query(slug),
      kind.shownQuery(slug),
      sectionPlacesQuery(),
    );
    if (before && how === "create") return slugTaken(kind, slug);
    if (!before && how === "patch") return unknown(kind, slug);
    // A section that was there before its slug was reserved stays, and can be changed.
    if (!before && kind.name === "section" && RESERVED.has(slug))
      return invalid([{ path: "slug", message: reservedSlug(slug) }]);
    const entry = (how === "patch" ? { ...before, ...fields } : fields) as T;
    if (before && isSame(entry, before)) return granted({ answer: { entry, created: false } });
    const change: Change = {
      kind: "public",
      writes: [kind.write(entry)],
      shows: kind.shows({ before: before ?? null, after: entry }, order),
      seenAt: [kind.pathOf(entry.slug)],
      unseen: seen?.shown !== 1,
      edition: edition?.n ?? 0,
      audit: [
        {
          act: before ? "change" : "create",
          subject: `${kind.name}:${entry.slug}`,
          detail: { ...entry },
        },
      ],
    };
    return granted({ answer: { entry, created: !before }, change });
  });
}

function isSame<T extends object>(entry: T, row: T): boolean {
  return (Object.keys(row) as (keyof T)[]).every((name) => entry[name] === row[name]);
}

function remove<T extends { slug: string }>(
  context: CommandContext,
  kind: Kind<T>,
  slug: string,
): Promise<Acted<null>> {
  return act(context, async (now) => {
    const [[edition], [entry], [use], [seen], order] = await context.store.db.read(
      editionQuery(),
      kind.query(slug),
      kind.useQuery(slug),
      kind.shownQuery(slug),
      sectionPlacesQuery(),
    );
    if (!entry) return unknown(kind, slug);
    if (use) {
      const detail = `Cannot delete the ${kind.name} "${slug}": the ${use.kind} "${use.id}" uses it.`;
      return refused({ kind: "wrongState", detail });
    }
    const change: Change = {
      kind: "public",
      writes: [kind.remove(slug, now)],
      shows: kind.shows({ before: entry, after: null }, order),
      seenAt: [kind.pathOf(slug)],
      unseen: seen?.shown !== 1,
      edition: edition?.n ?? 0,
      audit: [{ act: "delete", subject: `${kind.name}:${slug}`, detail: { ...entry } }],
    };
    return granted({ answer: null, change });
  });
}

function unknown(kind: { name: string }, slug: string): Outcome<never> {
  return refused({ kind: "unknown", detail: `There is no ${kind.name} "${slug}".` });
}

function slugTaken(kind: { name: string }, slug: string): Outcome<never> {
  const message = `There is a ${kind.name} "${slug}" already; PUT replaces it.`;
  return refused({ kind: "taken", detail: message, issues: [{ path: "slug", message }] });
}
