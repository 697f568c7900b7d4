// Promises: a story is written whole or not at all, however many are written at once; a lost race is named.
// Relies on: guarded batches, articles.version, and the unique indexes on articles.path and live.path.
// Does not: decide what an act means (domain/article.ts) or who may do it (domain/role.ts).

import type { Article, Form, Status, StoryChange, StoryState } from "../domain/article.ts";
import type { Kind } from "../domain/kinds.ts";
import { articlePath } from "../domain/paths.ts";
import { isSameJson } from "../domain/same.ts";
import { EXCERPTED } from "../domain/search/highlight.ts";
import {
  Fragment,
  guarded,
  readAs,
  sql,
  sqlWrite,
  type Database,
  type Read,
  type Write,
} from "./batch.d1.ts";
import { columns, fromRow, names, table, updates, values, type Row } from "./columns.ts";
import { writeNewTags } from "./directory.d1.ts";
import { LIVE_COLUMNS, LIVE_PAGE_COLUMNS, liveFromRow, writeLive } from "./live.d1.ts";
import { noSectionAt } from "./paths.d1.ts";
import { REVISION_COLUMNS, revisionFromRow, writeRevisions } from "./revisions.d1.ts";
import { writeCharts } from "./stills.d1.ts";

/** What a story has beside its assignee, who is stored by id and read by slug. */
const ARTICLE = table<Omit<Article, "assignee">>("articles", {
  id: "plain",
  form: "plain",
  status: "plain",
  version: "plain",
  head: "plain",
  lastRevision: "plain",
  live: "plain",
  lastLive: "plain",
  scheduled: "plain",
  scheduledFor: "plain",
  expiresAt: "plain",
  firstPublishedAt: "plain",
  changedAt: "plain",
  publishedAt: "plain",
  updatedAt: "plain",
  createdAt: "plain",
  createdBy: "plain",
  binnedAt: "plain",
  removedAt: "plain",
  submitted: "plain",
  submittedAt: "plain",
  submittedBy: "plain",
  reviewNote: "plain",
  plannedWords: "plain",
  plannedFor: "plain",
  fieldVersions: "json",
  source: "plain",
  sourceKey: "plain",
  sourceHash: "plain",
  redirectFrom: "json",
});

/** Whose stories are meant: under a byline or assigned to it, by its slug, and made with a key or by a person. */
export interface Owner {
  author: string | null;
  key: string;
}

/** How the editors' list of stories or of pages is narrowed; every filter is of the head revision. */
export interface ArticleFilter {
  form: Form;
  status?: Status | undefined;
  kind?: Kind | undefined;
  section?: string | undefined;
  tag?: string | undefined;
  author?: string | undefined;
  assignee?: string | undefined;
  /** Only what waits for review. */
  review?: "waiting" | undefined;
  /** Words in the headline, in any case. */
  q?: string | undefined;
  /** Only what this owner made, has the byline of or is to see to. */
  mine?: Owner | undefined;
  /** Only live stories and those that this owner may see unpublished. */
  visibleTo?: Owner | undefined;
}

/** Finds stories by id, as editors hold them; `withBody` false leaves the body empty, for lists. */
export function storiesQuery(ids: string[], withBody = true): Read<StoryState> {
  const query = sql<Row>`
    select ${columns(ARTICLE, { of: "a", as: "article." })},
      (select slug from authors where id = a.assignee) as assignee, ${REVISION_COLUMNS}, r.content, r.pictures,
      case when ${withBody ? 1 : 0} then r.body else '' end as body,
      ${LIVE_COLUMNS}, l.content as liveContent, ${LIVE_PAGE_COLUMNS}
    from articles a
    join revisions_by_slug r on r.article_id = a.id and r.n = a.head
    left join live_by_slug l on l.article_id = a.id
    left join live_pages g on g.article_id = a.id
    where a.id in (select value from json_each(${JSON.stringify(ids)}))`;
  return readAs(query, (row) => {
    const assignee = row["assignee"] as string | null;
    const article: Article = { ...fromRow(ARTICLE, row, "article."), assignee };
    return { article, head: revisionFromRow(row), live: liveFromRow(row, article.redirectFrom) };
  });
}

/** Finds an importer's stories by its own keys. */
export function sourceQuery(
  source: string,
  keys: string[],
): Read<{ id: string; source_key: string; source_hash: string }> {
  return sql<{ id: string; source_key: string; source_hash: string }>`
    select id, source_key, source_hash from articles
    where source = ${source} and source_key in (select value from json_each(${JSON.stringify(keys)}))`;
}

