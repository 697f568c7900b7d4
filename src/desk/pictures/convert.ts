import {
  attemptsFor,
  convertible,
  firstThatFits,
  isMoving,
  isTooLarge,
  jpegName,
  type Attempt,
} from "./fitting.ts";

// Makes JPEGs of what the newsroom does not take, with what the browser itself can decode: HEIC and TIFF in
// Safari, and whatever else is shown in all of them. A JPEG made here has no metadata: read that first, of the file.

/** What became of a file. */
export type Fitted =
  /** As it was. */
  | { kind: "fits"; file: File }
  | { kind: "converted"; file: File }
  /** This browser cannot decode it; another one can, or a program on the editor's machine. */
  | { kind: "cannotDecode" }
  /** It is over what is taken, and cannot be made smaller: `moves` when a JPEG would stand still. */
  | { kind: "tooLarge"; moves: boolean };

/** A file as the newsroom takes it: a JPEG of a HEIC or a TIFF, and of what is over 10 MiB. */
export async function fitForUpload(file: File): Promise<Fitted> {
  if ((await convertible(file)) !== null) return toJpeg(file);
  if (!isTooLarge(file)) return { kind: "fits", file };
  return (await isMoving(file)) ? { kind: "tooLarge", moves: true } : toJpeg(file);
}

/** A JPEG of a picture, of at most 6000 pixels a side and 10 MiB. */
async function toJpeg(file: File): Promise<Fitted> {
  const picture = await decode(file);
  if (picture === null) return { kind: "cannotDecode" };
  try {
    const attempts = attemptsFor(picture.width, picture.height);
    const jpeg = await firstThatFits(attempts, (attempt) => encode(picture.source, attempt));
    if (jpeg === null) return { kind: "tooLarge", moves: false };
    const { lastModified } = file;
    const made = new File([jpeg], jpegName(file.name), { type: "image/jpeg", lastModified });
    return { kind: "converted", file: made };
  } finally {
    picture.close();
  }
}

interface Decoded {
  source: CanvasImageSource;
  /** In pixels, turned as EXIF says. */
  width: number;
  height: number;
  /** Gives the memory back: a large photograph takes a hundred megabytes. */
  close(): void;
}

async function decode(file: Blob): Promise<Decoded | null> {
  return (await decodeAsBitmap(file)) ?? (await decodeAsImage(file));
}

async function decodeAsBitmap(file: Blob): Promise<Decoded | null> {
  try {
    const source = await createImageBitmap(file);
    return { source, width: source.width, height: source.height, close: () => source.close() };
  } catch (error) {
    console.debug("The picture is no bitmap here:", error);
    return null;
  }
}

/** Some versions of Safari show kinds of files as an image that they refuse as a bitmap. */
async function decodeAsImage(file: Blob): Promise<Decoded | null> {
  const source = new Image();
  source.src = URL.createObjectURL(file);
  const close = () => URL.revokeObjectURL(source.src);
  try {
    await source.decode();
  } catch (error) {
    console.debug("The picture is no image here:", error);
    close();
    return null;
  }
  const { naturalWidth: width, naturalHeight: height } = source;
  if (width > 0 && height > 0) return { source, width, height, close };
  close();
  return null;
}

/** Null where the browser has no canvas of that size: iOS has limits, and draws nothing beyond them. */
async function encode(
  source: CanvasImageSource,
  { width, height, quality }: Attempt,
): Promise<Blob | null> {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) return null;
  try {
    // JPEG knows no transparency, and would make it black.
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    context.drawImage(source, 0, 0, width, height);
    const [, , , opacity] = context.getImageData(width - 1, height - 1, 1, 1).data;
    return opacity === 255 ? await jpegOf(canvas, quality) : null;
  } catch (error) {
    console.debug(`The picture cannot be drawn at ${width} × ${height} pixels:`, error);
    return null;
  } finally {
    // Safari keeps the memory of a canvas until it has no size.
    canvas.width = 0;
    canvas.height = 0;
  }
}

function createCanvas(width: number, height: number): HTMLCanvasElement | OffscreenCanvas {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

function jpegOf(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  quality: number,
): Promise<Blob | null> {
  if ("convertToBlob" in canvas) return canvas.convertToBlob({ type: "image/jpeg", quality });
  return new Promise((resolve) => {
    canvas.toBlob(resolve, "image/jpeg", quality);
  });
}
