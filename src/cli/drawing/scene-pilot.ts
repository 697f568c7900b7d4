import type { Chance } from "./chance.ts";
import {
  BARE,
  cuts,
  disc,
  gouge,
  INK,
  inside,
  line,
  path,
  place,
  rect,
  ring,
  shape,
  stroke,
  tone,
} from "./marks.ts";
import type { Point } from "./marks.ts";
import { gull } from "./things.ts";
import { swell } from "./water.ts";

/** The pilot in her cap, cut as a head on a chart; 1,067 by 1,600. */
export function drawPilot(chance: Chance): string {
  const [wide, high] = [1067, 1600];
  const rose: Point = [534, 560];
  return [
    rect(0, 0, wide, high, tone(0, 0, 1)),
    // Soundings and a compass rose behind her.
    Array.from({ length: 32 }, (_, index) => {
      const turn = (index / 32) * 2 * Math.PI;
      return line(
        [rose, [rose[0] + Math.cos(turn) * 1200, rose[1] + Math.sin(turn) * 1200]],
        tone(0.5, 0, 1),
        index % 4 === 0 ? 5 : 2,
      );
    }).join(""),
    ring(rose[0], rose[1], 470, INK, 6),
    ring(rose[0], rose[1], 430, INK, 3),
    Array.from({ length: 72 }, (_, index) =>
      place(rose, rect(-3, -470, index % 6 === 0 ? 9 : 4, index % 6 === 0 ? 40 : 22, INK), {
        turn: index * 5,
      }),
    ).join(""),
    [90, 180, 270, 360]
      .map((turn) =>
        place(
          rose,
          shape("0,-600 36,-470 -36,-470", tone(0, 1, 0)) + shape("0,-600 36,-470 0,-470", INK),
          { turn },
        ),
      )
      .join(""),
    swell(chance, {
      y: 1130,
      width: wide,
      bottom: high,
      height: 40,
      length: 180,
      body: tone(0.4, 0, 1),
      cut: BARE,
    }),
    swell(chance, {
      y: 1210,
      width: wide,
      bottom: high,
      height: 56,
      length: 260,
      body: tone(1, 0, 0.6),
      cut: tone(0, 0, 0.8),
    }),
    oilskin(chance),
    face(chance),
    cap(chance),
    gull([170, 250], 46, INK),
    gull([900, 190], 34, INK),
  ].join("");
}

function oilskin(chance: Chance): string {
  return [
    path(
      "M40 1600Q60 1290 250 1190Q400 1130 534 1130T820 1190Q1010 1290 1030 1600Z",
      tone(0, 0.95, 0.1),
    ),
    path("M560 1130Q740 1150 820 1190Q1010 1290 1030 1600H600Z", tone(0.72, 0.95, 0)),
    cuts(chance, {
      box: [90, 1240, 460, 360],
      angle: -64,
      length: 90,
      gap: 44,
      width: 9,
      fill: BARE,
      keep: (x, y) => (y > 1180 + Math.abs(x - 400) * 0.5 ? 0.34 : 0),
    }),
    cuts(chance, {
      box: [600, 1230, 380, 360],
      angle: 62,
      length: 90,
      gap: 40,
      width: 8,
      fill: tone(0, 0.9, 0.1),
      keep: (x, y) => (y > 1200 + (x - 600) * 0.4 ? 0.4 : 0),
    }),
    path("M330 1180Q420 1330 534 1350Q660 1330 740 1180L690 1090H380Z", INK),
    path("M360 1160Q440 1280 534 1300V1120H380Z", tone(0.3, 0.1, 0.7)),
    [1390, 1490, 1585].map((y) => disc(566, y, 19, INK) + disc(563, y - 3, 9, BARE)).join(""),
  ].join("");
}