/** A page of the editors' list, newest first by creation: an order in which an edit moves nothing. */
export async function listStories(
  db: Database,
  filter: ArticleFilter,
  page: ListPage,
): Promise<{ stories: StoryState[]; next: string | null }> {
  const [ids] = await db.read((filter.mine ? ownIdsQuery : idsQuery)(filter, page));
  const shown = ids.slice(0, page.limit);
  const stories = await storiesAmong(
    db,
    shown.map(({ id }) => id),
    // Who may not see all may see of each what is read now: it may have been edited since.
    filter.visibleTo && filter,
  );
  return { stories, next: ids.length > page.limit ? (shown.at(-1)?.born ?? null) : null };
}

interface ListPage {
  before: string | null;
  limit: number;
}

/** The ids of a page of the list, and of one story more. */
function idsQuery(
  filter: ArticleFilter,
  { before, limit }: ListPage,
): Read<{ id: string; born: string }> {
  const { from, born, rest } = drivenBy(filter);
  return sql`
    with asked (filter) as (select ${JSON.stringify(filter)})
    select a.id, a.born from ${from} join revisions_by_slug r on r.article_id = a.id and r.n = a.head
    where a.form = ${new Fragment(`'${filter.form}'`)} and ${born} < ${before ?? "~"} ${conditionsOf(filter, rest)}
    order by ${born} desc limit ${limit + 1}`;
}

/** The same of what is an owner's: for each reason why it is theirs a page by an index of its own, and of these the newest. */
function ownIdsQuery(
  filter: ArticleFilter,
  { before, limit }: ListPage,
): Read<{ id: string; born: string }> {
  const reasons = (Object.keys(OWNED) as (keyof typeof OWNED)[]).filter(
    (reason) =>
      reason === "made" ||
      (filter.mine?.author !== null && (filter.form === "story" || reason !== "bylined")),
  );
  const pages = reasons.map((reason) => {
    const { from, born, where } = OWNED[reason];
    return `
      select * from (
        select a.id, a.born from ${from} join revisions_by_slug r on r.article_id = a.id and r.n = a.head
        where a.form = '${filter.form}' and ${where} and ${born} < (select before from asked) ${conditionsOf(filter, "mine").text}
        order by ${born} desc limit (select most from asked))`;
  });
  return sql`
    with asked (filter, before, most) as (select ${JSON.stringify(filter)}, ${before ?? "~"}, ${limit + 1}),
      own (id, born) as (${new Fragment(pages.join(" union "))})
    select id, born from own order by born desc limit (select most from asked)`;
}

/** The given stories in the order of their ids: those that a filter lets through as they are read, if there is one. */
export async function storiesAmong(
  db: Database,
  ids: string[],
  filter?: ArticleFilter,
): Promise<StoryState[]> {
  if (ids.length === 0) return [];
  const given = JSON.stringify(ids);
  const [found, stories] = await db.read(
    filter
      ? sql<{ id: string }>`
          with asked (filter) as (select ${JSON.stringify(filter)})
          select a.id from json_each(${given}) w cross join articles a on a.id = w.value
          cross join revisions_by_slug r on r.article_id = a.id and r.n = a.head
          where a.form = ${filter.form} ${conditionsOf(filter)} order by w.key`
      : sql<{ id: string }>`select value as id from json_each(${given})`,
    storiesQuery(ids, false),
  );
  const byId = new Map(stories.map((story) => [story.article.id, story]));
  return found.flatMap(({ id }) => byId.get(id) ?? []);
}

/** The beginning of the HTML of heads as they were read, for lines of it. */
export function excerptsQuery(stories: StoryState[]): Read<{ id: string; html: string }> {
  const heads = stories.map(({ article, head }) => [article.id, head.n]);
  return sql<{ id: string; html: string }>`
    select r.article_id as id, substr(r.html, 1, ${EXCERPTED}) as html
    from json_each(${JSON.stringify(heads)}) w
    cross join revisions r on r.article_id = w.value ->> 0 and r.n = w.value ->> 1`;
}

/** Where a list is read from: the stories that name an author or a tag, if it is narrowed by one; what else is asked of each. */
function drivenBy(filter: ArticleFilter) {
  const kind = filter.author !== undefined ? "author" : filter.tag !== undefined ? "tag" : null;
  if (kind === null)
    return { from: OF_FORM[filter.form], born: new Fragment("a.born"), rest: undefined };
  const named = namedIn(kind).replace("$", `(select filter ->> '${kind}' from asked)`);
  return {
    from: new Fragment(
      `(select article_id, born from head_names n where ${named}) h cross join articles a on a.id = h.article_id`,
    ),
    born: new Fragment("h.born"),
    rest: kind,
  } as const;
}

