import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPicture } from "../../src/pictures/gate.ts";
import {
  apng,
  box,
  exifTurned,
  join,
  latin,
  littleU32,
  offsetOf,
  patched,
  pictures,
  pngChunk,
  pngOfSize,
  program,
  text,
  webpChunk,
  webpOf,
  withChunk,
  withComment,
  withSegment,
  withWebpChunk,
  zip,
} from "../support/pictures.ts";
import { type Case, type Told, taken, refusal, FILM } from "./read.ts";

// What is no picture, what is hidden in one, and what is too large.

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

describe("what is no picture", () => {
  const utf16 = (marked: string, words: string, isBig: boolean) =>
    join(marked, ...words.split("").map((each) => (isBig ? `\0${each}` : `${each}\0`)));

  it.each<Told>([
    ["nothing", latin(""), "The file is empty"],
    [
      "an SVG",
      latin(SVG),
      "This is an SVG, which can carry script; upload a PNG, JPEG, WebP, AVIF or GIF.",
    ],
    ["an SVG after a byte order mark", join("\xef\xbb\xbf", SVG), "an SVG"],
    ["an SVG after white space", latin(`\n\t ${SVG}`), "an SVG"],
    ["an SVG after a prolog", latin(`<?xml version="1.0"?>\n<!-- <b> -->\n${SVG}`), "an SVG"],
    [
      "an SVG after its type",
      latin(`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN">${SVG}`),
      "an SVG",
    ],
    ["an SVG with a prefix", latin('<s:SVG xmlns:s="http://www.w3.org/2000/svg"/>'), "an SVG"],
    ["an SVG in UTF-16", utf16("\xff\xfe", SVG, false), "an SVG"],
    ["an SVG in UTF-16, the other way", utf16("\xfe\xff", SVG, true), "an SVG"],
    ["an SVG in UTF-16 without a mark", utf16("", SVG, false), "an SVG"],
    ["a page", latin("<!DOCTYPE html><title>x</title><svg/>"), "an HTML page"],
    ["XML", latin('\n<?xml version="1.0"?><feed/>'), "an XML document"],
    ["text", latin("no picture at all"), "This is text"],
    ["a PDF", latin("%PDF-1.7\n"), "a PDF"],
    ["an archive", zip, "a ZIP archive"],
    ["an SVGZ", latin("\x1f\x8b\x08\0"), "gzip"],
    ["a HEIC", box("ftyp", "heic\0\0\0\0mif1heic"), /HEIC.*export it as JPEG/],
    ["a film", FILM, "a film"],
    ["a BMP", latin("BM\x46\0\0\0\0\0\0\0"), "a BMP"],
    ["a TIFF", latin("II*\0\x08\0\0\0"), "a TIFF"],
    ["an icon", latin("\0\0\x01\0\x01\0"), "an icon"],
    ["a JPEG XL", latin("\0\0\0\x0cJXL \r\n\x87\n"), "a JPEG XL"],
    ["a sound in RIFF", latin("RIFF\x24\0\0\0WAVEfmt "), "a WAV"],
    ["a film in RIFF", latin("RIFF\x24\0\0\0AVI LIST"), "an AVI"],
    ["noise", latin("\x01\x02\x03\x04\xff\xfe"), "none of the kinds"],
    ["noise and a page", join("\x01\x02\x03", "<html>"), /none of the kinds.*"<html"/],
    ["the mark of a PNG, in part", pictures.png.subarray(0, 7), "none of the kinds"],
    ["a GIF of another year", join("GIF88a", pictures.gif.subarray(6)), "none of the kinds"],
  ])("is unsupported, and told what it seems to be: %s", (_what, bytes, told) => {
    const { reason, message } = refusal(bytes);
    expect(reason).toBe("unsupported");
    expect(message).toMatch(told);
    expect(message).toMatch(/^[A-Z].*\.$/);
  });

  it.each<Case>([
    ["an SVG behind the mark of a PNG", join(pictures.png.subarray(0, 8), SVG)],
    ["an SVG behind the header of a PNG", join(pictures.png.subarray(0, 33), SVG)],
    ["an SVG behind the mark of a JPEG", join("\xff\xd8\xff", SVG)],
    ["an SVG behind the mark of a GIF", latin(`GIF89a/*${SVG}*/`)],
    ["a script behind the mark of a GIF", latin("GIF89a=1;<script>alert(1)</script>")],
    ["a script, well-spaced", join("GIF89a\x0a\0\x0a\0\0\0\0", "/*", SVG)],
    ["an SVG behind the mark of a WebP", join("RIFF", littleU32(4 + SVG.length), "WEBP", SVG)],
    ["an SVG behind the mark of an AVIF", join(box("ftyp", "avif\0\0\0\0"), SVG)],
  ])("is never taken: %s", (_what, bytes) => {
    expect(refusal(bytes).reason).toBe("unsupported");
  });

  it("is noise of any kind", () => {
    const noise = fc.uint8Array({ maxLength: 400 });
    const marks = ["", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "GIF89a", "RIFF\xff\0\0\0WEBPVP8 "];
    const mark = fc.constantFrom(...marks, text(pictures.avif.subarray(0, 36)));
    fc.assert(
      fc.property(mark, noise, (mark, bytes) => !readPicture(join(mark, bytes)).ok),
      { numRuns: 2000 },
    );
  });
});

