import type { Content } from "./revision.ts";

// A series is a tag that editors call one: the live stories with it are its parts.

/** The most parts of one series that a page lists. */
export const SERIES_PARTS = 50;

/** A part of a series as the others name it; `number` is the one that readers are told. */
export interface Part extends Pick<Content, "title" | "language" | "kind"> {
  id: string;
  path: string;
  number: number;
}

/** A series with its parts in order: the first fifty, if it has more. */
export interface Series {
  slug: string;
  name: string;
  parts: Part[];
  /** How many there are; null of a series that has more than are listed. */
  count: number | null;
}

/** A part as it is stored: with the number that an editor gave it, and its place in the order of publication. */
export interface StoredPart extends Omit<Part, "number"> {
  place: string;
  part: number | null;
}

/**
 * A series of its parts, of which one more than `SERIES_PARTS` may be given. Those that have a number stand in the order of their
 * numbers, then those that have none as they were published, and count on.
 */
export function seriesOf(named: { slug: string; name: string }, stored: StoredPart[]): Series {
  const isWhole = stored.length <= SERIES_PARTS;
  const inOrder = stored.slice(0, SERIES_PARTS).sort((one, other) => {
    const [first, second] = [one.part ?? Infinity, other.part ?? Infinity];
    if (first !== second) return first - second;
    return one.place < other.place ? -1 : 1;
  });
  let last = 0;
  const parts = inOrder.map(({ place: _, part, ...shown }) => {
    last = part ?? last + 1;
    return { ...shown, number: last };
  });
  return { ...named, parts, count: isWhole ? parts.length : null };
}
