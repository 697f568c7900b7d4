import type { Chance } from "./chance.ts";
import { write } from "./letters.ts";
import {
  BARE,
  bow,
  cuts,
  DEEP,
  disc,
  gouge,
  HEIGHT,
  INK,
  inside,
  line,
  oval,
  path,
  place,
  rect,
  shape,
  tone,
  WIDTH,
} from "./marks.ts";
import { figure } from "./things.ts";
import { reflection, ripples } from "./water.ts";
import { rain } from "./weather.ts";

/** Four shops in a row: one is open. */
export function drawShops(chance: Chance): string {
  const pavement = 850;
  const fronts = [
    { x: -30, wall: tone(0, 1, 0), state: "paper", name: "SHO S" },
    { x: 380, wall: tone(0, 0, 1), state: "shutter", name: " AN" },
    { x: 790, wall: tone(0, 1, 0.9), state: "open", name: "BUTTONS" },
    { x: 1200, wall: tone(0, 0.3, 0.3), state: "paper", name: "C AND ER" },
  ] as const;
  return [
    rect(0, 0, WIDTH, HEIGHT, tone(0, 0.1, 0.3)),
    fronts.map((front) => place([front.x, pavement], shopFront(chance, front))).join(""),
    rect(0, pavement, WIDTH, HEIGHT - pavement, INK),
    rect(0, pavement, WIDTH, 9, tone(0.2, 0.1, 0.4)),
    line(
      [
        [0, pavement + 88],
        [WIDTH, pavement + 74],
      ],
      INK,
      7,
    ),
    reflection(chance, {
      x: 1000,
      top: pavement + 26,
      bottom: HEIGHT,
      spread: 170,
      fill: tone(0, 0.05, 1),
    }),
    reflection(chance, {
      x: 1005,
      top: pavement + 34,
      bottom: HEIGHT,
      spread: 80,
      fill: tone(0, 0, 0.35),
    }),
    ripples(chance, {
      top: pavement + 20,
      bottom: HEIGHT,
      width: WIDTH,
      fill: tone(0.15, 0.1, 0.3),
      keep: (x) => (Math.abs(x - 1000) < 220 ? 0 : 0.2),
    }),
    // Somebody on the way past.
    place([430, 1036], walker(), { size: 1.22 }),
    rain(chance, [0, 0, WIDTH, HEIGHT], {
      angle: 78,
      fill: BARE,
      much: 0.16,
      length: 80,
      width: 2,
    }),
  ].join("");
}

/** A shop with two storeys above it, 400 wide, standing on 0. */
function shopFront(
  chance: Chance,
  { wall, state, name }: { wall: string; state: "paper" | "shutter" | "open"; name: string },
): string {
  const courses = cuts(chance, {
    box: [14, -850, 380, 410],
    angle: 0,
    length: 44,
    gap: 17,
    width: 2.6,
    fill: tone(1, 0.5, 0.3),
    keep: () => 0.34,
  });
  const upper = [60, 250].flatMap((x) =>
    [-800, -610].map((y, row) => {
      const isLit = state === "open" && row === 1 && x === 250;
      return (
        rect(x - 12, y - 12, 124, 150, BARE) +
        rect(x, y, 100, 128, isLit ? tone(0, 0.05, 1) : tone(0.95, 0.05, 0)) +
        shape(
          [
            [x, y + 128],
            [x, y + 60],
            [x + 58, y],
            [x + 80, y],
          ],
          isLit ? tone(0, 0, 0.6) : tone(0.66, 0, 0.2),
        ) +
        line(
          [
            [x + 50, y],
            [x + 50, y + 128],
          ],
          BARE,
          7,
        ) +
        line(
          [
            [x, y + 62],
            [x + 100, y + 62],
          ],
          BARE,
          7,
        ) +
        rect(x - 20, y + 138, 140, 14, INK)
      );
    }),
  );
  const fascia =
    rect(8, -424, 394, 70, state === "open" ? tone(0.95, 0.2, 0) : INK) +
    rect(0, -436, 410, 14, INK) +
    rect(4, -354, 402, 10, BARE);
  return (
    rect(4, -900, 402, 900, wall) +
    courses +
    upper.join("") +
    fascia +
    write(name, {
      x: state === "open" ? 78 : 84,
      y: -410,
      height: 40,
      ink: state === "open" ? tone(0, 0, 1) : tone(0.3, 0.1, 0.2),
    }) +
    rect(4, -344, 402, 344, INK) +
    { paper, shutter, open }[state](chance) +
    rect(0, -900, 7, 900, INK)
  );
}

