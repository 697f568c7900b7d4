// Promises: what readers see of a story, or of a page, is there exactly while it is live, with its names, pictures and addresses.
// Relies on: the unique indexes on live.path, live.place and live_pages.path; `on delete cascade` and two triggers for what hangs on
// a row.
// Does not: decide what is live (domain/article.ts).

import type { Form, Live, StoryChange } from "../domain/article.ts";
import { cardContent, readContent } from "../domain/revision.ts";
import { isSameJson } from "../domain/same.ts";
import { Fragment, guarded, inBatches, sqlWrite, type Write } from "./batch.d1.ts";
import { columns, fromRow, names, table, values, type Row } from "./columns.ts";
import { sitemapChanges } from "../domain/sitemap.ts";
import { writeSitemapChanges } from "./months.d1.ts";
import { noSectionAt } from "./paths.d1.ts";

const LIVE = table<
  Omit<Live, "card" | "translationOf" | "canonicalUrl" | "part" | "corrections" | "redirectFrom">
>("live_by_slug", {
  articleId: "plain",
  revision: "plain",
  section: "plain",
  path: "plain",
  place: "plain",
  month: "plain",
  publishedAt: "plain",
  updatedAt: "plain",
  tags: "json",
  authors: "json",
  pictures: "json",
});

/** What to select of `live_by_slug`, for `liveFromRow`. */
export const LIVE_COLUMNS = columns(LIVE, { of: "l", as: "live." });

/** What readers see of a page, which is in no list. */
const LIVE_PAGE = table<
  Pick<Live, "articleId" | "revision" | "path" | "publishedAt" | "updatedAt">
>("live_pages", {
  articleId: "plain",
  revision: "plain",
  path: "plain",
  publishedAt: "plain",
  updatedAt: "plain",
});

/** What to select of `live_pages g`, for the same. */
export const LIVE_PAGE_COLUMNS = new Fragment(`
  ${columns(LIVE_PAGE, { of: "g", as: "page." }).text},
  (select s.content from revisions s where s.article_id = g.article_id and s.n = g.revision) as pageContent,
  (select json_group_array(x.hash order by x.hash) from live_pictures x where x.article_id = g.article_id) as pagePictures`);

/** Reads what readers see from `LIVE_COLUMNS` or `LIVE_PAGE_COLUMNS` and the content of the revision that they see; null when the article is not live. */
export function liveFromRow(row: Row, redirectFrom: string[]): Live | null {
  const shown = row["liveContent"] ?? row["pageContent"];
  if (typeof shown !== "string") return null;
  const content = readContent(shown);
  const { translationOf, canonicalUrl, part, corrections } = content;
  return {
    ...(row["liveContent"] === null ? pageFromRow(row) : fromRow(LIVE, row, "live.")),
    card: cardContent(content),
    translationOf,
    canonicalUrl,
    part,
    corrections,
    redirectFrom,
  };
}

function pageFromRow(row: Row) {
  const pictures = JSON.parse(String(row["pagePictures"])) as string[];
  const nowhere = { section: "", place: "", month: "", tags: [], authors: [] };
  return { ...fromRow(LIVE_PAGE, row, "page."), ...nowhere, pictures };
}

/** Tells whether readers see something else of the story after the act. */
export function changesWhatReadersSee({ before, after }: StoryChange): boolean {
  return !isSameJson(before?.live ?? null, after.live);
}

/** Writes what readers see of the stories, where that changes, and makes their paths lead to them. */
export function writeLive(changes: StoryChange[], now: number): Write[] {
  const seen = changes.filter(changesWhatReadersSee);
  const lives = seen.flatMap(({ after }) => after.live ?? []);
  const of = (form: Form) => seen.filter(({ after }) => after.article.form === form);
  return [
    ...deleteLive("live", of("story")),
    ...deleteLive("live_pages", of("page")),
    ...insertStories(of("story").flatMap(({ after }) => after.live ?? [])),
    ...insertPages(of("page").flatMap(({ after }) => after.live ?? [])),
    ...(lives.length > 0 ? [...insertPictures(lives), ...writePaths(seen, lives, now)] : []),
    ...writeSitemapChanges(
      sitemapChanges(
        of("story").map(({ before, after }) => ({
          before: before?.live ?? null,
          after: after.live,
        })),
      ),
      now,
    ),
  ];
}

