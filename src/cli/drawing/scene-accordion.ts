import type { Chance } from "./chance.ts";
import {
  BARE,
  cuts,
  DEEP,
  disc,
  gouge,
  HEIGHT,
  INK,
  line,
  path,
  place,
  rect,
  shape,
  stroke,
  tone,
  WIDTH,
} from "./marks.ts";
import type { Point } from "./marks.ts";

/** The accordion on the bench, opened, with its reeds around it. */
export function drawAccordion(chance: Chance): string {
  const folds: string[] = [];
  const count = 15;
  for (let index = 0; index < count; index += 1) {
    const at = (share: number): { top: Point; low: Point } => {
      const turn = -0.62 + share * 1.24;
      const middle: Point = [800 + Math.sin(turn) * 640, 1060 - Math.cos(turn) * 560];
      const [dx, dy] = [Math.sin(turn), -Math.cos(turn)];
      return {
        top: [middle[0] + dx * 190, middle[1] + dy * 190],
        low: [middle[0] - dx * 190, middle[1] - dy * 190],
      };
    };
    const [a, b, c] = [at(index / count), at((index + 0.5) / count), at((index + 1) / count)];
    folds.push(
      shape([a.top, b.top, b.low, a.low], tone(0, 1, 0.25)),
      shape([b.top, c.top, c.low, b.low], DEEP),
    );
    folds.push(line([b.top, b.low], INK, 6), line([a.top, a.low], tone(0, 0.2, 0.7), 5));
    for (let share = 0.12; share < 0.95; share += 0.17) {
      const x = a.low[0] + (a.top[0] - a.low[0]) * share;
      const y = a.low[1] + (a.top[1] - a.low[1]) * share;
      const [x2, y2] = [
        b.low[0] + (b.top[0] - b.low[0]) * share,
        b.low[1] + (b.top[1] - b.low[1]) * share,
      ];
      if (chance.often(0.7)) folds.push(gouge([x + 6, y], [x2 - 6, y2], 4, BARE));
    }
  }
  return [
    rect(0, 0, WIDTH, HEIGHT, tone(0, 0.12, 1)),
    workshopWall(chance),
    rect(0, 820, WIDTH, 250, DEEP),
    rect(0, 812, WIDTH, 16, INK),
    cuts(chance, {
      box: [0, 840, WIDTH, 230],
      angle: 0,
      length: 180,
      gap: 26,
      width: 5,
      fill: tone(0, 1, 0.4),
      keep: () => 0.3,
    }),
    folds.join(""),
    place([352, 660], keyboard(), { turn: -36, size: 1.12 }),
    place([1248, 660], buttons(), { turn: 36, size: 1.12 }),
    reeds(chance),
  ].join("");
}

function workshopWall(chance: Chance): string {
  const tools = [
    stroke("M0 0V90", INK, 10) + path("M-14 90H14L8 190H-8Z", INK),
    stroke("M0 0V130", INK, 9) + path("M-40 120H40V160H-40Z", INK),
    stroke("M-20 0Q-30 70 0 90Q30 70 20 0M0 90L-34 190M0 90L34 190", INK, 12),
    stroke("M0 0V60", INK, 16) + line("0,60 0,200", INK, 6),
    ring0(),
  ];
  return [
    cuts(chance, {
      box: [0, 20, WIDTH, 790],
      angle: 88,
      length: 150,
      gap: 56,
      width: 4,
      fill: tone(0.1, 0.7, 0.8),
      keep: () => 0.3,
    }),
    line("0,70 1600,70", INK, 10),
    [90, 210, 340, 470, 1130, 1260, 1390, 1510]
      .map((x, index) => place([x, 76], tools[index % 5] ?? "", { turn: chance.between(-3, 3) }))
      .join(""),
    rect(590, 100, 420, 300, INK),
    rect(606, 116, 388, 268, tone(0, 0.05, 0.2)),
    shape("606,384 606,300 700,250 760,290 880,230 994,300 994,384", tone(0.45, 0.5, 0.1)),
    line("800,116 800,384", INK, 10),
    line("606,236 994,236", INK, 8),
  ].join("");
}

function ring0(): string {
  return (
    `<circle cx="0" cy="60" r="44" fill="none" stroke="${INK}" stroke-width="12"/>` +
    line("0,0 0,16", INK, 8)
  );
}

function keyboard(): string {
  const keys = Array.from(
    { length: 13 },
    (_, index) =>
      rect(-150, -236 + index * 37, 92, 33, BARE) +
      ([0, 1, 3, 4, 5].includes(index % 7) ? rect(-150, -212 + index * 37, 56, 22, INK) : ""),
  );
  return (
    `<rect x="-160" y="-262" width="230" height="530" rx="26" fill="${INK}"/>` +
    keys.join("") +
    rect(-44, -236, 96, 478, tone(0.1, 1, 0.1)) +
    Array.from({ length: 8 }, (_, index) =>
      stroke(`M-26 ${-206 + index * 56}Q4 ${-230 + index * 56} 34 ${-206 + index * 56}`, BARE, 6),
    ).join("")
  );
}

function buttons(): string {
  const made: string[] = [];
  for (let row = 0; row < 12; row += 1)
    for (let column = 0; column < 3; column += 1)
      made.push(disc(54 + column * 32, -214 + row * 39 + column * 8, 12, BARE));
  return (
    `<rect x="-80" y="-262" width="240" height="530" rx="26" fill="${INK}"/>` +
    rect(-62, -236, 84, 478, tone(0.1, 1, 0.1)) +
    made.join("") +
    stroke("M168 -200Q220 0 168 210", INK, 24)
  );
}

function reeds(chance: Chance): string {
  return [
    [180, 1000],
    [330, 940],
    [520, 1010],
    [1010, 1010],
    [1150, 950],
    [1340, 1010],
    [1480, 930],
  ]
    .map(([x = 0, y = 0], index) =>
      place(
        [x, y],
        rect(-54, -15, 108, 30, BARE) +
          rect(-44, -7, 64, 5, INK) +
          rect(-20, 3, 64, 5, INK) +
          disc(-36, 6, 4, INK) +
          disc(38, -5, 4, INK),
        { turn: index * 37 + chance.between(-20, 20), size: 0.95 },
      ),
    )
    .join("");
}
