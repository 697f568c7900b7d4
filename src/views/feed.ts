import { authorPath, frontPath, ICON_PATHS, sectionPath, tagPath } from "../domain/paths.ts";
import type { FeedListing, FeedStory, Site } from "../domain/published.ts";
import { instant } from "./dates.ts";
import { feedBody } from "./feed-body.tsx";
import { feedTitle } from "./feed-formats.ts";
import { absolute, uriOf } from "./absolute.ts";
import { wholeOf } from "./shared-picture.ts";
import { titleOf } from "./kinds.tsx";
import { isUpdated } from "./share.tsx";
import { voiceOf } from "./voice.ts";
import { branch, leaf, legible, xmlDocument } from "./xml.ts";

// A list of stories for feed readers, in three formats that say the same: RSS 2.0 (https://www.rssboard.org/rss-specification),
// Atom 1.0 (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

/** What a feed tells, in whatever format. Addresses are absolute, moments in epoch milliseconds. */
export interface Feed {
  id: string;
  title: string;
  description: string | null;
  /** The page of the list, and the feed itself. */
  page: string;
  url: string;
  language: string;
  publisher: { name: string; url: string };
  /** The paper's sign as a square PNG: RSS knows no WebP, and JSON Feed wants a square. */
  icon: string;
  /** When anything of it changed last; null for one that tells of nothing. */
  updated: number | null;
  entries: Entry[];
}

interface Entry {
  id: string;
  url: string;
  title: string;
  summary: string | null;
  /** HTML. */
  content: string;
  published: number;
  /** Null for a story that is as it was published. */
  updated: number | null;
  authors: { name: string; url: string }[];
  categories: { name: string; of: string }[];
  picture: MediaObject | null;
  /** Of a story in another language than the site's. */
  language: string | null;
}

/** The picture that opens a story, as Media RSS tells of it (https://www.rssboard.org/media-rss). */
interface MediaObject {
  url: string;
  type: string | null;
  width: number | null;
  height: number | null;
  description: string | null;
  credit: string | null;
}

/** Where a feed and its list are, as paths, and what it and its entries are known by, as URIs; `ids` by the stories' ids. */
export interface FeedPlace {
  list: string;
  feed: string;
  id: string;
  ids: ReadonlyMap<string, string>;
}

/** What a feed of some stories tells. */
export function feedTelling(
  site: Site,
  { subject, stories }: FeedListing,
  { list, feed, id, ids }: FeedPlace,
): Feed {
  const { settings, origin } = site;
  const { description, tagline, language } = settings;
  const entries = stories.map((story) => entryOf(site, story, ids.get(story.id) ?? story.id));
  return {
    id,
    title: feedTitle(site, subject?.name ?? null),
    description: subject === null ? (description ?? tagline) : subject.description,
    page: origin + list,
    url: origin + feed,
    language,
    publisher: publisherOf(site),
    icon: origin + ICON_PATHS.large,
    updated: entries.length === 0 ? null : Math.max(...entries.map(changeOf)),
    entries,
  };
}

function publisherOf({ settings, origin }: Site): Feed["publisher"] {
  return { name: settings.publisher ?? settings.title, url: origin + frontPath() };
}

function entryOf(site: Site, story: FeedStory, id: string): Entry {
  const { section, tags, authors, standfirst, seo } = story;
  return {
    id,
    url: absolute(site, story.path),
    title: titleOf(story, story.title, voiceOf(site.settings, story.language).words),
    summary: standfirst ?? seo.description,
    content: feedBody(site, story),
    published: story.publishedAt,
    updated: isUpdated(story) ? story.updatedAt : null,
    // What nobody signed is the paper's: in Atom and JSON Feed that follows from the feed's own author, and not every reader does.
    authors:
      authors.length === 0
        ? [publisherOf(site)]
        : authors.map(({ slug, name }) => ({ name, url: absolute(site, authorPath(slug)) })),
    categories: [
      { name: section.name, of: absolute(site, sectionPath(section.slug)) },
      ...tags.map(({ slug, name }) => ({ name, of: absolute(site, tagPath(slug)) })),
    ],
    picture: pictureOf(site, story),
    language: story.language,
  };
}

function changeOf({ published, updated }: Entry): number {
  return updated ?? published;
}

function pictureOf(site: Site, { hero }: FeedStory): MediaObject | null {
  if (hero === null) return null;
  const { src, width, height, type } = wholeOf(hero);
  const { caption, alt, credit } = hero;
  return {
    url: uriOf(site, src),
    type,
    width,
    height,
    description: caption ?? alt,
    credit,
  };
}

/** RSS 2.0. What it has no words for is said in those of Atom, Dublin Core and Media RSS, as its readers expect. */
export function rssFeed(feed: Feed): string {
  const { title, page, updated, language } = feed;
  const channel = branch("channel", [
    leaf("title", title),
    leaf("link", page),
    leaf("description", feed.description ?? title),
    leaf("language", language),
    updated === null ? "" : leaf("lastBuildDate", httpDate(updated)),
    leaf("atom:link", null, { rel: "self", type: "application/rss+xml", href: feed.url }),
    branch("image", [leaf("url", feed.icon), leaf("title", title), leaf("link", page)]),
    ...feed.entries.map(rssItem),
  ]);
  return xmlDocument(
    branch("rss", [channel], {
      version: "2.0",
      "xmlns:atom": ATOM,
      "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
      "xmlns:dc": "http://purl.org/dc/elements/1.1/",
      "xmlns:media": MEDIA,
    }),
  );
}

