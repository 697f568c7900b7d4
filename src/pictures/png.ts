import { Bytes, Kept, latin, startsWith } from "./bytes.ts";
import { crc32 } from "./crc.ts";
import { requireNothingBehind, requireNothingForeign } from "./foreign.ts";
import { requireFrames, requireSize } from "./limits.ts";
import { orientationExif, orientationOf, turned } from "./orientation.ts";
import { requireProfileLength } from "./profile.ts";
import type { Reading } from "./reading.ts";

// PNG (W3C, third edition), still or animated.

const SIGNATURE = "\x89PNG\r\n\x1a\n";

/** Section 11.2.1: the bit depths of each colour type, and how many samples make a pixel. */
const COLOURS: Record<number, { depths: readonly number[]; samples: number }> = {
  0: { depths: [1, 2, 4, 8, 16], samples: 1 },
  2: { depths: [8, 16], samples: 3 },
  3: { depths: [1, 2, 4, 8], samples: 1 },
  4: { depths: [8, 16], samples: 2 },
  6: { depths: [8, 16], samples: 4 },
};
const PALETTE = 3;

/**
 * The chunks besides those of the picture itself that decide how it looks, with the lengths they can have
 * (sections 11.2.2 and 11.3). Decoders skip one of another length, one that comes twice, and one that
 * comes after the pixels; so they are thrown away.
 */
const LOOKS: Record<string, (length: number) => boolean> = {
  PLTE: (length) => length > 0 && length <= 768 && length % 3 === 0,
  tRNS: (length) => length > 0 && length <= 256,
  gAMA: (length) => length === 4,
  cHRM: (length) => length === 32,
  sRGB: (length) => length === 1,
  cICP: (length) => length === 4,
  mDCV: (length) => length === 24,
  cLLI: (length) => length === 8,
  sBIT: (length) => length > 0 && length <= 4,
  bKGD: (length) => length === 1 || length === 2 || length === 6,
  pHYs: (length) => length === 9,
  iCCP: (length) => length > 3,
};

/** Deflate makes at most 1032 bytes of one. */
const DEFLATE_RATIO = 1032;

interface Chunk {
  type: string;
  start: number;
  /** Where its contents begin, and how long they are. */
  data: number;
  length: number;
  end: number;
}

export function isPng(bytes: Uint8Array): boolean {
  return startsWith(bytes, SIGNATURE);
}

/** Walks a PNG from IHDR to IEND and keeps of it what is seen. Throws a Refusal. */
export function readPng(bytes: Uint8Array): Reading {
  const file = new Bytes(bytes, "PNG", "big-endian");
  const walk = new Walk(file);
  let at = SIGNATURE.length;
  for (;;) {
    const chunk = chunkAt(file, at);
    at = chunk.end;
    walk.take(chunk);
    if (chunk.type === "IEND") break;
  }
  // "aCropalypse" (CVE-2023-21036): the pixels that were cropped away, still there behind IEND.
  requireNothingBehind(file, at);
  return walk.finish();
}

/** Section 5.3: length, type, contents, and a CRC of type and contents. */
function chunkAt(file: Bytes, start: number): Chunk {
  const length = file.u32(start);
  const type = file.text(start + 4, 4);
  if (!/^[A-Za-z]{4}$/.test(type)) throw file.damaged(`at byte ${start} is no chunk of a PNG`);
  const data = start + 8;
  const end = data + length + 4;
  if (file.u32(end - 4) !== crc32(file.slice(start + 4, end - 4))) {
    throw file.damaged(`the checksum of its ${type} at byte ${start} is wrong`);
  }
  return { type, start, data, length, end };
}

class Walk {
  readonly #file: Bytes;
  readonly #kept: Kept;
  readonly #seen = new Set<string>();
  #width = 0;
  #height = 0;
  /** How many bytes the pixels are before compression. */
  #raw = 0;
  #compressed = 0;
  #pixels: "ahead" | "here" | "past" = "ahead";
  #isIndexed = false;
  #orientation = 1;
  #putOrientation: ((bytes: Uint8Array) => void) | null = null;
  /** Of an APNG: frames promised by acTL, frames begun, the next sequence number, whether a frame lacks its pixels. */
  #promised = 0;
  #frames = 0;
  #sequence = 0;
  #isFrameEmpty = false;

  constructor(file: Bytes) {
    this.#file = file;
    this.#kept = new Kept(file);
    this.#kept.keep(0, SIGNATURE.length);
  }

