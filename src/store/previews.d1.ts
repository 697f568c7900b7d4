// Promises: a story as readers would see it if a revision of it were live, whichever that is.
// Relies on: revisions pointing to sections, authors and tags by id, so that each is called what it is called now.
// Does not: decide who may look (editor), or show what stands around a story on the day it goes out.

import { articlePath } from "../domain/paths.ts";
import { placeOf } from "../domain/article.ts";
import type { Named, Profile, StoryPage } from "../domain/published.ts";
import { sql, type Database } from "./batch.d1.ts";
import { storyFromRow, type StoryRow } from "./published/story.d1.ts";

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
  if (!row) return null;
  const place = placeOf(row.published_at, row.id);
  const path = articlePath(row.section, row.slug);
  const story = storyFromRow({ ...row, path, place }, { authors, tags, translations: [] });
  return { story, older: null, newer: null, latest: [] };
}

type PreviewRow = Omit<StoryRow, "path" | "place"> & { slug: string };
