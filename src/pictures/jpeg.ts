import { Bytes, join, Kept, latin, startsWith } from "./bytes.ts";
import { hiddenBehind, requireNothingForeign, skipPadding } from "./foreign.ts";
import { requireSize } from "./limits.ts";
import { orientationExif, orientationOf, turned } from "./orientation.ts";
import { profileIn } from "./profile.ts";
import type { Reading } from "./reading.ts";

// JPEG (ISO/IEC 10918-1 annex B), baseline and progressive.

// Markers (table B.1).
const DHT = 0xc4;
const JPG = 0xc8;
const DAC = 0xcc;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DNL = 0xdc;
const DRI = 0xdd;
const APP = 0xe0;

/** A "scan bomb" has one small scan after another, and each makes the decoder go over all pixels again. */
const MOST_SCANS = 100;

/** The longest part of a profile that fits into one segment beside its name and numbers. */
const PROFILE_PART = 65_519;

interface Segment {
  marker: number;
  /** Where the marker is, and where the contents and the next segment are. */
  start: number;
  data: number;
  end: number;
}

export function isJpeg(bytes: Uint8Array): boolean {
  return startsWith(bytes, "\xff\xd8\xff");
}

/** Walks a JPEG from SOI to EOI and keeps of it what is seen. Throws a Refusal. */
export function readJpeg(bytes: Uint8Array): Reading {
  const file = new Bytes(bytes, "JPEG", "big-endian");
  const walk = new Walk(file);
  let at = 2;
  for (;;) {
    const start = markerAt(file, at);
    if (file.u8(start + 1) === EOI) {
      requireKnownTrailer(file, start + 2);
      return walk.finish();
    }
    at = walk.take(segmentAt(file, start));
  }
}

/** Section B.1.1.2: a marker is 0xFF and its code; any number of 0xFF may come before it. */
function markerAt(file: Bytes, start: number): number {
  if (file.u8(start) !== 0xff) throw file.damaged(`at byte ${start} is no marker of a JPEG`);
  let at = start;
  while (file.u8(at + 1) === 0xff) at++;
  return at;
}

function segmentAt(file: Bytes, start: number): Segment {
  const marker = file.u8(start + 1);
  // RSTn, SOI and TEM stand alone and have no place between segments; below 0xC0 all is reserved.
  if (marker < 0xc0 || (marker >= 0xd0 && marker <= SOI)) {
    throw file.damaged(`at byte ${start} is a marker in the wrong place`);
  }
  const length = file.u16(start + 2);
  const end = start + 2 + length;
  if (length < 2) throw file.damaged(`the segment at byte ${start} has no length`);
  if (end > file.length) throw file.endsEarly();
  return { marker, start, data: start + 4, end };
}

class Walk {
  readonly #file: Bytes;
  readonly #kept: Kept;
  readonly #putHead: (bytes: Uint8Array) => void;
  #jfif: Uint8Array | null = null;
  #adobe: Uint8Array | null = null;
  #orientation: number | null = null;
  readonly #profile = new Map<number, Uint8Array>();
  #profileParts = 0;
  #width = 0;
  #height = 0;
  /** The components that the frame announces, and of these the ones that no scan has brought yet. */
  readonly #components = new Set<number>();
  readonly #missing = new Set<number>();
  #scans = 0;

  constructor(file: Bytes) {
    this.#file = file;
    this.#kept = new Kept(file);
    this.#putHead = this.#kept.put(new Uint8Array());
  }

  /** Takes a segment, and the pixels if they follow; returns where the next one starts. */
  take(segment: Segment): number {
    const { marker, start, end } = segment;
    if (marker === SOS) return this.#takeScan(segment);
    if (isFrame(marker)) this.#takeFrame(segment);
    else if (marker === DHT || marker === DQT || marker === DRI) this.#requireTables(segment);
    else if (marker >= APP || marker === DAC || marker === DNL) return this.#drop(segment);
    else throw this.#file.damaged(`at byte ${start} is a segment of no kind of JPEG`);
    this.#kept.keep(start, end);
    return end;
  }

