import type { Hero } from "../domain/hero.ts";
import { offerOf, pictureAt, sizedPath } from "../domain/media.ts";

/** How wide a picture is shown, for the browser to choose a size by (HTML section 4.8.4.2.2). */
interface PictureProps {
  hero: Hero;
  /** The one that readers see first is fetched first, all others when they come into sight. */
  first: boolean;
  /** The value of `sizes`. */
  sizes: string;
  /** True where the words beside it say what it shows. */
  decorative?: boolean;
  /** True where it has the place to itself: a small one is then enlarged no further than looks well. */
  whole?: boolean;
}

/** Enlarged further, a picture is a blur. */
const ENLARGED = 2;

/** Below this width, in pixels, a picture of its own would be enlarged further on a laptop. */
const SMALL = 640;

/** A story's picture: one of the library's in several sizes, any other as it is. */
export function Picture({ hero, first, sizes: wanted, decorative, whole = false }: PictureProps) {
  const { src, width, height, focalPoint, animated } = hero;
  const picture = width === null ? null : pictureAt(src);
  const sized = width !== null && height !== null;
  const small = whole && sized && width < SMALL;
  const scale = small ? ENLARGED : 1;
  const sizes = small ? `min(${width * scale}px, 100vw)` : wanted;
  const common = {
    class: `picture focus-${focalPoint}${sized ? "" : " unsized"}${small ? " small" : ""}`,
    alt: decorative || hero.decorative ? "" : (hero.alt ?? ""),
    width: sized ? width * scale : undefined,
    height: sized ? height * scale : undefined,
    loading: first ? undefined : ("lazy" as const),
    fetchpriority: first ? ("high" as const) : undefined,
    decoding: "async" as const,
  };
  if (!picture || width === null) return <img src={src} {...common} />;
  const offer = offerOf(picture.hash, width);
  // A smaller form of it would be a still: it is shown as it was uploaded, but to who asked for less motion.
  if (animated) {
    return (
      <picture>
        <source media="(prefers-reduced-motion: reduce)" srcset={offer.plain} sizes={sizes} />
        <img src={src} {...common} />
      </picture>
    );
  }
  return (
    <picture>
      <source type="image/avif" srcset={offer.modern} sizes={sizes} />
      <img src={offer.src} srcset={offer.plain} sizes={sizes} {...common} />
    </picture>
  );
}

/** The address under which a story is shared: in a size that who shows it can use, and a format that all can. */
export function sharedPicture({ src, width, height, animated }: Hero): {
  src: string;
  width: number | null;
  height: number | null;
} {
  const picture = width === null || animated ? null : pictureAt(src);
  if (!picture || width === null || height === null) return { src, width, height };
  const shown = Math.min(width, SHARED_WIDTH);
  return {
    src: sizedPath(picture.hash, SHARED_WIDTH, "jpg"),
    width: shown,
    height: Math.round((height * shown) / width),
  };
}

/** What large cards of shared links want at least, in pixels (https://ogp.me). */
const SHARED_WIDTH = 1200;
