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
import { figure } from "./things.ts";
import { ripples } from "./water.ts";

/** The old bridge and the heron that fishes under it. */
export function drawBridge(chance: Chance): string {
  const water = 600;
  const holes = [330, 800, 1270].map((x, index) => ({ x, half: index === 1 ? 210 : 180 }));
  return [
    fade("air", [tone(0, 0, 0.25), tone(0, 0.06, 0.7)]),
    rect(0, 0, WIDTH, water, "url(#air)"),
    blob(
      "-80,400 120,250 380,200 640,270 900,220 1240,170 1500,250 1700,300 1700,620 -80,620",
      tone(0, 0.1, 1),
    ),
    cuts(chance, {
      box: [0, 220, WIDTH, 370],
      angle: -80,
      length: 40,
      gap: 30,
      width: 7,
      fill: tone(1, 0, 1),
      keep: (x, y) => (y > 280 + 40 * Math.sin(x / 190) ? 0.5 : 0),
    }),
    [90, 560, 1080, 1500].map((x, index) => tree(chance, x, 560, 230 + index * 22)).join(""),
    holes.map(({ x, half }) => disc(x, water, half + 10, tone(0, 0.1, 0.45))).join(""),
    fade("still", [tone(0, 0, 1), tone(0.4, 0, 1), tone(1, 0, 0.6), tone(1)]),
    rect(0, water, WIDTH, HEIGHT - water, "url(#still)"),
    bridgeStone(chance, water, holes),
    // The bridge in the water, upside down.
    `<g transform="translate(0 ${water * 2}) scale(1 -0.86)" opacity="0.8"><g transform="translate(0 97)">${path(bridgeOutline(water, holes), tone(0.4, 1, 1))}</g></g>`,
    ripples(chance, {
      top: water + 6,
      bottom: HEIGHT,
      width: WIDTH,
      fill: tone(0, 0, 0.55),
      keep: (x, y) => 0.2 + 0.25 * Math.sin(x / 170 + y / 40),
    }),
    path("M-20 1067V960Q160 900 360 960T720 1000Q800 1010 860 1067Z", INK),
    reedsAt(chance, 60, 980),
    reedsAt(chance, 640, 1040),
    reedsAt(chance, 1520, 1060),
    reedsAt(chance, 1420, 1075),
    [70, 120, 180]
      .map(
        (radius) =>
          `<ellipse cx="1040" cy="960" rx="${radius}" ry="${radius * 0.2}" fill="none" stroke="${BARE}" stroke-width="5"/>`,
      )
      .join(""),
    place([1040, 960], heron(chance), { size: 1.5 }),
  ].join("");
}

function bridgeOutline(water: number, holes: { x: number; half: number }[]): string {
  return `M-10 ${water}V360Q800 270 1610 360V${water}${holes
    .toReversed()
    .map(({ x, half }) => `H${x + half}A${half} ${half} 0 0 0 ${x - half} ${water}`)
    .join("")}Z`;
}

function bridgeStone(chance: Chance, water: number, holes: { x: number; half: number }[]): string {
  const voussoirs = holes.flatMap(({ x, half }) =>
    Array.from({ length: 15 }, (_, index) => {
      const turn = Math.PI + ((index + 0.5) / 15) * Math.PI;
      const at = (radius: number, by: number): Point => [
        x + Math.cos(turn + by) * radius,
        water + Math.sin(turn + by) * radius,
      ];
      return (
        shape(
          [at(half, -0.09), at(half + 44, -0.085), at(half + 44, 0.085), at(half, 0.09)],
          index % 3 === 0 ? BARE : tone(0, 0.4, 0.3),
        ) + line([at(half, 0.105), at(half + 44, 0.105)], INK, 4)
      );
    }),
  );
  return [
    path(bridgeOutline(water, holes), tone(0, 1, 0)),
    inside(
      "stone",
      bridgeOutline(water, holes),
      cuts(chance, {
        box: [0, 330, WIDTH, 280],
        angle: 0,
        length: 66,
        gap: 24,
        width: 4,
        fill: DEEP,
        keep: () => 0.45,
      }),
    ),
    voussoirs.join(""),
    holes
      .map(({ x, half }) =>
        stroke(`M${x - half} ${water}A${half} ${half} 0 0 1 ${x + half} ${water}`, INK, 10),
      )
      .join(""),
    stroke("M-10 372Q800 282 1610 372", INK, 9),
    stroke("M-10 350Q800 260 1610 350", BARE, 12),
    stroke("M-10 338Q800 248 1610 338", INK, 7),
    [565, 1035]
      .map(
        (x) =>
          shape(
            [
              [x - 34, water + 26],
              [x - 26, 480],
              [x, 440],
              [x + 26, 480],
              [x + 34, water + 26],
            ],
            DEEP,
          ) +
          shape(
            [
              [x, 440],
              [x + 26, 480],
              [x + 34, water + 26],
              [x, water + 26],
            ],
            INK,
          ),
      )
      .join(""),
    place(
      [420, 300],
      figure([0, 0], 110, INK, { coat: 1.2 }) + path("M-40 -120Q0 -150 40 -120Z", INK),
    ),
  ].join("");
}

