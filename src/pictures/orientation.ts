import { startsWith } from "./bytes.ts";

// Of all that EXIF says (where, when, with which phone, by whom), how to turn the picture is what decides
// how it looks. TIFF 6.0 section 2, Exif 2.32 section 4.6.4.

const ORIENTATION = 0x0112;
const SHORT = 3;

/** The orientation that a block of EXIF states, 1 to 8; 1, upright, where it states none that can be read. */
export function orientationOf(exif: Uint8Array): number {
  const tiff = startsWith(exif, "Exif\0\0") ? exif.subarray(6) : exif;
  const littleEndian = startsWith(tiff, "II*\0");
  if (tiff.length < 8 || !(littleEndian || startsWith(tiff, "MM\0*"))) return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > tiff.length) return 1;
  const entries = view.getUint16(directory, littleEndian);
  for (
    let at = directory + 2, left = entries;
    left > 0 && at + 12 <= tiff.length;
    at += 12, left--
  ) {
    if (view.getUint16(at, littleEndian) !== ORIENTATION) continue;
    const orientation = view.getUint16(at + 8, littleEndian);
    const isRead = view.getUint16(at + 2, littleEndian) === SHORT;
    return isRead && orientation >= 1 && orientation <= 8 ? orientation : 1;
  }
  return 1;
}

/** EXIF that states the orientation and nothing else: a TIFF header and one directory of one entry. */
export function orientationExif(orientation: number): Uint8Array {
  const exif = new Uint8Array(26);
  const view = new DataView(exif.buffer);
  exif.set([0x4d, 0x4d, 0, 0x2a]);
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, ORIENTATION);
  view.setUint16(12, SHORT);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  return exif;
}

/** The size as shown: orientations 5 to 8 lay the picture on its side. */
export function turned(
  orientation: number,
  width: number,
  height: number,
): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
