import type { Hero } from "../domain/hero.ts";
import { CROPS, croppedPath, PICTURE_TYPES, pictureAt, sizedPath } from "../domain/media.ts";
import { shareCardPath } from "../domain/paths.ts";
import type { Site, Story } from "../domain/published.ts";

// Under which picture a story is shared: its own, cropped to the size of shared links at its focal point; else the paper's card with
// its headline. Where no pictures are made, its own as it was uploaded, or none.

/** A picture with its true size in pixels, null where nobody knows it; `type` is null where it may be any. */
export interface SharedPicture {
  kind: "crop" | "card" | "whole" | "original";
  /** A path on the site, or the https URL of a picture elsewhere. */
  src: string;
  width: number | null;
  height: number | null;
  type: string | null;
}

/** The picture that a story is shared with, in one of the fixed sizes; null for none. */
export function shareOf(
  { drawsPictures }: Pick<Site, "drawsPictures">,
  { id, hero }: Pick<Story, "id" | "hero">,
  size: { width: number; height: number } = CROPS.shared,
): SharedPicture | null {
  if (!drawsPictures) return hero && originalOf(hero);
  const cropped = hero && cropOf(hero, size);
  if (cropped) return cropped;
  // Nor can a picture elsewhere be cropped: its bytes are not here.
  return { kind: "card", src: shareCardPath(id), ...CROPS.shared, type: "image/png" };
}

function cropOf(
  { src, width, height, focalPoint }: Hero,
  size: { width: number; height: number },
): SharedPicture | null {
  const picture = pictureAt(src);
  if (!picture || width === null || height === null) return null;
  const path = croppedPath(picture.hash, { width, height, focalPoint }, size);
  return { kind: "crop", src: path, ...size, type: "image/jpeg" };
}

/** In pixels: what whoever shows it elsewhere wants at least, and a slow line carries. */
const WHOLE_WIDTH = 1200;

/** A picture uncropped, in a format that every program reads; one that moves, or is elsewhere, as it is. */
export function wholeOf(hero: Hero): SharedPicture {
  const { src, width, height, animated } = hero;
  const picture = animated ? null : pictureAt(src);
  if (!picture || width === null || height === null) return originalOf(hero);
  const shown = Math.min(width, WHOLE_WIDTH);
  return {
    kind: "whole",
    src: sizedPath(picture.hash, WHOLE_WIDTH, "jpg"),
    width: shown,
    height: Math.round((height * shown) / width),
    type: "image/jpeg",
  };
}

/** A picture as it was uploaded, or as it is elsewhere. */
export function originalOf({ src, width, height }: Hero): SharedPicture {
  const ending = pictureAt(src)?.name.split(".").at(-1);
  const type = Object.entries(PICTURE_TYPES).find(([, name]) => name === ending)?.[0] ?? null;
  return { kind: "original", src, width, height, type };
}
