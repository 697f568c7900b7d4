import { entriesOf, MOST_IN_ROW, MOST_PINNED, MOST_ROWS, type Entry } from "../../domain/front.ts";

// A front page while somebody arranges it: where each story stands, and what moving one does. A story stands there once.

/** A named row; its key stays when it is renamed or moved. */
export interface Row {
  key: number;
  name: string;
  entries: Entry[];
}

export interface Arranged {
  lead: Entry | null;
  pinned: Entry[];
  rows: Row[];
}

/** Where a story stands, or is to stand: before the one that is `at` so many there now. */
export type Spot =
  | { in: "lead" }
  | { in: "pinned"; at: number }
  | { in: "row"; key: number; at: number };

/** A front page as the API takes it and has it. */
export interface Body {
  lead: Entry | null;
  pinned: Entry[];
  rows: { name: string; entries: Entry[] }[];
}

export const EMPTY: Arranged = { lead: null, pinned: [], rows: [] };

let lastKey = 0;

export function arrangedOf({ lead, pinned, rows }: Body): Arranged {
  return {
    lead: lead && entryOf(lead),
    pinned: pinned.map(entryOf),
    rows: rows.map(({ name, entries }) => {
      lastKey += 1;
      return { key: lastKey, name, entries: entries.map(entryOf) };
    }),
  };
}

/** As it is sent: rows in which nothing stands are no rows. */
export function bodyOf({ lead, pinned, rows }: Arranged): Body {
  return {
    lead,
    pinned,
    rows: rows
      .filter(({ entries }) => entries.length > 0)
      .map(({ name, entries }) => ({ name: name.trim(), entries })),
  };
}

export function isSame(one: Arranged, other: Arranged): boolean {
  return JSON.stringify(bodyOf(one)) === JSON.stringify(bodyOf(other));
}

/** Every story that is placed, with its path in what is sent. */
export function pathsOf(arranged: Arranged): Map<string, string> {
  return new Map(entriesOf(bodyOf(arranged)).map(({ path, entry }) => [entry.story, path]));
}

export function spotOf({ lead, pinned, rows }: Arranged, story: string): Spot | null {
  if (lead?.story === story) return { in: "lead" };
  const at = pinned.findIndex((entry) => entry.story === story);
  if (at !== -1) return { in: "pinned", at };
  for (const { key, entries } of rows) {
    const inRow = entries.findIndex((entry) => entry.story === story);
    if (inRow !== -1) return { in: "row", key, at: inRow };
  }
  return null;
}

export function entryAt(arranged: Arranged, story: string): Entry | null {
  const all = [arranged.lead, ...arranged.pinned, ...arranged.rows.flatMap((row) => row.entries)];
  return all.find((entry) => entry?.story === story) ?? null;
}

/** The stories among which one stands, in their order; none beside the lead. */
export function listAt({ pinned, rows }: Arranged, spot: Spot): Entry[] {
  if (spot.in === "lead") return [];
  if (spot.in === "pinned") return pinned;
  return rows.find(({ key }) => key === spot.key)?.entries ?? [];
}

/** Tells whether a story can go there; the newsroom takes so many and no more. */
export function hasRoom(arranged: Arranged, spot: Spot, story: string): boolean {
  if (spot.in === "lead") return true;
  const list = listAt(arranged, spot);
  const most = spot.in === "pinned" ? MOST_PINNED : MOST_IN_ROW;
  return list.length < most || list.some((entry) => entry.story === story);
}

/** Puts a story in a place, and takes it from where it was. The lead before it is pinned first, if there is room. */
export function place(arranged: Arranged, entry: Entry, spot: Spot): Arranged {
  const without = takeOut(arranged, entry.story);
  if (spot.in === "lead") {
    const { lead } = without;
    const isKept = lead !== null && without.pinned.length < MOST_PINNED;
    return {
      ...without,
      lead: entry,
      pinned: isKept ? [lead, ...without.pinned] : without.pinned,
    };
  }
  const before = listAt(arranged, spot).findIndex(({ story }) => story === entry.story);
  const at = before !== -1 && before < spot.at ? spot.at - 1 : spot.at;
  return withList(without, spot, (list) => list.toSpliced(at, 0, entry));
}

export function takeOut({ lead, pinned, rows }: Arranged, gone: string): Arranged {
  const others = (entries: Entry[]) => entries.filter(({ story }) => story !== gone);
  return {
    lead: lead?.story === gone ? null : lead,
    pinned: others(pinned),
    rows: rows.map((row) => ({ ...row, entries: others(row.entries) })),
  };
}

/** Moves a story among its neighbours, one forward (-1) or back (1). */
export function shift(arranged: Arranged, story: string, step: -1 | 1): Arranged {
  const spot = spotOf(arranged, story);
  const entry = entryAt(arranged, story);
  if (!spot || !entry || spot.in === "lead") return arranged;
  return place(arranged, entry, { ...spot, at: step === -1 ? spot.at - 1 : spot.at + 2 });
}

/** Tells whether a story can move so among its neighbours. */
export function canShift(arranged: Arranged, story: string, step: -1 | 1): boolean {
  const spot = spotOf(arranged, story);
  if (!spot || spot.in === "lead") return false;
  const at = spot.at + step;
  return at >= 0 && at < listAt(arranged, spot).length;
}

/** Changes what an entry says of its own. */
export function reword(arranged: Arranged, changed: Entry): Arranged {
  const now = (entry: Entry) => (entry.story === changed.story ? changed : entry);
  return {
    lead: arranged.lead && now(arranged.lead),
    pinned: arranged.pinned.map(now),
    rows: arranged.rows.map((row) => ({ ...row, entries: row.entries.map(now) })),
  };
}

export function canAddRow({ rows }: Arranged): boolean {
  return rows.length < MOST_ROWS;
}

export function addRow(arranged: Arranged): Arranged {
  lastKey += 1;
  return { ...arranged, rows: [...arranged.rows, { key: lastKey, name: "", entries: [] }] };
}

export function renameRow(arranged: Arranged, key: number, name: string): Arranged {
  const rows = arranged.rows.map((row) => (row.key === key ? { ...row, name } : row));
  return { ...arranged, rows };
}

export function shiftRow(arranged: Arranged, key: number, step: -1 | 1): Arranged {
  const at = arranged.rows.findIndex((row) => row.key === key);
  const row = arranged.rows[at];
  if (!row || !arranged.rows[at + step]) return arranged;
  return { ...arranged, rows: arranged.rows.toSpliced(at, 1).toSpliced(at + step, 0, row) };
}

export function removeRow(arranged: Arranged, key: number): Arranged {
  return { ...arranged, rows: arranged.rows.filter((row) => row.key !== key) };
}

/** An entry that says nothing of its own. */
export function plain(story: string): Entry {
  return { story, title: null, standfirst: null, hero: null };
}

function entryOf({ story, title, standfirst, hero }: Entry): Entry {
  return { story, title, standfirst, hero };
}

function withList(
  arranged: Arranged,
  spot: Exclude<Spot, { in: "lead" }>,
  change: (list: Entry[]) => Entry[],
): Arranged {
  if (spot.in === "pinned") return { ...arranged, pinned: change(arranged.pinned) };
  const rows = arranged.rows.map((row) =>
    row.key === spot.key ? { ...row, entries: change(row.entries) } : row,
  );
  return { ...arranged, rows };
}
