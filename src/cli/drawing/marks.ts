import type { Chance } from "./chance.ts";

// The marks that a scene is cut with. All of them answer with SVG; tones are made by `tone`.

export type Point = readonly [number, number];

/** Points as such, or written down: "0,12 40,-6". */
export type Points = readonly Point[] | string;

/** How much of each ink: key, colour, light, from 0 to 1. What is drawn later covers what lies under it on every plate. */
export function tone(key: number, colour = 0, light = 0): string {
  const part = (much: number) => Math.round(255 * (1 - much));
  return `rgb(${part(key)},${part(colour)},${part(light)})`;
}

/** Bare paper. */
export const BARE = "#fff";

/** The key ink at full strength. */
export const INK = tone(1);

/** Key over colour: darker than the key alone, for what stands before a dark sky. */
export const DEEP = tone(1, 1, 0);

/** The size of most pictures, in pixels. */
export const [WIDTH, HEIGHT] = [1600, 1067];

export function rect(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${fill}"/>`;
}

export function disc(x: number, y: number, radius: number, fill: string): string {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${fill}"/>`;
}

export function oval(x: number, y: number, rx: number, ry: number, fill: string, turn = 0): string {
  const turned = turn === 0 ? "" : ` transform="rotate(${n(turn)} ${n(x)} ${n(y)})"`;
  return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}"${turned}/>`;
}

export function shape(points: Points, fill: string): string {
  return `<path d="${corners(points)}Z" fill="${fill}"/>`;
}

/** A closed shape whose points are joined by curves. */
export function blob(points: Points, fill: string): string {
  return `<path d="${curve(points, true)}Z" fill="${fill}"/>`;
}

export function path(d: string, fill: string): string {
  return `<path d="${d}" fill="${fill}"/>`;
}

export function line(points: Points, ink: string, width: number): string {
  return stroke(corners(points), ink, width);
}

/** A line through the points without corners. */
export function bow(points: Points, ink: string, width: number): string {
  return stroke(curve(points, false), ink, width);
}

export function stroke(d: string, ink: string, width: number): string {
  return `<path d="${d}" fill="none" stroke="${ink}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

export function ring(x: number, y: number, radius: number, ink: string, width: number): string {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="none" stroke="${ink}" stroke-width="${n(width)}"/>`;
}

/** One cut of the gouge: a stroke that is thick in the middle and ends in two points. */
export function gouge(from: Point, to: Point, width: number, fill: string, bend = 0): string {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [across, down] = [-dy / length, dx / length];
  const [midX, midY] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const side = (far: number): string => `${n(midX + across * far)} ${n(midY + down * far)}`;
  return (
    `<path d="M${n(from[0])} ${n(from[1])}Q${side(bend + width)} ${n(to[0])} ${n(to[1])}` +
    `Q${side(bend - width)} ${n(from[0])} ${n(from[1])}Z" fill="${fill}"/>`
  );
}

/** A field of cuts that follow a direction. */
export interface Cuts {
  box: readonly [x: number, y: number, width: number, height: number];
  /** In degrees, or by place. */
  angle: number | ((x: number, y: number) => number);
  length: number;
  gap: number;
  width: number;
  fill: string;
  /** The share of cuts that are made at a place; all, if it is left out. */
  keep?: (x: number, y: number) => number;
}

export function cuts(chance: Chance, { box, angle, length, gap, width, fill, keep }: Cuts): string {
  const [left, top, wide, high] = box;
  const made: string[] = [];
  for (let row = 0; row * gap < high; row += 1) {
    for (let step = -(row % 2) / 2; step * length * 1.15 < wide; step += 1) {
      const x = left + step * length * 1.15 + chance.between(-0.25, 0.25) * length;
      const y = top + row * gap + chance.between(-0.3, 0.3) * gap;
      const share = keep ? keep(x, y) : 1;
      if (!chance.often(share)) continue;
      const turn = ((typeof angle === "number" ? angle : angle(x, y)) * Math.PI) / 180;
      const half = length * chance.between(0.32, 0.62) * (0.55 + 0.45 * share);
      const [dx, dy] = [Math.cos(turn) * half, Math.sin(turn) * half];
      made.push(gouge([x - dx, y - dy], [x + dx, y + dy], width * chance.between(0.6, 1.15), fill));
    }
  }
  return made.join("");
}

