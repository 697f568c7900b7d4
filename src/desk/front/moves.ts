import { useEffect, useRef, useState } from "preact/hooks";
import type { Entry } from "../../domain/front.ts";
import { mayI } from "../session.ts";
import { say } from "../words/words.ts";
import type { Arranging } from "./arranging.ts";
import * as placement from "./placement.ts";
import type { Arranged, Spot } from "./placement.ts";
import { toldOf } from "./told.ts";

/** What can be done to the stories of a front page. Each is said to who cannot see it, and the focus goes with the story. */
export interface Moves {
  isAllowed: boolean;
  arranged: Arranged;
  /** What was done last, to be heard. */
  said: string;
  place: (story: string, spot: Spot) => void;
  shift: (story: string, step: -1 | 1) => void;
  takeOut: (story: string) => void;
  reword: (entry: Entry) => void;
  addRow: () => void;
  renameRow: (key: number, name: string) => void;
  shiftRow: (key: number, step: -1 | 1) => void;
  removeRow: (key: number) => void;
}

/** What a story is called on the front page. */
export function titleOf(entry: Entry): string {
  return entry.title ?? (toldOf(entry.story)?.headline || say().stories.untitled);
}

export function useMoves({ arranged, change }: Arranging): Moves {
  const words = say().front;
  const [said, setSaid] = useState("");
  const focus = useRef<string | null>(null);
  useEffect(() => {
    const selector = focus.current;
    focus.current = null;
    if (selector) document.querySelector<HTMLElement>(selector)?.focus();
  }, [arranged]);
  const follow = (story: string) => {
    focus.current = `.front-page [data-story="${CSS.escape(story)}"] summary`;
  };
  const put = (next: Arranged, story: string) => {
    follow(story);
    setSaid(standingOf(next, story));
    change(next);
  };
  return {
    isAllowed: mayI("arrange the front page"),
    arranged,
    said,
    place(story, spot) {
      if (!placement.hasRoom(arranged, spot, story)) return setSaid(words.full);
      const entry = placement.entryAt(arranged, story) ?? placement.plain(story);
      const next = placement.place(arranged, entry, spot);
      if (placement.isSame(next, arranged)) return;
      put(next, story);
    },
    shift: (story, step) => put(placement.shift(arranged, story, step), story),
    takeOut(story) {
      const entry = placement.entryAt(arranged, story);
      const spot = placement.spotOf(arranged, story);
      if (!entry || !spot) return;
      const list = placement.listAt(arranged, spot);
      const at = list.indexOf(entry);
      const beside = list[at + 1] ?? list[at - 1];
      if (beside) follow(beside.story);
      else focus.current = "#content";
      setSaid(words.isOut(titleOf(entry)));
      change(placement.takeOut(arranged, story));
    },
    reword: (entry) => put(placement.reword(arranged, entry), entry.story),
    addRow() {
      focus.current = ".front-rows > :last-child input";
      setSaid(words.rowAdded);
      change(placement.addRow(arranged));
    },
    renameRow: (key, name) => change(placement.renameRow(arranged, key, name)),
    shiftRow(key, step) {
      focus.current = `[data-row="${key}"] input`;
      setSaid(words.rowMoved);
      change(placement.shiftRow(arranged, key, step));
    },
    removeRow(key) {
      focus.current = "#content";
      setSaid(words.rowRemoved);
      change(placement.removeRow(arranged, key));
    },
  };
}

/** Where a story stands, in a sentence. */
function standingOf(arranged: Arranged, story: string): string {
  const words = say().front;
  const entry = placement.entryAt(arranged, story);
  const spot = placement.spotOf(arranged, story);
  if (!entry || !spot) return "";
  const title = titleOf(entry);
  if (spot.in === "lead") return words.leads(title);
  const count = placement.listAt(arranged, spot).length;
  if (spot.in === "pinned") return words.isPinned(title, spot.at + 1, count);
  const row = arranged.rows.find(({ key }) => key === spot.key);
  return words.isInRow(title, row?.name || words.unnamed, spot.at + 1, count);
}
