import type { Chance } from "./chance.ts";
import {
  BARE,
  bow,
  cuts,
  disc,
  gouge,
  HEIGHT,
  INK,
  line,
  oval,
  path,
  place,
  rect,
  stroke,
  tone,
  WIDTH,
} from "./marks.ts";
import type { Point } from "./marks.ts";
import { dinghy } from "./things.ts";

/** The gig race from above: three boats and eighteen oars. */
export function drawGigs(chance: Chance): string {
  const crews = [
    { at: [560, 300] as Point, hull: tone(0, 1, 0), size: 1.06 },
    { at: [930, 560] as Point, hull: BARE, size: 1.12 },
    { at: [500, 830] as Point, hull: tone(1), size: 1.08 },
  ];
  return [
    rect(0, 0, WIDTH, HEIGHT, tone(0, 0, 1)),
    cuts(chance, {
      box: [-40, -20, WIDTH + 80, HEIGHT + 40],
      angle: (x, y) => -14 + 24 * Math.sin(x / 200 + y / 110),
      length: 86,
      gap: 34,
      width: 8,
      fill: INK,
      keep: (x, y) => 0.2 + 0.35 * Math.sin(x / 150 - y / 95),
    }),
    cuts(chance, {
      box: [-40, -20, WIDTH + 80, HEIGHT + 40],
      angle: (x, y) => -14 + 24 * Math.sin(x / 200 + y / 110),
      length: 58,
      gap: 52,
      width: 5,
      fill: BARE,
      keep: (x, y) => 0.1 + 0.22 * Math.sin(x / 170 - y / 120),
    }),
    crews.map(({ at, hull, size }) => place(at, gig(chance, hull), { turn: -14, size })).join(""),
    place(
      [1430, 190],
      disc(0, 0, 58, INK) +
        disc(0, 0, 50, tone(0, 1, 0)) +
        disc(0, 0, 26, BARE) +
        disc(0, 0, 14, tone(0, 1, 0)) +
        stroke("M-90 24Q-50 70 0 74T92 24", BARE, 7),
    ),
    place([1330, 930], dinghy(INK, BARE, tone(0, 1, 0)), { turn: 0, size: 1.1 }),
    gullAbove(210, 170, 1.2),
    gullAbove(330, 110, 0.8),
  ].join("");
}

/** A six-oared gig from above, its bow to the right, 700 long. */
function gig(chance: Chance, hull: string): string {
  const oars = Array.from({ length: 6 }, (_, index) => {
    const x = -190 + index * 76;
    const side = index % 2 === 0 ? 1 : -1;
    const end: Point = [x - 74, side * 206];
    return (
      line([[x + 16, side * -10], end], INK, 11) +
      line([[x + 16, side * -10], end], tone(0, 0.3, 0.2), 5) +
      place(
        end,
        `<rect x="-9" y="-26" width="18" height="60" rx="8" fill="${BARE}"/><rect x="-9" y="-26" width="18" height="60" rx="8" fill="none" stroke="${INK}" stroke-width="4"/>`,
        { turn: side > 0 ? 22 : 158 },
      ) +
      `<ellipse cx="${end[0] - 6}" cy="${end[1] + side * 22}" rx="42" ry="19" fill="none" stroke="${BARE}" stroke-width="6"/>` +
      disc(end[0] - 96, end[1] + side * 24, 13, "none") +
      `<ellipse cx="${end[0] - 120}" cy="${end[1] + side * 20}" rx="26" ry="11" fill="none" stroke="${BARE}" stroke-width="4"/>`
    );
  });
  const crew = Array.from({ length: 6 }, (_, index) => {
    const x = -190 + index * 76;
    return (
      oval(x + 14, 0, 24, 36, index % 2 === 0 ? tone(0, 1, 0) : tone(0, 0.15, 0.3)) +
      stroke(`M${x + 8} -26L${x - 16} ${index % 2 === 0 ? 10 : -10}L${x + 8} 26`, INK, 9) +
      disc(x + 24, 0, 18, INK) +
      gouge([x + 18, -8], [x + 32, 4], 4, BARE)
    );
  });
  const wake = [-1, 1].flatMap((side) =>
    [0, 1, 2].map((index) =>
      gouge(
        [330 - index * 80, side * (26 + index * 34)],
        [-420 - index * 60, side * (120 + index * 40)],
        6 - index,
        BARE,
        side * -26,
      ),
    ),
  );
  return [
    wake.join(""),
    cuts(chance, {
      box: [-620, -60, 260, 120],
      angle: 0,
      length: 60,
      gap: 16,
      width: 6,
      fill: BARE,
      keep: () => 0.6,
    }),
    path("M-350 0Q-330 -62 -120 -66Q180 -66 352 0Q180 66 -120 66Q-330 62 -350 0Z", INK),
    path("M-336 0Q-318 -50 -118 -54Q170 -54 330 0Q170 54 -118 54Q-318 50 -336 0Z", hull),
    path("M-310 0Q-296 -36 -116 -40Q150 -40 290 0Q150 40 -116 40Q-296 36 -310 0Z", INK),
    [-210, -134, -58, 18, 94, 170, 244]
      .map((x) => rect(x, -38, 15, 76, tone(0, 0.35, 0.2)))
      .join(""),
    oars.join(""),
    crew.join(""),
    disc(-274, 0, 18, INK),
    bow("-320,-14 -350,-4 -372,0", INK, 8),
  ].join("");
}

function gullAbove(x: number, y: number, size: number): string {
  return place(
    [x, y],
    path(
      "M0 -8Q-50 -40 -110 -18Q-60 -10 -8 14L-18 60L0 48L18 60L8 14Q60 -10 110 -18Q50 -40 0 -8Z",
      BARE,
    ) +
      path("M-110 -18L-78 -26L-84 -14ZM110 -18L78 -26L84 -14Z", INK) +
      path("M-6 -8L0 -28L6 -8Z", tone(0, 1, 0)),
    { size, turn: 24 },
  );
}
