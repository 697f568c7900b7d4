import { LAST_PAGE } from "../domain/paths.ts";
import type { Listing } from "../domain/published.ts";
import type { Voice } from "./voice.ts";

interface PagerProps {
  listing: Listing;
  voice: Voice;
  pathOf: (page: number) => string;
  /** Where readers go from the last recent page, if there is more to read. */
  archive: { path: string; label: string } | null;
}

/** The way to newer and older stories; after the last recent page it leads to the archive. */
export function Pager({
  listing: { page, hasOlder },
  voice: { words, formats },
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
            {words.newer}
          </a>
          <span>{words.page(formats.number(page))}</span>
        </>
      )}
      {older && (
        <a rel="next" href={pathOf(page + 1)}>
          {words.older}
        </a>
      )}
      {!older && archive && <a href={archive.path}>{archive.label}</a>}
    </nav>
  );
}
