import type { Chance } from "./chance.ts";
import { line, path, rect, shape } from "./marks.ts";
import type { Point } from "./marks.ts";

// What a harbour town is built of. Places and sizes are in pixels of the page.

/** A ridge that rises and falls, as points from the left edge to the right. */
export function ridge(
  chance: Chance,
  {
    from,
    to,
    width,
    rough,
    steps = 26,
  }: { from: number; to: number; width: number; rough: number; steps?: number },
): Point[] {
  const [first, second] = [chance.between(0, 6), chance.between(0, 6)];
  return Array.from({ length: steps + 1 }, (_, index): Point => {
    const share = index / steps;
    const wave = Math.sin(share * 5 + first) * 0.6 + Math.sin(share * 13 + second) * 0.28;
    return [share * width, from + (to - from) * share + rough * (wave + chance.between(-0.1, 0.1))];
  });
}

/** What a house is made of. */
export interface HouseTones {
  wall: string;
  shade: string;
  roof: string;
  dark: string;
  lit: string;
}

/** A narrow house from the front: gable or parapet, rows of windows, a share of them lit. */
export function house(
  chance: Chance,
  {
    x,
    ground,
    width,
    height,
    tones,
    lit = 0.25,
    door = true,
  }: {
    x: number;
    ground: number;
    width: number;
    height: number;
    tones: HouseTones;
    lit?: number;
    door?: boolean;
  },
): string {
  const top = ground - height;
  const peak = width * chance.between(0.42, 0.75);
  const kind = chance.whole(0, 2);
  const roof =
    kind === 0
      ? shape(
          [
            [x - 4, top],
            [x + width / 2, top - peak],
            [x + width + 4, top],
          ],
          tones.roof,
        )
      : kind === 1
        ? shape(
            [
              [x - 5, top],
              [x + width * 0.1, top - peak * 0.62],
              [x + width * 0.9, top - peak * 0.62],
              [x + width + 5, top],
            ],
            tones.roof,
          )
        : shape(steps(x, top, width, peak), tones.wall);
  const chimney = rect(
    x + width * chance.between(0.12, 0.7),
    top - peak * 0.9,
    width * 0.14,
    peak * 0.7,
    tones.shade,
  );
  const columns = Math.max(2, Math.round(width / 46));
  const rows = Math.max(1, Math.floor((height - 30) / 62));
  const glass: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (door && row === rows - 1 && column === columns - 1) continue;
      const wide = (width / columns) * 0.5;
      const high = Math.min(40, (height / rows) * 0.56);
      const left = x + (width / columns) * (column + 0.25);
      const up = top + 18 + row * ((height - 14) / rows);
      const fill = chance.often(lit) ? tones.lit : tones.dark;
      glass.push(
        rect(left, up, wide, high, fill) +
          line(
            [
              [left + wide / 2, up],
              [left + wide / 2, up + high],
            ],
            tones.wall,
            2.4,
          ) +
          line(
            [
              [left, up + high * 0.45],
              [left + wide, up + high * 0.45],
            ],
            tones.wall,
            2.4,
          ),
      );
    }
  }
  const way = door
    ? rect(x + width * (1 - 0.8 / columns), ground - 46, (width / columns) * 0.55, 46, tones.dark)
    : "";
  const side = shape(
    [
      [x + width * 0.86, top],
      [x + width, top],
      [x + width, ground],
      [x + width * 0.86, ground],
    ],
    tones.shade,
  );
  return chimney + roof + rect(x, top, width, height + 2, tones.wall) + side + glass.join("") + way;
}

function steps(x: number, top: number, width: number, peak: number): Point[] {
  const up = peak / 4;
  const inward = width / 8;
  const left: Point[] = [0, 1, 2, 3].flatMap((step): Point[] => [
    [x + step * inward, top - step * up],
    [x + step * inward, top - (step + 1) * up],
  ]);
  const right = left.map(([px, py]): Point => [2 * x + width - px, py]).toReversed();
  return [...left, ...right];
}

/** A church with a square tower and a clock; `x` is the tower's middle, `size` its width. */
export function church(x: number, ground: number, size: number, tones: HouseTones): string {
  const high = size * 3.1;
  const nave = size * 2.6;
  return (
    shape(
      [
        [x, ground - size * 1.5],
        [x + nave * 0.5, ground - size * 2.2],
        [x + nave, ground - size * 1.5],
        [x + nave, ground],
        [x, ground],
      ],
      tones.wall,
    ) +
    shape(
      [
        [x, ground - size * 1.45],
        [x + size * 0.4, ground - size * 2.2],
        [x + nave * 0.86, ground - size * 2.2],
        [x + nave + size * 0.12, ground - size * 1.45],
      ],
      tones.roof,
    ) +
    [0.9, 1.45, 2]
      .map((at) => arch(x + size * at, ground - size * 0.28, size * 0.24, size * 0.75, tones.lit))
      .join("") +
    rect(x - size / 2, ground - high, size, high, tones.wall) +
    rect(x + size * 0.24, ground - high, size * 0.26, high, tones.shade) +
    shape(
      [
        [x - size * 0.6, ground - high],
        [x, ground - high - size * 1.9],
        [x + size * 0.6, ground - high],
      ],
      tones.roof,
    ) +
    line(
      [
        [x, ground - high - size * 1.8],
        [x, ground - high - size * 2.35],
      ],
      tones.roof,
      size * 0.07,
    ) +
    line(
      [
        [x - size * 0.15, ground - high - size * 2.15],
        [x + size * 0.15, ground - high - size * 2.15],
      ],
      tones.roof,
      size * 0.06,
    ) +
    arch(x, ground - high + size * 0.75, size * 0.34, size * 0.62, tones.dark)
  );
}

/** A window with a round head, standing on `y`. */
export function arch(x: number, y: number, width: number, height: number, fill: string): string {
  const half = width / 2;
  return path(
    `M${x - half} ${y}V${y - height + half}A${half} ${half} 0 0 1 ${x + half} ${y - height + half}V${y}Z`,
    fill,
  );
}
