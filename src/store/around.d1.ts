// Promises: what stands around the stories of an act, for purgeSet; bounded rows however many stories there are.
// Relies on: the edition, which the act moves: what is read here holds until the act is committed.
// Does not: decide what is stale (purge/clauses.ts).

import type { Live } from "../domain/article.ts";
import {
  listOf,
  LISTS,
  type ListIndex,
  type ListKindName,
  type ListName,
} from "../domain/lists.ts";
import { LAST_PAGE } from "../domain/paths.ts";
import { FRONT_SECTIONS, PAGE_SIZE, RELATED_REACH, RELATED_TAGS } from "../domain/published.ts";
import { sitemapChanges, type SitemapChange } from "../domain/sitemap.ts";
import {
  filingsOf,
  movedOf,
  movesOf,
  tagMovesOf,
  type Move,
  type TagMove,
} from "../purge/moves.ts";
import { filed, type Around, type AroundFile, type Replaced } from "../purge/public-act.ts";
import { Fragment, sql, type Database, type Read } from "./batch.d1.ts";

/** No page of a list shows what comes after so many. */
const COUNTED = LAST_PAGE * PAGE_SIZE + 1;

/** Reads the neighbours of an act's stories, and what its pages share with others: one round trip, however many there are. */
export async function readAround(
  db: Database,
  { stories, pages }: Record<"stories" | "pages", Replaced<Live>[]>,
): Promise<Around> {
  const all = [...stories, ...pages];
  const idsOf = (replaced: Replaced<Live>[]) =>
    replaced.map(({ before, after }) => before?.articleId ?? after?.articleId ?? "");
  const ids = idsOf(stories);
  const pictures = all.flatMap(({ before, after }) => [
    ...(before?.pictures ?? []),
    ...(after?.pictures ?? []),
  ]);
  const moved = movedOf(stories);
  const leaving = moved.flatMap(({ before }) => before?.articleId ?? []);
  const come = stories.flatMap(({ after }) => after?.section ?? []);
  const tags = stories.flatMap(({ before, after }) => [
    ...(before?.tags ?? []),
    ...(after?.tags ?? []),
  ]);
  const [lists, neighbours, months, placed, sections, seen, files, linked, near, series] =
    await db.read(
      listsQuery(movesOf(stories), ids),
      neighboursQuery(
        moved.flatMap(({ after }) => after?.place ?? []),
        leaving,
      ),
      monthsQuery(filingsOf(stories), ids),
      placedQuery(ids),
      frontSectionsQuery([...new Set(come)]),
      picturesQuery([...new Set(pictures)], idsOf(all)),
      filesQuery(sitemapChanges(stories)),
      linkedQuery(movedOfPages(pages)),
      nearQuery(tagMovesOf(stories)),
      seriesQuery([...new Set(tags)]),
    );
  return {
    lists: new Map(
      lists.map(({ list, apart, always, former, ...counts }) => [
        list,
        {
          ...counts,
          between: apart,
          always: always === 1,
          former: JSON.parse(former) as string[],
        },
      ]),
    ),
    neighbours: neighbours.map(({ id }) => id),
    near: near.map(({ id }) => id),
    series: new Set(series.map(({ slug }) => slug)),
    months: new Map(
      months.map(({ key, others, ...beside }) => [key, { ...beside, others: others === 1 }]),
    ),
    placed: new Set(placed.map(({ id }) => id)),
    ownPictures: new Map(
      placed.flatMap(({ id, picture }) => (picture === null ? [] : [[id, picture] as const])),
    ),
    frontSections: new Set(sections.map(({ slug }) => slug)),
    pictures: new Set(seen.map(({ hash }) => hash)),
    files: new Map(files.map(({ place, ...file }) => [filed(file.month, place), file])),
    linked: linked.length > 0,
  };
}

type ListRow = {
  list: ListName;
  length: number;
  newer: number;
  apart: number;
  always: number;
  former: string;
};

/** Where the rows of a list are that `spans` names. */
function rowsOf(index: ListIndex | null): string {
  if (index === null) return "live where true";
  const { table, key, entries } = index;
  return `${table} where ${key} = (select x.id from ${entries} x where x.slug = spans.slug)`;
}

/** Whether the first page of a list that `spans` names is there while it is empty. */
function thereEmpty({ isThereEmpty, index }: (typeof LISTS)[ListKindName]): string {
  if (isThereEmpty !== "listed") return isThereEmpty === "always" ? "1" : "0";
  return `coalesce((select x.listed from ${index.entries} x where x.slug = spans.slug), 0)`;
}

