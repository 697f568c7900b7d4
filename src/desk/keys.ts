import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

// The keyboard. A key that types does nothing else while somebody types.

/** A key of a screen: what it does, as the list of keys says it. */
export interface Shortcut {
  key: string;
  says: string;
  act: () => void;
}

/** The keys that the open screens have. */
export const shortcuts = signal<Shortcut[]>([]);

/** Gives the screen that calls it these keys for as long as it is there. A key does what it says as of the last drawing. */
export function useShortcuts(own: Shortcut[], deps: readonly unknown[]): void {
  const latest = useRef(own);
  latest.current = own;
  useEffect(() => {
    const mine = own.map(({ key, says }, index) => ({
      key,
      says,
      act: () => latest.current[index]?.act(),
    }));
    shortcuts.value = [...shortcuts.peek(), ...mine];
    return () => {
      shortcuts.value = shortcuts.peek().filter((shortcut) => !mine.includes(shortcut));
    };
  }, deps);
}

window.addEventListener("keydown", (event) => {
  const named = nameOf(event);
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isPlain && (isTyping(event.target) || document.querySelector("dialog[open]"))) return;
  const found = shortcuts.peek().findLast(({ key }) => key === named);
  if (!found) return;
  // Enter on a link or a button is theirs.
  if (named === "Enter" && event.target instanceof Element && event.target.closest("a, button"))
    return;
  event.preventDefault();
  found.act();
});

function nameOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): string {
  if (altKey) return "";
  return ctrlKey || metaKey ? `Mod+${key.toLowerCase()}` : key;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input:not([type=checkbox], [type=radio]), textarea, select"))
  );
}
