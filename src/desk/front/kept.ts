import { useEffect, useRef, useState } from "preact/hooks";
import { keep, kept, letGo } from "../keeping.ts";
import { me } from "../session.ts";
import { arrangedOf, bodyOf, type Arranged, type Body } from "./placement.ts";

/** An arrangement that this browser has, and the newsroom does not. */
export interface Found {
  body: Body;
  at: string;
}

/** Keeps an arrangement in this browser until the newsroom has it, and finds what was kept before. */
export function useKeptFront(
  which: string,
  {
    arranged,
    isDirty,
    change,
  }: { arranged: Arranged; isDirty: boolean; change: (next: Arranged) => void },
): { found: Found | null; takeFound: (take: boolean) => void } {
  const place = `${me.value?.id}:front:${which}`;
  const [found, setFound] = useState<Found | null>(null);
  const wasDirty = useRef({ place, is: false });
  const newest = useRef({ isDirty });
  newest.current = { isDirty };
  useEffect(() => {
    const state = { isHere: true };
    const look = async () => {
      const before = await kept(place);
      const body = before?.fields["body"] as Body | undefined;
      if (before && body && state.isHere && !newest.current.isDirty)
        setFound({ body, at: before.at });
    };
    setFound(null);
    void look();
    return () => {
      state.isHere = false;
    };
  }, [place]);
  useEffect(() => {
    const was = wasDirty.current;
    wasDirty.current = { place, is: isDirty };
    if (isDirty) {
      const at = new Date().toISOString();
      void keep(place, { fields: { body: bodyOf(arranged) }, version: null, at });
      // Nothing is let go that nobody has been asked about.
    } else if (was.is && was.place === place) void letGo(place);
  }, [place, isDirty, arranged]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (newest.current.isDirty) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, []);
  return {
    found,
    takeFound: (take) => {
      if (take && found) change(arrangedOf(found.body));
      else void letGo(place);
      setFound(null);
    },
  };
}
