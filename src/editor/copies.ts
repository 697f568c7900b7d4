import type { Live } from "../domain/article.ts";
import { frontPath, sectionPath } from "../domain/paths.ts";
import { countCopies, copiesWrittenQuery } from "../store/allowances.d1.ts";
import type { Write } from "../store/batch.d1.ts";
import { note, take } from "../store/notes.d1.ts";
import { changesWhatReadersSee } from "../store/live.d1.ts";
import type { Copy } from "../store/copies.kv.ts";
import {
  finishOutbox,
  leaseCopiesQuery,
  releaseOutbox,
  SINCE_EVER,
  writeMovedCopies,
  writePageCopies,
  writeSectionCopies,
  type LeasedRow,
} from "../store/outbox.d1.ts";
import type { PublicChange } from "./change.ts";
import type { CommandContext } from "./context.ts";

// Last good copies, for the hour in which the database is away: of the front, of each section's front, of each story's own page,
// and of each page that is no story. They are written by the minute's tick, from what the Worker makes then, and never read while D1 is there.

/** How many copies of what is there one tick writes: each is a page to make. */
const COPIES_A_TICK = 20;

/** When a copy that could not be written is tried again, in milliseconds. */
const RETRY_COPY = 60_000;

/** The copies that an act makes stale. Urgent are those of what was taken away. */
interface StaleCopies {
  paths: { path: string; urgent: boolean }[];
  everySection: boolean;
  /** Former slugs of sections whose stories moved with them. */
  movedFrom: string[];
}

/** The copies that a change makes old. Whatever readers see of lists beside these fronts may be old in them. */
export function copiesOf({ stories = [], shows }: PublicChange): StaleCopies {
  const seen = stories.filter(changesWhatReadersSee);
  const live = seen.flatMap(({ after }) => after.live ?? []);
  const here = new Set(live.map(({ path }) => path));
  const left = seen
    .flatMap(({ before }) => before?.live ?? [])
    .filter(({ path }) => !here.has(path));
  // What was withdrawn stands on the fronts, too.
  const withdrawn = seen.flatMap(({ before, after }) => (after.live ? [] : (before?.live ?? [])));
  const sections = shows?.sections ?? [];
  const deleted = sections.flatMap(({ before, after }) =>
    before && before.slug !== after?.slug ? [sectionPath(before.slug)] : [],
  );
  const isWide = shows?.settings !== undefined || shows?.sections !== undefined;
  const urgent = new Set([...left.map(({ path }) => path), ...deleted, ...frontsOf(withdrawn)]);
  const others = new Set([
    ...here,
    ...(shows?.rendered ?? []).map(({ path }) => path),
    ...frontsOf([...live, ...left]),
    ...(isWide || shows?.front ? [frontPath()] : []),
  ]);
  return {
    paths: [
      ...[...urgent].map((path) => ({ path, urgent: true })),
      ...[...others].filter((path) => !urgent.has(path)).map((path) => ({ path, urgent: false })),
    ],
    everySection: isWide,
    movedFrom: sections.flatMap(({ before, after }) =>
      before && after && before.slug !== after.slug ? [before.slug] : [],
    ),
  };
}

/** The fronts that stories stand on: the paper's, and their sections'. A page stands on none. */
function frontsOf(lives: Live[]): string[] {
  const sections = lives.flatMap(({ section }) => (section === "" ? [] : [section]));
  return sections.length > 0 ? [frontPath(), ...sections.map((each) => sectionPath(each))] : [];
}

/** Has the copies made anew by the next tick, those of what was taken away before all others. */
export function writeCopies({ paths, everySection, movedFrom }: StaleCopies, now: number): Write[] {
  const copies = paths.map(({ path, urgent }) => ({ path, dueAt: urgent ? SINCE_EVER : now }));
  return [
    ...(everySection ? [writeSectionCopies(now)] : []),
    ...movedFrom.map((section) => writeMovedCopies(section, now)),
    ...(copies.length > 0 ? [writePageCopies(copies, now)] : []),
  ];
}

/** Writes the copies that are due, within the day's allowance; copies of what was taken away are replaced even beyond it. */
export async function copyDue(context: CommandContext): Promise<void> {
  const { store, clock } = context;
  const now = clock();
  const day = new Date(now).toISOString().slice(0, 10);
  const [[written]] = await store.db.read(copiesWrittenQuery(day));
  const left = Math.max(0, store.copies.aDay - (written?.n ?? 0));
  const limit = Math.min(COPIES_A_TICK, left);
  const rows = await take(store.db, leaseCopiesQuery({ now, limit }));
  if (rows.length === 0) return;
  // Counted before they are written: a tick that dies may have written them all.
  await note(store.db, countCopies(day, rows.filter((row) => !isUrgent(row)).length));
  const kept = await Promise.all(rows.map((row) => copyOne(context, row)));
  const done = rows.filter((_, index) => kept[index]);
  const failed = rows.filter((_, index) => !kept[index]);
  await note(store.db, [
    finishOutbox(done, clock()),
    // What must not be seen again stays first, and outside the allowance.
    releaseOutbox(failed.filter(isUrgent)),
    releaseOutbox(
      failed.filter((row) => !isUrgent(row)),
      clock() + RETRY_COPY,
    ),
  ]);
  console.log(
    JSON.stringify({
      event: "copies",
      written: done.length,
      failed: failed.length,
      left,
    }),
  );
}

function isUrgent({ due_at: dueAt }: LeasedRow): boolean {
  return dueAt === SINCE_EVER;
}

/** Copies what the Worker makes of a path now; false when it could not. */
async function copyOne({ store, renderWhole }: CommandContext, row: LeasedRow): Promise<boolean> {
  const { path } = JSON.parse(row.payload) as { path: string };
  try {
    const made = await renderWhole(path);
    // While the database is away a page is its own last copy: no copy is made of a copy.
    if (made.status >= 500 || made.headers.get("Cache-Status")?.includes("detail=copy")) {
      console.warn(JSON.stringify({ event: "copy put off", path, status: made.status }));
      return false;
    }
    const copy: Copy = {
      status: made.status,
      headers: Object.fromEntries(
        COPIED_HEADERS.flatMap((name) => {
          const value = made.headers.get(name);
          return value === null ? [] : [[name, value]];
        }),
      ),
      body: await made.text(),
    };
    await store.copies.keep(path, copy);
    return true;
  } catch (error) {
    console.error(JSON.stringify({ event: "copy failed", path, error: String(error) }));
    return false;
  }
}

const COPIED_HEADERS = ["Content-Type", "Content-Security-Policy", "Cache-Tag", "Location"];
