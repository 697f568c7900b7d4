import { isAvif, readAvif } from "./avif.ts";
import { isGif, readGif } from "./gif.ts";
import { isJpeg, readJpeg } from "./jpeg.ts";
import { isPng, readPng } from "./png.ts";
import type { Reading } from "./reading.ts";
import type { RefusalReason } from "./refusal.ts";
import { Refusal } from "./refusal.ts";
import { refuseDisguise, refuseUnknown, requireNoArchive } from "./sniff.ts";
import { isWebp, readWebp } from "./webp.ts";

// The gate for pictures. Neither the name of a file nor what the browser says about it counts, only its bytes:
// the whole file is walked as its format is specified, and written anew from the parts that decide how it looks.
// What this promises: no metadata (place, device, person, thumbnail), no second file before, in between or behind,
// and a size that is safe to decode. It relies on `nosniff` and a fixed Content-Type where pictures are served.
// It does not decode: what is drawn, and what is written with the pixels themselves, stays.

/** The formats that are taken. */
type PictureType = "image/jpeg" | "image/png" | "image/webp" | "image/avif" | "image/gif";

/** A picture that readers may get. Its bytes, read again, come out the same. */
export interface ReadPicture {
  type: PictureType;
  /** In pixels, as shown: after the turn that the metadata says. */
  width: number;
  height: number;
  /** Whether it has more than one frame. */
  animated: boolean;
  /** Without metadata; not always a copy. */
  bytes: Uint8Array;
}

export type PictureOutcome =
  | { ok: true; value: ReadPicture }
  | { ok: false; reason: RefusalReason; message: string };

interface Format {
  type: PictureType;
  isOne: (bytes: Uint8Array) => boolean;
  read: (bytes: Uint8Array) => Reading;
}

const FORMATS: readonly Format[] = [
  { type: "image/jpeg", isOne: isJpeg, read: readJpeg },
  { type: "image/png", isOne: isPng, read: readPng },
  { type: "image/webp", isOne: isWebp, read: readWebp },
  { type: "image/avif", isOne: isAvif, read: readAvif },
  { type: "image/gif", isOne: isGif, read: readGif },
];

/** Reads an uploaded file as a picture, or says in a sentence for its editor why it is none that can be shown. */
export function readPicture(bytes: Uint8Array): PictureOutcome {
  try {
    const format = FORMATS.find(({ isOne }) => isOne(bytes));
    if (!format) throw refuseUnknown(bytes);
    const value = { type: format.type, ...format.read(bytes) };
    requireNoArchive(value.bytes);
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const isBroken = error.reason !== "unsupported";
    const { reason, message } = (isBroken && refuseDisguise(bytes)) || error;
    return { ok: false, reason, message };
  }
}
