import { primaryOf } from "../domain/language.ts";
import {
  ARCHIVE_PATH,
  correctionsPath,
  entriesSitemapPath,
  frontPath,
  monthSitemapPath,
  PAGES_SITEMAP_PATH,
  sectionPath,
} from "../domain/paths.ts";
import type { Site } from "../domain/published.ts";
import type { NewsStory, PlainUrl, SitemapIndex, SitemapUrl } from "../domain/sitemap.ts";
import { absolute, uriOf } from "./absolute.ts";
import { wholeOf } from "./shared-picture.ts";
import { xml } from "./xml.ts";

// Sitemaps (https://www.sitemaps.org/protocol.html), with the extensions for pictures and for news. An element has the place that the
// schemas give it.

const SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
/** https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps */
const IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"';
/** https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap */
const NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"';

/** The longest address that a sitemap may have, in characters. */
const LONGEST = 2048;

/** The index of all sitemaps but that for news, which is not of everything. */
export function sitemapIndex(site: Site, { files, authors, tags }: SitemapIndex): string {
  const others = [
    PAGES_SITEMAP_PATH,
    ...(authors ? [entriesSitemapPath("author")] : []),
    ...(tags ? [entriesSitemapPath("tag")] : []),
  ];
  return documentOf("sitemapindex", SITEMAP, [
    // When a section's or an author's page changed last nobody has written down, and so nobody says.
    ...others.map((path) => `<sitemap>${loc(site, path)}</sitemap>`),
    ...files.map(
      ({ month, part, changedAt }) =>
        `<sitemap>${loc(site, monthSitemapPath(month, part))}${lastmod(changedAt)}</sitemap>`,
    ),
  ]);
}

/** The paper's own pages: its front, its sections, what lists everything, and its pages that are no stories. */
export function pagesSitemap(site: Site, pages: PlainUrl[]): string {
  const sections = site.sections.map(({ slug }) => sectionPath(slug));
  const paths = [frontPath(), ...sections, ARCHIVE_PATH, correctionsPath()];
  return documentOf("urlset", SITEMAP, [
    ...paths.map((path) => `<url>${loc(site, path)}</url>`),
    ...pages.map(({ path, changedAt }) => `<url>${loc(site, path)}${lastmod(changedAt)}</url>`),
  ]);
}

/** Pages of which nothing is known but where they are. */
export function pathsSitemap(site: Site, paths: string[]): string {
  return documentOf(
    "urlset",
    SITEMAP,
    paths.map((path) => `<url>${loc(site, path)}</url>`),
  );
}

/** Stories of a month, each with the picture that opens it. */
export function monthSitemap(site: Site, urls: SitemapUrl[]): string {
  return documentOf(
    "urlset",
    `${SITEMAP} ${IMAGE}`,
    urls.map(
      ({ path, changedAt, hero }) =>
        `<url>${loc(site, path)}${lastmod(changedAt)}${hero ? image(site, wholeOf(hero).src) : ""}</url>`,
    ),
  );
}

/** The newest stories, for readers of news. Without any it names the front page, as no news: the schema wants one address. */
export function newsSitemap(site: Site, stories: NewsStory[]): string {
  const { title: paper, language: own } = site.settings;
  const urls = stories.map(
    ({ path, publishedAt, title, language }) =>
      `<url>${loc(site, path)}<news:news><news:publication><news:name>${xml(paper)}</news:name>` +
      `<news:language>${newsLanguage(language ?? own)}</news:language></news:publication>` +
      `<news:publication_date>${new Date(publishedAt).toISOString()}</news:publication_date>` +
      `<news:title>${xml(title)}</news:title></news:news></url>`,
  );
  const otherwise = [`<url>${loc(site, frontPath())}</url>`];
  return documentOf("urlset", `${SITEMAP} ${NEWS}`, urls.length > 0 ? urls : otherwise);
}

/** A language as the sitemap for news has it: ISO 639, and two names for Chinese, by its script. */
function newsLanguage(language: string): string {
  const primary = primaryOf(language);
  if (primary !== "zh") return primary;
  return /-(?:hant|tw|hk|mo)\b/i.test(language) ? "zh-tw" : "zh-cn";
}

function documentOf(root: string, namespaces: string, children: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${namespaces}>\n${children.join("\n")}\n</${root}>\n`;
}

function loc(site: Site, path: string): string {
  return `<loc>${xml(absolute(site, path))}</loc>`;
}

function lastmod(moment: number): string {
  return `<lastmod>${new Date(moment).toISOString()}</lastmod>`;
}

/** A picture at its whole address. */
function image(site: Site, src: string): string {
  const address = uriOf(site, src);
  if (address.length > LONGEST) return "";
  return `<image:image><image:loc>${xml(address)}</image:loc></image:image>`;
}
