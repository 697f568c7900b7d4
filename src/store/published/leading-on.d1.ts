// Promises: what leads on from a story, in bounded rows: the parts of its series, the stories that its editors chose, and those that
// are near to it in time on its subjects.
// Relies on: the published views, and on the indexes of live_tags, by its tag in the order of `place` and by its story.
// Does not: show what is not live: a part or a chosen story that is not has no row here.

import {
  RAIL_SIZE,
  RELATED_REACH,
  RELATED_SIZE,
  RELATED_TAGS,
  type Card,
} from "../../domain/published.ts";
import { seriesOf, SERIES_PARTS, type Series, type StoredPart } from "../../domain/series.ts";
import { Fragment, sql, type Read } from "../batch.d1.ts";
import { CARD_COLUMNS, cardFromRow, type CardRow } from "./cards.d1.ts";

/** A part with the series that it is of. */
export type PartRow = StoredPart & { series: string; name: string };

/** What is selected of `published_parts p`: the first parts of a series, and one more than a page lists. */
export const PART_COLUMNS = new Fragment(
  "p.series, p.name, p.id, p.path, p.title, p.language, p.kind, p.part, p.place",
);

/** The parts of the series that a story is in by the first of its tags that is one. */
export function partsQuery(path: string): Read<PartRow> {
  return sql<PartRow>`
    select ${PART_COLUMNS} from published_parts p where p.series_id = (
      select id from published_series
      where article_id = (select id from published_places where path = ${path}) order by position limit 1)
    order by p.place limit ${SERIES_PARTS + 1}`;
}

/** The parts of the series that a tag is, for its own page. */
export function partsOfTagQuery(slug: string): Read<PartRow> {
  return sql<PartRow>`
    select ${PART_COLUMNS} from published_parts p
    where p.series_id = (select id from published_tags where slug = ${slug} and series = 1)
    order by p.place limit ${SERIES_PARTS + 1}`;
}

/** A series from its rows; null when there are none. */
export function seriesFromRows(rows: PartRow[]): Series | null {
  const [first] = rows;
  if (!first) return null;
  const parts = rows.map(({ series: _, name: __, ...part }) => part);
  return seriesOf({ slug: first.series, name: first.name }, parts);
}

/** The stories that the editors of a live one chose, in their order. */
export function chosenQuery(path: string): Read<CardRow> {
  return sql<CardRow>`
    select ${CARD_COLUMNS} from published_stories s
    cross join json_each(s.content, '$.related') j
    cross join published_cards c on c.id = j.value
    where s.path = ${path} order by j.key`;
}

/** The stories that are near to a live one. */
export function nearQuery(path: string): Read<CardRow> {
  return sql<CardRow>`
    with own (id, place, section_id) as materialized (
      select id, place, section_id from published_places where path = ${path}),
    subjects (tag_id) as materialized (
      select tag_id from published_subjects where article_id = (select id from own) and position < ${RELATED_TAGS}),
    series (tag_id) as materialized (
      select id from published_series where article_id = (select id from own) order by position limit 1),
    chosen (id) as materialized (
      select j.value from published_stories s cross join json_each(s.content, '$.related') j where s.path = ${path})
    ${NEAR}`;
}

/**
 * What is near to the story in `own`, by its `subjects`, `series` and what is `chosen` already. Who shares most subjects comes first, and of these who is nearest in time: what was published of a matter beside a story says more of
 * it than what is said years later, and a new story changes the pages of few others. What the page shows already is left out: its
 * neighbours, the latest of its section, the other parts of its series.
 */
export const NEAR = new Fragment(`,
  beside (id, place) as (
    select x.article_id, x.place from own o cross join subjects t cross join published_tagging x
      on x.tag_id = t.tag_id and x.place in (
        select y.place from published_tagging y where y.tag_id = t.tag_id and y.place < o.place
        order by y.place desc limit ${RELATED_REACH})
    union all
    select x.article_id, x.place from own o cross join subjects t cross join published_tagging x
      on x.tag_id = t.tag_id and x.place in (
        select y.place from published_tagging y where y.tag_id = t.tag_id and y.place > o.place
        order by y.place limit ${RELATED_REACH})),
  shown (id) as materialized (
    select id from chosen
    union select id from own
    union select id from (
      select id from published_places where place < (select place from own) and id <> (select id from own)
      order by place desc limit 1)
    union select id from (
      select id from published_places where place > (select place from own) and id <> (select id from own)
      order by place limit 1)
    union select id from (
      select id from published_places where section_id = (select section_id from own) and id <> (select id from own)
      order by place desc limit ${RAIL_SIZE})),
  near (id, rank) as (
    select b.id, row_number() over (
      order by count(*) desc, abs(cast(substr(b.place, 1, 15) as integer) - (select cast(substr(place, 1, 15) as integer) from own)), b.place)
    from beside b
    where b.id not in (select id from shown) and not exists (
      select 1 from series s cross join published_series m on m.article_id = b.id and +m.id = s.tag_id)
    group by b.id)
  select ${CARD_COLUMNS.text}
  from (select id, rank from near order by rank limit ${RELATED_SIZE}) n cross join published_cards c on c.id = n.id
  order by n.rank`);

/** What a story leads on to: all that were chosen, and what is near to it while there is room. */
export function relatedOf(chosen: CardRow[], near: CardRow[]): Card[] {
  const room = Math.max(0, RELATED_SIZE - chosen.length);
  return [...chosen, ...near.slice(0, room)].map(cardFromRow);
}
