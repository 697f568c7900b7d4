import { BARE, bow, disc, gouge, INK, inside, line, path, rect, shape, tone } from "./marks.ts";
import type { Point } from "./marks.ts";

/** The highest tides of the next winters as a chart: a fortnight of the gauge, spring to neap to spring; 1,600 by 1,067. */
export function drawTides(): string {
  const rows = 15;
  const made: string[] = [];
  for (let day = 0; day < rows; day += 1) {
    const base = 250 + day * 52;
    const spring = 0.5 + 0.5 * Math.cos((day / (rows - 1)) * 2 * Math.PI);
    const reach = 34 + 108 * spring;
    const points = Array.from({ length: 161 }, (_, index): Point => {
      const hours = (index / 160) * 24 - day * 0.81;
      const tide =
        Math.cos((hours / 12.42) * 2 * Math.PI) + 0.09 * Math.cos((hours / 24.84) * 2 * Math.PI);
      return [260 + index * 7.6, base - reach * tide];
    });
    const limit = base - 112;
    const area: Point[] = [...points, [1476, 1016], [260, 1016]];
    made.push(shape(area, day % 2 === 0 ? tone(0, 0, 0.85) : BARE));
    const above = points.filter(([, y]) => y < limit);
    if (above.length > 0) {
      for (const part of parts(points, limit)) made.push(shape(part, tone(0, 1, 0)));
    }
    made.push(
      bow(
        points.filter((_, index) => index % 4 === 0),
        INK,
        6,
      ),
    );
    // A fortnight: from new moon to full, with the neap tides at the half between.
    made.push(moon(150, base - 6, day / (rows - 1) / 2));
    made.push(
      line(
        [
          [226, base],
          [244, base],
        ],
        INK,
        5,
      ),
    );
  }
  return [
    rect(0, 0, 1600, 1067, BARE),
    inside("days", "M90 60H1500V1016H90Z", made.join("")),
    [0, 6, 12, 18, 24]
      .map((hour) =>
        line(
          [
            [260 + (hour / 24) * 1216, 1016],
            [260 + (hour / 24) * 1216, 1046],
          ],
          INK,
          6,
        ),
      )
      .join(""),
    line("260,1016 1476,1016", INK, 6),
    gouge([1380, 96], [1476, 96], 9, tone(0, 1, 0)),
    disc(1510, 96, 15, tone(0, 1, 0)),
  ].join("");
}

/** The pieces of a line that lie above a height, each closed along it. */
function parts(points: readonly Point[], limit: number): Point[][] {
  const found: Point[][] = [];
  let open: Point[] = [];
  for (const point of points) {
    if (point[1] < limit) open.push(point);
    else if (open.length > 0) {
      found.push(open);
      open = [];
    }
  }
  if (open.length > 0) found.push(open);
  return found.map((part) => [[part[0]?.[0] ?? 0, limit], ...part, [part.at(-1)?.[0] ?? 0, limit]]);
}

/** The moon's face: new at 0, full at a half, new again at 1. */
function moon(x: number, y: number, phase: number): string {
  const lit = Math.cos(phase * 2 * Math.PI);
  const sweep = phase < 0.5 ? 1 : 0;
  const half = `M${x} ${y - 21}A21 21 0 0 ${sweep} ${x} ${y + 21}A${Math.abs(lit) * 21} 21 0 0 ${lit > 0 === phase < 0.5 ? 0 : 1} ${x} ${y - 21}Z`;
  return disc(x, y, 24, INK) + path(half, tone(0, 0.1, 0.3));
}
