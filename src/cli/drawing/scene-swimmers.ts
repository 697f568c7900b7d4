import type { Chance } from "./chance.ts";
import {
  BARE,
  blob,
  curve,
  cuts,
  disc,
  fade,
  gouge,
  HEIGHT,
  INK,
  oval,
  path,
  place,
  rays,
  rect,
  stroke,
  tone,
  WIDTH,
} from "./marks.ts";
import type { Point } from "./marks.ts";
import { church } from "./town.ts";
import { reflection, ripples } from "./water.ts";

/** Five heads in the river, and the church on the hill. */
export function drawSwimmers(chance: Chance): string {
  const sun: Point = [1180, 330];
  const hill: Point[] = [
    [0, 470],
    [200, 430],
    [420, 330],
    [620, 270],
    [800, 262],
    [960, 320],
    [1120, 400],
    [1340, 440],
    [1600, 452],
    [1600, 540],
    [0, 540],
  ];
  return [
    fade("dawn", [tone(0, 0.1, 0.75), tone(0, 0.2, 0.25), tone(0, 0.75, 0)]),
    rect(0, 0, WIDTH, 540, "url(#dawn)"),
    disc(sun[0], sun[1], 92, tone(0, 1, 0)),
    rays(chance, sun, { from: 120, to: 420, count: 64, width: 6, fill: BARE }),
    blob("-60,470 300,400 900,420 1300,380 1700,410 1700,560 -60,560", tone(0, 0.3, 0.85)),
    church(690, 292, 62, {
      wall: tone(0.9, 0.1, 0.3),
      shade: INK,
      roof: INK,
      dark: tone(0, 0.6, 0.2),
      lit: tone(0, 0.7, 0.1),
    }),
    path(`${curve(hill.slice(0, 9), false)}L1600 560L0 560Z`, tone(0.86, 0.05, 0.9)),
    cuts(chance, {
      box: [0, 290, WIDTH, 240],
      angle: (x) => (x < 740 ? -22 : 18),
      length: 54,
      gap: 22,
      width: 5,
      fill: tone(0, 0.1, 0.85),
      keep: (x, y) => (y > 300 + Math.abs(x - 740) * 0.26 ? 0.4 : 0),
    }),
    [80, 150, 240, 330, 1010, 1090, 1190, 1280, 1390, 1490]
      .map((x, index) => poplar(x, 530, 90 + ((index * 37) % 60)))
      .join(""),
    fade("water", [tone(0, 0.4, 0.6), tone(0, 0, 1), tone(0.5, 0, 1), tone(1), tone(1)]),
    rect(0, 530, WIDTH, HEIGHT - 530, "url(#water)"),
    ripples(chance, {
      top: 534,
      bottom: 800,
      width: WIDTH,
      fill: tone(0.9, 0, 0.9),
      keep: (x) => 0.4 + 0.2 * Math.sin(x / 160),
    }),
    ripples(chance, {
      top: 700,
      bottom: HEIGHT,
      width: WIDTH,
      fill: tone(0, 0, 0.8),
      keep: (x, y) => 0.2 + 0.2 * Math.sin(x / 210 + y / 60),
    }),
    reflection(chance, { x: sun[0], top: 538, bottom: 1020, spread: 86, fill: tone(0, 0.95, 0) }),
    swimmer(chance, [420, 660], 0.62, "bun"),
    swimmer(chance, [930, 690], 0.74, "bare"),
    swimmer(chance, [1330, 745], 0.95, "cap"),
    swimmer(chance, [300, 830], 1.2, "cap"),
    swimmer(chance, [820, 925], 1.65, "bobble"),
  ].join("");
}

function poplar(x: number, y: number, high: number): string {
  return path(
    `M${x - 16} ${y}Q${x - 24} ${y - high * 0.6} ${x} ${y - high}Q${x + 24} ${y - high * 0.6} ${x + 16} ${y}Z`,
    INK,
  );
}

function swimmer(
  chance: Chance,
  [x, y]: Point,
  size: number,
  hat: "bun" | "bare" | "cap" | "bobble",
): string {
  const rings = [110, 170, 236].map(
    (radius, index) =>
      `<path d="M${-radius} 0A${radius} ${radius * 0.24} 0 0 0 ${radius} 0" fill="none" stroke="${index === 1 ? tone(0, 0, 0.7) : BARE}" stroke-width="${7 - index * 1.6}" stroke-dasharray="${120 + chance.whole(0, 60)} ${26 + chance.whole(0, 30)}" stroke-linecap="round"/>`,
  );
  const tops = {
    bun: oval(0, -70, 42, 34, INK) + disc(0, -110, 20, INK),
    bare: path("M-42 -62Q-40 -104 0 -106T42 -62Q20 -88 0 -84T-42 -62Z", BARE),
    cap:
      path("M-46 -52Q-50 -110 0 -112T46 -52Q0 -70 -46 -52Z", tone(0, 1, 0)) +
      gouge([-30, -88], [-14, -104], 5, BARE),
    bobble:
      path("M-47 -50Q-52 -112 0 -114T47 -50Z", tone(0, 1, 0)) +
      path("M-50 -66Q0 -84 50 -66L50 -44Q0 -62 -50 -44Z", BARE) +
      disc(0, -122, 20, BARE) +
      cuts(chance, {
        box: [-36, -108, 72, 34],
        angle: 90,
        length: 16,
        gap: 12,
        width: 4,
        fill: BARE,
        keep: () => 0.7,
      }),
  };
  return place(
    [x, y],
    [
      rings.join(""),
      path("M-92 10Q-80 -26 -26 -22H26Q80 -26 92 10Z", tone(0.1, 0.72, 0.1)),
      path("M-24 -30H24V0H-24Z", tone(0.3, 0.7, 0.2)),
      path("M-44 -60Q-46 0 0 6Q46 0 44 -60Q40 -104 0 -104T-44 -60Z", tone(0, 0.55, 0)),
      path("M6 -104Q42 -100 44 -60Q46 0 0 6Q26 -30 18 -70Z", tone(0.7, 0.5, 0.3)),
      tops[hat],
      stroke(
        "M-26 -48Q-18 -54 -10 -48M8 -48Q16 -54 24 -48M-4 -44L-8 -24L2 -22M-12 -8Q0 -14 12 -8",
        INK,
        4.5,
      ),
      path("M-130 12Q-70 -6 0 -4T130 12Q70 26 0 24T-130 12Z", tone(0.85, 0, 0.9)),
      gouge([-116, 8], [-20, 0], 5, BARE),
      gouge([20, 0], [116, 8], 5, BARE),
    ].join(""),
    { size },
  );
}
