import type { Chance } from "./chance.ts";
import {
  BARE,
  cuts,
  DEEP,
  disc,
  fade,
  gouge,
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
import { score } from "./things.ts";
import { arch } from "./town.ts";

/** The tenors, four of them, beside the radiator and under the lamp. */
export function drawChoir(chance: Chance): string {
  const lamp: Point = [1130, 210];
  return [
    rect(0, 0, WIDTH, HEIGHT, tone(1)),
    fade("cone", [tone(0, 0, 1), tone(0, 0.3, 1), tone(0, 1, 1)]),
    shape(
      [
        [lamp[0] - 70, lamp[1]],
        [lamp[0] + 70, lamp[1]],
        [1640, 1067],
        [560, 1067],
      ],
      "url(#cone)",
    ),
    rays(chance, [lamp[0], lamp[1] - 60], {
      from: 130,
      to: 420,
      count: 60,
      width: 5,
      fill: tone(0, 0.4, 0.9),
    }),
    // Tall windows in the dark of the hall.
    [150, 400, 650]
      .map(
        (x) =>
          arch(x, 520, 130, 380, tone(0.35, 1, 0.1)) +
          line(
            [
              [x, 150],
              [x, 520],
            ],
            INK,
            7,
          ) +
          [240, 330, 420]
            .map((y) =>
              line(
                [
                  [x - 66, y],
                  [x + 66, y],
                ],
                INK,
                6,
              ),
            )
            .join(""),
      )
      .join(""),
    cuts(chance, {
      box: [0, 120, 760, 480],
      angle: 90,
      length: 60,
      gap: 40,
      width: 3,
      fill: tone(0.2, 1, 0),
      keep: () => 0.1,
    }),
    line(
      [
        [lamp[0], 0],
        [lamp[0], 130],
      ],
      INK,
      6,
    ),
    path(
      `M${lamp[0] - 118} ${lamp[1]}Q${lamp[0] - 100} ${lamp[1] - 84} ${lamp[0]} ${lamp[1] - 88}Q${lamp[0] + 100} ${lamp[1] - 84} ${lamp[0] + 118} ${lamp[1]}Z`,
      tone(0.2, 1, 0.2),
    ),
    oval(lamp[0], lamp[1], 118, 20, BARE),
    crowd(chance),
    place([1470, 1010], radiator()),
    [
      [830, 1150, 1.02],
      [1010, 1120, 1.12],
      [1190, 1130, 1.0],
      [1352, 1150, 1.1],
    ]
      .map(([x = 0, y = 0, size = 1], index) => place([x, y], tenor(index), { size }))
      .join(""),
    place([330, 1100], conductor(), { size: 1.15 }),
  ].join("");
}

/** Everybody else, in rows, turning to look. */
function crowd(chance: Chance): string {
  const made: string[] = [];
  for (const [row, y] of [560, 650, 750].entries())
    for (let x = 30 + (row % 2) * 44; x < 720; x += 88) {
      const ink = DEEP;
      const tilt = chance.between(-5, 5);
      made.push(
        path(
          `M${x - 50} ${y + 420}V${y + 190}Q${x - 50} ${y + 52} ${x} ${y + 46}T${x + 50} ${y + 190}V${y + 420}Z`,
          ink,
        ) +
          oval(x + tilt, y, 27, 33, ink) +
          (chance.often(0.5)
            ? oval(x + tilt - 4, y - 12, 31, 30, ink)
            : disc(x + tilt - 12, y - 34, 14, ink)) +
          gouge([x + 24 + tilt, y - 20], [x + 24 + tilt, y + 18], 4, tone(0.1, 0.8, 0.3)) +
          gouge([x + 30, y + 62], [x + 48, y + 120], 4, tone(0.1, 0.8, 0.3)),
      );
    }
  return made.join("");
}

/** A tenor with an open score, seen to the waist and below, about 640 tall. */
function tenor(index: number): string {
  const hair =
    [
      path("M-40 -596Q-44 -650 0 -654Q48 -650 44 -594Q30 -624 0 -624T-40 -596Z", BARE),
      path("M-48 -570Q-62 -664 0 -668Q62 -664 50 -580Q46 -640 0 -634T-48 -570Z", tone(0.2, 1, 0.1)),
      path("M-42 -600Q-20 -640 42 -610L44 -626Q20 -672 -20 -660T-42 -600Z", INK),
      "",
    ][index] ?? "";
  return [
    path("M-150 0Q-160 -330 -116 -420Q-70 -480 0 -484T116 -420Q160 -330 150 0Z", INK),
    path("M-17 -516H17V-470H-17Z", tone(0, 0.6, 0.6)),
    path("M-30 -478L0 -448L30 -478L40 -456L0 -414L-40 -456Z", BARE),
    path("M-44 -590Q-46 -520 0 -508Q46 -520 44 -590Q40 -640 0 -640T-44 -590Z", tone(0, 0.42, 0.6)),
    path("M4 -640Q46 -636 44 -590Q46 -520 0 -508Q26 -550 20 -600Z", tone(0.75, 0.7, 0.1)),
    hair,
    oval(-2, -542, 10, 15, INK),
    stroke("M-26 -588Q-18 -594 -10 -588M10 -588Q18 -594 26 -588", INK, 5),
    stroke("M-2 -582L-8 -560H2", INK, 4),
    index === 0
      ? stroke(
          "M-30 -580A12 11 0 1 0 -6 -580A12 11 0 1 0 -30 -580M6 -580A12 11 0 1 0 30 -580A12 11 0 1 0 6 -580",
          INK,
          4,
        )
      : "",
    index === 3
      ? path("M-44 -560Q-40 -504 0 -500Q40 -504 44 -560Q30 -530 0 -528T-44 -560Z", INK)
      : "",
    gouge([-120, -390], [-148, -120], 7, tone(0, 0.5, 0.9)),
    gouge([-86, -440], [-20, -476], 6, tone(0, 0.4, 0.9)),
    gouge([124, -396], [142, -220], 5, tone(0.1, 0.8, 0.4)),
    place(
      [0, -270],
      score(BARE, tone(0, 0.15, 0.4)) +
        stroke("M-24 -30L-8 -25M-24 -20L-8 -15M24 -30L8 -25M24 -20L8 -15", tone(0.6, 0.3, 0.3), 2),
      { size: 3.1 },
    ),
    oval(-84, -262, 24, 17, tone(0, 0.45, 0.6), 20),
    oval(84, -262, 24, 17, tone(0.2, 0.6, 0.4), -20),
  ].join("");
}

function conductor(): string {
  return [
    path("M-150 0Q-170 -280 -110 -370Q-60 -420 0 -420Q90 -420 120 -350Q170 -260 150 0Z", INK),
    oval(4, -482, 52, 62, INK),
    disc(-48, -520, 32, INK),
    stroke("M96 -360Q190 -420 236 -560", INK, 44),
    gouge([-116, -350], [-150, -60], 5, tone(0.2, 1, 0)),
    gouge([-44, -440], [-40, -520], 5, tone(0.2, 1, 0)),
    line("230,-556 330,-700", BARE, 5),
    disc(238, -570, 24, tone(0.1, 0.7, 0.4)),
    stroke("M58 -500Q66 -450 44 -428", tone(0, 0.5, 0.9), 7),
    stroke("M112 -350Q160 -250 146 -60", tone(0, 0.6, 0.8), 7),
    stroke("M120 -372Q200 -440 254 -556", tone(0, 0.6, 0.8), 6),
  ].join("");
}

function radiator(): string {
  return [0, 1, 2, 3, 4, 5]
    .map(
      (index) =>
        `<rect x="${index * 30 - 60}" y="-250" width="24" height="250" rx="12" fill="${tone(0.35, 0.4, 0.2)}"/>` +
        line(
          [
            [index * 30 - 54, -232],
            [index * 30 - 54, -20],
          ],
          BARE,
          4,
        ),
    )
    .join("");
}