/** That a row `n` of head_names names the entry with a slug. */
function namedIn(kind: "author" | "tag"): string {
  return `n.kind = '${kind}' and n.entry_id = (select id from ${kind}s where slug = $)`;
}

/** Where articles of a form are listed from: pages are few among many stories, whatever statistics of these say. */
const OF_FORM: Record<Form, Fragment> = {
  story: new Fragment("articles a"),
  page: new Fragment("articles a indexed by articles_pages"),
};

const VISITOR = "(select filter -> 'visibleTo' ->> 'author' from asked)";

/** That a story `a` with its head `r` is of who asks, who is in `asked.filter`: under their byline, assigned to it, or made with their key; of a page, whoever's key it is. */
export const OWN = `(
  (select (a.form = 'page' or filter -> 'visibleTo' ->> 'author' is null) and a.created_by = filter -> 'visibleTo' ->> 'key' from asked)
  or ${isUnder(VISITOR)} or ${isAssignedTo(VISITOR)})`;

/** That the head of a story is under the byline of a slug. */
function isUnder(slug: string): string {
  return `exists (select 1 from json_each(r.content, '$.authors') where value = ${slug})`;
}

/** That a story is assigned to the author of a slug. */
function isAssignedTo(slug: string): string {
  return `a.assignee = (select id from authors where slug = ${slug})`;
}

const OWNER = "(select filter -> 'mine' ->> 'author' from asked)";
const IS_MADE = "a.created_by = (select filter -> 'mine' ->> 'key' from asked)";

/** Why a story is an owner's, and by which index these are found. */
const OWNED = {
  made: { from: "articles a indexed by articles_made", born: "a.born", where: IS_MADE },
  assigned: {
    from: "articles a indexed by articles_assignee",
    born: "a.born",
    where: isAssignedTo(OWNER),
  },
  bylined: {
    from: "head_names h cross join articles a on a.id = h.article_id",
    born: "h.born",
    where: `h.kind = 'author' and h.entry_id = (select id from authors where slug = ${OWNER})`,
  },
} as const;

/** What each filter asks of a story `a` and its head `r`; what is asked for is JSON in `asked`. */
const CONDITIONS: { [Name in Exclude<keyof ArticleFilter, "form">]-?: string } = {
  status: "a.status = $",
  kind: "a.kind = $",
  section: "a.section = (select id from sections where slug = $)",
  tag: `exists (select 1 from head_names n where ${namedIn("tag")} and n.born = a.born)`,
  author: `exists (select 1 from head_names n where ${namedIn("author")} and n.born = a.born)`,
  assignee: "a.assignee = (select id from authors where slug = $)",
  review: "a.submitted is not null",
  q: "instr(lower(r.title), lower($)) > 0",
  mine: `(${IS_MADE} or ${isUnder(OWNER)} or ${isAssignedTo(OWNER)})`,
  visibleTo: `(a.live = a.head or ${OWN})`,
};

/** The conditions of what a filter asks for, and none of what it does not: one for everything keeps every index from use. */
function conditionsOf(filter: ArticleFilter, without?: keyof ArticleFilter): Fragment {
  const names = Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[];
  // Who does not see what is planned with others' stories does not find them by it, either.
  const isByPlans = filter.assignee !== undefined || filter.review !== undefined;
  const conditions = names
    .filter((name) => filter[name] !== undefined && name !== without)
    .map((name) => {
      const condition = name === "visibleTo" && isByPlans ? OWN : CONDITIONS[name];
      return ` and ${condition.replace(/\$(?!\.)/, `(select filter ->> '${name}' from asked)`)}`;
    });
  return new Fragment(conditions.join(""));
}

/** The stories whose hour has come: to go out, or to expire. At most `limit` ids, oldest first. */
export async function findDue(
  db: Database,
  now: number,
  limit: number,
): Promise<{ publish: string[]; expire: string[] }> {
  const [publish, expire] = await db.read(
    sql<{ id: string }>`
      select id from articles where scheduled_for is not null and scheduled_for <= ${now}
      order by scheduled_for limit ${limit}`,
    sql<{ id: string }>`
      select id from articles where expires_at is not null and expires_at <= ${now}
      order by expires_at limit ${limit}`,
  );
  return { publish: publish.map(({ id }) => id), expire: expire.map(({ id }) => id) };
}

