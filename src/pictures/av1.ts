import type { Bytes } from "./bytes.ts";

// AV1 (AV1 bitstream specification, sections 5.3 to 5.5), as far as to know how large the decoder will take
// the picture to be: a file that calls itself 100 × 100 outside can be 65536 × 65536 inside.

const SEQUENCE_HEADER = 1;

/** The largest size that the sequence headers of an AV1 item state, in pixels. */
export function codedSize(file: Bytes, data: Uint8Array): { width: number; height: number } {
  let [width, height] = [0, 0];
  for (let at = 0; at < data.length;) {
    const head = data[at] ?? 0;
    const hasExtension = (head & 4) !== 0;
    // Without a size the unit goes on to the end of the item. The top bit is always zero.
    const size =
      head & 2 ? leb128(data, at + (hasExtension ? 2 : 1)) : { value: data.length, next: 0 };
    const start = head & 2 ? size.next : at + (hasExtension ? 2 : 1);
    const end = head & 2 ? start + size.value : data.length;
    if (head & 0x80 || end > data.length) throw file.damaged("its pixels are not AV1");
    if (((head >> 3) & 15) === SEQUENCE_HEADER) {
      const stated = sequenceSize(file, data.subarray(start, end));
      width = Math.max(width, stated.width);
      height = Math.max(height, stated.height);
    }
    at = end;
  }
  if (width === 0) throw file.damaged("its pixels are not AV1");
  return { width, height };
}

/** Section 4.10.5: seven bits in each byte, the lowest first. */
function leb128(data: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = data[at + i] ?? 0;
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return { value, next: at + i + 1 };
  }
  return { value: Number.POSITIVE_INFINITY, next: at };
}

/** Section 5.5.1, up to the size. */
function sequenceSize(file: Bytes, header: Uint8Array): { width: number; height: number } {
  let bit = 0;
  const take = (bits: number): number => {
    let value = 0;
    for (let i = 0; i < bits; i++, bit++) {
      value = value * 2 + (((header[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    }
    return value;
  };
  take(4); // profile, still picture
  if (take(1) === 1) take(5);
  else {
    // Stills have no clock; where there is one, the fields that follow are others.
    if (take(1) === 1) throw file.damaged("it is a film inside");
    const hasDelay = take(1) === 1;
    for (let left = take(5); left >= 0; left--) {
      take(12);
      if (take(5) > 7) take(1);
      if (hasDelay && take(1) === 1) take(4);
    }
  }
  const [widthBits, heightBits] = [take(4) + 1, take(4) + 1];
  const size = { width: take(widthBits) + 1, height: take(heightBits) + 1 };
  if (bit > header.length * 8) throw file.damaged("its pixels are not AV1");
  return size;
}
