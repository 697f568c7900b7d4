import type { StoryState } from "./article.ts";
import type { Revision } from "./revision.ts";

// A desk saves every few seconds. A run of quick saves by one hand is one revision: each save writes over the one before it, and
// the history has what was there when the hand rested.

const MINUTE = 60_000;

/** How long a hand may rest before its next save begins a revision of its own, in milliseconds. */
const PAUSE = 5 * MINUTE;

/** How long a run may go on, in milliseconds. */
const LONGEST_RUN = 30 * MINUTE;

/** A text of fewer words than this loses little, whatever it loses. */
const WORTH_KEEPING = 20;

/** A save that may continue the head revision: by whom, when (epoch milliseconds), of how many words, and why. */
export interface Save {
  by: string;
  now: number;
  words: number;
  reason: string | null;
}

/**
 * Tells whether a save continues the run of the head revision, and writes over it. What seals a run: going out, being scheduled,
 * submitted or shown in a preview, a reason, another hand, a pause, its length; and a save that takes away half of the words or more,
 * since what it takes away may be wanted back.
 */
export function continuesRun({ article, head }: StoryState, save: Save): boolean {
  const { live, lastLive, scheduled, submitted } = article;
  if ([live, lastLive, scheduled, submitted].includes(head.n)) return false;
  if (head.sealed || head.reason !== null || save.reason !== null) return false;
  if (head.savedBy !== save.by) return false;
  const isQuick = save.now - head.savedAt < PAUSE && save.now - head.beganAt < LONGEST_RUN;
  return isQuick && !losesMuch(head, save);
}

function losesMuch({ words: had }: Revision, { words: has }: Save): boolean {
  return had >= WORTH_KEEPING && has <= had / 2;
}
