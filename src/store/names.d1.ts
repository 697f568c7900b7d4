// Promises: an entry gets another slug, and its stories their addresses; or it is merged into another. A fixed number of
// statements, however many stories it has. A former slug leads to what its entry is called now, not to what it was called next.
// Relies on: the edition, which each of these acts moves: what is read here holds until it is committed.
// Does not: know what readers see of it, or follow a former slug (published/addresses.d1.ts does).

import type { Entries } from "../domain/directory.ts";
import { LISTS, type Nameable } from "../domain/lists.ts";
import { sectionPath } from "../domain/paths.ts";
import { Fragment, guarded, sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";
import { names, values, type Table } from "./columns.ts";
import { NAMED_IN, TABLES } from "./directory.d1.ts";
import { writeMonthsOfSection } from "./months.d1.ts";
import { noPageAt } from "./paths.d1.ts";

/** Finds the slugs that an entry had before. */
export function formerSlugsQuery(kind: Nameable, slug: string): Read<{ slug: string }> {
  const { name } = TABLES[kind];
  return sql`
    select slug from former_slugs
    where kind = ${kind} and entry_id = (select id from ${new Fragment(name)} where slug = ${slug} and deleted_at is null)
    order by slug`;
}

/**
 * Whether readers see an entry with a story, or did (1 or 0): then its address may be known. Of authors and tags it is what stories
 * were last live with that counts: more would tell of names that only drafts had.
 */
export function wasSeenQuery(kind: Nameable, slug: string): Read<{ seen: number }> {
  if (kind === "section") {
    const [from, to] = [`${sectionPath(slug)}/`, `${sectionPath(slug)}0`];
    return sql`
      select exists (
        select 1 from paths where path > ${from} and path < ${to} and article_id is not null) as seen`;
  }
  const { table: rows, key, entries } = LISTS[kind].index;
  const isLive = `exists (select 1 from ${rows} where ${key} = e.id)`;
  const wasLive = `exists (
    select 1 from articles a cross join revisions r on r.article_id = a.id and r.n = a.last_live
    where ${NAMED_IN[kind].replace("?id", "e.id")})`;
  return sql`
    select ${new Fragment(`${isLive} or ${wasLive} as seen from ${entries} e`)}
    where e.slug = ${slug} and e.deleted_at is null`;
}

/** How many live stories a section has. */
export function liveCountQuery(slug: string): Read<{ n: number }> {
  return sql<{ n: number }>`
    select count(*) as n from live where section = (select id from sections where slug = ${slug} and deleted_at is null)`;
}

/** A change of slug: of which entry, and what the entry says afterwards. */
export interface Renaming<Kind extends Nameable = Nameable> {
  kind: Kind;
  from: string;
  entry: Entries[Kind];
  /** Readers see the entry, so that its former address is theirs; one that they only saw once takes nobody else's. */
  isSeen: boolean;
}

/** An editors' redirect that stands where a story of a section would come with another slug, or its twin; at most one. */
export function redirectInTheWayQuery(from: string, to: string): Read<{ path: string }> {
  const [was, is] = [sectionPath(from), sectionPath(to)];
  return sql`
    select path from (
      select path, ${was} || substr(iif(path like '%.md', substr(path, 1, length(path) - 3), path), ${is.length + 1}) as story
      from paths where kind <> 'article' and vacated = 0 and path > ${`${is}/`} and path < ${`${is}0`}) r
    where exists (select 1 from live l where l.path = r.story)
      or exists (select 1 from articles a where a.path = r.story and a.status <> 'binned')
    order by path limit 1`;
}

/** Gives an entry another slug, and whatever else it says now; lost when it is gone by now, or a page is where a section would come. */
export function writeRenaming({ kind, from, entry }: Renaming): Write[] {
  const of = TABLES[kind] as Table<{ slug: string }>;
  const name = new Fragment(of.name);
  const isFree = kind === "section" ? noPageAt("(e.value ->> 'slug')") : new Fragment("true");
  const sent = JSON.stringify([entry]);
  return [
    // What is deleted does not keep others from its slug; revisions of the past say it with its id behind it.
    sqlWrite`
      update ${name} set slug = slug || '~' || id where slug = ${entry.slug} and deleted_at is not null`,
    guarded(
      sqlWrite`
        update ${name} set (${names(of)}) = (select ${values(of)} from json_each(${sent}))
        where slug = ${from} and deleted_at is null and exists (select 1 from json_each(${sent}) e where ${isFree})`,
      "present",
    ),
  ];
}

/** Makes the former slug of an entry lead to it, which has its present one; what it is called now is former no more. */
export function writeFormerSlug({ kind, from, entry: { slug }, isSeen }: Renaming): Write[] {
  const name = new Fragment(TABLES[kind].name);
  const taken = new Fragment(isSeen ? "update set entry_id = excluded.entry_id" : "nothing");
  return [
    sqlWrite`
      insert into former_slugs (kind, slug, entry_id) select ${kind}, ${from}, id from ${name} where slug = ${slug}
      on conflict (kind, slug) do ${taken}`,
    sqlWrite`
      delete from former_slugs where kind = ${kind} and slug = ${slug} and entry_id = (select id from ${name} where slug = ${slug})`,
  ];
}

/**
 * Takes the stories of a section to where its new slug puts them. Their former paths stay and lead to them; a path that another
 * story has left changes hands, and a redirect does not: then the batch gives up. `live` is how many are live. The indexes are named,
 * since most sections are small, which statistics of a large one hide.
 */
export function writeMovedStories(
  { from, to, live }: { from: string; to: string; live: number },
  now: number,
): Write[] {
  const [was, is] = [sectionPath(from), sectionPath(to)];
  return [
    sqlWrite`
      update live indexed by live_section_month set path = ${is} || substr(path, ${was.length + 1})
      where section = (select id from sections where slug = ${to})`,
    sqlWrite`
      update articles indexed by articles_section set path = ${is} || substr(path, ${was.length + 1})
      where section = (select id from sections where slug = ${to}) and substr(path, 1, ${was.length + 1}) = ${`${was}/`}`,
    guarded(
      sqlWrite`
        insert into paths (path, kind, article_id, created_at)
        select path, 'article', article_id, ${now} from live indexed by live_section_month
        where section = (select id from sections where slug = ${to})
        on conflict (path) do update set article_id = excluded.article_id, kind = 'article', vacated = 0
        where paths.kind = 'article' or paths.vacated`,
      "path",
      live,
    ),
    writeMonthsOfSection(to, now),
  ];
}

/** Two authors, or two tags, by their ids. */
export interface Merger {
  kind: Exclude<Nameable, "section">;
  first: string;
  into: string;
}

/** Files under the second entry whatever is filed under the first, once, in the first of both places. */
export function writeMerger({ kind, first, into }: Merger): Write[] {
  const { table: rows, key } = LISTS[kind].index;
  const [list, own] = [new Fragment(rows), new Fragment(key)];
  const field = kind === "author" ? "$.authors" : "$.tags";
  return [
    // A word that is an id stands nearly nowhere else: most revisions are passed over without being parsed.
    sqlWrite`
      update revisions set content = json_set(content, ${field}, json((
        select json_group_array(id order by at) from (
          select iif(value = ${first}, ${into}, value) as id, min(key) as at
          from json_each(revisions.content, ${field}) group by 1))))
      where instr(content, ${first}) > 0
        and exists (select 1 from json_each(revisions.content, ${field}) where value = ${first})`,
    sqlWrite`
      insert into head_names (kind, entry_id, born, article_id)
      select kind, ${into}, born, article_id from head_names where kind = ${kind} and entry_id = ${first}
      on conflict (kind, entry_id, born) do nothing`,
    sqlWrite`delete from head_names where kind = ${kind} and entry_id = ${first}`,
    sqlWrite`
      update ${list} as x set position = min(x.position, (
        select o.position from ${list} o where o.article_id = x.article_id and o.${own} = ${first}))
      where ${own} = ${into} and article_id in (select article_id from ${list} where ${own} = ${first})`,
    sqlWrite`
      delete from ${list}
      where ${own} = ${first} and article_id in (select article_id from ${list} where ${own} = ${into})`,
    sqlWrite`update ${list} set ${own} = ${into} where ${own} = ${first}`,
    ...(kind === "author"
      ? [
          sqlWrite`update keys set author = ${into} where author = ${first}`,
          sqlWrite`update articles set assignee = ${into} where assignee = ${first}`,
        ]
      : []),
  ];
}

/**
 * Deletes the first entry, whose slug is free then. Its former slugs lead to the second, and so does its own if readers ever saw it
 * (`wasSeen`); while they see it (`isSeen`) also where another one was called so before.
 */
export function writeMergedAway(
  { kind, first, into }: Merger,
  { slug, wasSeen, isSeen }: { slug: string; wasSeen: boolean; isSeen: boolean },
  now: number,
): Write[] {
  const taken = new Fragment(isSeen ? "update set entry_id = excluded.entry_id" : "nothing");
  return [
    guarded(
      sqlWrite`
        update ${new Fragment(TABLES[kind].name)} set deleted_at = ${now}, slug = slug || '~' || id
        where id = ${first} and deleted_at is null`,
      "present",
    ),
    sqlWrite`update former_slugs set entry_id = ${into} where kind = ${kind} and entry_id = ${first}`,
    ...(wasSeen
      ? [
          sqlWrite`
            insert into former_slugs (kind, slug, entry_id) values (${kind}, ${slug}, ${into})
            on conflict (kind, slug) do ${taken}`,
        ]
      : []),
    sqlWrite`
      delete from former_slugs
      where kind = ${kind} and entry_id = ${into} and slug = (select slug from ${new Fragment(TABLES[kind].name)} where id = ${into})`,
  ];
}