/** Stories that have been in the bin since before `since`. At most `limit` ids, oldest first. */
export async function findBinned(db: Database, since: number, limit: number): Promise<string[]> {
  const [rows] = await db.read(
    sql<{ id: string }>`
      select id from articles where binned_at is not null and binned_at < ${since}
      order by binned_at limit ${limit}`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Deletes a story for good, with everything that hangs on it; lost when it was brought back meanwhile. Where readers found it
 * once, it stays gone.
 */
export function deleteStory(id: string, version: number): Write[] {
  return [
    // First, since a story that is not in the bin any more must lose nothing.
    guarded(
      sqlWrite`
        update articles set version = version + 1 where id = ${id} and version = ${version} and status = 'binned'`,
      "version",
    ),
    sqlWrite`delete from presence where article_id = ${id}`,
    sqlWrite`delete from previews where article_id = ${id}`,
    sqlWrite`delete from notes where article_id = ${id}`,
    sqlWrite`
      update paths set kind = 'gone', article_id = null, vacated = 1 where article_id = ${id} and kind = 'article'`,
    sqlWrite`update paths set article_id = null where article_id = ${id}`,
    sqlWrite`delete from revision_pictures where article_id = ${id}`,
    sqlWrite`delete from revisions where article_id = ${id}`,
    sqlWrite`delete from articles where id = ${id}`,
  ];
}

/**
 * The statements that write the given changes: a fixed number, plus one for each revision that is written, so that a hundred
 * imported stories stay below D1's 1,000 queries an invocation.
 */
export function writeStories(changes: StoryChange[], now: number): Write[] {
  return [
    ...writeNewTags(changes.filter(({ html }) => html !== null)),
    ...(changes.length > 1 ? [leavePaths(changes)] : []),
    guarded(writeArticles(changes), "version", changes.length),
    ...writeRevisions(changes),
    ...writeHeadNames(changes),
    ...writeLive(changes, now),
    ...writeCharts(
      changes.map(({ after, charts = [] }) => ({ id: after.article.id, charts })),
      now,
    ),
  ];
}

/** Writes which authors and tags the heads name, where that changes. */
function writeHeadNames(changes: StoryChange[]): Write[] {
  const ids = changes.flatMap(({ before, after: { article, head } }) =>
    isSameJson(before && [before.head.authors, before.head.tags], [head.authors, head.tags])
      ? []
      : [article.id],
  );
  if (ids.length === 0) return [];
  const named = JSON.stringify(ids);
  return [
    sqlWrite`delete from head_names where article_id in (select value from json_each(${named}))`,
    sqlWrite`
      insert into head_names (kind, entry_id, born, article_id)
      select k.kind, e.value, a.born, a.id
      from json_each(${named}) w cross join articles a on a.id = w.value
      cross join revisions r on r.article_id = a.id and r.n = a.head
      cross join (select 'author' as kind, '$.authors' as field union all select 'tag', '$.tags') k
      cross join json_each(r.content, k.field) e
      where true on conflict (kind, entry_id, born) do nothing`,
  ];
}

/**
 * Takes the stories that move off their paths first: one may come to where another of them was, and no two want one
 * path at any moment.
 */
function leavePaths(changes: StoryChange[]): Write {
  const rows = changes.map(({ after: { article, head } }) => ({
    id: article.id,
    path: articlePath(head.section, head.slug),
  }));
  return sqlWrite`
    update articles set path = '~' || id
    where id in (
      select a.id from json_each(${JSON.stringify(rows)}) j join articles a on a.id = j.value ->> 'id'
      where a.path <> j.value ->> 'path')`;
}

function writeArticles(changes: StoryChange[]): Write {
  const rows = changes.map(({ after: { article, head } }) => ({
    ...article,
    kind: head.kind,
    section: head.section,
    path: articlePath(head.section, head.slug),
    born: `${String(article.createdAt).padStart(15, "0")}-${article.id}`,
  }));
  return sqlWrite`
    insert into articles (${names(ARTICLE)}, kind, assignee, section, path, born)
    select ${values(ARTICLE)}, value ->> 'kind', (select id from authors where slug = value ->> 'assignee'),
      -- Null aborts the batch: the section is gone, or who it is assigned to is called otherwise by now.
      (select id from sections where slug = value ->> 'section'
        and (deleted_at is null or value ->> 'status' = 'binned' or value ->> 'form' = 'page')
        and (value ->> 'assignee' is null or exists (select 1 from authors where slug = value ->> 'assignee'))),
      value ->> 'path', value ->> 'born'
    from json_each(${JSON.stringify(rows)})
    -- Of a page that a section came before, the version is lost: who reads again is told.
    where value ->> 'form' = 'story' or value ->> 'status' = 'binned' or ${noSectionAt("value ->> 'path'")}
    on conflict (id) do update set ${updates(ARTICLE, ["id", "form", "createdAt", "createdBy"])},
      kind = excluded.kind, assignee = excluded.assignee, path = excluded.path, section = excluded.section
    where articles.version = excluded.version - 1`;
}