function tree(chance: Chance, x: number, ground: number, high: number): string {
  const crown = Array.from({ length: 9 }, (_, index) =>
    disc(
      x + Math.cos(index * 0.7) * high * 0.28,
      ground - high * 0.7 + Math.sin(index * 0.7) * high * 0.24,
      high * chance.between(0.14, 0.22),
      INK,
    ),
  );
  return (
    rect(x - 9, ground - high * 0.6, 18, high * 0.6, INK) +
    crown.join("") +
    cuts(chance, {
      box: [x - high * 0.34, ground - high * 1.02, high * 0.68, high * 0.6],
      angle: -40,
      length: 22,
      gap: 20,
      width: 6,
      fill: tone(0, 0.85, 0.1),
      keep: (cx, cy) => (Math.hypot(cx - x, cy - ground + high * 0.7) < high * 0.36 ? 0.55 : 0),
    })
  );
}

function reedsAt(chance: Chance, x: number, y: number): string {
  return Array.from({ length: 13 }, (_, index) => {
    const [lean, tall] = [chance.between(-50, 50), chance.between(130, 260)];
    const from: Point = [x + index * 12 - 70, y];
    const to: Point = [from[0] + lean, y - tall];
    return (
      gouge(from, to, 9, INK, lean * 0.15) +
      (chance.often(0.35) ? oval(to[0], to[1] + 10, 8, 30, tone(0.2, 1, 0.1), lean / 4) : "")
    );
  }).join("");
}

function heron(chance: Chance): string {
  return [
    stroke("M-6 -150V0M26 -150L34 -70L24 0", BARE, 8),
    path("M-120 -150Q-60 -260 30 -250Q70 -244 60 -190Q50 -140 -10 -136Q-70 -130 -120 -150Z", BARE),
    path("M-150 -128Q-80 -250 20 -232Q30 -180 -40 -160Q-90 -146 -150 -128Z", tone(0.55, 0, 0.7)),
    cuts(chance, {
      box: [-120, -220, 130, 80],
      angle: -28,
      length: 40,
      gap: 14,
      width: 5,
      fill: INK,
      keep: () => 0.55,
    }),
    path(
      "M24 -240Q80 -270 52 -340Q34 -390 70 -420Q100 -436 122 -414L226 -388L120 -392Q100 -388 92 -370Q84 -350 96 -300Q104 -220 40 -186Z",
      BARE,
    ),
    stroke(
      "M24 -240Q80 -270 52 -340Q34 -390 70 -420Q100 -436 122 -414L226 -388L120 -392Q100 -388 92 -370Q84 -350 96 -300Q104 -220 40 -186",
      INK,
      6,
    ),
    path("M112 -416L230 -388L114 -398Z", tone(0, 1, 0)),
    path("M120 -416Q90 -444 10 -410Q60 -416 84 -404Z", INK),
    disc(98, -408, 6, INK),
    stroke("M84 -330L92 -260M74 -320L80 -262", INK, 4),
  ].join("");
}