/** The slugs that lead to the entry of a list, and its own if that has led to another. */
function formerOf(kind: string, index: ListIndex | null): string {
  if (index === null) return "'[]'";
  const entry = `(select x.id from ${index.entries} x where x.slug = spans.slug)`;
  return `(
    select json_group_array(slug) from (
      select f.slug from former_slugs f where f.entry_id = ${entry} and f.kind = '${kind}'
      union select f.slug from former_slugs f where f.kind = '${kind}' and f.slug = spans.slug))`;
}

/** Counts in each list, up to COUNTED; `without` names the act's own stories. */
function listsQuery(moves: Move[], without: string[]): Read<ListRow> {
  const spans = moves.map(({ list, newest, oldest }) => {
    return { list, ...listOf(list), newest, oldest };
  });
  const count = (rows: string) =>
    `(select count(*) from (select 1 from ${rows} and article_id not in (select id from own) limit ${COUNTED}))`;
  const counts = Object.entries(LISTS).map(([kind, described]) => {
    const { index } = described;
    const rows = rowsOf(index);
    return `
      select list, ${count(rows)} as length, ${count(`${rows} and place > newest`)} as newer,
        ${count(`${rows} and place > oldest and place < newest`)} as apart,
        ${thereEmpty(described)} as always, ${formerOf(kind, index)} as former
      from spans where kind = '${kind}'`;
  });
  return sql<ListRow>`
    with own (id) as (select value from json_each(${JSON.stringify(without)})),
    spans (list, kind, slug, newest, oldest) as (
      select value ->> 'list', value ->> 'kind', value ->> 'slug', value ->> 'newest', value ->> 'oldest'
      from json_each(${JSON.stringify(spans)}))
    ${new Fragment(counts.join(" union all "))}`;
}

/** The stories on either side of each place. */
function neighboursQuery(places: string[], without: string[]): Read<{ id: string }> {
  const own = JSON.stringify(without);
  return sql<{ id: string }>`
    with own (id) as (select value from json_each(${own})),
    beside (id) as (
      select (select article_id from live
        where place < value and article_id not in (select id from own) order by place desc limit 1)
      from json_each(${JSON.stringify(places)})
      union
      select (select article_id from live
        where place > value and article_id not in (select id from own) order by place limit 1)
      from json_each(${JSON.stringify(places)}))
    select id from beside where id is not null`;
}

/**
 * The stories that have a tag among their first, and stand within reach of a place in its list; those that move are passed over, since
 * their own pages are purged and they may stand elsewhere afterwards.
 */
function nearQuery(moves: TagMove[]): Read<{ id: string }> {
  const own = [...new Set(moves.map(({ articleId }) => articleId))];
  return sql<{ id: string }>`
    with own (id) as (select value from json_each(${JSON.stringify(own)})),
    moves (tag, place) as materialized (
      select (select id from tags where slug = value ->> 'tag'), value ->> 'place' from json_each(${JSON.stringify(moves)}))
    select x.article_id as id from moves m cross join live_tags x on x.tag = m.tag and x.place in (
      select y.place from live_tags y where y.tag = m.tag and y.place < m.place
        and y.article_id not in (select id from own) order by y.place desc limit ${RELATED_REACH})
    where x.position < ${RELATED_TAGS}
    union
    select x.article_id from moves m cross join live_tags x on x.tag = m.tag and x.place in (
      select y.place from live_tags y where y.tag = m.tag and y.place > m.place
        and y.article_id not in (select id from own) order by y.place limit ${RELATED_REACH})
    where x.position < ${RELATED_TAGS}`;
}

/** Which of some tags are series. */
function seriesQuery(slugs: string[]): Read<{ slug: string }> {
  return sql<{ slug: string }>`
    select t.slug from json_each(${JSON.stringify(slugs)}) j cross join tags t on t.slug = j.value where t.series = 1`;
}

type MonthRow = { key: string; others: number; older: string | null; newer: string | null };

/**
 * Whether each month has other stories, and the months that have any on either side. The indexes are named, since statistics of a
 * paper that is young let SQLite take others, and read it whole.
 */
