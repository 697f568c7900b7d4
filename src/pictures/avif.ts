import { codedSize } from "./av1.ts";
import type { Item, Meta } from "./avif-items.ts";
import { entriesOf, readMeta } from "./avif-items.ts";
import type { Box } from "./boxes.ts";
import { boxAt, boxesIn } from "./boxes.ts";
import type { Range } from "./bytes.ts";
import { Bytes, join, latin, leftOf, startsWith } from "./bytes.ts";
import { hiddenBehind, requireNothingForeign, skipPadding } from "./foreign.ts";
import { PICTURE_LIMITS, requireSize } from "./limits.ts";
import { profileIn } from "./profile.ts";
import type { Reading } from "./reading.ts";

// AVIF (AV1 Image File Format 1.1 on ISO/IEC 23008-12 and 14496-12), stills. Offsets in it are absolute, so that
// nothing can be taken out without writing all of it anew. Instead the picture is copied, part by part, onto a sheet
// of zeros of the same size: what nothing below looks up, is not there.

/** The boxes that a file can have at the top. */
const TOP: ReadonlySet<string> = new Set(["ftyp", "meta", "mdat", "moov", "free", "skip", "uuid"]);

/** Properties that decide how an item looks, and the longest that each can be, in bytes; others are not kept. */
const PROPERTIES: Record<string, number> = {
  ispe: 12,
  pixi: 9,
  av1C: 256,
  colr: 11,
  pasp: 8,
  clap: 32,
  irot: 1,
  imir: 1,
  auxC: 64,
  a1op: 1,
  a1lx: 13,
  lsel: 2,
  clli: 4,
  mdcv: 24,
};

/** More boxes at the top than any encoder makes; each range of bytes is looked for in all of them. */
const MOST_BOXES = 100;

const ALPHA = ["urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", "urn:mpeg:hevc:2015:auxid:1"];

export function isAvif(bytes: Uint8Array): boolean {
  if (!startsWith(bytes, "ftyp", 4)) return false;
  const length = Math.min((bytes[2] ?? 0) * 256 + (bytes[3] ?? 0), bytes.length);
  for (let at = 8; at + 4 <= length; at += at === 8 ? 8 : 4) {
    if (startsWith(bytes, "avif", at) || startsWith(bytes, "avis", at)) return true;
  }
  return false;
}

/** Walks an AVIF box by box and copies of it what is seen. Throws a Refusal. */
export function readAvif(bytes: Uint8Array): Reading {
  const file = new Bytes(bytes, "AVIF", "big-endian");
  const boxes = topBoxes(file);
  if (boxes.some(({ type }) => type === "moov")) {
    throw file.unsupported(
      "is animated, which cannot be made smaller; export it as an animated WebP or GIF",
    );
  }
  const [head, ...others] = boxes;
  const [metaBox, ...more] = others.filter(({ type }) => type === "meta");
  if (!head || head.end > 256 || !metaBox || more.length > 0) {
    throw file.damaged("it has no list of its parts, or more than one");
  }
  const meta = readMeta(file, metaBox);
  const shown = shownItems(file, meta);
  const size = sizeOf(file, shown);
  const sheet = new Sheet(file);
  sheet.copy(head.start, head.end);
  for (const box of others) {
    if (box === metaBox) copyMeta(file, sheet, box, meta, new Set(shown));
    else if (box.type === "mdat") sheet.copy(box.start, box.data);
    else sheet.blank(box);
  }
  const homes = [
    ...others.filter(({ type }) => type === "mdat"),
    ...meta.boxes.filter(({ type }) => type === "idat"),
  ];
  for (const { start, end } of placesOf(file, shown, homes)) sheet.copy(start, end);
  requireNothingForeign(file, sheet.left());
  const last = others.findLast(({ type }) => type === "meta" || type === "mdat") ?? metaBox;
  return { ...size, animated: false, bytes: sheet.bytes.subarray(0, last.end) };
}