  take(chunk: Chunk): void {
    const { type } = chunk;
    if (type !== "IHDR" && !this.#seen.has("IHDR")) {
      throw this.#file.damaged("it does not begin with its header, IHDR");
    }
    if (type !== "IDAT" && this.#pixels === "here") this.#pixels = "past";
    if (type === "IHDR") this.#readHeader(chunk);
    else if (type === "IDAT") this.#readPixels(chunk);
    else if (type === "IEND") this.#readEnd(chunk);
    else if (type === "eXIf") this.#readExif(chunk);
    else if (type === "acTL") this.#readAnimation(chunk);
    else if (type === "fcTL" || type === "fdAT") this.#readFrame(chunk);
    else if (this.#isLook(chunk)) this.#keep(chunk);
    else this.#drop(type);
    this.#seen.add(type);
  }

  finish(): Reading {
    if (this.#orientation !== 1) this.#putOrientation?.(exifChunk(this.#orientation));
    requireNothingForeign(this.#file, this.#kept.left());
    const { width, height } = turned(this.#orientation, this.#width, this.#height);
    return { width, height, animated: this.#promised > 1, bytes: this.#kept.join() };
  }

  #keep({ start, end }: Chunk): void {
    this.#kept.keep(start, end);
  }

  #drop(type: string): void {
    // Section 5.4: a capital first letter says that nobody can show the picture without knowing this chunk.
    if (/^[A-Z]/.test(type) && type !== "PLTE") {
      throw this.#file.damaged(`nothing is known of its critical chunk ${type}`);
    }
  }

  #readHeader(chunk: Chunk): void {
    const { data, length } = chunk;
    if (this.#seen.has("IHDR") || length !== 13) throw this.#file.damaged("its header is wrong");
    this.#width = this.#file.u32(data);
    this.#height = this.#file.u32(data + 4);
    requireSize(this.#file, this.#width, this.#height);
    const [depth, type, compression, filter, interlace] = this.#file.slice(data + 8, data + 13);
    const colour = COLOURS[type ?? 0];
    if (!colour?.depths.includes(depth ?? 0) || compression || filter || (interlace ?? 0) > 1) {
      throw this.#file.damaged("its header names a kind of pixels that PNG does not have");
    }
    this.#isIndexed = type === PALETTE;
    this.#raw = this.#height * Math.ceil((this.#width * colour.samples * (depth ?? 0)) / 8);
    this.#keep(chunk);
  }

  #isLook({ type, data, length }: Chunk): boolean {
    if (!LOOKS[type]?.(length) || this.#seen.has(type) || this.#pixels !== "ahead") return false;
    if (type === "iCCP") {
      requireProfileLength(this.#file, length);
      // Compressed, so that only its length can be bounded, and its name and what is plain looked through.
      requireNothingForeign(this.#file, this.#file.slice(data, data + length));
    }
    return true;
  }

  #readExif({ data, length }: Chunk): void {
    if (this.#seen.has("eXIf")) return;
    this.#orientation = orientationOf(this.#file.slice(data, data + length));
  }

  #readPixels(chunk: Chunk): void {
    if (this.#pixels === "past") throw this.#file.damaged("its pixels, IDAT, are not in one piece");
    if (this.#pixels === "ahead") {
      if (this.#isIndexed && !this.#seen.has("PLTE")) throw this.#file.damaged("it has no palette");
      // RFC 1950 section 2.2: deflate, and a header that is a multiple of 31.
      const isZlib = chunk.length >= 2 && this.#file.u16(chunk.data) % 31 === 0;
      if (!isZlib || (this.#file.u8(chunk.data) & 15) !== 8) {
        throw this.#file.damaged("its pixels are not compressed as PNG does it");
      }
      this.#putOrientation = this.#kept.put(new Uint8Array());
      this.#pixels = "here";
    }
    this.#isFrameEmpty = false;
    this.#compressed += chunk.length;
    this.#keep(chunk);
  }

  #readAnimation(chunk: Chunk): void {
    const { data, length } = chunk;
    if (this.#seen.has("acTL") || this.#pixels !== "ahead") return;
    if (length !== 8) throw this.#file.damaged("the header of its animation is wrong");
    this.#promised = this.#file.u32(data);
    if (this.#promised === 0) throw this.#file.damaged("its animation has no frames");
    requireFrames(this.#file, this.#promised, this.#width, this.#height);
    this.#keep(chunk);
  }

  /** Section 11.3.6: fcTL begins a frame, fdAT holds its pixels; both count on in one sequence. */
  #readFrame(chunk: Chunk): void {
    const { type, data, length } = chunk;
    if (this.#promised === 0) return;
    const isControl = type === "fcTL";
    if (isControl ? length !== 26 : length <= 4) throw this.#file.damaged(`its ${type} is wrong`);
    if (this.#file.u32(data) !== this.#sequence++) {
      throw this.#file.damaged("the frames of its animation are not in order");
    }
    if (isControl) this.#readFrameSize(data);
    else if (this.#frames === 0 || this.#pixels === "ahead") {
      throw this.#file.damaged("its animation has pixels without a frame");
    }
    this.#isFrameEmpty = isControl;
    this.#keep(chunk);
  }

  #readFrameSize(data: number): void {
    const [width = 0, height = 0, x = 0, y = 0] = [4, 8, 12, 16].map((at) =>
      this.#file.u32(data + at),
    );
    if (this.#isFrameEmpty) throw this.#file.damaged("a frame of its animation has no pixels");
    if (width === 0 || height === 0 || x + width > this.#width || y + height > this.#height) {
      throw this.#file.damaged("a frame of its animation lies outside of the picture");
    }
    this.#frames++;
  }

  #readEnd(chunk: Chunk): void {
    if (chunk.length !== 0) throw this.#file.damaged("its end, IEND, is not empty");
    if (this.#compressed * DEFLATE_RATIO < this.#raw || this.#pixels === "ahead") {
      throw this.#file.damaged("it has fewer pixels than its header says");
    }
    if (this.#frames !== this.#promised || this.#isFrameEmpty) {
      throw this.#file.damaged("it has fewer or more frames than it says");
    }
    this.#keep(chunk);
  }
}

function exifChunk(orientation: number): Uint8Array {
  const exif = orientationExif(orientation);
  const chunk = new Uint8Array(exif.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, exif.length);
  chunk.set(latin("eXIf"), 4);
  chunk.set(exif, 8);
  view.setUint32(exif.length + 8, crc32(chunk.subarray(4, exif.length + 8)));
  return chunk;
}