function deleteLive(from: "live" | "live_pages", changes: StoryChange[]): Write[] {
  if (changes.length === 0) return [];
  const ids = JSON.stringify(changes.map(({ after }) => after.article.id));
  return [
    sqlWrite`delete from ${new Fragment(from)} where article_id in (select value from json_each(${ids}))`,
  ];
}

/** What is long is not written with the others: D1 takes 2 MB at once. */
function rowsOf(lives: Live[]): string {
  return JSON.stringify(lives.map(({ card: _, corrections: __, ...live }) => live));
}

function insertPages(lives: Live[]): Write[] {
  if (lives.length === 0) return [];
  const write = sqlWrite`
    insert into live_pages (${names(LIVE_PAGE)}) select ${values(LIVE_PAGE)} from json_each(${rowsOf(lives)})
    where ${noSectionAt("value ->> 'path'")}`;
  return [guarded(write, "path", lives.length)];
}

function insertStories(lives: Live[]): Write[] {
  if (lives.length === 0) return [];
  const rows = rowsOf(lives);
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
    ...inBatches(lives.flatMap(correctionsOf)).map(insertCorrections),
  ];
}

function insertPictures(lives: Live[]): Write[] {
  const rows = rowsOf(lives);
  return [
    sqlWrite`
      insert into live_pictures (hash, article_id)
      select p.value, l.value ->> 'articleId' from json_each(${rows}) l, json_each(l.value, '$.pictures') p`,
    sqlWrite`
      update media set shown = 1 where shown = 0 and hash in (
        select p.value from json_each(${rows}) l, json_each(l.value, '$.pictures') p
        union select f.hash from json_each(${rows}) l
        join published_front_pictures f on f.article_id = l.value ->> 'articleId')`,
  ];
}

/** The corrections of a story, each with its place among them. */
function correctionsOf({ articleId, corrections }: Live) {
  return corrections.map(({ at, text }, position) => ({ articleId, position, at, text }));
}

/** The place of a correction is when it was made and what tells it from every other: a list of them is read in that order. */
function insertCorrections(rows: ReturnType<typeof correctionsOf>): Write {
  return sqlWrite`
    insert into live_corrections (article_id, position, at, text, place)
    select value ->> 'articleId', value ->> 'position', value ->> 'at', value ->> 'text',
      printf('%015d-%s-%02d', value ->> 'at', value ->> 'articleId', value ->> 'position')
    from json_each(${JSON.stringify(rows)})`;
}

/**
 * Makes a live story's path lead to it, and its former paths. A path of another story that is not live there any
 * more changes hands. A live story's and a redirect do not: the batch gives up for the story's own path, and a
 * former path stays with who has it.
 */
function writePaths(changes: StoryChange[], lives: Live[], now: number): Write[] {
  const own = lives.map(({ path, articleId }) => ({ path, id: articleId }));
  const former = changes
    .filter(leadsAnew)
    .flatMap(({ after: { article } }) =>
      article.redirectFrom.map((path) => ({ path, id: article.id })),
    );
  return [
    guarded(writePath(own, now), "path", own.length),
    ...(former.length > 0 ? [writePath(former, now)] : []),
  ];
}

/** Two stories may name one former path: it leads to the one that went out with it last, and no edit changes that. */
function leadsAnew({ before, after }: StoryChange): boolean {
  const former = before?.article.redirectFrom ?? [];
  return after.live !== null && (!before?.live || !isSameJson(former, after.article.redirectFrom));
}

function writePath(rows: { path: string; id: string }[], now: number): Write {
  return sqlWrite`
    insert into paths (path, kind, article_id, created_at)
    select value ->> 'path', 'article', value ->> 'id', ${now} from json_each(${JSON.stringify(rows)}) where true
    on conflict (path) do update set article_id = excluded.article_id, kind = 'article', vacated = 0
    where (paths.kind = 'article' or paths.vacated)
      and not exists (select 1 from live where live.path = excluded.path and live.article_id <> excluded.article_id)
      and not exists (select 1 from live_pages g where g.path = excluded.path and g.article_id <> excluded.article_id)`;
}