function topBoxes(file: Bytes): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; skipPadding(file.all, at) < file.length; at = boxes.at(-1)?.end ?? at) {
    const box = boxAt(file, at);
    if (box.end > file.length) {
      const isWhole = ["meta", "mdat"].every((needed) => boxes.some(({ type }) => type === needed));
      if (isWhole && !TOP.has(box.type)) throw hiddenBehind(file, file.slice(at, file.length));
      throw file.endsEarly();
    }
    boxes.push(box);
    if (boxes.length > MOST_BOXES) throw file.damaged(`it has more than ${MOST_BOXES} boxes`);
  }
  return boxes;
}

/** The primary item first, then the tiles it is laid from, and the transparency of any of these. */
function shownItems(file: Bytes, { items, primary, references }: Meta): Item[] {
  const shown = new Set([primary]);
  const addTiles = () => {
    for (const { type, from, to } of references) {
      if (type === "dimg" && shown.has(from)) for (const id of to) shown.add(id);
    }
  };
  addTiles();
  for (const { type, from, to } of references) {
    const alpha = type === "auxl" && to.some((id) => shown.has(id)) ? items.get(from) : undefined;
    if (alpha && isAlpha(file, alpha)) shown.add(from);
  }
  addTiles();
  return [...shown].map((id) => {
    const item = items.get(id);
    if (item && (item.type === "av01" || item.type === "grid")) return item;
    throw file.damaged(`its part ${id} is ${item ? `"${item.type}"` : "missing"}, not AV1`);
  });
}

/** A property as decoders will find it: one that is too long is not kept, and decides nothing. */
function propertyOf(item: Item | undefined, wanted: string): Box | undefined {
  return item?.properties.find(({ type, data, end }) => {
    return type === wanted && end > data && end - data <= (PROPERTIES[wanted] ?? 0);
  });
}

function isAlpha(file: Bytes, item: Item): boolean {
  const box = propertyOf(item, "auxC");
  return ALPHA.some((name) => box && startsWith(file.slice(box.data + 4, box.end), name));
}

/** Checks the size that the file states of every item, and gives that of the primary one as shown. */
function sizeOf(file: Bytes, shown: readonly Item[]): { width: number; height: number } {
  const sizes = shown.map((item) => {
    const ispe = propertyOf(item, "ispe");
    if (!ispe || ispe.end !== ispe.data + 12) throw file.damaged("the size of a part is missing");
    const size = { width: file.u32(ispe.data + 4), height: file.u32(ispe.data + 8) };
    requireSize(file, size.width, size.height);
    return size;
  });
  const [primary] = shown;
  let { width, height } = sizes[0] ?? { width: 0, height: 0 };
  const clap = propertyOf(primary, "clap");
  if (clap) {
    // ISO/IEC 14496-12 section 12.1.4: a cut from the middle, as fractions.
    const [across, acrossOf, down, downOf] = [0, 4, 8, 12].map((at) => file.u32(clap.data + at));
    width = Math.min(width, Math.round((across ?? 0) / (acrossOf ?? 0)) || 0);
    height = Math.min(height, Math.round((down ?? 0) / (downOf ?? 0)) || 0);
    requireSize(file, width, height);
  }
  const irot = propertyOf(primary, "irot");
  const isOnSide = irot !== undefined && (file.u8(irot.data) & 1) === 1;
  return isOnSide ? { width: height, height: width } : { width, height };
}

/** Where the bytes of the items are: each range in one of the boxes for them, all together no longer than the file. */
function placesOf(file: Bytes, shown: readonly Item[], homes: readonly Box[]): Range[] {
  // The same megabytes in thousands of ranges would be read thousands of times.
  let left = file.length;
  // Colour, alpha, and the tiles of both, which can reach over the edge: a few bytes can promise a large tile.
  let pixels = PICTURE_LIMITS.pixels * 4;
  for (const { type, places } of shown) {
    for (const { start, end } of places) {
      left -= end - start;
      if (end > file.length) throw file.endsEarly();
      const isHome = homes.some((home) => start >= home.data && end <= home.end);
      if (!isHome || end <= start || left < 0) throw file.damaged("a part lies outside of it");
    }
    const data = join(places.map(({ start, end }) => file.slice(start, end)));
    const { width, height } = type === "grid" ? gridSize(file, data) : codedSize(file, data);
    requireSize(file, width, height);
    pixels -= width * height;
    if (pixels < 0) throw file.damaged("its parts are larger than the whole");
  }
  return shown.flatMap(({ places }) => places);
}

