import { coverageOf } from "./coverage.ts";
import { isDrawn, polygonsOf, ring, type Polygon } from "./letters.ts";
import { icoOf, pngOf } from "./png-write.ts";

// A sign drawn as an icon: a letter on a square. The same sign gives the same bytes.

/** What an icon shows. Colours are `#rrggbb`. */
interface Sign {
  /** One character; "" for none. */
  initial: string;
  /** The Latin letter or the figure that the character is at bottom, if any. */
  letter: string | null;
  ground: string;
  ink: string;
}

/** How high the letter is, and how wide at most, of the square: within what phones leave of an icon. */
const HEIGHT = 0.54;
const WIDTH = 0.66;

/** How round the corners of a small icon are, of its side. */
const CORNER = 0.16;

/** The sizes within a favicon.ico, in pixels. */
const ICO_SIZES = [16, 32, 48];

/** The sign as a full square of so many pixels: whoever shows it rounds its corners. */
export function drawPng(sign: Sign, size: number): Promise<Uint8Array<ArrayBuffer>> {
  return pngWith(sign, size, null);
}

/** The sign in the sizes that browsers show beside a page's name. */
export async function drawIco(sign: Sign): Promise<Uint8Array<ArrayBuffer>> {
  const pictures = ICO_SIZES.map(async (size) => {
    const shape = coverageOf([rounded(size)], size);
    return { size, png: await pngWith(sign, size, shape) };
  });
  return icoOf(await Promise.all(pictures));
}

/** A PNG of at most 255 pixels as a favicon.ico. */
export function icoFrom(png: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  return icoOf([{ png, size }]);
}

/** The sign as SVG, in attributes alone: a letter that is not drawn is written, in whatever serif there is. */
export function drawSvg({ initial, letter, ground, ink }: Sign): string {
  const size = 100;
  const isExact = letter === initial && letter !== null && isDrawn(letter);
  const mark =
    isExact || initial === ""
      ? `<path fill="${ink}" d="${placed(polygonsOf(letter), size).map(pathOf).join("")}"/>`
      : `<text x="50" y="50" fill="${ink}" font-family="Georgia, 'Times New Roman', serif" font-size="64" font-weight="700" text-anchor="middle" dominant-baseline="central">${escaped(initial)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" rx="${size * CORNER}" fill="${ground}"/>${mark}</svg>\n`;
}

/** A PNG within an SVG, for whoever asks for one. */
export function svgFrom(png: Uint8Array, size: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><image width="${size}" height="${size}" href="data:image/png;base64,${png.toBase64()}"/></svg>\n`;
}

/** A square PNG of the letter on its ground; `shape` is how much of each pixel the ground covers, null for all. */
function pngWith(
  { letter, ground, ink }: Sign,
  size: number,
  shape: Uint8Array | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const covered = coverageOf(placed(polygonsOf(letter), size), size);
  const pixels = covered.map((share, at) => {
    if (share > 0) return share >> 1;
    return shape === null ? 0 : SHADES + ((shape[at] ?? 0) >> 1);
  });
  const [under, over] = [channelsOf(ground), channelsOf(ink)];
  const colours = Uint8Array.from({ length: 3 * 2 * SHADES }, (_, at) => {
    const shade = Math.floor(at / 3);
    const [from = 0, to = 0] = [under[at % 3], over[at % 3]];
    return shade < SHADES ? Math.round(from + ((to - from) * shade) / (SHADES - 1)) : from;
  });
  const opacities = Uint8Array.from({ length: 2 * SHADES }, (_, shade) =>
    shade < SHADES ? 255 : Math.round((255 * (shade - SHADES)) / (SHADES - 1)),
  );
  return pngOf({ pixels, size, colours, opacities });
}

/** As many shades from the ground to the letter, and as many from nothing to the ground: no letter comes near a corner. */
const SHADES = 128;

function channelsOf(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}

/** Polygons in the middle of a square of so many pixels. */
function placed(polygons: Polygon[], size: number): Polygon[] {
  const across = polygons.flatMap((polygon) => polygon.filter((_, at) => at % 2 === 0));
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const scale = Math.min((HEIGHT * size) / 100, (WIDTH * size) / (right - left));
  const aside = size / 2 - (scale * (left + right)) / 2;
  const down = size / 2 - scale * 50;
  return polygons.map((polygon) =>
    polygon.map((value, at) => value * scale + (at % 2 === 0 ? aside : down)),
  );
}

/** A square with round corners. */
function rounded(size: number): Polygon {
  const radius = CORNER * size;
  const far = size - radius;
  const corner = (x: number, y: number, from: number) =>
    ring([x, y, radius, radius, 0, 0, from, from + 90]).slice(0, 2 * 16);
  return [
    ...corner(far, far, 0),
    ...corner(radius, far, 90),
    ...corner(radius, radius, 180),
    ...corner(far, radius, 270),
  ];
}

function pathOf(polygon: Polygon): string {
  const points = polygon.map((value) => Number(value.toFixed(1)));
  return `M${points.slice(0, 2).join(" ")}L${points.slice(2).join(" ")}Z`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
