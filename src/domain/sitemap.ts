import { isPaidFor } from "./kinds.ts";
import type { Live } from "./article.ts";
import type { Hero } from "./hero.ts";
import { isSameJson } from "./same.ts";

// What sitemaps say of stories, and how a month of them is parted among files.

/**
 * How many stories one file of a month has before it is parted. The protocol allows 50,000 URLs; a tenth of that is what a fill can
 * read, hold and write without being noticed. Tests make it smaller, so that a newsroom of theirs has months in several files.
 */
export const SITEMAP_PART = { stories: 5000 };

/** The most URLs that a sitemap may have, and files that an index may name (https://www.sitemaps.org/protocol.html). */
export const SITEMAP_URLS = 50_000;

/** How many authors, and how many tags, are listed: each costs a seek to be found. */
export const SITEMAP_ENTRIES = 10_000;

/** How long a story is news, in milliseconds, and how many stories are at most. */
export const NEWS_LIFETIME = 48 * 60 * 60 * 1000;
export const NEWS_STORIES = 1000;

/** A story as a month's sitemap names it. Times in epoch milliseconds. */
export interface SitemapUrl {
  path: string;
  /** When it was published, or changed materially since. */
  changedAt: number;
  hero: Hero | null;
}

/** A file of a month, as the index names it. */
export interface SitemapFile {
  /** `yyyy-mm`. */
  month: string;
  /** From 1. */
  part: number;
  /** When what it says changed last. */
  changedAt: number;
}

/** What the index names beside the file of the paper's own pages. */
export interface SitemapIndex {
  files: SitemapFile[];
  /** Whether there are any authors, or tags, that readers see. */
  authors: boolean;
  tags: boolean;
}

/** A story as the sitemap for news names it. */
export interface NewsStory {
  path: string;
  publishedAt: number;
  title: string;
  /** BCP 47; null for the site's language. */
  language: string | null;
}

/** A page that is no story, as the sitemap names it. Epoch milliseconds. */
export interface PlainUrl {
  path: string;
  changedAt: number;
}

/** What the sitemap says of such a page; null of one that names another address as its own. */
function plainUrlOf({ path, publishedAt, updatedAt, canonicalUrl }: Live): unknown {
  return canonicalUrl === null ? [path, changeOf(publishedAt, updatedAt)] : null;
}

/** Tells whether the sitemap says something else of pages that are no stories. */
export function changesPlainUrls(pages: Replaced[]): boolean {
  return pages.some(
    ({ before, after }) => !isSameJson(before && plainUrlOf(before), after && plainUrlOf(after)),
  );
}

/** When a story changed last, as sitemaps say it: an update that is older than the publication is none. */
export function changeOf(publishedAt: number, updatedAt: number | null): number {
  return Math.max(publishedAt, updatedAt ?? publishedAt);
}

/** What a month's sitemap says of a story; null of one that names another address as its own: that one is to be found. */
function urlOf({ path, publishedAt, updatedAt, card: { hero }, canonicalUrl }: Live): unknown {
  if (canonicalUrl !== null) return null;
  const picture = hero && [hero.src, hero.width, hero.height, hero.animated ?? false];
  return [path, changeOf(publishedAt, updatedAt), picture];
}

/** What the sitemap for news says of a story, whenever it went out; null of one that is not for it. `IS_NEWS` says the same in SQL. */
function newsOf({ path, publishedAt, card, canonicalUrl }: Live): unknown {
  if (canonicalUrl !== null || isPaidFor(card)) return null;
  return [path, publishedAt, card.title, card.language];
}

/** What a change of a story means for a month that it was or is in, at a place. */
export interface SitemapChange {
  month: string;
  place: string;
  /** How many more live stories there are at the place: -1, 0 or 1. */
  stories: number;
  /** How many more of them the file names. */
  urls: number;
  /** Whether the file says something else than before. */
  isSeen: boolean;
}

interface Replaced {
  before: Live | null;
  after: Live | null;
}

/** What changes of stories mean for the sitemaps of months: nothing for most edits of a text. */
export function sitemapChanges(stories: Replaced[]): SitemapChange[] {
  return stories.flatMap(({ before, after }) => {
    const [was, is] = [before && urlOf(before), after && urlOf(after)];
    const [named, names] = [Number(was !== null), Number(is !== null)];
    if (before && after && before.month === after.month && before.place === after.place) {
      if (JSON.stringify(was) === JSON.stringify(is)) return [];
      const { month, place } = after;
      return [{ month, place, stories: 0, urls: names - named, isSeen: true }];
    }
    return [
      ...(before ? [sideOf(before, -1, named)] : []),
      ...(after ? [sideOf(after, 1, names)] : []),
    ];
  });
}

function sideOf({ month, place }: Live, stories: 1 | -1, named: number): SitemapChange {
  return { month, place, stories, urls: named * stories, isSeen: named === 1 };
}

/** The places of stories of which the sitemap for news would say something else than before. */
export function newsChanges(stories: Replaced[]): string[] {
  return stories.flatMap(({ before, after }) => {
    const [was, is] = [before && newsOf(before), after && newsOf(after)];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return [
      ...(was === null ? [] : [before?.place]),
      ...(is === null ? [] : [after?.place]),
    ].filter((place) => place !== undefined);
  });
}
