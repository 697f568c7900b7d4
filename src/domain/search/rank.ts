import { matchOf, type Asked, type Query } from "./query.ts";

// In which order what is found is told. The index is asked several times, newest first and never for more than some hundreds, however
// common a word: once for the query, and once for each place where it counts for more. What a story is worth is the sum of those in
// which it was found; then what is recent goes before what is old. No clock is asked: old is what is older than the newest found.

/** One question to the index, and what a story is worth that it finds. */
export interface Arm {
  match: string;
  weight: number;
  /** How many of the newest it finds at most. */
  limit: number;
}

/** How many of the newest matches are looked at, and how many of each better kind. */
const WINDOW = 500;
const BETTER = 200;

/** Of so many terms at most each is looked for in headlines by itself. */
const HEADED = 4;

/** The questions for a query: title over standfirst over authors and tags over the body; words over characters. */
export function armsOf(query: Query, filed: string[][] = []): Arm[] {
  const arm = (
    weight: number,
    asked: Omit<Asked, "query" | "filed"> = {},
    limit = BETTER,
  ): Arm => ({
    match: matchOf({ query, filed, ...asked }),
    weight,
    limit,
  });
  const { terms } = query;
  const hasWords = terms.some(({ words }) => words.length > 0);
  return [
    arm(1, {}, WINDOW),
    arm(1, { within: ["title", "standfirst", "names"] }),
    arm(2, { within: ["title", "standfirst"] }),
    arm(8, { within: ["title"] }),
    ...(hasWords ? [arm(6, { within: ["words"] })] : []),
    ...(terms.length > 1 && terms.length <= HEADED
      ? terms.map((term) => arm(2, { headed: [term] }))
      : []),
  ];
}

/** A story that was found; `docid` is its moment (docid.ts). */
export interface Hit {
  docid: number;
  id: string;
}

/** Ranks what the arms found, best first. */
export function rank(arms: Pick<Arm, "weight">[], found: Hit[][]): Hit[] {
  const worth = new Map<number, { hit: Hit; weight: number }>();
  for (const [index, hits] of found.entries()) {
    const { weight } = arms[index] ?? { weight: 0 };
    for (const hit of hits) {
      const known = worth.get(hit.docid);
      worth.set(hit.docid, { hit, weight: (known?.weight ?? 0) + weight });
    }
  }
  const newest = Math.max(0, ...worth.keys());
  return [...worth.values()]
    .map(({ hit, weight }) => ({ hit, score: weight * recency(newest - hit.docid) }))
    .sort((one, other) => other.score - one.score || other.hit.docid - one.hit.docid)
    .map(({ hit }) => hit);
}

/** How many docids a year has. */
const YEAR = 365 * 24 * 60 * 60 * 2 ** 20;

/** What is left of a story's worth by its age: all of it of the newest, six tenths after a year, never less than a fifth. */
function recency(age: number): number {
  return 0.2 + 0.8 / (1 + age / YEAR);
}
