// Promises: what stands around the stories of an act, for purgeSet; bounded rows however many stories there are.
// Relies on: the edition, which the act moves: what is read here holds until the act is committed.
// Does not: decide what is stale (purge/clauses.ts).

import type { Live, Revision } from "../domain/article.ts";
import { LAST_PAGE } from "../domain/paths.ts";
import { FRONT_SECTIONS, PAGE_SIZE } from "../domain/published.ts";
import { filingsOf, movedOf, movesOf, type Move } from "../purge/moves.ts";
import type { Around, Shown, StoryAct } from "../purge/public-act.ts";
import type { ListName } from "../purge/tags.ts";
import { sql, type Database, type Read } from "./batch.d1.ts";

/** A story before and after an act, as the act knows it: what readers saw of it has to be read. */
export interface StoryTurn {
  before: Live | null;
  /** With the revision that readers see afterwards. */
  after: (Live & { shown: Revision }) | null;
  redirectFrom: { before: string[]; after: string[] };
}

/** No page of a list shows what comes after so many. */
const COUNTED = LAST_PAGE * PAGE_SIZE + 1;

/** Reads what stands around the stories of an act, and what readers saw of them: one round trip, whatever their number. */
export async function readAround(
  db: Database,
  turns: StoryTurn[],
): Promise<{ stories: StoryAct[]; around: Around }> {
  const ids = turns.map(({ before, after }) => before?.articleId ?? after?.articleId ?? "");
  const stories = turns.map(({ before, after, redirectFrom }): StoryAct => ({
    // What it looked like is among what is read.
    before: before && { ...before, ...UNREAD, redirectFrom: redirectFrom.before },
    after: after && shownOf(after, redirectFrom.after),
  }));
  const pictures = turns.flatMap(({ before, after }) => [
    ...(before?.pictures ?? []),
    ...(after?.pictures ?? []),
  ]);
  const moved = movedOf(stories);
  const leaving = moved.flatMap(({ before }) => before?.articleId ?? []);
  const [faces, lists, neighbours, months, placed, sections, seen] = await db.read(
    facesQuery(ids),
    listsQuery(movesOf(stories), ids),
    neighboursQuery(
      moved.flatMap(({ after }) => after?.place ?? []),
      leaving,
    ),
    monthsQuery(filingsOf(stories), ids),
    placedQuery(ids),
    frontSectionsQuery(),
    picturesQuery([...new Set(pictures)], ids),
  );
  for (const { id, translationOf, ...face } of faces) {
    const story = stories.find(({ before }) => before?.articleId === id);
    if (story?.before) Object.assign(story.before, { translationOf, face: JSON.stringify(face) });
  }
  return {
    stories,
    around: {
      lists: new Map(
        lists.map(({ list, apart, ...counts }) => [list, { ...counts, between: apart }]),
      ),
      neighbours: neighbours.map(({ id }) => id),
      months: new Map(
        months.map(({ key, others, ...beside }) => [key, { ...beside, others: others === 1 }]),
      ),
      placed: new Set(placed.map(({ id }) => id)),
      frontSections: new Set(sections.map(({ slug }) => slug)),
      pictures: new Set(seen.map(({ hash }) => hash)),
    },
  };
}

const UNREAD = { face: "", translationOf: null };

function shownOf({ shown, ...live }: Live & { shown: Revision }, redirectFrom: string[]): Shown {
  const { title, standfirst, hero, language, translationOf } = shown;
  const face = { title, standfirst, hero: hero && JSON.stringify(hero), language };
  return { ...live, translationOf, face: JSON.stringify(face), redirectFrom };
}

/** What the cards of the given stories show, of those that are live. */
function facesQuery(ids: string[]): Read<{
  id: string;
  title: string;
  standfirst: string | null;
  hero: string | null;
  language: string | null;
  translationOf: string | null;
}> {
  return sql`
    select l.article_id as id, r.title, r.standfirst, r.hero, r.language, r.translation_of as translationOf
    from live l join revisions r on r.article_id = l.article_id and r.n = l.revision
    where l.article_id in (select value from json_each(${JSON.stringify(ids)}))`;
}

type ListRow = { list: ListName; length: number; newer: number; apart: number };

/** Where the rows of each kind of list are, each in an index of its own. */
const LISTS = {
  front: "live where true",
  section: "live where section = (select x.id from sections x where x.slug = spans.slug)",
  author: "live_authors where author = (select x.id from authors x where x.slug = spans.slug)",
  tag: "live_tags where tag = (select x.id from tags x where x.slug = spans.slug)",
};

/** Counts in each list, up to COUNTED; `without` names the act's own stories. */
function listsQuery(moves: Move[], without: string[]): Read<ListRow> {
  const spans = moves.map(({ list, newest, oldest }) => {
    const [kind, slug = ""] = list.split(":");
    return { list, kind, slug, newest, oldest };
  });
  const count = (rows: string) =>
    `(select count(*) from (select 1 from ${rows} and article_id not in (select id from own) limit ${COUNTED}))`;
  const counts = Object.entries(LISTS).map(
    ([kind, rows]) => `
      select list, ${count(rows)} as length, ${count(`${rows} and place > newest`)} as newer,
        ${count(`${rows} and place > oldest and place < newest`)} as apart
      from spans where kind = '${kind}'`,
  );
  return {
    kind: "read",
    sql: `
      with own (id) as (select value from json_each(?1)),
      spans (list, kind, slug, newest, oldest) as (
        select value ->> 'list', value ->> 'kind', value ->> 'slug', value ->> 'newest', value ->> 'oldest' from json_each(?2))
      ${counts.join(" union all ")}`,
    values: [JSON.stringify(without), JSON.stringify(spans)],
  };
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

type MonthRow = { key: string; others: number; older: string | null; newer: string | null };

/** Whether each month has other stories, and the months that have any on either side. */
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
      exists (select 1 from live l where l.month = f.month and article_id not in (select id from own)) as others,
      (select l.month from live l where l.month < f.month and article_id not in (select id from own)
        order by l.month desc limit 1) as older,
      (select l.month from live l where l.month > f.month and article_id not in (select id from own)
        order by l.month limit 1) as newer
    from filings f where section is null
    union all
    select key,
      exists (select 1 from live l
        where l.section = f.section and l.month = f.month and article_id not in (select id from own)),
      (select l.month from live l
        where l.section = f.section and l.month < f.month and article_id not in (select id from own)
        order by l.month desc limit 1),
      (select l.month from live l
        where l.section = f.section and l.month > f.month and article_id not in (select id from own)
        order by l.month limit 1)
    from filings f where section is not null`;
}

/** Which of the given stories the editors placed on the front page. */
function placedQuery(ids: string[]): Read<{ id: string }> {
  return sql<{ id: string }>`
    select value as id from json_each(${JSON.stringify(ids)})
    where value in (select lead from front union all select j.value from front f, json_each(f.pinned) j)`;
}

/** The sections that have room on the front page. */
function frontSectionsQuery(): Read<{ slug: string }> {
  return sql`select slug from sections where deleted_at is null order by position, slug limit ${FRONT_SECTIONS}`;
}

/** Which of the given pictures readers see without the act's stories: another shows it, or it is the logo. */
function picturesQuery(hashes: string[], without: string[]): Read<{ hash: string }> {
  return sql<{ hash: string }>`
    select value as hash from json_each(${JSON.stringify(hashes)}) h
    where exists (select 1 from live_pictures p
        where p.hash = h.value and p.article_id not in (select value from json_each(${JSON.stringify(without)})))
      or exists (select 1 from published_logo l where instr(l.src, '/media/' || h.value || '/') = 1)`;
}
