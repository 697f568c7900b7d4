import { placeOf } from "../../src/domain/article.ts";
import { EMPTY } from "../../src/domain/revision.ts";
import { monthOf } from "../../src/domain/calendar.ts";
import { refileMonths } from "../../src/store/months.d1.ts";

// Corpora of any size, written to a database past the API.

/** Publication times of a corpus, newest last: hours apart, or all in one second. */
export type Spread = "hourly" | "one second";

/** When the newest story of a corpus went out, in epoch milliseconds. */
export const NEWEST = Date.UTC(2026, 10, 20, 12);
const HOUR = 60 * 60 * 1000;

/**
 * Fills the database with published stories, past the API for speed: each has a revision, two authors, three tags and a correction.
 * They stand in section `city`, under author `mara-quill` and tag `all`, so that every list is as long as it can be.
 */
export async function fillWith(
  db: D1Database,
  count: number,
  spread: Spread,
  said: (n: number) => Said = plainly,
): Promise<void> {
  // Texts of their own are longer than what the database makes itself.
  const CHUNK = said === plainly ? 500 : 250;
  for (let from = 0; from < count; from += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, count - from) }, (_, index) => ({
      ...row(from + index, count, spread),
      ...said(from + index),
    }));
    const json = JSON.stringify(rows);
    await db.batch(
      FILL.map((statement) => {
        const values = statement.includes("?2") ? [json, JSON.stringify(EMPTY)] : [json];
        return db.prepare(statement).bind(...values);
      }),
    );
  }
  await db.batch(refileMonths(NEWEST).map(({ sql, values }) => db.prepare(sql).bind(...values)));
  const placed = Array.from({ length: 13 }, (_, n) => row(n, count, spread).id);
  const place = db.prepare("update front set lead = ?1, pinned = ?2");
  await place.bind(placed[0], JSON.stringify(placed.slice(1))).run();
}

/** What a story of a corpus says. */
export interface Said {
  title: string;
  standfirst: string;
  language: string | null;
  /** A thousand times the same word, if not said. */
  html?: string;
}

function plainly(n: number): Said {
  return { title: `Story ${n}`, standfirst: "What it says.", language: null };
}

function row(n: number, count: number, spread: Spread) {
  const id = `story${String(n).padStart(7, "0")}`;
  const at = spread === "hourly" ? NEWEST - (count - n) * HOUR : NEWEST + (n % 1000);
  return {
    id,
    n,
    at,
    place: placeOf(at, id),
    month: monthOf(at, "Europe/Lisbon"),
    tag: `tag-${n % 50}`,
  };
}

const J = "from json_each(?1)";
const FILL = [
  `insert into tags (id, slug, name) select distinct value ->> 'tag', value ->> 'tag', value ->> 'tag' ${J} where true on conflict do nothing`,
  `insert into tags (id, slug, name) select 'all', 'all', 'All' where ?1 is not null on conflict do nothing`,
  `insert into tags (id, slug, name) select 'most', 'most', 'Most' where ?1 is not null on conflict do nothing`,
  `insert into articles (id, status, version, head, live, published_at, created_at, created_by, section, path, born)
   select value ->> 'id', 'published', 1, 1, 1, value ->> 'at', value ->> 'at', 'root', (select id from sections where slug = 'city'), '/city/story-' || (value ->> 'n'),
     value ->> 'place' ${J}`,
  `insert into revisions (article_id, n, content, material, words, saved_at, saved_by, body, html)
   select value ->> 'id', 1,
     json_set(?2, '$.title', value ->> 'title', '$.slug', 'story-' || (value ->> 'n'), '$.standfirst', value ->> 'standfirst',
       '$.language', value ->> 'language',
       '$.section', (select id from sections where slug = 'city'),
       '$.tags', json_array((select id from tags where slug = 'all')),
       '$.authors', json_array((select id from authors where slug = 'mara-quill'))),
     1, 400, value ->> 'at', 'root', 'Words.', coalesce(value ->> 'html', '<p>' || replace(hex(zeroblob(1000)), '00', 'word ') || '</p>') ${J}`,
  `insert into head_names (kind, entry_id, born, article_id)
   select 'author', (select id from authors where slug = 'mara-quill'), value ->> 'place', value ->> 'id' ${J} union all
   select 'tag', (select id from tags where slug = 'all'), value ->> 'place', value ->> 'id' ${J}`,
  `insert into live (article_id, revision, section, path, place, month, published_at)
   select value ->> 'id', 1, (select id from sections where slug = 'city'), '/city/story-' || (value ->> 'n'), value ->> 'place', value ->> 'month', value ->> 'at' ${J}`,
  `insert into live_tags (tag, place, article_id, position)
   select (select id from tags where slug = 'all'), value ->> 'place', value ->> 'id', 0 ${J} union all
   select (select id from tags where slug = 'most'), value ->> 'place', value ->> 'id', 1 ${J} union all
   select (select id from tags where slug = value ->> 'tag'), value ->> 'place', value ->> 'id', 2 ${J}`,
  `insert into live_authors (author, place, article_id, position)
   select (select id from authors where slug = 'mara-quill'), value ->> 'place', value ->> 'id', 0 ${J} union all
   select (select id from authors where slug = 'jonas-field'), value ->> 'place', value ->> 'id', 1 ${J}`,
  `insert into live_corrections (place, article_id, position, at, text)
   select value ->> 'place' || '-00', value ->> 'id', 0, value ->> 'at', 'It was four.' ${J}`,
  `insert into paths (path, kind, article_id, created_at)
   select '/city/story-' || (value ->> 'n'), 'article', value ->> 'id', value ->> 'at' ${J}`,
];
