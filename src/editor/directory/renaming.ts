import type { Entries } from "../../domain/directory.ts";
import { LISTS, type Nameable } from "../../domain/lists.ts";
import { RESERVED } from "../../domain/paths.ts";
import { granted, invalid, refused, type Outcome } from "../../domain/problem.ts";
import type { PublicAct } from "../../purge/public-act.ts";
import type { Database, Write } from "../../store/batch.d1.ts";
import { entryQuery } from "../../store/directory.d1.ts";
import {
  formerSlugsQuery,
  liveCountQuery,
  redirectInTheWayQuery,
  wasSeenQuery,
  writeFormerSlug,
  writeMovedStories,
  writeRenaming,
} from "../../store/names.d1.ts";
import { pathHoldersQuery, type PathHolder } from "../../store/paths.d1.ts";
import { pathsQuery } from "../../store/redirects.d1.ts";
import { taken as takenBy } from "../articles/survey.ts";
import { reservedSlug } from "./schema.ts";

// An author, a section or a tag gets another slug: what it was called leads to it, and a section's stories move with it.

/** What a change of slug comes to. */
export interface Renamed {
  writes: Write[];
  /** The addresses at which something else is now, if readers see the entry. */
  addresses: NonNullable<PublicAct["addresses"]>;
}

/** Reads what stands in the way of another slug, refuses it, or says what to write. `isSeen`: readers see the entry. */
export async function planRenaming<Kind extends Nameable>(
  db: Database,
  kind: Kind,
  { from, entry, isSeen }: { from: string; entry: Entries[Kind]; isSeen: boolean },
  now: number,
): Promise<Outcome<Renamed>> {
  const { slug } = entry;
  const isSection = kind === "section";
  if (isSection && RESERVED.has(slug))
    return invalid([{ path: "slug", message: reservedSlug(slug) }]);
  const page = LISTS[kind].path(slug);
  const [[rival], former, [seen], [count], [held], [below], holders] = await db.read(
    entryQuery(kind, slug),
    formerSlugsQuery(kind, from),
    wasSeenQuery(kind, from),
    liveCountQuery(isSection ? from : ""),
    pathsQuery([page]),
    redirectInTheWayQuery(isSection ? from : "", isSection ? slug : ""),
    pathHoldersQuery(isSection ? [page] : []),
  );
  if (rival) return taken(`There is a ${kind} "${slug}" already; choose another slug.`);
  const inTheWay = pageInTheWay(holders);
  if (inTheWay) return inTheWay;
  const obstacle = held && held.kind !== "article" ? held : below;
  if (obstacle) {
    const what = obstacle === held ? `the page of the ${kind}` : "a story of the section";
    return taken(
      `A redirect stands at ${obstacle.path}, where ${what} would come; delete the redirect, or choose another slug.`,
    );
  }
  const renaming = { kind, from, entry, isSeen };
  // Of what readers never saw, nothing leads from what it was called before.
  const leads = isSeen || seen?.seen === 1;
  const all = [from, slug, ...former.map((one) => one.slug)];
  return granted({
    writes: [
      ...writeRenaming(renaming),
      ...(leads ? writeFormerSlug(renaming) : []),
      ...(isSection ? writeMovedStories({ from, to: slug, live: count?.n ?? 0 }, now) : []),
    ],
    addresses: [...new Set(all)].map((one) => ({ kind, slug: one })),
  });
}

/** Refuses the path of a section that a page has or wants: they have one name space. */
export function pageInTheWay(holders: PathHolder[]): Outcome<never> | null {
  const held = holders.find(({ holder }) => WANTED.has(holder));
  return held ? refused(takenBy("slug", held)) : null;
}

const WANTED: ReadonlySet<PathHolder["holder"]> = new Set(["live", "draft", "scheduled"]);

function taken(message: string): Outcome<never> {
  return refused({ kind: "taken", detail: message, issues: [{ path: "slug", message }] });
}
