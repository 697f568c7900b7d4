import type { Chance } from "./chance.ts";
import {
  BARE,
  cuts,
  disc,
  fade,
  gouge,
  HEIGHT,
  INK,
  line,
  path,
  place,
  rect,
  shape,
  tone,
  WIDTH,
} from "./marks.ts";
import type { Point } from "./marks.ts";
import { figure, gull } from "./things.ts";
import { swell } from "./water.ts";
import { plume, rain } from "./weather.ts";

/** The ferry in a winter sea. */
export function drawFerry(chance: Chance): string {
  const grey = tone(0, 0, 0.32);
  return [
    fade("sky", [tone(0.42, 0, 1), tone(0, 0, 1), tone(0, 0, 0.95), tone(0, 0, 0.2)]),
    rect(0, 0, WIDTH, 700, "url(#sky)"),
    cuts(chance, {
      box: [0, 0, WIDTH, 520],
      angle: (x, y) => -8 + 6 * Math.sin(x / 300 + y / 90),
      length: 150,
      gap: 30,
      width: 8,
      fill: BARE,
      keep: (x, y) => 0.12 + 0.5 * Math.max(0, Math.sin(x / 420 + y / 140)),
    }),
    cuts(chance, {
      box: [0, 0, WIDTH, 260],
      angle: -8,
      length: 170,
      gap: 34,
      width: 8,
      fill: tone(0.9, 0, 1),
      keep: (_x, y) => 0.5 - y / 560,
    }),
    swell(chance, {
      y: 640,
      width: WIDTH,
      bottom: 800,
      height: 34,
      length: 130,
      body: tone(0.6, 0, 1),
      cut: BARE,
    }),
    plume(chance, [700, 206], { drift: -560, rise: 90, count: 26, size: 60, fill: grey }),
    plume(chance, [690, 200], { drift: -420, rise: 120, count: 18, size: 38, fill: BARE }),
    place([800, 690], ferry(chance), { turn: -4.5 }),
    spray(chance, [1292, 640]),
    swell(chance, {
      y: 752,
      width: WIDTH,
      bottom: 900,
      height: 78,
      length: 300,
      body: tone(1, 0, 1),
      cut: tone(0, 0, 0.35),
    }),
    swell(chance, {
      y: 880,
      width: WIDTH,
      bottom: HEIGHT,
      height: 104,
      length: 420,
      body: tone(1, 0, 0.2),
      cut: tone(0.2, 0, 0.8),
    }),
    swell(chance, {
      y: 1010,
      width: WIDTH,
      bottom: HEIGHT + 200,
      height: 84,
      length: 560,
      body: tone(1, 0, 0),
      cut: BARE,
    }),
    rain(chance, [0, 0, WIDTH, HEIGHT], {
      angle: 62,
      fill: BARE,
      much: 0.2,
      length: 74,
      width: 2.2,
    }),
    gull([330, 330], 46, INK),
    gull([452, 262], 30, INK),
    gull([1180, 190], 36, INK),
  ].join("");
}

/** Drawn around the middle of the waterline, bow to the right, about 1,060 long. */
function ferry(chance: Chance): string {
  const decks = [
    { left: -430, right: 330, top: -262, high: 66 },
    { left: -400, right: 270, top: -330, high: 66 },
    { left: -300, right: 236, top: -392, high: 60 },
  ];
  const portholes = Array.from({ length: 17 }, (_, index) =>
    disc(-440 + index * 52, -108, 10, index % 5 === 2 ? INK : tone(0, 0.2, 0.1)),
  );
  const windows = decks.map(({ left, right, top, high }, deck) =>
    Array.from({ length: Math.floor((right - left - 40) / 46) }, (_, index) =>
      rect(
        left + 28 + index * 46,
        top + 18,
        30,
        high * 0.46,
        chance.often(0.2) ? BARE : tone(0.92, 0, deck === 2 ? 0.4 : 0),
      ),
    ).join(""),
  );
  return [
    path(
      "M-520 -200L472 -200Q560 -214 640 -262Q604 -90 520 60H-470Q-530 -60 -520 -200Z",
      tone(0.12, 1, 0),
    ),
    path("M-505 -60L566 -60Q548 0 520 60H-470Q-496 0 -505 -60Z", tone(1, 1, 0)),
    path("M-520 -200L472 -200Q560 -214 640 -262L634 -236Q556 -188 474 -176H-519Z", BARE),
    cuts(chance, {
      box: [-500, -160, 1040, 90],
      angle: 0,
      length: 120,
      gap: 22,
      width: 3,
      fill: tone(0.9, 1, 0),
      keep: (x) => (x > 100 ? 0.55 : 0.2),
    }),
    portholes.join(""),
    decks
      .map(
        ({ left, right, top, high }) =>
          shape(
            [
              [left, top],
              [right, top],
              [right + 22, top + high],
              [left, top + high],
            ],
            BARE,
          ) + rect(left - 12, top - 6, right - left + 20, 9, INK),
      )
      .join(""),
    decks.map(({ left, top, high }) => rect(left, top, 70, high, tone(0.35, 0, 0.6))).join(""),
    windows.join(""),
    // Bridge, funnel, masts and boats.
    shape("60,-446 226,-446 250,-392 44,-392", BARE),
    rect(80, -434, 146, 24, INK),
    shape("-190,-392 -206,-500 -96,-500 -84,-392", tone(0.1, 1, 0)),
    rect(-206, -500, 112, 26, INK),
    rect(-200, -452, 108, 16, BARE),
    line("130,-446 130,-570", INK, 7),
    line("96,-530 166,-530", INK, 5),
    line("130,-565 -150,-500", INK, 2.4),
    line("130,-565 600,-262", INK, 2.4),
    [-330, -232]
      .map((x) =>
        path(
          `M${x - 44} -360H${x + 44}Q${x + 40} -334 ${x + 24} -330H${x - 24}Q${x - 40} -334 ${x - 44} -360Z`,
          tone(0.05, 0.95, 0),
        ),
      )
      .join(""),
    figure([286, -262], 62, INK, { coat: 1.2 }),
    figure([322, -262], 58, INK, { coat: 1.1 }),
    line("480,-200 480,-236 600,-268 600,-252", INK, 3),
  ].join("");
}

function spray(chance: Chance, [x, y]: Point): string {
  const fans = Array.from({ length: 46 }, (_, index) => {
    const turn = (-165 + index * 3.6 + chance.between(-4, 4)) * (Math.PI / 180);
    const far = chance.between(90, 300) * (0.55 + 0.45 * Math.sin((index / 46) * Math.PI));
    const near = chance.between(10, 70);
    return gouge(
      [x + Math.cos(turn) * near, y + Math.sin(turn) * near],
      [x + Math.cos(turn) * far, y + Math.sin(turn) * far],
      chance.between(6, 15),
      BARE,
      chance.between(-16, 16),
    );
  });
  const drops = Array.from({ length: 40 }, () => {
    const turn = chance.between(-170, -10) * (Math.PI / 180);
    const far = chance.between(180, 350);
    return disc(x + Math.cos(turn) * far, y + Math.sin(turn) * far, chance.between(2, 6.5), BARE);
  });
  return fans.join("") + drops.join("");
}
