// Promises: authors, sections and tags by slug; nothing that a story uses is deleted. What is stored of stories names them by
// ids, which never change; what is deleted keeps its row and comes back with its slug.
// Relies on: the foreign keys of articles and live, and a scan of head revisions before a deletion.
// Does not: change a slug, which is a URL (names.d1.ts does).

import type { StoryChange } from "../domain/article.ts";
import type { Author, Entries, Section, Tag } from "../domain/directory.ts";
import { LISTS, type Nameable } from "../domain/lists.ts";
import type { SectionOfMenu } from "../domain/menu.ts";
import type { Standing } from "../domain/site-map.ts";
import { Fragment, guarded, readAs, sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";
import { noPageAt } from "./paths.d1.ts";
import {
  columns,
  fromRow,
  names,
  table,
  updates,
  values,
  type Row,
  type Table,
} from "./columns.ts";

const AUTHOR = table<Author>("authors", {
  slug: "plain",
  name: "plain",
  role: "plain",
  bio: "plain",
  links: "json",
});
const SECTION = table<Section>("sections", {
  slug: "plain",
  name: "plain",
  description: "plain",
  position: "plain",
  listed: "flag",
});
const TAG = table<Tag>("tags", {
  slug: "plain",
  name: "plain",
  description: "plain",
  series: "flag",
});

/** The table of each kind of entry. */
export const TABLES: { [Kind in Nameable]: Table<Entries[Kind]> } = {
  author: AUTHOR,
  section: SECTION,
  tag: TAG,
};

/** What to say of a revision `r` of an article `a` that names the entry with an id. */
export const NAMED_IN = {
  author: "exists (select 1 from json_each(r.content, '$.authors') where value = ?id)",
  section: "r.content ->> 'section' = ?id and a.status <> 'binned'",
  tag: "exists (select 1 from json_each(r.content, '$.tags') where value = ?id)",
};

/** The articles with the revisions of them that may still go out, in which something is said of the entry with an id. */
function usesOf(kind: Nameable, id: string): string {
  return `articles a join revisions r on r.article_id = a.id and r.n in (a.head, a.live, a.scheduled)
    where ${NAMED_IN[kind].replace("?id", id)}`;
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

/** The entries of one kind, by slug; `publishedOnly` leaves out tags that no live story has. */
export function entriesQuery<Kind extends Nameable>(
  kind: Kind,
  { after, limit }: SlugPage,
  publishedOnly = false,
): Read<Entries[Kind]> {
  const { name } = TABLES[kind];
  const from = kind === "tag" && publishedOnly ? "published_tags" : name;
  const present = from === name ? "deleted_at is null" : "true";
  const query = sql<Row>`
    select ${columns(TABLES[kind], { of: from })} from ${new Fragment(`${from} where ${present}`)}
    and slug > ${after} order by slug limit ${limit}`;
  return readAs(query, (row) => fromRow(TABLES[kind], row));
}

/** One entry by its slug. */
export function entryQuery<Kind extends Nameable>(kind: Kind, slug: string): Read<Entries[Kind]> {
  const { name } = TABLES[kind];
  const query = sql<Row>`
    select ${columns(TABLES[kind])} from ${new Fragment(name)} where slug = ${slug} and deleted_at is null`;
  return readAs(query, (row) => fromRow(TABLES[kind], row));
}

/** Makes or changes an entry; one that was deleted comes back with its slug. A section that comes to be is lost where a page is. */
export function writeEntry<Kind extends Nameable>(
  kind: Kind,
  entry: Entries[Kind],
  { isNew }: { isNew: boolean },
): Write {
  // Of one kind: TypeScript cannot see that the table is that of the entry.
  const of = TABLES[kind] as Table<{ slug: string }>;
  const isFree =
    kind === "section" && isNew ? noPageAt("(value ->> 'slug')") : new Fragment("true");
  const write = sqlWrite`
    insert into ${new Fragment(of.name)} (id, ${names(of)})
    select lower(hex(randomblob(8))), ${values(of)} from json_each(${JSON.stringify([entry])}) where ${isFree}
    on conflict (slug) do update set ${updates(of, ["slug"])}, deleted_at = null`;
  return guarded(write, "path");
}

/** Deletes an entry; lost when a story or a key uses it by now. */
export function deleteEntry(kind: Nameable, slug: string, now: number): Write {
  const { name } = TABLES[kind];
  const keys =
    kind === "author"
      ? `and not exists (select 1 from keys where author = authors.id and revoked_at is null)
        and not exists (select 1 from articles where assignee = authors.id and status <> 'binned')`
      : "";
  const unused = `not exists (select 1 from ${usesOf(kind, `${name}.id`)}) ${keys}`;
  const write = sqlWrite`
    update ${new Fragment(name)} set deleted_at = ${now}
    where slug = ${slug} and deleted_at is null and ${new Fragment(unused)}`;
  return guarded(write, "present");
}

/** What uses an entry: a story with a revision that may still go out, or a key; at most one. */
export function entryUseQuery(kind: Nameable, slug: string): Read<Use> {
  const { name } = TABLES[kind];
  const keys =
    kind === "author"
      ? `union all select 'key', id from keys where author = (select id from entry) and revoked_at is null
        union all
        select 'story', id from articles where assignee = (select id from entry) and status <> 'binned'`
      : "";
  return sql`
    with entry (id) as (select id from ${new Fragment(name)} where slug = ${slug})
    select 'story' as kind, a.id from ${new Fragment(usesOf(kind, "(select id from entry)"))}
    ${new Fragment(keys)} limit 1`;
}

/** Finds an entry's id, and whether it has a live story (1 or 0). */
export function entryLiveQuery(kind: Nameable, slug: string): Read<{ id: string; live: number }> {
  const { table: rows, key, entries } = LISTS[kind].index;
  const live = `exists (select 1 from ${rows} where ${key} = ${entries}.id) as live from ${entries}`;
  return sql`select id, ${new Fragment(live)} where slug = ${slug} and deleted_at is null`;
}

/** Where a section stands among those that readers see. */
export type SectionPlace = Pick<Section, "slug" | "position">;

export function sectionPlacesQuery(): Read<SectionPlace> {
  return sql<SectionPlace>`select slug, position from published_sections`;
}

/** Every section, as menus name it. */
export function sectionsOfMenusQuery(): Read<SectionOfMenu> {
  return sql<SectionOfMenu>`select id, slug, name from sections where deleted_at is null`;
}

/** Which of the given slugs and ids exist, and which authors and sections of the given stories' revisions do. */
export function referencesQuery(
  wanted: { sections: string[]; authors: string[]; articles: string[] },
  ofStories: string[] = [],
): Read<Reference> {
  return sql<Reference>`
    select 'section' as kind, slug as id, null as original from sections
    where deleted_at is null and (
      slug in (select value from json_each(${JSON.stringify(wanted.sections)}))
      or id in (
        select r.content ->> 'section' from articles a join revisions r on r.article_id = a.id and r.n = a.head
        where a.id in (select value from json_each(${JSON.stringify(ofStories)}))))
    union all
    select 'author', slug, null from authors
    where deleted_at is null and (
      slug in (select value from json_each(${JSON.stringify(wanted.authors)}))
      or id in (
        select named.value
        from articles a join revisions r on r.article_id = a.id and r.n in (a.head, a.scheduled),
          json_each(r.content, '$.authors') named
        where a.id in (select value from json_each(${JSON.stringify(ofStories)}))))
    union all
    select 'article', a.id, r.translation_of from articles a join revisions r on r.article_id = a.id and r.n = a.head
    where a.form = 'story' and a.id in (select value from json_each(${JSON.stringify(wanted.articles)}))`;
}

export interface Reference {
  kind: "section" | "author" | "article";
  id: string;
  /** Of a story that is a translation, the id of the one that it translates. */
  original: string | null;
}

/** What an entry that was called otherwise once is called now. */
export interface CalledNow {
  kind: Nameable;
  slug: string;
  present: string;
}

/** Of names that no entry has any more, what those that had them are called now. */
export function calledNowQuery(named: Pick<CalledNow, "kind" | "slug">[]): Read<CalledNow> {
  return sql<CalledNow>`
    select f.kind, f.slug, coalesce(s.slug, a.slug, t.slug) as present
    from json_each(${JSON.stringify(named)}) n
    cross join former_slugs f on f.kind = n.value ->> 'kind' and f.slug = n.value ->> 'slug'
    left join sections s on f.kind = 'section' and s.id = f.entry_id and s.deleted_at is null
    left join authors a on f.kind = 'author' and a.id = f.entry_id and a.deleted_at is null
    left join tags t on f.kind = 'tag' and t.id = f.entry_id and t.deleted_at is null
    where coalesce(s.slug, a.slug, t.slug) is not null
      and not exists (select 1 from sections x where f.kind = 'section' and x.slug = f.slug and x.deleted_at is null)
      and not exists (select 1 from authors x where f.kind = 'author' and x.slug = f.slug and x.deleted_at is null)
      and not exists (select 1 from tags x where f.kind = 'tag' and x.slug = f.slug and x.deleted_at is null)`;
}

/** The entries whose pages stand at paths, those that are there. */
export function standingQuery(
  standings: (Standing | null)[],
): Read<{ kind: Nameable; slug: string }> {
  const named = JSON.stringify(standings.filter((each) => typeof each === "object" && each));
  const kinds = (["section", "author", "tag"] as const).map(
    (kind) => `
    select '${kind}' as kind, slug from ${LISTS[kind].index.entries} where deleted_at is null and slug in (
      select value ->> 'slug' from named where value ->> 'kind' = '${kind}')`,
  );
  return sql`
    with named (value) as (select value from json_each(${named}))
    ${new Fragment(kinds.join(" union all "))}`;
}

/** No longer than a name may be when it is sent back (editor/input.ts). */
function nameOfTag(slug: string): string {
  const words = slug.replaceAll("-", " ").slice(0, 80).trimEnd();
  return words.replace(/^./, (letter) => letter.toUpperCase());
}

/** A tag is made on first use, with the name that the story gave it; or else named after its slug until an editor names it. */
export function writeNewTags(changes: StoryChange[]): Write[] {
  // One that the story had is there, or is called otherwise by now: then the save is lost (revisions.d1.ts).
  const slugs = [
    ...new Set(
      changes.flatMap(({ before, after }) =>
        after.head.tags.filter((slug) => !before?.head.tags.includes(slug)),
      ),
    ),
  ];
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
      where true on conflict (slug) do update set name = excluded.name, description = null, series = 0, deleted_at = null
      where deleted_at is not null`,
  ];
}

/** The ids of entries by their slugs, of those that are there. */
export function idsOfQuery(
  wanted: Record<Nameable, string[]>,
): Read<{ kind: Nameable; slug: string; id: string }> {
  const kinds = (["section", "author", "tag"] as const).map(
    (kind) => `
    select '${kind}' as kind, slug, id from ${LISTS[kind].index.entries}
    where slug in (select value from json_each((select slugs from asked), '$.${kind}'))`,
  );
  return sql`
    with asked (slugs) as (select ${JSON.stringify(wanted)})
    ${new Fragment(kinds.join(" union all "))}`;
}
