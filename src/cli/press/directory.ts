import { RESERVED, SLUG } from "../../domain/paths.ts";
import type { Issue } from "../../domain/problem.ts";
import { slugify } from "../folder/spelling.ts";
import { isMapping } from "../folder/fields.ts";
import type { Entry, Folder } from "../folder/folder.ts";
import type { Newsroom } from "./newsroom-api.ts";
import type { StoryFile } from "../folder/story-file.ts";

/** What a story must be filed under, and what else has a file of its own. */
type FiledUnder = "sections" | "authors";
export type List = FiledUnder | "tags";

/** Who and what the site has, by slug, with names. Asked once, and only when it matters. */
export class Directory {
  readonly #newsroom: Newsroom;
  readonly #folder: Folder;
  readonly #known = new Map<List, Map<string, string>>();

  constructor(newsroom: Newsroom, folder: Folder) {
    this.#newsroom = newsroom;
    this.#folder = folder;
  }

  /** What the site itself has. */
  async onSite(list: List): Promise<Map<string, string>> {
    const asked = this.#known.get(list);
    if (asked) return asked;
    const found = new Map<string, string>();
    for (let cursor: unknown = ""; typeof cursor === "string";) {
      const page = await pageOf(
        this.#newsroom,
        `/${list}?limit=100${cursor && `&cursor=${cursor}`}`,
      );
      for (const { slug, name } of page.items) found.set(String(slug), String(name));
      cursor = page.next;
    }
    this.#known.set(list, found);
    return found;
  }

  /** The slug of the entry with this slug or name, or null when neither the folder nor the site has one. */
  async find(list: List, written: string): Promise<string | null> {
    const inFolder = new Map(
      this.#folder[list].map(({ slug, fields }) => [slug, String(fields["name"])]),
    );
    return match(inFolder, written) ?? match(await this.onSite(list), written);
  }

  /** Whether the folder's own file has an entry with this slug. */
  has(list: List, slug: string): boolean {
    return this.#folder[list].some((entry) => entry.slug === slug);
  }
}

/** A page of one of the API's lists. */
export async function pageOf(
  newsroom: Newsroom,
  list: string,
): Promise<{ items: Record<string, unknown>[]; next: unknown }> {
  const response = await newsroom.call("GET", list);
  const body = response.ok && isMapping(response.body) ? response.body : {};
  return {
    items: Array.isArray(body["items"]) ? body["items"].filter(isMapping) : [],
    next: body["next"],
  };
}

function match(known: Map<string, string>, written: string): string | null {
  if (known.has(written)) return written;
  const wanted = written.toLowerCase();
  const named = [...known].find(([, name]) => name.toLowerCase() === wanted);
  const slug = slugify(written);
  return named?.[0] ?? (known.has(slug) ? slug : null);
}

/** How references are resolved. */
export interface Resolving {
  /** Whether sections and authors that do not exist are to be made. */
  make: boolean;
  /** Whether to look for every one of them, rather than leaving it to the site to refuse what it does not know. */
  checkAll: boolean;
}

/** Puts slugs in place of the names in a story; sections and authors that are to be made go to `missing`. */
export async function resolve(
  story: StoryFile,
  directory: Directory,
  { make, checkAll }: Resolving,
  missing: Record<FiledUnder, Map<string, Entry>>,
): Promise<{ fields: Record<string, unknown>; issues: Issue[] }> {
  const issues: Issue[] = [];
  const slugFor = async (list: FiledUnder, written: string, path: string) => {
    if (directory.has(list, written)) return written;
    if (SLUG.test(written) && !make && !checkAll) return written;
    const found = await directory.find(list, written);
    if (found !== null) return found;
    const slug = slugify(written);
    const problem = problemOf(list, written, slug, make);
    if (problem !== null) issues.push({ path, message: problem });
    else missing[list].set(slug, { slug, fields: { name: nameOf(list, written) } });
    return slug;
  };
  const { section, authors } = story.fields;
  const fields = { ...story.fields };
  if (typeof section === "string")
    fields["section"] = await slugFor("sections", section, "section");
  if (Array.isArray(authors)) {
    const slugs: string[] = [];
    for (const [index, author] of authors.entries())
      slugs.push(await slugFor("authors", String(author), `authors.${index}`));
    fields["authors"] = [...new Set(slugs)];
  }
  return { fields, issues };
}

function problemOf(list: FiledUnder, written: string, slug: string, make: boolean): string | null {
  const one = list === "sections" ? "section" : "author";
  if (slug === "")
    return `"${written}" has no letters that an address can be made of: write the ${one} into ${list}.yaml`;
  if (list === "sections" && RESERVED.has(slug))
    return `"${slug}" is a page of the site itself; --map section=… or --ignore says where else the section stands`;
  if (make) return null;
  return `there is no ${one} "${written}", in ${list}.yaml or on the site; --make makes those that stories name`;
}

/** A name for what is known by its slug only: jane-doe is Jane Doe. */
function nameOf(list: FiledUnder, written: string): string {
  if (!SLUG.test(written)) return written;
  const spaced = written.replaceAll("-", " ");
  return list === "authors"
    ? spaced.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())
    : spaced.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
