import type { Chance } from "./chance.ts";
import {
  BARE,
  bow,
  cuts,
  disc,
  gouge,
  INK,
  inside,
  line,
  path,
  place,
  rays,
  rect,
  ring,
  shape,
  stroke,
  tone,
} from "./marks.ts";

/** The sign-writer at a bow, with the last letter wet; 1,400 by 1,400. */
export function drawSignwriter(chance: Chance): string {
  const profile =
    "M300 540Q300 330 500 300Q640 290 690 380Q716 430 712 480Q704 506 716 530L774 620Q784 646 742 654Q732 658 738 676Q756 690 748 702Q730 712 736 722Q752 734 742 752Q722 764 724 784Q726 828 676 842Q610 852 566 812Q552 860 560 900L572 1060L300 1080L330 880Q296 720 300 540Z";
  return [
    rect(0, 0, 1400, 1400, tone(0, 0, 1)),
    rays(chance, [460, 600], {
      from: 420,
      to: 1100,
      count: 90,
      width: 9,
      fill: tone(0, 0.05, 0.35),
    }),
    // The hull she works on.
    path("M1400 -20H1010Q1130 520 1040 900Q980 1180 860 1420H1400Z", tone(0.05, 1, 0.1)),
    path(
      "M1010 -20H1066Q1186 520 1096 900Q1036 1180 916 1420H860Q980 1180 1040 900Q1130 520 1010 -20Z",
      BARE,
    ),
    [240, 470, 700, 930, 1160]
      .map((y) =>
        bow(
          [
            [1070 + Math.sin(y / 400) * 60, y],
            [1240, y + 20],
            [1420, y + 30],
          ],
          tone(0.8, 1, 0),
          6,
        ),
      )
      .join(""),
    cuts(chance, {
      box: [1130, 40, 280, 1340],
      angle: 6,
      length: 100,
      gap: 40,
      width: 6,
      fill: tone(0.7, 1, 0),
      keep: () => 0.3,
    }),
    place([1210, 640], letters(), { turn: 3 }),
    shape("120,1400 180,1090 330,1010 600,1010 720,1100 780,1400", INK),
    path("M120 1400L180 1090Q250 1030 330 1010L420 1120L340 1400Z", tone(0, 1, 0.1)),
    [
      [190, 1180],
      [240, 1120],
      [170, 1290],
      [250, 1230],
      [310, 1150],
      [230, 1340],
      [310, 1270],
      [350, 1190],
    ]
      .map(([x = 0, y = 0]) => disc(x, y, 13, BARE))
      .join(""),
    cuts(chance, {
      box: [430, 1060, 320, 330],
      angle: 70,
      length: 80,
      gap: 44,
      width: 7,
      fill: tone(0.2, 0.3, 0.9),
      keep: () => 0.4,
    }),
    path(profile, tone(0, 0.3, 0.05)),
    inside(
      "profile",
      profile,
      [
        path(
          "M300 540Q300 720 330 880L300 1080L560 1060V960Q470 960 420 860Q380 760 470 700Q440 560 520 500L300 400Z",
          INK,
        ),
        cuts(chance, {
          box: [430, 880, 150, 190],
          angle: 68,
          length: 60,
          gap: 26,
          width: 7,
          fill: tone(0, 0.35, 0.1),
          keep: (x) => (x > 480 ? 0.7 : 0.25),
        }),
        cuts(chance, {
          box: [500, 700, 150, 170],
          angle: 42,
          length: 54,
          gap: 24,
          width: 5,
          fill: tone(0.15, 0.9, 0.1),
          keep: () => 0.5,
        }),
        gouge([712, 786], [664, 838], 7, tone(0, 1, 0), 10),
      ].join(""),
    ),
    stroke("M618 500Q660 478 700 492", INK, 15),
    path("M640 536Q672 512 706 532Q684 556 640 536Z", BARE),
    stroke("M632 538Q672 506 710 530", INK, 9),
    disc(688, 534, 13, INK),
    gouge([600, 520], [622, 556], 5, INK, 6),
    gouge([590, 540], [616, 566], 4, INK, 4),
    stroke("M748 646Q722 656 718 634", INK, 7),
    stroke("M742 708Q706 712 690 700", INK, 8),
    gouge([664, 640], [680, 730], 6, INK, 16),
    stroke(profile, INK, 8),
    // Ear, earring and the scarf with its knot.
    path("M470 560Q516 546 520 596Q516 650 476 660Q450 620 470 560Z", tone(0, 0.3, 0.05)),
    stroke("M470 560Q516 546 520 596Q516 650 476 660M480 586Q504 590 490 624", INK, 7),
    ring(480, 690, 20, BARE, 8),
    path(
      "M262 560Q240 320 460 268Q640 236 706 360Q716 390 706 420Q600 400 520 470Q440 540 430 600Q330 620 262 560Z",
      tone(0, 0.95, 0.15),
    ),
    path("M262 560Q240 320 460 268Q330 360 350 600Q300 596 262 560Z", tone(0.75, 0.9, 0)),
    [
      [500, 330],
      [580, 310],
      [650, 350],
      [440, 390],
      [530, 400],
      [400, 480],
      [620, 390],
      [470, 460],
      [390, 560],
    ]
      .map(([x = 0, y = 0]) => disc(x, y, 14, BARE) + disc(x, y, 5, INK))
      .join(""),
    stroke(
      "M262 560Q240 320 460 268Q640 236 706 360Q716 390 706 420Q600 400 520 470Q440 540 430 600Q330 620 262 560Z",
      INK,
      8,
    ),
    path(
      "M270 540Q190 520 130 580Q190 590 220 630Q170 680 180 740Q250 700 300 600Z",
      tone(0, 0.95, 0.15),
    ),
    stroke("M270 540Q190 520 130 580Q190 590 220 630Q170 680 180 740Q250 700 300 600Z", INK, 8),
    // Hand and brush.
    stroke("M640 1330Q800 1240 850 1040", INK, 120),
    stroke("M640 1330Q800 1240 850 1040", tone(0, 0.3, 0.05), 102),
    stroke("M690 1330Q830 1240 876 1060", INK, 26),
    line("760,1080 1120,800", INK, 26),
    line("764,1077 1060,846", tone(0, 0.2, 0.6), 14),
    line("1050,852 1096,818", BARE, 20),
    path("M1086 810L1104 834L1156 772Z", INK),
    path(
      "M790 1010Q820 940 890 930Q940 920 948 950Q930 970 900 972Q950 970 952 996Q934 1012 900 1010Q940 1012 936 1036Q900 1060 860 1060Q800 1070 790 1010Z",
      tone(0, 0.3, 0.05),
    ),
    stroke(
      "M790 1010Q820 940 890 930Q940 920 948 950Q930 970 900 972Q950 970 952 996Q934 1012 900 1010Q940 1012 936 1036Q900 1060 860 1060",
      INK,
      8,
    ),
    line("660,1180 1090,1130", INK, 16),
    disc(1094, 1130, 20, BARE),
    ring(1094, 1130, 20, INK, 6),
  ].join("");
}

/** What there is of the boat's name: large capitals down the bow. */
function letters(): string {
  const ink = BARE;
  return [
    place([-20, -420], stroke("M-70 100V-100L70 100V-100", ink, 34)),
    place([20, -130], stroke("M66 -96H-60V96H66M-60 0H40", ink, 34)),
    place([10, 160], stroke("M-66 -96V0Q-66 96 0 96", ink, 34)),
  ].join("");
}