describe("what is hidden", () => {
  const hiders: [where: string, hide: (payload: string) => Uint8Array][] = [
    [
      "a text of a PNG",
      (payload) => withChunk(pictures.png, "IDAT", pngChunk("tEXt", `a\0${payload}`)),
    ],
    ["EXIF of a PNG", (payload) => withChunk(pictures.png, "IDAT", pngChunk("eXIf", payload))],
    ["a profile of a PNG", (payload) => withChunk(pictures.png, "IDAT", pngChunk("iCCP", payload))],
    ["a comment of a JPEG", (payload) => withSegment(0xfe, payload)],
    ["EXIF of a JPEG", (payload) => withSegment(0xe1, join("Exif\0\0", exifTurned(6), payload))],
    ["a profile of a JPEG", (payload) => withSegment(0xe2, `ICC_PROFILE\0\x01\x01${payload}`)],
    ["a second picture", (payload) => join(pictures.jpeg, pictures.jpeg, payload)],
    ["a film", (payload) => join(pictures.jpeg, FILM, payload)],
    ["a phone's notes", (payload) => join(pictures.jpeg, payload, "SEFT")],
    [
      "XMP of a WebP",
      (payload) => withWebpChunk(pictures.webpWithAlpha, webpChunk("XMP ", payload)),
    ],
    ["a frame of a WebP, beside its pixels", inFrame],
    ["a comment of a GIF", (payload) => withComment(pictures.gif, payload)],
    ["a box of an AVIF", (payload) => join(pictures.avif, box("uuid", payload))],
    ["bytes of no item of an AVIF", (payload) => join(pictures.avif, box("mdat", payload))],
  ];
  const payloads: [what: string, payload: string][] = [
    ["an SVG", SVG],
    ["a page", "<HTML><body>"],
    ["a page with a type", "<!DocType html>"],
    ["a script", "<ScRiPt src=//x>"],
    ["a frame", "<iframe\nsrc=x>"],
    ["PHP", "<?PHP system($_GET[0]);"],
    ["a PDF", "%PDF-1.4\n"],
    ["an archive", text(zip)],
    ["the end of an archive", text(zip).slice(-22)],
    ["a RAR", "Rar!\x1a\x07\x01\0"],
    ["a 7z", "7z\xbc\xaf\x27\x1c\0\x04"],
    ["a Linux program", "\x7fELF\x02\x01\x01\0"],
    ["a Windows program", text(program)],
  ];

  function inFrame(payload: string): Uint8Array {
    const [before, after] = text(pictures.webpAnimated).split("ANMF").slice(0, 2);
    const length = (after ?? "").charCodeAt(0) + (after ?? "").charCodeAt(1) * 256;
    const frame = latin((after ?? "").slice(4, 4 + length));
    return webpOf(
      (before ?? "").slice(12),
      webpChunk("ANMF", join(frame, webpChunk("evil", payload))),
    );
  }

  it.each(
    hiders.flatMap(([where, hide]) =>
      payloads.map(([what, payload]) => [what, where, hide(payload)] as const),
    ),
  )("is found: %s in %s", (_what, _where, bytes) => {
    const { reason, message } = refusal(bytes);
    expect(reason).toBe("unsupported");
    expect(message).toContain("hidden");
  });

  it.each(hiders)("is taken for what it is when it is harmless, in %s", (_where, hide) => {
    const xmp = '<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>';
    const chance =
      "<svgs <scripture PK\x03\x04\xff\xff\xff\xff\xff\xff MZ\x90 \x7fELF\x09\x09 7z\xbc\xaf Rar! %PDF";
    taken(hide(xmp));
    taken(hide(chance));
  });

  it("is found across the pieces in which a long part is looked through", () => {
    for (const shift of [-20, -16, -8, -2, 0]) {
      const start = 1024 * 1024 + shift - FILM.length;
      const bytes = join(
        pictures.jpeg,
        FILM,
        new Uint8Array(start).fill(0x61),
        "<script ",
        "a".repeat(99),
      );
      expect(refusal(bytes).message).toContain("script");
    }
  });

  it.each(Object.entries(pictures))("behind a picture is refused: %s", (_name, bytes) => {
    for (const behind of [zip, latin(SVG), latin("x"), latin("\0\0\0x")]) {
      expect(["unsupported", "damaged"]).toContain(refusal(join(bytes, behind)).reason);
    }
    expect(refusal(join(bytes, zip))).toMatchObject({
      reason: "unsupported",
      message: expect.stringMatching(/something else hidden behind the picture, an archive/),
    });
  });

  it("are the pixels that were cropped away (aCropalypse)", () => {
    const before = pictures.pngWithAlpha.subarray(offsetOf(pictures.pngWithAlpha, "IDAT") - 4);
    expect(refusal(join(pictures.png, before)).message).toContain("hidden behind the picture");
  });
});

