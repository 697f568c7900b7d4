import type { FeedFormat } from "../domain/paths.ts";
import type { Site } from "../domain/published.ts";

/** The formats of feeds, the one that most readers know first: their media types, and what people call them. */
export const FEED_FORMATS: { format: FeedFormat; type: string; name: string }[] = [
  { format: "rss", type: "application/rss+xml", name: "RSS" },
  { format: "atom", type: "application/atom+xml", name: "Atom" },
  { format: "json", type: "application/feed+json", name: "JSON Feed" },
];

/** What a feed is called: after what its list is of, and after the paper. */
export function feedTitle({ settings }: Site, of: string | null): string {
  return of === null ? settings.title : `${of} – ${settings.title}`;
}
