import type { Chance } from "./chance.ts";
import {
  BARE,
  blob,
  cuts,
  DEEP,
  disc,
  fade,
  gouge,
  HEIGHT,
  INK,
  inside,
  oval,
  path,
  place,
  rect,
  shape,
  stroke,
  tone,
  WIDTH,
} from "./marks.ts";

/** The Lantern on a Wednesday: the rabbit is on. */
export function drawCinema(chance: Chance): string {
  const heads: string[] = [];
  for (const [row, [y, size, ink]] of (
    [
      [770, 0.72, DEEP],
      [870, 0.92, INK],
      [1010, 1.25, DEEP],
    ] as const
  ).entries())
    for (let x = -20 + row * 40; x < WIDTH + 60; x += 150 * size) {
      if (!chance.often(row === 1 ? 0.95 : 0.72)) continue;
      const small = row === 1 && chance.often(0.75);
      heads.push(
        place([x + chance.between(-12, 12), y + (small ? 26 : 0)], viewer(chance, ink, small), {
          size: size * (small ? 0.82 : 1),
        }),
      );
    }
  const seats = (
    [
      [820, 0.72],
      [940, 0.92],
      [1090, 1.25],
    ] as const
  ).map(([y, size], row) =>
    Array.from({ length: 16 }, (_, index) =>
      path(
        `M${index * 150 * size - 80 + row * 40} ${y + 160}V${y + 20}Q${index * 150 * size - 20 + row * 40} ${y - 24} ${index * 150 * size + 40 + row * 40} ${y + 20}V${y + 160}Z`,
        [tone(0.3, 1, 0), tone(0, 1, 0), INK][row] ?? INK,
      ),
    ).join(""),
  );
  return [
    rect(0, 0, WIDTH, HEIGHT, INK),
    curtain(chance, 0, 300),
    curtain(chance, 1300, 1600),
    rect(300, 96, 1000, 566, BARE),
    fade("screen", [tone(0, 0, 1), tone(0, 0, 0.35)]),
    rect(312, 108, 976, 542, "url(#screen)"),
    inside("film", "M312 108H1288V650H312Z", film(chance)),
    shape("300,0 1300,0 1300,96 300,96", DEEP),
    Array.from({ length: 13 }, (_, index) =>
      path(
        `M${290 + index * 79} 90Q${330 + index * 79} 160 ${369 + index * 79} 90Z`,
        index % 2 === 0 ? tone(0, 1, 0) : DEEP,
      ),
    ).join(""),
    // The beam from the box at the back.
    fade("beam", [tone(0, 0.06, 0.36), tone(0.1, 0.16, 0.7)], "0 1 0 0"),
    `<g style="mix-blend-mode:lighten" opacity="0.5">${shape("1520,-40 300,100 1290,650", tone(0.45, 0.3, 0.35))}</g>`,
    seats[0] ?? "",
    heads.join(""),
    seats[2] ?? "",
  ].join("");
}

function curtain(chance: Chance, left: number, right: number): string {
  const folds: string[] = [];
  for (let x = left; x < right; x += 50) {
    folds.push(
      shape(
        [
          [x, 0],
          [x + 50, 0],
          [x + 50 + chance.between(-6, 6), 800],
          [x, 800],
        ],
        tone(0, 1, 0),
      ),
      shape(
        [
          [x + 28, 0],
          [x + 50, 0],
          [x + 50, 800],
          [x + 34, 800],
        ],
        DEEP,
      ),
    );
    for (let y = 20; y < 720; y += 90)
      folds.push(gouge([x + 12, y], [x + 12, y + chance.between(50, 86)], 4, tone(0, 0.5, 0.6)));
  }
  return folds.join("");
}

/** A large rabbit in a meadow, and three small ones who will regret it. */
function film(chance: Chance): string {
  return [
    disc(1080, 250, 90, tone(0, 0.7, 0.5)),
    blob("250,700 380,500 620,470 900,540 1150,490 1350,540 1350,720", tone(0, 0.8, 1)),
    cuts(chance, {
      box: [312, 520, 976, 130],
      angle: -70,
      length: 24,
      gap: 22,
      width: 4,
      fill: tone(0.85, 0.6, 0.3),
      keep: () => 0.5,
    }),
    path(
      "M640 640Q590 520 650 440Q620 400 636 350Q600 240 640 190Q690 200 690 330Q706 326 722 330Q720 200 776 186Q812 240 782 350Q800 404 768 442Q836 520 790 640Z",
      INK,
    ),
    gouge([652, 214], [668, 326], 9, tone(0.1, 0.9, 0.2)),
    gouge([768, 210], [748, 326], 9, tone(0.1, 0.9, 0.2)),
    oval(682, 386, 9, 12, BARE),
    oval(738, 386, 9, 12, BARE),
    stroke("M692 416Q710 430 728 416", BARE, 5),
    oval(712, 560, 46, 60, tone(0.6, 0.6, 0.2)),
    [960, 1040, 1120]
      .map((x, index) =>
        place(
          [x, 600 + (index % 2) * 14],
          path(
            "M-26 20Q-34 -20 -14 -36Q-24 -66 -10 -78Q4 -66 0 -38Q10 -66 22 -70Q28 -50 14 -32Q36 -10 28 20Z",
            INK,
          ) + disc(-2, -20, 3, BARE),
        ),
      )
      .join(""),
  ].join("");
}

function viewer(chance: Chance, ink: string, small: boolean): string {
  const kind = chance.whole(0, 3);
  return [
    path("M-74 200Q-80 66 0 54Q80 66 74 200Z", ink),
    oval(0, 0, 41, 49, ink),
    kind === 0 ? disc(0, -52, 22, ink) : "",
    kind === 1 ? oval(0, -8, 52, 50, ink) : "",
    kind === 2 && small ? disc(-44, -20, 20, ink) + disc(44, -20, 20, ink) : "",
    stroke("M-30 -40Q0 -60 30 -40", tone(0, 0.5, 0.6), 5),
  ].join("");
}
