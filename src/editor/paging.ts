import { opaque, readOpaque } from "./opaque.ts";
import { invalid, type Outcome } from "../domain/problem.ts";

// Pages of a list: the cursor says after which key the next one starts. Opaque to callers.

/** Reads a cursor that `page` made; "" starts from the beginning, null is no such cursor. */
export function readCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return "";
  const text = readOpaque(cursor);
  return text?.startsWith("c:") ? text.slice(2) : null;
}

/** The same of a list in the order of a number; null for none, too. */
export function readNumberCursor(cursor: string | undefined): { at: number | null } | null {
  const text = readCursor(cursor);
  if (text === null || !/^\d*$/.test(text)) return null;
  return { at: text === "" ? null : Number(text) };
}

/** A page of a list from rows, of which one more was read than `limit`; `keyOf` gives the key the next page starts after. */
export function page<T>(
  rows: T[],
  limit: number,
  keyOf: (row: T) => string,
): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    next: rows.length > limit && last !== undefined ? writeCursor(keyOf(last)) : null,
  };
}

/** The cursor that starts after a key. */
export function writeCursor(key: string): string {
  return opaque(`c:${key}`);
}

/** The refusal of a cursor that is none. */
export function badCursor(): Outcome<never> {
  return invalid([{ path: "cursor", message: "must be the next of an earlier response." }]);
}
