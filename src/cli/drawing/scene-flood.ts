import type { Chance } from "./chance.ts";
import {
  BARE,
  cuts,
  DEEP,
  disc,
  fade,
  glow,
  HEIGHT,
  INK,
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
import { reflection, ripples } from "./water.ts";
import { rain } from "./weather.ts";

/** The Lower Town on the night of the flood, and the church clock that stopped. */
export function drawFlood(chance: Chance): string {
  const lantern: Point = [706, 690];
  const tones = (lit: string) => ({
    wall: INK,
    shade: DEEP,
    roof: DEEP,
    dark: tone(0.5, 0, 1),
    lit,
  });
  const left = [-40, 120, 268, 402];
  const right = [1100, 1224, 1366, 1500];
  return [
    fade("sky", [tone(0.5, 0, 1), tone(0, 0, 1), tone(0, 0, 0.55)]),
    rect(0, 0, WIDTH, 720, "url(#sky)"),
    cuts(chance, {
      box: [0, 0, WIDTH, 560],
      angle: -24,
      length: 190,
      gap: 34,
      width: 12,
      fill: tone(1, 0, 0.6),
      keep: (x, y) => 0.42 - y / 1500 + 0.3 * Math.sin(x / 260 - y / 120),
    }),
    place([830, 720], tower(chance)),
    left
      .map((x, index) =>
        house(chance, {
          x,
          ground: 770 - index * 12,
          width: 168 - index * 14,
          height: 470 - index * 58,
          tones: tones(tone(0, 0.2, 0.9)),
          lit: 0.1,
          door: false,
        }),
      )
      .join(""),
    right
      .map((x, index) =>
        house(chance, {
          x,
          ground: 738 + index * 12,
          width: 124 + index * 14,
          height: 300 + index * 58,
          tones: tones(tone(0, 0.2, 0.9)),
          lit: 0.12,
          door: false,
        }),
      )
      .join(""),
    rect(0, 700, WIDTH, HEIGHT - 700, INK),
    ripples(chance, {
      top: 704,
      bottom: HEIGHT,
      width: WIDTH,
      fill: tone(0, 0, 0.9),
      keep: (x) => 0.3 + 0.22 * Math.sin(x / 170),
    }),
    reflection(chance, { x: 830, top: 716, bottom: 800, spread: 80, fill: BARE }),
    glow("light", lantern, 128, [BARE, tone(0, 0.6, 0), tone(0, 1, 0)]),
    rays(chance, lantern, { from: 110, to: 300, count: 64, width: 8, fill: tone(0, 1, 0.1) }),
    disc(lantern[0], lantern[1], 122, "url(#light)"),
    reflection(chance, {
      x: lantern[0],
      top: 850,
      bottom: HEIGHT,
      spread: 96,
      fill: tone(0, 0.7, 0.2),
    }),
    rays(chance, lantern, { from: 40, to: 110, count: 30, width: 4, fill: BARE }),
    place([650, 850], rowers(), { size: 1.35 }),
    disc(lantern[0], lantern[1], 26, BARE),
    line(
      [
        [lantern[0] - 22, lantern[1] - 28],
        [lantern[0] + 22, lantern[1] - 28],
      ],
      DEEP,
      10,
    ),
    line(
      [
        [lantern[0] - 20, lantern[1] + 28],
        [lantern[0] + 20, lantern[1] + 28],
      ],
      DEEP,
      10,
    ),
    // What the water brought along.
    place(
      [1180, 900],
      rect(-60, -22, 120, 44, tone(0, 1, 0.3)) +
        line("-60,-8 60,-8", INK, 4) +
        line("-20,-22 -20,22", INK, 4),
      { turn: -14 },
    ),
    place([270, 950], stroke("M-50 10V-50M50 10V-50M-50 -46H50M-50 -16H50", tone(0, 1, 0.3), 12), {
      turn: 24,
    }),
    ripples(chance, {
      top: 930,
      bottom: HEIGHT,
      width: WIDTH,
      fill: BARE,
      keep: (x) => (Math.abs(x - 700) > 330 ? 0.12 : 0),
    }),
    rain(chance, [0, 0, WIDTH, HEIGHT], {
      angle: 66,
      fill: BARE,
      much: 0.24,
      length: 84,
      width: 2.3,
    }),
  ].join("");
}

/** The tower with its clock at nine minutes past three, standing on 0. */
function tower(chance: Chance): string {
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
    rect(-105, -520, 210, 520, tone(0.6, 0, 1)),
    rect(46, -520, 59, 520, INK),
    cuts(chance, {
      box: [-100, -500, 140, 480],
      angle: 0,
      length: 46,
      gap: 24,
      width: 3,
      fill: INK,
      keep: () => 0.4,
    }),
    shape("-122,-520 0,-690 122,-520", INK),
    line("0,-680 0,-720", INK, 6),
    place(
      [0, -400],
      disc(0, 0, 74, INK) +
        disc(0, 0, 64, BARE) +
        Array.from({ length: 12 }, (_, index) =>
          place([0, 0], rect(-3, -58, 6, 12, INK), { turn: index * 30 }),
        ).join("") +
        hand(94.5, 34, 9) +
        hand(54, 50, 6),
    ),
  ].join("");
}

/** Two people in a boat with a lantern on a pole, drawn around the waterline. */
function rowers(): string {
  return [
    path("M-150 -30Q-60 -8 30 -10T160 -52Q140 6 90 24H-90Q-140 8 -150 -30Z", DEEP),
    stroke("M-140 -24Q-60 0 30 -2T152 -44", tone(0.1, 0.5, 0.3), 4),
    path("M-60 -14Q-70 -70 -34 -84Q0 -80 0 -14Z", DEEP),
    oval(-26, -102, 15, 18, DEEP),
    stroke("M-20 -66L34 -44L110 34", INK, 9),
    path("M50 -20Q46 -96 66 -112Q92 -106 92 -20Z", DEEP),
    oval(72, -132, 15, 18, DEEP),
    line("62,-96 36,-70", INK, 10),
    line("48,-10 42,-120", INK, 5),
  ].join("");
}
