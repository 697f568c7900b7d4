import { hashesIn, pictureAt } from "../../domain/media.ts";
import { renderMarkdown } from "../../text/markdown.ts";
import { granted } from "../../domain/problem.ts";
import { RENDERER } from "../../domain/renderer.ts";
import { picturesQuery } from "../../store/media.d1.ts";
import { editionQuery, moveEdition, readSettings, settingsQuery } from "../../store/paper.d1.ts";
import {
  livePicturesQuery,
  outdatedQuery,
  windowQuery,
  writeRenderings,
  type Rendered,
  type Rendering,
} from "../../store/renderings.d1.ts";
import { act, type Acted } from "../act.ts";
import type { PublicChange } from "../change.ts";
import type { CommandContext } from "../context.ts";
import type { Rerendered } from "./schema.ts";
import { libraryFor } from "../articles/pictures.ts";

// Makes HTML anew that an older renderer made: of what is live, scheduled or head. History stays as it was.

/** Renders a batch of stories again: those after `after`, at most `limit`. Purges the pages that came out otherwise. */
export function rerenderStories(
  context: CommandContext,
  { after, limit }: { after: string; limit: number },
): Promise<Acted<Rerendered>> {
  const { db, origin } = context.store;
  return act<Rerendered>(context, async () => {
    const [[edition], settings, outdated, [window]] = await db.read(
      editionQuery(),
      settingsQuery(),
      outdatedQuery(RENDERER, { after, limit }),
      windowQuery(after),
    );
    const ids = [...new Set(outdated.map(({ articleId }) => articleId))];
    const isWhole = ids.length < limit;
    const next = isWhole ? (window?.more === 1 ? window.last : null) : (ids.at(-1) ?? null);
    if (outdated.length === 0)
      return granted({ result: { rendered: 0, changed: [], failed: [], next } });

    const hashes = [...new Set(outdated.flatMap(({ body, hero }) => hashesIn(`${hero} ${body}`)))];
    const [pictures, seen] = await db.read(picturesQuery(hashes, []), livePicturesQuery(ids));
    const library = libraryFor(context.actor, {
      pictures: new Map(pictures.map((picture) => [picture.hash, picture])),
      unseen: new Set(),
    });
    const { language } = readSettings(settings);
    const failed: Rerendered["failed"] = [];
    const made = outdated.flatMap((revision): { was: Rendering; is: Rendered }[] => {
      const outcome = renderMarkdown(revision.body, {
        language: revision.language ?? language,
        siteOrigin: origin,
        library,
      });
      if (!outcome.ok) {
        failed.push({ id: revision.articleId, revision: revision.n, message: outcome.message });
        return [];
      }
      const { html, words, pictures: shown, undescribed } = outcome.value;
      const { articleId, n } = revision;
      const opening = pictureAt(revision.hero ?? "")?.hash ?? "";
      const known = [...new Set([opening, ...shown])].filter((hash) => library.has(hash)).sort();
      const is = {
        articleId,
        n,
        html,
        words,
        undescribed: undescribed[0] ?? null,
        pictures: known,
      };
      return [{ was: revision, is }];
    });
    // The number of words is in the page's metadata.
    const turned = made.filter(
      ({ was, is }) => was.path !== null && (was.html !== is.html || was.words !== is.words),
    );
    const result = {
      rendered: made.length,
      changed: turned.map(({ was }) => `${origin}${was.path}`),
      failed,
      next,
    };
    if (made.length === 0) return granted({ result });
    const writes = writeRenderings(
      made.map(({ is }) => is),
      RENDERER,
    );
    const detail = { renderer: RENDERER, stories: ids.length, changed: turned.length };
    const audit = [{ act: "rerender", subject: "articles", detail }];
    // One that is published meanwhile would be changed behind its readers' back: then everything is read again.
    if (turned.length === 0) {
      const held = moveEdition(edition?.n ?? 0);
      return granted({ result, change: { kind: "private", writes: [...writes, held], audit } });
    }
    const seenOf = Map.groupBy(seen, ({ articleId }) => articleId);
    const turnedPictures = turned.flatMap(({ is }) => {
      const before = (seenOf.get(is.articleId) ?? []).map(({ hash }) => hash);
      const lost = before.filter((hash) => !is.pictures.includes(hash));
      return [...lost, ...is.pictures.filter((hash) => !before.includes(hash))];
    });
    const change: PublicChange = {
      kind: "public",
      writes,
      audit,
      edition: edition?.n ?? 0,
      takesAway: turned.some(({ is }) =>
        seenOf.get(is.articleId)?.some(({ hash }) => !is.pictures.includes(hash)),
      ),
      seenAt: turned.slice(0, 3).flatMap(({ was }) => was.path ?? []),
      shows: {
        rendered: turned.map(({ was }) => ({ articleId: was.articleId, path: was.path ?? "" })),
        pictures: [...new Set(turnedPictures)],
      },
    };
    return granted({ result, change });
  });
}
