import type { Card, Front, Listing, MonthPage, Named, Profile, StoryPage } from "./published.ts";
import type { Live } from "./article.ts";

// Cache tags. A page carries one for everything it shows; a public act names those of everything it changed.
// Only `[a-z0-9:_-]` goes into a tag: the platform drops others without a word.

/** Everything every page shows: the settings and the sections in the masthead. */
const SITE = "site";

/** The tags of a story's page or its Markdown twin. */
export async function storyTags(
  path: string,
  { story, older, newer, latest }: StoryPage,
): Promise<string[]> {
  const cards = [older, newer, ...latest].filter((card) => card !== null);
  return tagList(
    await pathTag(path),
    `story:${story.id}`,
    `section:${story.section.slug}`,
    `rail:${story.section.slug}`,
    ...namesOf("author", story.authors),
    ...namesOf("tag", story.tags),
    ...cards.flatMap(cardTags),
    ...story.translations.map(({ id }) => `card:${id}`),
  );
}

/** The tags of the front page and the recent pages behind it. */
export async function frontTags(path: string, front: Front): Promise<string[]> {
  const { lead, pinned, others } = front;
  const cards = [lead, ...pinned, ...front.cards, ...others].filter((card) => card !== null);
  return tagList(await pathTag(path), "list:front", ...cards.flatMap(cardTags));
}

/** The tags of a section's, an author's or a tag's page. */
export async function listTags(
  path: string,
  kind: "section" | "author" | "tag",
  subject: Named | Profile,
  listing: Listing,
): Promise<string[]> {
  const own = `${kind}:${subject.slug}`;
  return tagList(await pathTag(path), own, `list:${own}`, ...listing.cards.flatMap(cardTags));
}

/** The tags of the list of months. */
export async function archiveTags(path: string): Promise<string[]> {
  return tagList(await pathTag(path), "list:months");
}

/** The tags of a month's page. */
export async function monthTags(path: string, page: MonthPage): Promise<string[]> {
  return tagList(
    await pathTag(path),
    `month:${page.month}`,
    "list:months",
    ...page.cards.flatMap(cardTags),
  );
}

/** The tags of a page that is not there: gone, moved or never was. */
export async function absenceTags(path: string): Promise<string[]> {
  return tagList(await pathTag(path));
}

/** The tag of one path, whatever stands there: base32 of its SHA-256, since paths have characters that tags may not. */
export async function pathTag(path: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(path));
  return `path:${base32(new Uint8Array(digest))}`;
}

/** The tags of a picture's addresses: it is taken down, or comes and goes with the stories that show it. */
export async function mediaTags(path: string, hash: string): Promise<string[]> {
  return [await pathTag(path), mediaTag(hash)].sort();
}

/** The tag of one picture, in every form. */
export function mediaTag(hash: string): string {
  return `media:${hash}`;
}

/** The tags of every page that a story's coming, change or going touches, given its rows before and after. */
export async function purgeSet(before: Live | null, after: Live | null): Promise<string[]> {
  const tags: string[] = [];
  for (const live of [before, after]) {
    if (!live) continue;
    tags.push(
      `story:${live.articleId}`,
      `card:${live.articleId}`,
      await pathTag(live.path),
      "list:front",
      `list:section:${live.section}`,
      `rail:${live.section}`,
      `month:${live.month}`,
      "list:months",
      ...live.authors.map((slug) => `list:author:${slug}`),
      ...live.tags.map((slug) => `list:tag:${slug}`),
    );
  }
  // Readers get only pictures of live stories: one that comes had an address that answered 404.
  const shown = [before?.pictures ?? [], after?.pictures ?? []];
  const both = new Set(shown[0]?.filter((hash) => shown[1]?.includes(hash)));
  tags.push(
    ...shown
      .flat()
      .filter((hash) => !both.has(hash))
      .map(mediaTag),
  );
  return [...new Set(tags)].sort();
}

function cardTags(card: Card): string[] {
  return [`card:${card.id}`, `section:${card.section.slug}`, ...namesOf("author", card.authors)];
}

function namesOf(kind: string, names: Named[]): string[] {
  return names.map(({ slug }) => `${kind}:${slug}`);
}

function tagList(...tags: string[]): string[] {
  return [...new Set([SITE, ...tags])].sort();
}

/** What a picture is kept under: 160 bits of the SHA-256 of its bytes, in base32. */
export async function hashOfPicture(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes.slice());
  return base32(new Uint8Array(digest).subarray(0, 20));
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

function base32(bytes: Uint8Array): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(buffer >> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(buffer << (5 - bits)) & 31] : text;
}
