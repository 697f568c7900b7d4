import { useEffect, useState } from "preact/hooks";
import type { Picture } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { troubleLine } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { arrived, readLibrary } from "./library.ts";

/** How long somebody must rest before their words are looked for, in milliseconds. */
const REST = 250;

/** The library as a list that grows: by what is uploaded at its head, and by what is asked for at its end. */
export function useLibrary(q: string) {
  const { loaded, reload, put } = useLoaded(() => readLibrary(q), [q]);
  const [isBusy, setBusy] = useState(false);
  const count = arrived.value;
  const [seen] = useState(count);
  useEffect(() => {
    if (count !== seen) void reload();
  }, [count]);
  const here = loaded.state === "here" ? loaded.value : { items: [], next: null };
  return {
    loaded,
    reload,
    isBusy,
    items: here.items,
    next: here.next,
    async more() {
      setBusy(true);
      const page = await readLibrary(q, here.next);
      setBusy(false);
      if (page.ok) put({ items: [...here.items, ...page.value.items], next: page.value.next });
      else tell(troubleLine(page.trouble), true);
    },
    /** Shows pictures as they are now. */
    replace(changed: readonly Picture[]) {
      const now = new Map(changed.map((picture) => [picture.hash, picture]));
      put({ ...here, items: here.items.map((picture) => now.get(picture.hash) ?? picture) });
    },
  };
}

/** Words as they are typed, and what of them is looked for once somebody rests. */
export function useRested(value: string, onRest: (text: string) => void) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const rest = setTimeout(() => onRest(text), REST);
    return () => clearTimeout(rest);
  }, [text]);
  return [text, setText] as const;
}
