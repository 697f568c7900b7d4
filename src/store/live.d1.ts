// Promises: what readers see of a story is there exactly while it is live, with its names, pictures and addresses.
// Relies on: the unique indexes on live.path and live.place; `on delete cascade` for what hangs on a row.
// Does not: decide what is live (domain/article.ts).

import type { Live, StoryChange } from "../domain/article.ts";
import { cardContent, readContent } from "../domain/revision.ts";
import { isSameJson } from "../domain/same.ts";
import { guarded, inBatches, sqlWrite, type Write } from "./batch.d1.ts";
import { columns, fromRow, table, type Row } from "./columns.ts";

const LIVE = table<Omit<Live, "card" | "translationOf" | "part" | "corrections" | "redirectFrom">>(
  "live_by_slug",
  {
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
  },
);

/** What to select of `live_by_slug`, for `liveFromRow`. */
export const LIVE_COLUMNS = columns(LIVE, { of: "l", as: "live." });

/** Reads what readers see from `LIVE_COLUMNS` and the content of the revision that they see; null when the story is not live. */
export function liveFromRow(row: Row, redirectFrom: string[]): Live | null {
  const shown = row["liveContent"];
  if (typeof shown !== "string") return null;
  const content = readContent(shown);
  const { translationOf, part, corrections } = content;
  return {
    ...fromRow(LIVE, row, "live."),
    card: cardContent(content),
    translationOf,
    part,
    corrections,
    redirectFrom,
  };
}

/** Tells whether readers see something else of the story after the act. */
export function changesWhatReadersSee({ before, after }: StoryChange): boolean {
  return !isSameJson(before?.live ?? null, after.live);
}

/** Writes what readers see of the stories, where that changes, and makes their paths lead to them. */
export function writeLive(changes: StoryChange[], now: number): Write[] {
  const seen = changes.filter(changesWhatReadersSee);
  const lives = seen.flatMap(({ after }) => after.live ?? []);
  return [
    ...(seen.length > 0 ? [deleteLive(seen.map(({ after }) => after.article.id))] : []),
    ...(lives.length > 0 ? [...insertLive(lives), ...writePaths(seen, lives, now)] : []),
  ];
}

function deleteLive(ids: string[]): Write {
  return sqlWrite`delete from live where article_id in (select value from json_each(${JSON.stringify(ids)}))`;
}

function insertLive(lives: Live[]): Write[] {
  // What is long is not written here: D1 takes 2 MB at once.
  const rows = JSON.stringify(lives.map(({ card: _, corrections: __, ...live }) => live));
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
    where (paths.kind = 'article' or paths.vacated) and not exists (
      select 1 from live where live.path = excluded.path and live.article_id <> excluded.article_id)`;
}
