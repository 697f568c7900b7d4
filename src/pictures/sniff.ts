import { startsWith } from "./bytes.ts";
import { foreignIn } from "./foreign.ts";
import { Refusal } from "./refusal.ts";

// What a file that is no picture seems to be, so that the refusal helps whoever uploaded it. Nothing is
// allowed or kept because of what is found here.

/** How much of a file is looked at, in bytes. */
const HEAD = 4096;

const INSTEAD = "upload a PNG, JPEG, WebP, AVIF or GIF";

/** First bytes, the offset they are at, and what to say. */
const KINDS: readonly [magic: string, at: number, says: string][] = [
  ["%PDF-", 0, "a PDF"],
  ["PK\x03\x04", 0, "a ZIP archive (or an office document, which is one)"],
  ["PK\x05\x06", 0, "an empty ZIP archive"],
  ["\x1f\x8b", 0, "a gzip archive (or an SVGZ)"],
  ["Rar!", 0, "a RAR archive"],
  ["7z\xbc\xaf", 0, "a 7z archive"],
  ["BM", 0, "a BMP"],
  ["II*\0", 0, "a TIFF or a raw photograph"],
  ["MM\0*", 0, "a TIFF or a raw photograph"],
  ["\0\0\x01\0", 0, "an icon (ICO)"],
  ["8BPS", 0, "a Photoshop document"],
  ["JXL ", 4, "a JPEG XL"],
  ["\xff\x0a", 0, "a JPEG XL"],
  ["jP  ", 4, "a JPEG 2000"],
  ["WAVE", 8, "a WAV sound"],
  ["AVI ", 8, "an AVI film"],
  ["ID3", 0, "an MP3 sound"],
  ["OggS", 0, "an Ogg sound or film"],
  ["\x1aE\xdf\xa3", 0, "a WebM or Matroska film"],
];

const HEIC_BRANDS = /hei[cxms]|hev[cx]|mif1|msf1/;

/** The refusal of a file that does not begin as one of the five kinds of pictures. */
export function refuseUnknown(bytes: Uint8Array): Refusal {
  return new Refusal("unsupported", sentence(bytes));
}

/** The refusal of markup or an archive that put on a picture's first bytes, such as `GIF89a/*<svg…`, or null. */
export function refuseDisguise(bytes: Uint8Array): Refusal | null {
  const found = foreignIn(bytes.subarray(0, HEAD));
  if (found === null) return null;
  return new Refusal(
    "unsupported",
    `This only begins like a picture, and has ${found} hidden in it; ${INSTEAD}.`,
  );
}

/** Refuses an archive, a document or a program that stands where the pixels do: its readers find it there. */
export function requireNoArchive(bytes: Uint8Array): void {
  const found = foreignIn(bytes, { amongPixels: true });
  if (found === null) return;
  throw new Refusal("unsupported", `This has ${found} hidden among its pixels; ${INSTEAD}.`);
}

function sentence(bytes: Uint8Array): string {
  if (bytes.length === 0) return `The file is empty; ${INSTEAD}.`;
  const head = bytes.subarray(0, HEAD);
  if (startsWith(bytes, "ftyp", 4)) {
    const brands = String.fromCharCode(...bytes.subarray(8, 64));
    return HEIC_BRANDS.test(brands)
      ? "This is a HEIC, which few browsers show; export it as JPEG and upload that."
      : `This is a film (MP4 or QuickTime); ${INSTEAD}.`;
  }
  const known = KINDS.find(([magic, at]) => startsWith(bytes, magic, at));
  if (known) return `This is ${known[2]}; ${INSTEAD}.`;
  // UTF-16 has a zero beside each ASCII letter, with or without a byte order mark.
  const text = head.filter((byte) => byte !== 0);
  if (!text.every(isText)) {
    const found = foreignIn(head);
    return `This is none of the kinds of pictures that can be shown${found ? `, but ${found}` : ""}; ${INSTEAD}.`;
  }
  return `This is ${kindOfText(String.fromCharCode(...text))}; ${INSTEAD}.`;
}

function kindOfText(text: string): string {
  const [, tag = ""] = /<(?:[a-z]+:)?(svg|html|!doctype html|head|body|script)\b/i.exec(text) ?? [];
  if (tag.toLowerCase() === "svg") return "an SVG, which can carry script";
  if (tag !== "") return "an HTML page";
  return /^\s*<\?xml/.test(text.replace(/^[^\s<]+/, "")) ? "an XML document" : "text";
}

function isText(byte: number): boolean {
  return byte >= 0x20 ? byte !== 0x7f : byte >= 0x09 && byte <= 0x0d;
}
