import { articlePath, pagePath } from "../../domain/paths.ts";
import type { Issue } from "../../domain/problem.ts";
import { slugify } from "../folder/spelling.ts";
import type { StoryFile } from "../folder/story-file.ts";

/** Where a story or a page will be, or null when that is for the site to say. */
export function addressOf({ form, section, slug, title }: Record<string, unknown>): string | null {
  const last = typeof slug === "string" ? slug : slugify(typeof title === "string" ? title : "");
  if (form === "page") return last === "" ? null : pagePath(last);
  return typeof section === "string" && last !== "" ? articlePath(section, last) : null;
}

/** A former address that is the present one leads nowhere. */
export function withoutOwnAddress(story: StoryFile): StoryFile {
  const { redirectFrom } = story.fields;
  if (!Array.isArray(redirectFrom)) return story;
  const address = addressOf(story.fields);
  const others = redirectFrom.filter((path) => path !== address);
  return { ...story, fields: { ...story.fields, redirectFrom: others } };
}

/**
 * The addresses that a folder's stories write. The site refuses the second of two, which a dry run has to know by
 * itself; one that nobody wrote makes room.
 */
export class Addresses {
  readonly #holders = new Map<string, string>();

  claim({ file, fields }: StoryFile): Issue[] {
    const address = addressOf(fields);
    if (address === null || typeof fields["slug"] !== "string") return [];
    const holder = this.#holders.get(address);
    if (holder === undefined) {
      this.#holders.set(address, file);
      return [];
    }
    const message = `${address} is the address of ${holder} already; write another slug`;
    return [{ path: "slug", message }];
  }
}
