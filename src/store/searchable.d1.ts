// Promises: what the search index must know of stories, as they are now; whose turn it is to look.
// Relies on: `live` and the head revisions; ids in their contents.
// Does not: write the index, which is another database (words.d1.ts).

import type { Form, Status } from "../domain/article.ts";
import type { Content } from "../domain/revision.ts";
import { Fragment, readAs, sql, sqlTake, type Read, type Take } from "./batch.d1.ts";

/** What editors are at with a story. */
export interface SearchableHead {
  id: string;
  createdAt: number;
  createdBy: string;
  form: Form;
  status: Status;
  assignee: string | null;
  isWaiting: boolean;
  isOut: boolean;
  /** It was removed for legal reasons: it is not to be found by anybody. */
  isRemoved: boolean;
  content: SearchableContent;
  html: string;
  names: string[];
}

/** What readers see of a story, or of a page that is none. */
export interface SearchableLive {
  id: string;
  publishedAt: number;
  content: SearchableContent;
  /** Null where it is the head's. */
  html: string | null;
  names: string[];
}

/** With ids of the section, the authors and the tags. */
type SearchableContent = Pick<
  Content,
  "title" | "standfirst" | "section" | "authors" | "tags" | "language"
> &
  // What was written before there were kinds has none.
  Partial<Pick<Content, "kind">>;

/** What the authors and the tags of a revision `r` are called. */
const NAMES = new Fragment(`(
  select json_group_array(name) from (
    select x.name from json_each(r.content, '$.authors') j cross join authors x on x.id = j.value
    union all
    select x.name from json_each(r.content, '$.tags') j cross join tags x on x.id = j.value)) as names`);

interface RevisionRow {
  content: string;
  names: string;
}

function fromJson({ content, names }: RevisionRow) {
  return {
    content: JSON.parse(content) as SearchableContent,
    names: JSON.parse(names) as string[],
  };
}

export function searchableHeadsQuery(ids: string[]): Read<SearchableHead> {
  type Row = Omit<SearchableHead, "isWaiting" | "isOut" | "isRemoved" | "content" | "names"> &
    RevisionRow & { waiting: number; isOut: number | null; removed: number };
  const query = sql<Row>`
    select a.id, a.created_at as createdAt, a.created_by as createdBy, a.form, a.status, a.assignee,
      a.submitted is not null as waiting, a.live = a.head as isOut, a.removed_at is not null as removed, r.content, r.html, ${NAMES}
    from json_each(${JSON.stringify(ids)}) w cross join articles a on a.id = w.value
    cross join revisions r on r.article_id = a.id and r.n = a.head`;
  return readAs(query, (row) => {
    const { id, createdAt, createdBy, form, status, assignee, html } = row;
    const flags = {
      isWaiting: row.waiting === 1,
      isOut: row.isOut === 1,
      isRemoved: row.removed === 1,
    };
    return { id, createdAt, createdBy, form, status, assignee, html, ...flags, ...fromJson(row) };
  });
}

/** What readers see, of either form. */
const LIVE = new Fragment(`(
  select article_id, revision, published_at from live
  union all select article_id, revision, published_at from live_pages)`);

export function searchableLivesQuery(ids: string[]): Read<SearchableLive> {
  const query = sql<Omit<SearchableLive, "content" | "names"> & RevisionRow>`
    select l.article_id as id, l.published_at as publishedAt, r.content,
      iif(l.revision = (select head from articles where id = l.article_id), null, r.html) as html, ${NAMES}
    from json_each(${JSON.stringify(ids)}) w cross join ${LIVE} l on l.article_id = w.value
    cross join revisions r on r.article_id = l.article_id and r.n = l.revision`;
  return readAs(query, (row) => ({ ...row, ...fromJson(row) }));
}

/** Takes a turn: a number higher than any before. After the database was put back to an earlier day the time (epoch ms) is. */
export function takeTurn(now: number): Take<{ n: number }> {
  return sqlTake<{
    n: number;
  }>`update index_turn set n = max(n + 1, ${now}) where only = 1 returning n`;
}

/** Stories in the order of their ids, for who goes through all of them. */
export function idsQuery(after: string, limit: number): Read<{ id: string }> {
  return sql<{
    id: string;
  }>`select id from articles where id > ${after} order by id limit ${limit}`;
}

/** Stories that name an author or a tag, in an order that lets one go on after a key: those that are live, and heads. */
export function namingQuery(
  kind: "author" | "tag",
  entry: string,
  { among, after, limit }: { among: "live" | "head"; after: string; limit: number },
): Read<{ id: string; key: string }> {
  if (among === "head")
    return sql<{ id: string; key: string }>`
      select article_id as id, born as key from head_names
      where kind = ${kind} and entry_id = ${entry} and born > ${after} order by born limit ${limit}`;
  const rows = new Fragment(
    kind === "author" ? "live_authors where author" : "live_tags where tag",
  );
  return sql<{ id: string; key: string }>`
    select article_id as id, place as key from ${rows} = ${entry} and place > ${after} order by place limit ${limit}`;
}
