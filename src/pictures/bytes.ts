import { Refusal } from "./refusal.ts";

/**
 * The bytes of a file, read by absolute offset. Every read is checked against the end, so that no length
 * the file states about itself can lead a walk outside; offsets only grow, so that no walk can go round.
 */
export class Bytes {
  readonly all: Uint8Array;
  /** The name of the format, for the sentences in which it is refused. */
  readonly format: string;
  readonly length: number;
  readonly #view: DataView;
  readonly #littleEndian: boolean;

  constructor(all: Uint8Array, format: string, order: "big-endian" | "little-endian") {
    this.all = all;
    this.format = format;
    this.length = all.length;
    this.#view = new DataView(all.buffer, all.byteOffset, all.byteLength);
    this.#littleEndian = order === "little-endian";
  }

  u8(at: number): number {
    return this.#view.getUint8(this.#within(at, 1));
  }

  u16(at: number): number {
    return this.#view.getUint16(this.#within(at, 2), this.#littleEndian);
  }

  /** Three bytes, as only WebP has them: the lowest first. */
  u24(at: number): number {
    return this.u16(at) | (this.u8(at + 2) << 16);
  }

  u32(at: number): number {
    return this.#view.getUint32(this.#within(at, 4), this.#littleEndian);
  }

  /** `length` bytes as Latin-1: names of chunks and boxes. */
  text(at: number, length: number): string {
    return String.fromCharCode(...this.slice(at, at + length));
  }

  /** A view, not a copy. */
  slice(start: number, end: number): Uint8Array {
    this.#within(start, end - start);
    return this.all.subarray(start, end);
  }

  damaged(detail: string): Refusal {
    return new Refusal("damaged", `This ${this.format} is damaged: ${detail}.`);
  }

  endsEarly(): Refusal {
    return new Refusal(
      "damaged",
      `This ${this.format} ends early, as if it had been cut off; upload the whole file.`,
    );
  }

  unsupported(detail: string): Refusal {
    return new Refusal("unsupported", `This ${this.format} ${detail}.`);
  }

  #within(at: number, length: number): number {
    if (length < 0 || at + length > this.length) throw this.endsEarly();
    return at;
  }
}

/**
 * What is kept of a file, in order. Neighbouring ranges are joined: a file of a million empty chunks
 * must not become a million objects.
 */
export class Kept {
  readonly #file: Bytes;
  readonly #pieces: Uint8Array[] = [];
  readonly #ranges: Range[] = [];
  #start = 0;
  #end = 0;

  constructor(file: Bytes) {
    this.#file = file;
  }

  /** Keeps a range of the file. */
  keep(start: number, end: number): void {
    if (start !== this.#end) this.#flush();
    if (this.#start === this.#end) this.#start = start;
    this.#end = end;
  }

  /** Puts in what is not from the file; returns a function that puts other bytes there, for what only the end tells. */
  put(bytes: Uint8Array): (bytes: Uint8Array) => void {
    this.#flush();
    const index = this.#pieces.push(bytes) - 1;
    return (bytes) => {
      this.#pieces[index] = bytes;
    };
  }

  join(): Uint8Array {
    this.#flush();
    return join(this.#pieces);
  }

  /** All of the file that was not kept. */
  left(): Uint8Array {
    this.#flush();
    return leftOf(this.#file, this.#ranges);
  }

  #flush(): void {
    if (this.#end > this.#start) {
      this.#pieces.push(this.#file.slice(this.#start, this.#end));
      this.#ranges.push({ start: this.#start, end: this.#end });
    }
    this.#start = this.#end = 0;
  }
}

export interface Range {
  start: number;
  end: number;
}

/** The bytes of a file outside of these ranges, one after the other. */
export function leftOf(file: Bytes, ranges: readonly Range[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
    if (start > at) pieces.push(file.slice(at, start));
    at = Math.max(at, end);
  }
  pieces.push(file.slice(at, file.length));
  return join(pieces);
}

export function join(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

export function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  for (let i = 0; i < text.length; i++) {
    if (bytes[at + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

export function latin(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
