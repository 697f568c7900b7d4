import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPicture } from "../../src/pictures/gate.ts";
import { codedSize } from "../../src/pictures/av1.ts";
import { Bytes } from "../../src/pictures/bytes.ts";
import {
  apng,
  avifGrid,
  box,
  inserted,
  join,
  jpegSegment,
  latin,
  offsetOf,
  patched,
  pictures,
  pngChunk,
  pngOfSize,
  u32,
  webpChunk,
  webpOf,
  withChunk,
  withProperty,
} from "../support/pictures.ts";
import { type Told, refusal, FILM } from "./read.ts";

// Pictures that are not as they should be: each is refused, or is read the same again.

describe("a damaged picture", () => {
  const { png, jpeg, webp, webpWithAlpha, webpAnimated, gif, gifAnimated, avif } = pictures;
  const idat = offsetOf(png, "IDAT") - 4;
  const sof = offsetOf(jpeg, "\xff\xc0");
  const sos = offsetOf(jpeg, "\xff\xda");
  const frame = offsetOf(gif, ",\0\0\0\0");

  it.each([...Object.entries(pictures), ["apng", apng()] as const])(
    "ends early wherever it is cut: %s",
    (_name, bytes) => {
      for (let length = 36; length < bytes.length; length++) {
        expect(refusal(bytes.subarray(0, length)).message).toContain("ends early");
      }
      for (let length = 0; length < 36; length++) refusal(bytes.subarray(0, length));
    },
  );

  it.each<Told>([
    ["a bit", patched(png, idat + 20, 0xee), /checksum of its IDAT/],
    ["no header", join(png.subarray(0, 8), png.subarray(33)), "IHDR"],
    ["two headers", inserted(png, 33, png.subarray(8, 33)), "header is wrong"],
    ["a critical chunk nobody knows", withChunk(png, "IDAT", pngChunk("EVIL", "")), "EVIL"],
    [
      "pixels in two places",
      withChunk(withChunk(png, "IEND", pngChunk("tEXt", "")), "IEND", pngChunk("IDAT", "x")),
      "one piece",
    ],
    ["no pixels", join(png.subarray(0, idat), pngChunk("IEND", "")), "fewer pixels"],
    ["no palette", withoutChunk(png, "PLTE"), "palette"],
    ["pixels in no compression", withChunk(png, "IDAT", pngChunk("IDAT", "<b")), "compressed"],
    ["far fewer pixels than promised", pngOfSize(9000, 9000), "fewer pixels"],
    [
      "colours that PNG has not",
      join(
        png.subarray(0, 8),
        pngChunk("IHDR", join(u32(1), u32(1), "\x05\x02\0\0\0")),
        png.subarray(33),
      ),
      "kind of pixels",
    ],
    ["fewer frames than promised", apng(3), "frames"],
    ["an animation of no frames", apng(0), "no frames"],
    [
      "an animation header of another length",
      withChunk(apng(), "IDAT", pngChunk("fcTL", "short")),
      "its fcTL is wrong",
    ],
    ["a wrong acTL", withChunk(png, "IDAT", pngChunk("acTL", "short")), "header of its animation"],
    ["a frame without pixels", withChunk(apng(3), "IEND", frameControl(3)), "frames"],
    [
      "a frame begun before the last is done",
      withChunk(withChunk(apng(4), "IEND", frameControl(3)), "IEND", frameControl(4)),
      "no pixels",
    ],
    [
      "pixels of no frame",
      withChunk(
        png,
        "IDAT",
        join(pngChunk("acTL", join(u32(1), u32(0))), pngChunk("fdAT", join(u32(0), "x"))),
      ),
      "without a frame",
    ],
    ["an end with something in it", withChunk(png, "IEND", pngChunk("IEND", "x")), "not empty"],
    ["a chunk of no name", withChunk(png, "IDAT", pngChunk("<svg", "")), "no chunk"],
    ["a frame that is too wide", apng(2, 13), "outside"],
    [
      "frames in disorder",
      withChunk(apng(3), "IEND", pngChunk("fdAT", join(u32(9), "x"))),
      "order",
    ],
    ["two frames of a JPEG", inserted(jpeg, sos, jpeg.subarray(sof, sof + 19)), "two frames"],
    ["no frame of a JPEG", join(jpeg.subarray(0, sof), jpeg.subarray(sof + 19)), "component"],
    ["no scan", join(jpeg.subarray(0, sos), "\xff\xd9"), "no pixels"],
    ["an empty scan", join(jpeg.subarray(0, sos + 14), "\xff\xd9"), "no pixels"],
    ["a scan of another component", patched(jpeg, sos + 5, 9), "component"],
    [
      "a table that is too long",
      inserted(jpeg, 2, jpegSegment(0xdb, new Uint8Array(80))),
      "tables",
    ],
    ["a table that is empty", inserted(jpeg, 2, jpegSegment(0xc4, "")), "tables"],
    ["two restart intervals", inserted(jpeg, 2, jpegSegment(0xdd, "\0\x04\0\x04")), "tables"],
    ["a marker out of place", inserted(jpeg, 2, "\xff\xd0"), "wrong place"],
    ["a second start", inserted(jpeg, 2, "\xff\xd8"), "wrong place"],
    ["no marker", inserted(jpeg, sof, "x"), "no marker"],
    ["a scan bomb", scans(101), "100 scans"],
    ["no pixels in a WebP", webpOf(webpChunk("EXIF", "")), "no pixels"],
    ["pixels twice", webpOf(webpWithAlpha.subarray(12), webp.subarray(12)), "more than once"],
    ["two sizes", patched(webpWithAlpha, 24, 12), "different sizes"],
    [
      "a chunk longer than the file",
      patched(webpWithAlpha, 34, 0xff, 0xff),
      "longer than its place",
    ],
    ["a frame that is not shown", patched(webp, 20, 1), "not VP8"],
    ["a frame out of place", patched(webpAnimated, offsetOf(webpAnimated, "ANMF") + 8, 1), "place"],
    ["an animation without frames", webpOf(webpAnimated.subarray(12, 44)), "no frames"],
    ["no pictures in a GIF", join(gif.subarray(0, frame), ";"), "no pictures"],
    ["no block of a GIF", patched(gif, frame, 0x3c), "no block"],
    ["a frame outside", patched(gif, frame + 1, 1), "outside"],
    ["a frame of no width", patched(gif, frame + 5, 0), "empty"],
    ["no width", patched(gifAnimated, 6, 0, 0), "0 × 8 pixels"],
    [
      "a film under the name of an AVIF",
      join(box("ftyp", "avif\0\0\0\0"), FILM),
      "list of its parts",
    ],
    ["an AVIF without a list", join(avif.subarray(0, 28), avif.subarray(242)), "list of its parts"],
    ["tiles in one place", avifGrid({ bytes: new Uint8Array() }), "outside"],
    ["a grid of a wrong length", patched(avifGrid(), offsetOf(avifGrid(), "idat") + 5, 1), "grid"],
    ["an item twice", patched(avifGrid(), offsetOf(avifGrid(), "av01") - 3, 1), '"infe"'],
    ["an entry of an old version", patched(avif, offsetOf(avif, "infe") + 4, 1), '"infe"'],
    [
      "a film's handler",
      patched(avif, offsetOf(avif, "pict"), ...latin("vide")),
      "no picture inside",
    ],
    ["a list of ranges of a new version", patched(avif, offsetOf(avif, "iloc") + 4, 3), '"iloc"'],
    [
      "an item in two lists of ranges",
      patched(avifGrid(), offsetOf(avifGrid(), "iloc") + 29, 1),
      '"iloc"',
    ],
    [
      "references with something behind",
      patched(avifGrid(), offsetOf(avifGrid(), "dimg") + 7, 1),
      '"dimg"',
    ],
    ["an item in another file", patched(avif, offsetOf(avif, "iloc") + 14, 0, 1), "outside"],
    [
      "an item made of another",
      patched(avifGrid(), offsetOf(avifGrid(), "iloc") + 15, 2),
      "outside",
    ],
    [
      "boxes that overlap",
      patched(avif, offsetOf(avif, "hdlr") - 2, 0xff),
      "longer than its place",
    ],
    ["a box of no length", patched(avif, offsetOf(avif, "hdlr") - 1, 7), "wrong length"],
    ["a segment of no length", inserted(jpeg, sof, "\xff\xfe\0\0"), "no length"],
    [
      "a frame of two components",
      inserted(
        join(jpeg.subarray(0, sof), jpeg.subarray(sof + 19)),
        sof,
        jpegSegment(0xc0, "\x08\0\x10\0\x18\x02\x01\x22\0\x02\x11\x01"),
      ),
      "frame header",
    ],
    ["a frame header without an end", patched(jpeg, sof + 9, 4), "frame header"],
    ["a sampling that JPEG has not", patched(jpeg, sof + 11, 0x52), "frame header"],
    ["a scan of five components", patched(jpeg, sos + 4, 5), "scan is wrong"],
    ["a GIF of other pixels", patched(gif, frame + 10, 12), /damaged/],
    ["a control of another length", inserted(gif, frame, "!\xf9\x03abc\0"), "wrong length"],
    ["an AVIF with two lists", inserted(avif, 242, avif.subarray(28, 242)), "list of its parts"],
    [
      "an item outside of the file",
      patched(avif, offsetOf(avif, "iloc") + 16, 0, 0, 0xff),
      "ends early",
    ],
    [
      "an item in the list itself",
      patched(avif, offsetOf(avif, "iloc") + 16, 0, 0, 0, 0x20),
      "outside",
    ],
    ["an item that is no AV1", patched(avif, offsetOf(avif, "mdat") + 4, 0xff), "not AV1"],
    ["an item of another kind", patched(avif, offsetOf(avif, "av01"), ...latin("hvc1")), "hvc1"],
    [
      "billions of ranges in a few bytes",
      patched(
        avif,
        offsetOf(avif, "iloc") + 8,
        0,
        0,
        0,
        3,
        ...latin("\0\x01\0\0\xff\xff".repeat(3)),
      ),
      '"iloc"',
    ],
    ["no primary item", patched(avif, offsetOf(avif, "pitm") + 9, 9), "missing"],
    ["no size", patched(avif, offsetOf(avif, "ispe"), ...latin("free")), "size of a part"],
    [
      "boxes without end",
      join(avif, ...Array.from({ length: 100 }, () => box("free", ""))),
      "100 boxes",
    ],
  ])("has %s", (_what, bytes, told) => {
    const { reason, message } = refusal(bytes);
    expect(message).toMatch(told);
    expect(reason).toBe("damaged");
  });

  it("has a box of an AVIF that is longer than its fields", () => {
    for (const type of ["pitm", "iloc", "ipma"]) {
      const at = offsetOf(avif, type);
      const longer = patched(
        inserted(avif, at - 4 + (avif[at - 1] ?? 0), "x"),
        at - 1,
        (avif[at - 1] ?? 0) + 1,
      );
      const inner = type === "ipma" ? [offsetOf(avif, "iprp") - 1] : [];
      for (const outer of [offsetOf(avif, "meta") - 1, ...inner])
        longer[outer] = (longer[outer] ?? 0) + 1;
      expect(refusal(longer).message).toContain(`its box "${type}"`);
    }
  });

  it.each<[what: string, bits: string, size: [number, number] | null]>([
    ["of a still", "000 1 1 00000 0011 0011 1001 1010", [10, 11]],
    [
      "with operating points",
      `000 1 0 0 0 00001 ${"0".repeat(12)} 00000 ${"0".repeat(12)} 01000 1 0011 0011 1001 1010`,
      [10, 11],
    ],
    [
      "with delays",
      `000 1 0 0 1 00000 ${"0".repeat(12)} 00000 1 0101 0011 0011 1001 1010`,
      [10, 11],
    ],
    ["with a clock", `000 1 0 1 ${"0".repeat(80)}`, null],
    ["cut short", "000 1 1 00000 1111 1111 1111", null],
  ])("or not is told by the AV1 inside: %s", (_what, bits, size) => {
    const plain = bits.replaceAll(" ", "");
    const bytes = Uint8Array.from({ length: Math.ceil(plain.length / 8) }, (_, at) =>
      Number.parseInt(plain.slice(at * 8, at * 8 + 8).padEnd(8, "0"), 2),
    );
    const file = new Bytes(bytes, "AVIF", "big-endian");
    const sized = join(Uint8Array.of(0x12, 0, 0x0a, bytes.length), bytes);
    const extended = join(Uint8Array.of(0x0e, 0, bytes.length), bytes);
    for (const units of [sized, extended, join("\x08", bytes)]) {
      if (size) expect(codedSize(file, units)).toEqual({ width: size[0], height: size[1] });
      else expect(() => codedSize(file, units)).toThrow(/damaged/);
    }
    for (const units of [
      "",
      "\x12\0",
      "\x8a\0",
      "\x0a\x7f",
      "\x0a\xff\xff\xff\xff\xff\xff\xff\xff",
    ]) {
      expect(() => codedSize(file, latin(units))).toThrow("not AV1");
    }
  });

  it.each<Told>([
    ["lossless", patched(jpeg, sof + 1, 0xc3), "browsers do not show"],
    ["arithmetic", patched(jpeg, sof + 1, 0xc9), "browsers do not show"],
    ["of 12 bits", patched(jpeg, sof + 4, 12), "browsers do not show"],
    ["animated AVIF", join(avif, box("moov", "")), "animated"],
  ])("is not one that is whole but cannot be shown: %s", (_what, bytes, told) => {
    expect(refusal(bytes)).toMatchObject({
      reason: "unsupported",
      message: expect.stringMatching(told),
    });
  });

  function frameControl(sequence: number): Uint8Array {
    return pngChunk("fcTL", join(u32(sequence), u32(12), u32(8), new Uint8Array(14)));
  }

  function withoutChunk(png: Uint8Array, type: string): Uint8Array {
    const start = offsetOf(png, type) - 4;
    const length = new DataView(png.buffer).getUint32(start);
    return join(png.subarray(0, start), png.subarray(start + length + 12));
  }

  function scans(count: number): Uint8Array {
    const scan = jpeg.subarray(sos, -2);
    return join(jpeg.subarray(0, sos), ...Array.from({ length: count }, () => scan), "\xff\xd9");
  }
});