/** Cuts that run away from a light. */
export function rays(
  chance: Chance,
  [x, y]: Point,
  {
    from,
    to,
    count,
    width,
    fill,
  }: { from: number; to: number; count: number; width: number; fill: string },
): string {
  return Array.from({ length: count }, (_, index) => {
    const turn = ((index + chance.between(-0.3, 0.3)) / count) * 2 * Math.PI;
    const [start, end] = [from * chance.between(0.9, 1.25), to * chance.between(0.6, 1)];
    return gouge(
      [x + Math.cos(turn) * start, y + Math.sin(turn) * start],
      [x + Math.cos(turn) * end, y + Math.sin(turn) * end],
      width * chance.between(0.6, 1.2),
      fill,
    );
  }).join("");
}

/** A tone that changes over the whole picture or box; use it as `url(#id)`. Directions as in "0 0 0 1": from top to bottom. */
export function fade(id: string, tones: readonly string[], direction = "0 0 0 1"): string {
  const [x1, y1, x2, y2] = direction.split(" ");
  return `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stops(tones)}</linearGradient>`;
}

/** A tone that changes from a point outwards, in pixels of the page. */
export function glow(id: string, [x, y]: Point, radius: number, tones: readonly string[]): string {
  return `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="${n(x)}" cy="${n(y)}" r="${n(radius)}">${stops(tones)}</radialGradient>`;
}

/** Shows the content only inside a shape, given as the `d` of a path. */
export function inside(id: string, d: string, content: string): string {
  return `<clipPath id="${id}"><path d="${d}"/></clipPath><g clip-path="url(#${id})">${content}</g>`;
}

/** Moves, turns (in degrees) and scales what is drawn around 0, 0. */
export function place(
  [x, y]: Point,
  content: string,
  { turn = 0, size = 1, flip = false }: { turn?: number; size?: number; flip?: boolean } = {},
): string {
  return `<g transform="translate(${n(x)} ${n(y)}) rotate(${n(turn)}) scale(${n(flip ? -size : size)} ${n(size)})">${content}</g>`;
}

export function corners(points: Points): string {
  return list(points)
    .map(([x, y], index) => `${index === 0 ? "M" : "L"}${n(x)} ${n(y)}`)
    .join("");
}

/** A Catmull-Rom curve through the points. */
export function curve(points: Points, closed: boolean): string {
  const all = list(points);
  const count = all.length;
  const at = (index: number): Point =>
    all[closed ? (index + count) % count : Math.min(count - 1, Math.max(0, index))] ?? [0, 0];
  const [startX, startY] = at(0);
  let d = `M${n(startX)} ${n(startY)}`;
  for (let index = 0; index < (closed ? count : count - 1); index += 1) {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    d +=
      `C${n(from[0] + (to[0] - before[0]) / 6)} ${n(from[1] + (to[1] - before[1]) / 6)} ` +
      `${n(to[0] - (after[0] - from[0]) / 6)} ${n(to[1] - (after[1] - from[1]) / 6)} ${n(to[0])} ${n(to[1])}`;
  }
  return d;
}

function list(points: Points): readonly Point[] {
  if (typeof points !== "string") return points;
  return points.split(" ").map((pair): Point => {
    const [x = 0, y = 0] = pair.split(",").map(Number);
    return [x, y];
  });
}

function stops(tones: readonly string[]): string {
  return tones
    .map((each, index) => `<stop offset="${n(index / (tones.length - 1))}" stop-color="${each}"/>`)
    .join("");
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}
