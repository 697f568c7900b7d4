import { SLUG_LENGTH } from "../../domain/paths.ts";
import { slugify } from "./spelling.ts";
import type { FileNote } from "./findings.ts";
import { slugOf } from "./foreign-fields.ts";
import type { StoryFile } from "./story-file.ts";

/**
 * Gives stories addresses of their own where their former ones differed by the date or by the file's name: a column
 * that was at /2024/05/14/council and /2024/06/11/council. The first keeps the slug; what was written as one, always.
 */
export function separateSlugs(stories: StoryFile[]): FileNote[] {
  const sharing = new Map<string, StoryFile[]>();
  for (const story of stories) {
    const slug = slugIn(story);
    if (slug === "") continue;
    const address = `${String(story.fields["section"])}/${slug}`;
    sharing.set(address, [...(sharing.get(address) ?? []), story]);
  }
  return [...sharing.values()].flatMap((group) => {
    if (group.length === 1) return [];
    const movable = group.filter(({ borrowedSlug, fields }) => borrowedSlug || !fields["slug"]);
    const keeps = movable.length < group.length ? 0 : 1;
    return movable.sort(byDate).slice(keeps).flatMap(moveAside);
  });
}

/** The slug that a story has, or that the site would make of its title. */
function slugIn({ fields }: StoryFile): string {
  const { slug, title } = fields;
  return typeof slug === "string" ? slug : slugify(typeof title === "string" ? title : "");
}

/** The day is put behind a slug that had one in its address; otherwise the file's name makes the slug. */
function moveAside(story: StoryFile): FileNote[] {
  const before = slugIn(story);
  const day = dayOf(story);
  const name = slugOf(story.key);
  const slug = story.borrowedSlug || name === before || name === "" ? withDay(before, day) : name;
  if (slug === null) return [];
  story.fields = { ...story.fields, slug };
  return [{ file: story.file, note: `its slug is ${slug}, since another story has ${before}` }];
}

function withDay(slug: string, day: string): string | null {
  if (day === "") return null;
  return `${slug.slice(0, SLUG_LENGTH - day.length - 1).replace(/-$/, "")}-${day}`;
}

/** Later stories come last, so that those of next year change nothing about those of last year. */
function byDate(one: StoryFile, other: StoryFile): number {
  return dayOf(one).localeCompare(dayOf(other)) || one.key.localeCompare(other.key, "en");
}

function dayOf({ fields }: StoryFile): string {
  const { publishedAt } = fields;
  return typeof publishedAt === "string" ? publishedAt.slice(0, 10) : "";
}
