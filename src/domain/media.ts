import { base32 } from "./base32.ts";
import type { FocalPoint } from "./hero.ts";

// Pictures: what the newsroom keeps of one, and the addresses at which readers get it.

/** The kinds of pictures that are taken, with the ending that their names get. */
export const PICTURE_TYPES = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/avif": "avif",
  "image/gif": "gif",
} as const;
export type PictureType = keyof typeof PICTURE_TYPES;

/** The formats that a picture is made smaller in, by the ending of the address. */
export const SIZED_FORMATS = {
  avif: "image/avif",
  webp: "image/webp",
  jpg: "image/jpeg",
} as const;
export type SizedFormat = keyof typeof SIZED_FORMATS;

/** The most that a picture may have, in bytes. */
export const PICTURE_BYTES = 10 * 1024 * 1024;

/** The widths that a picture is made smaller to, in pixels: a fixed list, since every form is billed once a month. */
export const WIDTHS = [320, 480, 720, 960, 1200, 1920] as const;

/** The widest AVIF that the platform makes (https://developers.cloudflare.com/images/get-started/limits/). */
const AVIF_WIDTH = 1200;

/** The width of the form that browsers without `srcset` get. */
const PLAIN_WIDTH = 960;

/** What stories are told of a picture unless they say it themselves. */
export interface PictureNotes {
  alt: string | null;
  /** True when the picture tells nothing that the text does not. */
  decorative: boolean;
  caption: string | null;
  credit: string | null;
  focalPoint: FocalPoint;
}

/** A picture of the newsroom's library. Times in epoch milliseconds, sizes in pixels as shown. */
export interface Picture extends PictureNotes {
  /** 160 bits of the SHA-256 of the kept bytes, in base32. */
  hash: string;
  /** The last segment of its address, with the ending of its type. */
  name: string;
  type: PictureType;
  width: number;
  height: number;
  bytes: number;
  animated: boolean;
  /** Names its bytes in the bucket, together with the hash. */
  kept: string;
  createdAt: number;
  createdBy: string;
  /** When it was taken down: its addresses return 410, and its bytes are gone. */
  removedAt: number | null;
}

/** What a picture is kept under: 160 bits of the SHA-256 of its bytes, in base32. */
export async function hashOfPicture(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes.slice());
  return base32(new Uint8Array(digest).subarray(0, 20));
}

/** The address of a picture as it was uploaded, without its metadata. */
export function originalPath(hash: string, name: string): string {
  return `/media/${hash}/${name}`;
}

/** The address of a picture at one of the fixed widths. */
export function sizedPath(hash: string, width: number, format: SizedFormat): string {
  return `/media/${hash}/${width}.${format}`;
}

/** The path below /media that an address means, however it is written, or null for any other address. */
export function mediaPathOf(address: string, origin: string): string | null {
  // As a browser resolves it on a story's page, which stands one below its section.
  const url = URL.parse(address, `${origin}/section/story`);
  return url?.origin === origin && url.pathname.startsWith("/media/") ? url.pathname : null;
}

