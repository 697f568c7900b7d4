// Promises: a revision is written whole, with the pictures that it shows, and read with slugs where it is kept with ids.
// Relies on: `content` being the story's Content as JSON without its body, in which section, tags and authors are ids.
// Does not: decide when a save begins a revision and when it continues one (domain/quick-saves.ts).

import type { StoryChange } from "../domain/article.ts";
import {
  contentOf,
  readContent,
  type Content,
  type Revision,
  type RevisionCopy,
} from "../domain/revision.ts";
import { RENDERER } from "../domain/renderer.ts";
import { Fragment, guarded, readAs, sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";
import { actorName } from "./keys.d1.ts";
import { columns, fromRow, names, table, values, type Row } from "./columns.ts";

/** What a revision has beside its content. */
type Facts = Omit<Revision, keyof Content | "pictures">;

const FACTS = table<Facts>("revisions", {
  n: "plain",
  words: "plain",
  undescribed: "plain",
  material: "flag",
  savedAt: "plain",
  savedBy: "plain",
  reason: "plain",
  beganAt: "plain",
  sealed: "flag",
});

/** What to select of a revision in `revisions_by_slug`, for `revisionFromRow`. */
export const REVISION_COLUMNS = columns(FACTS, { of: "r", as: "head." });

/** Reads a revision from `REVISION_COLUMNS` and its content, body and pictures. */
export function revisionFromRow(row: Row): Revision {
  return {
    ...readContent(String(row["content"])),
    body: String(row["body"]),
    pictures: JSON.parse(String(row["pictures"])) as string[],
    ...fromRow(FACTS, row, "head."),
  };
}

/** Finds one revision of a story. */
export function revisionQuery(id: string, n: number): Read<Revision> {
  const query = sql<Row>`
    select ${REVISION_COLUMNS}, r.content, r.body, r.pictures from revisions_by_slug r
    where r.article_id = ${id} and r.n = ${n}`;
  return readAs(query, revisionFromRow);
}

/** One save as the history lists it, without what it says. */
export interface Saved extends Pick<
  Revision,
  "n" | "title" | "words" | "material" | "reason" | "savedAt" | "beganAt"
> {
  savedBy: string;
  savedByName: string;
}

/** The revisions of a story before a number, newest first. */
export function historyQuery(
  id: string,
  { before, limit }: { before: number; limit: number },
): Read<Saved> {
  const query = sql<Omit<Saved, "material"> & { material: number }>`
    select r.n, r.content ->> 'title' as title, r.words, r.material, r.reason, r.saved_at as savedAt,
      coalesce(r.began_at, r.saved_at) as beganAt, r.saved_by as savedBy, ${actorName("r.saved_by")} as savedByName
    from revisions r where r.article_id = ${id} and r.n < ${before} order by r.n desc limit ${limit}`;
  return readAs(query, (row) => ({ ...row, material: row.material === 1 }));
}

/** A revision with the name of who saved it. */
export interface Signed {
  revision: Revision;
  savedByName: string;
}

/** Some revisions of a story, by their numbers. */
export function signedQuery(id: string, numbers: number[]): Read<Signed> {
  const query = sql<Row>`
    select ${REVISION_COLUMNS}, r.content, r.body, r.pictures, ${actorName("r.saved_by")} as savedByName
    from revisions_by_slug r
    where r.article_id = ${id} and r.n in (select value from json_each(${JSON.stringify(numbers)}))`;
  return readAs(query, (row) => ({
    revision: revisionFromRow(row),
    savedByName: String(row["savedByName"]),
  }));
}

/** Keeps later saves from writing over a revision. */
export function sealRevision(id: string, n: number): Write {
  return sqlWrite`update revisions set sealed = 1 where article_id = ${id} and n = ${n}`;
}

/** The same of a revision as it was read; lost when it was written over since. */
export function sealAsRead(id: string, { n, savedAt }: Pick<Revision, "n" | "savedAt">): Write {
  return guarded(
    sqlWrite`update revisions set sealed = 1 where article_id = ${id} and n = ${n} and saved_at = ${savedAt}`,
    "version",
  );
}

/** How many bytes of UTF-8 the HTML of the named revisions of a story has. */
export function htmlBytesQuery(id: string, ns: number[]): Read<{ n: number; bytes: number }> {
  return sql<{ n: number; bytes: number }>`
    select n, length(cast(html as blob)) as bytes from revisions
    where article_id = ${id} and n in (select value from json_each(${JSON.stringify(ns)}))`;
}

/** Writes the heads and the copies that acts made, and which pictures they show. */
export function writeRevisions(changes: StoryChange[]): Write[] {
  const written = changes.filter(({ html }) => html !== null);
  const continued = written.filter(isContinued);
  const begun = written.filter((change) => !isContinued(change));
  return [
    ...begun.map(beginRevision),
    ...continued.map(continueRevision),
    ...(continued.length > 0 ? [deletePictures(continued)] : []),
    ...writePictures(written),
    ...changes.flatMap(({ after, copies = [] }) =>
      copies.flatMap((copy) => copyRevision(after.article.id, copy)),
    ),
  ];
}

/** The act wrote over the head that was there, as a desk does that saves every few seconds. */
function isContinued({ before, after }: StoryChange): boolean {
  return before?.head.n === after.head.n;
}

function beginRevision(change: StoryChange): Write {
  const { id } = change.after.article;
  const { row, body, html } = rowOf(change);
  return sqlWrite`
    insert into revisions (article_id, ${names(FACTS)}, renderer, content, body, html)
    select ${id}, ${values(FACTS)}, ${RENDERER}, ${CONTENT_BY_ID}, ${body}, ${html} from json_each(${row}) c`;
}

function continueRevision(change: StoryChange): Write {
  const { article, head } = change.after;
  const { row, body, html } = rowOf(change);
  // A preview of it may have been made meanwhile.
  return guarded(
    sqlWrite`
      update revisions set (${names(FACTS)}, renderer, content, body, html) = (
        select ${values(FACTS)}, ${RENDERER}, ${CONTENT_BY_ID}, ${body}, ${html} from json_each(${row}) c)
      where article_id = ${article.id} and n = ${head.n} and sealed = 0`,
    "version",
  );
}

/** A revision as both statements take it: one row of JSON, and apart from it what is long. */
function rowOf({ after: { head }, html }: StoryChange) {
  const { body, ...content } = contentOf(head);
  return { row: JSON.stringify([{ ...factsOf(head), content }]), body, html };
}

/** What a revision has beside its content, and nothing else of it. */
function factsOf({ n, words, undescribed, material, ...saved }: Revision): Facts {
  const { savedAt, savedBy, reason, beganAt, sealed } = saved;
  return { n, words, undescribed, material, savedAt, savedBy, reason, beganAt, sealed };
}

/**
 * The content of a row, with ids in place of slugs; null, which loses the batch, where an author is not called so any more: else a
 * story that is saved in the moment in which its author gets another slug would lose its byline.
 */
const CONTENT_BY_ID = new Fragment(`
  case when not exists (
    select 1 from json_each(c.value, '$.content.authors') j where not exists (select 1 from authors a where a.slug = j.value)
    union all
    select 1 from json_each(c.value, '$.content.tags') j where not exists (select 1 from tags t where t.slug = j.value))
  then json_set(
    c.value -> 'content', '$.section', (select id from sections where slug = c.value ->> '$.content.section'),
    '$.tags', json((
      select json_group_array(t.id order by j.key) from json_each(c.value, '$.content.tags') j cross join tags t on t.slug = j.value)),
    '$.authors', json((
      select json_group_array(a.id order by j.key) from json_each(c.value, '$.content.authors') j cross join authors a on a.slug = j.value)))
  end`);

/** Copies a row: what is long stays in the database, and no renderer of a later day makes other HTML of it. */
function copyRevision(id: string, { of, revision }: RevisionCopy): Write[] {
  const { n, corrections } = revision;
  const facts = factsOf(revision);
  return [
    sqlWrite`
      insert into revisions (article_id, ${names(FACTS)}, renderer, content, body, html)
      select r.article_id, ${values(FACTS)}, r.renderer,
        json_set(r.content, '$.corrections', json(${JSON.stringify(corrections)})), r.body, r.html
      from json_each(${JSON.stringify([facts])}) c cross join revisions r
      where r.article_id = ${id} and r.n = ${of}`,
    sqlWrite`
      insert into revision_pictures (article_id, n, hash)
      select article_id, ${n}, hash from revision_pictures where article_id = ${id} and n = ${of}`,
  ];
}

function deletePictures(changes: StoryChange[]): Write {
  const rows = changes.map(({ after: { article, head } }) => [article.id, head.n]);
  return sqlWrite`
    delete from revision_pictures
    where (article_id, n) in (select value ->> 0, value ->> 1 from json_each(${JSON.stringify(rows)}))`;
}

function writePictures(changes: StoryChange[]): Write[] {
  const rows = changes.flatMap(({ after: { article, head } }) =>
    head.pictures.map((hash) => ({ id: article.id, n: head.n, hash })),
  );
  if (rows.length === 0) return [];
  return [
    sqlWrite`
      insert into revision_pictures (article_id, n, hash)
      select value ->> 'id', value ->> 'n', value ->> 'hash' from json_each(${JSON.stringify(rows)})`,
  ];
}
