import type { Chance } from "./chance.ts";
import { BARE, cuts, disc, gouge } from "./marks.ts";
import type { Point } from "./marks.ts";

// What is in the air.

/** Rain or sleet over a box: long thin cuts at a slant. */
export function rain(
  chance: Chance,
  box: readonly [number, number, number, number],
  {
    angle,
    fill,
    much = 0.5,
    length = 70,
    width = 2,
  }: { angle: number; fill: string; much?: number; length?: number; width?: number },
): string {
  return cuts(chance, { box, angle, length, gap: length * 0.55, width, fill, keep: () => much });
}

/** The night sky's stars as small cuts of bare paper. */
export function stars(
  chance: Chance,
  box: readonly [number, number, number, number],
  count: number,
): string {
  const [x, y, width, height] = box;
  return Array.from({ length: count }, () => {
    const at: Point = [x + chance.next() * width, y + chance.next() * height];
    return gouge([at[0] - 5, at[1]], [at[0] + 5, at[1]], chance.between(1.5, 3.5), BARE);
  }).join("");
}

/** A plume of smoke or steam as overlapping rounds, from its source upwards. */
export function plume(
  chance: Chance,
  [x, y]: Point,
  {
    drift,
    rise,
    count,
    size,
    fill,
  }: { drift: number; rise: number; count: number; size: number; fill: string },
): string {
  return Array.from({ length: count }, (_, index) => {
    const share = index / count;
    return disc(
      x + drift * share + chance.between(-0.3, 0.3) * size,
      y - rise * share + chance.between(-0.2, 0.2) * size,
      size * (0.35 + share) * chance.between(0.8, 1.1),
      fill,
    );
  }).join("");
}
