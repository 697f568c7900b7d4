import type { Chance } from "./chance.ts";
import {
  BARE,
  corners,
  cuts,
  DEEP,
  disc,
  gouge,
  INK,
  inside,
  line,
  path,
  rect,
  shape,
  tone,
} from "./marks.ts";
import type { Point } from "./marks.ts";
import { gull } from "./things.ts";
import { swell } from "./water.ts";

/** The light on the Mole; 1,067 by 1,600. */
export function drawLighthouse(chance: Chance): string {
  const [wide, high] = [1067, 1600];
  const lamp: Point = [520, 420];
  const arcs: string[] = [];
  for (let radius = 150; radius < 1300; radius += 36)
    for (let turn = chance.between(0, 20); turn < 360; turn += 22 + 2600 / radius) {
      const long = chance.between(0.4, 0.8) * (2600 / radius);
      const from = ((turn - 90) * Math.PI) / 180;
      const to = ((turn + long - 90) * Math.PI) / 180;
      const at = (angle: number): Point => [
        lamp[0] + Math.cos(angle) * radius,
        lamp[1] + Math.sin(angle) * radius,
      ];
      if (chance.often(0.2)) continue;
      const [a, b] = [at(from), at(to)];
      if (a[1] > 1150) continue;
      arcs.push(
        gouge(
          a,
          b,
          6.5,
          radius < 330 ? tone(0, 0, 1) : radius < 560 ? tone(0, 0.5, 0.8) : tone(0.25, 0.4, 0.2),
          radius * (1 - Math.cos((to - from) / 2)) * -1,
        ),
      );
    }
  return [
    rect(0, 0, wide, 1200, tone(1)),
    arcs.join(""),
    shape(
      [
        [lamp[0], lamp[1] - 16],
        [lamp[0], lamp[1] + 16],
        [1167, 640],
        [1167, 380],
      ],
      tone(0, 0.03, 0.7),
    ),
    shape(
      [
        [lamp[0], lamp[1] - 16],
        [lamp[0], lamp[1] + 16],
        [-100, 380],
        [-100, 210],
      ],
      tone(0, 0.03, 0.7),
    ),
    swell(chance, {
      y: 1190,
      width: wide,
      bottom: high,
      height: 40,
      length: 150,
      body: tone(0, 0.9, 0.3),
      cut: tone(0, 0, 0.6),
    }),
    rocks(chance),
    lightTower(chance, lamp),
    swell(chance, {
      y: 1370,
      width: wide,
      bottom: high,
      height: 84,
      length: 320,
      body: tone(1),
      cut: BARE,
    }),
    swell(chance, {
      y: 1500,
      width: wide,
      bottom: high + 100,
      height: 100,
      length: 460,
      body: tone(1),
      cut: tone(0.05, 0.1, 0.85),
    }),
    gull([240, 690], 44, BARE),
    gull([820, 800], 34, BARE),
    gull([300, 780], 24, BARE),
  ].join("");
}

function rocks(chance: Chance): string {
  const outline: Point[] = [
    [120, 1420],
    [180, 1240],
    [300, 1190],
    [380, 1130],
    [520, 1120],
    [700, 1140],
    [790, 1210],
    [900, 1250],
    [980, 1420],
  ];
  return (
    shape(outline, DEEP) +
    inside(
      "rocks",
      `${corners(outline)}Z`,
      cuts(chance, {
        box: [120, 1130, 860, 300],
        angle: (x) => (x < 520 ? -52 : 48),
        length: 70,
        gap: 30,
        width: 9,
        fill: tone(0, 1, 0.3),
        keep: (x) => (x < 540 ? 0.55 : 0.12),
      }),
    )
  );
}

function lightTower(chance: Chance, [x, y]: Point): string {
  const wall: Point[] = [
    [x - 74, y + 92],
    [x + 74, y + 92],
    [x + 138, 1140],
    [x - 138, 1140],
  ];
  const at = (share: number) => ({ y: y + 92 + (1048 - y) * share, half: 74 + 64 * share });
  const bandOf = (from: number, to: number, fill: string) => {
    const [a, b] = [at(from), at(to)];
    return shape(
      [
        [x - a.half, a.y],
        [x + a.half, a.y],
        [x + b.half, b.y],
        [x - b.half, b.y],
      ],
      fill,
    );
  };
  const windows = [0.2, 0.48, 0.76].map(
    (share) =>
      rect(x - 34, at(share).y - 34, 26, 50, INK) +
      rect(x - 28, at(share).y - 28, 14, 40, tone(0, 0.1, 1)),
  );
  return [
    shape(wall, BARE),
    bandOf(0.14, 0.36, tone(0, 1, 0.1)),
    bandOf(0.6, 0.82, tone(0, 1, 0.1)),
    shape(
      [
        [x + 18, y + 92],
        [x + 74, y + 92],
        [x + 138, 1140],
        [x + 40, 1140],
      ],
      tone(1, 0.3, 0),
    ),
    cuts(chance, {
      box: [x - 40, y + 110, 100, 1020 - y],
      angle: 0,
      length: 50,
      gap: 17,
      width: 6,
      fill: INK,
      keep: (cx) => Math.max(0, Math.min(0.9, (cx - x + 40) / 80)),
    }),
    windows.join(""),
    rect(x - 112, y + 70, 224, 26, INK),
    rect(x - 60, y - 62, 120, 134, tone(0, 0.02, 0.85)),
    disc(x, y, 34, BARE),
    [-60, -20, 20, 60]
      .map((dx) =>
        line(
          [
            [x + dx, y - 62],
            [x + dx, y + 72],
          ],
          INK,
          6,
        ),
      )
      .join(""),
    line(
      [
        [x - 112, y + 70],
        [x - 112, y + 26],
        [x + 112, y + 26],
        [x + 112, y + 70],
      ],
      INK,
      5,
    ),
    [-75, -38, 38, 75]
      .map((dx) =>
        line(
          [
            [x + dx, y + 70],
            [x + dx, y + 26],
          ],
          INK,
          4,
        ),
      )
      .join(""),
    path(
      `M${x - 76} ${y - 58}Q${x - 60} ${y - 136} ${x} ${y - 146}Q${x + 60} ${y - 136} ${x + 76} ${y - 58}Z`,
      tone(0.05, 1, 0.1),
    ),
    line(
      [
        [x, y - 140],
        [x, y - 190],
      ],
      INK,
      7,
    ),
    disc(x, y - 150, 13, INK),
    rect(x - 44, 1060, 46, 82, INK),
  ].join("");
}
