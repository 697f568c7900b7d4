/** The CRC that PNG has its chunks carry (PNG third edition, annex D), as an unsigned 32-bit number. */
export function crc32(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = -1;
  let at = 0;
  // Four bytes at a time, which takes half as long: pictures are megabytes.
  for (; at + 4 <= bytes.length; at += 4) {
    crc ^= view.getInt32(at, true);
    crc =
      step(768 + (crc & 255)) ^
      step(512 + ((crc >>> 8) & 255)) ^
      step(256 + ((crc >>> 16) & 255)) ^
      step(crc >>> 24);
  }
  for (; at < bytes.length; at++) crc = step((crc ^ view.getUint8(at)) & 255) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function step(index: number): number {
  return TABLE[index] ?? 0;
}

/** What a byte does to the CRC, and in the next three quarters, what it does one, two and three bytes later. */
const TABLE = new Int32Array(1024);
for (let index = 0; index < 1024; index++) {
  let crc = index < 256 ? index : step(index - 256);
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  TABLE[index] = crc;
}
