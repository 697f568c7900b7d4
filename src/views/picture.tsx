import type { Hero } from "../domain/hero.ts";
import { offerOf, pictureAt } from "../domain/media.ts";

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
  const small = whole && isSmall(hero);
  const scale = small ? ENLARGED : 1;
  const sizes = sizesOf(hero, { sizes: wanted, whole });
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

function isSmall({ width, height }: Hero): boolean {
  return width !== null && height !== null && width < SMALL;
}

/** How wide it is shown, for the browser to choose a size by. */
function sizesOf(hero: Hero, { sizes, whole = false }: Pick<PictureProps, "sizes" | "whole">) {
  return whole && isSmall(hero) ? `min(${(hero.width ?? 0) * ENLARGED}px, 100vw)` : sizes;
}

/**
 * The value of a Link header that has a picture fetched before its page is read: what a browser that reads AVIF takes of the
 * element above, with its `srcset` and `sizes`, or it would fetch two. Others pass over it. Null for what is no picture of the
 * library, or is shown as it was uploaded.
 */
export function hintOf(hero: Hero, shown: Pick<PictureProps, "sizes" | "whole">): string | null {
  const picture = hero.width === null || hero.animated ? null : pictureAt(hero.src);
  if (!picture || hero.width === null) return null;
  const { modern } = offerOf(picture.hash, hero.width);
  const [first = ""] = modern.split(" ");
  const parameters = `as=image; type="image/avif"; imagesrcset="${modern}"; imagesizes="${sizesOf(hero, shown)}"`;
  return `<${first}>; rel=preload; ${parameters}; fetchpriority=high`;
}
