import { LISTS, type ListKindName } from "../domain/lists.ts";
import { FEED_NAMES, feedPath, type FeedFormat } from "../domain/paths.ts";
import type { FeedListing, Site } from "../domain/published.ts";
import { uuidOf } from "../domain/uuid.ts";
import { feedTags } from "../purge/tags.ts";
import { atomFeed, feedTelling, jsonFeed, rssFeed, type Feed } from "../views/feed.ts";
import { present, type PageContext, type PageKind } from "./kind.ts";

/** What a format is called on its way, and who writes it. */
const FORMATS: Record<FeedFormat, { contentType: string; write(feed: Feed): string }> = {
  rss: { contentType: "application/rss+xml; charset=utf-8", write: rssFeed },
  atom: { contentType: "application/atom+xml; charset=utf-8", write: atomFeed },
  json: { contentType: "application/feed+json; charset=utf-8", write: jsonFeed },
};

const EVERY = Object.keys(FORMATS) as FeedFormat[];

/** The last segment of a feed's path. */
const NAME = `:feed{(?:${Object.values(FEED_NAMES).join("|").replaceAll(".", "\\.")})}`;

/** The feeds of a kind of list, one a format: `base` is the pattern of the list's own path. */
function feedsOf(kind: ListKindName, base: string): PageKind {
  const pathsOf = (slug: string) =>
    EVERY.map((format) => feedPath(LISTS[kind].path(slug, 1), format));
  return {
    name: `${kind} feed`,
    patterns: [`${base}/${NAME}`],
    standing: (parameter) => (kind === "front" ? "always" : { kind, slug: parameter("slug") }),
    list: { kind, path: (slug, page) => (page === 1 ? pathsOf(slug) : null) },
    // Feed readers in a browser are at another origin.
    headers: { "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin" },
    async respond(context) {
      const slug = context.parameter("slug");
      const format = formatOf(context);
      return present(context, await context.reader.feed(context.path, kind, slug), {
        tags: (listing) => feedTags(context.path, kind, listing),
        view: async (site, listing) =>
          FORMATS[format].write(
            feedTelling(site, listing, {
              list: LISTS[kind].path(slug, 1),
              feed: context.path,
              ...(await idsOf(site, kind, listing)),
            }),
          ),
        contentType: FORMATS[format].contentType,
        // No Last-Modified. It would be the newest change of what is listed, and that does not move when a story is withdrawn: whoever
        // asks by If-Modified-Since alone would be told by a cache that nothing changed (RFC 9110 section 13.1.3).
      });
    },
    samples: (paper) =>
      kind === "front" ? pathsOf("") : paper[LISTS[kind].index.entries].flatMap(pathsOf),
  };
}

function formatOf({ parameter }: PageContext): FeedFormat {
  return EVERY.find((format) => FEED_NAMES[format] === parameter("feed")) ?? "rss";
}

/** What the feed and its entries are known by, whatever they are called and wherever they are. */
async function idsOf(site: Site, kind: ListKindName, { subject, stories }: FeedListing) {
  const { origin } = site;
  return {
    // Lists of two papers may have the same id, stories never: they keep theirs when the paper moves to another domain.
    id: subject === null ? `${origin}/` : await uuidOf(`${origin}/${kind}/${subject.id}`),
    ids: new Map(
      await Promise.all(stories.map(async ({ id }) => [id, await uuidOf(`story/${id}`)] as const)),
    ),
  };
}

/** The feeds of the site, of sections, of authors and of tags. */
export const feeds: readonly PageKind[] = [
  feedsOf("front", ""),
  feedsOf("section", "/:slug"),
  feedsOf("author", "/authors/:slug"),
  feedsOf("tag", "/tags/:slug"),
];
