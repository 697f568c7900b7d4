import { Bytes, join, latin, startsWith } from "./bytes.ts";
import { requireNothingBehind, requireNothingForeign } from "./foreign.ts";
import { requireFrames, requireSize } from "./limits.ts";
import { orientationExif, orientationOf, turned } from "./orientation.ts";
import { profileIn } from "./profile.ts";
import type { Reading } from "./reading.ts";

// WebP (RFC 9649): simple, lossless, extended, animated.

/** The flags of VP8X (section 2.7.1). */
const ANIMATION = 0x02;
const EXIF = 0x08;
const ALPHA = 0x10;
const PROFILE = 0x20;

interface Chunk {
  type: string;
  data: number;
  end: number;
}

interface Frame {
  width: number;
  height: number;
  chunks: Uint8Array[];
}

export function isWebp(bytes: Uint8Array): boolean {
  return startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8);
}

/** Walks a WebP chunk by chunk and keeps of it what is seen. Throws a Refusal. */
export function readWebp(bytes: Uint8Array): Reading {
  const file = new Bytes(bytes, "WebP", "little-endian");
  const end = 8 + file.u32(4);
  if (end > file.length) throw file.endsEarly();
  requireNothingBehind(file, end);
  const chunks = chunksIn(file, 12, end);
  const [first, ...rest] = chunks;
  if (first?.type === "VP8X") return readExtended(file, first, rest);
  // Section 2.5: what follows in a simple file, no reader looks at.
  const frame = frameIn(file, first ? [first] : []);
  for (const chunk of rest) drop(file, chunk);
  requireSize(file, frame.width, frame.height);
  const { width, height } = frame;
  return { width, height, animated: false, bytes: riff(frame.chunks) };
}

/** Section 2.3: a name of four letters, a length, the contents, and a zero if the length is odd. */
function chunksIn(file: Bytes, start: number, end: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = start; at < end;) {
    const length = file.u32(at + 4);
    const data = at + 8;
    if (data + length > end) throw file.damaged(`the chunk at byte ${at} is longer than its place`);
    chunks.push({ type: file.text(at, 4), data, end: data + length });
    at = data + length + (length % 2);
  }
  return chunks;
}

function readExtended(file: Bytes, head: Chunk, chunks: readonly Chunk[]): Reading {
  const { data } = head;
  if (head.end - data !== 10) throw file.damaged("its header, VP8X, has a wrong length");
  const flags = file.u8(data);
  const width = file.u24(data + 4) + 1;
  const height = file.u24(data + 7) + 1;
  requireSize(file, width, height);
  const profile = profileOf(file, chunks);
  const orientation = orientationIn(file, chunks);
  const isStill = (flags & ANIMATION) === 0;
  const pixels = isStill
    ? still(file, chunks, width, height)
    : animation(file, chunks, width, height);
  const vp8x = file.slice(data, data + 10).slice();
  vp8x.set([
    (flags & (ALPHA | ANIMATION)) | (profile ? PROFILE : 0) | (orientation > 1 ? EXIF : 0),
    0,
    0,
    0,
  ]);
  const kept = [
    chunk("VP8X", vp8x),
    ...(profile ? [chunk("ICCP", profile)] : []),
    ...pixels,
    ...(orientation > 1 ? [chunk("EXIF", orientationExif(orientation))] : []),
  ];
  // The loop comes before the frames.
  const animated = !isStill && pixels.length > 2;
  return { ...turned(orientation, width, height), animated, bytes: riff(kept) };
}

function profileOf(file: Bytes, chunks: readonly Chunk[]): Uint8Array | null {
  const found = chunks.find(({ type }) => type === "ICCP");
  return found ? profileIn(file, file.slice(found.data, found.end)) : null;
}

/** Of the first EXIF, as readers do. */
function orientationIn(file: Bytes, chunks: readonly Chunk[]): number {
  const found = chunks.find(({ type }) => type === "EXIF");
  return found ? orientationOf(file.slice(found.data, found.end)) : 1;
}

function still(file: Bytes, chunks: readonly Chunk[], width: number, height: number): Uint8Array[] {
  const frame = frameIn(file, chunks);
  if (frame.width !== width || frame.height !== height) {
    throw file.damaged("its header and its pixels tell different sizes");
  }
  return frame.chunks;
}

