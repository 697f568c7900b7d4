import type { Chance } from "./chance.ts";
import { write } from "./letters.ts";
import {
  BARE,
  bow,
  cuts,
  DEEP,
  disc,
  fade,
  HEIGHT,
  INK,
  inside,
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
import { figure, fish } from "./things.ts";

/** The fish market before dawn: crates to the back wall, and the clock that sells them. */
export function drawAuction(chance: Chance): string {
  const lamps: Point[] = [
    [330, 190],
    [820, 150],
    [1310, 190],
  ];
  return [
    rect(0, 0, WIDTH, HEIGHT, tone(1)),
    shape("420,170 1180,170 1180,560 420,560", tone(1, 0, 1)),
    // Iron trusses.
    [0, 1, 2, 3]
      .map((index) => {
        const wide = 1180 - index * 200;
        return (
          line(
            [
              [800 - wide, 170 - 120 * (3 - index) * 0.4],
              [800, 20 + index * 26],
              [800 + wide, 170 - 120 * (3 - index) * 0.4],
            ],
            tone(0, 0, 1),
            9 - index * 1.6,
          ) +
          line(
            [
              [800 - wide, 178 - 48 * (3 - index)],
              [800 + wide, 178 - 48 * (3 - index)],
            ],
            tone(0, 0, 1),
            6 - index,
          )
        );
      })
      .join(""),
    lamps.map(([x, y], index) => cone(x, y, index)).join(""),
    place([800, 340], screenClock()),
    buyers(chance),
    shape("0,620 380,540 1220,540 1600,620 1600,1067 0,1067", tone(0, 0, 1)),
    cuts(chance, {
      box: [0, 560, WIDTH, 500],
      angle: 0,
      length: 90,
      gap: 20,
      width: 5,
      fill: tone(1, 0, 0.3),
      keep: () => 0.3,
    }),
    crates(chance),
    lamps
      .map(
        ([x, y]) =>
          line(
            [
              [x, 0],
              [x, y - 40],
            ],
            INK,
            5,
          ) +
          path(
            `M${x - 74} ${y}Q${x - 60} ${y - 52} ${x} ${y - 56}Q${x + 60} ${y - 52} ${x + 74} ${y}Z`,
            tone(0.3, 0.3, 1),
          ) +
          oval(x, y, 74, 13, BARE),
      )
      .join(""),
  ].join("");
}

function cone(x: number, y: number, index: number): string {
  return (
    fade(`cone${index}`, [tone(0, 0.5, 0), tone(0, 1, 0), tone(0.7, 0.8, 0)]) +
    shape(
      [
        [x - 60, y],
        [x + 60, y],
        [x + 260, 580],
        [x - 260, 580],
      ],
      `url(#cone${index})`,
    )
  );
}

function screenClock(): string {
  const ticks = Array.from({ length: 40 }, (_, index) =>
    place([0, 0], rect(-4, -112, 8, 20, index < 27 ? tone(0, 1, 0) : tone(0.4, 0.1, 0.9)), {
      turn: index * 9,
    }),
  );
  return (
    rect(-206, -140, 412, 284, INK) +
    rect(-194, -128, 388, 260, tone(1, 1, 0)) +
    ticks.join("") +
    write("5.65", { x: -80, y: -22, height: 44, ink: BARE, weight: 0.15 })
  );
}

function buyers(chance: Chance): string {
  return [190, 262, 350, 500, 1060, 1150, 1240, 1352, 1436]
    .map((x) =>
      figure([x, 640], chance.between(250, 300), INK, {
        coat: chance.between(1.1, 1.4),
        hat: chance.often(0.45),
        lean: chance.between(-2, 2),
      }),
    )
    .join("");
}

/** Rows of crates that grow towards the reader, each with its catch on ice. */
function crates(chance: Chance): string {
  const made: string[] = [];
  for (const [row, [y, size, count]] of (
    [
      [610, 0.5, 7],
      [706, 0.76, 5],
      [862, 1.18, 4],
    ] as const
  ).entries()) {
    for (let index = 0; index < count; index += 1) {
      const x = 800 + (index - (count - 1) / 2) * 330 * size * 1.02;
      made.push(place([x, y], crate(chance, `crate${row}${index}`, (index + row) % 3), { size }));
    }
  }
  return made.join("");
}

/** One crate, 310 wide, its near edge on 150. */
function crate(chance: Chance, id: string, kind: number): string {
  const laid: string[] = [];
  if (kind === 1)
    for (const x of [-84, 0, 84])
      laid.push(
        place([x, 40 + chance.between(-8, 8)], crab(), {
          size: 0.62,
          turn: chance.between(-30, 30),
        }),
      );
  else
    for (let index = 0; index < 3; index += 1) {
      const body = kind === 0 ? tone(0, 0, 1) : tone(0, 0.75, 0);
      laid.push(
        place(
          [chance.between(-10, 10), 2 + index * 40],
          place([0, 0], fish(INK, INK, INK), { size: 1.09 }) + fish(body, INK, BARE),
          { size: 1.2, turn: chance.between(-7, 7), flip: index === 1 },
        ),
      );
    }
  return [
    shape("-132,-24 132,-24 156,104 -156,104", BARE),
    cuts(chance, {
      box: [-130, -14, 262, 110],
      angle: 40,
      length: 22,
      gap: 16,
      width: 5,
      fill: tone(0, 0, 1),
      keep: () => 0.5,
    }),
    inside(id, "M-132 -24H132L156 104H-156Z", laid.join("")),
    shape("-156,104 156,104 150,176 -150,176", tone(0, 1, 0)),
    shape("-146,-34 146,-34 132,-22 -132,-22", DEEP),
    shape("-146,-34 -132,-22 -156,108 -172,108", DEEP),
    shape("146,-34 132,-22 156,108 172,108", DEEP),
    cuts(chance, {
      box: [-140, 116, 280, 56],
      angle: 0,
      length: 90,
      gap: 15,
      width: 4,
      fill: DEEP,
      keep: () => 0.6,
    }),
    rect(-40, 122, 80, 18, INK),
  ].join("");
}

function crab(): string {
  const legs = [-1, 1].flatMap((side) =>
    [0, 1, 2].map((index) =>
      stroke(
        `M${side * 44} ${index * 14 - 6}L${side * 86} ${index * 22 - 22}L${side * 98} ${index * 26 + 8}`,
        tone(0.2, 1, 0),
        9,
      ),
    ),
  );
  const claws = [-1, 1].map(
    (side) =>
      stroke(`M${side * 40} -20L${side * 66} -54`, tone(0.2, 1, 0), 13) +
      path(
        `M${side * 52} -50Q${side * 40} -96 ${side * 74} -98L${side * 66} -76L${side * 92} -84Q${side * 96} -52 ${side * 70} -44Z`,
        tone(0.2, 1, 0),
      ),
  );
  return (
    legs.join("") +
    claws.join("") +
    path("M-62 0Q-60 -44 0 -46Q60 -44 62 0Q40 38 0 38Q-40 38 -62 0Z", tone(0, 1, 0)) +
    bow("-36,-12 0,-26 36,-12", INK, 4) +
    disc(-14, 4, 4, INK) +
    disc(16, 4, 4, INK) +
    disc(0, 18, 4, INK)
  );
}
