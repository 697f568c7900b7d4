import type { MenuLink } from "./menu.ts";
import type { CardContent, Content, Correction } from "./revision.ts";
import type { Series } from "./series.ts";
import type { Settings } from "./settings.ts";

// What readers can see, in the shapes that pages are made of. Times in epoch milliseconds.

/** Stories on one page of a list. */
export const PAGE_SIZE = 20;
/** Pages of what a search found, at most. */
export const SEARCH_PAGES = 5;
/** Corrections on one page of the list of them. */
export const CORRECTIONS_PAGE_SIZE = 50;
/** How many sections the front page has room for, and how many of its latest each has there at least. */
export const FRONT_SECTIONS = 12;
export const FRONT_STORIES = 4;
/** Stories in the rail under a story: a row. */
export const RAIL_SIZE = 4;
/** Stories that a story leads on to by itself, with those that its editors chose: a row. */
export const RELATED_SIZE = 4;
/** By how many of its tags a story is near to others, and how many stand near to it on either side in each of these. */
export const RELATED_TAGS = 3;
export const RELATED_REACH = 3;

/** A name with its page: a section, a tag or an author. */
export interface Named {
  slug: string;
  name: string;
}

/** A section or a tag with what its page says of it. */
export interface Topic extends Named {
  description: string | null;
}

/** An author as the author page and the author box show them. */
export interface Profile extends Named {
  role: string | null;
  bio: string | null;
  links: string[];
}

/** What a list is named after, by its kind. */
export interface ListEntries {
  section: Topic;
  author: Profile;
  tag: Topic;
}

/** A published story as a list shows it. */
export interface Card extends CardContent {
  id: string;
  path: string;
  place: string;
  section: Named;
  publishedAt: number;
  authors: Named[];
}

/** What a story's own page shows of its content, beside what its card shows. */
export type StoryContent = Pick<
  Content,
  "canonicalUrl" | "corrections" | "related" | "seo" | "translationOf"
>;

/** The content that only a story's own page shows. */
export function storyContent(content: StoryContent): StoryContent {
  const { canonicalUrl, corrections, related, seo, translationOf } = content;
  return { canonicalUrl, corrections, related, seo, translationOf };
}

/** A page that is no story: it shows no date, and stands in no list. */
export interface PlainPage extends CardContent, Pick<StoryContent, "canonicalUrl" | "seo"> {
  id: string;
  path: string;
  html: string;
  publishedAt: number;
  updatedAt: number | null;
}

/** What the Markdown twin of such a page says beside the text. */
export type PageTwin = Pick<
  PlainPage,
  "id" | "path" | "title" | "standfirst" | "language" | "canonicalUrl" | "publishedAt" | "updatedAt"
>;

/** A published story whole. */
export interface Story extends Omit<Card, "authors">, StoryContent {
  updatedAt: number | null;
  authors: Profile[];
  tags: Named[];
  html: string;
  words: number;
  /** Published translations of this story, the story it translates, and the other translations of that. */
  translations: { id: string; path: string; title: string; language: string | null }[];
}

/** What a story's Markdown twin says beside the text. */
export type Twin = Omit<
  Pick<Story, keyof Card | "updatedAt" | "tags" | "canonicalUrl" | "corrections">,
  "place" | "hero" | "authors"
> & { authors: Named[] };

/** What a reader looks for: their words, and which of the stories with these. Days are `yyyy-mm-dd`. */
export interface Wanted {
  q: string;
  section: string | null;
  author: string | null;
  from: string | null;
  to: string | null;
  page: number;
}

/** A story that was found, with the beginning of its text, in which the words are looked for. */
export interface FoundStory {
  card: Card;
  html: string;
}

/** A page that is no story, likewise. */
export interface FoundPage {
  page: Pick<PlainPage, "id" | "path" | "title" | "standfirst" | "language">;
  html: string;
}

/** A page of what was found, best first. */
export interface SearchPage {
  wanted: Wanted;
  /** Null while nothing can be found, because the index is away. */
  stories: (FoundStory | FoundPage)[] | null;
  /** How many were found, up to as many as pages show; there may be more. */
  count: number;
  hasMore: boolean;
  /** The author that the search is narrowed to, if they have published anything. */
  author: Named | null;
}

/** What every page shows around its own content. */
export interface Site {
  /** Scheme and host, without a trailing slash. */
  origin: string;
  settings: Settings;
  sections: Named[];
  /** Whether pictures are made in other forms here, and drawn: else every address of a form shows the original. */
  drawsPictures: boolean;
  /** The masthead's menu as readers get it. */
  menu: MenuLink[];
  /** The footer's; null where nobody has chosen it. */
  footer: MenuLink[] | null;
}

/** One page of a list: its cards, which page it is (from 1) and whether an older one follows. */
export interface Listing {
  cards: Card[];
  page: number;
  hasOlder: boolean;
  /** Of a tag that is a series, its parts in order. */
  series?: Series | null;
}

/** Stories in a feed. */
export const FEED_SIZE = 20;
/**
 * How much of their bodies a feed gives, in bytes of HTML: of one story, and of all together. Stories may have 1.8 MB each, and
 * a Worker with twenty of those in hand would be out of memory, and of time long before. What is longer is told of, with a link to it.
 */
export const FEED_STORY_BYTES = 256 * 1024;
export const FEED_BYTES = 512 * 1024;

/** A story as a feed tells it: with its body, unless that is too long for the feed. */
export interface FeedStory extends Card, Pick<Content, "corrections" | "seo"> {
  updatedAt: number | null;
  tags: Named[];
  html: string | null;
}

/** What a feed's list is named after, with an id that it keeps whatever it is called. */
export interface FeedSubject extends Topic {
  id: string;
}

/** The newest stories of a list, for a feed; the list of all stories is named after nothing. */
export interface FeedListing {
  subject: FeedSubject | null;
  stories: FeedStory[];
}

/** One of the newest stories as agents are told of it. */
export type Newest = Pick<Card, "id" | "path" | "title" | "standfirst" | "kind" | "language">;

/** A correction in the list of all, with the story that it is of. */
export interface ListedCorrection extends Correction, Pick<Content, "kind"> {
  /** The story's id, path and headline, and its language if that is not the site's. */
  id: string;
  path: string;
  title: string;
  language: string | null;
}

/** One page of the list of corrections, newest first. */
export interface CorrectionsPage {
  corrections: ListedCorrection[];
  page: number;
  hasOlder: boolean;
}

/** The front page as the editors placed it; on later pages lead is null, and pinned and rows are empty. */
export interface Front extends Listing {
  lead: Card | null;
  pinned: Card[];
  /** Rows that the editors named, without what is not live: none of them is empty. */
  rows: { name: string; cards: Card[] }[];
  /** The latest of each section that are not among the others: a quiet section is on the front, too. */
  others: Card[];
}

/** A story with its neighbours by `place` and the latest of its section, never itself. */
export interface StoryPage {
  story: Story;
  /** The series that it is a part of. */
  series: Series | null;
  /** What it leads on to: those that the editors chose, then what is near to it by its tags. */
  related: Card[];
  older: Card | null;
  newer: Card | null;
  latest: Card[];
}

/** One page of a month's stories, and the months with stories on either side (`yyyy-mm`). */
export interface MonthPage {
  month: string;
  section: Named | null;
  cards: Card[];
  /** The `place` at which the next page of the same month starts, if there is one. */
  next: string | null;
  /** Whether this is the first page of the month. */
  first: boolean;
  olderMonth: string | null;
  newerMonth: string | null;
}
