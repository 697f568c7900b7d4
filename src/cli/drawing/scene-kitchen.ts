import type { Chance } from "./chance.ts";
import {
  BARE,
  bow,
  cuts,
  DEEP,
  disc,
  fade,
  gouge,
  HEIGHT,
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
import { plume } from "./weather.ts";

/** The kitchen: a pot of soup, a crab that is next, and the harbour in the window. */
export function drawKitchen(chance: Chance): string {
  const tiles: string[] = [];
  for (let x = 0; x < 17; x += 1)
    for (let y = 0; y < 7; y += 1)
      tiles.push(
        rect(x * 96 + 3, y * 96 + 3, 90, 90, (x + y) % 2 === 0 ? tone(0, 0, 1) : BARE),
        (x * 7 + y * 3) % 5 === 0
          ? place(
              [x * 96 + 48, y * 96 + 48],
              stroke(
                "M-20 0Q0 -26 20 0Q0 26 -20 0M-30 -30L-20 -20M30 30L20 20M30 -30L20 -20M-30 30L-20 20",
                tone(0.15, 0.6, 0.3),
                5,
              ),
            )
          : "",
      );
  return [
    rect(0, 0, WIDTH, 680, tone(0.1, 0.2, 0.85)),
    tiles.join(""),
    rect(1010, 60, 480, 420, INK),
    rect(1030, 80, 440, 380, tone(0, 0.2, 0.55)),
    shape("1030,330 1150,260 1290,300 1470,230 1470,360 1030,360", tone(0, 0.8, 0.3)),
    rect(1030, 350, 440, 110, INK),
    cuts(chance, {
      box: [1030, 356, 430, 100],
      angle: 0,
      length: 40,
      gap: 14,
      width: 4,
      fill: BARE,
      keep: () => 0.5,
    }),
    shape("1160,352 1176,300 1240,300 1262,352", INK) +
      line("1206,300 1206,190", INK, 6) +
      shape("1212,196 1212,294 1278,290", BARE),
    disc(1370, 160, 40, tone(0, 0.8, 0.6)),
    line("1250,70 1250,470", INK, 13),
    rect(990, 470, 520, 30, INK),
    line("0,74 930,74", INK, 14),
    [120, 330, 560, 770]
      .map((x, index) => place([x, 80], pan(index), { turn: chance.between(-4, 4) }))
      .join(""),
    fade("table", [tone(0, 1, 0.45), tone(0, 1, 1)]),
    rect(0, 660, WIDTH, HEIGHT - 660, "url(#table)"),
    cuts(chance, {
      box: [0, 690, WIDTH, 380],
      angle: (x, y) => 4 * Math.sin(x / 240 + y / 70),
      length: 210,
      gap: 32,
      width: 6,
      fill: DEEP,
      keep: () => 0.3,
    }),
    rect(0, 654, WIDTH, 14, INK),
    plume(chance, [560, 420], {
      drift: 160,
      rise: 330,
      count: 18,
      size: 74,
      fill: tone(0, 0, 0.12),
    }),
    bow("520,400 470,320 560,240 500,150", tone(0.1, 0.2, 0.5), 7),
    bow("640,400 590,330 690,250 640,170", tone(0.1, 0.2, 0.5), 7),
    place([560, 860], pot(chance)),
    place([1080, 890], crabLarge(), { size: 1.75, turn: -8 }),
    lemon(1370, 960),
    place([230, 980], knife(), { turn: -14 }),
  ].join("");
}

function pan(index: number): string {
  const ink = index % 2 === 0 ? INK : tone(0.15, 0.95, 0.3);
  return (
    line("0,0 0,130", ink, 13) +
    (index === 2
      ? oval(0, 180, 52, 66, ink) + gouge([-26, 150], [-26, 210], 9, BARE)
      : disc(0, 200, 76, ink) +
        disc(0, 200, 58, index % 2 === 0 ? tone(0.8, 0.3, 0.2) : tone(0.1, 0.8, 0.6)) +
        stroke("M-40 190A46 46 0 0 1 -6 156", BARE, 7))
  );
}

function pot(chance: Chance): string {
  return [
    oval(0, 60, 300, 36, tone(0.9, 0.9, 0)),
    path("M-270 -400H270L250 20Q240 60 190 62H-190Q-240 60 -250 20Z", INK),
    gouge([-226, -360], [-216, 20], 16, tone(0, 0.9, 0.4)),
    gouge([-186, -350], [-180, 30], 8, tone(0, 0.9, 0.4)),
    gouge([216, -350], [204, 10], 10, tone(0, 1, 0.1)),
    cuts(chance, {
      box: [-230, -340, 80, 380],
      angle: 90,
      length: 70,
      gap: 30,
      width: 5,
      fill: tone(0, 0.6, 0.6),
      keep: () => 0.3,
    }),
    oval(0, -404, 276, 54, INK),
    oval(0, -400, 250, 42, tone(0, 0.95, 0.5)),
    [
      [-120, -404],
      [-20, -388],
      [96, -410],
      [160, -392],
      [-60, -420],
    ]
      .map(([x = 0, y = 0]) => oval(x, y, 24, 9, BARE))
      .join(""),
    stroke("M-262 -330Q-340 -330 -336 -270Q-332 -226 -258 -234", INK, 24),
    stroke("M262 -330Q340 -330 336 -270Q332 -226 258 -234", INK, 24),
    line("120,-410 300,-640", INK, 20),
    line("120,-414 296,-638", tone(0, 0.5, 0.9), 10),
  ].join("");
}

function crabLarge(): string {
  const shell = tone(0, 1, 0.75);
  const legs = [-1, 1].flatMap((side) =>
    [0, 1, 2, 3].map(
      (index) =>
        stroke(
          `M${side * 60} ${index * 13 - 14}L${side * (118 + index * 3)} ${index * 24 - 44}L${side * (136 - index * 6)} ${index * 30 + 4}`,
          INK,
          15,
        ) +
        stroke(
          `M${side * 60} ${index * 13 - 14}L${side * (118 + index * 3)} ${index * 24 - 44}L${side * (136 - index * 6)} ${index * 30 + 2}`,
          shell,
          8,
        ),
    ),
  );
  const claws = [-1, 1].map(
    (side) =>
      stroke(`M${side * 54} -30L${side * 96} -76`, INK, 24) +
      stroke(`M${side * 54} -30L${side * 96} -76`, shell, 15) +
      path(
        `M${side * 76} -66Q${side * 60} -140 ${side * 116} -150L${side * 104} -112L${side * 142} -128Q${side * 156} -76 ${side * 112} -56Z`,
        INK,
      ) +
      path(
        `M${side * 84} -72Q${side * 72} -124 ${side * 104} -136L${side * 96} -100L${side * 136} -114Q${side * 142} -80 ${side * 110} -64Z`,
        shell,
      ),
  );
  return (
    oval(0, 44, 150, 20, tone(0.9, 0.9, 0)) +
    legs.join("") +
    claws.join("") +
    path("M-96 0Q-92 -66 0 -70Q92 -66 96 0Q60 54 0 56Q-60 54 -96 0Z", INK) +
    path("M-86 -2Q-82 -56 0 -60Q82 -56 86 -2Q54 44 0 46Q-54 44 -86 -2Z", shell) +
    bow("-58,-14 -30,-34 0,-28 30,-34 58,-14", INK, 5) +
    [
      [-30, 4],
      [0, 16],
      [32, 4],
      [-52, -2],
      [54, -2],
    ]
      .map(([x = 0, y = 0]) => disc(x, y, 5, INK))
      .join("") +
    disc(-22, -66, 8, INK) +
    disc(22, -66, 8, INK)
  );
}

function lemon(x: number, y: number): string {
  return (
    oval(x, y + 40, 90, 14, tone(0.9, 0.9, 0)) +
    oval(x, y, 84, 58, INK, -16) +
    oval(x, y, 76, 50, tone(0, 0.05, 1), -16) +
    oval(x - 20, y - 18, 26, 10, BARE, -24) +
    oval(x - 120, y + 24, 56, 46, INK) +
    oval(x - 120, y + 22, 48, 39, BARE) +
    oval(x - 120, y + 22, 40, 32, tone(0, 0.05, 1)) +
    [0, 60, 120]
      .map((turn) => place([x - 120, y + 22], line("-38,0 38,0", BARE, 5), { turn }))
      .join("")
  );
}

function knife(): string {
  return (
    path("M-210 0L60 -30V20Q-120 30 -210 0Z", BARE) +
    stroke("M-210 0L60 -30V20Q-120 30 -210 0Z", INK, 6) +
    path("M60 -34H220Q240 -10 220 18L60 22Z", INK) +
    disc(110, -8, 6, BARE) +
    disc(170, -8, 6, BARE)
  );
}