function monthsQuery(
  months: { key: string; month: string; section: string | null }[],
  without: string[],
): Read<MonthRow> {
  return sql<MonthRow>`
    with own (id) as (select value from json_each(${JSON.stringify(without)})),
    filings (key, month, section) as (
      select value ->> 'key', value ->> 'month',
        case when value ->> 'section' is not null then coalesce((select id from sections where slug = value ->> 'section'), '') end
      from json_each(${JSON.stringify(months)}))
    select key,
      exists (select 1 from live l indexed by live_month where l.month = f.month and article_id not in (select id from own)) as others,
      (select l.month from live l indexed by live_month where l.month < f.month and article_id not in (select id from own)
        order by l.month desc limit 1) as older,
      (select l.month from live l indexed by live_month where l.month > f.month and article_id not in (select id from own)
        order by l.month limit 1) as newer
    from filings f where section is null
    union all
    select key,
      exists (select 1 from live l indexed by live_section_month
        where l.section = f.section and l.month = f.month and article_id not in (select id from own)),
      (select l.month from live l indexed by live_section_month
        where l.section = f.section and l.month < f.month and article_id not in (select id from own)
        order by l.month desc limit 1),
      (select l.month from live l indexed by live_section_month
        where l.section = f.section and l.month > f.month and article_id not in (select id from own)
        order by l.month limit 1)
    from filings f where section is not null`;
}

/** The file of the sitemap that each place is in; the first one of a month that has none. */
function filesQuery(changes: SitemapChange[]): Read<AroundFile & { place: string }> {
  return sql<AroundFile & { place: string }>`
    select c.month, c.place, coalesce(m.part, 1) as part, coalesce(m.stories, 0) as stories,
      coalesce((select max(part) from months p where p.month = c.month), 1) as parts
    from (select value ->> 'month' as month, value ->> 'place' as place from json_each(${JSON.stringify(changes)})) c
    left join months m on m.month = c.month
      and m.starts = (select max(starts) from months s where s.month = c.month and s.starts <= c.place)`;
}

/** Which of the given stories the editors placed on the front page, and the picture that it shows with each of these alone. */
function placedQuery(ids: string[]): Read<{ id: string; picture: string | null }> {
  return sql<{ id: string; picture: string | null }>`
    select value as id,
      (select p.hash from front_pictures p where p.article_id = value and p.scheduled = 0) as picture
    from json_each(${JSON.stringify(ids)})
    where value in (
      select lead from front
      union all select p.value from front f, json_each(f.pinned) p
      union all select s.value from front f, json_each(f.named) r, json_each(r.value, '$.stories') s)`;
}

/** The sections that have room on the front page when readers see those that the act's stories come to. */
function frontSectionsQuery(come: string[]): Read<{ slug: string }> {
  return sql`
    select slug from sections s
    where deleted_at is null and (
      id in (select id from published_sections) or slug in (select value from json_each(${JSON.stringify(come)})))
    order by position, slug limit ${FRONT_SECTIONS}`;
}

/**
 * Which of the given pictures, and of those that the front page shows with the act's stories, readers see without these: another
 * shows it, the front page does with another, or it is the logo.
 */
function picturesQuery(hashes: string[], without: string[]): Read<{ hash: string }> {
  const own = JSON.stringify(without);
  return sql<{ hash: string }>`
    with own (id) as (select value from json_each(${own})),
    asked (hash) as (
      select value from json_each(${JSON.stringify(hashes)})
      union select hash from front_pictures where article_id in (select id from own))
    select a.hash from asked a
    where exists (select 1 from live_pictures p where p.hash = a.hash and p.article_id not in (select id from own))
      or exists (select 1 from published_front_pictures p where p.hash = a.hash and p.article_id not in (select id from own))
      or exists (select 1 from published_logo l where instr(l.src, '/media/' || a.hash || '/') = 1)`;
}

/** The pages that come, go or move: by their ids, and the paths that they have before and after. */
function movedOfPages(pages: Replaced<Live>[]): { ids: string[]; paths: string[] } {
  const moved = pages.filter(({ before, after }) => before?.path !== after?.path);
  const lives = moved.flatMap(({ before, after }) =>
    [before, after].filter((live) => live !== null),
  );
  return {
    ids: [...new Set(lives.map(({ articleId }) => articleId))],
    paths: [...new Set(lives.map(({ path }) => path))],
  };
}

/** A link of a menu or of the footer to one of the pages, by any path that it has or had; at most one. */
function linkedQuery({ ids, paths }: { ids: string[]; paths: string[] }): Read<{ href: string }> {
  return sql<{ href: string }>`
    select t.value ->> 'href' as href from settings s cross join json_each(s.value) t
    where s.name in ('menu', 'footer') and (
      t.value ->> 'href' in (select value from json_each(${JSON.stringify(paths)}))
      or exists (
        select 1 from paths p
        where p.path = t.value ->> 'href' and p.article_id in (select value from json_each(${JSON.stringify(ids)}))))
    limit 1`;
}
