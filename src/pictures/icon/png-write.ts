import { crc32 } from "../crc.ts";

/** A square of pixels, each of which is one of at most 256 colours. */
interface Square {
  pixels: Uint8Array;
  size: number;
  /** Red, green and blue of each colour in turn, and how opaque each is. */
  colours: Uint8Array;
  opacities: Uint8Array;
}

/** A square as a PNG (PNG third edition, section 11). */
export async function pngOf(square: Square): Promise<Uint8Array<ArrayBuffer>> {
  const { pixels, size, colours, opacities } = square;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, size);
  view.setUint32(4, size);
  // Eight bits a pixel, by the number of its colour; the rest is as in every PNG.
  header.set([8, 3], 8);
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("PLTE", colours),
    chunk("tRNS", opacities),
    chunk("IDAT", await deflated(unfiltered(pixels, size))),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** An icon of PNGs, the smallest first, in the container that browsers ask every site for; none of them is larger than 255 pixels. */
export function icoOf(pictures: { png: Uint8Array; size: number }[]): Uint8Array<ArrayBuffer> {
  const directory = new DataView(new ArrayBuffer(6 + 16 * pictures.length));
  directory.setUint16(2, 1, true);
  directory.setUint16(4, pictures.length, true);
  let offset = directory.byteLength;
  for (const [index, { png, size }] of pictures.entries()) {
    const at = 6 + 16 * index;
    directory.setUint8(at, size);
    directory.setUint8(at + 1, size);
    directory.setUint16(at + 4, 1, true);
    directory.setUint16(at + 6, 32, true);
    directory.setUint32(at + 8, png.length, true);
    directory.setUint32(at + 12, offset, true);
    offset += png.length;
  }
  return joined([new Uint8Array(directory.buffer), ...pictures.map(({ png }) => png)]);
}

/** Each row says first how it is filtered: not at all. */
function unfiltered(pixels: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array(size * (1 + size));
  for (let row = 0; row < size; row += 1)
    rows.set(pixels.subarray(row * size, (row + 1) * size), row * (1 + size) + 1);
  return rows;
}

/** In the form of zlib (RFC 1950), as PNG wants it. */
async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = joined([new TextEncoder().encode(type), data]);
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, data.length);
  const check = new DataView(new ArrayBuffer(4));
  check.setUint32(0, crc32(named));
  return joined([new Uint8Array(length.buffer), named, new Uint8Array(check.buffer)]);
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
