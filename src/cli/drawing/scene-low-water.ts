import type { Chance } from "./chance.ts";
import {
  BARE,
  bow,
  cuts,
  fade,
  gouge,
  HEIGHT,
  INK,
  oval,
  path,
  place,
  rect,
  stroke,
  tone,
  WIDTH,
} from "./marks.ts";
import { dinghy, figure, gull, trawler } from "./things.ts";
import { house } from "./town.ts";

/** Low water: two boats on the mud, and what the birds find there. */
export function drawLowWater(chance: Chance): string {
  return [
    fade("air", [tone(0, 0, 1), tone(0, 0, 0.45), tone(0, 0.45, 0)]),
    rect(0, 0, WIDTH, 520, "url(#air)"),
    cuts(chance, {
      box: [0, 20, WIDTH, 340],
      angle: (x, y) => 5 * Math.sin(x / 300 + y / 80),
      length: 210,
      gap: 36,
      width: 11,
      fill: BARE,
      keep: (x, y) => 0.18 + 0.4 * Math.max(0, Math.sin(x / 380 + y / 90)),
    }),
    Array.from({ length: 17 }, (_, index) =>
      house(chance, {
        x: index * 100 - 40,
        ground: 520,
        width: 96,
        height: chance.between(90, 150),
        tones: { wall: tone(0, 0, 1), shade: INK, roof: INK, dark: INK, lit: tone(0, 0.4, 0.1) },
        lit: 0.12,
        door: false,
      }),
    ).join(""),
    rect(0, 508, WIDTH, 54, INK),
    cuts(chance, {
      box: [0, 514, WIDTH, 44],
      angle: 90,
      length: 26,
      gap: 24,
      width: 4,
      fill: tone(0.3, 0.1, 0.8),
      keep: () => 0.5,
    }),
    fade("mud", [tone(0, 1, 1), tone(0, 1, 1), tone(0.75, 1, 1)]),
    rect(0, 560, WIDTH, HEIGHT - 560, "url(#mud)"),
    cuts(chance, {
      box: [0, 570, WIDTH, 500],
      angle: (x, y) => 12 * Math.sin(x / 230 + y / 50),
      length: 110,
      gap: 24,
      width: 6,
      fill: INK,
      keep: (_x, y) => 0.4 - (y - 570) / 1600,
    }),
    // What is left of the river.
    path(
      "M1010 560Q900 620 1020 680T820 800Q560 880 760 960T560 1080H1180Q1240 980 1010 930T1100 800Q1300 730 1180 660T1190 560Z",
      tone(0, 0, 0.4),
    ),
    cuts(chance, {
      box: [600, 570, 660, 500],
      angle: 0,
      length: 60,
      gap: 26,
      width: 5,
      fill: tone(0.3, 0.05, 0.9),
      keep: (x, y) => (Math.abs(x - 960 + 70 * Math.sin(y / 80)) < 130 ? 0.4 : 0),
    }),
    [
      [140, 700],
      [250, 660],
      [1420, 690],
      [1520, 740],
      [1340, 640],
    ]
      .map(
        ([x = 0, y = 0]) =>
          rect(x - 9, y - 170, 18, 180, INK) +
          gouge([x - 4, y - 150], [x - 4, y - 40], 4, tone(0, 0.5, 0.3)) +
          oval(x, y + 12, 34, 8, INK),
      )
      .join(""),
    bow("140,600 300,690 390,760", INK, 4),
    place(
      [520, 860],
      trawler({ hull: BARE, band: INK, house: tone(0, 1, 0), dark: INK, lit: INK }),
      { turn: 13, size: 1.35 },
    ),
    gouge([250, 930], [830, 960], 26, INK),
    place([1290, 930], dinghy(tone(0.9, 0, 0.8), BARE, tone(0, 0.4, 0.2)), {
      turn: -17,
      size: 1.35,
    }),
    gouge([1130, 960], [1450, 962], 18, INK),
    [
      [930, 760],
      [986, 772],
      [880, 884],
      [1120, 1010],
      [700, 1020],
    ]
      .map(([x = 0, y = 0], index) => wader(x, y, 0.7 + index * 0.16, index % 2 === 0))
      .join(""),
    figure([1170, 716], 150, INK, { coat: 1.3 }) + rect(1196, 670, 30, 36, INK),
    gull([420, 190], 44, INK),
    gull([540, 250], 28, INK),
    gull([1220, 150], 36, INK),
  ].join("");
}

function wader(x: number, y: number, size: number, flip: boolean): string {
  return place(
    [x, y],
    path(
      "M-40 -56Q-10 -84 22 -70Q34 -92 44 -94Q54 -96 58 -86L104 -70L56 -76Q48 -60 30 -50Q-4 -34 -40 -56Z",
      INK,
    ) +
      stroke("M-4 -44V0M12 -46V0", INK, 3.5) +
      gouge([-24, -60], [16, -58], 4, BARE),
    { size, flip },
  );
}
