import { sectionFeedPath, sectionPath } from "../domain/paths.ts";
import { feedTags } from "../purge/tags.ts";
import { jsonFeed } from "../views/json-feed.ts";
import { present, type PageKind } from "./kind.ts";

/** The newest stories of a section for feed readers, at its own path with `/feed.json` behind it. */
export const sectionFeed: PageKind = {
  name: "section feed",
  patterns: ["/:slug/feed.json"],
  standing: (parameter) => ({ kind: "section", slug: parameter("slug") }),
  list: { kind: "section", path: (slug, page) => (page === 1 ? sectionFeedPath(slug) : null) },
  // Feed readers in a browser are at another origin.
  headers: { "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin" },
  async respond(context) {
    const slug = context.parameter("slug");
    return present(context, await context.reader.feed(context.path, "section", slug), {
      tags: ({ entry, listing }) => feedTags(context.path, "section", entry, listing),
      view: (site, { entry: { name, description }, listing: { stories } }) =>
        jsonFeed(site, {
          title: name,
          description,
          page: sectionPath(slug),
          feed: context.path,
          stories,
        }),
      contentType: "application/feed+json; charset=utf-8",
    });
  },
  samples: ({ sections }) => sections.map(sectionFeedPath),
};
