import type { Chance } from "./chance.ts";
import {
  BARE,
  bow,
  DEEP,
  disc,
  fade,
  glow,
  HEIGHT,
  INK,
  line,
  oval,
  path,
  place,
  rect,
  shape,
  tone,
  WIDTH,
} from "./marks.ts";
import { figure } from "./things.ts";
import { reflection, ripples } from "./water.ts";
import { stars } from "./weather.ts";

/** Paper lanterns on the river on the last night of August. */
export function drawLanterns(chance: Chance): string {
  const made: [number, string][] = [];
  for (let index = 0; index < 46; index += 1) {
    const near = chance.next() ** 1.4;
    const y = 540 + near * 440;
    const x = 800 + chance.between(-1, 1) * (300 + near * 700) + Math.sin(near * 5) * 120;
    const size = 0.22 + near * 1.05;
    made.push([y, place([x, y], paperBoat(chance, index), { size })]);
  }
  made.sort(([a], [b]) => a - b);
  return [
    fade("night", [tone(1), tone(1), tone(0.75, 0.9, 0), tone(0.1, 1, 0), tone(0, 0.9, 0.6)]),
    rect(0, 0, WIDTH, 470, "url(#night)"),
    stars(chance, [0, 10, WIDTH, 240], 46),
    shape("0,380 180,330 330,350 560,400 980,410 1260,350 1420,320 1600,360 1600,480 0,480", DEEP),
    Array.from({ length: 42 }, () =>
      rect(chance.between(0, WIDTH), chance.between(395, 425), 7, 10, tone(0, 0.15, 1)),
    ).join(""),
    bridge(chance),
    fade("river", [tone(0.6, 1, 0), tone(1, 0.5, 0), tone(1)]),
    rect(0, 480, WIDTH, HEIGHT - 480, "url(#river)"),
    ripples(chance, {
      top: 490,
      bottom: HEIGHT,
      width: WIDTH,
      fill: tone(0.1, 1, 0.1),
      keep: (x, y) => 0.12 + 0.2 * Math.sin(x / 130 + y / 70),
    }),
    made.map(([, drawn]) => drawn).join(""),
  ].join("");
}

function bridge(chance: Chance): string {
  const people = Array.from({ length: 30 }, (_, index) => {
    const x = 60 + index * 51 + chance.between(-12, 12);
    return (
      figure([x, 384 - 26 * Math.sin((x / WIDTH) * Math.PI)], chance.between(66, 86), DEEP, {
        coat: 1.2,
      }) +
      (chance.often(0.3)
        ? disc(x + 16, 344 - 26 * Math.sin((x / WIDTH) * Math.PI), 7, tone(0, 0.1, 1))
        : "")
    );
  });
  const arches = [180, 590, 1010, 1420].map(
    (x) =>
      path(`M${x - 150} 486V466A150 96 0 0 1 ${x + 150} 466V486Z`, tone(0, 1, 0.4)) +
      reflection(chance, { x, top: 486, bottom: 520, spread: 90, fill: tone(0.3, 0.6, 0.2) }),
  );
  return (
    people.join("") +
    path("M0 384Q800 332 1600 384V486H0Z", DEEP) +
    arches.join("") +
    bow("0,388 800,362 1600,388", tone(0.3, 0.8, 0.1), 5)
  );
}

/** A lantern of paper on a raft of cork, with its light in the water below it. */
function paperBoat(chance: Chance, index: number): string {
  const id = `lit${index}`;
  return [
    glow(id, [0, -40], 150, [tone(0, 0.55, 0.9), tone(0.5, 0.75, 0.2), tone(1, 0.1, 0)]),
    `<g style="mix-blend-mode:lighten">${oval(0, -20, 150, 96, `url(#${id})`)}</g>`,
    reflection(chance, { x: 0, top: 20, bottom: 150, spread: 40, fill: tone(0, 0.45, 1) }),
    shape("-42,0 -34,-104 34,-104 42,0", tone(0, 0.14, 1)),
    shape("8,0 12,-104 34,-104 42,0", tone(0.05, 0.85, 0.7)),
    oval(-10, -34, 13, 26, BARE),
    shape("-58,-2 58,-2 46,18 -46,18", INK),
    line("-34,-104 34,-104", INK, 6),
  ].join("");
}