/** Lit from the left; the gouge follows the bones. */
function face(chance: Chance): string {
  const outline =
    "M286 640Q272 800 300 920Q330 1040 420 1120Q480 1172 540 1172Q610 1170 668 1116Q752 1036 776 910Q800 790 782 640Z";
  const shadow =
    "M560 640Q556 720 580 780Q612 850 610 880Q590 904 560 908Q566 950 600 974Q560 1000 566 1036Q600 1080 552 1172Q610 1170 668 1116Q752 1036 776 910Q800 790 782 640Z";
  const wrinkles: [Point, Point, number, number][] = [
    [[330, 690], [500, 676], 5, -12],
    [[350, 716], [490, 708], 4, -9],
    [[318, 790], [356, 776], 5, 6],
    [[312, 812], [354, 806], 5, 0],
    [[318, 838], [356, 832], 5, -6],
    [[366, 850], [470, 856], 5, -14],
    [[372, 874], [452, 884], 4, -12],
    [[440, 900], [402, 1010], 7, 22],
    [[372, 930], [366, 1030], 6, 14],
    [[336, 900], [350, 1000], 5, 8],
    [[452, 1100], [560, 1104], 5, -10],
    [[440, 1130], [520, 1150], 4, -6],
  ];
  const lights: [Point, Point, number, number][] = [
    [[640, 850], [740, 830], 8, 16],
    [[640, 880], [744, 872], 7, 16],
    [[650, 912], [738, 910], 6, 14],
    [[660, 1000], [720, 940], 7, -10],
    [[640, 1050], [704, 990], 7, -10],
    [[620, 1100], [668, 1050], 6, -8],
    [[600, 690], [740, 690], 7, -10],
    [[610, 716], [730, 716], 5, -8],
    [[700, 770], [752, 760], 5, 4],
    [[702, 796], [756, 792], 5, 2],
  ];
  return [
    // Ears and hair.
    path("M250 640Q210 700 232 800Q240 900 292 960L320 640Z", BARE),
    path("M818 640Q858 700 836 800Q828 900 780 960L748 640Z", tone(0.6, 0, 0.6)),
    cuts(chance, {
      box: [226, 650, 80, 300],
      angle: 78,
      length: 70,
      gap: 22,
      width: 6,
      fill: INK,
      keep: () => 0.7,
    }),
    cuts(chance, {
      box: [770, 650, 70, 290],
      angle: 102,
      length: 70,
      gap: 22,
      width: 6,
      fill: BARE,
      keep: () => 0.5,
    }),
    path(outline, tone(0, 0.24, 0.04)),
    inside(
      "face",
      outline,
      [
        path(
          "M286 640Q272 800 300 920Q330 1040 420 1120L400 1040Q340 940 336 820Z",
          tone(0, 0.7, 0.1),
        ),
        path(shadow, INK),
        rect(270, 620, 530, 44, INK),
        cuts(chance, {
          box: [340, 900, 110, 200],
          angle: 62,
          length: 44,
          gap: 26,
          width: 5,
          fill: tone(0.1, 0.9, 0.2),
          keep: () => 0.45,
        }),
      ].join(""),
    ),
    wrinkles.map(([from, to, width, bend]) => gouge(from, to, width, INK, bend)).join(""),
    lights
      .map(([from, to, width, bend]) => gouge(from, to, width, tone(0, 0.5, 0.1), bend))
      .join(""),
    // Brows, eyes, nose, mouth.
    path("M330 756Q400 716 496 752L492 772Q404 744 336 776Z", BARE),
    stroke("M330 756Q400 716 496 752L492 772Q404 744 336 776Z", INK, 5),
    path("M590 752Q680 716 748 760L740 776Q670 744 596 772Z", BARE),
    path("M360 812Q416 776 474 816Q416 842 360 812Z", BARE),
    stroke("M352 816Q414 770 482 818", INK, 10),
    stroke("M366 818Q416 842 470 820", INK, 5),
    disc(420, 808, 19, INK),
    disc(414, 801, 6, BARE),
    path("M606 816Q656 778 716 812Q660 842 606 816Z", tone(0, 0.2, 0.05)),
    disc(660, 808, 18, INK),
    disc(654, 801, 6, BARE),
    path(
      "M540 780Q516 860 488 902Q480 936 520 938Q560 948 596 930Q560 936 548 912Q552 860 540 780Z",
      INK,
    ),
    gouge([528, 790], [508, 890], 9, BARE),
    path("M500 912Q512 900 524 912Q520 932 504 928Z", BARE),
    path(
      "M448 1016Q500 992 540 1006Q590 992 640 1014Q590 1034 540 1030Q490 1036 448 1016Z",
      tone(0.2, 1, 0.1),
    ),
    stroke("M440 1014Q490 1022 540 1016T648 1010", INK, 8),
    stroke("M484 1056Q536 1072 586 1054", INK, 6),
    gouge([500, 1044], [560, 1044], 6, tone(0, 0.5, 0.1)),
  ].join("");
}

function cap(chance: Chance): string {
  return [
    path("M196 560Q220 360 534 350Q850 360 872 560Q880 610 820 640H250Q190 612 196 560Z", INK),
    path("M214 548Q240 386 534 372Q600 374 640 384Q420 420 350 560Z", tone(0.4, 0, 1)),
    cuts(chance, {
      box: [240, 400, 360, 150],
      angle: -24,
      length: 70,
      gap: 24,
      width: 7,
      fill: tone(0, 0, 0.6),
      keep: () => 0.4,
    }),
    cuts(chance, {
      box: [620, 420, 220, 150],
      angle: 30,
      length: 60,
      gap: 24,
      width: 6,
      fill: tone(0.3, 0, 0.9),
      keep: () => 0.5,
    }),
    path("M244 586Q534 534 824 586V644Q534 590 244 644Z", tone(0, 0.95, 0.1)),
    path("M560 564Q700 566 824 586V644Q700 618 560 616Z", tone(0.6, 0.9, 0)),
    path("M222 646Q534 566 846 646Q880 700 836 716Q690 660 534 660T232 716Q190 700 222 646Z", INK),
    stroke("M250 690Q380 644 520 640", tone(0, 0, 0.6), 8),
    disc(534, 500, 54, BARE),
    disc(534, 500, 46, tone(0, 0.95, 0.1)),
    stroke("M534 470V532M514 482H554M506 514Q510 536 534 536T562 514", BARE, 8),
    disc(534, 468, 8, BARE),
  ].join("");
}
