import sharp from "sharp";
import { openChance } from "./chance.ts";

// The press. A scene is one SVG whose red, green and blue are three printing plates: white is bare, black is full ink,
// what lies between becomes dots. Each plate is cut, screened at its own angle, laid down a little beside the others,
// and the inks multiply on the paper as they do on a risograph.

/** An ink as it looks when it covers white paper. */
interface Ink {
  color: string;
  /** Of the dot screen, in degrees; plates at the same angle would make a moiré. */
  angle: number;
  /** How far this plate is out of register, in pixels. */
  shift: readonly [number, number];
}

/** Paper and up to three inks: key (the darkest), colour, and light. */
export interface Palette {
  paper: string;
  inks: readonly Ink[];
}

/** How a sheet is printed. */
export interface Sheet {
  width: number;
  height: number;
  palette: Palette;
  seed: number;
  /** Distance between two dots of the screen, in pixels. */
  dots: number;
}

type Color = readonly [number, number, number];

/** Prints a scene's SVG elements; the answer is raw RGB, three bytes a pixel. */
export async function print(scene: string, sheet: Sheet): Promise<Buffer> {
  const { width, height, palette } = sheet;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect width="100%" height="100%" fill="#fff"/>${scene}</svg>`;
  const plates = await sharp(Buffer.from(svg)).removeAlpha().toFormat("raw").toBuffer();
  const sheetOfPaper = layPaper(sheet);
  for (const [channel, ink] of palette.inks.entries())
    layInk(sheetOfPaper, screen(plates, channel, ink, sheet), parseColor(ink.color));
  const out = Buffer.alloc(width * height * 3);
  for (let at = 0; at < out.length; at += 1) out[at] = Math.round((sheetOfPaper[at] ?? 0) * 255);
  return out;
}

function layPaper({ width, height, palette, seed }: Sheet): Float32Array {
  const color = parseColor(palette.paper);
  const fibre = noise({ width, height, grain: 34, seed: seed + 1 });
  const paper = new Float32Array(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    const light = 1 - 0.028 * (fibre[at] ?? 0);
    for (let part = 0; part < 3; part += 1)
      paper[at * 3 + part] = ((color[part] ?? 0) / 255) * light;
  }
  return paper;
}

/** How much ink one plate leaves at each pixel, from 0 to 1. */
function screen(plates: Buffer, channel: number, ink: Ink, sheet: Sheet): Float32Array {
  const { width, height, dots, seed } = sheet;
  const own = seed + channel * 97;
  const [wobbleX, wobbleY] = [5, 6].map((more) =>
    noise({ width, height, grain: 17, seed: own + more }),
  ) as [Float32Array, Float32Array];
  const patches = noise({ width, height, grain: 120, seed: own + 7 });
  const grain = noise({ width, height, grain: 4.5, seed: own + 8 });
  const turn = (ink.angle * Math.PI) / 180;
  const [along, across] = [
    (2 * Math.PI * Math.cos(turn)) / dots,
    (2 * Math.PI * Math.sin(turn)) / dots,
  ];
  const edge = 3.4 / dots;
  const laid = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      // The knife is not steady: every edge wanders by a pixel or two.
      const fromX = x - ink.shift[0] + ((wobbleX[at] ?? 0) - 0.5) * 3;
      const fromY = y - ink.shift[1] + ((wobbleY[at] ?? 0) - 0.5) * 3;
      const wanted = 1 - sample(plates, fromX, fromY, { width, height, channel });
      if (wanted < 0.015) continue;
      const dot =
        0.5 + 0.25 * (Math.cos(x * along + y * across) + Math.cos(y * along - x * across));
      const pressed = (wanted * (1 + 2 * edge) - edge - dot) / edge + 0.5;
      if (pressed <= 0) continue;
      // Ink lies thinner in patches, and a grain of dust now and then keeps it off altogether.
      const thin = 0.97 - 0.1 * (patches[at] ?? 0);
      const dust = (grain[at] ?? 0) > 0.97 ? 0.5 : 1;
      laid[at] = Math.min(1, pressed) * thin * dust;
    }
  }
  return laid;
}

function layInk(paper: Float32Array, laid: Float32Array, color: Color): void {
  for (let at = 0; at < laid.length; at += 1) {
    const much = laid[at] ?? 0;
    if (much === 0) continue;
    for (let part = 0; part < 3; part += 1) {
      const place = at * 3 + part;
      paper[place] = (paper[place] ?? 0) * (1 - much * (1 - (color[part] ?? 0) / 255));
    }
  }
}

/** The plate's value between its pixels, from 0 (black) to 1. */
function sample(
  plates: Buffer,
  x: number,
  y: number,
  { width, height, channel }: { width: number; height: number; channel: number },
): number {
  const left = Math.min(width - 2, Math.max(0, Math.floor(x)));
  const top = Math.min(height - 2, Math.max(0, Math.floor(y)));
  const right = Math.min(1, Math.max(0, x - left));
  const down = Math.min(1, Math.max(0, y - top));
  const at = (top * width + left) * 3 + channel;
  const below = at + width * 3;
  const above = (plates[at] ?? 0) * (1 - right) + (plates[at + 3] ?? 0) * right;
  const under = (plates[below] ?? 0) * (1 - right) + (plates[below + 3] ?? 0) * right;
  return (above * (1 - down) + under * down) / 255;
}

/** Value noise from 0 to 1; `grain` is the size of a lump in pixels. */
function noise({
  width,
  height,
  grain,
  seed,
}: {
  width: number;
  height: number;
  grain: number;
  seed: number;
}): Float32Array {
  const chance = openChance(seed);
  const columns = Math.ceil(width / grain) + 2;
  const lattice = Float32Array.from({ length: columns * (Math.ceil(height / grain) + 2) }, () =>
    chance.next(),
  );
  const field = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / grain);
    const down = ease(y / grain - row);
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor(x / grain);
      const right = ease(x / grain - column);
      const at = row * columns + column;
      const above = (lattice[at] ?? 0) * (1 - right) + (lattice[at + 1] ?? 0) * right;
      const under =
        (lattice[at + columns] ?? 0) * (1 - right) + (lattice[at + columns + 1] ?? 0) * right;
      field[y * width + x] = above * (1 - down) + under * down;
    }
  }
  return field;
}

function ease(share: number): number {
  return share * share * (3 - 2 * share);
}

function parseColor(hex: string): Color {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
