import { canRead, canSeePlans, may, type Actor } from "../../domain/role.ts";
import { granted, type Outcome } from "../../domain/problem.ts";
import type { StoryState } from "../../domain/article.ts";
import { storiesQuery } from "../../store/articles.d1.ts";
import { pictureUseQuery, type PictureUse } from "../../store/media.d1.ts";
import type { CommandContext } from "../context.ts";
import { findPicture } from "./commands.ts";
import type { UsesResponse } from "./schema.ts";

/** The most uses that are told. */
const MOST = 100;

/** What shows a picture, as far as the actor may see it: what readers see first. */
export async function usesOfPicture(
  context: CommandContext,
  hash: string,
): Promise<Outcome<UsesResponse>> {
  const { store, actor } = context;
  const found = await findPicture(context, hash);
  if (!found.ok) return found;
  const [uses] = await store.db.read(pictureUseQuery(hash, MOST + 1));
  const told = uses.slice(0, MOST);
  const ids = told.flatMap(({ kind, id }) => (kind === "logo" ? [] : [id]));
  const [stories] = await store.db.read(storiesQuery([...new Set(ids)], false));
  const byId = new Map(stories.map((story) => [story.article.id, story]));
  const items = told.flatMap((use) => useFor(actor, use, byId.get(use.id)));
  return granted({ items, more: uses.length > MOST });
}

/** A use as the actor may see it; none that tells of what they may not. */
function useFor(
  actor: Actor,
  { kind, id, live }: PictureUse,
  story: StoryState | undefined,
): UsesResponse["items"] {
  const isLive = live === 1;
  if (kind === "logo") return [{ kind: "settings", id, title: null, status: null, isLive }];
  if (!story || !canRead(actor, story)) return [];
  // Of another's story a contributor sees what readers see.
  if (!isLive && !canSeePlans(actor, story)) return [];
  const isFront = kind === "front" || kind === "scheduledFront";
  if (isFront && !may(actor, "see the front page's placement")) return [];
  const of = kind === "story" ? ("article" as const) : kind;
  return [{ kind: of, id, title: story.head.title, status: story.article.status, isLive }];
}
