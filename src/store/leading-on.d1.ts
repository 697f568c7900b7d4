// Promises: what would lead on from a story that readers may not see, of what they see now.
// Relies on: the readers' own statements (published/leading-on.d1.ts), which say what is near.
// Does not: decide who may look (editor).

import { RELATED_TAGS, type Named } from "../domain/published.ts";
import { SERIES_PARTS } from "../domain/series.ts";
import { sql, type Read } from "./batch.d1.ts";
import { CARD_COLUMNS, type CardRow } from "./published/cards.d1.ts";
import { NEAR, PART_COLUMNS, type PartRow } from "./published/leading-on.d1.ts";

/** The series that a story would be in, by the slugs of its tags as JSON. */
export function seriesBesideQuery(tags: string): Read<Named> {
  return sql<Named>`
    select t.slug, t.name from json_each(${tags}) j cross join tags t on t.slug = j.value
    where t.series = 1 order by j.key limit 1`;
}

/** The live parts of it. */
export function partsBesideQuery(tags: string): Read<PartRow> {
  return sql<PartRow>`
    select ${PART_COLUMNS} from published_parts p where p.series_id = (
      select t.id from json_each(${tags}) j cross join tags t on t.slug = j.value
      where t.series = 1 order by j.key limit 1)
    order by p.place limit ${SERIES_PARTS + 1}`;
}

/** The live ones among chosen stories, by their ids as JSON. */
export function chosenOfQuery(ids: string): Read<CardRow> {
  return sql<CardRow>`
    select ${CARD_COLUMNS} from json_each(${ids}) j cross join published_cards c on c.id = j.value order by j.key`;
}

/** The stories that it would be near to: where it would stand, with its tags by slug and what is chosen by id, as JSON. */
export function nearToQuery(own: {
  id: string;
  place: string;
  section: string;
  tags: string;
  related: string;
}): Read<CardRow> {
  const { id, place, section, tags, related } = own;
  return sql<CardRow>`
    with own (id, place, section_id) as materialized (
      select ${id}, ${place}, (select id from sections where slug = ${section})),
    subjects (tag_id) as materialized (
      select t.id from json_each(${tags}) j cross join tags t on t.slug = j.value
      where t.series = 0 and j.key < ${RELATED_TAGS}),
    series (tag_id) as materialized (
      select t.id from json_each(${tags}) j cross join tags t on t.slug = j.value
      where t.series = 1 order by j.key limit 1),
    chosen (id) as materialized (select value from json_each(${related}))
    ${NEAR}`;
}
