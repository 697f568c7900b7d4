import { computed, signal } from "@preact/signals";

// Where in the desk somebody is: behind the # of the address, so that one file serves all of it and no log has it.

/** A place in the desk: `stories`, then what in it is meant, then how a list is filtered. */
export interface Place {
  room: string;
  rest: string[];
  query: URLSearchParams;
}

/** What a room is told: what of it is meant, and how its list is filtered. */
export type RoomProps = Omit<Place, "room">;

const hash = signal(location.hash);
window.addEventListener("hashchange", () => {
  hash.value = location.hash;
});

export const place = computed<Place>(() => readPlace(hash.value));

function readPlace(text: string): Place {
  const [path = "", query = ""] = text.replace(/^#\/?/, "").split("?", 2);
  const [room = "", ...rest] = path.split("/").filter(Boolean).map(decoded);
  return { room: room || "stories", rest, query: new URLSearchParams(query) };
}

/** The address of a place, for a link. */
export function hrefOf(
  path: string,
  query: Record<string, string | undefined | null> = {},
): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) asked.set(name, value);
  const text = asked.toString();
  return `#/${path}${text && `?${text}`}`;
}

export function go(href: string): void {
  location.hash = href;
}

/** Changes the address and leaves no step to go back to, as a filter does. */
export function swap(href: string): void {
  history.replaceState(null, "", href);
  hash.value = href;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
