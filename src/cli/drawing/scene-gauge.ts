import type { Chance } from "./chance.ts";
import {
  BARE,
  bow,
  cuts,
  disc,
  gouge,
  HEIGHT,
  INK,
  inside,
  line,
  path,
  place,
  rect,
  shape,
  stroke,
  tone,
  WIDTH,
} from "./marks.ts";
import type { Point } from "./marks.ts";

/** The tide gauge at the Customs House: drum, paper, pen, clockwork. */
export function drawGauge(chance: Chance): string {
  const paper = "M470 250H1330Q1290 470 1330 730H470Q430 480 470 250Z";
  const grid: string[] = [];
  for (let x = 470; x <= 1330; x += 43)
    grid.push(
      line(
        [
          [x, 240],
          [x, 740],
        ],
        tone(0, 0.45, 0),
        x % 129 === 83 ? 4 : 2,
      ),
    );
  for (let y = 270; y <= 730; y += 38)
    grid.push(
      line(
        [
          [440, y],
          [1340, y],
        ],
        tone(0, 0.45, 0),
        2,
      ),
    );
  const curvePoints = Array.from({ length: 70 }, (_, index): Point => {
    const share = index / 69;
    const rise = Math.sin(share * 26 - 0.6) * (70 + share * 60);
    return [480 + share * 560, 500 - rise - share * 44];
  });
  return [
    rect(0, 0, WIDTH, HEIGHT, INK),
    cuts(chance, {
      box: [0, 0, WIDTH, 760],
      angle: 90,
      length: 150,
      gap: 60,
      width: 5,
      fill: tone(0.1, 0, 0.9),
      keep: () => 0.2,
    }),
    // The window: night, sea, the lamp on the quay.
    rect(56, 56, 308, 408, tone(0, 1, 0.2)),
    rect(78, 78, 264, 364, tone(0, 0, 1)),
    rect(78, 330, 264, 112, INK),
    cuts(chance, {
      box: [84, 336, 250, 100],
      angle: 0,
      length: 44,
      gap: 16,
      width: 4,
      fill: tone(0, 0, 0.7),
      keep: () => 0.5,
    }),
    disc(262, 170, 36, BARE),
    line("210,78 210,442", INK, 12),
    line("78,250 342,250", INK, 9),
    cuts(chance, {
      box: [84, 84, 250, 240],
      angle: 64,
      length: 60,
      gap: 34,
      width: 3,
      fill: BARE,
      keep: () => 0.4,
    }),
    rect(0, 820, WIDTH, 250, tone(0, 0.6, 0.2)),
    rect(0, 812, WIDTH, 16, INK),
    cuts(chance, {
      box: [0, 840, WIDTH, 230],
      angle: (x) => 3 * Math.sin(x / 150),
      length: 200,
      gap: 24,
      width: 5,
      fill: INK,
      keep: () => 0.4,
    }),
    shape("330,940 1480,940 1540,1010 270,1010", INK),
    rect(390, 860, 1040, 84, tone(0.25, 0.95, 0.2)),
    rect(390, 852, 1040, 14, INK),
    cuts(chance, {
      box: [400, 876, 1020, 60],
      angle: 0,
      length: 130,
      gap: 15,
      width: 4,
      fill: INK,
      keep: () => 0.5,
    }),
    [
      [430, 300],
      [1380, 300],
    ]
      .map(
        ([x = 0]) =>
          rect(x - 26, 470, 52, 400, INK) +
          rect(x - 12, 490, 10, 360, tone(0, 0.6, 0.4)) +
          disc(x, 490, 54, INK) +
          disc(x, 490, 40, tone(0, 0.75, 0.2)) +
          disc(x, 490, 12, INK),
      )
      .join(""),
    path("M452 232H1350Q1300 480 1350 752H452Q404 480 452 232Z", INK),
    path(paper, BARE),
    inside(
      "drum",
      paper,
      grid.join("") +
        bow(curvePoints, INK, 8) +
        path("M1330 230Q1250 470 1330 760H1200Q1140 480 1200 230Z", tone(0.35, 0, 0.6)) +
        rect(440, 650, 920, 90, tone(0.3, 0, 0.5)) +
        rect(440, 702, 920, 60, tone(0.75, 0, 0.5)),
    ),
    stroke("M596 250Q566 480 598 730", tone(0.1, 1, 0), 5),
    // Pen arm and its ink.
    rect(1440, 180, 34, 690, INK),
    rect(1448, 200, 8, 650, tone(0, 0.6, 0.5)),
    line("1470,300 1052,424", INK, 17),
    line("1462,300 1070,416", tone(0, 0.75, 0.2), 7),
    shape("1070,400 1082,436 1024,432", INK),
    disc(1024, 432, 11, INK),
    disc(1456, 300, 30, INK),
    disc(1456, 300, 16, tone(0, 0.75, 0.2)),
    line("1456,180 1456,-10", INK, 6),
    line("1500,0 1500,780", INK, 4),
    rect(1476, 780, 50, 90, INK),
    place([250, 740], clock()),
  ].join("");
}

/** The clock that turns the drum; it says twelve minutes past one. */
function clock(): string {
  const hand = (turn: number, far: number, width: number) =>
    line(
      [
        [0, 0],
        [Math.sin((turn * Math.PI) / 180) * far, -Math.cos((turn * Math.PI) / 180) * far],
      ],
      INK,
      width,
    );
  return [
    path("M-170 120V-60A170 170 0 0 1 170 -60V120H200V150H-200V120Z", INK),
    path("M-146 104V-60A146 146 0 0 1 146 -60V104Z", tone(0.1, 0.95, 0.2)),
    disc(0, -50, 124, INK),
    disc(0, -50, 112, BARE),
    Array.from({ length: 60 }, (_, index) =>
      place([0, -50], rect(-2, -106, index % 5 === 0 ? 8 : 3, index % 5 === 0 ? 22 : 10, INK), {
        turn: index * 6,
      }),
    ).join(""),
    place([0, -50], hand(36, 52, 13) + hand(72, 86, 8) + disc(0, 0, 11, INK)),
    gouge([-120, -80], [-70, -160], 8, BARE, -10),
  ].join("");
}
