import type { Bytes } from "./bytes.ts";

// Boxes of the ISO base media file format (ISO/IEC 14496-12 section 4.2).

export interface Box {
  type: string;
  start: number;
  /** Where the contents begin: after the length, the type, and the long length if there is one. */
  data: number;
  end: number;
}

/** The box at an offset of the file; its end can lie outside of what it is in. */
export function boxAt(file: Bytes, start: number): Box {
  const short = file.u32(start);
  const type = file.text(start + 4, 4);
  if (short === 0) return { type, start, data: start + 8, end: file.length };
  const isLong = short === 1;
  const length = isLong ? file.u32(start + 8) * 2 ** 32 + file.u32(start + 12) : short;
  const data = start + (isLong ? 16 : 8);
  if (start + length < data) throw file.damaged(`the box at byte ${start} has a wrong length`);
  return { type, start, data, end: start + length };
}

/** The boxes that fill a part of the file without a gap. */
export function boxesIn(file: Bytes, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at < end; at = boxes.at(-1)?.end ?? end) {
    const box = boxAt(file, at);
    if (box.end > end) throw file.damaged(`the box at byte ${at} is longer than its place`);
    boxes.push(box);
  }
  return boxes;
}

/** Reads the fields of one box in turn, and never past its end. */
export class Fields {
  at: number;
  readonly #file: Bytes;
  readonly #box: Box;

  constructor(file: Bytes, box: Box) {
    this.#file = file;
    this.#box = box;
    this.at = box.data;
  }

  /** An unsigned number of 0, 1, 2, 4 or 8 bytes. */
  take(width: number): number {
    const at = this.at;
    this.at += width;
    if (this.at > this.#box.end) throw this.wrong();
    if (width === 0) return 0;
    if (width === 1) return this.#file.u8(at);
    if (width === 2) return this.#file.u16(at);
    if (width === 4) return this.#file.u32(at);
    if (width === 8) return this.#file.u32(at) * 2 ** 32 + this.#file.u32(at + 4);
    throw this.wrong();
  }

  /** Requires that the fields fill the box: what lies behind them, no reader would look at. */
  requireEnd(): void {
    if (this.at !== this.#box.end) throw this.wrong();
  }

  wrong(): Error {
    return this.#file.damaged(`its box "${this.#box.type}" at byte ${this.#box.start} is wrong`);
  }
}
