import { docidsOf } from "../domain/search/docid.ts";
import { filedUnder, prepare, type Prepared } from "../domain/search/prepared.ts";
import { learnStems } from "../domain/search/stems.ts";
import type { Hit } from "../domain/search/rank.ts";
import type { Database, Read } from "../store/batch.d1.ts";
import { note, take } from "../store/notes.d1.ts";
import {
  advanceOutbox,
  finishOutbox,
  leaseQuery,
  OWN_LEASE,
  ownRows,
  releaseOutbox,
  type LeasedRow,
  type OutboxRow,
} from "../store/outbox.d1.ts";
import { readSettings, settingsQuery } from "../store/paper.d1.ts";
import {
  idsQuery,
  namingQuery,
  searchableHeadsQuery,
  searchableLivesQuery,
  takeTurn,
  type SearchableHead,
  type SearchableLive,
} from "../store/searchable.d1.ts";
import { textsQuery, writeTexts, type IndexName, type Text } from "../store/words.d1.ts";
import type { Change, Reindexing } from "./change.ts";
import type { CommandContext } from "./context.ts";
import { log } from "./log.ts";

// What is searched follows what is written. Each act leaves a row for each of its stories in the outbox; whoever takes it looks what
// the story is now, so that rows may be done twice, late and in any order. The act does its own after the response.

/** Of how many stories an act brings the index up to date itself: as many as an import has. */
const STORIES_AN_ACT = 100;
/** How many stories are looked at together, and how many by one tick. */
const STORIES_AT_ONCE = 25;
const STORIES_A_TICK = 200;
/** When what failed is tried again, in milliseconds. */
const RETRY = 60_000;

/** What a row is for. `after` is how far one has come that is for many stories. */
type Payload = Reindexing & { among?: "live" | "head"; after?: string };

/** The rows of an act: one for each story, and for what it says beside them. One that is there is due again. */
export function indexRows(
  { store, hurried }: Pick<CommandContext, "store" | "hurried">,
  { stories = [], reindex = [] }: Exclude<Change, { kind: "purge" }>,
  now: number,
): OutboxRow[] {
  if (!store.search) return [];
  const own = stories.map(({ after }) => ({ article: after.article.id }));
  const isOwn = hurried && own.length <= STORIES_AN_ACT;
  return [...own, ...reindex].map((payload: Reindexing, index) => ({
    id: idOf(payload),
    kind: "index",
    payload,
    dueAt: now,
    leasedUntil: isOwn && index < own.length ? now + OWN_LEASE : null,
  }));
}

function idOf(payload: Reindexing): string {
  if ("article" in payload) return `index:${payload.article}`;
  return "kind" in payload ? `index:${payload.kind}:${payload.entry}` : "index:all";
}

/** Brings the index up to date with what an act has just written. The act is committed: a failure here does not fail it. */
export async function indexOwn(context: CommandContext, rows: OutboxRow[]): Promise<void> {
  const own = ownRows(rows);
  if (own.length > 0) await indexRowsOf(context, own);
}

/** The tick's part: what is due, oldest first. */
export async function indexDue(context: CommandContext): Promise<void> {
  const { store, clock } = context;
  if (!store.search) return;
  let done = 0;
  while (done < STORIES_A_TICK) {
    const due = { now: clock(), limit: STORIES_AT_ONCE };
    const rows = await take(store.db, leaseQuery(["index"], due));
    if (rows.length === 0) break;
    const looked = await indexRowsOf(context, rows);
    if (looked === null) break;
    done += looked;
  }
  if (done > 0) log("index", { stories: done });
}

/** Does what rows are for, as far as one may go at once; tells how many stories were looked at, or null for a failure. */
async function indexRowsOf(context: CommandContext, rows: LeasedRow[]): Promise<number | null> {
  const { db } = context.store;
  try {
    const parts = await Promise.all(rows.map((row) => partOf(db, row)));
    const ids = [...new Set(parts.flatMap((part) => part.ids))];
    for (let from = 0; from < ids.length; from += STORIES_AT_ONCE)
      await indexStories(context, ids.slice(from, from + STORIES_AT_ONCE));
    const finished = parts.flatMap(({ row, next }) => (next ? [] : [row]));
    await note(db, [
      finishOutbox(finished, context.clock()),
      ...parts.flatMap(({ row, next }) => (next ? [advanceOutbox(row, next)] : [])),
    ]);
    return Math.max(1, ids.length);
  } catch (error) {
    log("not indexed", { rows: rows.length, error: String(error) }, console.error);
    await note(db, [releaseOutbox(rows, context.clock() + RETRY)]).catch(() => null);
    return null;
  }
}

/** The next stories that a row is for, and where it goes on; null at its end. */
interface RowPart {
  row: LeasedRow;
  ids: string[];
  next: Payload | null;
}

