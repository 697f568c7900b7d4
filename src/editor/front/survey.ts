import {
  entriesOf,
  mapEntries,
  ownPictureOf,
  type Arrangement,
  type Placement,
} from "../../domain/front.ts";
import { hashesIn, type Picture } from "../../domain/media.ts";
import {
  frontQuery,
  placedStoriesQuery,
  removedFrontPicturesQuery,
  seenWithoutFrontQuery,
  writeFront,
  type PlacedStory,
} from "../../store/front.d1.ts";
import { picturesQuery } from "../../store/media.d1.ts";
import type { Store } from "../../store/open.ts";
import { editionQuery } from "../../store/paper.d1.ts";
import { isSameJson } from "../../domain/same.ts";
import type { Change } from "../change.ts";

// What an act on the front page reads before it decides, and what follows from what it makes of the front.

/** The front page as it is, and what is known of everything that it or a request names. */
export interface SeenFront {
  edition: number;
  front: Arrangement;
  stories: Map<string, PlacedStory>;
  /** The library's pictures that the request names, by hash; also those taken down. */
  pictures: Map<string, Picture>;
  /** Of the pictures that the front has of its own, those that were taken down. */
  removed: Set<string>;
  /** Pictures that readers see without the front page. */
  seenAnyway: Set<string>;
}

/** Reads it all in one round trip; `asked` are ids of stories and addresses of pictures that a request names. */
export async function surveyFront(
  { db }: Store,
  asked: { stories: string[]; sources: string[] } = { stories: [], sources: [] },
): Promise<SeenFront> {
  const hashes = hashesIn(asked.sources.join(" "));
  const [[edition], [front], stories, pictures, removed, seen] = await db.read(
    editionQuery(),
    frontQuery(),
    placedStoriesQuery(asked.stories),
    picturesQuery(hashes, []),
    removedFrontPicturesQuery(),
    seenWithoutFrontQuery(hashes),
  );
  if (!front) throw new Error("There is no row in the table front: migration 0001 makes it.");
  return {
    edition: edition?.n ?? 0,
    front,
    stories: new Map(stories.map((story) => [story.id, story])),
    pictures: new Map(pictures.map((picture) => [picture.hash, picture])),
    removed: new Set(removed.map(({ hash }) => hash)),
    seenAnyway: new Set(seen.map(({ hash }) => hash)),
  };
}

/** Makes of the front that it was what it is now, with the record of the act; public if what is up is another one. */
export function changeOf(
  seen: SeenFront,
  after: Arrangement,
  audit: Pick<Change["audit"][number], "act" | "detail">,
): Change {
  const { front: before } = seen;
  const written = {
    writes: writeFront(before, after),
    audit: [{ ...audit, subject: "front" }],
  };
  if (isSameJson(before.placement, after.placement)) return { kind: "private", ...written };
  const [was, is] = [before, after].map(({ placement }) => picturesShown(placement, seen));
  // What waits for its hour is placed without a trace; the edition moves, since it may come out at this moment.
  if (isSameJson(shownOf(before.placement, seen), shownOf(after.placement, seen)))
    return { kind: "private", ...written, edition: seen.edition };
  const flips = (from?: Set<string>, to?: Set<string>) =>
    [...(to ?? [])].filter((hash) => !from?.has(hash) && !seen.seenAnyway.has(hash));
  const frontPictures = { shown: flips(was, is), hidden: flips(is, was) };
  return {
    kind: "public",
    ...written,
    shows: { front: true, frontPictures },
    seenAt: ["/"],
    takesAway: frontPictures.hidden.length > 0,
    edition: seen.edition,
  };
}

/** What readers see of a placement: the entries whose stories are live. */
function shownOf(placement: Placement, { stories }: SeenFront): Placement {
  return mapEntries(placement, (entry) => (stories.get(entry.story)?.live === 1 ? entry : null));
}

/** The library's pictures that entries have of their own and readers see: their stories are live. */
function picturesShown(placement: Placement, { stories }: SeenFront): Set<string> {
  return new Set(
    entriesOf(placement).flatMap(({ entry }) =>
      stories.get(entry.story)?.live === 1 ? (ownPictureOf(entry) ?? []) : [],
    ),
  );
}

/** What of the front an act changed, as it was and as it is: for the audit. */
export function differenceOf(before: Arrangement, after: Arrangement): Record<string, unknown> {
  const told = ({ placement, scheduled }: Arrangement): Record<string, unknown> => ({
    ...placement,
    scheduled: scheduled && {
      ...scheduled.placement,
      scheduledFor: new Date(scheduled.at).toISOString(),
    },
  });
  const [was, is] = [told(before), told(after)];
  const changed = Object.keys(is).filter((name) => !isSameJson(was[name], is[name]));
  const only = (side: Record<string, unknown>) =>
    Object.fromEntries(changed.map((name) => [name, side[name] ?? null]));
  return { before: only(was), after: only(is) };
}
