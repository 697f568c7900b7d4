import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { PICTURE_BYTES } from "../../src/domain/media.ts";
import {
  attemptsFor,
  convertible,
  firstThatFits,
  isMoving,
  isTooLarge,
  jpegName,
  type Attempt,
} from "../../src/desk/pictures/fitting.ts";

describe("a file that has to be converted", () => {
  it("is a HEIC, by its brands", async () => {
    expect(await convertible(ftyp("heic", "mif1", "heic"))).toBe("heic");
    expect(await convertible(ftyp("mif1", "mif1", "heix", "miaf"))).toBe("heic");
    expect(await convertible(ftyp("hevc", "msf1"))).toBe("heic");
    expect(await convertible(ftyp("mif1"))).toBe("heic");
  });

  it("is a TIFF, in either order of bytes", async () => {
    expect(await convertible(new Blob(["II*\0rest"]))).toBe("tiff");
    expect(await convertible(new Blob(["MM\0*rest"]))).toBe("tiff");
    expect(await convertible(blobOf(await plain().tiff().toBuffer()))).toBe("tiff");
  });

  it("is none that the newsroom takes, whatever its name and type say", async () => {
    for (const format of ["jpeg", "png", "webp", "avif", "gif"] as const) {
      const bytes = Uint8Array.from(await plain().toFormat(format).toBuffer());
      const file = new File([bytes], "IMG_1.HEIC", { type: "image/heic" });
      expect(await convertible(file), format).toBeNull();
    }
    expect(await convertible(ftyp("mif1", "mif1", "avif"))).toBeNull();
  });

  it("is no film, no text, and nothing that is cut off", async () => {
    expect(await convertible(ftyp("isom", "mp42"))).toBeNull();
    expect(await convertible(new Blob(["ftyp heic"]))).toBeNull();
    expect(await convertible(new Blob(["\0\0\0\x18ftyphei"]))).toBeNull();
    expect(await convertible(new Blob([]))).toBeNull();
  });

  it("keeps its name, with another ending", () => {
    expect(jpegName("IMG_0001.HEIC")).toBe("IMG_0001.jpg");
    expect(jpegName("harbour.v2.tiff")).toBe("harbour.v2.jpg");
    expect(jpegName("harbour")).toBe("harbour.jpg");
    expect(jpegName(".heic")).toBe("picture.jpg");
  });
});

describe("a picture that moves", () => {
  it("is told from one that stands still", async () => {
    const frames = sharp(
      await Promise.all(
        ["#ff0000", "#00ff00"].map((background) => plain(background).png().toBuffer()),
      ),
      { join: { animated: true } },
    );
    expect(await isMoving(blobOf(await frames.clone().webp().toBuffer()))).toBe(true);
    expect(await isMoving(blobOf(await frames.clone().gif().toBuffer()))).toBe(true);
    for (const format of ["jpeg", "png", "webp", "avif"] as const) {
      expect(await isMoving(blobOf(await plain().toFormat(format).toBuffer())), format).toBe(false);
    }
    expect(await isMoving(ftyp("avis", "avif"))).toBe(true);
  });

  it("can be a PNG that says so before its pixels", async () => {
    expect(await isMoving(new Blob([png("IHDR acTL fcTL IDAT")]))).toBe(true);
    expect(await isMoving(new Blob([png("IHDR IDAT acTL")]))).toBe(false);
  });
});

describe("a JPEG that the desk makes", () => {
  it("has the picture's own size if that is not too large", () => {
    expect(attemptsFor(1200, 800)).toEqual([
      { width: 1200, height: 800, quality: 0.92 },
      { width: 1200, height: 800, quality: 0.85 },
    ]);
  });

  it("has at most 6000 pixels a side, and keeps its proportions", () => {
    expect(attemptsFor(12_000, 8000)[0]).toEqual({ width: 6000, height: 4000, quality: 0.92 });
    expect(attemptsFor(8000, 12_000)[0]).toEqual({ width: 4000, height: 6000, quality: 0.92 });
    expect(attemptsFor(60_000, 2)[0]).toEqual({ width: 6000, height: 1, quality: 0.92 });
  });

  it("loses quality before it loses pixels", () => {
    const sides = attemptsFor(5000, 2500).map(({ width, quality }) => [width, quality]);
    expect(sides).toEqual([
      [5000, 0.92],
      [5000, 0.85],
      [4096, 0.85],
      [3000, 0.85],
      [2000, 0.8],
    ]);
  });

  it("is the first that the newsroom takes", async () => {
    const tried: number[] = [];
    const weighing = (bytes: (attempt: Attempt) => number | null) => (attempt: Attempt) => {
      tried.push(attempt.width);
      const size = bytes(attempt);
      return Promise.resolve(size === null ? null : new Blob([new Uint8Array(size)]));
    };
    const attempts = attemptsFor(5000, 2500);
    const small = weighing(({ width }) => (width > 4500 ? PICTURE_BYTES + 1 : PICTURE_BYTES));
    expect((await firstThatFits(attempts, small))?.size).toBe(PICTURE_BYTES);
    expect(tried.splice(0)).toEqual([5000, 5000, 4096]);
    // What cannot be drawn, and what came out empty, is tried smaller.
    const weak = weighing(({ width }) => (width > 4500 ? null : width > 3500 ? 0 : 9));
    expect((await firstThatFits(attempts, weak))?.size).toBe(9);
    expect(tried.splice(0)).toEqual([5000, 5000, 4096, 3000]);
    expect(
      await firstThatFits(
        attempts,
        weighing(() => PICTURE_BYTES + 1),
      ),
    ).toBeNull();
  });

  it("is due for what is over 10 MiB", () => {
    expect(isTooLarge(new Blob([new Uint8Array(PICTURE_BYTES)]))).toBe(false);
    expect(isTooLarge(new Blob([new Uint8Array(PICTURE_BYTES + 1)]))).toBe(true);
  });
});

function plain(background = "#3b6ea5") {
  return sharp({ create: { width: 24, height: 16, channels: 3, background } });
}

function blobOf(bytes: Buffer): Blob {
  return new Blob([Uint8Array.from(bytes)]);
}

/** The first box of a file with a major brand and compatible ones. */
function ftyp(...[major = "", ...compatible]: string[]): Blob {
  const length = 16 + 4 * compatible.length;
  const rest = "\0\0\0\x08mdat";
  return new Blob([
    `\0\0\0${String.fromCharCode(length)}ftyp${major}\0\0\0\0${compatible.join("")}${rest}`,
  ]);
}

function png(chunks: string) {
  return Uint8Array.from(Buffer.from(`\x89PNG\r\n\x1a\n${chunks}`, "latin1"));
}
