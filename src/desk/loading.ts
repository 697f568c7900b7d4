import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Answer, Trouble } from "./api.ts";

/** What a screen reads: on its way, there, or why not. */
export type Loaded<T> =
  | { state: "loading" }
  | { state: "trouble"; trouble: Trouble }
  | { state: "here"; value: T };

/** Reads something for a screen, anew when `deps` change or `reload` is called; a late answer to an earlier call is passed over. */
export function useLoaded<T>(
  read: () => Promise<Answer<T>>,
  deps: readonly unknown[],
): { loaded: Loaded<T>; reload: () => Promise<void>; put: (value: T) => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: "loading" });
  const latest = useRef(0);
  const reload = useCallback(async () => {
    latest.current += 1;
    const turn = latest.current;
    const answer = await read();
    if (turn !== latest.current) return;
    setLoaded(
      answer.ok
        ? { state: "here", value: answer.value }
        : { state: "trouble", trouble: answer.trouble },
    );
  }, deps);
  useEffect(() => {
    setLoaded({ state: "loading" });
    void reload();
    return () => {
      latest.current += 1;
    };
  }, [reload]);
  return { loaded, reload, put: (value) => setLoaded({ state: "here", value }) };
}
