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
import { figure } from "./things.ts";

/** Inside the rope walk: strands to the vanishing point, and a man walking backwards. */
export function drawRopeWalk(chance: Chance): string {
  const end: Point = [770, 470];
  const from = (x: number, y: number, share: number): Point => [
    x + (end[0] - x) * share,
    y + (end[1] - y) * share,
  ];
  const frames = Array.from({ length: 9 }, (_, index) => 1 - 0.72 ** index);
  const bay = (share: number) => ({
    a: from(-120, 1180, share),
    b: from(-120, 250, share),
    c: from(800, -330, share),
    d: from(1720, 250, share),
    e: from(1720, 1180, share),
  });
  return [
    rect(0, 0, WIDTH, HEIGHT, tone(0, 1, 0)),
    shape([[-120, 1180], end, [1720, 1180]], tone(0, 0.7, 0)),
    shape([[-120, 250], end, [800, -330]], DEEP),
    shape([[1720, 250], end, [800, -330]], INK),
    shape([[-120, 250], end, [-120, 1180]], tone(0.6, 1, 0)),
    // Light from the windows on the right lies across the floor.
    frames
      .slice(0, -1)
      .map((share, index) => {
        const next = frames[index + 1] ?? 1;
        const [near, far] = [share + (next - share) * 0.25, share + (next - share) * 0.75];
        const pane = [
          from(1720, 420, near),
          from(1720, 420, far),
          from(1720, 800, far),
          from(1720, 800, near),
        ];
        const pool = [
          from(1500, 1180, near),
          from(1500, 1180, far),
          from(260, 1180, far),
          from(-40, 1180, near),
        ];
        return (
          shape(pool, BARE) +
          shape(pane, tone(0, 0.08, 0.55)) +
          line([from(1720, 610, near), from(1720, 610, far)], INK, 7 * (1 - share)) +
          line(
            [from(1720, 420, (near + far) / 2), from(1720, 800, (near + far) / 2)],
            INK,
            7 * (1 - share),
          )
        );
      })
      .join(""),
    cuts(chance, {
      box: [0, 640, WIDTH, 430],
      angle: (x, y) => (Math.atan2(y - end[1], x - end[0]) * 180) / Math.PI,
      length: 70,
      gap: 26,
      width: 5,
      fill: DEEP,
      keep: (_x, y) => (y > 620 ? 0.34 : 0),
    }),
    frames
      .map((share) => {
        const { a, b, c, d, e } = bay(share);
        const wide = 46 * (1 - share) + 2;
        return (
          line([a, b, c, d, e], INK, wide) +
          line([b, d], INK, wide * 0.7) +
          line([from(800, 250, share), c], INK, wide * 0.55)
        );
      })
      .toReversed()
      .join(""),
    rect(end[0] - 26, end[1] - 34, 52, 70, BARE),
    strands(chance, end),
    place([1010, 900], walkerBack(), { size: 1.15 }),
    place([300, 1080], topCart(), { size: 1.1 }),
  ].join("");
}

function strands(chance: Chance, end: Point): string {
  const made: string[] = [];
  for (const [y, thick] of [
    [730, 26],
    [800, 26],
    [870, 30],
  ] as const) {
    made.push(
      shape([[-20, y - thick], [-20, y + thick], end], INK),
      shape([[-20, y - thick + 7], [-20, y + thick - 7], end], tone(0, 0.35, 0.1)),
    );
    for (let share = 0.01; share < 0.9; share += 0.032 * (1 - share) + 0.004) {
      const x = -20 + (end[0] + 20) * share;
      const middle = y + (end[1] - y) * share;
      const half = (thick - 5) * (1 - share);
      made.push(
        gouge(
          [x - half * 0.7, middle - half],
          [x + half * 1.1, middle + half],
          4.5 * (1 - share) + chance.between(0, 0.6),
          INK,
        ),
      );
    }
  }
  return made.join("");
}

function walkerBack(): string {
  return (
    figure([0, 0], 430, INK, { coat: 1.2, hat: true, lean: 4 }) +
    stroke("M-26 -300L-110 -250L-190 -262", INK, 26) +
    disc(-196, -262, 17, INK) +
    stroke("M34 -330Q50 -250 44 -180", tone(0, 0.5, 0.1), 6) +
    path("M-30 -190L36 -190L30 -30L-20 -30Z", tone(0.2, 0.9, 0.3))
  );
}

/** The top: a grooved cone on a sled, that keeps the strands apart. */
function topCart(): string {
  return [
    rect(-230, -40, 380, 34, INK),
    line("-190,-6 -190,20", INK, 20),
    line("100,-6 100,20", INK, 20),
    shape("-130,-40 -90,-190 -40,-190 0,-40", INK),
    path(
      "M-220 -330Q-220 -400 -150 -400L60 -330Q80 -300 60 -270L-150 -190Q-220 -190 -220 -330Z",
      tone(0, 0.95, 0),
    ),
    stroke("M-216 -330L64 -312M-216 -262L64 -290", INK, 12),
    path(
      "M-220 -330Q-220 -400 -150 -400L-120 -390Q-180 -370 -180 -300T-120 -200L-150 -190Q-220 -190 -220 -330Z",
      tone(0.6, 0.9, 0),
    ),
  ].join("");
}
