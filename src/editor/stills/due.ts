import { granted } from "../../domain/problem.ts";
import { note, take } from "../../store/notes.d1.ts";
import {
  leaseStills,
  outdateChart,
  releaseStill,
  storiesOfChartQuery,
} from "../../store/stills.d1.ts";
import { act } from "../act.ts";
import type { CommandContext } from "../context.ts";
import { log } from "../log.ts";
import { deleteBytes } from "../media/commands.ts";
import { renderAgain } from "../rerender/commands.ts";
import { fetchStill } from "./fetching.ts";
import { FIRST_RETRY, keepStill, keptPictures, recordOfStill, writesOfStill } from "./stills.ts";

// The tick's part: pictures of charts that a save did not fetch, or could not, or that have become old. Stories that show one are
// rendered again when it comes, or has changed.

/** How many pictures one tick fetches. */
const STILLS_A_TICK = 5;
/** How often a picture is tried that cannot be had, each time after twice as long; then not before the next save. */
const TRIES = 8;
/** How many stories are rendered again at once. */
const STORIES_AT_ONCE = 10;

/** Fetches the pictures that are due. */
export async function fetchDueStills(context: CommandContext): Promise<void> {
  const { db } = context.store;
  const due = await take(db, leaseStills({ now: context.clock(), limit: STILLS_A_TICK }));
  for (const { chart, hash, tries } of due) {
    const isDone = await renewStill(context, chart, hash);
    const retry = tries < TRIES ? context.clock() + FIRST_RETRY * 2 ** (tries - 1) : null;
    await note(db, [releaseStill(chart, isDone ? null : retry)]);
  }
}

/** Fetches one picture and renders what shows it again; false when it is to be tried again. */
async function renewStill(
  context: CommandContext,
  chart: string,
  before: string | null,
): Promise<boolean> {
  const read = await fetchStill(context, chart);
  if (!read) return false;
  const kept = new Map<string, string>();
  let isUsed = false;
  const acted = await act<null>(context, async (now) => {
    const still = await keepStill(context, { chart, read, now, kept });
    isUsed = still.isNew;
    const isChanged = still.picture.hash !== before;
    return granted({
      result: null,
      change: {
        kind: "private",
        // Due until the stories are rendered: a tick that ends in between is made up for by the next.
        writes: [
          ...writesOfStill(chart, still, now, now),
          ...(isChanged ? [outdateChart(chart)] : []),
        ],
        audit: still.isNew ? [recordOfStill(chart, still)] : [],
      },
    });
  });
  if (!acted.ok || !isUsed) await deleteBytes(context, keptPictures(kept));
  if (!acted.ok) return false;
  log("still", { chart, changed: isUsed });
  return renderStories(context, chart);
}

/** Renders the stories again that show a chart, as far as an older picture is in them. */
async function renderStories(context: CommandContext, chart: string): Promise<boolean> {
  let after = "";
  for (;;) {
    const [rows] = await context.store.db.read(
      storiesOfChartQuery(chart, { after, limit: STORIES_AT_ONCE }),
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return true;
    if (!(await renderAgain(context, ids))) return false;
    after = ids.at(-1) ?? after;
  }
}
