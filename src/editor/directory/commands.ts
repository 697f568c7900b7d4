import type { Entries, Section, Tag } from "../../domain/directory.ts";
import { LISTS, type Nameable } from "../../domain/lists.ts";
import { RESERVED, sectionPath } from "../../domain/paths.ts";
import { granted, invalid, refused, type Outcome } from "../../domain/problem.ts";
import { isSameJson } from "../../domain/same.ts";
import type { Write } from "../../store/batch.d1.ts";
import {
  deleteEntry,
  entryLiveQuery,
  entryQuery,
  entryUseQuery,
  sectionPlacesQuery,
  writeEntry,
  type SectionPlace,
} from "../../store/directory.d1.ts";
import { editionQuery } from "../../store/paper.d1.ts";
import { pathHoldersQuery } from "../../store/paths.d1.ts";
import { act, type Acted } from "../act.ts";
import type { Change } from "../change.ts";
import type { CommandContext } from "../context.ts";
import type { Input } from "../input.ts";
import { pageInTheWay, planRenaming, type Renamed } from "./renaming.ts";
import { reservedSlug } from "./schema.ts";
import { changedFields, isShown, showsOf } from "./shown.ts";

// Authors, sections and tags: what stories are filed under. One set of verbs for the three kinds.

/** What was written, and whether it was there before. */
export interface Filed<T> {
  entry: T;
  created: boolean;
}

/** How an entry is written: made anew, or put in place of the one that its URL names, or changed in part. */
export type Filing = { how: "create" } | { how: "put" | "patch"; named: string };

/**
 * Makes an entry (409 when the slug is taken), puts it in place of what is there, or changes what is sent of it; with another slug
 * than its URL's, it is called so from then on. Writes nothing when it is the same.
 */
export function fileEntry<Kind extends Nameable>(
  context: CommandContext,
  kind: Kind,
  filing: Filing,
  { fields, issues }: Input<Entries[Kind]>,
): Promise<Acted<Filed<Entries[Kind]>>> {
  const { db } = context.store;
  const { how } = filing;
  const { slug: sent = "" } = fields as { slug?: string };
  const from = filing.how === "create" ? sent : filing.named;
  return act(context, async (now) => {
    if (issues.length > 0) return invalid(issues);
    const [[edition], [before], [own], order, held] = await db.read(
      editionQuery(),
      entryQuery(kind, from),
      entryLiveQuery(kind, from),
      sectionPlacesQuery(),
      pathHoldersQuery(kind === "section" ? [sectionPath(from)] : []),
    );
    if (before && how === "create") return slugTaken(kind, from);
    if (!before && (how === "patch" || sent !== from)) return unknown(kind, from);
    // A section that was there before its slug was reserved stays, and can be changed.
    if (!before && kind === "section" && RESERVED.has(from))
      return invalid([{ path: "slug", message: reservedSlug(from) }]);
    const page = before ? null : pageInTheWay(held);
    if (page) return page;
    const entry = entryAfter(kind, how, before ?? null, fields);
    if (before && isSameJson(entry, before)) return granted({ result: { entry, created: false } });
    const hasLive = own?.live === 1;
    const isSeen = before !== undefined && isShown(kind, before, hasLive);
    const renamed = before && sent !== from;
    const planned = renamed
      ? await planRenaming(db, kind, { from, entry, isSeen }, now)
      : granted({ writes: [writeEntry(kind, entry, { isNew: !before })], addresses: [] });
    if (!planned.ok) return planned;
    const change = changeOf(kind, {
      act: renamed ? "rename" : before ? "change" : "create",
      before: before ?? null,
      after: entry,
      isSeen,
      isSeenAfter: isShown(kind, entry, hasLive),
      planned: planned.value,
      edition: edition?.n ?? 0,
      order,
    });
    // Stories are found by what their authors and tags are called; of a section by its id.
    if (kind !== "section" && own && before && entry.name !== before.name)
      change.reindex = [{ kind, entry: own.id }];
    return granted({ result: { entry, created: !before }, change });
  });
}

/**
 * An entry as it is written. Whether a section is listed and a tag is a series stays as it was unless it is sent: neither a masthead nor
 * the pages of a series change by silence.
 */
function entryAfter<Kind extends Nameable>(
  kind: Kind,
  how: Filing["how"],
  before: Entries[Kind] | null,
  fields: Partial<Entries[Kind]>,
): Entries[Kind] {
  const stays = {
    author: {},
    section: { listed: (before as Section | null)?.listed ?? false },
    tag: { series: (before as Tag | null)?.series ?? false },
  }[kind];
  return { ...(how === "patch" ? before : stays), ...fields } as Entries[Kind];
}

/** Deletes an entry that nothing uses. */
export function removeEntry(
  context: CommandContext,
  kind: Nameable,
  slug: string,
): Promise<Acted<null>> {
  return act(context, async (now) => {
    const [[edition], [entry], [use], [own], order] = await context.store.db.read(
      editionQuery(),
      entryQuery(kind, slug),
      entryUseQuery(kind, slug),
      entryLiveQuery(kind, slug),
      sectionPlacesQuery(),
    );
    if (!entry) return unknown(kind, slug);
    if (use) {
      const detail = `Cannot delete the ${kind} "${slug}": the ${use.kind} "${use.id}" uses it.`;
      return refused({ kind: "wrongState", detail });
    }
    const change = changeOf(kind, {
      act: "delete",
      before: entry,
      after: null,
      isSeen: isShown(kind, entry, own?.live === 1),
      isSeenAfter: false,
      planned: { writes: [deleteEntry(kind, slug, now)], addresses: [] },
      edition: edition?.n ?? 0,
      order,
    });
    return granted({ result: null, change });
  });
}

/** What an act makes of an entry. */
interface Made<Entry> {
  act: string;
  before: Entry | null;
  after: Entry | null;
  /** Readers see it before, and afterwards. */
  isSeen: boolean;
  isSeenAfter: boolean;
  planned: Renamed;
  edition: number;
  order: SectionPlace[];
}

/** The change of an entry: public if readers see any of it. */
function changeOf<Kind extends Nameable>(
  kind: Kind,
  made: Made<Entries[Kind]>,
): Exclude<Change, { kind: "purge" }> {
  const { act: name, before, after, isSeen, isSeenAfter, planned, edition, order } = made;
  const slugs = [after?.slug, before?.slug].filter((slug) => slug !== undefined);
  const [slug = ""] = slugs;
  const writes: Write[] = planned.writes;
  const detail = changedFields(before, after);
  const audit = [{ act: name, subject: `${kind}:${slug}`, detail }];
  const seen = { before: isSeen ? before : null, after: isSeenAfter ? after : null };
  const shows = showsOf(kind, seen, order);
  // An act that makes it seen at this moment has read the edition that this one moves, and reads again.
  if (shows === null) return { kind: "private", writes, edition, audit };
  const { addresses } = planned;
  return {
    kind: "public",
    writes,
    shows: { ...shows, ...(addresses.length > 0 && { addresses }) },
    seenAt: [...new Set(slugs)].map((one) => LISTS[kind].path(one)),
    edition,
    audit,
  };
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

function unknown(kind: Nameable, slug: string): Outcome<never> {
  return refused({ kind: "unknown", detail: `There is no ${kind} "${slug}".` });
}

function slugTaken(kind: Nameable, slug: string): Outcome<never> {
  const message = `There is a ${kind} "${slug}" already; PUT replaces it.`;
  return refused({ kind: "taken", detail: message, issues: [{ path: "slug", message }] });
}
