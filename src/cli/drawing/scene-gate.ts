import type { Chance } from "./chance.ts";
import {
  BARE,
  cuts,
  DEEP,
  disc,
  fade,
  glow,
  gouge,
  HEIGHT,
  INK,
  line,
  path,
  rays,
  rect,
  shape,
  stroke,
  tone,
  WIDTH,
} from "./marks.ts";
import type { Point } from "./marks.ts";
import { reflection, ripples } from "./water.ts";
import { stars } from "./weather.ts";

/** The tidal gate, its two leaves about to meet, under the red lamp. */
export function drawGate(chance: Chance): string {
  const lamp: Point = [322, 205];
  const water = 742;
  return [
    fade("sky", [tone(1), tone(1), tone(0.97), tone(0.7, 0.1, 0.12)]),
    rect(0, 0, WIDTH, water, "url(#sky)"),
    glow("red", lamp, 470, [
      tone(0, 1, 0.75),
      tone(0.12, 1, 0.3),
      tone(0.45, 0.85, 0),
      tone(0.78, 0.5, 0),
      tone(1),
    ]),
    disc(lamp[0], lamp[1], 470, "url(#red)"),
    stars(chance, [620, 20, 960, 320], 34),
    rays(chance, lamp, { from: 70, to: 430, count: 84, width: 4.4, fill: tone(0.1, 1, 0.25) }),
    // The sea outside, bright in the gap.
    rect(690, 560, 240, water - 560, tone(0.28, 0, 0.5)),
    cuts(chance, {
      box: [690, 570, 240, 170],
      angle: 0,
      length: 46,
      gap: 14,
      width: 3,
      fill: BARE,
    }),
    disc(1190, 150, 58, tone(0, 0, 0.4)),
    disc(1166, 138, 52, tone(1)),
    leaf(
      chance,
      [
        [150, 250],
        [772, 470],
        [772, 762],
        [150, 860],
      ],
      1,
    ),
    leaf(
      chance,
      [
        [1600, 210],
        [838, 470],
        [838, 762],
        [1600, 905],
      ],
      -1,
    ),
    pier(chance),
    quayWater(chance, lamp, water),
    disc(lamp[0], lamp[1], 26, tone(0, 1, 0.9)),
    disc(lamp[0], lamp[1], 13, tone(0, 0, 0.35)),
    stroke(
      `M${lamp[0] - 34} ${lamp[1] + 34}H${lamp[0] + 34}M${lamp[0] - 30} ${lamp[1] - 32}Q${lamp[0]} ${lamp[1] - 62} ${lamp[0] + 30} ${lamp[1] - 32}`,
      INK,
      9,
    ),
    line(
      [
        [lamp[0] - 30, lamp[1] + 34],
        [lamp[0] - 30, lamp[1] - 30],
      ],
      INK,
      4,
    ),
    line(
      [
        [lamp[0] + 30, lamp[1] + 34],
        [lamp[0] + 30, lamp[1] - 30],
      ],
      INK,
      4,
    ),
    rect(lamp[0] - 7, lamp[1] + 34, 14, 260, INK),
  ].join("");
}

