import { diffArrays, type ArrayChange } from "diff";

// What changed between two texts, in words. Lines are compared first, and words only where lines differ, so that a long text costs
// no more than what changed in it; what changed beyond recognition is told whole.

/** A stretch of two texts: in both, only in the first, only in the second; or in both and too far from any change to be told. */
export type Part =
  | { kind: "same" | "removed" | "added"; text: string }
  | { kind: "skipped"; words: number };

/** The most lines that may differ before the texts are taken for two: the time grows with the square of it. */
const LINE_EDITS = 1000;
/** The same of words, in one place and in all places together. */
const WORD_EDITS = 800;
const ALL_WORD_EDITS = 4000;
/** Lines that are told before and after a change. */
const CONTEXT = 2;

/** Compares two texts. No parts where they are the same. */
export function diffTexts(before: string, after: string): Part[] {
  if (before === after) return [];
  const lines = compare(linesOf(before), linesOf(after), LINE_EDITS);
  const parts: Part[] = [];
  let left = ALL_WORD_EDITS;
  for (const hunk of hunksOf(lines)) {
    if (hunk.kind === "same") parts.push(...shortened(hunk.lines, isAtEdge(hunk)));
    else {
      const { words, edits } = diffWords(hunk.removed, hunk.added, Math.min(WORD_EDITS, left));
      left -= edits;
      parts.push(...words);
    }
  }
  return merged(parts);
}

/** Equal stretches that stand beside each other are one. */
function merged(parts: Part[]): Part[] {
  const all: Part[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part.kind === "same" && last?.kind === "same") last.text += part.text;
    else all.push({ ...part });
  }
  return all;
}

/** The number of words in a text, as a diff counts them. */
function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0;
}

/** Scripts that put no blank between words are compared by characters. */
const UNSPACED = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}";
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}_'’])+`, "gu");
const TOKEN = new RegExp(`${WORD.source}|\\s+|[^]`, "gu");

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A stretch of equal lines, or what stood and what stands between two of them. */
type Hunk =
  | { kind: "same"; lines: string[]; first: boolean; last: boolean }
  | { kind: "changed"; removed: string; added: string };

function hunksOf(changes: ArrayChange<string>[]): Hunk[] {
  const hunks: Hunk[] = [];
  for (const [index, { value, added, removed }] of changes.entries()) {
    const last = hunks.at(-1);
    if (!added && !removed) {
      const ends = { first: index === 0, last: index === changes.length - 1 };
      hunks.push({ kind: "same", lines: value, ...ends });
    } else if (last?.kind === "changed") {
      if (added) last.added += value.join("");
      else last.removed += value.join("");
    } else {
      const text = value.join("");
      hunks.push({ kind: "changed", removed: removed ? text : "", added: added ? text : "" });
    }
  }
  return hunks;
}

/** Which ends of equal lines are the ends of the text: no change stands there. */
function isAtEdge({ first, last }: { first: boolean; last: boolean }) {
  return { before: first ? 0 : CONTEXT, after: last ? 0 : CONTEXT };
}

/** Equal lines without those that are far from a change. */
function shortened(lines: string[], { before, after }: { before: number; after: number }): Part[] {
  // What would be told as skipped must be more than a line.
  if (lines.length <= before + after + 1) return [{ kind: "same", text: lines.join("") }];
  const middle = lines.slice(before, lines.length - after).join("");
  const stretches: Part[] = [
    { kind: "same", text: lines.slice(0, before).join("") },
    { kind: "skipped", words: countWords(middle) },
    { kind: "same", text: lines.slice(lines.length - after).join("") },
  ];
  return stretches.filter((part) => part.kind === "skipped" || part.text !== "");
}

/** Compares word by word, if that takes no more edits than allowed. */
function diffWords(before: string, after: string, edits: number): { words: Part[]; edits: number } {
  const whole = [
    { removed: true, added: false, value: [before] },
    { removed: false, added: true, value: [after] },
  ];
  const found =
    edits > 0 ? diffArrays(tokens(before), tokens(after), { maxEditLength: edits }) : undefined;
  const changed = found?.filter(({ added, removed }) => added || removed) ?? [];
  return {
    words: partsOf(joined(found ?? whole)),
    edits: found ? changed.reduce((sum, { count }) => sum + count, 0) : edits,
  };
}

function tokens(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

function compare(before: string[], after: string[], edits: number): ArrayChange<string>[] {
  const found = diffArrays(before, after, { maxEditLength: edits });
  if (found) return found;
  return [
    { value: before, removed: true, added: false, count: before.length },
    { value: after, removed: false, added: true, count: after.length },
  ];
}

interface Run {
  value: string[];
  removed: boolean;
  added: boolean;
}

/** Between two changed words a blank that stayed is no island: the words read better as one change. */
function joined(runs: Run[]): Run[] {
  return runs.flatMap((run, index): Run[] => {
    const isIsland =
      !run.added &&
      !run.removed &&
      index > 0 &&
      index < runs.length - 1 &&
      !/[\p{L}\p{N}]/u.test(run.value.join(""));
    if (!isIsland) return [run];
    return [
      { ...run, removed: true },
      { ...run, added: true },
    ];
  });
}

/** Parts from runs: between two that stayed, first all that was removed, then all that was added. */
function partsOf(runs: Run[]): Part[] {
  const parts: Part[] = [];
  let removed = "";
  let added = "";
  const flush = () => {
    if (removed !== "") parts.push({ kind: "removed", text: removed });
    if (added !== "") parts.push({ kind: "added", text: added });
    removed = "";
    added = "";
  };
  for (const run of runs) {
    const text = run.value.join("");
    if (run.removed) removed += text;
    else if (run.added) added += text;
    else {
      flush();
      if (text !== "") parts.push({ kind: "same", text });
    }
  }
  flush();
  return parts;
}
