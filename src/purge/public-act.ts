import type { Live } from "../domain/article.ts";
import type { ListName, Nameable } from "../domain/lists.ts";

// A public act: what readers saw before it, what they see afterwards, and what stands around that.

/** Something before and after an act; null where it is not there. */
export interface Replaced<T> {
  before: T | null;
  after: T | null;
}

/** A public act: everything that it changes of what readers see. */
export interface PublicAct {
  stories?: Replaced<Live>[];
  /** Pages that are no stories: they stand in no list, and beside no other. */
  pages?: Replaced<Live>[];
  /** What stands around the stories and pages; needed with them. */
  around?: Around;
  authors?: Replaced<{
    slug: string;
    name: string;
    role: string | null;
    bio: string | null;
    links: string[];
  }>[];
  tags?: Replaced<{ slug: string; name: string; description: string | null; series: boolean }>[];
  /** Null where readers do not see it: it is neither listed nor has a live story. */
  sections?: Replaced<{
    slug: string;
    name: string;
    /** How many sections that readers see stand before it. */
    rank: number;
    description: string | null;
  }>[];
  /** Present and former addresses of authors, sections and tags that show or lead to something else now, and all below them. */
  addresses?: { kind: Nameable; slug: string }[];
  /** Lists that hold other stories than before, from their first page on. */
  lists?: ListName[];
  /** The settings changed; of logos, the pictures that were and are shown. */
  settings?: { logos: string[] };
  /** Paths of files that are made of settings which no page shows. */
  files?: string[];
  /** The editors arranged the front page otherwise: stories, rows, or words of its own. */
  front?: true;
  /** Pictures that readers begin or cease to see by that. */
  frontPictures?: { shown: string[]; hidden: string[] };
  /** Paths at which a redirect came, changed or went. */
  redirects?: string[];
  /** Live stories whose HTML came out otherwise. */
  rendered?: { articleId: string; path: string }[];
  /** Pictures that were taken down or came back. */
  pictures?: string[];
}

/** What stands in the newsroom beside the stories of an act. */
export interface Around {
  /** Of each list in which a story comes, goes or moves; the act's stories are not counted. */
  lists: Map<ListName, AroundList>;
  /** The stories next to each place that a story comes to, once those that move have left. */
  neighbours: string[];
  /** Stories that have a tag in which one comes or goes near to them: what they lead on to may be something else then. */
  near: string[];
  /** Of the tags of the act's stories, those that are a series. */
  series: Set<string>;
  /** Of each month that a story is in before or after; a section's month is `section:yyyy-mm`. */
  months: Map<string, AroundMonth>;
  /** The files of the sitemap in which something of the stories changes, by `filed` of the place. */
  files: Map<string, AroundFile>;
  /** Stories that the editors placed on the front page. */
  placed: Set<string>;
  /** Of these, the library's pictures that the front page shows with them alone, by the stories' ids. */
  ownPictures: Map<string, string>;
  /** Sections that have room on the front page, or would have it with a story of the act. */
  frontSections: Set<string>;
  /** Of the stories' and pages' pictures, and of these, those that readers see anyway. */
  pictures: Set<string>;
  /** A menu names a page that comes, goes or moves. */
  linked: boolean;
}

/** Counts end at 201: no page of a list shows what comes after. */
export interface AroundList {
  length: number;
  /** How many stand before the newest of the places that the act touches. */
  newer: number;
  /** How many stand between the newest and the oldest of them. */
  between: number;
  /** Its first page is there even while no story is in it. */
  always: boolean;
  /** Slugs whose addresses begin or cease to lead when the list gets its first story or loses its last. */
  former: string[];
}

interface AroundMonth {
  others: boolean;
  /** The months with stories on either side. */
  older: string | null;
  newer: string | null;
}

/** A file that the sitemap has of a month. A month that has none yet gets its first. */
export interface AroundFile {
  month: string;
  part: number;
  /** How many stories it has before the act. */
  stories: number;
  /** The highest number that a file of the month has. */
  parts: number;
}

/** The key of a place in `Around.files`. */
export function filed(month: string, place: string): string {
  return `${month} ${place}`;
}