const ADDRESS = /^\/media\/([a-z2-7]{32})\/([^/?#]+)$/;

/** The picture that an address on this site means, or null for any other address. */
export function pictureAt(path: string): { hash: string; name: string } | null {
  const [, hash, name] = ADDRESS.exec(path) ?? [];
  return hash !== undefined && name !== undefined ? { hash, name } : null;
}

/** A form that a picture is made in: as wide as said and whole, or cropped to a height. */
export interface Form {
  /** In pixels. */
  width: number;
  format: SizedFormat;
  /** The height in pixels, and the edge of the picture that stays. */
  crop?: { height: number; keep: Edge };
}

/** What a crop keeps: it takes something away at the sides or at top and bottom, never both. */
export const EDGES = ["left", "right", "top", "bottom", "center"] as const;
type Edge = (typeof EDGES)[number];

/** The sizes that pictures are cropped to, in pixels: what is shared, and the ratios that search engines ask for. */
export const CROPS = {
  shared: { width: 1200, height: 630 },
  wide: { width: 1200, height: 675 },
  classic: { width: 1200, height: 900 },
  square: { width: 1200, height: 1200 },
} as const;

/** The last segment of a form's address. */
export function nameOfForm({ width, format, crop }: Form): string {
  return crop ? `${width}x${crop.height}-${crop.keep}.${format}` : `${width}.${format}`;
}

/** The form that a name says: one of the fixed widths, or one of the fixed crops; null when it is the name of an original. */
export function formNamed(name: string): Form | null {
  const [, digits, height, keep, format = ""] =
    /^([1-9]\d{0,4})(?:x([1-9]\d{0,4})-([a-z]+))?\.(avif|webp|jpg)$/.exec(name) ?? [];
  const width = Number(digits);
  if (height === undefined) {
    const isOffered = (WIDTHS as readonly number[]).includes(width);
    return isOffered ? { width, format: format as SizedFormat } : null;
  }
  const edge = EDGES.find((each) => each === keep);
  const isCrop = Object.values(CROPS).some(
    (crop) => crop.width === width && crop.height === Number(height),
  );
  // Who shows shared links, and who crawls, reads JPEG.
  if (!edge || !isCrop || format !== "jpg") return null;
  return { width, format: "jpg", crop: { height: Number(height), keep: edge } };
}

/** The address of a picture cropped so that what is at its focal point stays. */
export function croppedPath(
  hash: string,
  picture: { width: number; height: number; focalPoint: FocalPoint },
  { width, height }: { width: number; height: number },
): string {
  const keep = edgeOf(picture, width / height);
  return `/media/${hash}/${nameOfForm({ width, format: "jpg", crop: { height, keep } })}`;
}

/** Of a picture that is too wide, left and right decide; of one that is too high, top and bottom. */
function edgeOf(
  { width, height, focalPoint }: { width: number; height: number; focalPoint: FocalPoint },
  ratio: number,
): Edge {
  const sides =
    width / height > ratio ? (["left", "right"] as const) : (["top", "bottom"] as const);
  return sides.find((side) => focalPoint.split("-").includes(side)) ?? "center";
}

/** Every hash that a text names in an address of a picture: more than it shows, never less. */
export function hashesIn(text: string): string[] {
  return [
    ...new Set([...text.matchAll(/\/media\/([a-z2-7]{32})\//g)].map(([, hash = ""]) => hash)),
  ];
}

/** The forms in which pages offer a picture, those for most readers first. Of one that moves, only the stills. */
export function offeredForms({
  width,
  animated,
}: Pick<Picture, "width" | "animated">): { width: number; format: SizedFormat }[] {
  const wide = offeredWidths(width);
  const modern = wide.map((each) => ({ width: each, format: modernFormat(each) }));
  const plain = wide.map((each) => ({ width: each, format: "jpg" as const }));
  return animated ? plain : [...modern, ...plain];
}

function offeredWidths(width: number): number[] {
  return WIDTHS.filter((each, index) => each < width || width > (WIDTHS[index - 1] ?? 0));
}

function modernFormat(width: number): SizedFormat {
  return width <= AVIF_WIDTH ? "avif" : "webp";
}

/** What an `img` needs to offer a picture in several sizes. */
export interface Offer {
  /** For browsers that read AVIF. */
  modern: string;
  /** JPEG, for all others. */
  plain: string;
  /** For browsers without `srcset`. */
  src: string;
}

/** The sizes in which a picture of this width is offered: none wider than it is, but for the one that shows it whole. */
export function offerOf(hash: string, width: number): Offer {
  const wide = offeredWidths(width);
  const srcset = (formatOf: (each: number) => SizedFormat) =>
    wide
      .map((each) => `${sizedPath(hash, each, formatOf(each))} ${Math.min(each, width)}w`)
      .join(", ");
  const largest = wide.at(-1) ?? PLAIN_WIDTH;
  return {
    // Whoever reads AVIF reads WebP, too, which has no such limit.
    modern: srcset(modernFormat),
    plain: srcset(() => "jpg"),
    src: sizedPath(hash, Math.min(PLAIN_WIDTH, largest), "jpg"),
  };
}
