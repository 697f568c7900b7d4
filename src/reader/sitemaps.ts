import {
  authorPath,
  entriesSitemapPath,
  monthSitemapPath,
  NEWS_SITEMAP_PATH,
  PAGES_SITEMAP_PATH,
  SITEMAP_PATH,
  tagPath,
} from "../domain/paths.ts";
import { NEWS_LIFETIME } from "../domain/sitemap.ts";
import { newsTags, siteTags } from "../purge/tags.ts";
import {
  monthSitemap as monthXml,
  newsSitemap as newsXml,
  pagesSitemap as pagesXml,
  pathsSitemap,
  sitemapIndex as indexXml,
} from "../views/sitemaps.ts";
import { present, type PageKind } from "./kind.ts";

// The sitemaps. Each is made of what stands in it and nothing else, and so purged by its path.

const XML = "application/xml; charset=utf-8";

/** The index of the others. */
export const sitemapIndex: PageKind = {
  name: "sitemap index",
  patterns: [SITEMAP_PATH],
  standing: () => "always",
  async respond(context) {
    return present(context, await context.reader.sitemapIndex(context.path), {
      tags: () => siteTags(context.path),
      view: indexXml,
      contentType: XML,
    });
  },
  samples: () => [SITEMAP_PATH],
};

/** The paper's own pages: most are in what every page is read with. */
export const pagesSitemap: PageKind = {
  name: "sitemap of pages",
  patterns: [PAGES_SITEMAP_PATH],
  standing: () => "always",
  async respond(context) {
    return present(context, await context.reader.plainPages(context.path), {
      tags: () => siteTags(context.path),
      view: pagesXml,
      contentType: XML,
    });
  },
  samples: () => [PAGES_SITEMAP_PATH],
};

export const authorsSitemap = entriesSitemap("author", authorPath);
export const tagsSitemap = entriesSitemap("tag", tagPath);

/** All authors' pages, or all tags'. */
function entriesSitemap(kind: "author" | "tag", pathOf: (slug: string) => string): PageKind {
  const path = entriesSitemapPath(kind);
  return {
    name: `sitemap of ${kind}s`,
    patterns: [path],
    standing: () => "always",
    async respond(context) {
      return present(context, await context.reader.entriesSitemap(path, kind), {
        tags: () => siteTags(path),
        view: (site, slugs) =>
          pathsSitemap(
            site,
            slugs.map((slug) => pathOf(slug)),
          ),
        contentType: XML,
      });
    },
    samples: () => [path],
  };
}

/** The stories of a month, or a part of them. The first file has no number. */
export const monthSitemap: PageKind = {
  name: "sitemap of a month",
  patterns: ["/sitemaps/:file{\\d{4}-\\d{2}(?:-(?:[2-9]|[1-9]\\d{1,3}))?\\.xml}"],
  standing: () => "always",
  async respond(context) {
    const [year = "", month = "", part = "1"] = context.parameter("file").split(/[-.]/);
    const visit = await context.reader.monthSitemap(
      context.path,
      `${year}-${month}`,
      part === "xml" ? 1 : Number(part),
    );
    return present(context, visit, {
      tags: () => siteTags(context.path),
      view: monthXml,
      contentType: XML,
    });
  },
  samples: ({ months, pages }) =>
    months.flatMap(({ month }) =>
      Array.from({ length: pages }, (_, index) => monthSitemapPath(month, index + 1)),
    ),
};

/** What went out in the last two days. */
export const newsSitemap: PageKind = {
  name: "sitemap for news",
  patterns: [NEWS_SITEMAP_PATH],
  standing: () => "always",
  // In seconds: a story of the day before yesterday leaves it by itself.
  freshness: 300,
  // No purge says that a story is old.
  staleness: 300,
  async respond(context) {
    const { path, now, reader } = context;
    const visit = await reader.news(path, { since: now - NEWS_LIFETIME, until: now });
    return present(context, visit, {
      tags: () => newsTags(path, now),
      view: newsXml,
      contentType: XML,
    });
  },
  samples: () => [NEWS_SITEMAP_PATH],
};
