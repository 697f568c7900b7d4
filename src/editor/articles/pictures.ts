import type { Content, Revision } from "../../domain/revision.ts";
import { isDescribed, type Hero } from "../../domain/hero.ts";
import {
  mediaPathOf,
  originalPath,
  pictureAt,
  type Picture,
  type PictureNotes,
} from "../../domain/media.ts";
import type { Issue } from "../../domain/problem.ts";
import { may, type Actor } from "../../domain/role.ts";
import type { StoryFields } from "./schema.ts";

// What a story's pictures are, by what the editor wrote and what the library knows of them.

/** The library's pictures that a story may name, by hash. */
export type Library = ReadonlyMap<string, Picture>;

/** The library as an actor may know it: what is noted of another's picture that readers do not see is not for contributors. */
export function libraryFor(
  actor: Actor,
  { pictures, unseen }: { pictures: Library; unseen: ReadonlySet<string> },
): Library {
  if (may(actor, "see every picture")) return pictures;
  return new Map(
    [...pictures].map(([hash, picture]) => {
      const known = !unseen.has(hash) || picture.createdBy === actor.id;
      return [hash, known ? picture : { ...picture, ...NO_NOTES }];
    }),
  );
}

/** Still pictures of charts as an actor may know them: what others noted of one is not for contributors. */
export function stillsFor(actor: Actor, stills: ReadonlyMap<string, Picture>): typeof stills {
  if (may(actor, "see every picture")) return stills;
  return new Map(
    [...stills].map(([chart, picture]) => {
      return [chart, picture.createdBy === actor.id ? picture : { ...picture, ...NO_NOTES }];
    }),
  );
}

/** What is noted of a picture before anyone has. */
export const NO_NOTES: PictureNotes = {
  alt: null,
  decorative: false,
  caption: null,
  credit: null,
  focalPoint: "center",
};

/** The hero as it is saved: of a picture of the library, everything that the editor left out is as the library says. */
export function composeHero(
  sent: NonNullable<StoryFields["hero"]>,
  library: Library,
  origin: string,
): { hero: Hero; issues: Issue[] } {
  const path = mediaPathOf(sent.src, origin);
  const named = pictureAt(path ?? "");
  const picture = named ? library.get(named.hash) : undefined;
  const hero: Hero = {
    src: picture ? originalPath(picture.hash, picture.name) : sent.src,
    alt: sent.alt === undefined ? (picture?.alt ?? null) : sent.alt,
    decorative: sent.decorative ?? (sent.alt ? false : (picture?.decorative ?? false)),
    caption: sent.caption === undefined ? (picture?.caption ?? null) : sent.caption,
    credit: sent.credit === undefined ? (picture?.credit ?? null) : sent.credit,
    width: picture?.width ?? sent.width ?? null,
    height: picture?.height ?? sent.height ?? null,
    focalPoint: sent.focalPoint ?? picture?.focalPoint ?? "center",
    ...(picture?.animated ? { animated: true } : {}),
  };
  const unknown = path !== null && !picture;
  return { hero, issues: unknown ? [{ path: "hero.src", message: noPicture(sent.src) }] : [] };
}

/** What is told of an address that no picture of the library has. */
export function noPicture(src: string): string {
  return `There is no picture ${src}; upload it first (POST /media).`;
}

/** What keeps a story from being published: a picture that who cannot see it is told nothing of, or one taken down. */
export function pictureIssues(
  { hero, undescribed, pictures }: Pick<Content & Revision, "hero" | "undescribed" | "pictures">,
  library: Library,
): Issue[] {
  const issues: Issue[] = [];
  if (hero !== null && !isDescribed(hero)) {
    const message = "A picture needs alt, or decorative: true, before its story can be published.";
    issues.push({ path: "hero.alt", message });
  }
  if (undescribed !== null) {
    const message =
      `The picture ${undescribed} needs alt text, ![what it shows](…), before its story can be published; ` +
      "if it tells nothing that the text does not, a blank between the brackets says so: ![ ](…).";
    issues.push({ path: "body", message });
  }
  const opening = pictureAt(hero?.src ?? "")?.hash;
  for (const hash of pictures) {
    if (library.get(hash)?.removedAt == null) continue;
    const message = `The picture ${hash} was taken down; take it out of the story, or upload it again.`;
    issues.push({ path: hash === opening ? "hero.src" : "body", message });
  }
  return issues;
}
