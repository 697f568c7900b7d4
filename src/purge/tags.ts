import { base32 } from "../domain/base32.ts";
import { listName, type ListKindName, type ListName, type Nameable } from "../domain/lists.ts";
import { monthPath } from "../domain/paths.ts";
import {
  RAIL_SIZE,
  type Card,
  type CorrectionsPage,
  type FeedListing,
  type Front,
  type Listing,
  type MonthPage,
  type Named,
  type SearchPage,
  type StoryPage,
  type Twin,
} from "../domain/published.ts";
import type { Series } from "../domain/series.ts";

// Cache tags: what a page says of everything it was made of. clauses.ts names those of everything that an act changed.
// Each kind of tag is described on the data page, migrations/README.md.

/** Everything that every page shows: the settings, and the sections in the masthead. */
export const SITE = "site";
/** What only the front page itself shows: what the editors placed, and the latest of each section. */
export const FRONT = "front";
/** Which months have stories. */
export const MONTHS = "months";

/** Every page of the list of corrections, and those that it does not have yet. */
export const CORRECTIONS = "corrections";

/** A story's page and its twin, and feeds that show more of it than its card; a page that is no story, and its twin. */
export const storyTag = (id: string) => `story:${id}`;
/** A story's page: what stands around the story. */
export const aroundTag = (id: string) => `around:${id}`;
/** The pages of stories that name a story once it is live: its translations, and those whose editors chose it to lead on to. */
export const originalTag = (id: string) => `original:${id}`;
/** Every page that shows a story's card. */
export const cardTag = (id: string) => `card:${id}`;
/** The redirects at a story's former paths, and those that lead to them. */
export const addressTag = (id: string) => `address:${id}`;
/** Pages that show more authors than there is room for in their tags. */
export const CROWD = "crowd";
/** Feeds whose stories have more tags than there is room for in theirs. */
export const TOPICS = "topics";
/** Every page that shows the name of an author or a tag. */
export const nameTag = (kind: Nameable, slug: string) => `name:${kind}:${slug}`;
/** Every page that shows more of an author, a section or a tag than the name. */
export const aboutTag = (kind: Nameable, slug: string) => `about:${kind}:${slug}`;
/** The page of a list with this number, and those behind it: what moves on one moves on the others. */
export const listTag = (list: ListName, page: number) => `list:${list}:${page}`;
/** The page of a list with this number alone: for what moves within it and no further. */
export const pageTag = (list: ListName, page: number) => `page:${list}:${page}`;
/** The stories of a section, which name its latest; with `top`, those that are among these and name one more. */
export const railTag = (section: string, top = false) => `rail:${section}${top ? ":top" : ""}`;
/** Pages that list the parts of a series. */
export const seriesTag = (slug: string) => `series:${slug}`;
/** A month of the archive, of the paper or of one section: all of its pages. */
export const monthTag = (month: string, section: string | null) =>
  section === null ? `month:${month}` : `month:${section}:${month}`;
/** The pages of a month on which a story of this day would stand. */
export const dayTag = (month: string, section: string | null, place: string) =>
  `${monthTag(month, section)}:${dayOf(place)}`;
/** The sitemap for news while a story of this day (UTC) would be in it. */
export const newsTag = (day: string) => `news:${day}`;
/** One picture, in every form. */
export const mediaTag = (hash: string) => `media:${hash}`;

/** The tag of one path: base32 of its SHA-256, since paths have characters that tags may not. */
export async function pathTag(path: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(path));
  return `path:${base32(new Uint8Array(digest))}`;
}

/** Tells whether the platform accepts the tag: it drops others silently. */
export function isTag(tag: string): boolean {
  return /^[a-z0-9:_-]{1,1024}$/.test(tag);
}

/** The tags of a story's page. */
export async function storyTags(path: string, page: StoryPage): Promise<string[]> {
  const { story, older, newer, latest, related, series } = page;
  const { slug } = story.section;
  const authors = story.authors.map((author) => author.slug);
  const cards = [older, newer, ...latest, ...related].filter((card) => card !== null);
  return tagList(
    await pathTag(path),
    storyTag(story.id),
    aroundTag(story.id),
    ...(story.translationOf === null ? [] : [originalTag(story.translationOf)]),
    ...story.related.map(originalTag),
    ...(series ? partTags(series) : []),
    ...authors.flatMap((author) => [nameTag("author", author), aboutTag("author", author)]),
    ...story.tags.map((tag) => nameTag("tag", tag.slug)),
    railTag(slug),
    ...(isAmongLatest(page) ? [railTag(slug, true)] : []),
    ...cards.flatMap(cardTags),
    ...story.translations.map(({ id }) => cardTag(id)),
  );
}

/** A series names its parts, and one that comes stands among them. */
function partTags({ slug, parts }: Series): string[] {
  return [seriesTag(slug), ...parts.map(({ id }) => cardTag(id))];
}

