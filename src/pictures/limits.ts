import type { Bytes } from "./bytes.ts";
import { Refusal } from "./refusal.ts";

/**
 * The largest picture, in pixels and bytes. Sides and pixels are the platform's own bounds for what it
 * makes smaller (https://developers.cloudflare.com/images/get-started/limits/).
 */
export const PICTURE_LIMITS = {
  side: 12_000,
  /** Of one picture, and of all frames of an animation together. */
  pixels: 100_000_000,
  /** Bytes of a colour profile. */
  profile: 1024 * 1024,
} as const;

/**
 * Requires a size that can be shown. It is checked in the header before anything else is read: in a
 * decompression bomb the header is all there is, and what it promises is what a decoder allocates.
 */
export function requireSize(file: Bytes, width: number, height: number): void {
  const { side, pixels } = PICTURE_LIMITS;
  if (width === 0 || height === 0) throw file.damaged(`it is ${width} × ${height} pixels`);
  if (width > side || height > side || width * height > pixels) {
    throw new Refusal(
      "tooLarge",
      `This ${file.format} is ${width} × ${height} pixels; at most ${side} on a side and ` +
        `${pixels / 1e6} megapixels in all can be shown.`,
    );
  }
}

/** Requires that all frames of an animation, each as large as the whole, stay within the pixels of one picture. */
export function requireFrames(file: Bytes, frames: number, width: number, height: number): void {
  if (frames * width * height <= PICTURE_LIMITS.pixels) return;
  throw new Refusal(
    "tooLarge",
    `This ${file.format} has ${frames} frames of ${width} × ${height} pixels; at most ` +
      `${PICTURE_LIMITS.pixels / 1e6} megapixels over all frames can be shown.`,
  );
}
