// By which number the index knows a story. It reads matches in the order of these numbers, so that the newest come first and reading
// can stop: a number is the story's second and, below that, one of a million places, which its id chooses.

/** How many stories may share a second: 20 bits. With 33 bits of seconds (until 2242) it is a whole number in JavaScript. */
const PLACES = 2 ** 20;
const LAST_SECOND = 2 ** 33 - 1;

/** The first number of a moment's second, in epoch milliseconds; later moments than the last have that. */
export function docidFrom(moment: number): number {
  return Math.min(Math.max(0, Math.floor(moment / 1000)), LAST_SECOND) * PLACES;
}

/** How many places are tried for one story. */
const TRIES = 8;

/** The numbers that a story may have, in the order in which they are tried. */
export function docidsOf(moment: number, id: string): number[] {
  const first = docidFrom(moment);
  let hash = 0x811c9dc5;
  // FNV-1a, 32 bits.
  const next = (code: number) => (hash = Math.imul(hash ^ code, 0x01000193) >>> 0);
  for (let at = 0; at < id.length; at += 1) next(id.charCodeAt(at));
  return Array.from({ length: TRIES }, (_, round) => first + (next(round) % PLACES));
}
