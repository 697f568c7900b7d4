import type { Chance } from "./chance.ts";
import {
  BARE,
  cuts,
  DEEP,
  disc,
  glow,
  gouge,
  HEIGHT,
  INK,
  inside,
  line,
  oval,
  path,
  place,
  rays,
  rect,
  shape,
  stroke,
  tone,
  WIDTH,
} from "./marks.ts";
import type { Point } from "./marks.ts";
import { house } from "./town.ts";
import { rain } from "./weather.ts";

/** The night bus on the hill, under a sodium lamp. */
export function drawNightBus(chance: Chance): string {
  const lamp: Point = [1150, 170];
  const tones = { wall: DEEP, shade: INK, roof: DEEP, dark: INK, lit: tone(0, 0.15, 1) };
  return [
    rect(0, 0, WIDTH, HEIGHT, INK),
    glow("sodium", lamp, 640, [
      tone(0, 0.1, 1),
      tone(0, 0.3, 1),
      tone(0.45, 0.4, 0.8),
      tone(0.85, 0.2, 0.3),
      INK,
    ]),
    disc(lamp[0], lamp[1], 640, "url(#sodium)"),
    rays(chance, lamp, { from: 120, to: 560, count: 76, width: 5, fill: tone(0, 0.12, 1) }),
    // The hospital up the hill, and the houses on the way to it.
    shape("0,500 150,452 560,440 820,480 1100,520 1600,470 1600,800 0,800", DEEP),
    rect(120, 226, 420, 240, DEEP),
    rect(290, 150, 80, 80, DEEP),
    stroke("M330 166V214M306 190H354", tone(0, 1, 0.2), 13),
    Array.from({ length: 40 }, (_, index) =>
      rect(
        144 + (index % 10) * 38,
        256 + Math.floor(index / 10) * 46,
        22,
        27,
        chance.often(0.6) ? tone(0, 0.08, 1) : INK,
      ),
    ).join(""),
    [570, 664, 760, 858, 1240, 1340, 1440, 1540]
      .map((x) =>
        house(chance, {
          x,
          ground: 620,
          width: 92,
          height: chance.between(120, 190),
          tones,
          lit: 0.2,
          door: false,
        }),
      )
      .join(""),
    shape("0,800 1600,590 1600,1067 0,1067", INK),
    // Its pool of light on the road.
    glow("pool", [0, 0], 640, [tone(0, 0.12, 1), tone(0, 0.3, 1), tone(0.5, 0.3, 0.8), INK]),
    inside(
      "road",
      "M0 800L1600 590V1067H0Z",
      place([1090, 826], `<g transform="scale(1 0.34)">${disc(0, 0, 640, "url(#pool)")}</g>`, {
        turn: -7.5,
      }),
    ),
    cuts(chance, {
      box: [0, 640, WIDTH, 430],
      angle: -7.5,
      length: 120,
      gap: 24,
      width: 5,
      fill: INK,
      keep: (x, y) => (y > 815 - x * 0.13 ? 0.34 : 0),
    }),
    gouge([-20, 1010], [420, 952], 9, tone(0, 0, 0.5)),
    gouge([620, 926], [960, 880], 9, tone(0, 0, 0.3)),
    gouge([1180, 850], [1640, 790], 9, tone(0, 0, 0.5)),
    line("1470,640 1470,120 1410,92 1190,124", DEEP, 18),
    path("M1094 152L1208 108L1216 136L1114 188Z", DEEP),
    oval(1152, 168, 46, 13, BARE, -20),
    place([640, 878], bus(chance), { turn: -7.5, size: 1.12 }),
    rain(chance, [560, 60, 1040, 900], {
      angle: 72,
      fill: BARE,
      much: 0.2,
      length: 60,
      width: 2.2,
    }),
  ].join("");
}

/** A single-decker from the side, going right, about 900 long, standing on 0. */
function bus(chance: Chance): string {
  const faces = [0, 1, 2, 3, 4].map((index) => {
    const x = -330 + index * 134;
    const riders = [
      oval(x + 38, -238, 25, 30, INK) +
        path(`M${x - 2} -176Q${x} -212 ${x + 38} -210T${x + 80} -176Z`, INK),
      oval(x + 66, -226, 24, 28, INK) +
        path(`M${x + 26} -176Q${x + 30} -204 ${x + 66} -200T${x + 106} -176Z`, INK),
      "",
      oval(x + 40, -246, 24, 28, INK) +
        rect(x + 16, -272, 48, 14, INK) +
        path(`M${x + 2} -176Q${x + 4} -216 ${x + 40} -216T${x + 78} -176Z`, INK),
      oval(x + 50, -240, 25, 29, INK) +
        disc(x + 50, -272, 13, INK) +
        path(`M${x + 10} -176Q${x + 14} -210 ${x + 50} -208T${x + 90} -176Z`, INK),
    ];
    return (
      rect(x, -300, 118, 126, tone(0, 0.03, 0.75)) +
      shape(
        [
          [x + 8, -176],
          [x + 60, -298],
          [x + 88, -298],
          [x + 36, -176],
        ],
        BARE,
      ) +
      (riders[(index * 3 + 1) % 5] ?? "")
    );
  });
  return [
    shape("450,-90 900,-190 960,60 450,-20", tone(0, 0.05, 0.75)),
    oval(0, 4, 500, 20, INK),
    path(
      "M-450 -330Q-450 -352 -420 -352H372Q420 -350 440 -300L462 -150V-20H-450Z",
      tone(0.05, 1, 0.2),
    ),
    rect(-450, -150, 912, 30, BARE),
    cuts(chance, {
      box: [-430, -108, 880, 70],
      angle: 0,
      length: 120,
      gap: 22,
      width: 4,
      fill: tone(0.9, 1, 0),
      keep: () => 0.35,
    }),
    rect(-450, -346, 884, 12, tone(0.9, 1, 0)),
    faces.join(""),
    path("M352 -300H418L440 -176H352Z", tone(0, 0.03, 0.75)),
    oval(392, -232, 20, 26, INK) + path("M360 -176Q364 -204 392 -204T424 -176Z", INK),
    rect(350, -170, 14, 150, INK),
    rect(-436, -326, 88, 62, INK),
    stroke("M-420 -276V-314L-394 -276V-314M-362 -276V-314L-384 -288H-356", tone(0, 0.2, 1), 7),
    disc(450, -62, 20, BARE),
    [-270, 280]
      .map(
        (x) =>
          disc(x, -14, 66, INK) + disc(x, -14, 30, tone(0.3, 0.2, 0.4)) + disc(x, -14, 11, INK),
      )
      .join(""),
  ].join("");
}
