import type { Chance } from "./chance.ts";
import { gouge, shape } from "./marks.ts";
import type { Point } from "./marks.ts";

// Water, rough and still. Places and sizes are in pixels of the page.

/** A line of crests from side to side. `peaked` waves are sharp at the top, as in a print. */
function crest(
  chance: Chance,
  { y, width, height, length }: { y: number; width: number; height: number; length: number },
): Point[] {
  const points: Point[] = [];
  const start = chance.between(-length, 0);
  for (let x = start; x < width + length;) {
    const long = length * chance.between(0.7, 1.3);
    const high = height * chance.between(0.55, 1.15);
    for (let step = 0; step < 1; step += 0.1) {
      // The back of a wave is long, its face short: shift the crest to the right.
      const share = step ** 1.35;
      points.push([x + step * long, y - high * (1 - Math.abs(Math.sin(Math.PI * (share + 0.5))))]);
    }
    x += long;
  }
  return points;
}

/** A band of sea: dark body, a light edge under each crest, and cuts that follow the water. */
export function swell(
  chance: Chance,
  {
    y,
    width,
    bottom,
    height,
    length,
    body,
    cut,
  }: {
    y: number;
    width: number;
    bottom: number;
    height: number;
    length: number;
    body: string;
    cut: string;
  },
): string {
  const top = crest(chance, { y, width, height, length });
  const edges = [0.35, 0.8, 1.35].map((down, index) => {
    const pieces: string[] = [];
    for (let at = 0; at + 7 < top.length; at += chance.whole(5, 9)) {
      if (chance.often(0.18 + index * 0.16)) continue;
      const piece = top
        .slice(at, at + chance.whole(4, 7))
        .map(([px, py]): Point => [px, py + height * down + 5]);
      const [first, last] = [piece[0], piece.at(-1)];
      if (!first || !last) continue;
      const middle = piece[Math.floor(piece.length / 2)] ?? first;
      const bend = middle[1] - (first[1] + last[1]) / 2;
      pieces.push(gouge(first, last, (5.5 - index * 1.3) * (height / 40 + 0.5), cut, bend));
    }
    return pieces.join("");
  });
  const end: Point[] = [
    [width + length, bottom],
    [-length, bottom],
  ];
  return shape([...top, ...end], body) + edges.join("");
}

/** Still water: short level cuts, longer and wider towards the reader. */
export function ripples(
  chance: Chance,
  {
    top,
    bottom,
    width,
    fill,
    keep,
  }: {
    top: number;
    bottom: number;
    width: number;
    fill: string;
    keep: (x: number, y: number) => number;
  },
): string {
  const made: string[] = [];
  let y = top + 4;
  while (y < bottom) {
    const near = (y - top) / (bottom - top);
    const length = 26 + near * 120;
    for (let x = -chance.between(0, length); x < width; x += length * chance.between(0.9, 1.6)) {
      if (!chance.often(keep(x, y))) continue;
      const long = length * chance.between(0.5, 1.1);
      made.push(gouge([x, y], [x + long, y + chance.between(-2, 2)], 1.4 + near * 4.2, fill, 1.5));
    }
    y += 6 + near * 15;
  }
  return made.join("");
}

/** The path of a light on water, broken by the ripples. */
export function reflection(
  chance: Chance,
  {
    x,
    top,
    bottom,
    spread,
    fill,
  }: { x: number; top: number; bottom: number; spread: number; fill: string },
): string {
  const made: string[] = [];
  for (let y = top; y < bottom;) {
    const near = (y - top) / (bottom - top);
    const half = spread * (0.35 + near) * chance.between(0.35, 1.05);
    const off = chance.between(-0.3, 0.3) * spread * (0.3 + near);
    made.push(gouge([x + off - half, y], [x + off + half, y], 2.6 + near * 6.5, fill, 2));
    y += 7 + near * 15;
  }
  return made.join("");
}
