import type { Entries } from "../../domain/directory.ts";
import { listName, LISTS } from "../../domain/lists.ts";
import { granted, invalid, refused, type Outcome } from "../../domain/problem.ts";
import { entryLiveQuery, entryQuery } from "../../store/directory.d1.ts";
import {
  formerSlugsQuery,
  wasSeenQuery,
  writeMergedAway,
  writeMerger,
  type Merger,
} from "../../store/names.d1.ts";
import { editionQuery } from "../../store/paper.d1.ts";
import { act, type Acted } from "../act.ts";
import type { Change, PublicChange } from "../change.ts";
import type { CommandContext } from "../context.ts";
import type { Input } from "../input.ts";
import { changedFields, showsOf } from "./shown.ts";

// Two authors are one, or two tags: what is filed under the first is filed under the second from then on.

type Kind = Merger["kind"];

/** Files everything of the first entry under the one that `into` names, to which the first one's addresses lead. */
export function mergeEntries<K extends Kind>(
  context: CommandContext,
  kind: K,
  slug: string,
  { fields: { into = "" }, issues }: Input<{ into: string }>,
): Promise<Acted<Entries[K]>> {
  const { db } = context.store;
  return act(context, async (now) => {
    const [[edition], [first], [second], [own], [other], former, formerOther, [once]] =
      await db.read(
        editionQuery(),
        entryQuery(kind, slug),
        entryQuery(kind, into),
        entryLiveQuery(kind, slug),
        entryLiveQuery(kind, into),
        formerSlugsQuery(kind, slug),
        formerSlugsQuery(kind, into),
        wasSeenQuery(kind, slug),
      );
    if (!first || !own) return unknown(kind, slug);
    if (issues.length > 0) return invalid(issues);
    if (into === slug)
      return invalid([{ path: "into", message: `is the ${kind} "${slug}" itself; name another.` }]);
    if (!second || !other)
      return invalid([{ path: "into", message: `There is no ${kind} "${into}"; make it first.` }]);
    const ids = { kind, first: own.id, into: other.id };
    const [isSeen, wasSeen] = [own.live === 1, once?.seen === 1];
    const written = {
      writes: [...writeMerger(ids), ...writeMergedAway(ids, { slug, wasSeen, isSeen }, now)],
      edition: edition?.n ?? 0,
      audit: [{ act: "merge", subject: `${kind}:${slug}`, detail: changedFields(first, second) }],
      reindex: [{ kind, entry: other.id }],
    };
    const shows = showsOfMerger(kind, {
      first: { entry: first, isSeen, wasSeen, former },
      second: { entry: second, isSeen: other.live === 1, former: formerOther },
    });
    const seenAt = [into, slug].map((one) => LISTS[kind].path(one));
    const change: Change = shows
      ? { kind: "public", ...written, shows, seenAt }
      : { kind: "private", ...written };
    return granted({ result: second, change });
  });
}

/** One of the two, whether readers see it, and what it was called before. */
interface Side {
  entry: Entries[Kind];
  isSeen: boolean;
  former: { slug: string }[];
}

/** What readers see otherwise: null for nothing, since what leads to an entry that they do not see leads nowhere. */
function showsOfMerger(
  kind: Kind,
  { first, second }: { first: Side & { wasSeen: boolean }; second: Side },
): PublicChange["shows"] | null {
  const at = (entries: { slug: string }[]) => entries.map(({ slug }) => ({ kind, slug }));
  const leading = at([first.entry, ...first.former]);
  if (!first.isSeen) {
    const leads = first.wasSeen || first.former.length > 0;
    return leads && second.isSeen ? { addresses: leading } : null;
  }
  // Pages of the second may be there that were not; and its own former addresses, if it is only now seen itself.
  const appearing = at([second.entry, ...(second.isSeen ? [] : second.former)]);
  return {
    ...showsOf(kind, { before: first.entry, after: null }, []),
    lists: [listName(kind, second.entry.slug)],
    addresses: [...leading, ...appearing],
  };
}

function unknown(kind: Kind, slug: string): Outcome<never> {
  return refused({ kind: "unknown", detail: `There is no ${kind} "${slug}".` });
}
