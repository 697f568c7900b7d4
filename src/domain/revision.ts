import type { Hero } from "./hero.ts";
import type { Kind } from "./kinds.ts";

// What a story says, and each save of it.

/** A visible correction; `at` in epoch milliseconds. */
export interface Correction {
  text: string;
  at: number;
}

/** What one revision owns: everything of a story that an editor writes. Times in epoch milliseconds. */
export interface Content {
  /** What it is; news unless an editor says otherwise. */
  kind: Kind;
  /** Who paid for it to be there; null of everything but what is sponsored. */
  sponsor: string | null;
  title: string;
  slug: string;
  /** Whether an editor wrote the slug, or it was made of the headline. */
  slugWritten: boolean;
  standfirst: string | null;
  body: string;
  section: string;
  tags: string[];
  authors: string[];
  hero: Hero | null;
  /** BCP 47; null means the site's language. */
  language: string | null;
  canonicalUrl: string | null;
  translationOf: string | null;
  /** Ids of stories that the editors chose to lead on to, in their order. */
  related: string[];
  /** Its number in the series that it belongs to by a tag; null leaves that to the order of publication. */
  part: number | null;
  corrections: Correction[];
  seo: { title: string | null; description: string | null };
  /** A dateline of the editor's own; null means the moment of the first publication. */
  publishedAt: number | null;
  /** An update time of the editor's own; null means the last material publication. */
  updatedAt: number | null;
}

/** A story that nothing has been written of. */
export const EMPTY: Content = {
  kind: "news",
  sponsor: null,
  title: "",
  slug: "",
  slugWritten: false,
  standfirst: null,
  body: "",
  section: "",
  tags: [],
  authors: [],
  hero: null,
  language: null,
  canonicalUrl: null,
  translationOf: null,
  related: [],
  part: null,
  corrections: [],
  seo: { title: null, description: null },
  publishedAt: null,
  updatedAt: null,
};

/** What a revision says, without what was noted of it when it was saved. */
export function contentOf(revision: Content): Content {
  const said = Object.keys(EMPTY).map((field) => [field, revision[field as keyof Content]]);
  return Object.fromEntries(said) as Content;
}

/** Reads content as it is stored: what was written before a field was there says of it what a new story does. */
export function readContent(stored: string): Content {
  return { ...EMPTY, ...(JSON.parse(stored) as Partial<Content>) };
}

/** What a list shows of a story beside where it stands and who wrote it. */
export type CardContent = Pick<
  Content,
  "kind" | "sponsor" | "title" | "standfirst" | "hero" | "language"
>;

/** The content of a story's card. */
export function cardContent(content: CardContent): CardContent {
  const { kind, sponsor, title, standfirst, hero, language } = content;
  return { kind, sponsor, title, standfirst, hero, language };
}

/** One save of a story. Its HTML is rendered at the same moment and stored beside it. */
export interface Revision extends Content {
  n: number;
  words: number;
  /** Hashes of the pictures that it shows, sorted. */
  pictures: string[];
  /** The first picture of the body without alt text that is not marked decorative, or null. */
  undescribed: string | null;
  /** Whether what changed since the live revision is worth telling readers. */
  material: boolean;
  savedAt: number;
  savedBy: string;
  /** Why it was saved, in the editor's words. */
  reason: string | null;
  /** When the first save of its run was (domain/quick-saves.ts). */
  beganAt: number;
  /** No later save may write over it. */
  sealed: boolean;
}

/** A revision with the body, the HTML and the pictures of revision `of`, and everything else of it but its corrections. */
export interface RevisionCopy {
  of: number;
  revision: Revision;
}
