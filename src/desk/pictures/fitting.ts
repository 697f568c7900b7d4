import { PICTURE_BYTES } from "../../domain/media.ts";

// What has to become of a picture before the newsroom takes it, and how large its JPEG is to be. Decides by
// the bytes, never by a name or a type: phones and file managers get both wrong.

/** Kinds of files that the newsroom does not take, and some browsers can show. */
export type ConvertibleKind = "heic" | "tiff";

/** One try at a JPEG: its sides in pixels, and its quality from 0 to 1. */
export interface Attempt {
  width: number;
  height: number;
  quality: number;
}

/** The longest side of a JPEG that the desk makes, in pixels. */
const LONGEST_SIDE = 6000;

/** Tells which kind of file has to be made a JPEG first; null for one that is taken as it is, or never. */
export async function convertible(file: Blob): Promise<ConvertibleKind | null> {
  return kindIn(await headOf(file));
}

/** Tells whether a file is over what the newsroom takes (10 MiB). */
export function isTooLarge(file: Blob): boolean {
  return file.size > PICTURE_BYTES;
}

/** Tells whether a picture moves, or may: a JPEG of it would stand still. */
export async function isMoving(file: Blob): Promise<boolean> {
  const head = await headOf(file);
  const said = (text: string, at: number) => textAt(head, at, text.length) === text;
  if (said("GIF8", 0)) return true;
  // The flags of an extended WebP: https://developers.google.com/speed/webp/docs/riff_container
  if (said("RIFF", 0) && said("WEBPVP8X", 8)) return ((head[20] ?? 0) & 0b10) !== 0;
  // An animated PNG says so before its pixels: https://www.w3.org/TR/png-3/#acTL-chunk
  if (said("\x89PNG", 0))
    return textAt(head, 0, head.length).split("IDAT")[0]?.includes("acTL") ?? false;
  return brandsIn(head).includes("avis");
}

/** The JPEG's name: that of the file, with the ending that says what it has become. */
export function jpegName(name: string): string {
  const stem = name.replace(/\.[^./\\]{1,5}$/, "");
  return `${stem === "" ? "picture" : stem}.jpg`;
}

/** What is tried in turn until a JPEG is small enough: less quality is seen less than fewer pixels. */
export function attemptsFor(width: number, height: number): Attempt[] {
  const longest = Math.max(width, height);
  return TRIES.filter(([side], index) => index < 2 || side < longest).map(([side, quality]) => {
    const scale = Math.min(1, side / longest);
    return { width: scaled(width, scale), height: scaled(height, scale), quality };
  });
}

/** The first JPEG that the newsroom takes; null when none is. `encode` gives null for a size that the browser cannot draw. */
export async function firstThatFits(
  attempts: readonly Attempt[],
  encode: (attempt: Attempt) => Promise<Blob | null>,
): Promise<Blob | null> {
  for (const attempt of attempts) {
    const made = await encode(attempt);
    if (made !== null && made.size > 0 && !isTooLarge(made)) return made;
  }
  return null;
}

/** Longest side and quality, the first of which is for every picture. */
const TRIES: readonly [side: number, quality: number][] = [
  [LONGEST_SIDE, 0.92],
  [LONGEST_SIDE, 0.85],
  [4096, 0.85],
  [3000, 0.85],
  [2000, 0.8],
];

/** How much of a file is looked at, in bytes: an animated PNG may have a colour profile first. */
const HEAD = 64 * 1024;

/** ISO/IEC 23008-12 section 10 and annex B: pictures, and sequences of them, in HEVC. */
const HEIC_BRANDS = /^(?:hei[cxms]|hev[cxms]|mif[12]|msf1)$/;
const AVIF_BRANDS = /^(?:avif|avis)$/;

function kindIn(head: Uint8Array): ConvertibleKind | null {
  const start = textAt(head, 0, 4);
  if (start === "II*\0" || start === "MM\0*") return "tiff";
  const brands = brandsIn(head);
  // An AVIF has the general brands, too, and is taken as it is.
  if (brands.some((brand) => AVIF_BRANDS.test(brand))) return null;
  return brands.some((brand) => HEIC_BRANDS.test(brand)) ? "heic" : null;
}

/** The brands of a file's first box, if that is a `ftyp` (ISO/IEC 14496-12 section 4.3). */
function brandsIn(head: Uint8Array): string[] {
  if (head.length < 16 || textAt(head, 4, 4) !== "ftyp") return [];
  const length = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0);
  const brands = [textAt(head, 8, 4)];
  // After the major brand comes its version.
  for (let at = 16; at + 4 <= Math.min(length, 256, head.length); at += 4) {
    brands.push(textAt(head, at, 4));
  }
  return brands;
}

async function headOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return Array.from(bytes.subarray(at, at + length), (byte) => String.fromCharCode(byte)).join("");
}

function scaled(side: number, scale: number): number {
  return Math.max(1, Math.round(side * scale));
}
