import { attribute, type Element, type Parent } from "./html-tree.ts";

// The names that an author gives to places in a body. Ours begin otherwise, so that none meets one of the page's own.

/** The author's ids of one body, and the links to them. */
export class AuthorIds {
  readonly #ids = new Set<string>();
  readonly #aims = new Set<string>();
  readonly #taken = new Set<string>();

  /** Finds the ids in a tree, without those of elements that are ours, and the names that links lead to. */
  find(parent: Parent, isOwn: (element: Element) => boolean): void {
    for (const child of parent.childNodes) {
      if (!("attrs" in child)) continue;
      const id = isOwn(child) ? undefined : idOf(child);
      if (id !== undefined) this.#ids.add(id);
      const aim = aimOf(attribute(child, "href"));
      if (aim !== undefined) this.#aims.add(aim);
      this.find(child, isOwn);
    }
  }

  /** Tells whether a link leads to the name. */
  isAim(id: string): boolean {
    return this.#aims.has(id);
  }

  /** A link to a place that the author named leads to the name that we gave it. */
  target(href: string): string {
    const id = aimOf(href);
    return id !== undefined && this.#ids.has(id) ? `#${encodeURI(idName(id))}` : href;
  }

  /** Takes an id for an element: false if an earlier one has it. */
  take(id: string): boolean {
    if (this.#taken.has(id)) return false;
    this.#taken.add(id);
    return true;
  }
}

/** The author's name for a place, with what may stand in one. */
export function idOf(element: Element): string | undefined {
  const name = element.tagName === "a" ? attribute(element, "name") : undefined;
  return cleanId(attribute(element, "id") ?? name);
}

function cleanId(id: string | undefined): string | undefined {
  const clean = id?.match(/[\p{L}\p{M}\p{N}_.:-]+/gu)?.join("-");
  return clean === undefined || clean === "" ? undefined : clean.slice(0, 100);
}

/** Kept apart from the ids that headings and notes have, and from those of the page around the body. */
export function idName(id: string): string {
  return `id-${id}`;
}

/** The name that a link within the page leads to. */
function aimOf(href: string | undefined): string | undefined {
  return href?.startsWith("#") ? cleanId(decoded(href.slice(1))) : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not percent-encoded UTF-8
  }
}
