import type { Bytes } from "./bytes.ts";
import { startsWith } from "./bytes.ts";

// Polyglots: files that are a picture to one reader and a page, a program or an archive to another. What is
// looked through here is thrown away in any case and cannot harm; but nobody has such a file by accident, and
// whoever uploads one should hear of it. Since megabytes of a phone's film are looked through, too, a mark must
// be one that chance does not make: four letters alone turn up in every few hundredth film.

/** The name of a tag ends after these: `<svgs>` is no SVG, `<svg:svg>` is. Browsers take any letter case. */
const MARKUP = /<(?:svg|script|html|iframe)(?=[\s/>:])|<!doctype\s|<\?php/i;

const PDF = "%PDF-";
const ZIP_PART = "PK\x03\x04";
const ZIP_END = "PK\x05\x06";
const ELF = "\x7fELF";
const WINDOWS = "MZ";
const OTHERS = [PDF, ZIP_PART, ZIP_END, ELF, WINDOWS, "Rar!\x1a\x07", "7z\xbc\xaf\x27\x1c"];

/** How much is looked through at a time, and how much of it again with the next piece: more than the longest mark. */
const PIECE = 1024 * 1024;
const OVERLAP = 16;

/**
 * What other kind of file the bytes carry, as "a ZIP archive", or null. Reads each byte a fixed number of times. Of
 * markup only what is thrown away is looked through: its few letters turn up among pixels by chance.
 */
export function foreignIn(bytes: Uint8Array, { amongPixels = false } = {}): string | null {
  const latin = new TextDecoder("latin1");
  for (let from = 0; from + 4 < bytes.length; from += PIECE - OVERLAP) {
    const piece = latin.decode(bytes.subarray(from, from + PIECE));
    const markup = amongPixels ? undefined : MARKUP.exec(piece)?.[0];
    if (markup !== undefined) return `markup or a program ("${markup.trim()}")`;
    for (const mark of OTHERS) {
      for (let at = piece.indexOf(mark); at >= 0; at = piece.indexOf(mark, at + 1)) {
        if (isMeant(bytes, from + at, mark)) return meaning(mark);
      }
    }
  }
  return null;
}

function meaning(mark: string): string {
  if (mark === PDF) return "a PDF";
  return mark === ELF || mark === WINDOWS ? "a program" : "an archive";
}

/** Whether the reader of the other kind would take the place for its own. */
function isMeant(bytes: Uint8Array, at: number, mark: string): boolean {
  const u16 = (offset: number) => (bytes[at + offset] ?? 0) | ((bytes[at + offset + 1] ?? 0) << 8);
  // APPNOTE 4.3.7: the method is one of those below 100.
  if (mark === ZIP_PART) return u16(8) < 100;
  // APPNOTE 4.3.16: an archive in one part has as many entries on this disk as on all.
  if (mark === ZIP_END) return at + 22 <= bytes.length && u16(8) === u16(10);
  // 32 or 64 bits, either byte order.
  if (mark === ELF) return [0x0101, 0x0102, 0x0201, 0x0202].includes(u16(4));
  // The old header of DOS says where the real one is.
  if (mark === WINDOWS) return startsWith(bytes, "PE\0\0", at + u16(0x3c) + u16(0x3e) * 0x10000);
  return true;
}

/** Refuses a file that carries another one in what is thrown away of it. */
export function requireNothingForeign(file: Bytes, part: Uint8Array): void {
  const found = foreignIn(part);
  if (found !== null) throw file.unsupported(`has ${found} hidden in it; ${ANEW}`);
}

/** Refuses whatever follows the end of the picture, unless it is padding. */
export function requireNothingBehind(file: Bytes, end: number): void {
  const behind = file.slice(skipPadding(file.all, end), file.length);
  if (behind.length > 0) throw hiddenBehind(file, behind);
}

export function hiddenBehind(file: Bytes, behind: Uint8Array): Error {
  const found = foreignIn(behind);
  return file.unsupported(
    `has something else hidden behind the picture${found ? `, ${found}` : ""}; ${ANEW}`,
  );
}

/** The first offset from `at` that is neither zero nor ASCII white space. */
export function skipPadding(bytes: Uint8Array, at: number): number {
  let next = at;
  while (next < bytes.length && PADDING.has(bytes[next] ?? 1)) next++;
  return next;
}

const PADDING: ReadonlySet<number> = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);
const ANEW = "export the picture anew from an image editor and upload that";
