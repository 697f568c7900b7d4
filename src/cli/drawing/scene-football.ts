import type { Chance } from "./chance.ts";
import {
  BARE,
  cuts,
  disc,
  fade,
  glow,
  gouge,
  HEIGHT,
  INK,
  line,
  oval,
  path,
  place,
  rays,
  rect,
  stroke,
  tone,
  WIDTH,
} from "./marks.ts";
import type { Point } from "./marks.ts";
import { rain } from "./weather.ts";

/** The pitch by the harbour wall, in the rain, a moment after the ball stopped in a puddle. */
export function drawFootball(chance: Chance): string {
  const lamp: Point = [1290, 130];
  return [
    fade("air", [tone(1, 0, 0.3), tone(1, 0, 0.3), tone(0.35, 0, 1)]),
    rect(0, 0, WIDTH, 520, "url(#air)"),
    glow("flood", lamp, 420, [BARE, tone(0, 0, 0.35), tone(0.3, 0, 0.6), tone(0.8, 0, 0.3)]),
    `<g style="mix-blend-mode:lighten">${disc(lamp[0], lamp[1], 420, "url(#flood)")}</g>`,
    rays(chance, lamp, { from: 90, to: 330, count: 50, width: 5, fill: BARE }),
    line("1330,560 1330,100", INK, 15),
    rect(1220, 84, 150, 90, INK),
    [0, 1, 2, 3]
      .map((index) =>
        disc(1246 + (index % 2) * 60 + 16, 108 + Math.floor(index / 2) * 42, 17, BARE),
      )
      .join(""),
    rect(0, 430, WIDTH, 130, INK),
    cuts(chance, {
      box: [0, 440, WIDTH, 110],
      angle: 0,
      length: 60,
      gap: 22,
      width: 3,
      fill: tone(0.4, 0, 0.8),
      keep: () => 0.4,
    }),
    Array.from({ length: 24 }, (_, index) => spectator(chance, 40 + index * 66)).join(""),
    fade("grass", [tone(0, 0, 1), tone(0, 0, 1)]),
    rect(0, 556, WIDTH, HEIGHT - 556, "url(#grass)"),
    cuts(chance, {
      box: [0, 566, WIDTH, 500],
      angle: -82,
      length: 26,
      gap: 26,
      width: 5,
      fill: tone(0.92, 0, 0.9),
      keep: (_x, y) => 0.16 + (y - 560) / 1500,
    }),
    line("-20,700 1620,640", BARE, 9),
    line("-20,1000 700,660", BARE, 10),
    goal(chance),
    puddle(chance, 860, 900, 290),
    puddle(chance, 300, 1010, 200),
    puddle(chance, 1420, 820, 150),
    place([600, 905], player(tone(0, 1, 0), BARE, "slide"), { size: 1.5 }),
    place([1180, 880], player(BARE, INK, "run"), { size: 1.42, flip: true }),
    place([1500, 750], player(tone(0, 1, 0), BARE, "run"), { size: 0.86, flip: true }),
    place([196, 748], keeper(), { size: 0.94 }),
    place([860, 872], ball(), { size: 1.5 }),
    Array.from({ length: 30 }, () => {
      const turn = chance.between(-165, -15) * (Math.PI / 180);
      const far = chance.between(60, 190);
      return gouge(
        [860 + Math.cos(turn) * far * 0.5, 892 + Math.sin(turn) * far * 0.4],
        [860 + Math.cos(turn) * far * 1.3, 892 + Math.sin(turn) * far],
        chance.between(4, 9),
        BARE,
      );
    }).join(""),
    rain(chance, [0, 0, WIDTH, HEIGHT], {
      angle: 70,
      fill: BARE,
      much: 0.34,
      length: 92,
      width: 2.6,
    }),
  ].join("");
}

function spectator(chance: Chance, x: number): string {
  const fill = chance.pick([tone(0, 1, 0), BARE, tone(0.6, 0, 0.9), tone(0.3, 0.9, 0)]);
  const y = 410 + chance.between(-8, 8);
  return (
    path(`M${x - 20} 436Q${x - 22} ${y - 4} ${x} ${y - 6}T${x + 20} 436Z`, INK) +
    disc(x, y - 18, 13, INK) +
    (chance.often(0.6)
      ? path(
          `M${x - 44} ${y - 30}Q${x - 36} ${y - 72} ${x} ${y - 76}T${x + 44} ${y - 30}Q${x + 22} ${y - 40} ${x} ${y - 31}T${x - 44} ${y - 30}Z`,
          fill,
        ) +
        stroke(
          `M${x - 44} ${y - 30}Q${x - 36} ${y - 72} ${x} ${y - 76}T${x + 44} ${y - 30}`,
          INK,
          4,
        )
      : "")
  );
}

function goal(chance: Chance): string {
  const net: string[] = [];
  for (let step = 0; step <= 14; step += 1)
    net.push(
      line(
        [
          [60 + step * 22, 470 + step * 4],
          [10 + step * 24, 720 + step * 3],
        ],
        BARE,
        2,
      ),
    );
  for (let step = 0; step <= 10; step += 1)
    net.push(
      line(
        [
          [56 - step * 4, 484 + step * 25],
          [372 - step * 2, 540 + step * 22],
        ],
        BARE,
        2,
      ),
    );
  return (
    net.join("") +
    line("60,730 60,462 380,520 380,764", BARE, 15) +
    line("66,730 66,468 374,526", INK, 4) +
    cuts(chance, {
      box: [30, 730, 380, 30],
      angle: 4,
      length: 60,
      gap: 14,
      width: 5,
      fill: INK,
      keep: () => 0.6,
    })
  );
}

