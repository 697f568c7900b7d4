import type { Correction } from "./article.ts";
import type { Hero } from "./hero.ts";
import type { Settings } from "./settings.ts";

// What readers can see, in the shapes that pages are made of. Times in epoch milliseconds.

/** Stories on one page of a list. */
export const PAGE_SIZE = 20;
/** How many sections the front page has room for, and how many of its latest each has there at least. */
export const FRONT_SECTIONS = 12;
export const FRONT_STORIES = 4;
/** Stories in the rail under a story: a row. */
export const RAIL_SIZE = 4;

/** A name with its page: a section, a tag or an author. */
export interface Named {
  slug: string;
  name: string;
}

/** A section with what its front says of it. */
export interface SectionFront extends Named {
  description: string | null;
}

/** A topic with what its page says of it. */
export interface Topic extends Named {
  description: string | null;
}

/** An author as the author page and the author box show them. */
export interface Profile extends Named {
  role: string | null;
  bio: string | null;
}

/** A published story as a list shows it. */
export interface Card {
  id: string;
  path: string;
  place: string;
  section: Named;
  title: string;
  standfirst: string | null;
  hero: Hero | null;
  /** BCP 47, when it is not the site's. */
  language: string | null;
  publishedAt: number;
  authors: Named[];
}

/** A published story whole. */
export interface Story extends Omit<Card, "authors"> {
  updatedAt: number | null;
  authors: Profile[];
  tags: Named[];
  html: string;
  words: number;
  canonicalUrl: string | null;
  corrections: Correction[];
  seo: { title: string | null; description: string | null };
  /** The story that this one translates, published or not. */
  translationOf: string | null;
  /** Published translations of this story and the story it translates. */
  translations: { id: string; path: string; title: string; language: string | null }[];
}

/** What a story's Markdown twin says beside the text. */
export type Twin = Omit<
  Pick<Story, keyof Card | "updatedAt" | "tags" | "canonicalUrl" | "corrections">,
  "place" | "hero" | "authors"
> & { authors: Named[] };

/** What every page shows around its own content. */
export interface Site {
  /** Scheme and host, without a trailing slash. */
  origin: string;
  settings: Settings;
  sections: Named[];
}

/** One page of a list: its cards, which page it is (from 1) and whether an older one follows. */
export interface Listing {
  cards: Card[];
  page: number;
  hasOlder: boolean;
}

/** The front page as the editors placed it; on later pages lead is null and pinned is empty. */
export interface Front extends Listing {
  lead: Card | null;
  pinned: Card[];
  /** The latest of each section that are not among the others: a quiet section is on the front, too. */
  others: Card[];
}

/** A story with its neighbours by `place` and the latest of its section, never itself. */
export interface StoryPage {
  story: Story;
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