  finish(): Reading {
    if (this.#scans === 0 || this.#missing.size > 0) throw this.#file.damaged("it has no pixels");
    const orientation = this.#orientation ?? 1;
    const head = [latin("\xff\xd8")];
    if (this.#jfif) head.push(this.#jfif);
    if (orientation !== 1) {
      head.push(segmentOf(APP + 1, join([latin("Exif\0\0"), orientationExif(orientation)])));
    }
    head.push(...this.#profileSegments());
    if (this.#adobe) head.push(this.#adobe);
    this.#putHead(join(head));
    this.#kept.put(latin("\xff\xd9"));
    requireNothingForeign(this.#file, this.#kept.left());
    const { width, height } = turned(orientation, this.#width, this.#height);
    return { width, height, animated: false, bytes: this.#kept.join() };
  }

  /** Throws the segment away, but for what it says of how the picture looks. */
  #drop({ marker, data, end }: Segment): number {
    const block = this.#file.slice(data, end);
    if (this.#scans > 0) return end;
    if (marker === APP && startsWith(block, "JFIF\0") && block.length >= 14) {
      // Version and density, without the thumbnail (JFIF 1.02: the last two bytes are its size).
      this.#jfif = segmentOf(APP, join([block.subarray(0, 12), new Uint8Array(2)]));
    } else if (marker === APP + 1 && startsWith(block, "Exif\0\0")) {
      this.#orientation ??= orientationOf(block);
    } else if (marker === APP + 2 && startsWith(block, "ICC_PROFILE\0") && block.length > 14) {
      this.#profile.set(block[12] ?? 0, block.subarray(14));
      this.#profileParts = block[13] ?? 0;
    } else if (marker === APP + 14 && startsWith(block, "Adobe") && block.length >= 12) {
      // Which transform the colours went through.
      this.#adobe = segmentOf(APP + 14, block.subarray(0, 12));
    }
    return end;
  }

  /** ICC.1 annex B.4: the parts are numbered from 1; a profile with one missing is none. */
  #profileSegments(): Uint8Array[] {
    const parts = Array.from({ length: this.#profileParts }, (_, index) =>
      this.#profile.get(index + 1),
    );
    const found = parts.filter((part) => part !== undefined);
    if (found.length === 0 || found.length < parts.length) return [];
    const profile = profileIn(this.#file, join(found));
    if (!profile) return [];
    const count = Math.ceil(profile.length / PROFILE_PART);
    return Array.from({ length: count }, (_, index) => {
      const part = profile.subarray(index * PROFILE_PART, (index + 1) * PROFILE_PART);
      const numbers = Uint8Array.of(index + 1, count);
      return segmentOf(APP + 2, join([latin("ICC_PROFILE\0"), numbers, part]));
    });
  }

  /** Section B.2.2: precision, height, width, and three bytes for each component. */
  #takeFrame({ marker, data, end }: Segment): void {
    const file = this.#file;
    if (this.#width > 0) throw file.damaged("it has two frames");
    if (end - data < 6) throw file.damaged("its frame header is wrong");
    this.#height = file.u16(data + 1);
    this.#width = file.u16(data + 3);
    requireSize(file, this.#width, this.#height);
    if (marker > 0xc2 || file.u8(data) !== 8) {
      throw file.unsupported(
        "is of a kind that browsers do not show (lossless, arithmetic or 12 bits); export it as a baseline or progressive JPEG",
      );
    }
    const count = file.u8(data + 5);
    if (![1, 3, 4].includes(count) || end !== data + 6 + 3 * count) {
      throw file.damaged("its frame header is wrong");
    }
    for (let at = data + 6; at < end; at += 3) {
      const sampling = file.u8(at + 1);
      const across = sampling >> 4;
      const down = sampling & 15;
      if (across < 1 || across > 4 || down < 1 || down > 4) {
        throw file.damaged("its frame header is wrong");
      }
      this.#components.add(file.u8(at));
      this.#missing.add(file.u8(at));
    }
  }

  /** Sections B.2.3 and B.1.1.5: the header of a scan, and after it pixels up to the next real marker. */
  #takeScan({ start, data, end }: Segment): number {
    const file = this.#file;
    const count = file.u8(data);
    if (count < 1 || count > 4 || end !== data + 4 + 2 * count) {
      throw file.damaged("the header of a scan is wrong");
    }
    for (let at = data + 1; at < end - 3; at += 2) {
      if (!this.#components.has(file.u8(at))) throw file.damaged("a scan is of no component");
      this.#missing.delete(file.u8(at));
    }
    if (++this.#scans > MOST_SCANS) throw file.damaged(`it has more than ${MOST_SCANS} scans`);
    const next = endOfPixels(file, end);
    if (next === end) throw file.damaged("a scan has no pixels");
    this.#kept.keep(start, next);
    return next;
  }

  /** Sections B.2.4.1, B.2.4.2 and B.2.4.4: tables fill their segment, so that nothing hides behind them. */
  #requireTables({ marker, data, end }: Segment): void {
    const file = this.#file;
    let at = data;
    if (marker === DRI) at += 2;
    else {
      do {
        if (marker === DQT) at += file.u8(at) >> 4 ? 129 : 65;
        else at += 17 + file.slice(at + 1, at + 17).reduce((sum, each) => sum + each, 0);
      } while (at < end);
    }
    if (at !== end) throw file.damaged("one of its tables has a wrong length");
  }
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== DHT && marker !== JPG && marker !== DAC;
}

/** Where the pixels end: at the first 0xFF that is neither stuffed (0xFF00), a restart (RSTn) nor a filler. */
function endOfPixels(file: Bytes, start: number): number {
  let at = start;
  for (;;) {
    at = file.all.indexOf(0xff, at);
    if (at < 0) throw file.endsEarly();
    const code = file.u8(at + 1);
    if (code === 0xff) at += 1;
    else if (code === 0 || (code >= 0xd0 && code <= 0xd7)) at += 2;
    else return at;
  }
}

function segmentOf(marker: number, contents: Uint8Array): Uint8Array {
  const length = contents.length + 2;
  return join([Uint8Array.of(0xff, marker, length >> 8, length & 255), contents]);
}

/**
 * Phones and picture desks write behind the picture: a smaller one or a gain map (MPF, CIPA DC-007), the
 * film of a motion photo (MP4), the notes of Samsung, Photo Mechanic and FotoStation. All that is cut off;
 * but it is looked through first, since behind the picture is also where polyglots keep their archive.
 */
function requireKnownTrailer(file: Bytes, end: number): void {
  const trailer = file.slice(skipPadding(file.all, end), file.length);
  const isKnown =
    trailer.length === 0 ||
    isJpeg(trailer) ||
    // The box `ftyp` is 24 or 32 bytes long: its length begins with what looks like padding.
    startsWith(trailer, "ftyp", startsWith(trailer, "ftyp") ? 0 : 1) ||
    ["SEFT", "QDIOBS", "cbipcbbl", "\xa1\xb2\xc3\xd4"].some((sign) =>
      startsWith(trailer, sign, trailer.length - sign.length),
    );
  if (!isKnown) throw hiddenBehind(file, trailer);
}
