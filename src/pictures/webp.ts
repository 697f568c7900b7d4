import { Bytes, Kept, latin, startsWith } from "./bytes.ts";
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
  start: number;
  data: number;
  end: number;
}

interface Frame {
  width: number;
  height: number;
  chunks: Chunk[];
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
  const [first, ...rest] = chunksIn(file, 12, end);
  const kept = new Kept(file);
  kept.keep(0, 12);
  const size =
    first?.type === "VP8X"
      ? readExtended(file, kept, first, rest)
      : readSimple(file, kept, first ? [first] : []);
  requireNothingForeign(file, kept.left());
  const written = kept.join();
  new DataView(written.buffer).setUint32(4, written.length - 8, true);
  return { ...size, bytes: written };
}

/** Section 2.3: a name of four letters, a length, the contents, and a zero if the length is odd. */
function chunksIn(file: Bytes, from: number, end: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = from; start < end;) {
    const length = file.u32(start + 4);
    const data = start + 8;
    if (data + length > end) {
      throw file.damaged(`the chunk at byte ${start} is longer than its place`);
    }
    chunks.push({ type: file.text(start, 4), start, data, end: data + length });
    start = data + length + (length % 2);
  }
  return chunks;
}

type Size = Omit<Reading, "bytes">;

/** Sections 2.5 and 2.6: one chunk; at what follows it, no reader looks. */
function readSimple(file: Bytes, kept: Kept, chunks: readonly Chunk[]): Size {
  const frame = frameIn(file, chunks);
  const { width, height } = frame;
  requireSize(file, width, height);
  frame.chunks.forEach((chunk) => keepChunk(kept, chunk));
  return { width, height, animated: false };
}

/** Section 2.7: a header, the profile, the pixels, and the metadata, of which only the orientation is kept. */
function readExtended(
  file: Bytes,
  kept: Kept,
  { data, end }: Chunk,
  chunks: readonly Chunk[],
): Size {
  if (end - data !== 10) throw file.damaged("its header, VP8X, has a wrong length");
  const flags = file.u8(data);
  const width = file.u24(data + 4) + 1;
  const height = file.u24(data + 7) + 1;
  requireSize(file, width, height);
  const contentsOf = (wanted: string) => {
    // The first of a kind, as readers do.
    const found = chunks.find(({ type }) => type === wanted);
    return found ? file.slice(found.data, found.end) : new Uint8Array();
  };
  const profile = profileIn(file, contentsOf("ICCP"));
  const orientation = orientationOf(contentsOf("EXIF"));
  const head = file.slice(data - 8, end).slice();
  const found = (profile ? PROFILE : 0) | (orientation > 1 ? EXIF : 0);
  head.set([(flags & (ALPHA | ANIMATION)) | found, 0, 0, 0], 8);
  kept.put(head);
  if (profile) putChunk(kept, "ICCP", profile);
  const isStill = (flags & ANIMATION) === 0;
  const frames = isStill
    ? keepStill(file, kept, chunks, width, height)
    : keepAnimation(file, kept, chunks, width, height);
  if (orientation > 1) putChunk(kept, "EXIF", orientationExif(orientation));
  return { ...turned(orientation, width, height), animated: frames > 1 };
}

function keepStill(
  file: Bytes,
  kept: Kept,
  chunks: readonly Chunk[],
  width: number,
  height: number,
): number {
  const frame = frameIn(file, chunks);
  if (frame.width !== width || frame.height !== height) {
    throw file.damaged("its header and its pixels tell different sizes");
  }
  frame.chunks.forEach((chunk) => keepChunk(kept, chunk));
  return 1;
}

/** Section 2.7.1.1: the loop, and the frames, each with its place, its duration and its own chunks. */
function keepAnimation(
  file: Bytes,
  kept: Kept,
  chunks: readonly Chunk[],
  width: number,
  height: number,
): number {
  const loop = chunks.find(({ type }) => type === "ANIM");
  const frames = chunks.filter(({ type }) => type === "ANMF");
  if (!loop || loop.end - loop.data !== 6 || frames.length === 0) {
    throw file.damaged("its animation has no header or no frames");
  }
  requireFrames(file, frames.length, width, height);
  keepChunk(kept, loop);
  for (const { data, end } of frames) {
    const [x, y] = [file.u24(data) * 2, file.u24(data + 3) * 2];
    const frame = frameIn(file, chunksIn(file, data + 16, end));
    const isSame =
      frame.width === file.u24(data + 6) + 1 && frame.height === file.u24(data + 9) + 1;
    if (!isSame || x + frame.width > width || y + frame.height > height) {
      throw file.damaged("a frame of its animation has a wrong size or place");
    }
    const length = frame.chunks.reduce(
      (sum, { start, end }) => sum + end - start + ((end - start) % 2),
      16,
    );
    kept.put(headOf("ANMF", length));
    kept.keep(data, data + 15);
    kept.put(Uint8Array.of(file.u8(data + 15) & 3)); // how it is blended and disposed of; the rest is reserved
    frame.chunks.forEach((chunk) => keepChunk(kept, chunk));
  }
  return frames.length;
}

/** The one picture among the chunks, with its transparency. */
function frameIn(file: Bytes, chunks: readonly Chunk[]): Frame {
  const pictures = chunks.filter(({ type }) => type === "VP8 " || type === "VP8L");
  const [picture] = pictures;
  if (!picture || pictures.length > 1) throw file.damaged("it has no pixels, or more than once");
  if (picture.type === "VP8L") return { ...losslessSize(file, picture), chunks: [picture] };
  // A lossless picture has its transparency in its pixels.
  const alpha = chunks.filter(({ type }) => type === "ALPH").slice(0, 1);
  return { ...lossySize(file, picture), chunks: [...alpha, picture] };
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

function keepChunk(kept: Kept, { start, end }: Chunk): void {
  kept.keep(start, end);
  if ((end - start) % 2 === 1) kept.put(new Uint8Array(1));
}

function putChunk(kept: Kept, type: string, contents: Uint8Array): void {
  kept.put(headOf(type, contents.length));
  kept.put(contents);
  kept.put(new Uint8Array(contents.length % 2));
}

function headOf(type: string, length: number): Uint8Array {
  const head = latin(`${type}\0\0\0\0`);
  new DataView(head.buffer).setUint32(4, length, true);
  return head;
}
