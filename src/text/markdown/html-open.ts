import { VOID } from "./allowed.ts";
import { contentOf, type Child, type Element, type Parent } from "./html-tree.ts";

// What an author opened and never closed ends before the next block of Markdown: browsers would let it take the rest.

/** Elements whose end tag may be left out: another tag ends them (HTML, section 13.1.2.4). */
const ENDED_BY_OTHERS = new Set(
  "body caption colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr".split(
    " ",
  ),
);

/** What became of elements that were never closed. */
export interface OpenElements {
  /** Those that ended before a block. */
  ended: ReadonlySet<Element>;
  /** Emphasis that the parser opened again in a later block, since nothing had closed it. */
  reopened: ReadonlySet<Element>;
}

/**
 * Ends what is open in the tree, which is changed. `markup` is what the tree was read from: the parser passes over some end
 * tags that an author wrote. `isOwnBlock` knows the blocks that Markdown wrote.
 */
export function endOpenElements(
  root: Parent,
  markup: string,
  isOwnBlock: (element: Element) => boolean,
): OpenElements {
  const closed = closedTags(root);
  const ends = endTags(markup);
  const ended = new Set<Element>();
  const reopened = new Set<Element>();
  /** The block in which each start tag was met first. */
  const met = new Map<number, Element | null>();
  const startOf = (element: Element) => element.sourceCodeLocation?.startOffset;
  const isOpen = (element: Element) => {
    const start = startOf(element);
    const { tagName } = element;
    // What has no place was made by the parser, which also ended it.
    return (
      start !== undefined &&
      !closed.has(start) &&
      !VOID.has(tagName) &&
      !ENDED_BY_OTHERS.has(tagName)
    );
  };

  /** Cuts off the first block of Markdown after a place in the markup, and what follows it; null when there is none. */
  function cut(parent: Parent, from: number): Child[] | null {
    const children = parent.childNodes;
    for (const [index, child] of children.entries()) {
      if (!("attrs" in child)) continue;
      const start = startOf(child) ?? -1;
      if (start >= from && (isOwnBlock(child) || (closed.has(start) && holdsBlock(child))))
        return children.splice(index);
      if (isOwnBlock(child)) continue;
      const inner = cut(contentOf(child), from);
      if (inner) return [...inner, ...children.splice(index + 1)];
    }
    return null;
  }

  function holdsBlock(parent: Element): boolean {
    return contentOf(parent).childNodes.some(
      (child) => "attrs" in child && (isOwnBlock(child) || holdsBlock(child)),
    );
  }

  /** `isWhole` says that no open element around it holds a block any more. */
  function walk(parent: Parent, block: Element | null, isWhole: boolean): void {
    for (let index = 0; index < parent.childNodes.length; index += 1) {
      const child = parent.childNodes[index];
      if (!child || !("attrs" in child)) continue;
      if (isOwnBlock(child)) {
        walk(child, child, isWhole);
        continue;
      }
      const open = isOpen(child);
      const end = ends.get(startOf(child) ?? -1);
      if (open && end === undefined) noteStart(child, block);
      const rest = open && !isWhole ? cut(contentOf(child), end ?? 0) : null;
      if (rest) {
        if (end === undefined) ended.add(child);
        for (const each of rest) each.parentNode = parent;
        parent.childNodes = parent.childNodes
          .slice(0, index + 1)
          .concat(rest, parent.childNodes.slice(index + 1));
      }
      walk(contentOf(child), block, isWhole || open);
    }
  }

  function noteStart(element: Element, block: Element | null): void {
    const start = startOf(element) ?? -1;
    if (!met.has(start)) met.set(start, block);
    else if (met.get(start) !== block) reopened.add(element);
  }

  walk(root, null, false);
  return { ended, reopened };
}

/** Where the start tags stand that have an end tag: of emphasis, one of all the times that it was opened again is enough. */
function closedTags(root: Parent): ReadonlySet<number> {
  const closed = new Set<number>();
  const look = (parent: Parent) => {
    for (const child of parent.childNodes) {
      if (!("attrs" in child)) continue;
      const place = child.sourceCodeLocation;
      if (place?.endTag) closed.add(place.startOffset);
      look(contentOf(child));
    }
  };
  look(root);
  return closed;
}

/** A tag with its attributes, in which what looks like one is none. */
const TAG = /<(\/?)([a-z][^\s/>]*)(?:[^<>"']|"[^"]*"|'[^']*')*/gi;

/** Where the end tag of each start tag stands, if it has one: each ends the last of its name that is open. */
function endTags(markup: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open = new Map<string, number[]>();
  for (const { 1: slash, 2: name = "", index } of markup.matchAll(TAG)) {
    const starts = open.get(name.toLowerCase()) ?? [];
    open.set(name.toLowerCase(), starts);
    if (slash === "") starts.push(index);
    else {
      const start = starts.pop();
      if (start !== undefined) ends.set(start, index);
    }
  }
  return ends;
}
