// Promises: a revision is written whole, with the pictures that it shows, and read with slugs where it is kept with ids.
// Relies on: `content` being the story's Content as JSON without its body, in which section, tags and authors are ids.
// Does not: decide when a save begins a revision and when it continues one (editor/articles).

import type { Content, Revision, StoryChange } from "../domain/article.ts";
import { RENDERER } from "../domain/renderer.ts";
import { Fragment, readAs, sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";
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
});

/** What to select of a revision in `revisions_by_slug`, for `revisionFromRow`. */
export const REVISION_COLUMNS = columns(FACTS, { of: "r", as: "head." });

/** Reads a revision from `REVISION_COLUMNS` and its content, body and pictures. */
export function revisionFromRow(row: Row): Revision {
  return {
    ...(JSON.parse(String(row["content"])) as Omit<Content, "body">),
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

/** Writes the heads that acts made, and which pictures they show. */
export function writeRevisions(changes: StoryChange[]): Write[] {
  const written = changes.filter(({ html }) => html !== null);
  const continued = written.filter(isContinued);
  const begun = written.filter((change) => !isContinued(change));
  return [
    ...begun.map(beginRevision),
    ...continued.map(continueRevision),
    ...(continued.length > 0 ? [deletePictures(continued)] : []),
    ...writePictures(written),
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
  return sqlWrite`
    update revisions set (${names(FACTS)}, renderer, content, body, html) = (
      select ${values(FACTS)}, ${RENDERER}, ${CONTENT_BY_ID}, ${body}, ${html} from json_each(${row}) c)
    where article_id = ${article.id} and n = ${head.n}`;
}

/** A revision as both statements take it: one row of JSON, and apart from it what is long. */
function rowOf({ after: { head }, html }: StoryChange) {
  const { n, words, pictures: _, undescribed, material, savedAt, savedBy, body, ...content } = head;
  const facts: Facts = { n, words, undescribed, material, savedAt, savedBy };
  return { row: JSON.stringify([{ ...facts, content }]), body, html };
}

/**
 * The content of a row, with ids in place of slugs; null, which loses the batch, where an author is not called so any more: else a
 * story that is saved in the moment in which its author gets another slug would lose its byline.
 */
const CONTENT_BY_ID = new Fragment(`
  case when not exists (
    select 1 from json_each(c.value, '$.content.authors') j where j.value not in (select slug from authors))
  then json_set(
    c.value -> 'content', '$.section', (select id from sections where slug = c.value ->> '$.content.section'),
    '$.tags', json((
      select json_group_array(t.id order by j.key) from json_each(c.value, '$.content.tags') j join tags t on t.slug = j.value)),
    '$.authors', json((
      select json_group_array(a.id order by j.key) from json_each(c.value, '$.content.authors') j join authors a on a.slug = j.value)))
  end`);

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
