import type { Chance } from "./chance.ts";
import {
  BARE,
  bow,
  curve,
  cuts,
  disc,
  gouge,
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
} from "./marks.ts";
import type { Point } from "./marks.ts";
import { figure, gull } from "./things.ts";
import { church, house, ridge } from "./town.ts";
import { ripples } from "./water.ts";

const stone = {
  wall: tone(0, 0.1, 0.25),
  shade: tone(0.6, 0.2, 0.6),
  roof: tone(0.1, 0.95, 0.1),
  dark: INK,
  lit: tone(0.9, 0.1, 0.2),
};

/** The hill behind the town and its terraces; 2,000 by 900. */
export function drawTerraces(chance: Chance): string {
  const [wide, high] = [2000, 900];
  const sun: Point = [1580, 210];
  const bands: string[] = [];
  const lines = Array.from({ length: 11 }, (_, index) => {
    const top = 250 + index * 62 + index * index * 1.6;
    return ridge(chance, {
      from: top + 30,
      to: top + 190 - index * 12,
      width: wide,
      rough: 26 + index * 3,
      steps: 40,
    });
  });
  for (const [index, edge] of lines.entries()) {
    const fills = [tone(0, 0, 1), tone(0, 0.5, 0), tone(1, 0, 0.9), BARE];
    bands.push(path(`${curve(edge, false)}L${wide} ${high}L0 ${high}Z`, fills[index % 4] ?? INK));
    // The wall: a dark line with stones in it.
    const wall = edge.map(([x, y]): Point => [x, y + 9]);
    bands.push(bow(edge, INK, 9 + index), bow(wall, BARE, 4 + index * 0.5));
    for (let step = 0; step < edge.length - 1; step += 1) {
      const [a, b] = [edge[step] ?? [0, 0], edge[step + 1] ?? [0, 0]];
      for (let share = 0; share < 1; share += 0.25) {
        const x = a[0] + (b[0] - a[0]) * share;
        const y = a[1] + (b[1] - a[1]) * share;
        bands.push(
          line(
            [
              [x, y + 5],
              [x, y + 14],
            ],
            INK,
            3,
          ),
        );
        const size = 8 + index * 2.6;
        if (index % 4 === 0) bands.push(gouge([x, y + 22], [x + 5, y + 22 + size * 1.7], 5, INK));
        else if (index % 4 === 1 && chance.often(0.34))
          bands.push(bush(chance, x, y + 28 + size, size));
        else if (index % 4 === 2)
          bands.push(
            gouge([x - size, y + 26], [x + size, y + 30], 4, tone(0, 0.05, 0.8)),
            gouge([x - size, y + 42], [x + size, y + 46], 4, tone(0, 0.05, 0.8)),
          );
        else if (chance.often(0.5))
          bands.push(gouge([x, y + 20], [x + 12, y + 30 + size], 5, tone(0.1, 0.95, 0.1)));
      }
    }
    if (index === 2)
      bands.push(
        [760, 868, 1000]
          .map((x, at) =>
            house(chance, {
              x,
              ground: 530 + at * 14,
              width: 74,
              height: 78,
              tones: stone,
              lit: 0,
              door: true,
            }),
          )
          .join(""),
      );
    if (index === 5) bands.push(goat(410, 690, 1.1), goat(520, 706, 0.9));
    if (index === 7)
      bands.push(
        place(
          [1380, 868],
          figure([0, 0], 190, INK, { coat: 1.3, hat: true }) +
            line("46,-4 -10,-150", INK, 8) +
            gouge([-18, -2], [80, 6], 10, INK),
        ),
      );
  }
  return [
    rect(0, 0, wide, 480, tone(0, 0, 1)),
    disc(sun[0], sun[1], 96, tone(0, 0.95, 0)),
    rays(chance, sun, { from: 128, to: 470, count: 74, width: 7, fill: BARE }),
    rect(1180, 330, 820, 160, tone(0, 0, 1)),
    gouge([1180, 332], [2010, 332], 5, INK),
    ripples(chance, {
      top: 334,
      bottom: 520,
      width: wide,
      fill: BARE,
      keep: (x) => (x > 1180 ? 0.5 : 0),
    }),
    shape("1700,336 1710,318 1770,318 1780,336", INK) + line("1738,318 1738,280", INK, 4),
    path("M0 300Q300 130 620 170T1240 350L1300 480H0Z", BARE),
    cuts(chance, {
      box: [0, 170, 1200, 240],
      angle: 18,
      length: 70,
      gap: 26,
      width: 5,
      fill: INK,
      keep: (x, y) => (y > 190 + Math.abs(x - 520) * 0.22 ? 0.4 : 0),
    }),
    church(560, 196, 40, { ...stone, wall: INK, shade: INK, roof: INK, lit: tone(0, 0.5, 0.2) }),
    bands.join(""),
    gull([1290, 210], 30, INK),
    gull([1360, 160], 22, INK),
  ].join("");
}

function bush(chance: Chance, x: number, y: number, size: number): string {
  return (
    oval(x, y, size * 1.25, size, INK) +
    [0, 1, 2]
      .map(() =>
        gouge(
          [x - size + chance.between(0, size), y - size * 0.4],
          [x + chance.between(0, size), y - size * chance.between(0, 0.7)],
          4,
          tone(0, 0.1, 0.9),
        ),
      )
      .join("")
  );
}

function goat(x: number, y: number, size: number): string {
  return place(
    [x, y],
    path(
      "M-60 -52Q-20 -70 40 -58L62 -96L72 -118L80 -98L104 -88L100 -76L84 -70L70 -30L58 0H48L46 -28Q0 -16 -34 -26L-38 0H-48L-54 -30Q-70 -40 -60 -52Z",
      BARE,
    ) +
      stroke(
        "M-60 -52Q-20 -70 40 -58L62 -96L72 -124L80 -98L104 -92L100 -76L84 -70L70 -30L58 0H48L46 -28Q0 -16 -34 -26L-38 0H-48L-54 -30Q-70 -40 -60 -52Z",
        INK,
        5,
      ) +
      stroke("M74 -118Q64 -134 48 -128M92 -76L96 -58M-60 -52L-70 -66", INK, 5),
    { size },
  );
}
