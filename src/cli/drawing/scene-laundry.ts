import type { Chance } from "./chance.ts";
import {
  BARE,
  cuts,
  DEEP,
  disc,
  fade,
  gouge,
  INK,
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
import { gull } from "./things.ts";
import { swell } from "./water.ts";

/** The deck of the ferry on a Tuesday: sheets out to dry. */
export function drawLaundry(chance: Chance): string {
  const sheet = (x: number, wide: number, drop: number, blow: number, fill: string) => {
    const low = 230 + drop;
    const outline = `M${x} 236Q${x + wide * 0.5} 262 ${x + wide} 240Q${x + wide + blow * 0.4} ${(low + 236) / 2} ${x + wide + blow} ${low}Q${x + wide * 0.72 + blow} ${low - 46} ${x + wide * 0.5 + blow} ${low + 10}T${x + blow} ${low - 6}Q${x + blow * 0.3} ${(low + 236) / 2} ${x} 236Z`;
    const folds = [0.2, 0.42, 0.66, 0.86].map((share) =>
      gouge(
        [x + wide * share, 262],
        [x + wide * share + blow * 0.92, low - 40],
        13,
        tone(0.1, 0, 0.9),
        blow * -0.12,
      ),
    );
    const deep = [0.3, 0.55, 0.76].map((share) =>
      gouge(
        [x + wide * share, 280],
        [x + wide * share + blow * 0.7, low - 110],
        6,
        INK,
        blow * -0.1,
      ),
    );
    return path(outline, fill) + folds.join("") + deep.join("") + stroke(outline, INK, 5);
  };
  return [
    fade("air", [tone(0, 0, 1), tone(0, 0, 0.7), tone(0, 0, 0.2)]),
    rect(0, 0, WIDTH, 700, "url(#air)"),
    cuts(chance, {
      box: [0, 0, WIDTH, 500],
      angle: (x) => 6 * Math.sin(x / 260),
      length: 200,
      gap: 44,
      width: 12,
      fill: BARE,
      keep: (x, y) => 0.16 + 0.3 * Math.max(0, Math.sin(x / 330 + y / 120)),
    }),
    swell(chance, {
      y: 640,
      width: WIDTH,
      bottom: 900,
      height: 26,
      length: 120,
      body: tone(0, 0, 1),
      cut: BARE,
    }),
    swell(chance, {
      y: 716,
      width: WIDTH,
      bottom: 980,
      height: 40,
      length: 190,
      body: tone(1, 0, 0.6),
      cut: tone(0, 0, 0.5),
    }),
    path("M1320 -20H1640V900H1360Z", tone(0, 1, 0)),
    rect(1300, 150, 340, 60, BARE),
    rect(1300, 60, 340, 44, INK),
    cuts(chance, {
      box: [1350, 230, 250, 560],
      angle: 90,
      length: 90,
      gap: 40,
      width: 6,
      fill: DEEP,
      keep: () => 0.35,
    }),
    shape("0,850 1600,800 1600,1067 0,1067", tone(0, 0.4, 0)),
    cuts(chance, {
      box: [0, 830, WIDTH, 240],
      angle: -2,
      length: 300,
      gap: 34,
      width: 5,
      fill: DEEP,
      keep: () => 0.5,
    }),
    [80, 330, 580, 830, 1080]
      .map((x) =>
        line(
          [
            [x, 880],
            [x, 690],
          ],
          INK,
          11,
        ),
      )
      .join("") +
      line("-10,700 1360,668", INK, 9) +
      line("-10,780 1360,746", INK, 6),
    stroke("M-20 190Q700 290 1420 170", INK, 7),
    sheet(60, 300, 470, 120, BARE),
    sheet(420, 330, 520, 150, BARE),
    sheet(830, 250, 380, 130, tone(0, 0.12, 0.1)),
    sheet(1130, 150, 240, 90, BARE),
    [70, 200, 350, 430, 590, 740, 840, 960, 1070, 1140, 1270]
      .map((x) =>
        rect(x - 5, 216 + 34 * Math.sin(((x + 20) / 1440) * Math.PI) - 14, 12, 40, tone(0, 1, 0)),
      )
      .join(""),
    place([690, 1000], sailor(), { size: 1.1 }),
    gull([1130, 130], 44, INK),
    gull([220, 110], 30, INK),
  ].join("");
}

/** A deckhand with a basket, holding on to a sheet. */
function sailor(): string {
  return [
    oval(0, 8, 130, 14, INK),
    path("M-54 0L-46 -200H46L56 0H14L2 -130L-12 0Z", INK),
    path("M-62 -370Q0 -400 62 -370L56 -180H-56Z", tone(0, 1, 0)),
    stroke("M-50 -356L-130 -420L-190 -500", tone(0, 1, 0), 34),
    disc(-196, -508, 20, INK),
    stroke("M52 -350L96 -270L70 -200", tone(0, 1, 0), 34),
    [-330, -286, -242]
      .map((y) =>
        line(
          [
            [-56, y],
            [58, y],
          ],
          BARE,
          13,
        ),
      )
      .join(""),
    oval(-6, -430, 40, 46, INK),
    path("M-46 -436Q-46 -388 -20 -386Q-2 -392 -2 -440Z", tone(0, 0.35, 0)) +
      path("M-52 -446Q-44 -500 -4 -502T44 -448L60 -436L-54 -440Z", BARE),
    stroke("M-52 -446Q-44 -500 -4 -502T44 -448L60 -436L-54 -440Z", INK, 5),
    path("M80 -110H240L220 0H100Z", tone(0, 0.3, 0.2)),
    stroke("M80 -110H240L220 0H100ZM90 -76H232M96 -38H226M130 -110L138 0M190 -110L182 0", INK, 5),
    path("M84 -110Q110 -170 160 -140Q210 -170 236 -110Z", BARE),
    stroke("M84 -110Q110 -170 160 -140Q210 -170 236 -110", INK, 5),
  ].join("");
}
