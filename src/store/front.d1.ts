// Promises: the front page as editors arranged it, read and written whole, with the one that is to come; its version grows with each write.
// Relies on: the one row of `front`, and the index of `front_pictures` by hash.
// Does not: decide what of it readers see: the views published_placed and published_front_pictures do.

import type { Status } from "../domain/article.ts";
import { laterVersions, type FieldVersions } from "../domain/field-versions.ts";
import {
  changedParts,
  entriesOf,
  ownPictureOf,
  type Arrangement,
  type Entry,
  type Placement,
} from "../domain/front.ts";
import { guarded, readAs, sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";

interface FrontRow {
  version: number;
  fieldVersions: string;
  lead: string | null;
  pinned: string;
  named: string;
  own: string;
  scheduled: string | null;
  scheduledFor: number | null;
}

type OwnWords = Omit<Entry, "story">;

/** The front page as it is arranged. */
export function frontQuery(): Read<Arrangement> {
  const query = sql<FrontRow>`
    select version, field_versions as fieldVersions, lead, pinned, named, own, scheduled, scheduled_for as scheduledFor from front`;
  return readAs(query, (row) => ({
    version: row.version,
    fieldVersions: JSON.parse(row.fieldVersions) as FieldVersions,
    placement: placementOf(row),
    scheduled:
      row.scheduled === null || row.scheduledFor === null
        ? null
        : { placement: JSON.parse(row.scheduled) as Placement, at: row.scheduledFor },
  }));
}

function placementOf(row: FrontRow): Placement {
  const own = JSON.parse(row.own) as Record<string, OwnWords>;
  const entry = (story: string): Entry => ({ story, ...NOTHING, ...own[story] });
  return {
    lead: row.lead === null ? null : entry(row.lead),
    pinned: (JSON.parse(row.pinned) as string[]).map(entry),
    rows: (JSON.parse(row.named) as { name: string; stories: string[] }[]).map(
      ({ name, stories }) => ({ name, entries: stories.map(entry) }),
    ),
  };
}

const NOTHING: OwnWords = { title: null, standfirst: null, hero: null };

/** What is known of a story that the front page names; `live` is 1 while readers see it, `title` is the head revision's. */
export interface PlacedStory {
  id: string;
  status: Status;
  live: number;
  title: string;
}

/** The stories that the front page names, up or to come, and those with these ids. */
export function placedStoriesQuery(ids: string[]): Read<PlacedStory> {
  return sql<PlacedStory>`
    select a.id, a.status, a.live is not null as live, r.content ->> 'title' as title
    from articles a join revisions r on r.article_id = a.id and r.n = a.head
    where a.form = 'story' and a.id in (
      select value from json_each(${JSON.stringify(ids)})
      union select lead from front
      union select p.value from front f, json_each(f.pinned) p
      union select s.value from front f, json_each(f.named) r, json_each(r.value, '$.stories') s
      union select t.atom from front f, json_tree(f.scheduled) t where t.key = 'story')`;
}

/** Of these pictures and those of the front page, the ones that readers see without it: a live story shows them, or they are the logo. */
export function seenWithoutFrontQuery(hashes: string[]): Read<{ hash: string }> {
  return sql<{ hash: string }>`
    select h.hash from (select value as hash from json_each(${JSON.stringify(hashes)}) union select hash from front_pictures) h
    where exists (select 1 from live_pictures p where p.hash = h.hash)
      or exists (select 1 from published_logo l where instr(l.src, '/media/' || h.hash || '/') = 1)`;
}

/** Of the pictures that entries have of their own, those that were taken down. */
export function removedFrontPicturesQuery(): Read<{ hash: string }> {
  return sql<{ hash: string }>`
    select p.hash from front_pictures p join media m on m.hash = p.hash where m.removed_at is not null`;
}

/** The front that is to go up by now, if any. */
export function dueFrontQuery(now: number): Read<{ at: number }> {
  return sql<{ at: number }>`select scheduled_for as at from front where scheduled_for <= ${now}`;
}

/** Arranges the front page; lost when somebody else did since it was as it was seen. */
export function writeFront(seen: Arrangement, after: Arrangement): Write[] {
  const { placement, scheduled } = after;
  const version = seen.version + 1;
  const fieldVersions = laterVersions(seen, changedParts(seen, after));
  const entries = entriesOf(placement).map(({ entry }) => entry);
  const own = Object.fromEntries(
    entries.filter(hasOwnWords).map(({ story, ...words }) => [story, words]),
  );
  const named = placement.rows.map((row) => ({ name: row.name, stories: idsOf(row.entries) }));
  const pictures = [
    ...picturesOf(placement, 0),
    ...(scheduled ? picturesOf(scheduled.placement, 1) : []),
  ];
  const write = sqlWrite`
    update front set lead = ${placement.lead?.story ?? null}, pinned = ${JSON.stringify(idsOf(placement.pinned))},
      named = ${JSON.stringify(named)}, own = ${JSON.stringify(own)},
      scheduled = ${scheduled && JSON.stringify(scheduled.placement)}, scheduled_for = ${scheduled?.at ?? null},
      version = ${version}, field_versions = ${JSON.stringify(fieldVersions)}
    where version = ${seen.version}`;
  return [
    guarded(write, "version"),
    sqlWrite`delete from front_pictures`,
    sqlWrite`
      insert into front_pictures (article_id, scheduled, hash)
      select value ->> 'story', value ->> 'scheduled', value ->> 'hash' from json_each(${JSON.stringify(pictures)})`,
    // Where it is not shown any more, its addresses answer 410 and not 404.
    sqlWrite`update media set shown = 1 where shown = 0 and hash in (select hash from published_front_pictures)`,
  ];
}

function hasOwnWords({ title, standfirst, hero }: Entry): boolean {
  return title !== null || standfirst !== null || hero !== null;
}

function idsOf(entries: Entry[]): string[] {
  return entries.map(({ story }) => story);
}

function picturesOf(placement: Placement, scheduled: 0 | 1) {
  return entriesOf(placement).flatMap(({ entry }) => {
    const hash = ownPictureOf(entry);
    return hash === null ? [] : [{ story: entry.story, scheduled, hash }];
  });
}
