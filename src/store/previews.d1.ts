// Promises: a story as readers would see it if a revision of it were live, whichever that is, or one that was never saved.
// Relies on: revisions pointing to sections, authors and tags by id, so that each is called what it is called now; and on the
// published views for everything around the story.
// Does not: decide who may look (editor).

import { placeOf } from "../domain/article.ts";
import { readContent, type Content } from "../domain/revision.ts";
import { articlePath, pagePath } from "../domain/paths.ts";
import {
  RAIL_SIZE,
  type Named,
  type PlainPage,
  type Profile,
  type Site,
  type StoryPage,
} from "../domain/published.ts";
import { readAs, sql, type Database } from "./batch.d1.ts";
import { CARD_COLUMNS, cardFromRow, type CardRow } from "./published/cards.d1.ts";
import {
  chosenOfQuery,
  nearToQuery,
  partsBesideQuery,
  seriesBesideQuery,
} from "./leading-on.d1.ts";
import { relatedOf, seriesFromRows, type PartRow } from "./published/leading-on.d1.ts";
import { pageFromRow, type PageRow } from "./published/pages.d1.ts";
import { siteOf, siteQueries } from "./published/site.d1.ts";
import {
  profileFromRow,
  storyFromRow,
  type ProfileRow,
  type StoryRow,
} from "./published/story.d1.ts";

/** A story's page, or one that is no story, and the paper in whose frame it stands. */
export interface Preview<Page extends StoryPage | PlainPage = StoryPage> {
  page: Page;
  site: Site;
}

/** The same of a page that is no story. */
export async function findPagePreview(
  db: Database,
  { id, n, now, origin }: { id: string; n: number; now: number; origin: string },
): Promise<Preview<PlainPage> | null> {
  const [[row], ...paper] = await db.read(
    sql<Omit<PageRow, "path"> & { slug: string }>`
      select r.article_id as id, r.content ->> 'slug' as slug, r.content, r.html,
        coalesce(a.first_published_at, ${now}) as published_at, a.changed_at as updated_at
      from revisions r join articles a on a.id = r.article_id
      where r.article_id = ${id} and r.n = ${n}`,
    ...siteQueries(),
  );
  if (!row) return null;
  return {
    page: pageFromRow({ ...row, path: pagePath(row.slug) }),
    site: siteOf(unshared(origin), paper),
  };
}

/** The page that a text would make that was never saved and is no story. */
export async function findUnsavedPage(
  db: Database,
  { id, content, html, publishedAt, updatedAt }: Unsaved,
  origin: string,
): Promise<Preview<PlainPage>> {
  const site = await findSite(db, origin);
  const dates = { published_at: publishedAt, updated_at: updatedAt };
  const row = {
    id,
    path: pagePath(content.slug),
    content: JSON.stringify(content),
    html,
    ...dates,
  };
  return { page: pageFromRow(row), site };
}

/**
 * Reads a story's page of one of its revisions, as of `now` (epoch milliseconds) if it was never live; null when there is none.
 * `origin` is the site's scheme and host.
 */
export async function findPreview(
  db: Database,
  { id, n, now, origin }: { id: string; n: number; now: number; origin: string },
): Promise<Preview | null> {
  const [[row], authors, tags, ...paper] = await db.read(
    sql<PreviewRow>`
      select r.article_id as id, r.section, s.name as section_name, r.slug, r.content, r.words, r.html,
        coalesce(r.content ->> 'publishedAt', a.first_published_at, ${now}) as published_at,
        coalesce(r.content ->> 'updatedAt', a.changed_at) as updated_at
      from revisions_by_slug r
      join articles a on a.id = r.article_id
      join sections s on s.slug = r.section
      where r.article_id = ${id} and r.n = ${n}`,
    readAs(
      sql<ProfileRow>`
        select a.slug, a.name, a.role, a.bio, a.links
        from revisions r cross join json_each(r.content, '$.authors') j join authors a on a.id = j.value
        where r.article_id = ${id} and r.n = ${n} order by j.key`,
      profileFromRow,
    ),
    sql<Named>`
      select t.slug, t.name
      from revisions r cross join json_each(r.content, '$.tags') j join tags t on t.id = j.value
      where r.article_id = ${id} and r.n = ${n} order by j.key`,
    ...siteQueries(),
  );
  if (!row) return null;
  const around = await db.read(...aroundQueries(row));
  return { page: pageOf(row, { authors, tags }, around), site: siteOf(unshared(origin), paper) };
}

/** The paper without a page, for what is to be said where there is none. */
export async function findSite(db: Database, origin: string): Promise<Site> {
  return siteOf(unshared(origin), await db.read(...siteQueries()));
}

