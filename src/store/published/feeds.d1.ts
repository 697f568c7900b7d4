// Promises: a feed reads as many rows as it tells of, however long its list is, and no more bytes of bodies leave the database than
// FEED_BYTES, however long these are.
// Relies on: the indexes that lists are read by, and on SQLite measuring a column without reading it.
// Does not: decide what a feed says of a story without its body.

import type { ListKindName } from "../../domain/lists.ts";
import {
  FEED_BYTES,
  FEED_SIZE,
  FEED_STORY_BYTES,
  type FeedListing,
  type FeedStory,
  type FeedSubject,
  type Named,
} from "../../domain/published.ts";
import { readContent } from "../../domain/revision.ts";
import { Fragment, readAs, sql, type Read } from "../batch.d1.ts";
import { cardOf, type CardRow } from "./cards.d1.ts";
import { entriesOf, placesOf } from "./lists.d1.ts";

/** The newest of a list with what a feed tells of them, and what the list is named after. */
export function feedQueries(kind: ListKindName, slug: string) {
  return [subjectQuery(kind, slug), newestQuery(kind, slug)] as const;
}

/** A feed, or null where no list is. */
export function feedOf(
  kind: ListKindName,
  [[subject], stories]: readonly [FeedSubject[], FeedStory[]],
): FeedListing | null {
  if (kind !== "front" && !subject) return null;
  return { subject: subject ?? null, stories };
}

/** What is told of what a list is named after, from `published_{entries}`. */
const SUBJECT_COLUMNS = {
  section: new Fragment("id, slug, name, description"),
  author: new Fragment("id, slug, name, coalesce(bio, role) as description"),
  tag: new Fragment("id, slug, name, description"),
};

function subjectQuery(kind: ListKindName, slug: string): Read<FeedSubject> {
  if (kind === "front")
    return sql<FeedSubject>`select null as id, null as slug, null as name, null as description limit 0`;
  return sql<FeedSubject>`
    select ${SUBJECT_COLUMNS[kind]} from ${entriesOf(kind)} where slug = ${slug}`;
}

interface FeedRow extends CardRow {
  updated_at: number | null;
  html: string | null;
  tags: string;
}

function newestQuery(kind: ListKindName, slug: string): Read<FeedStory> {
  const newest =
    kind === "front"
      ? sql<FeedRow>`${TOLD_OF} select id from published_places ${NEWEST}`
      : sql<FeedRow>`${TOLD_OF} ${placesOf(kind)} ${slug}) ${NEWEST}`;
  return readAs(newest, feedStoryFromRow);
}

/**
 * What is told of the stories that are found between this and NEWEST. Bodies are measured first: one that is too long, or behind
 * too many others, is not read.
 */
const TOLD_OF = new Fragment(`
  select s.id, s.path, s.place, s.section, s.section_name, s.content, s.published_at, s.updated_at,
    case when x.fits then s.html end as html,
    (select json_group_array(json_object('slug', b.slug, 'name', b.name) order by b.position)
     from published_bylines b where b.article_id = s.id) as authors,
    (select json_group_array(json_object('slug', t.slug, 'name', t.name) order by t.position)
     from published_topics t where t.article_id = s.id) as tags
  from (
    select id, size <= ${FEED_STORY_BYTES}
      and sum(size) filter (where size <= ${FEED_STORY_BYTES}) over (order by place desc) <= ${FEED_BYTES} as fits
    from (
      select m.id, m.place, octet_length(m.html) as size from (`);

const NEWEST = new Fragment(` order by place desc limit ${FEED_SIZE}
      ) n cross join published_stories m on m.id = n.id)
  ) x cross join published_stories s on s.id = x.id order by s.place desc`);

function feedStoryFromRow(row: FeedRow): FeedStory {
  const content = readContent(row.content);
  const { corrections, seo } = content;
  return {
    ...cardOf(row, content),
    corrections,
    seo,
    updatedAt: row.updated_at,
    tags: JSON.parse(row.tags) as Named[],
    html: row.html,
  };
}