async function partOf(db: Database, row: LeasedRow): Promise<RowPart> {
  const payload = JSON.parse(row.payload) as Payload;
  if ("article" in payload) return { row, ids: [payload.article], next: null };
  const { among = "live", after = "" } = payload;
  const limit = STORIES_AT_ONCE;
  const query =
    "kind" in payload
      ? namingQuery(payload.kind, payload.entry, { among, after, limit })
      : idsQuery(after, limit);
  const [found] = await db.read(query);
  const ids = found.map(({ id }) => id);
  const last = found.at(-1);
  if (last && found.length === limit)
    return {
      row,
      ids,
      next: { ...payload, among, after: "key" in last ? String(last.key) : last.id },
    };
  const isLiveDone = "kind" in payload && among === "live";
  return { row, ids, next: isLiveDone ? { ...payload, among: "head", after: "" } : null };
}

/** Looks what stories are now, and writes that to both indexes: what readers see, and what editors are at. */
export async function indexStories({ store, clock }: CommandContext, ids: string[]): Promise<void> {
  const { db, search } = store;
  if (!search || ids.length === 0) return;
  await learnStems();
  // Before looking: who takes a later turn looks later.
  const [turn] = await take(db, takeTurn(clock()));
  const [settings, heads, lives] = await db.read(
    settingsQuery(),
    searchableHeadsQuery(ids),
    searchableLivesQuery(ids),
  );
  const { language } = readSettings(settings);
  const head = ids.map((id) =>
    headText(
      id,
      heads.find((each) => each.id === id),
      language,
    ),
  );
  const published = ids.map((id) => {
    const live = lives.find((each) => each.id === id);
    const text = head.find((each) => each.id === id)?.prepared ?? null;
    return liveText(id, { live, headText: text, language });
  });
  await writeIndexes(search, { published, head }, turn?.n ?? 0);
}

/** A story for an index, and its moment there: null takes it out. */
type Placed = Omit<Text, "docid"> & { moment: number };

function headText(id: string, head: SearchableHead | undefined, language: string): Placed {
  if (!head || head.isRemoved) return { id, moment: 0, prepared: null, filed: [] };
  const { content, names, html, createdAt, form, status, assignee, createdBy } = head;
  const prepared = prepare({ ...content, names, html, language: content.language ?? language });
  const filed = [
    filedUnder.section(content.section),
    ...content.authors.map(filedUnder.author),
    ...content.tags.map(filedUnder.tag),
    filedUnder.form(form),
    filedUnder.kind(content.kind ?? "news"),
    filedUnder.status(status),
    filedUnder.maker(createdBy),
    ...(assignee === null ? [] : [filedUnder.assignee(assignee)]),
    ...(head.isWaiting ? [filedUnder.waiting] : []),
    ...(head.isOut ? [filedUnder.out] : []),
  ];
  return { id, moment: createdAt, prepared, filed };
}

function liveText(
  id: string,
  {
    live,
    headText: ofHead,
    language,
  }: { live: SearchableLive | undefined; headText: Prepared | null; language: string },
): Placed {
  if (!live) return { id, moment: 0, prepared: null, filed: [] };
  const { content, names, html, publishedAt } = live;
  // The head is what readers see: it is prepared already.
  const prepared =
    html === null && ofHead
      ? ofHead
      : prepare({ ...content, names, html: html ?? "", language: content.language ?? language });
  const filed = [
    filedUnder.section(content.section),
    ...content.authors.map(filedUnder.author),
    ...content.tags.map(filedUnder.tag),
  ];
  return { id, moment: publishedAt, prepared, filed };
}

/** Writes stories to both indexes, under numbers that no other story has, in one transaction. */
async function writeIndexes(
  search: Database,
  placed: Record<IndexName, Placed[]>,
  turn: number,
): Promise<void> {
  const [published, head] = await search.read(
    takenQuery("published", placed.published),
    takenQuery("head", placed.head),
  );
  const written = await note(search, [
    ...writeTexts("published", numbered(placed.published, published), turn),
    ...writeTexts("head", numbered(placed.head, head), turn),
  ]);
  // Another story has come to its number meanwhile: it is looked at again.
  if (!written.committed) throw written.error;
}

/** Whose the numbers are that stories have or may get. */
function takenQuery(index: IndexName, placed: Placed[]): Read<Hit> {
  return textsQuery(
    index,
    placed.map(({ id }) => id),
    placed.flatMap(({ id, moment }) => docidsOf(moment, id)),
  );
}

/** Gives each story its number: the one that it has, if that is of its moment, or the first that is free. */
function numbered(placed: Placed[], taken: Hit[]): Text[] {
  const owners = new Map(taken.map(({ docid, id }) => [docid, id]));
  return placed.map(({ id, moment, prepared, filed }): Text => {
    if (!prepared) return { id, docid: null, prepared, filed };
    const docids = docidsOf(moment, id);
    const own = docids.find((docid) => owners.get(docid) === id);
    const docid = own ?? docids.find((each) => !owners.has(each));
    if (docid === undefined) throw new Error(`No number is left for the story ${id}`);
    owners.set(docid, id);
    return { id, docid, prepared, filed };
  });
}
