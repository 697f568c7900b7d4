import type { Hero } from "../domain/hero.ts";

/** A story's picture. The one that readers see first is fetched first, all others when they come into sight. */
export function Picture({
  hero,
  first,
  decorative,
}: {
  hero: Hero;
  first: boolean;
  decorative?: boolean;
}) {
  const { src, width, height, focalPoint } = hero;
  const sized = width !== null && height !== null;
  return (
    <img
      class={`picture focus-${focalPoint}${sized ? "" : " unsized"}`}
      src={src}
      alt={decorative || hero.decorative ? "" : (hero.alt ?? "")}
      width={sized ? width : undefined}
      height={sized ? height : undefined}
      loading={first ? undefined : "lazy"}
      fetchpriority={first ? "high" : undefined}
      decoding="async"
    />
  );
}