/** ISO/IEC 23008-12 section 6.6.2.3: version, flags, rows, columns, and the size in 16 or 32 bits. */
function gridSize(file: Bytes, data: Uint8Array): { width: number; height: number } {
  const isLong = ((data[1] ?? 0) & 1) === 1;
  if (data.length !== (isLong ? 12 : 8)) throw file.damaged("its grid has a wrong length");
  const grid = new Bytes(data, file.format, "big-endian");
  return isLong
    ? { width: grid.u32(4), height: grid.u32(8) }
    : { width: grid.u16(4), height: grid.u16(6) };
}

/** Copies the list of parts without names, without the types of what is not shown, and without what is not known. */
function copyMeta(file: Bytes, sheet: Sheet, box: Box, meta: Meta, shown: Set<Item>): void {
  sheet.copy(box.start, box.data + 4);
  for (const { type, start, data, end } of meta.boxes) {
    if (type === "pitm" || type === "iloc" || type === "iref") sheet.copy(start, end);
    else if (type === "idat") sheet.copy(start, data);
    else if (type === "hdlr") {
      sheet.copy(start, data);
      sheet.copy(data + 8, data + 12);
    } else if (type === "iprp") {
      sheet.copy(start, data);
      for (const part of boxesIn(file, data, end)) copyProperties(file, sheet, part);
    } else if (type === "iinf") {
      sheet.copy(start, entriesOf(file, { type, start, data, end })[0]?.start ?? end);
      for (const item of meta.items.values()) {
        const { entry } = item;
        const named = entry.data + (file.u8(entry.data) === 2 ? 12 : 14);
        sheet.copy(entry.start, named);
        if (!shown.has(item)) sheet.free(named - 4);
      }
    } else sheet.blank({ type, start, data, end });
  }
}

function copyProperties(file: Bytes, sheet: Sheet, part: Box): void {
  if (part.type === "ipma") return sheet.copy(part.start, part.end);
  if (part.type !== "ipco") return sheet.blank(part);
  sheet.copy(part.start, part.data);
  // Properties are known by their number, so that each keeps its place.
  for (const box of boxesIn(file, part.data, part.end)) {
    const longest = PROPERTIES[box.type] ?? -1;
    const isProfile = box.type === "colr" && /prof|rICC/.test(file.text(box.data, 4));
    if (isProfile) {
      const profile = profileIn(file, file.slice(box.data + 4, box.end));
      if (!profile) throw file.damaged("its colour profile is wrong");
      sheet.copy(box.start, box.data + 4 + profile.length);
    } else if (box.end - box.data <= longest) sheet.copy(box.start, box.end);
    else sheet.blank(box);
  }
}

/** The sheet of zeros. */
class Sheet {
  readonly bytes: Uint8Array;
  readonly #file: Bytes;
  readonly #copied: Range[] = [];

  constructor(file: Bytes) {
    this.#file = file;
    this.bytes = new Uint8Array(file.length);
  }

  copy(start: number, end: number): void {
    this.bytes.set(this.#file.slice(start, end), start);
    this.#copied.push({ start, end });
  }

  /** Names the type of an item or a box `free`: what all readers pass over. */
  free(at: number): void {
    this.bytes.set(latin("free"), at);
  }

  /** Keeps the place of a box, empty. */
  blank({ start, data }: Box): void {
    this.copy(start, data);
    this.free(start + 4);
  }

  /** All of the file that was not copied. */
  left(): Uint8Array {
    return leftOf(this.#file, this.#copied);
  }
}