/** One leaf: steel plates between ribs, lit from the lamp's side. */
function leaf(
  chance: Chance,
  [a, b, c, d]: readonly [Point, Point, Point, Point],
  side: number,
): string {
  const at = (along: number, down: number): Point => {
    const top: Point = [a[0] + (b[0] - a[0]) * along, a[1] + (b[1] - a[1]) * along];
    const low: Point = [d[0] + (c[0] - d[0]) * along, d[1] + (c[1] - d[1]) * along];
    return [top[0] + (low[0] - top[0]) * down, top[1] + (low[1] - top[1]) * down];
  };
  const made = [shape([a, b, c, d], DEEP)];
  const ribs = 9;
  for (let rib = 0; rib <= ribs; rib += 1) {
    const along = 1 - (1 - rib / ribs) ** 1.45;
    const wide = 0.011 + 0.012 * (1 - along);
    made.push(
      shape(
        [at(along - wide, 0), at(along + wide, 0), at(along + wide, 1), at(along - wide, 1)],
        INK,
      ),
    );
    const glint = along - side * wide * 0.2 - wide * 1.5;
    for (let down = 0.03; down < 0.96; down += 0.085)
      if (chance.often(0.72))
        made.push(
          gouge(
            at(glint, down),
            at(glint, down + 0.07),
            4.6 - 3 * along,
            side > 0 ? tone(0, 1, 0.2) : tone(0.1, 0.6, 0.5),
          ),
        );
  }
  // The plates take the red of the lamp, less with every rib.
  for (let count = 0; count < 150; count += 1) {
    const [along, down] = [chance.next(), chance.next()];
    if (side < 0 || !chance.often(1 - along * 1.15)) continue;
    made.push(
      gouge(at(along, down), at(along + 0.012, down + 0.05), 3.4 - 2 * along, tone(0.35, 1, 0)),
    );
  }
  for (const down of [0.06, 0.34, 0.62, 0.9]) {
    made.push(
      shape(
        [at(0, down - 0.014), at(1, down - 0.014), at(1, down + 0.022), at(0, down + 0.022)],
        INK,
      ),
    );
    for (let along = 0.02; along < 0.98; along += 0.035 + 0.05 * (1 - along))
      if (chance.often(0.8))
        made.push(
          gouge(
            at(along, down - 0.028),
            at(along + 0.03, down - 0.028),
            3.4 - 2 * along,
            side > 0 ? tone(0, 1, 0.25) : tone(0.1, 0.5, 0.5),
          ),
        );
  }
  // The walkway's railing on top.
  for (let along = 0; along <= 1; along += 0.06) {
    const foot = at(along, 0);
    made.push(line([foot, [foot[0], foot[1] - 54 * (1.15 - along)]], INK, 3.4));
  }
  const rail = (up: number) =>
    line(
      [
        [a[0], a[1] - 62 * up],
        [b[0], b[1] - 9 * up],
      ],
      INK,
      3.6,
    );
  return made.join("") + rail(1) + rail(0.55);
}

function pier(chance: Chance): string {
  return [
    shape("0,480 196,480 232,900 0,960", DEEP),
    cuts(chance, {
      box: [0, 500, 200, 420],
      angle: 3,
      length: 50,
      gap: 24,
      width: 3,
      fill: tone(0.1, 1, 0),
      keep: (x) => x / 260,
    }),
    // The control room, where somebody is writing it down.
    rect(20, 300, 186, 186, DEEP),
    shape("4,306 28,262 200,262 222,306", INK),
    rect(44, 340, 138, 84, tone(0, 0.12, 1)),
    path("M96 424V392Q96 372 112 368A15 17 0 1 1 128 368Q146 372 146 396L160 424Z", INK),
    line("44,382 96,382", INK, 4),
    line("113,340 113,352", INK, 5),
    line("72,340 72,424", INK, 4),
    shape("1420,400 1600,380 1600,980 1400,920", DEEP),
    cuts(chance, {
      box: [1410, 420, 190, 500],
      angle: -4,
      length: 60,
      gap: 26,
      width: 3.4,
      fill: tone(0.5, 0.6, 0),
      keep: (x) => (1640 - x) / 330,
    }),
  ].join("");
}

function quayWater(chance: Chance, lamp: Point, water: number): string {
  return [
    fade("deep", [tone(1), tone(1)]),
    shape(
      [
        [0, 870],
        [232, 842],
        [772, water + 10],
        [838, water + 10],
        [1400, 850],
        [1600, 900],
        [1600, HEIGHT],
        [0, HEIGHT],
      ],
      "url(#deep)",
    ),
    ripples(chance, {
      top: 780,
      bottom: HEIGHT,
      width: WIDTH,
      fill: tone(0.25, 0.1, 0.2),
      keep: (x) => 0.34 + 0.2 * Math.sin(x / 210),
    }),
    reflection(chance, {
      x: lamp[0] + 30,
      top: 880,
      bottom: HEIGHT,
      spread: 78,
      fill: tone(0, 1, 0.45),
    }),
    reflection(chance, { x: 806, top: 764, bottom: HEIGHT, spread: 52, fill: tone(0, 0.05, 0.6) }),
    reflection(chance, { x: 118, top: 925, bottom: HEIGHT, spread: 46, fill: tone(0, 0.1, 1) }),
  ].join("");
}