function puddle(chance: Chance, x: number, y: number, wide: number): string {
  return (
    oval(x, y, wide, wide * 0.17, tone(0.12, 0, 0.25)) +
    cuts(chance, {
      box: [x - wide * 0.8, y - wide * 0.12, wide * 1.6, wide * 0.24],
      angle: 0,
      length: 60,
      gap: 12,
      width: 4,
      fill: tone(0.8, 0, 0.8),
      keep: () => 0.35,
    }) +
    [0.3, 0.5]
      .map(
        (share) =>
          `<ellipse cx="${x + wide * 0.1}" cy="${y}" rx="${wide * share}" ry="${wide * share * 0.16}" fill="none" stroke="${BARE}" stroke-width="4"/>`,
      )
      .join("")
  );
}

function ball(): string {
  return (
    disc(0, 0, 34, INK) +
    disc(0, 0, 29, BARE) +
    path("M-8 -12L10 -10L14 6L-2 14L-14 2Z", INK) +
    stroke("M-8 -12L-14 -26M10 -10L20 -20M14 6L28 10M-2 14L-4 28M-14 2L-28 4", INK, 4)
  );
}

/** Faces and knees, which the cold has made the colour of the shirts. */
const SKIN = tone(0, 0.45, 0);

/** A player, about 240 tall, standing on 0, going right. */
function player(shirt: string, shorts: string, pose: "run" | "slide"): string {
  if (pose === "slide")
    return [
      oval(30, 6, 190, 16, INK),
      stroke("M-70 -40L20 -20L120 -14", SKIN, 28),
      path("M112 -34L158 -22L154 2L104 2Z", INK),
      stroke("M-60 -46L-10 -70L40 -18", SKIN, 26),
      path("M30 -30L64 -20L56 4H20Z", INK),
      path("M-110 -70L-40 -84L0 -50L-24 -14L-96 -20Z", shorts === BARE ? BARE : INK),
      path("M-190 -170Q-150 -200 -110 -170L-60 -76L-112 -40Q-180 -80 -190 -170Z", shirt),
      stroke("M-180 -150L-230 -80L-214 -10", shirt, 24),
      disc(-212, -4, 14, SKIN),
      stroke("M-122 -164L-50 -176L4 -214", shirt, 24),
      disc(10, -218, 14, SKIN),
      oval(-140, -216, 30, 35, INK),
      oval(-134, -212, 27, 32, SKIN),
      path(
        "M-170 -220Q-164 -256 -132 -252Q-112 -248 -108 -224Q-136 -240 -150 -206L-166 -200Z",
        INK,
      ),
      disc(-118, -214, 4, INK),
      gouge([-166, -150], [-110, -60], 8, shirt === BARE ? INK : BARE),
    ].join("");
  return [
    oval(0, 4, 90, 10, INK),
    stroke("M-6 -120L-40 -64L-92 -40", SKIN, 22),
    path("M-84 -54L-116 -36L-104 -16L-78 -28Z", INK),
    stroke("M10 -120L50 -76L40 -10", SKIN, 22),
    path("M28 -16L76 -12L74 6H26Z", INK),
    path("M-36 -132L32 -138L52 -84L8 -80L-40 -72Z", shorts),
    path("M-30 -226Q6 -246 38 -222L36 -126L-34 -126Z", shirt),
    stroke("M32 -214L70 -176L112 -190", shirt, 22),
    disc(116, -192, 12, SKIN),
    stroke("M-24 -212L-66 -180L-60 -134", shirt, 22),
    disc(-60, -130, 12, SKIN),
    oval(14, -260, 25, 29, SKIN),
    path("M-14 -256Q-12 -294 18 -292Q40 -290 40 -270Q16 -278 4 -250L-8 -240Z", INK),
    disc(28, -260, 4, INK),
    stroke("M-30 -226Q6 -246 38 -222L36 -126L-34 -126Z", INK, 4),
    stroke("M-12 -210V-160M-12 -210H14V-186H-12", shirt === BARE ? INK : BARE, 7),
  ].join("");
}

function keeper(): string {
  return [
    oval(0, 4, 100, 10, INK),
    stroke("M-20 -110L-44 -50L-34 0M20 -110L54 -56L50 0", INK, 26),
    path("M-44 -226Q0 -246 44 -226L36 -104H-36Z", tone(0, 0, 0.5)),
    stroke("M-40 -216L-100 -196L-130 -250M40 -216L100 -200L132 -256", tone(0, 0, 0.5), 26),
    disc(-132, -258, 20, BARE),
    disc(134, -264, 20, BARE),
    oval(0, -262, 27, 31, SKIN),
    path("M-36 -270Q-34 -300 0 -300T34 -270L44 -266H-36Z", tone(0, 1, 0)),
  ].join("");
}
