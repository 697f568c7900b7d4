import { place, stroke } from "./marks.ts";

// Capitals and figures as a sign-writer's strokes, on a grid four wide and six high. No typeface is at hand on every
// machine, and a picture must look the same on all of them.

const STROKES: Record<string, string> = {
  A: "M0 6L2 0L4 6M.8 4H3.2",
  B: "M0 0V6H2.4Q4 6 4 4.5T2.4 3H0M0 0H2.2Q3.6 0 3.6 1.5T2.2 3",
  C: "M4 1Q3.4 0 2 0Q0 0 0 3T2 6Q3.4 6 4 5",
  D: "M0 0V6H1.6Q4 6 4 3T1.6 0Z",
  E: "M4 0H0V6H4M0 3H3",
  H: "M0 0V6M4 0V6M0 3H4",
  I: "M2 0V6",
  K: "M0 0V6M4 0L0 3.4L4 6",
  L: "M0 0V6H4",
  N: "M0 6V0L4 6V0",
  O: "M2 0Q0 0 0 3T2 6Q4 6 4 3T2 0Z",
  R: "M0 6V0H2.2Q3.8 0 3.8 1.6T2.2 3.2H0M2 3.2L4 6",
  S: "M4 1Q3.4 0 2 0Q0 0 0 1.5T2 3Q4 3 4 4.5T2 6Q.6 6 0 5",
  T: "M0 0H4M2 0V6",
  U: "M0 0V4Q0 6 2 6T4 4V0",
  Y: "M0 0L2 3L4 0M2 3V6",
  "2": "M0 1Q.4 0 2 0Q4 0 4 1.6Q4 3 0 6H4",
  "4": "M3 6V0L0 4H4",
  "5": "M4 0H.4L0 2.8Q1 2 2.2 2Q4 2 4 4T2 6Q.6 6 0 5",
  "6": "M3.6 .6Q3 0 2 0Q0 0 0 3.4Q0 6 2 6T4 4.2T2 2.6Q.4 2.6 0 4",
  "9": "M.4 5.4Q1 6 2 6Q4 6 4 2.6Q4 0 2 0T0 1.8T2 3.4Q3.6 3.4 4 2",
  ".": "M2 5.8V6",
};

/** Writes capitals from `x`, `y` (the top of the line); `height` is a letter's. A space leaves a gap, as does what is not known. */
export function write(
  text: string,
  {
    x,
    y,
    height,
    ink,
    weight = 0.16,
  }: { x: number; y: number; height: number; ink: string; weight?: number },
): string {
  const size = height / 6;
  return Array.from(text, (letter, index) => {
    const strokes = STROKES[letter];
    return strokes
      ? place([x + index * size * 5.6, y], stroke(strokes, ink, weight * 6), { size })
      : "";
  }).join("");
}
