import type { Bytes } from "./bytes.ts";
import { startsWith } from "./bytes.ts";

// Polyglots: files that are a picture to one reader and a page, a program or an archive to another. What is
// looked through here is thrown away in any case and cannot harm; but nobody has such a file by accident, and
// whoever uploads one should hear of it. Since megabytes of a phone's film are looked through, too, a mark must
// be one that chance does not make: four letters alone turn up in every thousandth film.

interface Mark {
  means: string;
  /** Markup is found in any letter case. */
  mark: string;
  /** What else must be true of the place for the other reader to take it. */
  isMeant?: (bytes: Uint8Array, at: number) => boolean;
}

const MARKS: readonly Mark[] = [
  { means: "an SVG", mark: "<svg", isMeant: endsName },
  { means: "a script", mark: "<script", isMeant: endsName },
  { means: "an HTML page", mark: "<html", isMeant: endsName },
  { means: "an HTML page", mark: "<!doctype" },
  { means: "an HTML frame", mark: "<iframe", isMeant: endsName },
  { means: "a PHP program", mark: "<?php" },
  { means: "a PDF", mark: "%PDF-" },
  // APPNOTE 4.3.7: the method is one of those below 100.
  { means: "a ZIP archive", mark: "PK\x03\x04", isMeant: (bytes, at) => u16(bytes, at + 8) < 100 },
  // APPNOTE 4.3.16: an archive in one part has as many entries on this disk as on all.
  {
    means: "a ZIP archive",
    mark: "PK\x05\x06",
    isMeant: (bytes, at) => at + 22 <= bytes.length && u16(bytes, at + 8) === u16(bytes, at + 10),
  },
  { means: "a RAR archive", mark: "Rar!\x1a\x07" },
  { means: "a 7z archive", mark: "7z\xbc\xaf\x27\x1c" },
  // 32 or 64 bits, either byte order.
  {
    means: "a program",
    mark: "\x7fELF",
    isMeant: (bytes, at) => [0x0101, 0x0102, 0x0201, 0x0202].includes(u16(bytes, at + 4)),
  },
  {
    means: "a program",
    mark: "MZ",
    isMeant: (bytes, at) => {
      const header = u16(bytes, at + 0x3c) + u16(bytes, at + 0x3e) * 0x10000;
      return startsWith(bytes, "PE\0\0", at + header);
    },
  },
];

const BY_FIRST_BYTE: (readonly Mark[] | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const marks = MARKS.filter(({ mark }) => mark.charCodeAt(0) === byte);
  return marks.length > 0 ? marks : undefined;
});

/** What other kind of file the bytes carry, as "a ZIP archive", or null. Reads each byte once. */
export function foreignIn(bytes: Uint8Array): string | null {
  for (let at = 0; at < bytes.length; at++) {
    const marks = BY_FIRST_BYTE[bytes[at] ?? 0];
    if (marks === undefined) continue;
    const found = marks.find(
      ({ mark, isMeant }) => isAt(bytes, at, mark) && (isMeant?.(bytes, at) ?? true),
    );
    if (found) return found.means;
  }
  return null;
}

/** Refuses a file that carries another one in a part which is skipped or thrown away. */
export function requireNothingForeign(file: Bytes, part: Uint8Array, where: string): void {
  const found = foreignIn(part);
  if (found !== null) throw file.unsupported(`has ${found} hidden in ${where}; ${ANEW}`);
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
  while (next < bytes.length && PADDING.has(bytes[next] ?? 0)) next++;
  return next;
}

const PADDING: ReadonlySet<number> = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);
const ANEW = "export the picture anew from an image editor and upload that";

function isAt(bytes: Uint8Array, at: number, mark: string): boolean {
  if (!mark.startsWith("<")) return startsWith(bytes, mark, at);
  for (let i = 0; i < mark.length; i++) {
    const byte = bytes[at + i] ?? 0;
    const lower = byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
    if (lower !== mark.charCodeAt(i)) return false;
  }
  return true;
}

/** Whether the name of a tag ends after the mark: `<svgs>` is no SVG, `<svg:svg>` is. */
function endsName(bytes: Uint8Array, at: number): boolean {
  for (let next = at + 1; next < at + 8; next++) {
    const byte = bytes[next] ?? 0x20;
    if (!/[a-z]/i.test(String.fromCharCode(byte))) return /[\s/>:]/.test(String.fromCharCode(byte));
  }
  return false;
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}