/** Section 2.7.1.1: the loop, and the frames, each with its place, its duration and its own chunks. */
function animation(
  file: Bytes,
  chunks: readonly Chunk[],
  width: number,
  height: number,
): Uint8Array[] {
  const loop = chunks.find(({ type }) => type === "ANIM");
  const frames = chunks.filter(({ type }) => type === "ANMF");
  if (!loop || loop.end - loop.data !== 6) throw file.damaged("its animation has no header");
  if (frames.length === 0) throw file.damaged("its animation has no frames");
  requireFrames(file, frames.length, width, height);
  for (const each of chunks) if (each !== loop && each.type !== "ANMF") drop(file, each);
  return [
    chunk("ANIM", file.slice(loop.data, loop.end)),
    ...frames.map(({ data, end }) => {
      const place = file.slice(data, data + 16).slice();
      const [x, y] = [file.u24(data) * 2, file.u24(data + 3) * 2];
      const frame = frameIn(file, chunksIn(file, data + 16, end));
      const isSame =
        frame.width === file.u24(data + 6) + 1 && frame.height === file.u24(data + 9) + 1;
      if (!isSame || x + frame.width > width || y + frame.height > height) {
        throw file.damaged("a frame of its animation has a wrong size or place");
      }
      place[15] = (place[15] ?? 0) & 3; // how it is blended and disposed of; the rest is reserved
      return chunk("ANMF", join([place, ...frame.chunks]));
    }),
  ];
}

/** The one picture among the chunks, with its transparency. */
function frameIn(file: Bytes, chunks: readonly Chunk[]): Frame {
  const pictures = chunks.filter(({ type }) => type === "VP8 " || type === "VP8L");
  const [picture] = pictures;
  if (!picture || pictures.length > 1) throw file.damaged("it has no pixels, or more than once");
  const isLossy = picture.type === "VP8 ";
  const size = isLossy ? lossySize(file, picture) : losslessSize(file, picture);
  // A lossless picture has its transparency in its pixels.
  const alpha = isLossy ? chunks.find(({ type }) => type === "ALPH") : undefined;
  for (const each of chunks) if (each !== picture && each !== alpha) drop(file, each);
  const kept = alpha ? [alpha, picture] : [picture];
  return {
    ...size,
    chunks: kept.map(({ type, data, end }) => chunk(type, file.slice(data, end))),
  };
}

/** RFC 6386 section 9.1: a key frame that is shown, its first partition inside the chunk, the start code, 14 bits a side. */
function lossySize(file: Bytes, { data, end }: Chunk): { width: number; height: number } {
  const tag = end - data > 10 ? file.u24(data) : 1;
  const isShown = (tag & 0x11) === 0x10 && ((tag >> 1) & 7) <= 3 && tag >> 5 <= end - data - 10;
  if (!isShown || file.u24(data + 3) !== 0x2a019d) throw file.damaged("its pixels are not VP8");
  return { width: file.u16(data + 6) & 0x3fff, height: file.u16(data + 8) & 0x3fff };
}

/** RFC 9649 section 3.4: a signature, 14 bits a side less one, alpha, and the version, 0. */
function losslessSize(file: Bytes, { data, end }: Chunk): { width: number; height: number } {
  const bits = end - data > 5 && file.u8(data) === 0x2f ? file.u32(data + 1) : 1 << 29;
  if (bits >>> 29 !== 0) throw file.damaged("its pixels are not VP8L");
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

function drop(file: Bytes, { type, data, end }: Chunk): void {
  requireNothingForeign(file, file.slice(data, end), `its ${type.trim()} chunk`);
}

function riff(chunks: readonly Uint8Array[]): Uint8Array {
  return chunk("RIFF", join([latin("WEBP"), ...chunks]));
}

function chunk(type: string, contents: Uint8Array): Uint8Array {
  const made = new Uint8Array(8 + contents.length + (contents.length % 2));
  made.set(latin(type));
  new DataView(made.buffer).setUint32(4, contents.length, true);
  made.set(contents, 8);
  return made;
}
