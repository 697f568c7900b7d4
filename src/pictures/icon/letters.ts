// The letters that an icon may have, drawn for it: an icon is made where no font is. Roman capitals and figures with slab serifs, on
// a grid of 100 units from the top of a letter (0) to its foot (100).
//
// R x y width height          a rectangle
// P x y x y …                 a polygon
// E x y rx ry ix iy from to   a part of a ring around x y, between an outer and an inner ellipse, in degrees clockwise from the
//                             right; with a ninth number the inner one stands that much further to the right

const LETTERS: Record<string, string> = {
  A: "P42 0 52 0 21 100 11 100P42 0 60 0 98 100 75 100R27 62 46 8R0 93 33 7R63 93 45 7",
  B: "R10 0 20 100R0 0 42 8R0 92 44 8R30 45 14 9E42 27 34 27 15 19 -90 90E44 73 40 27 20 19 -90 90",
  C: "E50 50 50 50 31 42 42 318 4R84 2 8 34",
  D: "R10 0 20 100R0 0 42 8R0 92 42 8E42 50 56 50 34 42 -90 90",
  E: "R10 0 20 100R0 0 78 8R0 92 82 8R30 46 32 8R71 0 7 27R75 72 7 28R56 36 6 28",
  F: "R10 0 20 100R0 0 78 8R30 47 32 8R71 0 7 27R56 37 6 28R0 93 42 7",
  G: "E50 50 50 50 31 42 30 318 4R84 2 8 34R72 56 20 32R60 54 42 7",
  H: "R10 0 20 100R72 0 20 100R0 0 40 7R0 93 40 7R62 0 40 7R62 93 40 7R30 46 42 8",
  I: "R12 0 20 100R0 0 44 7R0 93 44 7",
  J: "R36 0 20 70R24 0 44 7E28 70 28 30 8 22 -2 150E11 76 11 11 0 0 0 360",
  K: "R10 0 20 100R0 0 40 7R0 93 40 7P28 58 76 3 88 3 28 72P40 50 54 34 104 97 80 97R64 0 38 7R70 93 42 7",
  L: "R10 0 20 100R0 0 40 7R0 92 80 8R73 68 7 32",
  M: "R12 0 9 100R94 0 20 100P12 0 34 0 68 82 60 98P94 0 104 0 64 98 59 98R0 0 30 7R92 0 32 7R0 93 33 7R84 93 40 7",
  N: "R12 0 9 100R82 0 9 100P12 0 36 0 91 100 80 100R0 0 30 7R0 93 33 7R70 0 33 7",
  O: "E50 50 50 50 29 42 0 360",
  P: "R10 0 20 100R0 0 44 8R30 49 14 9E44 29 38 29 18 20 -90 90R0 93 42 7",
  Q: "E50 50 50 50 29 42 0 360P46 78 60 70 104 108 86 114",
  R: "R10 0 20 100R0 0 44 8R30 47 14 9E44 28 36 28 16 19 -90 90P40 54 62 54 96 97 73 97R70 93 36 7R0 93 42 7",
  S: "E44 28 37 28 18 14 90 325E44 72 40 28 21 14 -90 145R71 3 7 27R6 70 7 27",
  T: "R38 0 20 100R0 0 96 8R0 0 7 30R89 0 7 30R26 93 44 7",
  U: "R10 0 20 64R78 0 9 64E48.5 64 38.5 36 24 28 0 180 5.5R0 0 40 7R68 0 30 7",
  V: "P6 0 29 0 62 84 56 100 48 100P84 0 94 0 57 100 49 100R0 0 40 7R72 0 34 7",
  W: "P6 0 28 0 55 82 49 100 42 100P68 0 76 0 50 100 43 100P58 0 80 0 107 82 101 100 94 100P122 0 131 0 102 100 95 100R0 0 40 7R52 0 40 7R111 0 32 7",
  X: "P8 0 33 0 97 100 72 100P82 0 93 0 19 100 8 100R0 0 43 7R67 0 38 7R0 93 36 7R61 93 45 7",
  Y: "R40 50 20 50R28 93 44 7P6 0 30 0 62 52 40 58P82 0 93 0 60 56 50 52R0 0 41 7R69 0 36 7",
  Z: "R6 0 82 8R2 92 86 8P62 0 88 0 28 100 2 100R6 0 7 28R81 71 7 29",
  0: "E42 50 42 50 22 42 0 360",
  1: "R30 0 20 100P8 20 32 0 50 0 42 12 8 28R12 93 56 7",
  2: "E40 31 38 31 17 22 175 405P52 44 68 50 30 90 2 92R2 88 76 12R71 68 7 32",
  3: "E38 27 32 27 13 19 205 450E38 72 38 28 18 20 -90 155R24 45 16 9",
  4: "P46 0 62 0 14 66 0 66R0 62 84 10R44 0 20 100R30 93 48 7",
  5: "R12 0 64 12R12 0 10 50E38 67 38 33 18 25 -130 155",
  6: "E42 68 40 32 20 24 0 360E64 62 62 62 41 54 180 268",
  7: "R2 0 78 12R2 0 7 30P57 8 80 8 46 100 23 100",
  8: "E40 26 33 26 15 18 0 360E40 72 40 28 20 20 0 360",
  9: "E42 32 40 32 20 24 0 360E20 38 62 62 41 54 0 88",
};

