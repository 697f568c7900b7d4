// Promises: a story is written whole or not at all, however many are written at once; a lost race is named.
// Relies on: guarded batches, articles.version, and the unique indexes on articles.path and live.path.
// Does not: decide what an act means (domain/article.ts) or who may do it (domain/role.ts).

import type { Article, Correction, Live, Revision, Status } from "../domain/article.ts";
import type { Hero } from "../domain/hero.ts";
import { RENDERER } from "../domain/renderer.ts";
import { guarded, sql, sqlWrite, type Database, type Read, type Write } from "./batch.d1.ts";

/** A story as editors hold it: its life, its head revision, and what readers see of it. */
export interface Held {
  article: Article;
  head: Revision;
  live: Live | null;
}

/** What one act does to one story. `seen` is the version it read, or null when the story is new. */
export interface StoryChange {
  seen: number | null;
  article: Article;
  /** The head revision after the act. */
  head: Revision;
  /** The head's HTML when this act made that revision; null when the head stays as it was. */
  html: string | null;
  /** What readers saw before the act. */
  before: Live | null;
  /** What they see afterwards; undefined when that does not change. */
  live: Live | null | undefined;
  /** The revision that they see afterwards, if any. */
  shown: Revision;
  /** The former paths that led to it before, because an importer said so. */
  redirectedFrom: string[];
  /** What tags of the head are called if they are new, by slug; the others are named after their slugs. */
  tagNames?: Map<string, string> | undefined;
}

/** How the editors' list is narrowed; every filter is of the head revision. */
export interface ArticleFilter {
  status?: Status | undefined;
  section?: string | undefined;
  tag?: string | undefined;
  author?: string | undefined;
  /** Words in the headline, in any case. */
  q?: string | undefined;
  /** Only live stories and those that this owner may see unpublished. */
  visibleTo?: { author: string | null; key: string } | undefined;
}

/** Who holds a path: a live story, what a draft or a schedule wants, or an editors' redirect. */
export interface PathHolder {
  path: string;
  /** `former`: a story was there once, and its address still answers. Who asks for the path by name may have it. */
  holder: "live" | "draft" | "scheduled" | "redirect" | "former";
  articleId: string | null;
}

