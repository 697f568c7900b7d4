// Promises: a PNG of fields of colour, which needs nobody's help.
// Relies on: CompressionStream for zlib; at most four colours.
// Does not: write letters.

import type { Field } from "../domain/share-card.ts";

/** Pixels are two bits each: a row of 1,200 is 300 bytes. */
const DEPTH = 2;
const COLOURS = 2 ** DEPTH;

/** Paints fields over each other, the first one being the ground; colours are `#rrggbb`. */
export async function paintFields(
  width: number,
  height: number,
  fields: Field[],
): Promise<Uint8Array<ArrayBuffer>> {
  const palette = [...new Set(fields.map(({ colour }) => colour))];
  if (palette.length > COLOURS)
    throw new Error(`A flat picture has ${COLOURS} colours at most, got ${palette.length}`);
  // Each row begins with the filter that it has: none.
  const length = Math.ceil((width * DEPTH) / 8) + 1;
  const pixels = new Uint8Array(length * height);
  const rows = new Map<string, Uint8Array>();
  for (let y = 0; y < height; y += 1) {
    const here = fields.filter(({ top, height: high }) => top <= y && y < top + high);
    const key = here.map((field) => fields.indexOf(field)).join();
    const row = rows.get(key) ?? rowOf(here, palette, length);
    rows.set(key, row);
    pixels.set(row, y * length);
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, DEPTH);
  // Colours by their place in the palette (https://www.w3.org/TR/png-3/#11IHDR).
  header.setUint8(9, 3);
  const colours = palette.flatMap((colour) =>
    [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)),
  );
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("PLTE", Uint8Array.from(colours)),
    chunk("IDAT", await deflated(pixels)),
    chunk("IEND", new Uint8Array()),
  ];
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function rowOf(fields: Field[], palette: string[], length: number): Uint8Array {
  const row = new Uint8Array(length);
  for (const { colour, left, width } of fields) {
    const index = palette.indexOf(colour);
    for (let x = left; x < left + width; x += 1) {
      const byte = 1 + (x >> 2);
      const shift = 6 - DEPTH * (x & 3);
      row[byte] = ((row[byte] ?? 0) & ~((COLOURS - 1) << shift)) | (index << shift);
    }
  }
  return row;
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crcOf(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** https://www.w3.org/TR/png-3/#D-CRCAppendix, bit by bit: a flat picture is a kilobyte. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
