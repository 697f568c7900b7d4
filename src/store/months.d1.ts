// Promises: `months` has a row for each file that the sitemap has of a month, with what stands in it, in the transaction that changes
// that; no file grows beyond what one fill can read.
// Relies on: places, which are unique; `live` being as it is to be when these statements run.
// Does not: know which pages are stale by it (purge/clauses.ts).

import { SITEMAP_PART, type SitemapChange } from "../domain/sitemap.ts";
import { Fragment, sqlWrite, type Write } from "./batch.d1.ts";

/** Which stories a month's sitemap names, of their `content`: those that name no other address as their own. */
export const IS_NAMED = new Fragment("content ->> 'canonicalUrl' is null");

/** Where a file of a month ends, seen from its row `m`: every place sorts before "~". */
const ENDS =
  "coalesce((select min(n.starts) from months n where n.month = m.month and n.starts > m.starts), '~')";

/** The live stories of a file, seen from its row `m`. */
const IN_FILE = `l.month = m.month and l.place >= m.starts and l.place < ${ENDS}`;

/** What is counted of a file, seen from its row `m`. */
const COUNTED = new Fragment(`
  select count(*), coalesce(sum(r.${IS_NAMED.text}), 0)
  from live l cross join revisions r on r.article_id = l.article_id and r.n = l.revision
  where ${IN_FILE}`);

/** How many stories a file has at most, as SQL has it: a number that is bound would be divided as a fraction. */
function mostOf(): Fragment {
  return new Fragment(String(SITEMAP_PART.stories));
}

/** Notes what changes of stories mean for their months, once `live` is as it is after them. Files that are full are parted. */
export function writeSitemapChanges(changes: SitemapChange[], now: number): Write[] {
  if (changes.length === 0) return [];
  const rows = JSON.stringify(changes);
  const months = JSON.stringify([...new Set(changes.map(({ month }) => month))]);
  return [
    sqlWrite`
      insert into months (month, starts, part, stories, urls, changed_at)
      select month, starts, coalesce((select part from months m where m.month = x.month and m.starts = x.starts), 1),
        sum(stories), sum(urls), max(seen_at)
      from (
        select value ->> 'month' as month,
          coalesce((
            select max(starts) from months m where m.month = value ->> 'month' and m.starts <= value ->> 'place'), '') as starts,
          value ->> 'stories' as stories, value ->> 'urls' as urls, iif(value ->> 'isSeen', ${now}, 0) as seen_at
        from json_each(${rows})) x
      group by month, starts
      on conflict (month, starts) do update set
        stories = stories + excluded.stories, urls = urls + excluded.urls, changed_at = max(changed_at, excluded.changed_at)`,
    ...(changes.some(({ stories }) => stories > 0) ? [partFiles(rows, now)] : []),
    recountMonths(months, now),
  ];
}

/**
 * Parts files of changes that have more stories than one may: the newest file of a month where it was full, so that a month that is being
 * written fills one after the other; any other in its middle. That reads what one file has, once in so many stories.
 */
function partFiles(changes: string, now: number): Write {
  const most = mostOf();
  return sqlWrite`
    insert into months (month, starts, part, stories, urls, changed_at)
    select month, cut, parts + row_number() over (partition by month order by cut), -1, 0, ${now} from (
      select m.month,
        (select max(part) from months p where p.month = m.month) as parts,
        (select place from (
          select l.place, row_number() over (order by l.place) as n from live l where ${new Fragment(IN_FILE)})
          where n = 1 + iif(${new Fragment(ENDS)} = '~', ${most}, m.stories / 2)) as cut
      from months m
      where m.stories > ${most} and exists (
        select 1 from json_each(${changes})
        where value ->> 'month' = m.month and value ->> 'place' >= m.starts and value ->> 'place' < ${new Fragment(ENDS)}))
    where cut is not null`;
}

/** Counts files anew that were parted, and those that seem empty: what an older Worker published was not counted. */
function recountMonths(months: string, now: number): Write {
  const most = mostOf();
  return sqlWrite`
    update months as m set (stories, urls) = (${COUNTED}), changed_at = iif(m.stories > ${most}, ${now}, m.changed_at)
    where m.month in (select value from json_each(${months})) and (m.stories > ${most} or m.stories < 1)`;
}

/** Notes that a section's stories have other addresses now. */
export function writeMonthsOfSection(slug: string, now: number): Write {
  return sqlWrite`
    update months as m set changed_at = ${now}
    where exists (
      select 1 from live l indexed by live_section_month
      where l.section = (select id from sections where slug = ${slug}) and ${new Fragment(IN_FILE)})`;
}

/** Files all months anew, once every story has its month: in another time zone nearly all of them begin and end elsewhere. */
export function refileMonths(now: number): Write[] {
  return [
    sqlWrite`delete from months`,
    sqlWrite`
      insert into months (month, starts, part, stories, urls, changed_at)
      select month, iif(part = 1, '', min(place)), part, count(*), sum(named), ${now} from (
        select l.month, l.place, r.${IS_NAMED} as named,
          (row_number() over (partition by l.month order by l.place) - 1) / ${mostOf()} + 1 as part
        from live l cross join revisions r on r.article_id = l.article_id and r.n = l.revision)
      group by month, part`,
  ];
}