function rssItem(entry: Entry): string {
  const { title, summary, picture, language, updated } = entry;
  return branch("item", [
    leaf("title", title),
    leaf("link", entry.url),
    leaf("guid", entry.id, { isPermaLink: "false" }),
    leaf("pubDate", httpDate(entry.published)),
    updated === null ? "" : leaf("atom:updated", instant(updated)),
    // `author` would have to be an e-mail address.
    ...entry.authors.map(({ name }) => leaf("dc:creator", name)),
    ...entry.categories.map(({ name, of }) => leaf("category", name, { domain: of })),
    language === null ? "" : leaf("dc:language", language),
    // A description is HTML, and stands before the content, or readers take that for it.
    leaf("description", htmlText(summary ?? title)),
    leaf("content:encoded", entry.content),
    picture === null ? "" : mediaContent(picture),
  ]);
}

/** Atom 1.0. */
export function atomFeed(feed: Feed): string {
  const { title, description, publisher, entries, updated } = feed;
  const atom = branch(
    "feed",
    [
      leaf("id", feed.id),
      leaf("title", title),
      description === null ? "" : leaf("subtitle", description),
      leaf("updated", updated === null ? NEVER : instant(updated)),
      leaf("link", null, { rel: "self", type: "application/atom+xml", href: feed.url }),
      leaf("link", null, { rel: "alternate", type: "text/html", href: feed.page }),
      branch("author", [leaf("name", publisher.name), leaf("uri", publisher.url)]),
      leaf("icon", feed.icon),
      ...entries.map((entry) => atomEntry(entry, entries)),
    ],
    { xmlns: ATOM, "xmlns:media": MEDIA, "xml:lang": feed.language },
  );
  return xmlDocument(atom);
}

function atomEntry(entry: Entry, all: Entry[]): string {
  const { summary, picture } = entry;
  return branch(
    "entry",
    [
      leaf("id", entry.id),
      leaf("title", entry.title),
      leaf("link", null, { rel: "alternate", type: "text/html", href: entry.url }),
      leaf("published", instant(entry.published)),
      leaf("updated", distinctChange(entry, all)),
      ...entry.authors.map(({ name, url }) =>
        branch("author", [leaf("name", name), leaf("uri", url)]),
      ),
      ...entry.categories.map(({ name, of }) => leaf("category", null, { term: name, scheme: of })),
      summary === null ? "" : leaf("summary", summary),
      leaf("content", entry.content, { type: "html" }),
      picture === null ? "" : mediaContent(picture),
    ],
    { "xml:lang": entry.language },
  );
}

/**
 * When an entry changed last, to the second, with a fraction of it where another changed in the same one: readers that look for
 * what is new by its time alone skip the second of two (https://validator.w3.org/feed/docs/warning/DuplicateUpdated.html). The
 * digits are the entry's own, so that they stay whatever else changes.
 */
function distinctChange(entry: Entry, all: Entry[]): string {
  const moment = instant(changeOf(entry));
  if (all.filter((other) => instant(changeOf(other)) === moment).length === 1) return moment;
  const digits = String(Number.parseInt(entry.id.slice(-10), 16))
    .slice(-9)
    .padStart(9, "0");
  return moment.replace("Z", `.${digits}Z`);
}

/** JSON Feed 1.1. */
export function jsonFeed(feed: Feed): string {
  const { title, description, language, publisher } = feed;
  const written = {
    version: "https://jsonfeed.org/version/1.1",
    title,
    home_page_url: feed.page,
    feed_url: feed.url,
    description: description ?? undefined,
    icon: feed.icon,
    authors: [publisher],
    language,
    items: feed.entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      title: entry.title,
      content_html: entry.content,
      summary: entry.summary ?? undefined,
      image: entry.picture?.url,
      date_published: instant(entry.published),
      date_modified: entry.updated === null ? undefined : instant(entry.updated),
      authors: entry.authors,
      tags: [...new Set(entry.categories.map(({ name }) => name))],
      language: entry.language ?? undefined,
    })),
  };
  // What XML cannot say, the three formats leave out alike.
  const text = (_: string, value: unknown) => (typeof value === "string" ? legible(value) : value);
  return `${JSON.stringify(written, text)}\n`;
}

const ATOM = "http://www.w3.org/2005/Atom";
const MEDIA = "http://search.yahoo.com/mrss/";

/** When a feed changed that never told of anything: Atom wants some time, and it must not be another one at each making. */
const NEVER = "2000-01-01T00:00:00Z";

function mediaContent({ url, type, width, height, description, credit }: MediaObject): string {
  return branch(
    "media:content",
    [
      description === null ? "" : leaf("media:description", description, { type: "plain" }),
      credit === null ? "" : leaf("media:credit", credit),
    ],
    { url, type, medium: "image", width, height },
  );
}

/** A moment as RFC 822 has it, with all four digits of its year. */
function httpDate(moment: number): string {
  return new Date(moment).toUTCString();
}

/** Plain text as HTML. */
function htmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
