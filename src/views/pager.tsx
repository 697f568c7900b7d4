import { LAST_PAGE } from "../domain/paths.ts";
import type { Listing } from "../domain/published.ts";
import type { Voice } from "./voice.ts";
import type { Words } from "./words/words.ts";

interface PagerProps {
  listing: Pick<Listing, "page" | "hasOlder">;
  voice: Voice;
  /** What the ways are called, if they do not lead to stories. */
  labels?: Pick<Words, "newer" | "older">;
  pathOf: (page: number) => string;
  /** Where readers go from the last recent page, if there is more to read. */
  archive: { path: string; label: string } | null;
}

/** The way to newer and older stories; after the last recent page it leads to the archive. */
export function Pager({
  listing: { page, hasOlder },
  voice: { words, formats },
  labels = words,
  pathOf,
  archive,
}: PagerProps) {
  const older = hasOlder && page < LAST_PAGE;
  if (page === 1 && !older && !archive) return null;
  return (
    <nav class="pager" aria-label={words.pages}>
      {page > 1 && (
        <>
          <a rel="prev" href={pathOf(page - 1)}>
            {labels.newer}
          </a>
          <span>{words.page(formats.number(page))}</span>
        </>
      )}
      {older && (
        <a rel="next" href={pathOf(page + 1)}>
          {labels.older}
        </a>
      )}
      {!older && archive && <a href={archive.path}>{archive.label}</a>}
    </nav>
  );
}