describe("any change to a picture", () => {
  const originals = [...Object.values(pictures), apng(), withProperty(box("irot", "\x01"))];
  const original = fc.constantFrom(...originals);

  function holds(bytes: Uint8Array): void {
    const outcome = readPicture(bytes);
    if (!outcome.ok) {
      expect(outcome.message).toMatch(/^[A-Z].*\.$/s);
      return;
    }
    expect(readPicture(outcome.value.bytes)).toEqual(outcome);
    expect(outcome.value.width * outcome.value.height).toBeGreaterThan(0);
  }

  it("is refused, or comes out as a picture that is read the same again", () => {
    fc.assert(
      fc.property(original, fc.nat(), fc.nat(255), (bytes, at, value) => {
        holds(patched(bytes, at % bytes.length, value));
      }),
      { numRuns: 3000 },
    );
  });

  it("is so, too, when parts of it are cut out, doubled or taken from another", () => {
    fc.assert(
      fc.property(
        original,
        original,
        fc.nat(),
        fc.nat(60),
        fc.nat(),
        (bytes, other, at, length, from) => {
          const start = at % bytes.length;
          holds(join(bytes.subarray(0, start), bytes.subarray(start + length)));
          holds(inserted(bytes, start, bytes.subarray(start, start + length)));
          holds(join(bytes.subarray(0, start), other.subarray(from % other.length)));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
