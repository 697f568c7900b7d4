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

/** Ends what is open in the tree, which is changed; `isOwnBlock` knows the blocks that Markdown wrote. */
export function endOpenElements(
  root: Parent,
  isOwnBlock: (element: Element) => boolean,
): OpenElements {
  const closed = closedTags(root);
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

  /** Cuts off the first block of Markdown and what follows it; null when there is none. */
  function cut(parent: Parent): Child[] | null {
    const children = parent.childNodes;
    for (const [index, child] of children.entries()) {
      if (!("attrs" in child)) continue;
      if (isOwnBlock(child) || (closed.has(startOf(child) ?? -1) && holdsBlock(child)))
        return children.splice(index);
      const inner = cut(contentOf(child));
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
      if (open) noteStart(child, block);
      const rest = open && !isWhole ? cut(contentOf(child)) : null;
      if (rest) {
        ended.add(child);
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