/** Nothing is shared of what is not published. */
function unshared(origin: string): Pick<Site, "origin" | "drawsPictures"> {
  return { origin, drawsPictures: false };
}

/** A text that was never saved, with what rendering it told. Times in epoch milliseconds. */
export interface Unsaved {
  /** The id of the story that it may become; none has it if it is to be a new one. */
  id: string;
  content: Content;
  html: string;
  words: number;
  publishedAt: number;
  updatedAt: number | null;
  /** What tags are called that nobody has used yet, by slug. */
  tagNames: ReadonlyMap<string, string>;
}

/** The page that a text would make that was never saved. */
export async function findUnsaved(
  db: Database,
  unsaved: Unsaved,
  origin: string,
): Promise<Preview> {
  const { id, content, html, words, publishedAt, updatedAt, tagNames } = unsaved;
  const { section, slug, authors, tags } = content;
  const row = {
    id,
    section,
    slug,
    html,
    words,
    content: JSON.stringify(content),
    published_at: publishedAt,
    updated_at: updatedAt,
  };
  const [[filed], profiles, named, ...others] = await db.read(
    sql<Named>`select slug, name from sections where slug = ${section}`,
    readAs(
      sql<ProfileRow>`
        select a.slug, a.name, a.role, a.bio, a.links
        from json_each(${JSON.stringify(authors)}) j join authors a on a.slug = j.value order by j.key`,
      profileFromRow,
    ),
    sql<Named>`
      select j.value as slug, coalesce(t.name, '') as name
      from json_each(${JSON.stringify(tags)}) j left join tags t on t.slug = j.value order by j.key`,
    ...siteQueries(),
    ...aroundQueries(row),
  );
  const [settings, sections, pages, ...around] = others;
  const called = named.map(({ slug: tag, name }) => {
    return { slug: tag, name: name || (tagNames.get(tag) ?? tag) };
  });
  const names = { authors: profiles, tags: called };
  const found = { ...row, section_name: filed?.name ?? section };
  const site = siteOf(unshared(origin), [settings, sections, pages]);
  return { page: pageOf(found, names, around), site };
}

type PreviewRow = Omit<StoryRow, "path" | "place"> & { slug: string };

/** The page of a story among those that readers see now. */
function pageOf(
  row: PreviewRow,
  names: { authors: Profile[]; tags: Named[] },
  [[older], [newer], latest, [series], parts, chosen, near]: AroundRows,
): StoryPage {
  const path = articlePath(row.section, row.slug);
  const story = { ...row, path, place: placeOf(row.published_at, row.id) };
  return {
    series: series ? seriesFromRows(withOwn(series, parts, story)) : null,
    related: relatedOf(chosen, near),
    story: storyFromRow(story, { ...names, translations: [] }),
    older: older ? cardFromRow(older) : null,
    newer: newer ? cardFromRow(newer) : null,
    latest: latest.map(cardFromRow),
  };
}

type AroundRows = [CardRow[], CardRow[], CardRow[], Named[], PartRow[], CardRow[], CardRow[]];

/** The parts that readers see of a story's series, and the story itself as it would be one of them. */
function withOwn(
  { slug: series, name }: Named,
  parts: PartRow[],
  { id, path, place, content }: PreviewRow & Placed,
): PartRow[] {
  const { title, language, kind, part } = readContent(content);
  const own = { series, name, id, path, place, title, language, kind, part };
  return [...parts.filter((row) => row.id !== id), own];
}

type Placed = Pick<StoryRow, "path" | "place">;

/** What readers see now on either side of a story, in its section, and what leads on from it. */
function aroundQueries({
  id,
  section,
  content,
  published_at: moment,
}: Pick<PreviewRow, "id" | "section" | "content" | "published_at">) {
  const place = placeOf(moment, id);
  const said = readContent(content);
  const [tags, related] = [JSON.stringify(said.tags), JSON.stringify(said.related)];
  return [
    sql<CardRow>`
      select ${CARD_COLUMNS} from published_cards c
      where c.place < ${place} and c.id <> ${id} order by c.place desc limit 1`,
    sql<CardRow>`
      select ${CARD_COLUMNS} from published_cards c
      where c.place > ${place} and c.id <> ${id} order by c.place limit 1`,
    sql<CardRow>`
      select ${CARD_COLUMNS} from published_cards c
      where c.section_id = (select id from sections where slug = ${section}) and c.id <> ${id}
      order by c.place desc limit ${RAIL_SIZE}`,
    seriesBesideQuery(tags),
    partsBesideQuery(tags),
    chosenOfQuery(related),
    nearToQuery({ id, place, section, tags, related }),
  ] as const;
}
