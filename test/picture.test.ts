import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PictureOutcome, ReadPicture } from "../src/pictures/gate.ts";
import { readPicture } from "../src/pictures/gate.ts";
import { codedSize } from "../src/pictures/av1.ts";
import { Bytes } from "../src/pictures/bytes.ts";
import {
  apng,
  avifGrid,
  box,
  exifTurned,
  inserted,
  join,
  jpegSegment,
  latin,
  littleU32,
  offsetOf,
  patched,
  pictures,
  pngChunk,
  pngOfSize,
  program,
  text,
  u32,
  webpChunk,
  webpOf,
  withChunk,
  withComment,
  withProperty,
  withSegment,
  withWebpChunk,
  zip,
} from "./support/pictures.ts";

type Case = [what: string, bytes: Uint8Array];
type Told = [what: string, bytes: Uint8Array, told: string | RegExp];

function taken(bytes: Uint8Array): ReadPicture {
  const outcome = readPicture(bytes);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

function refusal(bytes: Uint8Array): Exclude<PictureOutcome, { ok: true }> {
  const outcome = readPicture(bytes);
  if (outcome.ok) throw new Error(`taken, ${outcome.value.width} × ${outcome.value.height}`);
  return outcome;
}

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const FILM = join(box("ftyp", "mp42\0\0\0\0mp42isom"), box("mdat", "film"));

describe("a picture", () => {
  it.each([
    ["png", "image/png", 24, 16, false],
    ["pngWithAlpha", "image/png", 12, 8, false],
    ["pngFromPhone", "image/png", 16, 24, false],
    ["jpeg", "image/jpeg", 24, 16, false],
    ["jpegProgressive", "image/jpeg", 24, 16, false],
    ["jpegFromPhone", "image/jpeg", 16, 24, false],
    ["webp", "image/webp", 24, 16, false],
    ["webpLossless", "image/webp", 24, 16, false],
    ["webpWithAlpha", "image/webp", 12, 8, false],
    ["webpAnimated", "image/webp", 24, 16, true],
    ["webpFromPhone", "image/webp", 16, 24, false],
    ["avif", "image/avif", 24, 16, false],
    ["avifWithAlpha", "image/avif", 12, 8, false],
    ["avifFromPhone", "image/avif", 24, 16, false],
    ["gif", "image/gif", 12, 8, false],
    ["gifAnimated", "image/gif", 12, 8, true],
  ] as const)("is read: %s", (name, type, width, height, animated) => {
    expect(taken(pictures[name])).toMatchObject({ type, width, height, animated });
  });

  it.each(Object.entries(pictures))("once read is read the same again: %s", (_name, bytes) => {
    const first = taken(bytes);
    expect(taken(first.bytes)).toEqual(first);
  });

  it.each(Object.entries(pictures).filter(([name]) => !name.endsWith("FromPhone")))(
    "without metadata is kept byte for byte: %s",
    (_name, bytes) => {
      const kept = taken(bytes).bytes;
      // The names of items are not seen.
      expect(text(kept)).toBe(text(bytes).replace("av01Color", "av01\0\0\0\0\0"));
    },
  );

  it("can be an APNG", () => {
    expect(taken(apng())).toMatchObject({ width: 12, height: 8, animated: true, bytes: apng() });
  });

  it.each([false, true])("can be an AVIF of tiles, with numbers of any width (%s)", (wide) => {
    const bytes = avifGrid({ wide });
    const kept = taken(bytes);
    expect(kept).toMatchObject({ width: 48, height: 16 });
    expect(text(kept.bytes)).toBe(text(bytes).replaceAll("name", "\0\0\0\0"));
    expect(taken(kept.bytes)).toEqual(kept);
  });

  it("can have restarts, stuffed bytes, fillers and notes among the pixels of a JPEG", () => {
    const { jpegProgressive } = pictures;
    const second = text(jpegProgressive).lastIndexOf("\xff\xc4");
    const interval = jpegSegment(0xdd, "\0\x04");
    const pixels = "\xff\xd0\x12\xff\0\xff\xff\0\xff\xd7";
    const start = join(jpegProgressive.subarray(0, second), pixels);
    const bytes = join(
      start,
      jpegSegment(0xe1, "secret"),
      interval,
      "\xff\xff",
      jpegProgressive.subarray(second),
    );
    const kept = join(start, interval, jpegProgressive.subarray(second));
    expect(text(taken(bytes).bytes)).toBe(text(kept));
  });

  it("is not changed where it lies", () => {
    const before = pictures.avifFromPhone.slice();
    taken(pictures.avifFromPhone);
    expect(pictures.avifFromPhone).toEqual(before);
  });

  it("can lie in the middle of a larger buffer", () => {
    for (const bytes of Object.values(pictures)) {
      const around = join("<svg ", bytes, "<svg ");
      expect(taken(around.subarray(5, 5 + bytes.length))).toEqual(taken(bytes));
    }
  });
});

describe("orientation", () => {
  const withExif: Record<string, (exif: Uint8Array) => Uint8Array> = {
    jpeg: (exif) => withSegment(0xe1, join("Exif\0\0", exif)),
    png: (exif) => withChunk(pictures.png, "IDAT", pngChunk("eXIf", exif)),
    "png, behind the pixels": (exif) => withChunk(pictures.png, "IEND", pngChunk("eXIf", exif)),
    webp: (exif) =>
      webpOf(
        webpChunk("VP8X", join("\x08\0\0\0\x17\0\0\x0f\0\0")),
        pictures.webp.subarray(12),
        webpChunk("EXIF", exif),
      ),
  };
  const each = Object.keys(withExif).flatMap((name) =>
    [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => [name, orientation] as const),
  );

  it.each(each)("of a %s is kept, and its size is the one shown: %i", (name, orientation) => {
    const exif = exifTurned(orientation);
    const { width, height, bytes } = taken(withExif[name]?.(exif) ?? latin(""));
    expect([width, height]).toEqual(orientation >= 5 ? [16, 24] : [24, 16]);
    expect(text(bytes).includes(text(exif))).toBe(orientation !== 1);
  });

  it.each([0, 9, 255])("of %i is none", (orientation) => {
    const { width, bytes } = taken(withSegment(0xe1, join("Exif\0\0", exifTurned(orientation))));
    expect(width).toBe(24);
    expect(bytes).toEqual(pictures.jpeg);
  });

  it.each<[string, string]>([
    ["is cut short", "MM\0*"],
    ["points outside", "MM\0*\0\0\xff\0"],
    ["ends in its directory", "MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03"],
    ["points to its last byte", "MM\0*\0\0\0\x08\0"],
    ["is no TIFF", "XX\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"],
    ["is of another type", "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x04\0\0\0\x01\0\x06\0\0"],
  ])("in EXIF that %s is none", (_what, exif) => {
    expect(taken(withSegment(0xe1, `Exif\0\0${exif}`)).bytes).toEqual(pictures.jpeg);
  });

  it("is the first one that is stated", () => {
    const later = withChunk(pictures.pngFromPhone, "IEND", pngChunk("eXIf", exifTurned(1)));
    expect(taken(later)).toEqual(taken(pictures.pngFromPhone));
    const twice = inserted(
      pictures.jpegFromPhone,
      2,
      jpegSegment(0xe1, join("Exif\0\0", exifTurned(3))),
    );
    expect(taken(twice)).toMatchObject({ width: 24, height: 16 });
  });

  it("is read in either byte order", () => {
    const exif =
      "II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x01\0\0\0x\0\0\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0";
    const { width, bytes } = taken(withSegment(0xe1, `Exif\0\0${exif}`));
    expect(width).toBe(16);
    expect(text(bytes)).toContain(text(exifTurned(8)));
  });

  it("is all that is kept of EXIF", () => {
    const kept = text(taken(pictures.jpegFromPhone).bytes);
    expect(kept).toContain(text(jpegSegment(0xe1, join("Exif\0\0", exifTurned(6)))));
    expect(text(taken(pictures.pngFromPhone).bytes)).toContain(
      text(pngChunk("eXIf", exifTurned(6))),
    );
    expect(text(taken(pictures.webpFromPhone).bytes)).toContain(
      text(webpChunk("EXIF", exifTurned(6))),
    );
  });

  it("of an AVIF is the turn of its picture, after the cut", () => {
    expect(taken(withProperty(box("irot", "\x01")))).toMatchObject({ width: 16, height: 24 });
    expect(taken(withProperty(box("irot", "\x02")))).toMatchObject({ width: 24, height: 16 });
    const cut = box("clap", join(...[12, 1, 8, 1, 0, 1, 0, 1].map(u32)));
    expect(taken(withProperty(cut))).toMatchObject({ width: 12, height: 8 });
  });

  it("that is stated in a way that will not be kept counts for nothing", () => {
    const { width, bytes } = taken(withProperty(box("irot", "\x01and a payload")));
    expect(width).toBe(24);
    expect(text(bytes)).not.toContain("payload");
  });
});

describe("what is thrown away", () => {
  const SECRETS = /iPhone|Apple|GPS|WGS-84|Harbour Street|secret|17\.2/;

  it.each(["pngFromPhone", "jpegFromPhone", "webpFromPhone", "avifFromPhone"] as const)(
    "is place, device and note: %s",
    (name) => {
      expect(text(pictures[name])).toMatch(SECRETS);
      expect(text(taken(pictures[name]).bytes)).not.toMatch(SECRETS);
    },
  );

  it.each<Case>([
    ["a text of a PNG", withChunk(pictures.png, "IDAT", pngChunk("tEXt", "Comment\0secret"))],
    ["a text behind its pixels", withChunk(pictures.png, "IEND", pngChunk("iTXt", "secret"))],
    ["a time", withChunk(pictures.png, "IDAT", pngChunk("tIME", "secret!"))],
    ["a chunk nobody knows", withChunk(pictures.png, "IDAT", pngChunk("seCr", "secret"))],
    [
      "a known chunk of a wrong length",
      withChunk(pictures.png, "IDAT", pngChunk("gAMA", "secret")),
    ],
    [
      "a known chunk in a wrong place",
      withChunk(pictures.png, "IEND", pngChunk("iCCP", "secret\0\0")),
    ],
    [
      "a second EXIF of a PNG",
      withChunk(pictures.pngFromPhone, "IEND", pngChunk("eXIf", join(exifTurned(1), "secret"))),
    ],
    ["a second animation", withChunk(apng(), "IDAT", pngChunk("acTL", "secret!!"))],
    [
      "an animation that comes too late",
      withChunk(pictures.png, "IEND", pngChunk("acTL", "secret!!")),
    ],
    ["a frame without an animation", withChunk(pictures.png, "IEND", pngChunk("fdAT", "secret"))],
    ["a comment of a JPEG", withSegment(0xfe, "secret")],
    ["an application's segment", withSegment(0xed, "Photoshop 3.0\0secret")],
    ["the thumbnail of JFIF", withSegment(0xe0, "JFIF\0\x01\x02\0\0\x01\0\x01\x01\x02secret")],
    ["a false profile", withSegment(0xe2, "ICC_PROFILE\0\x01\x01secret")],
    ["a smaller picture behind it", join(pictures.jpeg, pictures.jpeg, "secret")],
    ["the film of a motion photo", join(pictures.jpeg, FILM, "secret")],
    ["a phone's notes", join(pictures.jpeg, "\0\0\x30\x0asecret", "SEFH", "SEFT")],
    ["a picture desk's notes", join(pictures.jpeg, "secret\0\0\0\x06cbipcbbl")],
    ["XMP of a WebP", withWebpChunk(pictures.webpWithAlpha, webpChunk("XMP ", "secret"))],
    [
      "a chunk nobody knows, of a WebP",
      withWebpChunk(pictures.webpWithAlpha, webpChunk("secr", "secret!")),
    ],
    [
      "what follows a simple WebP, inside",
      withWebpChunk(pictures.webp, webpChunk("EXIF", "secret")),
    ],
    ["a comment of a GIF", withComment(pictures.gif, "secret")],
    [
      "an application's extension",
      inserted(pictures.gif, offsetOf(pictures.gif, "!"), "!\xff\x0bXMP DataXMP\x06secret\0"),
    ],
    [
      "a text over a GIF",
      inserted(pictures.gif, offsetOf(pictures.gif, "!"), "!\x01\x0csecretsecret\x06secret\0"),
    ],
    ["a box nobody knows", join(pictures.avif, box("uuid", "secret"), box("free", "secret"))],
    ["bytes of no item", join(pictures.avif, box("mdat", "secret"))],
    ["a property nobody knows", withProperty(box("udes", "secret"))],
  ])("is %s", (_what, bytes) => {
    expect(text(bytes)).toContain("secret");
    const kept = taken(bytes);
    expect(text(kept.bytes)).not.toContain("secret");
    expect(taken(kept.bytes)).toEqual(kept);
  });

  it.each(Object.entries(pictures))("is padding behind: %s", (_name, bytes) => {
    expect(taken(join(bytes, "\0\0\r\n\t \0"))).toEqual(taken(bytes));
  });
});

describe("what is kept", () => {
  const profile = join(u32(140), new Uint8Array(32), "acsp", new Uint8Array(100));
  const part = (number: number, of: number, bytes: Uint8Array) =>
    jpegSegment(0xe2, join("ICC_PROFILE\0", Uint8Array.of(number, of), bytes));

  it("are the pixels, the tables and the profile of a JPEG", () => {
    const kept = text(taken(pictures.jpegFromPhone).bytes);
    const original = text(pictures.jpegFromPhone);
    expect(kept).toContain(original.slice(original.indexOf("\xff\xdb")));
    expect(kept).toContain("ICC_PROFILE\0\x01\x01\0\0\x01\xe0lcms");
  });

  it("is the density of a JPEG, without a thumbnail", () => {
    const jfif = "JFIF\0\x01\x02\0\0\x48\0\x48";
    const bytes = withSegment(0xe0, `${jfif}\x01\x01rgb`);
    expect(taken(bytes).bytes).toEqual(withSegment(0xe0, `${jfif}\0\0`));
  });

  it("is a profile of an AVIF, and no more of it than it says", () => {
    const kept = text(taken(withProperty(box("colr", join("prof", profile, "and more")))).bytes);
    expect(kept).toContain(text(profile));
    expect(kept).not.toContain("and more");
    const fake = withProperty(box("colr", "profand more"));
    expect(refusal(fake).message).toContain("profile");
  });

  it("is of the items of an AVIF what is seen: no thumbnail, no map of depths", () => {
    const { avifWithAlpha } = pictures;
    const alpha = avifWithAlpha.slice(-28);
    expect(taken(avifWithAlpha).bytes.slice(-28)).toEqual(alpha);
    const thumbnail = patched(avifWithAlpha, offsetOf(avifWithAlpha, "auxl"), ...latin("thmb"));
    const depth = patched(avifWithAlpha, offsetOf(avifWithAlpha, "urn:mpeg"), ...latin("urn:dept"));
    for (const bytes of [thumbnail, depth]) {
      const kept = taken(bytes).bytes;
      expect(kept.slice(-28).every((byte) => byte === 0)).toBe(true);
      expect(text(kept).split("av01")).toHaveLength(2);
    }
  });

  it("is how a JPEG's colours were transformed", () => {
    expect(text(taken(withSegment(0xee, "Adobe\0\x64\0\0\0\0\x01secret")).bytes)).toContain(
      text(jpegSegment(0xee, "Adobe\0\x64\0\0\0\0\x01")),
    );
  });

  it("is a profile in parts, put in order", () => {
    const [one, two] = [part(1, 2, profile.subarray(0, 50)), part(2, 2, profile.subarray(50))];
    const bytes = inserted(pictures.jpeg, 2, join(two, one));
    expect(text(taken(bytes).bytes)).toContain(text(part(1, 1, profile)));
    expect(taken(inserted(pictures.jpeg, 2, one)).bytes).toEqual(pictures.jpeg);
  });

  it("is of a profile no more than it says it is long", () => {
    const bytes = inserted(pictures.jpeg, 2, part(1, 1, join(profile, "and more")));
    expect(text(taken(bytes).bytes)).toContain(text(part(1, 1, profile)));
    expect(text(taken(bytes).bytes)).not.toContain("and more");
  });

  it("is the loop of a GIF, once", () => {
    const loop = "!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    const bytes = inserted(pictures.gifAnimated, offsetOf(pictures.gifAnimated, "!"), loop);
    expect(taken(bytes)).toEqual(taken(pictures.gifAnimated));
    expect(text(taken(bytes).bytes)).toContain(loop);
  });

  it("are the pixels of an AVIF, where the file says they are", () => {
    const kept = taken(pictures.avifFromPhone).bytes;
    const at = offsetOf(pictures.avifFromPhone, "mdat") + 4;
    expect(kept.subarray(at, at + 0x55)).toEqual(pictures.avifFromPhone.subarray(at, at + 0x55));
    expect(kept.subarray(at + 0x55).every((byte) => byte === 0)).toBe(true);
  });
});

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
