import { useEffect, useRef, useState } from "preact/hooks";
import { allKept, keep, letGo } from "../keeping.ts";
import type { Kept } from "../shelf.ts";
import { me } from "../session.ts";
import { hasAll, type Changes, type Draft } from "./draft.ts";

// What is typed of a story is kept in this browser until the server has it. Each desk keeps at a place of its own: two tabs, or two
// new stories, never write over one another. What earlier ones left is found, and stays until somebody decides.

/** How long somebody must rest before what they typed is kept, in milliseconds. */
const REST = 300;

/** Text of an earlier time that the server does not have. */
export interface Found {
  place: string;
  changes: Changes;
  /** The version that it was typed over; null for what nobody had saved. */
  version: number | null;
  at: string;
}

interface Typed {
  /** The story's id; null of one that nobody has saved. */
  id: string | null;
  changes: Changes;
  version: number | null;
}

export interface Keeping {
  /** The newest of what was found. */
  found: Found | null;
  /** Passes over what was found, or throws it away. */
  drop: (found: Found) => void;
  /** The server has what was sent: only what was typed since is kept, also where nobody sees this story any more. */
  saved: (typed: Typed) => Promise<void>;
}

export function useKept(form: string, typed: Typed, opened: Draft): Keeping {
  // Whose it is: more than one person may use this browser.
  const [owner] = useState(() => me.peek()?.id ?? "");
  const [tab] = useState(() => crypto.randomUUID());
  const [all, setAll] = useState<readonly Found[]>([]);
  const isDirty = Object.keys(typed.changes).length > 0;
  const story = `${owner}:${form}:${typed.id ?? "new"}`;
  const place = `${story}:${tab}`;
  const newest = useRef({ ...typed, place, isDirty });
  newest.current = { ...typed, place, isDirty };
  const keepNow = () => {
    if (newest.current.isDirty) void keep(newest.current.place, keptOf(newest.current));
  };
  useEffect(() => {
    const look = async () => setAll(await findKept(story, { own: place, opened }));
    void look();
  }, []);
  const text = JSON.stringify(typed.changes);
  useEffect(() => {
    if (!isDirty) {
      void letGo(place);
      return undefined;
    }
    const rest = setTimeout(keepNow, REST);
    return () => clearTimeout(rest);
  }, [text, place]);
  useLeaving(keepNow, () => newest.current.isDirty);
  return {
    found: all[0] ?? null,
    drop(found) {
      setAll((others) => others.filter((other) => other.place !== found.place));
      void letGo(found.place);
    },
    async saved(now) {
      const there = `${owner}:${form}:${now.id}:${tab}`;
      const isLeft = Object.keys(now.changes).length > 0;
      if (isLeft) await keep(there, keptOf(now));
      if (!isLeft || there !== place) await letGo(place);
    },
  };
}

function keptOf({ changes, version }: Typed): Kept {
  const at = new Date().toISOString();
  return { fields: changes, version: version === null ? null : String(version), at };
}

/** Keeps what is typed when the page goes out of sight, or this part of it is taken away; asks before the page is closed. */
function useLeaving(keepNow: () => void, isDirty: () => boolean): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      keepNow();
      if (isDirty()) event.preventDefault();
    };
    document.addEventListener("visibilitychange", keepNow);
    window.addEventListener("beforeunload", warn);
    return () => {
      document.removeEventListener("visibilitychange", keepNow);
      window.removeEventListener("beforeunload", warn);
      keepNow();
    };
  }, []);
}

/** What earlier desks kept of a story, the newest first. What the server got after all is let go. */
async function findKept(
  story: string,
  { own, opened }: { own: string; opened: Draft },
): Promise<Found[]> {
  const kept = (await allKept()).filter(
    ({ place }) => place !== own && (place === story || place.startsWith(`${story}:`)),
  );
  const found = kept.map(({ place, fields, version, at }): Found => {
    return { place, changes: fields, version: version === null ? null : Number(version), at };
  });
  const isLeft = ({ changes }: Found) => !hasAll(opened, changes);
  for (const each of found) if (!isLeft(each)) void letGo(each.place);
  return found.filter(isLeft);
}
