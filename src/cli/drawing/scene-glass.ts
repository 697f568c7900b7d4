import type { Chance } from "./chance.ts";
import {
  BARE,
  cuts,
  DEEP,
  disc,
  glow,
  HEIGHT,
  INK,
  inside,
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

/** The furnace, the jars on their way to the lehr, and the woman who looks at them. */
export function drawGlass(chance: Chance): string {
  const fire: Point = [270, 470];
  return [
    glow("heat", fire, 1560, [
      tone(0, 0.6, 0),
      tone(0, 1, 0),
      tone(0, 1, 0),
      tone(0, 1, 0),
      tone(0.5, 1, 0),
    ]),
    rect(0, 0, WIDTH, HEIGHT, "url(#heat)"),
    rays(chance, fire, { from: 250, to: 900, count: 110, width: 8, fill: BARE }),
    // Girders of the hall.
    [760, 1040, 1290, 1500]
      .map(
        (x, index) =>
          rect(x, 0, 44 - index * 5, 800, INK) +
          line(
            [
              [x - 140, 0],
              [x + 20, 150],
            ],
            INK,
            14,
          ) +
          line(
            [
              [x + 190, 0],
              [x + 24, 150],
            ],
            INK,
            14,
          ),
      )
      .join(""),
    rect(560, 120, 1040, 22, INK),
    cuts(chance, {
      box: [780, 160, 800, 600],
      angle: 90,
      length: 120,
      gap: 60,
      width: 6,
      fill: INK,
      keep: (x) => x / 4200,
    }),
    furnace(chance, fire),
    lehr(chance),
    place([1170, 1080], inspector()),
  ].join("");
}

function furnace(chance: Chance, [x, y]: Point): string {
  const bricks: string[] = [];
  for (let course = 0; course < 3; course += 1)
    for (let index = 0; index < 15; index += 1) {
      const turn = ((index / 14) * 180 - 180) * (Math.PI / 180);
      const [near, far] = [196 + course * 52, 242 + course * 52];
      const half = 0.092;
      const at = (radius: number, by: number): Point => [
        x + Math.cos(turn + by) * radius,
        y + Math.sin(turn + by) * radius,
      ];
      bricks.push(
        shape(
          [at(near, -half), at(far, -half), at(far, half), at(near, half)],
          (index + course) % 4 === 0
            ? tone(0, 1, 0)
            : (index * 2 + course) % 3 === 0
              ? tone(0.5, 1, 0)
              : DEEP,
        ),
      );
    }
  return [
    path(`M${x - 360} ${HEIGHT}V${y}A360 360 0 0 1 ${x + 360} ${y}V${HEIGHT}Z`, INK),
    bricks.join(""),
    path(`M${x - 190} 800V${y}A190 190 0 0 1 ${x + 190} ${y}V800Z`, tone(0, 0.75, 0)),
    path(`M${x - 128} 800V${y + 26}A128 128 0 0 1 ${x + 128} ${y + 26}V800Z`, BARE),
    cuts(chance, {
      box: [x - 190, y - 160, 380, 480],
      angle: (cx, cy) => (Math.atan2(cy - y - 120, cx - x) * 180) / Math.PI,
      length: 46,
      gap: 30,
      width: 6,
      fill: tone(0, 1, 0),
      keep: (cx, cy) =>
        Math.hypot(cx - x, Math.min(0, cy - y)) > 120 && Math.abs(cx - x) < 180 ? 0.8 : 0,
    }),
    rect(x - 360, 800, 720, 270, INK),
    cuts(chance, {
      box: [0, 820, 630, 240],
      angle: 0,
      length: 80,
      gap: 34,
      width: 5,
      fill: tone(0, 1, 0),
      keep: () => 0.4,
    }),
  ].join("");
}

/** The belt of jars, from the fire outwards, hot ones first. */
function lehr(chance: Chance): string {
  const jars: string[] = [];
  for (let index = 0; index < 9; index += 1) {
    const share = index / 8;
    const x = 600 + share * 940;
    const y = 800 + share * 118;
    jars.push(
      place([x, y], jar(chance, `jar${index}`, Math.max(0, 1 - share * 1.3)), {
        size: 0.74 + share * 0.78,
      }),
    );
  }
  return [
    shape("520,800 1600,936 1600,1067 520,1067", INK),
    shape("520,786 1600,916 1600,946 520,806", tone(0, 0.4, 0.6)),
    cuts(chance, {
      box: [540, 830, 1060, 230],
      angle: 7,
      length: 100,
      gap: 28,
      width: 4,
      fill: tone(0, 1, 0),
      keep: (x, y) => (y > 820 + (x - 520) * 0.13 ? 0.3 : 0),
    }),
    jars.join(""),
  ].join("");
}

/** A half-litre jar with the ring at its shoulder, 96 wide, standing on 0. */
function jar(chance: Chance, id: string, heat: number): string {
  const outline = "M-48 0V-116Q-48 -142 -36 -150V-172H36V-150Q48 -142 48 -116V0Z";
  const body = heat > 0.1 ? tone(0, 0.35 + heat * 0.65, 0) : tone(0, 0.05, 0.85);
  return (
    path(outline, body) +
    inside(
      id,
      outline,
      rect(-48, -200, 20, 220, heat > 0.1 ? BARE : tone(0, 0, 0.25)) +
        rect(26, -200, 24, 220, tone(0.72, 0.4, 0.5)) +
        cuts(chance, {
          box: [10, -110, 40, 100],
          angle: 90,
          length: 30,
          gap: 14,
          width: 3,
          fill: BARE,
          keep: () => 0.3,
        }),
    ) +
    stroke(outline, INK, 6) +
    rect(-50, -136, 100, 10, INK) +
    rect(-42, -184, 84, 16, INK)
  );
}

/** A woman with a torch bent over the belt, about 800 tall, standing on 0. */
function inspector(): string {
  return [
    path("M60 0Q40 -330 96 -470Q150 -600 300 -590Q430 -560 450 0Z", INK),
    path("M110 -560Q60 -520 -40 -380L-96 -318L-58 -276L30 -336L170 -430Z", INK),
    path(
      "M150 -600Q90 -650 106 -740Q130 -824 220 -820Q310 -812 312 -716Q310 -640 262 -604L240 -560L160 -566Z",
      INK,
    ),
    // The face catches the fire.
    path("M112 -756Q96 -728 88 -700L102 -694L98 -668Q104 -640 138 -640Q150 -690 138 -750Z", BARE),
    path(
      "M108 -768Q150 -840 236 -826Q316 -810 318 -716Q290 -770 220 -772Q160 -776 108 -768Z",
      tone(0.05, 0.2, 0.9),
    ),
    oval(128, -712, 25, 17, "none"),
    stroke("M104 -712A22 16 0 1 0 150 -712A22 16 0 1 0 104 -712M150 -714L214 -724", INK, 6),
    stroke("M-36 -372Q70 -500 118 -556", tone(0, 0.9, 0), 7),
    stroke("M70 -60Q52 -330 104 -466", tone(0, 0.9, 0), 8),
    path("M-100 -330L-62 -274L-112 -250L-140 -296Z", tone(0.1, 0.3, 0.9)),
    path("M-124 -302L-104 -262L-330 -150L-372 -236Z", tone(0, 0.12, 0)),
    disc(-82, -304, 26, tone(0, 0.9, 0)),
  ].join("");
}
