import { signal } from "@preact/signals";
import type { TargetedDragEvent } from "preact";

// Stories that are dragged with a pointer. Whatever this does the cards' menus do, too.

/** The story that is in the air. */
const dragged = signal<string | null>(null);

/** Where it would land: a place's name, and before which of its cards. */
export const landing = signal<{ list: string; at: number } | null>(null);

/** What makes an element one that can be dragged. */
export function drags(story: string, isAllowed: boolean) {
  if (!isAllowed) return {};
  return {
    draggable: true,
    onDragStart: (event: TargetedDragEvent<HTMLElement>) => {
      event.dataTransfer?.setData("text/plain", story);
      if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
      dragged.value = story;
    },
    onDragEnd: end,
  };
}

/** What makes an element take stories; `at` says before which card one would land. */
export function takes(
  list: string,
  {
    at,
    canTake,
    onDrop,
  }: {
    at: (event: TargetedDragEvent<HTMLElement>) => number;
    canTake: (story: string) => boolean;
    onDrop: (story: string, at: number) => void;
  },
) {
  return {
    onDragOver: (event: TargetedDragEvent<HTMLElement>) => {
      const story = dragged.value;
      if (story === null || !canTake(story)) return;
      event.preventDefault();
      event.stopPropagation();
      const next = { list, at: at(event) };
      if (landing.value?.list !== list || landing.value.at !== next.at) landing.value = next;
    },
    onDragLeave: (event: TargetedDragEvent<HTMLElement>) => {
      const { currentTarget, relatedTarget } = event;
      if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget)))
        landing.value = null;
    },
    onDrop: (event: TargetedDragEvent<HTMLElement>) => {
      const story = dragged.value;
      if (story === null) return;
      event.preventDefault();
      event.stopPropagation();
      const to = at(event);
      end();
      onDrop(story, to);
    },
  };
}

/** Before which of a list's cards the pointer is, as they stand on the screen. */
export function positionIn(event: TargetedDragEvent<HTMLElement>): number {
  const cards = [...event.currentTarget.querySelectorAll<HTMLElement>(":scope > .card")];
  const isRightToLeft = document.documentElement.dir === "rtl";
  const before = cards.findIndex((card) => {
    const { top, bottom, left, width, height } = card.getBoundingClientRect();
    if (event.clientY < top) return true;
    if (event.clientY > bottom) return false;
    const isAlone = width > event.currentTarget.clientWidth * 0.6;
    if (isAlone) return event.clientY < top + height / 2;
    const middle = left + width / 2;
    return isRightToLeft ? event.clientX > middle : event.clientX < middle;
  });
  return before === -1 ? cards.length : before;
}

function end(): void {
  dragged.value = null;
  landing.value = null;
}
