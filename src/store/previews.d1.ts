// Promises: a story as readers would see it if a revision of it were live, whichever that is, or one that was never saved.
// Relies on: revisions pointing to sections, authors and tags by id, so that each is called what it is called now; and on the
// published views for everything around the story.
// Does not: decide who may look (editor).

import { placeOf, type Content } from "../domain/article.ts";
import { articlePath } from "../domain/paths.ts";
import {
  RAIL_SIZE,
  type Named,
  type Profile,
  type Site,
  type StoryPage,
} from "../domain/published.ts";
import { sql, type Database, type Read } from "./batch.d1.ts";
import { readSettings, settingsQuery } from "./paper.d1.ts";
import { CARD_COLUMNS, cardFromRow, type CardRow } from "./published/cards.d1.ts";
import { storyFromRow, type StoryRow } from "./published/story.d1.ts";

/** The paper in whose frame a preview stands; `origin` is its scheme and host. */
export async function findSite(db: Database, origin: string): Promise<Site> {
  const [settings, sections] = await db.read(
    settingsQuery(),
    sql<Named>`select slug, name from published_sections order by position, slug`,
  );
  return { origin, settings: readSettings(settings), sections };
}

/** Reads a story's page of one of its revisions, as of `now` (epoch milliseconds) if it was never live; null when there is none. */
export async function findPreview(
  db: Database,
  { id, n, now }: { id: string; n: number; now: number },
): Promise<StoryPage | null> {
  const [[row], authors, tags] = await db.read(
    sql<PreviewRow>`
      select r.article_id as id, r.section, s.name as section_name, r.slug, r.content, r.words, r.html,
        coalesce(r.content ->> 'publishedAt', a.first_published_at, ${now}) as published_at,
        coalesce(r.content ->> 'updatedAt', a.changed_at) as updated_at
      from revisions_by_slug r
      join articles a on a.id = r.article_id
      join sections s on s.slug = r.section
      where r.article_id = ${id} and r.n = ${n}`,
    sql<Profile>`
      select a.slug, a.name, a.role, a.bio
      from revisions r cross join json_each(r.content, '$.authors') j join authors a on a.id = j.value
      where r.article_id = ${id} and r.n = ${n} order by j.key`,
    sql<Named>`
      select t.slug, t.name
      from revisions r cross join json_each(r.content, '$.tags') j join tags t on t.id = j.value
      where r.article_id = ${id} and r.n = ${n} order by j.key`,
  );
  return row ? pageOf(db, row, { authors, tags }) : null;
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
export async function findUnsaved(db: Database, unsaved: Unsaved): Promise<StoryPage> {
  const { id, content, html, words, publishedAt, updatedAt, tagNames } = unsaved;
  const { section, slug, authors, tags } = content;
  const [[filed], profiles, named] = await db.read(
    sql<Named>`select slug, name from sections where slug = ${section}`,
    sql<Profile>`
      select a.slug, a.name, a.role, a.bio
      from json_each(${JSON.stringify(authors)}) j join authors a on a.slug = j.value order by j.key`,
    sql<Named>`
      select j.value as slug, coalesce(t.name, '') as name
      from json_each(${JSON.stringify(tags)}) j left join tags t on t.slug = j.value order by j.key`,
  );
  const row = {
    id,
    section,
    slug,
    html,
    words,
    content: JSON.stringify(content),
    section_name: filed?.name ?? section,
    published_at: publishedAt,
    updated_at: updatedAt,
  };
  const called = named.map((tag) => ({
    ...tag,
    name: tag.name || (tagNames.get(tag.slug) ?? tag.slug),
  }));
  return pageOf(db, row, { authors: profiles, tags: called });
}

type PreviewRow = Omit<StoryRow, "path" | "place"> & { slug: string };

/** The page of a story among those that readers see now. */
async function pageOf(
  db: Database,
  row: PreviewRow,
  names: { authors: Profile[]; tags: Named[] },
): Promise<StoryPage> {
  const place = placeOf(row.published_at, row.id);
  const path = articlePath(row.section, row.slug);
  const [older, newer, latest] = await db.read(...aroundQueries(row, place));
  const card = ([found]: CardRow[]) => (found ? cardFromRow(found) : null);
  return {
    story: storyFromRow({ ...row, path, place }, { ...names, translations: [] }),
    older: card(older),
    newer: card(newer),
    latest: latest.map(cardFromRow),
  };
}

function aroundQueries({ id, section }: PreviewRow, place: string) {
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
  ] as const satisfies Read[];
}
