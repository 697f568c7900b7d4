import { bin, isGoneForGood } from "../../domain/article.ts";
import { mapEntries, type Arrangement, type Placement } from "../../domain/front.ts";
import { granted, invalid } from "../../domain/problem.ts";
import { isSameJson } from "../../domain/same.ts";
import { deleteStory, storiesQuery } from "../../store/articles.d1.ts";
import type { Write } from "../../store/batch.d1.ts";
import { frontQuery, writeFront } from "../../store/front.d1.ts";
import { picturesOnlyOfQuery, removePictures } from "../../store/media.d1.ts";
import { revokeLinks } from "../../store/preview-links.d1.ts";
import { editionQuery } from "../../store/paper.d1.ts";
import { addressesQuery } from "../../store/paths.d1.ts";
import { closeAddresses } from "../../store/redirects.d1.ts";
import { act, type Acted } from "../act.ts";
import type { CommandContext } from "../context.ts";
import type { Target } from "../endpoint.ts";
import type { Input } from "../input.ts";
import { deleteBytes } from "../media/commands.ts";
import { recordOf } from "./differences.ts";
import { actOn } from "./found.ts";
import { changeOf, storiesChange } from "./plan.ts";
import { articleResponse, type ArticleResponse } from "./response.ts";

// What takes a story away for good: the law, and thirty days in the bin.

/**
 * Removes a story because the law says so: to the bin, every address that it ever had gone for good, and its pictures with it, unless
 * others show them; out of the search, of editors, too. The reason stands in the audit.
 */
export async function removeStory(
  context: CommandContext,
  target: Target,
  { fields: { reason }, issues }: Input<{ reason: string }>,
): Promise<Acted<ArticleResponse>> {
  const { db } = context.store;
  let pictures: { hash: string; kept: string; removedAt: number | null }[] = [];
  const removed = await actOn(context, target, {}, async (found) => {
    const { story, survey: seen, now } = found;
    if (issues.length > 0 || reason === undefined) return invalid(issues);
    [pictures] = await db.read(picturesOnlyOfQuery(target.id));
    // Those that are taken down already may have bytes that a first try left.
    const hashes = pictures.flatMap(({ hash, removedAt }) => (removedAt === null ? [hash] : []));
    const { head, article } = story;
    const binned = bin(article, article.binnedAt ?? now);
    const made = { before: story, article: { ...binned, removedAt: now }, head };
    const change = changeOf(made, seen.settings.timeZone);
    const record = recordOf("remove for legal reasons", change, { reason, pictures: hashes });
    const writes = [
      closeAddresses(article.id),
      revokeLinks(article.id, now),
      ...(hashes.length > 0 ? [removePictures(hashes, { of: article.id, now })] : []),
    ];
    const shows = { pictures: hashes };
    return granted({
      result: articleResponse(change.after, found),
      // Readers and editors look for it in vain from now on. What fails of that the outbox does.
      change: { ...storiesChange([change], seen, [record]), writes, shows, unindexes: true },
    });
  });
  if (removed.ok) await deleteBytes(context, pictures);
  return removed;
}

/** Deletes a story that is past bringing back, with all of its revisions; nothing when it was brought back. */
export function deleteForGood(context: CommandContext, id: string): Promise<Acted<null>> {
  const { db } = context.store;
  return act<null>(context, async (now) => {
    const [[edition], [story], [front], addresses] = await db.read(
      editionQuery(),
      storiesQuery([id], false),
      frontQuery(),
      addressesQuery(id),
    );
    if (!story || story.article.status !== "binned" || !isGoneForGood(story.article, now))
      return granted({ result: null });
    const { version } = story.article;
    const detail = { version, before: { title: story.head.title, status: "binned" }, after: null };
    return granted({
      result: null,
      change: {
        kind: "public",
        writes: [...(front ? withoutEntry(front, id) : []), ...deleteStory(id, version)],
        // What is gone there stays so, but by no story any more.
        shows: { redirects: addresses.map(({ path }) => path) },
        unseen: addresses.length === 0,
        edition: edition?.n ?? 0,
        audit: [{ act: "delete for good", subject: `article:${id}`, detail }],
        reindex: [{ article: id }],
      },
    });
  });
}

/** Takes a story out of the front page, and out of the one that is to come; it stood there unseen. */
function withoutEntry(front: Arrangement, id: string): Write[] {
  const { placement, scheduled } = front;
  const left = (all: Placement) => mapEntries(all, (each) => (each.story === id ? null : each));
  const after = {
    ...front,
    placement: left(placement),
    scheduled: scheduled && { ...scheduled, placement: left(scheduled.placement) },
  };
  return isSameJson(front, after) ? [] : writeFront(front, after);
}
