import type { Chance } from "./chance.ts";
import {
  BARE,
  blob,
  bow,
  cuts,
  DEEP,
  fade,
  HEIGHT,
  INK,
  line,
  oval,
  path,
  place,
  rect,
  shape,
  stroke,
  tone,
  WIDTH,
} from "./marks.ts";
import type { Point } from "./marks.ts";
import { loaf } from "./things.ts";

/** The baker's ledger on the counter, with the loaves it counts. */
export function drawLedger(chance: Chance): string {
  const lines: string[] = [];
  for (const side of [-1, 1])
    for (let row = 0; row < 11; row += 1) {
      const y = -236 + row * 44;
      const from = side < 0 ? -520 : 52;
      lines.push(
        line(
          [
            [from - 20, y + 12],
            [from + 470, y + 12],
          ],
          tone(0, 0.45, 0.25),
          2,
        ),
      );
      let x = from + 56;
      while (x < from + 350) {
        const long = chance.between(34, 92);
        lines.push(
          bow(
            Array.from({ length: Math.ceil(long / 8) }, (_, index): Point => [
              x + index * 8,
              y + (index % 2 === 0 ? 4 : -8) * chance.between(0.3, 1.3),
            ]),
            INK,
            4,
          ),
        );
        x += long + 22;
      }
      lines.push(
        bow(
          [
            [from + 396, y],
            [from + 410, y - 12],
            [from + 420, y + 4],
            [from + 438, y - 8],
          ],
          INK,
          4,
        ),
      );
      if (chance.often(0.7))
        lines.push(
          oval(from + 18, y - 4, 13, 12, "none"),
          `<ellipse cx="${from + 18}" cy="${y - 4}" rx="14" ry="13" fill="none" stroke="${tone(0.05, 1, 0)}" stroke-width="5"/>`,
        );
      if (chance.often(0.22))
        lines.push(
          line(
            [
              [from - 4, y + 14],
              [from + 42, y - 22],
            ],
            tone(0.05, 1, 0),
            5,
          ),
        );
    }
  const book = [
    path(
      "M-580 -300Q-300 -336 0 -286Q300 -336 580 -300L640 292Q320 250 0 300Q-320 250 -640 292Z",
      INK,
    ),
    path("M-560 -296Q-290 -326 0 -276V284Q-310 240 -612 270Z", BARE),
    path("M560 -296Q290 -326 0 -276V284Q310 240 612 270Z", tone(0, 0.03, 0.18)),
    fade("gutter", [tone(0, 0.03, 0.15), tone(0.6, 0.3, 0.4)], "0 0 1 0"),
    path("M-110 -292Q-50 -286 0 -276V284Q-50 270 -120 262Z", "url(#gutter)"),
  ].join("");
  return [
    rect(0, 0, WIDTH, 430, INK),
    shelf(chance, 170),
    shelf(chance, 392),
    fade("bench", [tone(0, 1, 1), tone(0, 0.6, 1)]),
    rect(0, 410, WIDTH, HEIGHT - 410, "url(#bench)"),
    cuts(chance, {
      box: [0, 430, WIDTH, 640],
      angle: (x, y) => 3 * Math.sin(x / 200 + y / 60),
      length: 190,
      gap: 30,
      width: 6,
      fill: tone(0.2, 1, 0.5),
      keep: () => 0.3,
    }),
    path("M150 1040L330 470H1330L1500 1060Z", DEEP),
    place([800, 740], book + lines.join(""), { turn: -3, size: 1.04 }),
    place([1330, 480], pencilHand()),
    oval(150, 700, 150, 20, DEEP),
    place(
      [150, 694],
      place([0, 4], loaf(DEEP, DEEP), { size: 1.06 }) + loaf(tone(0, 0.85, 0.9), BARE),
      { size: 1.7, turn: -6 },
    ),
    oval(110, 950, 190, 26, DEEP),
    place(
      [110, 940],
      place([0, 4], loaf(DEEP, DEEP), { size: 1.06 }) + loaf(tone(0, 1, 0.4), tone(0, 0, 0.9)),
      { size: 2.1, turn: 5 },
    ),
    cuts(chance, {
      box: [20, 800, 200, 120],
      angle: 30,
      length: 10,
      gap: 18,
      width: 4,
      fill: BARE,
      keep: () => 0.4,
    }),
  ].join("");
}

function shelf(chance: Chance, y: number): string {
  const loaves: string[] = [];
  for (let x = 60; x < WIDTH; x += 148)
    if (chance.often(0.86))
      loaves.push(
        place(
          [x, y],
          loaf(chance.often(0.5) ? tone(0.1, 0.9, 0.5) : tone(0.3, 0.85, 0.2), tone(0, 0.15, 0.7)),
          { size: chance.between(0.8, 1) },
        ),
      );
  return loaves.join("") + rect(0, y, WIDTH, 20, INK) + rect(0, y, WIDTH, 6, tone(0.2, 0.6, 0.6));
}

/** A hand with a pencil that comes in from the upper right. */
function pencilHand(): string {
  return [
    line("-180,190 30,-70", INK, 24),
    line("-170,178 30,-70", tone(0, 0.25, 1), 14),
    shape("-196,214 -184,178 -164,194", BARE),
    shape("-198,216 -192,200 -184,206", INK),
    blob("-130,110 -92,40 -20,-40 80,-70 130,0 70,70 10,100 -40,120 -96,140", tone(0, 0.4, 0.3)),
    stroke(
      "M-128 112Q-80 100 -40 60M-96 140Q-50 124 -4 84M-92 40Q-110 70 -130 110Q-120 130 -96 140Q-60 136 -40 120Q20 108 70 70",
      INK,
      7,
    ),
    shape("60,-90 400,-260 400,140 110,60", tone(0.2, 0.1, 0.1)),
    shape("46,-96 86,-112 134,58 96,76", BARE),
    stroke("M150 -60L330 -160M170 0L380 -80M176 40L390 20", tone(0.9, 0.2, 0.1), 6),
  ].join("");
}
