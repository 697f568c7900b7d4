import { withoutPictures, type Arrangement } from "../../domain/front.ts";
import { isSameJson } from "../../domain/same.ts";
import type { Write } from "../../store/batch.d1.ts";
import { writeFront } from "../../store/front.d1.ts";

/** Takes a picture from the front page that is up and from the one that is to come, if they have it of their own. */
export function frontWithout(
  front: Arrangement,
  hash: string,
): { writes: Write[]; shows?: { front: true } } {
  const gone = new Set([hash]);
  const placement = withoutPictures(front.placement, gone);
  const { scheduled } = front;
  const after: Arrangement = {
    ...front,
    placement,
    scheduled: scheduled && { ...scheduled, placement: withoutPictures(scheduled.placement, gone) },
  };
  if (isSameJson(front, after)) return { writes: [] };
  const isUp = !isSameJson(front.placement, placement);
  return { writes: writeFront(front, after), ...(isUp && { shows: { front: true } }) };
}
