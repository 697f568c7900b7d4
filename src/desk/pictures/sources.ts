import { addressOf } from "../api.ts";

/** The widths, in pixels, in which the library shows pictures to editors. */
export type ThumbnailWidth = 160 | 320 | 640;

/** Where the desk loads a picture from: one of the library small, and whether readers may see it or not. */
export function sourceOf(src: string, width: ThumbnailWidth): string {
  const [, hash] = /^\/media\/([^/]+)\//.exec(src) ?? [];
  return hash === undefined ? src : addressOf(`/media/${hash}/thumbnail`, { width });
}
