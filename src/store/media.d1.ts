// Promises: what the newsroom knows of each picture, and where it is used; none that a story may still show is taken down by accident.
// Relies on: revision_pictures, which every save writes, live_pictures, which lives and dies with its article's row in `live` or `live_pages`, and
// front_pictures, which is written with the front page.
// Does not: hold the bytes (media.r2.ts).

import type { Form } from "../domain/article.ts";
import type { Picture, PictureNotes } from "../domain/media.ts";
import { Fragment, guarded, readAs, sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";
import { columns, fromRow, names, table, values, type Row } from "./columns.ts";

/** The table of pictures, for who reads them with something else. */
export const PICTURE = table<Picture>("media", {
  hash: "plain",
  name: "plain",
  type: "plain",
  width: "plain",
  height: "plain",
  bytes: "plain",
  animated: "flag",
  kept: "plain",
  alt: "plain",
  decorative: "flag",
  caption: "plain",
  credit: "plain",
  focalPoint: "plain",
  createdAt: "plain",
  createdBy: "plain",
  removedAt: "plain",
});

/** The same as what to select, of `m`. */
export const PICTURE_COLUMNS = columns(PICTURE, { of: "m" });

/** A picture of the library, and whether readers see it. */
export interface LibraryPicture extends Picture {
  isSeen: boolean;
}

const IS_SEEN = new Fragment(
  "exists (select 1 from published_media p where p.hash = m.hash and not p.gone)",
);

function pictureFromRow(row: Row): LibraryPicture {
  return { ...fromRow(PICTURE, row), isSeen: row["isSeen"] === 1 };
}

/**
 * Where a picture is used: by a story or a page whose head, live or scheduled revision shows it, with a story on the front page that is up
 * or on the one that is to come, or as the paper's logo.
 */
export interface PictureUse {
  kind: Form | "front" | "scheduledFront" | "logo";
  id: string;
  live: number;
}

/** A page of the library, newest first; `createdBy` leaves out what others uploaded and readers do not see. */
export interface PicturePage {
  before: string | null;
  limit: number;
  createdBy: string | null;
}

/** One picture of the library. */
export function pictureQuery(hash: string): Read<LibraryPicture> {
  const query = sql<Row>`
    select ${columns(PICTURE, { of: "m" })}, ${IS_SEEN} as isSeen from media m where m.hash = ${hash}`;
  return readAs(query, pictureFromRow);
}

/** The pictures with these hashes, and those that the stories' head, live and scheduled revisions show. */
export function picturesQuery(hashes: string[], stories: string[]): Read<LibraryPicture> {
  const query = sql<Row>`
    select ${columns(PICTURE, { of: "m" })}, ${IS_SEEN} as isSeen
    from media m where m.hash in (
      select value from json_each(${JSON.stringify(hashes)})
      union
      select u.hash from articles a cross join revision_pictures u on u.article_id = a.id and u.n in (a.head, a.live, a.scheduled)
      where a.id in (select value from json_each(${JSON.stringify(stories)})))`;
  return readAs(query, pictureFromRow);
}

/** A page of the library, each picture with its place in the list. */
export function libraryQuery({
  before,
  limit,
  createdBy,
}: PicturePage): Read<LibraryPicture & { born: string }> {
  const query = sql<Row>`
    select ${columns(PICTURE, { of: "m" })}, ${IS_SEEN} as isSeen, m.born
    from media m
    where m.born < ${before ?? "~"} and (${createdBy} is null or m.created_by = ${createdBy} or ${IS_SEEN})
    order by m.born desc limit ${limit}`;
  return readAs(query, (row) => ({ ...pictureFromRow(row), born: String(row["born"]) }));
}

/** What is said of each picture of a page of the library: its name and its notes, as one text. */
export function saidQuery({
  before,
  limit,
  createdBy,
}: PicturePage): Read<{ hash: string; born: string; text: string }> {
  return sql`
    select m.hash, m.born, concat_ws(' ', m.name, m.alt, m.caption, m.credit) as text
    from media m
    where m.born < ${before ?? "~"} and (${createdBy} is null or m.created_by = ${createdBy} or ${IS_SEEN})
    order by m.born desc limit ${limit}`;
}

/** What uses a picture, live stories first; at most `limit`. */
export function pictureUseQuery(hash: string, limit: number): Read<PictureUse> {
  return sql<PictureUse>`
    select a.form as kind, a.id, max(u.n is a.live) as live
    from revision_pictures u join articles a on a.id = u.article_id and u.n in (a.head, a.live, a.scheduled)
    where u.hash = ${hash} and a.status <> 'binned'
    group by a.id
    union all
    select iif(p.scheduled, 'scheduledFront', 'front'), p.article_id,
      not p.scheduled and exists (select 1 from live l where l.article_id = p.article_id)
    from front_pictures p where p.hash = ${hash}
    union all
    select 'logo', name, 1 from settings
    where name = 'logo' and instr(value ->> 'src', '/media/' || ${hash} || '/') = 1
    order by live desc limit ${limit}`;
}

/** That nothing but one story shows a picture `m`: no revision of another, no other entry of the front page, and not the logo. */
function isOnlyOf(articleId: string): Fragment {
  const id = `'${articleId.replaceAll("'", "''")}'`;
  return new Fragment(`
    not exists (select 1 from revision_pictures o where o.hash = m.hash and o.article_id <> ${id})
    and not exists (select 1 from front_pictures f where f.hash = m.hash and f.article_id <> ${id})
    and not exists (select 1 from published_logo l where instr(l.src, '/media/' || m.hash || '/') = 1)`);
}

/** The pictures that only one story shows, in any of its revisions or on the front page; also those taken down. */
export function picturesOnlyOfQuery(
  articleId: string,
): Read<{ hash: string; kept: string; removedAt: number | null }> {
  return sql`
    with shown (hash) as (
      select hash from revision_pictures where article_id = ${articleId}
      union select hash from front_pictures where article_id = ${articleId})
    select m.hash, m.kept, m.removed_at as removedAt from shown s join media m on m.hash = s.hash
    where ${isOnlyOf(articleId)}`;
}

/** Adds a picture to the library, or brings one back that was taken down; lost when another upload came first. */
export function writePicture(picture: Picture): Write {
  const born = `${String(picture.createdAt).padStart(15, "0")}-${picture.hash}`;
  const write = sqlWrite`
    insert into media (${names(PICTURE, ["removedAt"])}, born)
    select ${values(PICTURE, ["removedAt"])}, ${born} from json_each(${JSON.stringify([picture])}) where true
    on conflict (hash) do update set removed_at = null, kept = excluded.kept where media.removed_at is not null`;
  return guarded(write, "version");
}

/** Changes some of what stories will be told of a picture; lost when it was taken down meanwhile. */
export function writeNotes(hash: string, notes: Partial<PictureNotes>): Write {
  const sent = JSON.stringify({
    ...notes,
    ...(notes.decorative === undefined ? {} : { decorative: notes.decorative ? 1 : 0 }),
  });
  // A field that was not sent keeps the value it has, also if another request has just set it.
  const write = sqlWrite`
    update media set
      alt = case when json_type(${sent}, '$.alt') is null then alt else ${sent} ->> 'alt' end,
      decorative = coalesce(${sent} ->> 'decorative', decorative),
      caption = case when json_type(${sent}, '$.caption') is null then caption else ${sent} ->> 'caption' end,
      credit = case when json_type(${sent}, '$.credit') is null then credit else ${sent} ->> 'credit' end,
      focal_point = coalesce(${sent} ->> 'focalPoint', focal_point)
    where hash = ${hash} and removed_at is null`;
  return guarded(write, "version");
}

/** Remembers that readers are shown a picture. */
export function writeShown(hash: string): Write {
  return sqlWrite`update media set shown = 1 where hash = ${hash}`;
}

/** Takes a picture down; lost when it is in use by now, unless that does not matter. */
export function removePicture(hash: string, now: number, force: boolean): Write {
  const write = sqlWrite`
    update media set removed_at = ${now}
    where hash = ${hash} and removed_at is null and (${force ? 1 : 0} or not exists (
      select 1 from revision_pictures u join articles a on a.id = u.article_id and u.n in (a.head, a.live, a.scheduled)
      where u.hash = ${hash} and a.status <> 'binned')
      and not exists (select 1 from front_pictures p where p.hash = ${hash}))`;
  return guarded(write, "version");
}

/** Takes pictures down that only one story shows; lost when another does by now. */
export function removePictures(hashes: string[], { of, now }: { of: string; now: number }): Write {
  const write = sqlWrite`
    update media as m set removed_at = ${now}
    where m.removed_at is null and m.hash in (select value from json_each(${JSON.stringify(hashes)}))
      and ${isOnlyOf(of)}`;
  return guarded(write, "version", hashes.length);
}
