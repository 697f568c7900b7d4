import { describe, expect, it } from "vitest";
import {
  apng,
  avifGrid,
  box,
  exifTurned,
  inserted,
  join,
  jpegSegment,
  latin,
  offsetOf,
  patched,
  pictures,
  pngChunk,
  text,
  u32,
  webpChunk,
  webpOf,
  withChunk,
  withComment,
  withProperty,
  withSegment,
  withWebpChunk,
} from "../support/pictures.ts";
import { type Case, taken, refusal, FILM } from "./read.ts";

// What is read of a picture, what is kept of it, and what is thrown away.

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
