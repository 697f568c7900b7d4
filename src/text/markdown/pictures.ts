import { showsSomething } from "../../domain/hero.ts";
import { mediaPathOf, offerOf, originalPath, pictureAt, type Picture } from "../../domain/media.ts";
import { escapeAttribute, escapeText } from "./safety.ts";

/** How wide a picture of the body is shown: as wide as the text, or the screen. */
export const BODY_SIZES = "(min-width: 60em) min(75vw, 48rem), 94vw";

/** The same of a picture in a gallery, by its columns: on a small screen there are two. */
export const GALLERY_SIZES = {
  2: "(min-width: 60em) min(37vw, 24rem), 46vw",
  3: "(min-width: 60em) min(25vw, 16rem), (min-width: 40em) 30vw, 46vw",
} as const;

/** The same of a chart's still picture: a card is as wide as the text. */
const STILL_SIZES = "(min-width: 44em) 40rem, 94vw";

/** A picture as the Markdown names it. `text` is what stands between the brackets, `alt` that without markup. */
export interface WrittenPicture {
  url: string;
  text: string;
  alt: string;
  title: string;
  /** Digits: how large the author says that it is, for a picture that is not the library's. */
  width?: string | undefined;
  height?: string | undefined;
  /** How wide it is shown. */
  sizes?: string;
}

/** Writes the pictures of one body, and remembers which they are. */
export class PictureWriter {
  readonly pictures: string[] = [];
  readonly undescribed: string[] = [];
  readonly unknown: string[] = [];
  readonly #library: ReadonlyMap<string, Picture>;
  readonly #siteOrigin: string;

  constructor(library: ReadonlyMap<string, Picture>, siteOrigin: string) {
    this.#library = library;
    this.#siteOrigin = siteOrigin;
  }

  /** The picture's own tags. */
  write({ url, text, alt, title, width, height, sizes = BODY_SIZES }: WrittenPicture): string {
    const picture = this.find(url);
    if (picture) this.pictures.push(picture.hash);
    else if (mediaPathOf(url, this.#siteOrigin) !== null) this.unknown.push(url);
    // A blank between the brackets says that there is nothing to say; nothing at all says nothing.
    const decorative = (text !== "" && text.trim() === "") || picture?.decorative === true;
    const told = showsSomething(alt) ? alt : decorative ? "" : (picture?.alt ?? "");
    if (told === "" && !decorative) this.undescribed.push(url);
    const hint = title ? ` title="${escapeAttribute(title)}"` : "";
    const rest = `alt="${escapeAttribute(told)}"${hint} loading="lazy" decoding="async">`;
    const size = width && height ? `width="${width}" height="${height}" ` : "";
    if (!picture) return `<img src="${escapeAttribute(url)}" ${size}${rest}`;
    return writePicture(picture, rest, sizes);
  }

  /** The still picture of a chart: the library's words for it, or else those of its card. */
  writeStill(picture: Picture, words: string): string {
    this.pictures.push(picture.hash);
    const alt = showsSomething(picture.alt ?? "") ? (picture.alt ?? "") : words;
    const rest = `alt="${escapeAttribute(alt)}" loading="lazy" decoding="async">`;
    return writePicture(picture, rest, STILL_SIZES);
  }

  /** The library's picture that an address means, written with the site's own origin or without. */
  find(url: string): Picture | undefined {
    return this.#library.get(pictureAt(mediaPathOf(url, this.#siteOrigin) ?? "")?.hash ?? "");
  }
}

/** Width and height keep its place while it loads; an animation stands still for who asked for less motion. */
function writePicture(
  { hash, name, animated, width, height }: Picture,
  rest: string,
  sizes: string,
): string {
  const { modern, plain, src } = offerOf(hash, width);
  const size = `width="${width}" height="${height}"`;
  if (animated) {
    return (
      `<picture><source media="(prefers-reduced-motion: reduce)" srcset="${plain}" sizes="${sizes}">` +
      `<img src="${originalPath(hash, name)}" ${size} ${rest}</picture>`
    );
  }
  return (
    `<picture><source type="image/avif" srcset="${modern}" sizes="${sizes}">` +
    `<img src="${src}" srcset="${plain}" sizes="${sizes}" ${size} ${rest}</picture>`
  );
}

/** What stands under a picture: its caption, and who made it. Both are escaped here. */
export function writeCaption(caption: string, credit: string | null): string {
  const by = credit ? `<small class="credit">${escapeText(credit)}</small>` : "";
  const words = [escapeText(caption), by].filter(Boolean).join(" ");
  return words && `<figcaption>${words}</figcaption>`;
}
