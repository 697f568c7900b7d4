import { listOf } from "../domain/lists.ts";
import { monthSitemapPath } from "../domain/paths.ts";
import { SITEMAP_PART, type SitemapChange } from "../domain/sitemap.ts";
import { changed } from "./differences.ts";
import { isFlip, shiftsOf } from "./moves.ts";
import type { AroundFile, PublicAct, Replaced } from "./public-act.ts";

// Which sitemaps say something else after an act.

/**
 * The paths of the sitemap's files that say something else after changes, and of those that come to be: a file that has more
 * stories than one may is parted, and its new half has the next number.
 */
export function filesOf(
  changes: SitemapChange[],
  fileAt: (change: SitemapChange) => AroundFile,
): string[] {
  const files = new Map<string, AroundFile & { isSeen: boolean }>();
  for (const change of changes) {
    const { month, part, ...file } = fileAt(change);
    const path = monthSitemapPath(month, part);
    const known = files.get(path) ?? { ...file, month, part, isSeen: false };
    const stories = known.stories + change.stories;
    files.set(path, { ...known, stories, isSeen: known.isSeen || change.isSeen });
  }
  const full = [...files.values()].filter(({ stories }) => stories > SITEMAP_PART.stories);
  const named = [...files].filter(([, file]) => file.isSeen || full.includes(file));
  const added = full.map(({ month, parts }, index) => {
    const before = full.slice(0, index).filter((other) => other.month === month).length;
    return monthSitemapPath(month, parts + before + 1);
  });
  return [...named.map(([path]) => path), ...added];
}

/** The kinds of entries of which readers see others than before, or at other addresses. */
export function entriesOf(act: PublicAct): ("author" | "tag")[] {
  const flips = shiftsOf(act).filter(isFlip);
  const isOther = (kind: "author" | "tag", entries: Replaced<{ slug: string }>[] = []) =>
    flips.some(({ list }) => listOf(list).kind === kind) || changed(entries, ["slug"]).length > 0;
  return [
    ...(isOther("author", act.authors) ? (["author"] as const) : []),
    ...(isOther("tag", act.tags) ? (["tag"] as const) : []),
  ];
}
