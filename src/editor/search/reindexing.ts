import { granted } from "../../domain/problem.ts";
import { idsQuery } from "../../store/searchable.d1.ts";
import { KNOWN, knownQuery, readWords } from "../../store/words.d1.ts";
import { act, type Acted } from "../act.ts";
import type { CommandContext } from "../context.ts";
import { indexStories } from "../indexing.ts";
import type { Reindexed } from "./schema.ts";

/**
 * Writes some stories to the index as they are now, in the order of their ids, and takes out what the index has between them that is not
 * there any more. Each story is written in its place: nothing is missing from the index meanwhile.
 */
export function reindexStories(
  context: CommandContext,
  { after, limit }: { after: string; limit: number },
): Promise<Acted<Reindexed>> {
  const { db, search } = context.store;
  return act<Reindexed>(context, async () => {
    const [stories] = await db.read(idsQuery(after, limit));
    const last = stories.length === limit ? stories.at(-1)?.id : undefined;
    // Past the last story there may be some in the index, too.
    const between = { after, to: last ?? "~" };
    const [published = [], heads = []] = await readWords(
      search,
      knownQuery("published", between),
      knownQuery("head", between),
    );
    // Where it knows more than it tells, this call goes no further than that.
    const ends = [last, ...[published, heads].map((known) => known[KNOWN - 1]?.id)];
    const next = ends.filter((id) => id !== undefined).sort()[0] ?? null;
    const isHere = ({ id }: { id: string }) => next === null || id <= next;
    const ids = stories.filter(isHere).map(({ id }) => id);
    const known = new Set([...published, ...heads].filter(isHere).map(({ id }) => id));
    const gone = [...known].filter((id) => !ids.includes(id));
    for (let from = 0; from < ids.length; from += AT_ONCE)
      await indexStories(context, ids.slice(from, from + AT_ONCE));
    await indexStories(context, gone);
    return granted({ result: { indexed: ids.length, removed: gone.length, next } });
  });
}

/** How many stories are written together. */
const AT_ONCE = 25;
