// Promises: authors, sections and tags by slug; nothing that a story uses is deleted. What is stored of stories names them by
// ids, which never change; what is deleted keeps its row and comes back with its slug.
// Relies on: the foreign keys of articles and live, and a scan of head revisions before a deletion.
// Does not: rename a slug, which is a URL.

import type { StoryChange } from "../domain/article.ts";
import { LISTS, type Nameable } from "../domain/lists.ts";
import type { Standing } from "../domain/site-map.ts";
import { Fragment, guarded, sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";

export interface Author {
  slug: string;
  name: string;
  role: string | null;
  bio: string | null;
}

export interface Section {
  slug: string;
  name: string;
  description: string | null;
  position: number;
}

export interface Tag {
  slug: string;
  name: string;
  description: string | null;
}

/** What keeps an entry from being deleted. */
export interface Use {
  kind: "story" | "key";
  id: string;
}

/** A page of a list in slug order: what comes after a slug, at most `limit`. */
export interface SlugPage {
  after: string;
  limit: number;
}

export function authorsQuery({ after, limit }: SlugPage): Read<Author> {
  return sql<Author>`select slug, name, role, bio from authors where deleted_at is null and slug > ${after} order by slug limit ${limit}`;
}

export function authorQuery(slug: string): Read<Author> {
  return sql<Author>`select slug, name, role, bio from authors where slug = ${slug} and deleted_at is null`;
}

export function writeAuthor({ slug, name, role, bio }: Author): Write {
  return sqlWrite`
    insert into authors (id, slug, name, role, bio) values (lower(hex(randomblob(8))), ${slug}, ${name}, ${role}, ${bio})
    on conflict (slug) do update set name = excluded.name, role = excluded.role, bio = excluded.bio, deleted_at = null`;
}

/** Deletes an author; lost when a story or key names them by now. */
export function deleteAuthor(slug: string, now: number): Write {
  const write = sqlWrite`
    update authors set deleted_at = ${now} where slug = ${slug} and deleted_at is null
      and not exists (select 1 from keys where author = authors.id and revoked_at is null)
      and not exists (
        select 1 from articles a join revisions r on r.article_id = a.id and r.n in (a.head, a.live, a.scheduled)
        where exists (select 1 from json_each(r.content, '$.authors') where value = authors.id))`;
  return guarded(write, "present");
}

/** What uses the author: a story with a revision that may still go out, or a key; at most one. */
export function authorUseQuery(slug: string): Read<Use> {
  return sql<Use>`
    select 'story' as kind, a.id
    from articles a join revisions r on r.article_id = a.id and r.n in (a.head, a.live, a.scheduled)
    where exists (
      select 1 from json_each(r.content, '$.authors') where value = (select id from authors where slug = ${slug}))
    union all
    select 'key', id from keys
    where author = (select id from authors where slug = ${slug}) and revoked_at is null
    limit 1`;
}

export function sectionsQuery({ after, limit }: SlugPage): Read<Section> {
  return sql<Section>`
    select slug, name, description, position from sections where deleted_at is null and slug > ${after} order by slug limit ${limit}`;
}

export function sectionQuery(slug: string): Read<Section> {
  return sql<Section>`select slug, name, description, position from sections where slug = ${slug} and deleted_at is null`;
}

export function writeSection({ slug, name, description, position }: Section): Write {
  return sqlWrite`
    insert into sections (id, slug, name, description, position)
    values (lower(hex(randomblob(8))), ${slug}, ${name}, ${description}, ${position})
    on conflict (slug) do update set name = excluded.name, description = excluded.description,
      position = excluded.position, deleted_at = null`;
}

/** Where a section stands among the others. */
export type SectionPlace = Pick<Section, "slug" | "position">;

export function sectionPlacesQuery(): Read<SectionPlace> {
  return sql<SectionPlace>`select slug, position from sections where deleted_at is null`;
}

/** Deletes a section; lost when a story outside the bin stands in it by now. */
export function deleteSection(slug: string, now: number): Write {
  const write = sqlWrite`
    update sections set deleted_at = ${now} where slug = ${slug} and deleted_at is null and not exists (
      select 1 from articles a join revisions r on r.article_id = a.id and r.n in (a.head, a.live, a.scheduled)
      where r.content ->> 'section' = sections.id and a.status <> 'binned')`;
  return guarded(write, "present");
}

/** Which stories outside the bin stand in the section with a revision that may still go out; at most one id. */
export function sectionUseQuery(slug: string): Read<Use> {
  return sql<Use>`
    select 'story' as kind, a.id from articles a join revisions r on r.article_id = a.id and r.n in (a.head, a.live, a.scheduled)
    where r.content ->> 'section' = (select id from sections where slug = ${slug}) and a.status <> 'binned'
    limit 1`;
}

export function tagsQuery({ after, limit }: SlugPage, publishedOnly: boolean): Read<Tag> {
  if (publishedOnly) {
    return sql<Tag>`
      select slug, name, description from published_tags where slug > ${after} order by slug limit ${limit}`;
  }
  return sql<Tag>`select slug, name, description from tags where deleted_at is null and slug > ${after} order by slug limit ${limit}`;
}

export function tagQuery(slug: string): Read<Tag> {
  return sql<Tag>`select slug, name, description from tags where slug = ${slug} and deleted_at is null`;
}

export function writeTag({ slug, name, description }: Tag): Write {
  return sqlWrite`
    insert into tags (id, slug, name, description) values (lower(hex(randomblob(8))), ${slug}, ${name}, ${description})
    on conflict (slug) do update set name = excluded.name, description = excluded.description, deleted_at = null`;
}

/** Deletes a tag; lost when a story has it by now. */
export function deleteTag(slug: string, now: number): Write {
  const write = sqlWrite`
    update tags set deleted_at = ${now} where slug = ${slug} and deleted_at is null and not exists (
      select 1 from articles a join revisions r on r.article_id = a.id and r.n in (a.head, a.live, a.scheduled)
      where exists (select 1 from json_each(r.content, '$.tags') where value = tags.id))`;
  return guarded(write, "present");
}

export function tagUseQuery(slug: string): Read<Use> {
  return sql<Use>`
    select 'story' as kind, a.id from articles a join revisions r on r.article_id = a.id and r.n in (a.head, a.live, a.scheduled)
    where exists (select 1 from json_each(r.content, '$.tags') where value = (select id from tags where slug = ${slug})) limit 1`;
}

/** Which of the given slugs and ids exist, and which authors and sections of the given stories' revisions do. */
export function referencesQuery(
  wanted: { sections: string[]; authors: string[]; articles: string[] },
  ofStories: string[] = [],
): Read<Reference> {
  return sql<Reference>`
    select 'section' as kind, slug as id from sections
    where deleted_at is null and (
      slug in (select value from json_each(${JSON.stringify(wanted.sections)}))
      or id in (
        select r.content ->> 'section' from articles a join revisions r on r.article_id = a.id and r.n = a.head
        where a.id in (select value from json_each(${JSON.stringify(ofStories)}))))
    union all
    select 'author', slug from authors
    where deleted_at is null and (
      slug in (select value from json_each(${JSON.stringify(wanted.authors)}))
      or id in (
        select named.value
        from articles a join revisions r on r.article_id = a.id and r.n in (a.head, a.scheduled),
          json_each(r.content, '$.authors') named
        where a.id in (select value from json_each(${JSON.stringify(ofStories)}))))
    union all
    select 'article', id from articles
    where id in (select value from json_each(${JSON.stringify(wanted.articles)}))`;
}

export interface Reference {
  kind: "section" | "author" | "article";
  id: string;
}

/** The entry whose page stands at a path, if it is there. */
export function standingQuery(standing: Standing | null): Read<{ kind: Nameable; slug: string }> {
  const { kind, slug } = typeof standing === "object" && standing ? standing : NOTHING;
  const { entries } = LISTS[kind].index;
  return sql`
    select ${kind} as kind, slug from ${new Fragment(entries)} where slug = ${slug} and deleted_at is null`;
}

/** No entry has an empty slug. */
const NOTHING = { kind: "section", slug: "" } as const;

// Whether readers see an entry anywhere: authors and tags with a live story, sections always.

export function authorShownQuery(slug: string): Read<{ shown: number }> {
  return sql`select exists (select 1 from live_authors where author = (select id from authors where slug = ${slug})) as shown`;
}

export function tagShownQuery(slug: string): Read<{ shown: number }> {
  return sql`select exists (select 1 from live_tags where tag = (select id from tags where slug = ${slug})) as shown`;
}

export function sectionShownQuery(_: string): Read<{ shown: number }> {
  return sql`select 1 as shown`;
}

/** No longer than a name may be when it is sent back (editor/input.ts). */
function nameOfTag(slug: string): string {
  const words = slug.replaceAll("-", " ").slice(0, 80).trimEnd();
  return words.replace(/^./, (letter) => letter.toUpperCase());
}

/** A tag is made on first use, with the name that the story gave it; or else named after its slug until an editor names it. */
export function writeNewTags(changes: StoryChange[]): Write[] {
  const slugs = [...new Set(changes.flatMap(({ after }) => after.head.tags))];
  if (slugs.length === 0) return [];
  const named = new Map(
    changes.flatMap(({ tagNames }) =>
      [...(tagNames ?? [])].filter(([slug, name]) => slug !== name),
    ),
  );
  const tags = slugs.map((slug) => ({ slug, name: named.get(slug) ?? nameOfTag(slug) }));
  return [
    sqlWrite`
      insert into tags (id, slug, name)
      select lower(hex(randomblob(8))), value ->> 'slug', value ->> 'name' from json_each(${JSON.stringify(tags)})
      where true on conflict (slug) do update set name = excluded.name, description = null, deleted_at = null
      where deleted_at is not null`,
  ];
}
