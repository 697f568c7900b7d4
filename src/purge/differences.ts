import type { Live } from "../domain/article.ts";
import { isSameJson } from "../domain/same.ts";
import { need } from "./moves.ts";
import type { Replaced } from "./public-act.ts";

// Whether something comes out otherwise than before: of a story on its page and on a card, of entries by their fields.

/** What a story's own page shows of it: its revision, and where and when it stands. */
export function pageOf(live: Live | null): unknown {
  return live && { ...live, redirectFrom: null };
}

/** What a card shows of a story. */
export function cardOf({ card, path, place, section, authors }: Live): unknown {
  return { card, path, place, section, authors };
}

/** The slugs of entries that are called otherwise, or have another address. */
export function renamed(entries: Replaced<{ slug: string; name: string }>[]): string[] {
  return changed(entries, ["name", "slug"]);
}

/** The slugs of the entries of which any of the fields came out different. */
export function changed<T extends { slug: string }>(
  entries: Replaced<T>[],
  fields: (keyof T)[],
): string[] {
  return entries
    .filter(({ before, after }) =>
      fields.some((field) => !isSameJson(before?.[field], after?.[field])),
    )
    .map(slugOf);
}

function slugOf({ before, after }: Replaced<{ slug: string }>): string {
  return need(before ?? after).slug;
}
