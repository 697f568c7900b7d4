import { signal, type Signal } from "@preact/signals";

/** Something half-finished that outlasts a room that is left and a page that is loaded anew; null while there is nothing. */
export function keptSignal<T>(name: string): Signal<T | null> {
  const kept = signal(read(name) as T | null);
  kept.subscribe((value) => {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing has it as long as the page is open.
    }
  });
  return kept;
}

function read(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}
