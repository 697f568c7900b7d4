import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { api, type Answer, type Trouble, type Wrong } from "../api.ts";
import type { Front, SavedFront } from "../contract.ts";
import { formatMoment } from "../moments.ts";
import { tell } from "../parts/told.tsx";
import { say } from "../words/words.ts";
import { useKeptFront, type Found } from "./kept.ts";
import { arrangedOf, bodyOf, EMPTY, isSame, type Arranged } from "./placement.ts";
import { learnFromFront } from "./told.ts";

/** The front that is up, or the one that goes up at its hour. */
export type Which = "up" | "scheduled";

/** A front page in somebody's hands. */
export interface Arranging {
  which: Which;
  /** As the newsroom has it. */
  front: Front;
  arranged: Arranged;
  isDirty: boolean;
  isBusy: boolean;
  trouble: Trouble | null;
  wrong: readonly Wrong[];
  /** What somebody else placed meanwhile. */
  clash: Front | null;
  /** What was arranged here before, and the newsroom does not have. */
  found: Found | null;
  canUndo: boolean;
  change: (next: Arranged) => void;
  undo: () => void;
  reset: () => void;
  save: () => Promise<void>;
  /** Sets what is arranged to an hour; true when that was done. */
  schedule: (at: string) => Promise<boolean>;
  drop: () => Promise<boolean>;
  settle: (how: "mine" | "theirs" | "later") => Promise<void>;
  takeFound: (take: boolean) => void;
}

interface Draft {
  now: Arranged;
  past: Arranged[];
}

/** Holds both fronts while somebody arranges them: one is not lost when they look at the other. */
export function useArranging(opened: Front, which: Which): Arranging {
  const [front, setFront] = useState(opened);
  const [drafts, setDrafts] = useState<Partial<Record<Which, Draft>>>({});
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [clash, setClash] = useState<{ theirs: Front; retry: Retry } | null>(null);
  const base = useMemo(() => baseOf(front, which), [front, which]);
  const draft = drafts[which] ?? { now: base, past: [] };
  const arranged = draft.now;
  const isDirty = !isSame(arranged, base);
  const latest = useRef(arranged);
  latest.current = arranged;
  const putDraft = (of: Which, next: Draft | undefined) =>
    setDrafts((all) => ({ ...all, [of]: next }));
  const change = (next: Arranged) =>
    putDraft(which, { now: next, past: [...draft.past, arranged].slice(-MOST_STEPS) });
  const { found, takeFound } = useKeptFront(which, { arranged, isDirty, change });
  useEffect(() => setTrouble(null), [which]);

  const takeIn = (value: Front) => {
    learnFromFront(value);
    setFront(value);
    setTrouble(null);
  };
  /** Sends something that names a version, and once more if somebody else changed what it does not touch. */
  const send = async (retry: Retry, version: number, touches: readonly string[]) => {
    setBusy(true);
    let answer = await retry(version);
    const current = answer.ok ? null : (answer.trouble.current as Front | undefined);
    if (!answer.ok && current) {
      const changed = answer.trouble.changed ?? touches;
      if (changed.some((part) => touches.includes(part))) {
        setClash({ theirs: current, retry });
        learnFromFront(current);
      } else answer = await retry(current.version);
    }
    setBusy(false);
    if (answer.ok) takeIn(answer.value);
    else setTrouble(answer.trouble);
    return answer.ok;
  };
  const put =
    (sent: Arranged, scheduledFor?: string | null): Retry =>
    (version) =>
      api.put<SavedFront>(
        "/front",
        { ...bodyOf(sent), ...(scheduledFor ? { scheduledFor } : {}) },
        { ifMatch: version },
      );
  const saved = (of: Which, sent: Arranged) => {
    // What was moved while it was on its way is newer.
    if (latest.current === sent) putDraft(of, undefined);
  };
  const save = async (version = front.version) => {
    const sent = arranged;
    const at = which === "scheduled" ? front.scheduled?.scheduledFor : undefined;
    const touches = which === "up" ? PARTS : SCHEDULE;
    if (!(await send(put(sent, at), version, touches))) return;
    saved(which, sent);
    tell(at ? say().front.savedFor(formatMoment(at)) : say().front.savedUp);
  };
  return {
    which,
    front,
    arranged,
    isDirty,
    isBusy,
    trouble,
    wrong: trouble?.wrong ?? [],
    clash: clash?.theirs ?? null,
    found,
    canUndo: draft.past.length > 0,
    change,
    undo: () => {
      const before = draft.past.at(-1);
      if (before) putDraft(which, { now: before, past: draft.past.slice(0, -1) });
    },
    reset: () => change(base),
    save: () => save(),
    async schedule(at) {
      const sent = arranged;
      if (!(await send(put(sent, at), front.version, SCHEDULE))) return false;
      saved(which, sent);
      putDraft("scheduled", undefined);
      tell(say().front.scheduledFor(formatMoment(at)));
      return true;
    },
    async drop() {
      const remove: Retry = (version) =>
        api.delete<SavedFront>("/front/scheduled", { ifMatch: version });
      if (!(await send(remove, front.version, SCHEDULE))) return false;
      putDraft("scheduled", undefined);
      tell(say().front.dropped);
      return true;
    },
    async settle(how) {
      if (!clash) return;
      setClash(null);
      const { theirs, retry } = clash;
      if (how === "later") return;
      setFront(theirs);
      setTrouble(null);
      if (how === "theirs") {
        putDraft(which, {
          now: baseOf(theirs, which),
          past: [...draft.past, arranged].slice(-MOST_STEPS),
        });
        return;
      }
      const sent = arranged;
      if (!(await send(retry, theirs.version, [...PARTS, ...SCHEDULE]))) return;
      saved(which, sent);
      tell(say().front.savedUp);
    },
    takeFound,
  };
}

type Retry = (version: number) => Promise<Answer<SavedFront>>;

/** How many steps can be taken back. */
const MOST_STEPS = 100;

/** What of the front is touched, as a refusal names what changed. */
const PARTS = ["lead", "pinned", "rows"] as const;
const SCHEDULE = ["scheduled"] as const;

function baseOf(front: Front, which: Which): Arranged {
  if (which === "up") return arrangedOf(front);
  return front.scheduled ? arrangedOf(front.scheduled) : EMPTY;
}
