import { parseFeed } from "@rowanmanning/feed-parser";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import RssParser from "rss-parser";

// What readers make of a feed: three parsers from elsewhere, each in the same terms.

/** An entry as a parser tells it. What it does not read is undefined. */
export interface ReadEntry {
  id: string | undefined;
  url: string | undefined;
  title: string | undefined;
  content: string | undefined;
  published: string | undefined;
  authors: string[];
  categories: string[];
}

/** A feed as a parser tells it. */
export interface ReadFeed {
  reader: string;
  title: string | undefined;
  page: string | undefined;
  entries: ReadEntry[];
}

/** What every parser that knows the format reads in a feed. */
export async function readAll(format: "rss" | "atom" | "json", text: string): Promise<ReadFeed[]> {
  if (format === "json") return [smithJson(text), plainJson(text)];
  const smith = format === "rss" ? smithRss(text) : smithAtom(text);
  return [smith, feedParser(text), await rssParser(format, text)];
}

function smithRss(text: string): ReadFeed {
  const { title, link, items = [] } = parseRssFeed(text);
  return {
    reader: "feedsmith, RSS",
    title,
    page: link,
    entries: items.map((item) => ({
      id: item.guid?.value,
      url: item.link,
      title: item.title,
      content: item.content?.encoded,
      published: momentOf(item.pubDate),
      authors: item.dc?.creators ?? [],
      categories: (item.categories ?? []).map(({ name = "" }) => name),
    })),
  };
}

function smithAtom(text: string): ReadFeed {
  const { title, links = [], entries = [] } = parseAtomFeed(text);
  return {
    reader: "feedsmith, Atom",
    title: title?.value,
    page: links.find(({ rel }) => rel === "alternate")?.href,
    entries: entries.map((entry) => ({
      id: entry.id,
      url: entry.links?.[0]?.href,
      title: entry.title?.value,
      content: entry.content?.value,
      published: momentOf(entry.published),
      authors: (entry.authors ?? []).map(({ name = "" }) => name),
      categories: (entry.categories ?? []).map(({ term = "" }) => term),
    })),
  };
}

function smithJson(text: string): ReadFeed {
  return { ...jsonOf(parseJsonFeed(text)), reader: "feedsmith, JSON Feed" };
}

function plainJson(text: string): ReadFeed {
  return { ...jsonOf(JSON.parse(text) as JsonFeed), reader: "JSON.parse" };
}

/** As much of a JSON Feed as is compared. */
interface JsonFeed {
  title?: string;
  home_page_url?: string;
  items?: {
    id?: string;
    url?: string;
    title?: string;
    content_html?: string;
    date_published?: string;
    authors?: { name?: string }[];
    tags?: string[];
  }[];
}

function jsonOf({ title, home_page_url: page, items = [] }: JsonFeed): Omit<ReadFeed, "reader"> {
  return {
    title,
    page,
    entries: items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      content: item.content_html,
      published: momentOf(item.date_published),
      authors: (item.authors ?? []).map(({ name = "" }) => name),
      categories: item.tags ?? [],
    })),
  };
}

function feedParser(text: string): ReadFeed {
  const { title, url, items } = parseFeed(text);
  return {
    reader: "feed-parser",
    title: title ?? undefined,
    page: url ?? undefined,
    entries: items.map((item) => ({
      id: item.id ?? undefined,
      url: item.url ?? undefined,
      title: item.title ?? undefined,
      content: item.content ?? undefined,
      published: item.published?.toISOString(),
      authors: item.authors.map(({ name }) => name ?? ""),
      categories: item.categories.map(({ term }) => term),
    })),
  };
}

async function rssParser(format: "rss" | "atom", text: string): Promise<ReadFeed> {
  const parser = new RssParser<object, RssItem>({
    customFields: {
      item: [
        ["dc:creator", "creators", { keepArray: true }],
        ["author", "wrote", { keepArray: true }],
        ["category", "filed", { keepArray: true }],
      ],
    },
  });
  const { title, link, items } = await parser.parseString(text);
  return {
    reader: "rss-parser",
    title,
    page: link,
    entries: items.map((item) => ({
      id: format === "rss" ? item.guid : item.id,
      url: item.link,
      title: item.title,
      content: format === "rss" ? item["content:encoded"] : item.content,
      published: item.isoDate,
      authors: item.creators ?? (item.wrote ?? []).map(({ name }) => name?.[0] ?? ""),
      categories: (item.filed ?? []).map(({ _: name, $ }) => name ?? $?.term ?? ""),
    })),
  };
}

interface RssItem {
  id?: string;
  "content:encoded"?: string;
  creators?: string[];
  wrote?: { name?: string[] }[];
  filed?: { _?: string; $?: { term?: string } }[];
}

function momentOf(date: string | undefined): string | undefined {
  return date === undefined ? undefined : new Date(date).toISOString();
}
