/** Where the subject of a picture is, as one of nine places, so that a crop keeps it. */
export const FOCAL_POINTS = [
  "top-left",
  "top",
  "top-right",
  "left",
  "center",
  "right",
  "bottom-left",
  "bottom",
  "bottom-right",
] as const;
export type FocalPoint = (typeof FOCAL_POINTS)[number];

/** The picture that opens a story. `src` is a path on the site or an https URL; sizes in CSS pixels. */
export interface Hero {
  src: string;
  alt: string | null;
  /** True when the picture tells nothing that the text does not: screen readers skip it. */
  decorative: boolean;
  caption: string | null;
  credit: string | null;
  width: number | null;
  height: number | null;
  focalPoint: FocalPoint;
  /** Whether it moves: smaller forms of it would stand still. */
  animated?: boolean;
}

/** Tells whether a picture is so high for its width that it must not be wider than the text. */
export function isTall({
  width,
  height,
}: {
  width: number | null;
  height: number | null;
}): boolean {
  return width !== null && height !== null && height > 0.9 * width;
}

/** Tells whether a reader who cannot see the picture is told what it shows, or that it shows nothing needed. */
export function isDescribed(hero: Hero): boolean {
  return hero.decorative || showsSomething(hero.alt ?? "");
}

/** Tells whether a text has a letter, a digit or a sign in it, and not only what nobody sees. */
export function showsSomething(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}
