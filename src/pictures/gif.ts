import { Bytes, Kept, startsWith } from "./bytes.ts";
import { hiddenBehind, requireNothingBehind, requireNothingForeign } from "./foreign.ts";
import { requireFrames, requireSize } from "./limits.ts";
import type { Reading } from "./reading.ts";

// GIF 87a and 89a (CompuServe, appendix A: the grammar; sections 17 to 27: the blocks).

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;

export function isGif(bytes: Uint8Array): boolean {
  return startsWith(bytes, "GIF87a") || startsWith(bytes, "GIF89a");
}

/** Walks a GIF block by block to its trailer and keeps of it what is seen. Throws a Refusal. */
export function readGif(bytes: Uint8Array): Reading {
  const file = new Bytes(bytes, "GIF", "little-endian");
  const width = file.u16(6);
  const height = file.u16(8);
  // `GIF89a=1;` is a GIF's beginning and a script's, too: its size is the letters after the `a`.
  requireSize(file, width, height);
  // `GIF89a/*` is one as well: 10,799 wide, with the script behind `*/`.
  if (startsWith(bytes, "/*", 6)) throw hiddenBehind(file, bytes.subarray(0, 4096));
  const walk = new Walk(file, width, height);
  let at = 13 + colourTable(file, 10);
  walk.kept.keep(0, at);
  while (file.u8(at) !== TRAILER) at = walk.take(at);
  walk.kept.keep(at, at + 1);
  requireNothingBehind(file, at + 1);
  if (walk.frames === 0) throw file.damaged("it has no pictures in it");
  if (walk.frames > 1) requireFrames(file, walk.frames, width, height);
  requireNothingForeign(file, walk.kept.left());
  return { width, height, animated: walk.frames > 1, bytes: walk.kept.join() };
}

class Walk {
  readonly kept: Kept;
  frames = 0;
  readonly #file: Bytes;
  readonly #width: number;
  readonly #height: number;
  #isLooped = false;
  /** The graphic control that the next frame will use: the last one before it. */
  #control: [start: number, end: number] | null = null;

  constructor(file: Bytes, width: number, height: number) {
    this.kept = new Kept(file);
    this.#file = file;
    this.#width = width;
    this.#height = height;
  }

  /** Takes the block that starts here; returns where the next one does. */
  take(start: number): number {
    const kind = this.#file.u8(start);
    if (kind === IMAGE) return this.#takeFrame(start);
    if (kind === EXTENSION) return this.#takeExtension(start);
    throw this.#file.damaged(`at byte ${start} is no block of a GIF`);
  }

  #takeFrame(start: number): number {
    const [x = 0, y = 0, width = 0, height = 0] = [1, 3, 5, 7].map((at) =>
      this.#file.u16(start + at),
    );
    if (width === 0 || height === 0 || x + width > this.#width || y + height > this.#height) {
      throw this.#file.damaged("a frame of it is empty or lies outside of the picture");
    }
    const pixels = start + 10 + colourTable(this.#file, start + 9);
    const codeSize = this.#file.u8(pixels);
    if (codeSize < 1 || codeSize > 8)
      throw this.#file.damaged("its pixels are not compressed as GIF does it");
    const end = skipSubBlocks(this.#file, pixels + 1);
    if (end === pixels + 2) throw this.#file.damaged("a frame of it has no pixels");
    if (this.#control) this.kept.keep(...this.#control);
    this.#control = null;
    this.kept.keep(start, end);
    this.frames++;
    return end;
  }

  #takeExtension(start: number): number {
    const label = this.#file.u8(start + 1);
    const end = skipSubBlocks(this.#file, start + 2);
    if (label === GRAPHIC_CONTROL) {
      if (end !== start + 8) throw this.#file.damaged("the control of a frame has a wrong length");
      this.#control = [start, end];
    } else if (label === APPLICATION && this.#isLoop(start, end)) {
      if (!this.#isLooped) this.kept.keep(start, end);
      this.#isLooped = true;
    }
    return end;
  }

  /** The one application extension that browsers read: how often the animation repeats, and nothing more. */
  #isLoop(start: number, end: number): boolean {
    if (end !== start + 19 || this.#file.u16(start + 14) !== 0x0103) return false;
    return ["\x0bNETSCAPE2.0", "\x0bANIMEXTS1.0"].includes(this.#file.text(start + 2, 12));
  }
}

/** How long the colour table is that a packed byte announces (sections 18 and 20). */
function colourTable(file: Bytes, packed: number): number {
  const flags = file.u8(packed);
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
}

/** Section 15: blocks of up to 255 bytes, each after its length; an empty one is the last. */
function skipSubBlocks(file: Bytes, start: number): number {
  let at = start;
  for (let length = file.u8(at); length > 0; length = file.u8(at)) at += length + 1;
  return at + 1;
}