/** Finds stories by id, with their head revision; `withBody` false leaves the body empty, for lists. */
export function heldQuery(ids: string[], withBody = true): Read<HeldRow> {
  return sql<HeldRow>`
    select a.*, r.n, r.title, r.slug, r.slug_written, r.standfirst, r.section, r.tags, r.authors, r.hero, r.language, r.canonical_url,
      r.translation_of, r.corrections, r.seo, r.published_at, r.updated_at, r.material, r.words, r.saved_at, r.saved_by, r.undescribed,
      case when ${withBody ? 1 : 0} then r.body else '' end as body,
      l.place as live_place, l.month as live_month, (select slug from sections where id = l.section) as live_section, l.path as live_path,
      l.published_at as live_published_at, l.updated_at as live_updated_at,
      (select json_group_array(t.slug order by x.position) from live_tags x join tags t on t.id = x.tag where x.article_id = a.article) as live_tags,
      (select json_group_array(w.slug order by x.position) from live_authors x join authors w on w.id = x.author where x.article_id = a.article) as live_authors,
      (select json_group_array(hash order by hash) from live_pictures where article_id = a.article) as live_pictures,
      (select json_group_array(hash order by hash) from revision_pictures u where u.article_id = a.article and u.n = r.n) as pictures
    from (
      select id as article, status, version, head, live, last_live, scheduled, scheduled_for, expires_at,
        first_published_at, changed_at, published_at as shown_published_at, updated_at as shown_updated_at, created_at, created_by, binned_at,
        assignee, review_note, source, source_key, source_hash, redirect_from, born
      from articles where id in (select value from json_each(${JSON.stringify(ids)}))
    ) a
    join revisions_by_slug r on r.article_id = a.article and r.n = a.head
    left join live l on l.article_id = a.article`;
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

/** Finds who holds each of the given paths, and those that the heads of the given stories want. */
export function pathHoldersQuery(paths: string[], ids: string[] = []): Read<PathHolder> {
  return sql<PathHolder>`
    with wanted (path) as (
      select value from json_each(${JSON.stringify(paths)})
      union select path from articles where id in (select value from json_each(${JSON.stringify(ids)})))
    select path, 'live' as holder, article_id as articleId from live where path in (select path from wanted)
    union all
    select path, 'draft', id from articles where path in (select path from wanted) and status <> 'binned'
    union all
    select '/' || r.section || '/' || r.slug, 'scheduled', a.id
    from articles a join revisions_by_slug r on r.article_id = a.id and r.n = a.scheduled
    where a.scheduled_for is not null and '/' || r.section || '/' || r.slug in (select path from wanted)
    union all
    select path, iif(kind = 'article', 'former', 'redirect'), article_id
    from paths where path in (select path from wanted)`;
}

/** Finds which paths are held of those that the nth story with one of these slugs would have: stem, hyphen, number. */
export function numberedPathsQuery(stems: string[]): Read<{ path: string }> {
  return sql<{ path: string }>`
    with stems (low, high) as (
      select value || '-0', value || '-:' from json_each(${JSON.stringify(stems)}))
    select path from stems join live where path > low and path < high
    union select path from stems join articles where path > low and path < high and status <> 'binned'
    union select path from stems join paths where path > low and path < high
    union
    select '/' || r.section || '/' || r.slug
    from articles a join revisions_by_slug r on r.article_id = a.id and r.n = a.scheduled
    join stems on '/' || r.section || '/' || r.slug > low and '/' || r.section || '/' || r.slug < high
    where a.scheduled_for is not null`;
}

/** A page of the editors' list, newest first by creation: an order in which an edit moves nothing. */
export async function listHeld(
  db: Database,
  filter: ArticleFilter,
  page: { before: string | null; limit: number },
): Promise<{ held: Held[]; next: string | null }> {
  const born = page.before ?? "~";
  const { status = null, section = null, tag = null, author = null, q = null } = filter;
  const own = filter.visibleTo;
  const [ids] = await db.read(
    sql<{ id: string; born: string }>`
      select a.id, a.born from articles a join revisions_by_slug r on r.article_id = a.id and r.n = a.head
      where a.born < ${born}
        and (${status} is null or a.status = ${status})
        and (${section} is null or r.section = ${section})
        and (${tag} is null or exists (select 1 from json_each(r.tags) where value = ${tag}))
        and (${author} is null or exists (select 1 from json_each(r.authors) where value = ${author}))
        and (${q} is null or instr(lower(r.title), lower(${q})) > 0)
        and (${own ? 1 : 0} = 0 or a.live = a.head
          or (${own?.author ?? null} is null and a.created_by = ${own?.key ?? null})
          or exists (select 1 from json_each(r.authors) where value = ${own?.author ?? null}))
      order by a.born desc limit ${page.limit + 1}`,
  );
  const shown = ids.slice(0, page.limit);
  if (shown.length === 0) return { held: [], next: null };
  const [rows] = await db.read(
    heldQuery(
      shown.map(({ id }) => id),
      false,
    ),
  );
  const byId = new Map(rows.map((row) => [row.article, heldFromRow(row)]));
  return {
    held: shown.map(({ id }) => byId.get(id)).filter((held) => held !== undefined),
    next: ids.length > page.limit ? (shown.at(-1)?.born ?? null) : null,
  };
}

/** One revision of a story, or null. */
export async function findRevision(db: Database, id: string, n: number): Promise<Revision | null> {
  const [[row]] = await db.read(
    sql<RevisionRow>`
      select n, title, slug, slug_written, standfirst, section, tags, authors, hero, language, canonical_url, translation_of,
        corrections, seo, published_at, updated_at, material, words, saved_at, saved_by, undescribed, body,
        (select json_group_array(hash order by hash) from revision_pictures u
          where u.article_id = r.article_id and u.n = r.n) as pictures
      from revisions_by_slug r where article_id = ${id} and n = ${n}`,
  );
  return row ? revisionFromRow(row) : null;
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

/**
 * The statements that write the given changes: a fixed number, plus one for each new revision, so that a hundred
 * imported stories stay below D1's 1,000 queries an invocation.
 */
export function writeStories(changes: StoryChange[], now: number): Write[] {
  const revised = changes.filter(({ html }) => html !== null);
  const moved = changes.filter(({ live }) => live !== undefined);
  const lives = moved.flatMap(({ live }) => (live ? [live] : []));
  return [
    ...writeTags(revised),
    ...(changes.length > 1 ? [leavePaths(changes)] : []),
    guarded(writeArticles(changes), "version", changes.length),
    ...revised.map(writeRevision),
    ...writePictures(revised),
    ...(moved.length > 0 ? [deleteLive(moved.map(({ article }) => article.id))] : []),
    ...(lives.length > 0 ? writeLives(lives) : []),
    ...writePaths(changes, now),
  ];
}

/**
 * Takes the stories that move off their paths first: one may come to where another of them was, and no two want one
 * path at any moment.
 */
function leavePaths(changes: StoryChange[]): Write {
  const rows = changes.map(({ article, head }) => ({
    id: article.id,
    path: `/${head.section}/${head.slug}`,
  }));
  return sqlWrite`
    update articles set path = '~' || id
    where id in (
      select a.id from json_each(${JSON.stringify(rows)}) j join articles a on a.id = j.value ->> 'id'
      where a.path <> j.value ->> 'path')`;
}

function writeArticles(changes: StoryChange[]): Write {
  const rows = changes.map(({ seen, article, head }) => ({
    ...article,
    seen: seen ?? 0,
    section: head.section,
    path: `/${head.section}/${head.slug}`,
    born: `${String(article.createdAt).padStart(15, "0")}-${article.id}`,
  }));
  return sqlWrite`
    insert into articles (id, status, version, head, live, last_live, scheduled, scheduled_for, expires_at,
      first_published_at, changed_at, published_at, updated_at,
      created_at, created_by, binned_at, assignee, review_note, source, source_key, source_hash, redirect_from,
      section, path, born)
    select value ->> 'id', value ->> 'status', value ->> 'version', value ->> 'head', value ->> 'live',
      value ->> 'lastLive', value ->> 'scheduled', value ->> 'scheduledFor', value ->> 'expiresAt',
      value ->> 'firstPublishedAt', value ->> 'changedAt', value ->> 'publishedAt', value ->> 'updatedAt',
      value ->> 'createdAt', value ->> 'createdBy', value ->> 'binnedAt', value ->> 'assignee', value ->> 'reviewNote',
      value ->> 'source', value ->> 'sourceKey', value ->> 'sourceHash', value -> 'redirectFrom',
      (select id from sections where slug = value ->> 'section' and (deleted_at is null or value ->> 'status' = 'binned')),
      value ->> 'path', value ->> 'born'
    from json_each(${JSON.stringify(rows)}) where true
    on conflict (id) do update set
      status = excluded.status, version = excluded.version, head = excluded.head, live = excluded.live,
      last_live = excluded.last_live, first_published_at = excluded.first_published_at, changed_at = excluded.changed_at,
      scheduled = excluded.scheduled, scheduled_for = excluded.scheduled_for, expires_at = excluded.expires_at,
      published_at = excluded.published_at, updated_at = excluded.updated_at, binned_at = excluded.binned_at,
      assignee = excluded.assignee, review_note = excluded.review_note, source = excluded.source,
      source_key = excluded.source_key, source_hash = excluded.source_hash,
      redirect_from = excluded.redirect_from, path = excluded.path, section = excluded.section
    where articles.version = excluded.version - 1`;
}

function writeRevision({ article, head: revision, html }: StoryChange): Write {
  const { hero } = revision;
  return sqlWrite`
    insert into revisions (article_id, n, title, slug, slug_written, standfirst, section, tags, authors, hero, language, canonical_url,
      translation_of, corrections, seo, published_at, updated_at, material, words, saved_at, saved_by, body, html, undescribed, renderer)
    values (${article.id}, ${revision.n}, ${revision.title}, ${revision.slug}, ${revision.slugWritten ? 1 : 0}, ${revision.standfirst},
      (select id from sections where slug = ${revision.section}),
      (select json_group_array(t.id order by j.key) from json_each(${JSON.stringify(revision.tags)}) j join tags t on t.slug = j.value),
      (select json_group_array(a.id order by j.key) from json_each(${JSON.stringify(revision.authors)}) j join authors a on a.slug = j.value),
      ${hero && JSON.stringify(hero)},
      ${revision.language}, ${revision.canonicalUrl}, ${revision.translationOf}, ${JSON.stringify(revision.corrections)},
      ${JSON.stringify(revision.seo)}, ${revision.publishedAt}, ${revision.updatedAt}, ${revision.material ? 1 : 0},
      ${revision.words}, ${revision.savedAt}, ${revision.savedBy}, ${revision.body}, ${html},
      ${revision.undescribed}, ${RENDERER})`;
}

function writePictures(changes: StoryChange[]): Write[] {
  const rows = changes.flatMap(({ article, head: { n, pictures } }) =>
    pictures.map((hash) => ({ id: article.id, n, hash })),
  );
  if (rows.length === 0) return [];
  return [
    sqlWrite`
      insert into revision_pictures (article_id, n, hash)
      select value ->> 'id', value ->> 'n', value ->> 'hash' from json_each(${JSON.stringify(rows)})`,
  ];
}

/** No longer than a name may be when it is sent back (editor/input.ts). */
function nameOfTag(slug: string): string {
  const words = slug.replaceAll("-", " ").slice(0, 80).trimEnd();
  return words.replace(/^./, (letter) => letter.toUpperCase());
}

/** A tag is made on first use, with the name that the story gave it; or else named after its slug until an editor names it. */
function writeTags(changes: StoryChange[]): Write[] {
  const slugs = [...new Set(changes.flatMap(({ head }) => head.tags))];
  if (slugs.length === 0) return [];
  const named = new Map(
    changes.flatMap(({ tagNames }) =>
      [...(tagNames ?? [])].filter(([slug, name]) => slug !== name),
    ),
  );
  const tags = slugs.map((slug) => ({ slug, name: named.get(slug) ?? nameOfTag(slug) }));
  return [
    sqlWrite`
      insert into tags (id, slug, name)
      select lower(hex(randomblob(8))), value ->> 'slug', value ->> 'name' from json_each(${JSON.stringify(tags)})
      where true on conflict (slug) do update set name = excluded.name, description = null, deleted_at = null
      where deleted_at is not null`,
  ];
}

function deleteLive(ids: string[]): Write {
  return sqlWrite`delete from live where article_id in (select value from json_each(${JSON.stringify(ids)}))`;
}

function writeLives(lives: Live[]): Write[] {
  const rows = JSON.stringify(lives);
  return [
    sqlWrite`
      insert into live (article_id, revision, section, path, place, month, published_at, updated_at)
      select value ->> 'articleId', value ->> 'revision', (select id from sections where slug = value ->> 'section'),
        value ->> 'path', value ->> 'place',
        value ->> 'month', value ->> 'publishedAt', value ->> 'updatedAt'
      from json_each(${rows})`,
    sqlWrite`
      insert into live_tags (tag, place, article_id, position)
      select (select id from tags where slug = t.value), l.value ->> 'place', l.value ->> 'articleId', t.key
      from json_each(${rows}) l, json_each(l.value, '$.tags') t`,
    sqlWrite`
      insert into live_authors (author, place, article_id, position)
      select (select id from authors where slug = a.value), l.value ->> 'place', l.value ->> 'articleId', a.key
      from json_each(${rows}) l, json_each(l.value, '$.authors') a`,
    sqlWrite`
      insert into live_pictures (hash, article_id)
      select p.value, l.value ->> 'articleId' from json_each(${rows}) l, json_each(l.value, '$.pictures') p`,
    sqlWrite`
      update media set shown = 1 where shown = 0 and hash in (
        select p.value from json_each(${rows}) l, json_each(l.value, '$.pictures') p)`,
  ];
}

/**
 * Makes a live story's path lead to it, and its former paths. A path of another story that is not live there any
 * more changes hands. A live story's and a redirect do not: the batch gives up for the story's own path, and a
 * former path stays with who has it.
 */
function writePaths(changes: StoryChange[], now: number): Write[] {
  const lives = changes.flatMap(({ live }) => live ?? []);
  if (lives.length === 0) return [];
  const own = lives.map(({ path, articleId }) => ({ path, id: articleId }));
  const former = changes
    .filter(leadsAnew)
    .flatMap(({ article }) => article.redirectFrom.map((path) => ({ path, id: article.id })));
  return [
    guarded(writePath(own, now), "path", own.length),
    ...(former.length > 0 ? [writePath(former, now)] : []),
  ];
}

/** Two stories may name one former path: it leads to the one that went out with it last, and no edit changes that. */
function leadsAnew({ before, live, article, redirectedFrom }: StoryChange): boolean {
  const isSame = JSON.stringify(redirectedFrom) === JSON.stringify(article.redirectFrom);
  return live != null && (before === null || !isSame);
}

function writePath(rows: { path: string; id: string }[], now: number): Write {
  return sqlWrite`
    insert into paths (path, kind, article_id, created_at)
    select value ->> 'path', 'article', value ->> 'id', ${now} from json_each(${JSON.stringify(rows)}) where true
    on conflict (path) do update set article_id = excluded.article_id
    where paths.kind = 'article' and not exists (
      select 1 from live where live.path = excluded.path and live.article_id <> excluded.article_id)`;
}

interface RevisionRow {
  n: number;
  title: string;
  slug: string;
  slug_written: number;
  standfirst: string | null;
  section: string;
  tags: string;
  authors: string;
  hero: string | null;
  language: string | null;
  canonical_url: string | null;
  translation_of: string | null;
  corrections: string;
  seo: string;
  published_at: number | null;
  updated_at: number | null;
  material: number;
  words: number;
  saved_at: number;
  saved_by: string;
  undescribed: string | null;
  body: string;
  pictures: string;
}

export interface HeldRow extends RevisionRow {
  article: string;
  status: Status;
  version: number;
  head: number;
  live: number | null;
  last_live: number | null;
  scheduled: number | null;
  scheduled_for: number | null;
  expires_at: number | null;
  first_published_at: number | null;
  changed_at: number | null;
  shown_published_at: number | null;
  shown_updated_at: number | null;
  created_at: number;
  created_by: string;
  binned_at: number | null;
  assignee: string | null;
  review_note: string | null;
  source: string | null;
  source_key: string | null;
  source_hash: string | null;
  redirect_from: string;
  live_place: string | null;
  live_month: string;
  live_section: string;
  live_path: string;
  live_published_at: number;
  live_updated_at: number | null;
  live_tags: string;
  live_authors: string;
  live_pictures: string;
}

/** Reads a story as editors hold it from its row. */
export function heldFromRow(row: HeldRow): Held {
  return { article: articleFromRow(row), head: revisionFromRow(row), live: liveFromRow(row) };
}

function articleFromRow(row: HeldRow): Article {
  return {
    id: row.article,
    status: row.status,
    version: row.version,
    head: row.head,
    live: row.live,
    lastLive: row.last_live,
    scheduled: row.scheduled,
    scheduledFor: row.scheduled_for,
    expiresAt: row.expires_at,
    firstPublishedAt: row.first_published_at,
    changedAt: row.changed_at,
    publishedAt: row.shown_published_at,
    updatedAt: row.shown_updated_at,
    createdAt: row.created_at,
    createdBy: row.created_by,
    binnedAt: row.binned_at,
    assignee: row.assignee,
    reviewNote: row.review_note,
    source: row.source,
    sourceKey: row.source_key,
    sourceHash: row.source_hash,
    redirectFrom: JSON.parse(row.redirect_from) as string[],
  };
}

function revisionFromRow(row: RevisionRow): Revision {
  return {
    n: row.n,
    title: row.title,
    slug: row.slug,
    slugWritten: row.slug_written === 1,
    standfirst: row.standfirst,
    body: row.body,
    section: row.section,
    tags: JSON.parse(row.tags) as string[],
    authors: JSON.parse(row.authors) as string[],
    hero: row.hero === null ? null : (JSON.parse(row.hero) as Hero),
    language: row.language,
    canonicalUrl: row.canonical_url,
    translationOf: row.translation_of,
    corrections: JSON.parse(row.corrections) as Correction[],
    seo: JSON.parse(row.seo) as Revision["seo"],
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
    words: row.words,
    pictures: JSON.parse(row.pictures) as string[],
    undescribed: row.undescribed,
    material: row.material === 1,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
  };
}

function liveFromRow(row: HeldRow): Live | null {
  if (row.live_place === null || row.live === null) return null;
  return {
    articleId: row.article,
    revision: row.live,
    section: row.live_section,
    path: row.live_path,
    place: row.live_place,
    month: row.live_month,
    publishedAt: row.live_published_at,
    updatedAt: row.live_updated_at,
    tags: JSON.parse(row.live_tags) as string[],
    authors: JSON.parse(row.live_authors) as string[],
    pictures: JSON.parse(row.live_pictures) as string[],
  };
}
