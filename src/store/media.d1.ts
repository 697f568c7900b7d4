// Promises: what the newsroom knows of each picture, and where it is used; none that a story may still show is taken down by accident.
// Relies on: revision_pictures, which every save writes, and live_pictures, which lives and dies with its row in `live`.
// Does not: hold the bytes (media.r2.ts).

import type { FocalPoint } from "../domain/hero.ts";
import type { Picture, PictureNotes, PictureType } from "../domain/media.ts";
import { guarded, sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";

interface PictureRow {
  hash: string;
  name: string;
  type: PictureType;
  width: number;
  height: number;
  bytes: number;
  animated: number;
  kept: string;
  alt: string | null;
  decorative: number;
  caption: string | null;
  credit: string | null;
  focal_point: FocalPoint;
  created_at: number;
  created_by: string;
  removed_at: number | null;
}

/** Where a picture is used: by a story whose head, live or scheduled revision shows it, or as the paper's logo. */
export interface PictureUse {
  kind: "story" | "logo";
  id: string;
  live: number;
}

/** A page of the library, newest first; `createdBy` leaves out what others uploaded and readers do not see. */
export interface PicturePage {
  before: string | null;
  limit: number;
  createdBy: string | null;
}

export function pictureFromRow({ decorative, ...row }: PictureRow): Picture {
  return {
    hash: row.hash,
    name: row.name,
    type: row.type,
    width: row.width,
    height: row.height,
    bytes: row.bytes,
    animated: row.animated === 1,
    kept: row.kept,
    alt: row.alt,
    decorative: decorative === 1,
    caption: row.caption,
    credit: row.credit,
    focalPoint: row.focal_point,
    createdAt: row.created_at,
    createdBy: row.created_by,
    removedAt: row.removed_at,
  };
}

/** One picture of the library, and whether readers may see it. */
export function pictureQuery(hash: string): Read<PictureRow & { live: number }> {
  return sql<PictureRow & { live: number }>`
    select m.hash, m.name, m.type, m.width, m.height, m.bytes, m.animated, m.kept, m.alt, m.decorative, m.caption, m.credit, m.focal_point,
      m.created_at, m.created_by, m.removed_at,
      exists (select 1 from published_media p where p.hash = m.hash and not p.gone) as live
    from media m where m.hash = ${hash}`;
}

/** The pictures with these hashes, and those that the stories' head, live and scheduled revisions show. */
export function picturesQuery(
  hashes: string[],
  stories: string[],
): Read<PictureRow & { live: number }> {
  return sql<PictureRow & { live: number }>`
    select hash, name, type, width, height, bytes, animated, kept, alt, decorative, caption, credit, focal_point,
      created_at, created_by, removed_at,
      exists (select 1 from published_media p where p.hash = media.hash and not p.gone) as live
    from media where hash in (
      select value from json_each(${JSON.stringify(hashes)})
      union
      select u.hash from articles a cross join revision_pictures u on u.article_id = a.id and u.n in (a.head, a.live, a.scheduled)
      where a.id in (select value from json_each(${JSON.stringify(stories)})))`;
}

export function libraryQuery({
  before,
  limit,
  createdBy,
}: PicturePage): Read<PictureRow & { born: string }> {
  return sql<PictureRow & { born: string }>`
    select hash, name, type, width, height, bytes, animated, kept, alt, decorative, caption, credit, focal_point,
      created_at, created_by, removed_at, born
    from media
    where born < ${before ?? "~"}
      and (${createdBy} is null or created_by = ${createdBy}
        or exists (select 1 from published_media p where p.hash = media.hash and not p.gone))
    order by born desc limit ${limit}`;
}

/** What uses a picture, live stories first; at most `limit`. */
export function pictureUseQuery(hash: string, limit: number): Read<PictureUse> {
  return sql<PictureUse>`
    select 'story' as kind, a.id, max(u.n is a.live) as live
    from revision_pictures u join articles a on a.id = u.article_id and u.n in (a.head, a.live, a.scheduled)
    where u.hash = ${hash} and a.status <> 'binned'
    group by a.id
    union all
    select 'logo', name, 1 from settings
    where name = 'logo' and instr(value ->> 'src', '/media/' || ${hash} || '/') = 1
    order by live desc limit ${limit}`;
}

/** Adds a picture to the library, or brings one back that was taken down; lost when another upload came first. */
export function writePicture(picture: Picture): Write {
  const { hash, name, type, width, height, bytes, animated, kept, createdAt, createdBy } = picture;
  const { alt, decorative, caption, credit, focalPoint } = picture;
  const write = sqlWrite`
    insert into media (hash, name, type, width, height, bytes, animated, kept, alt, decorative, caption, credit, focal_point,
      created_at, created_by, born)
    values (${hash}, ${name}, ${type}, ${width}, ${height}, ${bytes}, ${animated ? 1 : 0}, ${kept}, ${alt},
      ${decorative ? 1 : 0}, ${caption}, ${credit}, ${focalPoint}, ${createdAt}, ${createdBy},
      ${`${String(createdAt).padStart(15, "0")}-${hash}`})
    on conflict (hash) do update set removed_at = null, kept = excluded.kept where media.removed_at is not null`;
  return guarded(write, "version");
}

/** Changes some of what stories will be told of a picture; lost when it was taken down meanwhile. */
export function writeNotes(hash: string, notes: Partial<PictureNotes>): Write {
  const sent = JSON.stringify({
    ...notes,
    ...(notes.decorative === undefined ? {} : { decorative: notes.decorative ? 1 : 0 }),
  });
  // What was not sent stays as whoever else sent it.
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
      where u.hash = ${hash} and a.status <> 'binned'))`;
  return guarded(write, "version");
}