/** A story of its section's latest does not name itself, and so reads one further. */
function isAmongLatest({ story, latest }: StoryPage): boolean {
  const last = latest[RAIL_SIZE - 1];
  return last === undefined || story.place > last.place;
}

/** The tags of a story's Markdown twin. */
export async function twinTags(path: string, story: Twin): Promise<string[]> {
  return tagList(
    await pathTag(path),
    storyTag(story.id),
    ...story.authors.map(({ slug }) => nameTag("author", slug)),
    ...story.tags.map(({ slug }) => nameTag("tag", slug)),
  );
}

/** The tags of a page that is no story, and of its Markdown twin. */
export async function pageTags(path: string, { id }: { id: string }): Promise<string[]> {
  return tagList(await pathTag(path), storyTag(id));
}

/** The tags of the front page and the recent pages behind it. */
export async function frontTags(path: string, front: Front): Promise<string[]> {
  const { lead, pinned, rows, others } = front;
  const inRows = rows.flatMap((row) => row.cards);
  const cards = [lead, ...pinned, ...inRows, ...front.cards, ...others].filter(
    (card) => card !== null,
  );
  return tagList(
    await pathTag(path),
    ...(front.page === 1 ? [FRONT] : []),
    ...depthTags("front", front.page),
    pageTag("front", front.page),
    ...cards.flatMap(cardTags),
  );
}

/** The tags of a section's, an author's or a tag's page. */
export async function listTags(
  path: string,
  kind: Nameable,
  { slug }: Named,
  { page, cards, series = null }: Listing,
): Promise<string[]> {
  return tagList(
    await pathTag(path),
    ...(series ? partTags(series) : []),
    nameTag(kind, slug),
    aboutTag(kind, slug),
    ...depthTags(listName(kind, slug), page),
    pageTag(listName(kind, slug), page),
    ...cards.flatMap(cardTags),
  );
}

/** The tags of a feed of a list: of each story it tells all, and what it is filed under. */
export async function feedTags(
  path: string,
  kind: ListKindName,
  { subject, stories }: FeedListing,
): Promise<string[]> {
  const list = listName(kind, subject?.slug ?? "");
  return tagList(
    await pathTag(path),
    ...(kind === "front" || subject === null
      ? []
      : [nameTag(kind, subject.slug), aboutTag(kind, subject.slug)]),
    ...depthTags(list, 1),
    pageTag(list, 1),
    ...stories.flatMap(({ id, authors, tags }) => [
      storyTag(id),
      ...authors.map(({ slug }) => nameTag("author", slug)),
      ...tags.map(({ slug }) => nameTag("tag", slug)),
    ]),
  );
}

/** The tags of a page of the list of corrections. */
export async function correctionsTags(
  path: string,
  { corrections }: CorrectionsPage,
): Promise<string[]> {
  return tagList(await pathTag(path), CORRECTIONS, ...corrections.map(({ id }) => cardTag(id)));
}

/** The tags of a page of what was found: it shows of its stories what feeds do, and some of their text. What is new has no tag. */
export async function searchTags(path: string, { stories, author }: SearchPage): Promise<string[]> {
  return tagList(
    await pathTag(path),
    ...(author ? [nameTag("author", author.slug)] : []),
    ...(stories ?? []).flatMap((found) =>
      "page" in found
        ? [storyTag(found.page.id)]
        : [storyTag(found.card.id), ...cardTags(found.card)],
    ),
  );
}

/** The tags of the list of months. */
export async function archiveTags(path: string): Promise<string[]> {
  return tagList(await pathTag(path), MONTHS);
}

/** The tags of a month's page, of the paper or of one section; `from` is where it starts, if not at the newest. */
export async function monthTags(page: MonthPage, from: string | null): Promise<string[]> {
  const section = page.section?.slug ?? null;
  return tagList(
    await pathTag(monthPath(page.month, section, from)),
    monthTag(page.month, section),
    ...daysOf(page, from).map((day) => `${monthTag(page.month, section)}:${day}`),
    ...page.cards.flatMap(cardTags),
  );
}

/** The days (UTC) between where a page of a month starts and where the next one does; without these, the whole month. */
function daysOf({ month, next }: MonthPage, from: string | null): string[] {
  const [year = 0, number = 0] = month.split("-").map(Number);
  // A month of the paper's time zone begins and ends up to a day beside that of UTC.
  const newest = from === null ? Date.UTC(year, number, 1) : momentOf(from);
  const oldest = next === null ? Date.UTC(year, number - 1, 0) : momentOf(next);
  const last = Math.floor(newest / DAY);
  const first = Math.floor(oldest / DAY);
  return Array.from({ length: last - first + 1 }, (_, index) => dayAt((first + index) * DAY));
}

const DAY = 24 * 60 * 60 * 1000;

/** The day (UTC, `yyyymmdd`) of a place. */
export function dayOf(place: string): string {
  return dayAt(momentOf(place));
}