function paper(chance: Chance): string {
  const sheets: string[] = [];
  for (let x = 28; x < 256; x += 76)
    for (let y = -322; y < -90; y += 112) {
      const lean = chance.between(-2.5, 2.5);
      sheets.push(
        place(
          [x + 38, y + 56],
          rect(-39, -57, 78, 116, tone(0, chance.between(0.14, 0.34), chance.between(0.5, 0.75))) +
            line("-36,-20 34,12", tone(0.3, 0.3, 0.7), 2),
          { turn: lean },
        ),
      );
    }
  return (
    inside(
      `pane${chance.whole(0, 9999)}`,
      "M28 -322H262V-84H28Z",
      sheets.join("") + shape("28,-84 28,-200 130,-322 176,-322", tone(0, 0.05, 0.35)),
    ) +
    rect(20, -84, 250, 12, BARE) +
    shopDoor(tone(0, 0.26, 0.6)) +
    place(
      [146, -214],
      rect(-62, -34, 124, 66, BARE) +
        line("-44,-14 44,-14", tone(0.1, 1, 0), 11) +
        line("-44,10 12,10", tone(0.1, 1, 0), 11),
      { turn: -6 },
    )
  );
}

function shutter(chance: Chance): string {
  const slats = Array.from(
    { length: 13 },
    (_, index) =>
      rect(22, -326 + index * 25, 250, 19, tone(0.3, 0.1, 0.35)) +
      rect(22, -326 + index * 25, 250, 5, BARE),
  );
  const scrawl = bow(
    "60,-150 92,-214 108,-140 140,-206 160,-150 206,-196 232,-160",
    tone(0.1, 1, 0.1),
    12,
  );
  return (
    slats.join("") +
    scrawl +
    shopDoor(tone(0.62, 0.1, 0.2)) +
    cuts(chance, {
      box: [300, -60, 80, 50],
      angle: 20,
      length: 34,
      gap: 14,
      width: 8,
      fill: BARE,
      keep: () => 0.6,
    })
  );
}

function open(chance: Chance): string {
  const jars = [-290, -226, -160].flatMap((y, row) =>
    Array.from({ length: 9 }, (_, index) => {
      const x = 44 + index * 25;
      return (
        disc(
          x,
          y + 8,
          7 + ((index + row) % 3),
          [tone(0.1, 1, 0), tone(1), tone(0.5, 0.3, 0.6)][(index * 2 + row) % 3] ?? INK,
        ) + disc(x - 2, y + 6, 2, BARE)
      );
    }),
  );
  return [
    rect(24, -326, 246, 246, tone(0, 0.04, 0.95)),
    [-270, -206, -140].map((y) => rect(24, y, 246, 6, tone(0.9, 0.4, 0.4))).join(""),
    jars.join(""),
    rect(24, -118, 246, 38, tone(0.3, 0.7, 0.5)),
    cuts(chance, {
      box: [24, -118, 246, 34],
      angle: 90,
      length: 22,
      gap: 9,
      width: 3,
      fill: BARE,
      keep: () => 0.4,
    }),
    rect(20, -80, 254, 12, BARE),
    rect(296, -326, 94, 326, tone(0, 0.1, 1)),
    figure([344, 0], 250, INK, { coat: 1.25 }),
    line("312,-6 330,-220", INK, 7),
    shape("300,0 324,0 318,-48 306,-48", INK),
    shape("296,0 390,0 440,46 270,46", tone(0, 0.1, 0.8)),
  ].join("");
}

function shopDoor(glass: string): string {
  return (
    rect(296, -326, 94, 326, tone(0.8, 0.3, 0)) +
    rect(310, -308, 66, 178, glass) +
    rect(310, -112, 66, 84, INK) +
    disc(380, -150, 5, BARE)
  );
}

/** A person under an umbrella, in step, about 330 tall. */
function walker(): string {
  return [
    path(
      "M-38 -210Q0 -236 38 -210L62 -78L30 -70L52 -6L30 0L2 -72L-30 0L-54 -6L-26 -74L-62 -80Z",
      INK,
    ),
    oval(4, -246, 23, 27, DEEP),
    path(
      "M-150 -262Q-120 -372 10 -384Q140 -372 166 -262Q120 -286 88 -262Q50 -288 8 -264Q-34 -288 -72 -264Q-110 -284 -150 -262Z",
      INK,
    ),
    bow("8,-380 -30,-330 -72,-266", tone(0.4, 0.4, 0.2), 3),
    bow("8,-380 52,-330 88,-264", tone(0.4, 0.4, 0.2), 3),
    line("8,-392 30,-150", INK, 6),
    rect(-86, -112, 46, 62, DEEP),
    gouge([58, -196], [66, -80], 6, tone(0, 0, 1)),
    gouge([20, -266], [26, -226], 6, tone(0, 0, 1)),
    gouge([34, -66], [50, -8], 5, tone(0, 0, 1)),
    gouge([-40, -108], [-40, -54], 4, tone(0, 0, 1)),
    gouge([118, -350], [164, -272], 6, tone(0, 0, 1), -10),
  ].join("");
}
