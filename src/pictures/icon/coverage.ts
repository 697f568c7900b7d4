import type { Polygon } from "./letters.ts";

/** Lines that are looked at in each row of pixels: enough that no slope has steps to be seen. */
const LINES = 4;

/** How much of each pixel of a square lies within any of some polygons, from 0 to 255, row by row. Points are in pixels. */
export function coverageOf(polygons: Polygon[], size: number): Uint8Array {
  const shares = new Uint8Array(size * size);
  const edges = polygons.flatMap(edgesOf);
  const row = new Float32Array(size);
  for (let y = 0; y < size; y += 1) {
    const near = edges.filter(({ top, bottom }) => top < y + 1 && bottom > y);
    if (near.length === 0) continue;
    row.fill(0);
    for (let line = 0; line < LINES; line += 1)
      for (const [from, to] of spansAt(near, y + (line + 0.5) / LINES)) addSpan(row, from, to);
    for (let x = 0; x < size; x += 1)
      shares[y * size + x] = Math.round(Math.min(1, (row[x] ?? 0) / LINES) * 255);
  }
  return shares;
}

interface Edge {
  top: number;
  bottom: number;
  /** Where it is at its top, and how far it goes to the right with each pixel down. */
  x: number;
  slope: number;
  turn: 1 | -1;
}

function edgesOf(polygon: Polygon): Edge[] {
  const edges: Edge[] = [];
  for (let at = 0; at < polygon.length; at += 2) {
    const [x0 = 0, y0 = 0] = polygon.slice(at, at + 2);
    const [x1 = 0, y1 = 0] = at + 2 < polygon.length ? polygon.slice(at + 2, at + 4) : polygon;
    if (y0 === y1) continue;
    const slope = (x1 - x0) / (y1 - y0);
    edges.push(
      y0 < y1
        ? { top: y0, bottom: y1, x: x0, slope, turn: 1 }
        : { top: y1, bottom: y0, x: x1, slope, turn: -1 },
    );
  }
  return edges;
}

/** Where a line is within the polygons: between where it enters the first and leaves the last of those that overlap. */
function spansAt(edges: Edge[], y: number): [number, number][] {
  const crossings = edges
    .filter(({ top, bottom }) => y >= top && y < bottom)
    .map(({ top, x, slope, turn }) => ({ x: x + (y - top) * slope, turn }))
    .sort((one, other) => one.x - other.x);
  const spans: [number, number][] = [];
  let depth = 0;
  let from = 0;
  for (const { x, turn } of crossings) {
    if (depth === 0) from = x;
    depth += turn;
    if (depth === 0) spans.push([from, x]);
  }
  return spans;
}

function addSpan(row: Float32Array, from: number, to: number): void {
  const [start, end] = [Math.max(0, from), Math.min(row.length, to)];
  for (let at = Math.floor(start); at < end; at += 1)
    row[at] = (row[at] ?? 0) + Math.min(end, at + 1) - Math.max(start, at);
}