/** When the story at a place was published, in epoch ms. */
function momentOf(place: string): number {
  return Number(place.slice(0, place.indexOf("-")));
}

function dayAt(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10).replaceAll("-", "");
}

/** What was looked up to find out that a path is no page: paths, and the stories that stand or stood at them. */
export interface Trail {
  paths: string[];
  stories: string[];
}

/** The tags of a page that is not there: gone, moved or never was. */
export async function absenceTags({ paths, stories }: Trail): Promise<string[]> {
  return tagList(...(await Promise.all(paths.map(pathTag))), ...stories.map(addressTag));
}

/** The tags of the sitemap for news as of a moment: of its two days, and of those until it is made anew at the latest. */
export async function newsTags(path: string, now: number): Promise<string[]> {
  const days = [-2, -1, 0, 1, 2].map((day) => newsTag(dayAt(now + day * DAY)));
  return tagList(await pathTag(path), ...days);
}

/** The tags of what names the newest stories by their cards, and no more of the list than its first page has. */
export async function newestTags(path: string, ids: string[]): Promise<string[]> {
  return tagList(
    await pathTag(path),
    ...depthTags("front", 1),
    pageTag("front", 1),
    ...ids.map(cardTag),
  );
}

/** The tags of what is made of the settings and the sections alone, or of settings of its own; `logo` is a picture's hash. */
export async function siteTags(path: string, logo: string | null = null): Promise<string[]> {
  return tagList(await pathTag(path), ...(logo === null ? [] : [mediaTag(logo)]));
}

/** The tags of a picture's addresses: it is taken down, or comes and goes with the stories that show it. */
export async function mediaTags(path: string, hash: string): Promise<string[]> {
  return inOrder([await pathTag(path), mediaTag(hash)]);
}

/** The tags of a story's share card. */
export async function shareCardTags(path: string, id: string): Promise<string[]> {
  return tagList(await pathTag(path), cardTag(id));
}

/** The tags of what is made of the paper's settings alone. */
export async function paperTags(path: string): Promise<string[]> {
  return tagList(await pathTag(path));
}

function cardTags({ id, authors }: Card): string[] {
  return [cardTag(id), ...authors.map(({ slug }) => nameTag("author", slug))];
}

function depthTags(list: ListName, page: number): string[] {
  return Array.from({ length: page }, (_, index) => listTag(list, index + 1));
}

/**
 * What a page's tags may come to: the platform keeps 1,000 of them and 16 KB of the header, and what it drops beyond that it
 * does not say (https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/). A quarter is left to spare.
 */
const TAG_LIMITS = { tags: 1000, bytes: 12 * 1024 } as const;

/** The kinds of tag in the order of the header: those that cover most come first, names of authors last. */
const ORDER = [
  SITE,
  CROWD,
  TOPICS,
  FRONT,
  MONTHS,
  CORRECTIONS,
  "path",
  "list",
  "page",
  "month",
  "news",
  "story",
  "around",
  "original",
  "address",
  "rail",
  "series",
  "media",
  "about",
  "card",
  "name:section",
  "name:tag",
  "name:author",
];
const RANKS: ReadonlyMap<string, number> = new Map(ORDER.map((kind, rank) => [kind, rank]));

/**
 * Tags as a page carries them, each once, in the order of the header. Where there is no room for the names of all authors,
 * one tag stands for them (a story of twenty authors on each of ninety cards would have 200 KB), and then one for the names of
 * all tags (twenty stories with thirty each, in a feed, 65 KB); everything else is bounded by what a page shows, and fits.
 */
export function tagList(...tags: string[]): string[] {
  const all = inOrder([SITE, ...tags]);
  if (fits(all)) return all;
  const crowded = inOrder([CROWD, ...all.filter((tag) => !tag.startsWith("name:author:"))]);
  if (fits(crowded)) return crowded;
  return inOrder([TOPICS, ...crowded.filter((tag) => !tag.startsWith("name:tag:"))]);
}

export function inOrder(tags: string[]): string[] {
  return Array.from(new Set(tags), (tag) => ({ tag, rank: rankOf(tag) }))
    .sort((one, other) => one.rank - other.rank || (one.tag < other.tag ? -1 : 1))
    .map(({ tag }) => tag);
}

/** The place of a tag's kind in the order: what stands before its first colon, of a name before its second. */
function rankOf(tag: string): number {
  const end = tag.indexOf(":", tag.startsWith("name:") ? "name:".length : 0);
  return RANKS.get(end === -1 ? tag : tag.slice(0, end)) ?? -1;
}

/** The header's tags are ASCII, with a comma between each two. */
function fits(tags: string[]): boolean {
  const bytes = tags.reduce((sum, tag) => sum + tag.length + 1, -1);
  return tags.length <= TAG_LIMITS.tags && bytes <= TAG_LIMITS.bytes;
}