/** A front page, for a paper whose name begins in another script. */
const PAGE = "R0 0 100 20R0 36 44 9R0 54 44 9R0 72 44 9R0 90 44 9R56 36 44 45R56 90 44 9";

/** A closed line of points, x and y in turn. */
export type Polygon = number[];

/** Tells whether there is a drawing of a letter. */
export function isDrawn(letter: string): boolean {
  return Object.hasOwn(LETTERS, letter);
}

/** A letter as polygons that lie over each other, all turning the same way; of what is not drawn, a front page. */
export function polygonsOf(letter: string | null): Polygon[] {
  const drawing = letter !== null && isDrawn(letter) ? LETTERS[letter] : PAGE;
  return [...(drawing ?? PAGE).matchAll(/([RPE])([^RPE]+)/g)].map(([, kind, numbers = ""]) => {
    const given = numbers.trim().split(" ").map(Number);
    if (kind === "R") return rectangle(given);
    return turned(kind === "E" ? ring(given) : given);
  });
}

function rectangle([x = 0, y = 0, width = 0, height = 0]: number[]): Polygon {
  return [x, y, x + width, y, x + width, y + height, x, y + height];
}

/** A part of a ring as one line: along the outer ellipse, and back along the inner one. */
export function ring(given: number[]): Polygon {
  const [x = 0, y = 0, rx = 0, ry = 0, ix = 0, iy = 0, from = 0, to = 360, aside = 0] = given;
  const steps = Math.ceil((to - from) / 6);
  const along = (cx: number, a: number, b: number) =>
    Array.from({ length: steps + 1 }, (_, step) => {
      const angle = ((from + ((to - from) * step) / steps) * Math.PI) / 180;
      return [cx + a * Math.cos(angle), y + b * Math.sin(angle)];
    });
  return [...along(x, rx, ry), ...along(x + aside, ix, iy).toReversed()].flat();
}

/** The same line, clockwise: where two lie over each other, neither takes away from the other. */
function turned(polygon: Polygon): Polygon {
  let area = 0;
  for (let at = 0; at < polygon.length; at += 2) {
    const next = (at + 2) % polygon.length;
    area +=
      (polygon[at] ?? 0) * (polygon[next + 1] ?? 0) - (polygon[next] ?? 0) * (polygon[at + 1] ?? 0);
  }
  if (area >= 0) return polygon;
  return polygon.flatMap((_, at) =>
    at % 2 === 0
      ? [polygon[polygon.length - 2 - at] ?? 0, polygon[polygon.length - 1 - at] ?? 0]
      : [],
  );
}
