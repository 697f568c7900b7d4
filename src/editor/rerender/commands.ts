import { isPaidFor } from "../../domain/kinds.ts";
import { hashesIn, pictureAt, type Picture } from "../../domain/media.ts";
import { renderMarkdown } from "../../text/markdown.ts";
import { granted } from "../../domain/problem.ts";
import { RENDERER } from "../../domain/renderer.ts";
import { picturesQuery } from "../../store/media.d1.ts";
import { editionQuery, readSettings, settingsQuery } from "../../store/paper.d1.ts";
import {
  livePicturesQuery,
  outdatedQuery,
  windowQuery,
  writeRenderings,
  type Rendered,
  type Rendering,
} from "../../store/renderings.d1.ts";
import { writeCharts } from "../../store/stills.d1.ts";
import { act, type Acted } from "../act.ts";
import type { PublicChange } from "../change.ts";
import type { CommandContext } from "../context.ts";
import type { Rerendered } from "./schema.ts";
import { libraryFor } from "../articles/pictures.ts";
import { readStills, type Stills } from "../stills/stills.ts";

// Makes HTML anew that an older renderer made: of what is live, scheduled or head. History stays as it was.

/** Renders stories again of which something is outdated; false when others were always faster. */
export async function renderAgain(context: CommandContext, ids: string[]): Promise<boolean> {
  return (await rerenderStories(context, { after: "", limit: ids.length, of: ids })).ok;
}

/**
 * Renders a batch of stories again: those after `after`, at most `limit`; or some of them, `of`. Purges the pages that came out
 * otherwise.
 */
export function rerenderStories(
  context: CommandContext,
  { after, limit, of = null }: { after: string; limit: number; of?: string[] | null },
): Promise<Acted<Rerendered>> {
  const { db, origin } = context.store;
  return act<Rerendered>(context, async (now) => {
    const [[edition], settings, outdated, [window]] = await db.read(
      editionQuery(),
      settingsQuery(),
      outdatedQuery(RENDERER, { after, limit, of }),
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
    const stills = await readStills(
      { db },
      outdated.map(({ body }) => body),
    );
    const { made, failed } = remake(outdated, { language, siteOrigin: origin, library, stills });
    const changed = made.filter(isSeenOtherwise);
    const paths = changed.map(({ was }) => `${origin}${was.path}`);
    const result = { rendered: made.length, changed: paths, failed, next };
    if (made.length === 0) return granted({ result });
    const detail = { renderer: RENDERER, stories: ids.length, changed: changed.length };
    const written = {
      writes: [
        ...writeRenderings(
          made.map(({ is }) => is),
          RENDERER,
        ),
        ...writeCharts(
          made.map(({ is, charts }) => ({ id: is.articleId, charts })),
          now,
        ),
      ],
      audit: [{ act: "rerender", subject: "articles", detail }],
      // One that is published meanwhile would be changed behind its readers' back: then everything is read again.
      edition: edition?.n ?? 0,
      reindex: ids.map((article) => ({ article })),
    };
    if (changed.length === 0) return granted({ result, change: { kind: "private", ...written } });
    const shown = whatReadersSee(changed, seen);
    return granted({ result, change: { kind: "public", ...written, ...shown } });
  });
}

/** A revision that was rendered again: as it was, and as it is. */
interface Remade {
  was: Rendering;
  is: Rendered;
  /** Keys of the charts elsewhere that it shows. */
  charts: string[];
}

interface Setting {
  language: string;
  siteOrigin: string;
  library: ReadonlyMap<string, Picture>;
  stills: Stills;
}

function remake(
  outdated: Rendering[],
  { language, siteOrigin, library, stills }: Setting,
): { made: Remade[]; failed: Rerendered["failed"] } {
  const failed: Rerendered["failed"] = [];
  const ofCharts = new Set(Array.from(stills.values(), (still) => still.hash));
  const isKept = (hash: string) => library.has(hash) || ofCharts.has(hash);
  const made = outdated.flatMap((revision): Remade[] => {
    const { articleId, n, hero } = revision;
    const setting = {
      language: revision.language ?? language,
      siteOrigin,
      library,
      stills,
      paid: isPaidFor({ kind: revision.kind ?? "news" }),
    };
    const outcome = renderMarkdown(revision.body, setting);
    if (!outcome.ok) {
      failed.push({ id: articleId, revision: n, message: outcome.message });
      return [];
    }
    const { html, words, pictures: shown, undescribed, charts } = outcome.value;
    const opening = pictureAt(hero ?? "")?.hash ?? "";
    const pictures = [...new Set([opening, ...shown])].filter(isKept).sort();
    const is = { articleId, n, html, words, undescribed: undescribed[0] ?? null, pictures };
    return [{ was: revision, is, charts }];
  });
  return { made, failed };
}

/** Tells whether readers get another page. The number of words is in its metadata. */
function isSeenOtherwise({ was, is }: Remade): boolean {
  return was.path !== null && (was.html !== is.html || was.words !== is.words);
}

/** What readers see otherwise; `seen` are the pictures of live stories, as they were. */
function whatReadersSee(
  changed: Remade[],
  seen: { articleId: string; hash: string }[],
): Pick<PublicChange, "takesAway" | "seenAt" | "shows"> {
  const before = Map.groupBy(seen, ({ articleId }) => articleId);
  const pictures = changed.map(({ is }) => {
    const had = (before.get(is.articleId) ?? []).map(({ hash }) => hash);
    return {
      lost: had.filter((hash) => !is.pictures.includes(hash)),
      gained: is.pictures.filter((hash) => !had.includes(hash)),
    };
  });
  return {
    takesAway: pictures.some(({ lost }) => lost.length > 0),
    seenAt: changed.slice(0, 3).flatMap(({ was }) => was.path ?? []),
    shows: {
      rendered: changed.map(({ was }) => ({ articleId: was.articleId, path: was.path ?? "" })),
      pictures: [...new Set(pictures.flatMap(({ lost, gained }) => [...lost, ...gained]))],
    },
  };
}
