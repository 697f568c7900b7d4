// Promises: finds the revisions that readers or editors still meet and an older renderer made, and writes their HTML anew.
// Relies on: revisions.renderer; an index is not needed, since stories are walked by id, a bounded number at a time.
// Does not: render, or touch a revision of the past.

import type { Kind } from "../domain/kinds.ts";
import { sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";

/** How many stories one call looks at; few of them may need anything. */
const WINDOW = 500;

/** Comes behind every id. */
const PAST_ALL = "~";

/** A revision to render again. */
export interface Rendering {
  articleId: string;
  n: number;
  /** Null of what was written before there was more than news. */
  kind: Kind | null;
  language: string | null;
  body: string;
  html: string;
  words: number;
  undescribed: string | null;
  /** The address of the picture that opens it. */
  hero: string | null;
  /** The path at which readers see it, if they do. */
  path: string | null;
}

/** A revision as it was rendered again. */
export interface Rendered {
  articleId: string;
  n: number;
  html: string;
  words: number;
  undescribed: string | null;
  /** Hashes of all pictures that it shows, the one that opens it among them. */
  pictures: string[];
}

/** The stories after `after`, or those `of` some ids, of which something is of an older renderer: at most `limit`. */
export function outdatedQuery(
  renderer: number,
  { after, limit, of }: { after: string; limit: number; of: string[] | null },
): Read<Rendering> {
  return sql<Rendering>`
    with near as (
      select id, head, live, scheduled from articles where id in (select value from json_each(${JSON.stringify(of ?? [])}))
      union all
      select * from (
        select id, head, live, scheduled from articles where id > ${of ? PAST_ALL : after} order by id limit ${WINDOW})),
    outdated as (
      select a.id, r.n, r.content ->> 'kind' as kind, r.content ->> 'language' as language, r.body, r.html, r.words, r.undescribed, r.content ->> '$.hero.src' as hero, a.live
      from near a join revisions r on r.article_id = a.id and r.n in (a.head, a.live, a.scheduled)
      where r.renderer <> ${renderer}),
    chosen as (select distinct id from outdated order by id limit ${limit})
    select o.id as articleId, o.n, o.kind, o.language, o.body, o.html, o.words, o.undescribed, o.hero,
      case when o.n = o.live then
        coalesce((select path from live where article_id = o.id), (select path from live_pages where article_id = o.id)) end as path
    from outdated o join chosen c on c.id = o.id order by o.id, o.n`;
}

/** Where a call ends that found fewer stories than it may: the last of the window, and whether any comes after it. */
export function windowQuery(after: string): Read<{ last: string; more: number }> {
  return sql<{ last: string; more: number }>`
    with near as (select id from articles where id > ${after} order by id limit ${WINDOW})
    select max(id) as last, exists (select 1 from articles where id > (select max(id) from near)) as more
    from near having max(id) is not null`;
}

/** The pictures that readers see of a story, by hash. */
export function livePicturesQuery(ids: string[]): Read<{ hash: string; articleId: string }> {
  return sql<{ hash: string; articleId: string }>`
    select hash, article_id as articleId from live_pictures
    where article_id in (select value from json_each(${JSON.stringify(ids)}))`;
}

/** Writes HTML that was made anew, and which pictures it shows now; what is live shows those to readers, and no others. */
export function writeRenderings(rendered: Rendered[], renderer: number): Write[] {
  const rows = rendered.flatMap(({ articleId, n, pictures }) =>
    pictures.map((hash) => ({ id: articleId, n, hash })),
  );
  const shown = JSON.stringify(rows);
  const revisions = JSON.stringify(rendered.map(({ articleId, n }) => ({ id: articleId, n })));
  return [
    ...rendered.map(
      ({ articleId, n, html, words, undescribed }) => sqlWrite`
      update revisions set html = ${html}, words = ${words}, undescribed = ${undescribed}, renderer = ${renderer}
      where article_id = ${articleId} and n = ${n}`,
    ),
    sqlWrite`
      delete from revision_pictures
      where (article_id, n) in (select value ->> 'id', value ->> 'n' from json_each(${revisions}))
        and (article_id, n, hash) not in (select value ->> 'id', value ->> 'n', value ->> 'hash' from json_each(${shown}))`,
    sqlWrite`
      delete from live_pictures
      where exists (
          select 1 from articles a join json_each(${revisions}) j on a.id = j.value ->> 'id' and a.live = j.value ->> 'n'
          where a.id = live_pictures.article_id)
        and not exists (
          select 1 from revision_pictures r join articles a on a.id = r.article_id and a.live = r.n
          where r.article_id = live_pictures.article_id and r.hash = live_pictures.hash)`,
    sqlWrite`
      insert into revision_pictures (article_id, n, hash)
      select value ->> 'id', value ->> 'n', value ->> 'hash' from json_each(${shown})
      where true on conflict do nothing`,
    sqlWrite`
      insert into live_pictures (hash, article_id)
      select value ->> 'hash', value ->> 'id' from json_each(${shown}) j
      where exists (select 1 from articles a where a.id = j.value ->> 'id' and a.live = j.value ->> 'n')
      on conflict do nothing`,
    sqlWrite`
      update media set shown = 1 where shown = 0 and hash in (select hash from live_pictures where article_id in (
        select value ->> 'id' from json_each(${shown})))`,
  ];
}
