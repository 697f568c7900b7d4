import type { Box } from "./boxes.ts";
import { boxesIn, Fields } from "./boxes.ts";
import type { Bytes, Range } from "./bytes.ts";

// What the box `meta` says of the items of a file (ISO/IEC 14496-12 section 8.11, ISO/IEC 23008-12 section 9.3):
// their types, where their bytes are, what properties they have, and which belong together.

export interface Item {
  type: string;
  /** The box that names the type. */
  entry: Box;
  /** Ranges of the file, in order. */
  places: Range[];
  properties: Box[];
}

interface Reference {
  type: string;
  from: number;
  to: number[];
}

export interface Meta {
  boxes: Box[];
  items: Map<number, Item>;
  primary: number;
  references: Reference[];
}

/** Reads the box `meta`; ranges are where the file says, still to be compared with where bytes may be. */
export function readMeta(file: Bytes, meta: Box): Meta {
  // `meta` is a full box: version and flags come before its boxes.
  const boxes = boxesIn(file, meta.data + 4, meta.end);
  const only = (type: string, among = boxes): Box => {
    const found = among.filter((box) => box.type === type);
    if (found[0] && found.length === 1) return found[0];
    throw file.damaged(`it has ${found.length} boxes "${type}" where it should have one`);
  };
  if (file.text(only("hdlr").data + 8, 4) !== "pict") throw file.damaged("it is no picture inside");
  const items = itemsIn(file, only("iinf"));
  const idat = boxes.find(({ type }) => type === "idat");
  place(file, only("iloc"), items, idat?.data ?? Number.POSITIVE_INFINITY);
  const iprp = only("iprp");
  const parts = boxesIn(file, iprp.data, iprp.end);
  const ipco = only("ipco", parts);
  associate(
    file,
    parts.filter(({ type }) => type === "ipma"),
    boxesIn(file, ipco.data, ipco.end),
    items,
  );
  const pitm = new Fields(file, only("pitm"));
  const primary = pitm.take(pitm.take(4) >>> 24 === 0 ? 2 : 4);
  pitm.requireEnd();
  const references = boxes
    .filter(({ type }) => type === "iref")
    .flatMap((box) => referencesIn(file, box));
  return { boxes, items, primary, references };
}

/** `iinf`: a number, and as many boxes `infe` with the number and the type of an item. */
export function entriesOf(file: Bytes, iinf: Box): Box[] {
  const start = iinf.data + (file.u8(iinf.data) === 0 ? 6 : 8);
  return boxesIn(file, start, iinf.end);
}

function itemsIn(file: Bytes, iinf: Box): Map<number, Item> {
  const items = new Map<number, Item>();
  for (const entry of entriesOf(file, iinf)) {
    const fields = new Fields(file, entry);
    const version = fields.take(4) >>> 24;
    if (entry.type !== "infe" || (version !== 2 && version !== 3)) throw fields.wrong();
    const id = fields.take(version === 2 ? 2 : 4);
    fields.take(2); // protection
    fields.take(4);
    if (items.has(id)) throw fields.wrong();
    items.set(id, { type: file.text(fields.at - 4, 4), entry, places: [], properties: [] });
  }
  return items;
}

/** `iloc`: for each item where its bytes are, in the file or in the box `idat`. */
function place(file: Bytes, iloc: Box, items: Map<number, Item>, idat: number): void {
  const fields = new Fields(file, iloc);
  const version = fields.take(4) >>> 24;
  const widths = fields.take(2);
  const [offsetWidth, lengthWidth, baseWidth] = [
    widths >> 12,
    (widths >> 8) & 15,
    (widths >> 4) & 15,
  ];
  const indexWidth = version === 0 ? 0 : widths & 15;
  // Lengths of no width would let a few bytes announce billions of ranges.
  if (version > 2 || lengthWidth === 0) throw fields.wrong();
  const idWidth = version < 2 ? 2 : 4;
  for (let left = fields.take(idWidth); left > 0; left--) {
    const item = items.get(fields.take(idWidth));
    const method = version === 0 ? 0 : fields.take(2) & 15;
    const source = fields.take(2);
    const base = fields.take(baseWidth) + (method === 1 ? idat : 0);
    if (item && item.places.length > 0) throw fields.wrong();
    for (let extents = fields.take(2); extents > 0; extents--) {
      fields.take(indexWidth);
      const start = base + fields.take(offsetWidth);
      const end = start + fields.take(lengthWidth);
      // Method 2 takes bytes of another item, and another source those of another file: never in a picture for the web.
      item?.places.push(method < 2 && source === 0 ? { start, end } : { start: -1, end: -1 });
    }
  }
  fields.requireEnd();
}

/** `ipma`: for each item the numbers of its properties, which are counted from 1. */
function associate(
  file: Bytes,
  boxes: readonly Box[],
  properties: readonly Box[],
  items: Map<number, Item>,
): void {
  for (const box of boxes) {
    const fields = new Fields(file, box);
    const flags = fields.take(4);
    const [idWidth, width, mask] = [
      flags >>> 24 === 0 ? 2 : 4,
      flags & 1 ? 2 : 1,
      flags & 1 ? 0x7fff : 0x7f,
    ];
    for (let left = fields.take(4); left > 0; left--) {
      const item = items.get(fields.take(idWidth));
      for (let count = fields.take(1); count > 0; count--) {
        const property = properties[(fields.take(width) & mask) - 1];
        if (property) item?.properties.push(property);
      }
    }
    fields.requireEnd();
  }
}

/** `iref`: one box for each item that refers to others. */
function referencesIn(file: Bytes, iref: Box): Reference[] {
  const idWidth = file.u8(iref.data) === 0 ? 2 : 4;
  return boxesIn(file, iref.data + 4, iref.end).map((box) => {
    const fields = new Fields(file, box);
    const from = fields.take(idWidth);
    const to: number[] = [];
    for (let left = fields.take(2); left > 0; left--) to.push(fields.take(idWidth));
    fields.requireEnd();
    return { type: box.type, from, to };
  });
}