describe("a picture that is too large", () => {
  const { jpeg, webpLossless, webpAnimated, gif, avif } = pictures;
  const sof = offsetOf(jpeg, "\xff\xc0");
  const profile = new Uint8Array(1024 * 1024 + 1);

  it.each<Told>([
    [
      "a side",
      pngOfSize(30000, 30000),
      "30000 × 30000 pixels; at most 12000 on a side and 100 megapixels",
    ],
    ["one side", pngOfSize(12001, 1), "12001 × 1"],
    ["both sides together", pngOfSize(12000, 8334), "12000 × 8334"],
    ["the largest side", pngOfSize(0xffffffff, 0xffffffff), "4294967295 × 4294967295"],
    ["a side, of a JPEG", patched(jpeg, sof + 5, 0xff, 0xff), "65535"],
    ["a side, of a WebP", patched(webpLossless, 21, 0xff, 0xff), "16384"],
    ["a side, of a GIF", patched(gif, 6, 0xff, 0xff), "65535"],
    ["a side, of an AVIF", patched(avif, offsetOf(avif, "ispe") + 8, 0, 1), "65560"],
    ["the pixels inside an AVIF, not said outside", insideLarger(), "32768"],
    ["its frames", apng(2_000_000), "2000000 frames of 12 × 8 pixels"],
    ["its frames, of a WebP", wideAnimation(), "3 frames of 12000 × 8000"],
    ["its frames, of a GIF", wideGif(), "2 frames of 12000 × 8000"],
    ["its profile", withChunk(pictures.png, "IDAT", pngChunk("iCCP", profile)), "1048577 bytes"],
    [
      "its profile, of a WebP",
      webpOf(
        webpChunk("VP8X", "\x20\0\0\0\x17\0\0\x0f\0\0"),
        webpChunk("ICCP", profile),
        pictures.webp.subarray(12),
      ),
      "1048577 bytes",
    ],
  ])("by %s is told so", (_what, bytes, told) => {
    const { reason, message } = refusal(bytes);
    expect(reason).toBe("tooLarge");
    expect(message).toContain(told);
  });

  it("is one pixel larger than the largest", () => {
    expect(taken(patched(gif, 6, 0x10, 0x27, 0x10, 0x27))).toMatchObject({
      width: 10000,
      height: 10000,
    });
    expect(refusal(patched(gif, 6, 0x10, 0x27, 0x11, 0x27)).reason).toBe("tooLarge");
    const animation = patched(pictures.gifAnimated, 6, 0x05, 0x0d, 0x10, 0x27);
    expect(taken(animation)).toMatchObject({ width: 3333, height: 10000, animated: true });
    expect(refusal(patched(animation, 6, 0x06)).reason).toBe("tooLarge");
    expect(taken(patched(gif, 6, 0xe0, 0x2e))).toMatchObject({ width: 12000 });
    expect(refusal(patched(gif, 6, 0xe1, 0x2e)).reason).toBe("tooLarge");
  });

  /** The sequence header: 15 bits a side, all of them set. */
  function insideLarger(): Uint8Array {
    const header = offsetOf(avif, "mdat") + 4 + 4;
    return patched(avif, header, 0x38, 0x3b, 0xbf, 0xff, 0xff, 0xff);
  }

  function wideAnimation(): Uint8Array {
    return patched(webpAnimated, 24, 0xdf, 0x2e, 0, 0x3f, 0x1f, 0);
  }

  function wideGif(): Uint8Array {
    const size = (bytes: Uint8Array) => patched(bytes, 6, 0xe0, 0x2e, 0x40, 0x1f);
    const [, ...frames] = text(pictures.gifAnimated).split("!\xf9");
    const head = pictures.gifAnimated.subarray(0, offsetOf(pictures.gifAnimated, "!\xf9"));
    return size(join(head, ...frames.slice(0, 2).map((each) => `!\xf9${each}`), ";"));
  }
});
