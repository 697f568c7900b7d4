import type { FieldVersions } from "./field-versions.ts";
import type { Hero } from "./hero.ts";
import { pictureAt } from "./media.ts";
import { isSameJson } from "./same.ts";

// The front page as editors arrange it: which stories stand where, and what their entries say there and nowhere else.

/** How many stories can be pinned, how many rows there can be, and how many stories a row has. */
export const MOST_PINNED = 12;
export const MOST_ROWS = 6;
export const MOST_IN_ROW = 8;

/** A story on the front page. What is null is as the story says it. */
export interface Entry {
  /** The story's id; it need not be live yet, or any more. */
  story: string;
  title: string | null;
  standfirst: string | null;
  hero: Hero | null;
}

/** Chosen stories under a name of their own. */
interface NamedRow {
  name: string;
  entries: Entry[];
}

/** What the editors placed on the front page; each story once. */
export interface Placement {
  lead: Entry | null;
  pinned: Entry[];
  rows: NamedRow[];
}

/** The front that is up, and the one that goes up at `at` (epoch milliseconds), if any. */
export interface Arrangement {
  /** Grows by one with every write; the ETag of the API. */
  version: number;
  /** By which version `lead`, `pinned`, `rows` and `scheduled` changed last. */
  fieldVersions: FieldVersions;
  placement: Placement;
  scheduled: { placement: Placement; at: number } | null;
}

/** What of an arrangement another one has otherwise, as the API names it. */
export function changedParts(before: Arrangement, after: Arrangement): string[] {
  const parts = ({ placement, scheduled }: Arrangement) => ({ ...placement, scheduled });
  const [was, is] = [parts(before), parts(after)];
  return (Object.keys(is) as (keyof typeof is)[]).filter(
    (part) => !isSameJson(was[part], is[part]),
  );
}

/** Every entry of a placement with its path in the API, in the order of the page. */
export function entriesOf({ lead, pinned, rows }: Placement): { path: string; entry: Entry }[] {
  return [
    ...(lead === null ? [] : [{ path: "lead", entry: lead }]),
    ...pinned.map((entry, index) => ({ path: `pinned.${index}`, entry })),
    ...rows.flatMap(({ entries }, row) =>
      entries.map((entry, index) => ({ path: `rows.${row}.entries.${index}`, entry })),
    ),
  ];
}

/** The hash of the library's picture that an entry has of its own, or null. */
export function ownPictureOf({ hero }: Entry): string | null {
  return pictureAt(hero?.src ?? "")?.hash ?? null;
}

/** The placement with some of its entries as they come out, or without those that come out as null; rows left empty go, too. */
export function mapEntries(
  { lead, pinned, rows }: Placement,
  change: (entry: Entry) => Entry | null,
): Placement {
  const changed = (entries: Entry[]) => entries.flatMap((entry) => change(entry) ?? []);
  return {
    lead: lead && change(lead),
    pinned: changed(pinned),
    rows: rows
      .map(({ name, entries }) => ({ name, entries: changed(entries) }))
      .filter(({ entries }) => entries.length > 0),
  };
}

/** The placement without pictures of these hashes: their entries have the stories' own again. */
export function withoutPictures(placement: Placement, hashes: ReadonlySet<string>): Placement {
  return mapEntries(placement, (entry) =>
    hashes.has(ownPictureOf(entry) ?? "") ? { ...entry, hero: null } : entry,
  );
}
