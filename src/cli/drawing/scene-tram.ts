import type { Chance } from "./chance.ts";
import {
  BARE,
  cuts,
  DEEP,
  disc,
  fade,
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
import { figure } from "./things.ts";
import { church } from "./town.ts";
import { reflection } from "./water.ts";
import { rain } from "./weather.ts";

/** The number 2 tram coming down Rope Street in the rain. */
export function drawTram(chance: Chance): string {
  const tones = (warm: number) => ({
    wall: warm > 0.5 ? tone(0, 1, 0.2) : tone(0, 0.4, 0.4),
    shade: warm > 0.5 ? DEEP : tone(0, 1, 0.5),
    roof: INK,
    dark: INK,
    lit: tone(0, 0, 1),
  });
  return [
    fade("dusk", [tone(0, 0.55, 1), tone(0, 0.25, 1), tone(0, 0, 0.8)]),
    rect(0, 0, WIDTH, 760, "url(#dusk)"),
    cuts(chance, {
      box: [300, 0, 1000, 330],
      angle: -14,
      length: 150,
      gap: 34,
      width: 10,
      fill: tone(1, 0, 0.3),
      keep: (_x, y) => 0.75 - y / 420,
    }),
    church(800, 560, 74, {
      wall: tone(0, 1, 0.6),
      shade: DEEP,
      roof: DEEP,
      dark: INK,
      lit: tone(0, 0, 0.9),
    }),
    terrace(chance, -1, tones(0.1)),
    terrace(chance, 1, tones(0.9)),
    shape("540,590 1060,590 1600,890 1600,1067 0,1067 0,890", tone(0, 0.2, 0.6)),
    shape("650,590 950,590 1640,1067 -40,1067", INK),
    cuts(chance, {
      box: [0, 690, WIDTH, 377],
      angle: 0,
      length: 60,
      gap: 26,
      width: 4,
      fill: INK,
      keep: (x, y) => (Math.abs(x - 800) > 170 + (y - 590) * 1.45 ? 0.45 : 0),
    }),
    cuts(chance, {
      box: [0, 600, WIDTH, 467],
      angle: (x) => 90 - (x - 800) / 13,
      length: 44,
      gap: 34,
      width: 5,
      fill: tone(0.2, 0.2, 0.6),
      keep: (x, y) => (Math.abs(x - 800) < 130 + (y - 590) * 1.3 ? 0.3 : 0),
    }),
    [
      [700, 250],
      [756, 640],
      [900, 960],
      [848, 1350],
    ]
      .map(
        ([far = 0, near = 0]) =>
          line(
            [
              [far, 580],
              [near, HEIGHT + 20],
            ],
            BARE,
            6,
          ) +
          line(
            [
              [far + 4, 580],
              [near + 10, HEIGHT + 20],
            ],
            INK,
            5,
          ),
      )
      .join(""),
    reflection(chance, {
      x: 800,
      top: 900,
      bottom: HEIGHT,
      spread: 190,
      fill: tone(0, 0.05, 0.95),
    }),

    line("0,40 800,300 1600,20", INK, 4),
    line("0,130 800,306 1600,120", INK, 3),
    line("796,0 800,300", INK, 4),
    place([800, 905], tramFront(chance), { size: 1.24 }),
    figure([210, 1010], 330, DEEP, { coat: 1.2 }),
    figure([318, 980], 290, DEEP, { coat: 1.05, hat: true }),
    figure([1392, 960], 280, DEEP, { coat: 1.15 }),
    rain(chance, [0, 0, WIDTH, HEIGHT], {
      angle: 76,
      fill: BARE,
      much: 0.2,
      length: 76,
      width: 2.2,
    }),
  ].join("");
}

/** Houses that run towards the end of the street, on one side of it. */
function terrace(
  chance: Chance,
  side: number,
  tones: { wall: string; shade: string; roof: string; dark: string; lit: string },
): string {
  const made: string[] = [];
  for (let index = 7; index >= 0; index -= 1) {
    const near = 0.8 ** index;
    const [from, to] = [240 + 640 * near, 240 + 640 * 0.8 ** (index + 1)];
    const [x1, x2] = [800 + side * from, 800 + side * to];
    const high = chance.between(0.86, 1.12);
    const eave = (far: number) => 600 - far * 0.86 * high;
    const foot = (far: number) => 470 + far * 0.52;
    const isEven = index % 2 === 0;
    made.push(
      shape(
        [
          [x1, eave(from)],
          [x2, eave(to)],
          [x2, foot(to)],
          [x1, foot(from)],
        ],
        isEven ? tones.wall : tones.shade,
      ),
    );
    made.push(
      shape(
        [
          [x1, eave(from)],
          [(x1 + x2) / 2, eave((from + to) / 2) - 120 * near],
          [x2, eave(to)],
        ],
        tones.roof,
      ),
    );
    for (const row of [0.12, 0.34, 0.56])
      for (const column of [0.2, 0.6]) {
        const a = from + (to - from) * column;
        const b = from + (to - from) * (column + 0.24);
        const y = (far: number, down: number) => eave(far) + (foot(far) - eave(far)) * down;
        made.push(
          shape(
            [
              [800 + side * a, y(a, row)],
              [800 + side * b, y(b, row)],
              [800 + side * b, y(b, row + 0.14)],
              [800 + side * a, y(a, row + 0.14)],
            ],
            chance.often(0.4) ? tones.lit : tones.dark,
          ),
        );
      }
    const shop = (down: number, far: number) => eave(far) + (foot(far) - eave(far)) * down;
    made.push(
      shape(
        [
          [x1, shop(0.76, from)],
          [x2, shop(0.76, to)],
          [x2, foot(to)],
          [x1, foot(from)],
        ],
        chance.often(0.3) ? tones.lit : tones.dark,
      ),
    );
    made.push(
      line(
        [
          [x1, shop(0.75, from)],
          [x2, shop(0.75, to)],
        ],
        BARE,
        6 * near + 1,
      ),
    );
  }
  return made.join("");
}

/** The tram from the front, about 300 wide and 440 tall, standing on 0. */
function tramFront(chance: Chance): string {
  return [
    oval(0, 0, 190, 16, INK),
    line("0,-440 -70,-486 0,-520", INK, 6),
    line("-46,-520 46,-520", INK, 7),
    path("M-150 -12V-350Q-146 -430 -80 -438H80Q146 -430 150 -350V-12Z", tone(0.05, 1, 0.15)),
    path("M-150 -190H150V-128H-150Z", BARE),
    path("M-126 -210V-338Q-122 -374 -96 -376H-52V-210Z", tone(0, 0.03, 0.8)),
    path("M-40 -210V-376H40V-210Z", tone(0, 0.03, 0.8)),
    path("M126 -210V-338Q122 -374 96 -376H52V-210Z", tone(0, 0.03, 0.8)),
    oval(2, -292, 24, 29, INK) +
      rect(-24, -326, 52, 15, INK) +
      path("M-36 -210Q-34 -256 2 -258T38 -210Z", INK),
    oval(-92, -258, 17, 21, INK) + path("M-118 -210Q-116 -234 -92 -234T-66 -210Z", INK),
    oval(90, -266, 18, 22, INK) + path("M62 -210Q66 -238 90 -240T116 -210Z", INK),
    rect(-58, -428, 116, 40, INK),
    stroke("M-13 -416Q2 -424 10 -414Q12 -404 -13 -396H13", tone(0, 0.05, 1), 6),
    cuts(chance, {
      box: [-140, -116, 280, 92],
      angle: 90,
      length: 40,
      gap: 16,
      width: 4,
      fill: tone(0.9, 1, 0),
      keep: (x) => (Math.abs(x) > 70 ? 0.7 : 0.1),
    }),
    rays(chance, [0, -84], { from: 44, to: 190, count: 34, width: 4, fill: tone(0, 0, 0.6) }),
    disc(0, -84, 36, INK),
    disc(0, -84, 27, BARE),
    rect(-160, -28, 320, 22, INK),
    stroke("M-120 -6L-96 -24M120 -6L96 -24", INK, 10),
  ].join("");
}
