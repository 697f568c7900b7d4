// Promises: of two who index a story, the one who looked at it later has the last word; reading stops after as many matches as are
// wanted, newest first.
// Relies on: the tables of migrations/search/, which are a database of their own (SEARCH); turns of searchable.d1.ts.
// Does not: know what a story says (domain/search/ does), or who may see what is found: whoever asks reads that by id.

import type { Prepared } from "../domain/search/prepared.ts";
import type { Arm, Hit } from "../domain/search/rank.ts";
import { StoreUnavailable } from "../domain/unavailable.ts";
import {
  Fragment,
  inBatches,
  sql,
  sqlNote,
  type Database,
  type Note,
  type Read,
} from "./batch.d1.ts";

/** What readers see, or what editors are at. */
export type IndexName = "published" | "head";

const WORDS = { published: new Fragment("published_words"), head: new Fragment("head_words") };
const TEXTS = { published: new Fragment("published_texts"), head: new Fragment("head_texts") };

/** Numbers of stories, both included. */
export interface Range {
  from: number;
  to: number;
}

export const EVER: Range = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** The newest matches of an expression (domain/search/query.ts). FTS5 reads them in the order of their numbers and stops. */
export function hitsQuery(
  index: IndexName,
  { match, limit }: Pick<Arm, "match" | "limit">,
  { from, to }: Range = EVER,
): Read<Hit> {
  return sql<Hit>`
    select x.docid, t.id from (
      select rowid as docid from ${WORDS[index]}
      where ${WORDS[index]} match ${match} and rowid between ${from} and ${to} order by rowid desc limit ${limit}
    ) x cross join ${TEXTS[index]} t on t.docid = x.docid`;
}

/** The numbers that stories have, and whose the given numbers are. */
export function textsQuery(index: IndexName, ids: string[], docids: number[]): Read<Hit> {
  return sql<Hit>`
    select docid, id from ${TEXTS[index]}
    where docid is not null and (
      id in (select value from json_each(${JSON.stringify(ids)}))
      or docid in (select value from json_each(${JSON.stringify(docids)})))`;
}

/** How many ids of a stretch are told at most. */
export const KNOWN = 1000;

/** The ids that the index knows of a stretch, in order: after the first, up to the last. */
export function knownQuery(
  index: IndexName,
  { after, to }: { after: string; to: string },
): Read<{ id: string }> {
  return sql<{ id: string }>`
    select id from ${TEXTS[index]} where id > ${after} and id <= ${to} and docid is not null order by id limit ${KNOWN}`;
}

/** Asks for anything at all. */
export function anyTextQuery(): Read<{ id: string }> {
  return sql<{ id: string }>`select id from published_texts limit 1`;
}

/** A story for an index: under which number, or null to take it out. */
export interface Text {
  id: string;
  docid: number | null;
  prepared: Prepared | null;
  filed: string[];
}

/** Writes stories whole, in place of what the index had of them, unless somebody did who looked later. */
export function writeTexts(index: IndexName, texts: Text[], turn: number): Note[] {
  const rows = texts.map(({ id, docid, prepared, filed }) => ({
    id,
    docid: prepared && docid,
    ...prepared,
    filed: filed.join(" "),
  }));
  const ids = JSON.stringify(rows.map(({ id, docid }) => ({ id, docid })));
  return [
    sqlNote`
      delete from ${WORDS[index]} where rowid in (
        select t.docid from json_each(${ids}) j cross join ${TEXTS[index]} t on t.id = j.value ->> 'id'
        where t.turn < ${turn} and t.docid is not null)`,
    // First without their numbers, since one may get what another of them had.
    sqlNote`
      update ${TEXTS[index]} set docid = null
      where id in (select value ->> 'id' from json_each(${ids})) and turn < ${turn}`,
    sqlNote`
      insert into ${TEXTS[index]} (id, docid, turn)
      select value ->> 'id', value ->> 'docid', ${turn} from json_each(${ids}) where true
      on conflict (id) do update set docid = excluded.docid, turn = excluded.turn where turn < excluded.turn`,
    ...inBatches(rows.filter(({ docid }) => docid !== null)).map(
      (batch) => sqlNote`
      insert into ${WORDS[index]} (rowid, title, standfirst, names, body, words, filed)
      select t.docid, j.value ->> 'title', j.value ->> 'standfirst', j.value ->> 'names', j.value ->> 'body',
        j.value ->> 'words', j.value ->> 'filed'
      from json_each(${JSON.stringify(batch)}) j cross join ${TEXTS[index]} t on t.id = j.value ->> 'id'
      where t.turn = ${turn} and t.docid is not null`,
    ),
  ];
}

/** Reads from the index; whatever is wrong with it, or when there is none, it is away: nothing depends on it but finding. */
export async function readWords<Row>(
  search: Database | null,
  ...queries: Read<Row>[]
): Promise<Row[][]> {
  if (!search) throw new StoreUnavailable("There is no SEARCH database");
  try {
    return await search.read(...queries);
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    throw new StoreUnavailable(`SEARCH: ${told}`, { cause: error });
  }
}
