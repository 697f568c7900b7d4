import type { ComponentChildren, TargetedKeyboardEvent } from "preact";
import type { Picture } from "../contract.ts";
import { say } from "../words/words.ts";
import { sourceOf } from "./sources.ts";

/** Pictures side by side; arrow keys go from one to the next, as they stand on the screen. */
export function Grid({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <ul class="grid" aria-label={label} onKeyDown={moveFocus}>
      {children}
    </ul>
  );
}

/** A picture small, and what is known and not known of it. */
export function Thumbnail({ picture }: { picture: Picture }) {
  const words = say().pictures;
  const { src, alt, decorative, caption, credit, name } = picture;
  const isDescribed = decorative || alt !== null;
  return (
    <>
      <img src={sourceOf(src, 320)} alt={alt ?? ""} loading="lazy" />
      <span class="thumbnail-name" dir="auto">
        {caption ?? name}
      </span>
      <span class="facts">
        {credit && <span dir="auto">{credit}</span>}
        {!credit && <span>{words.noCredit}</span>}
        {!isDescribed && <span class="lacks">{words.noAlt}</span>}
      </span>
    </>
  );
}

const STOPS = "a, button";

function moveFocus(event: TargetedKeyboardEvent<HTMLElement>): void {
  const { currentTarget: grid, key, target } = event;
  if (!(target instanceof HTMLElement) || !target.matches(STOPS)) return;
  const stops = [...grid.querySelectorAll<HTMLElement>(STOPS)];
  const at = stops.indexOf(target);
  const next = stops[at + stepOf(key, { stops, at })];
  if (!next || next === target) return;
  event.preventDefault();
  next.focus();
}

/** How many pictures further a key goes. */
function stepOf(key: string, { stops, at }: { stops: HTMLElement[]; at: number }): number {
  const isRightToLeft = document.documentElement.dir === "rtl";
  const top = (stop: HTMLElement | undefined) => stop?.getBoundingClientRect().top;
  const first = top(stops[0]);
  const beside = stops.findIndex((stop) => top(stop) !== first);
  const across = beside === -1 ? stops.length : beside;
  if (key === "ArrowRight") return isRightToLeft ? -1 : 1;
  if (key === "ArrowLeft") return isRightToLeft ? 1 : -1;
  if (key === "ArrowDown") return Math.min(across, stops.length - 1 - at);
  if (key === "ArrowUp") return at >= across ? -across : 0;
  if (key === "Home") return -at;
  return key === "End" ? stops.length - 1 - at : 0;
}
