// Promises: what is planned in a stretch of time, in order, as many at most as are asked for.
// Relies on: the indexes articles_scheduled, articles_expiring and articles_planned: it reads what is planned in the stretch, and nothing else.
// Does not: carry any of it out (findDue in articles.d1.ts tells the cron what is due).

import { OWN, type Owner } from "./articles.d1.ts";
import { Fragment, sql, type Read } from "./batch.d1.ts";

/** What is to happen to a story or a page by itself, and what its editors mean to do. */
export type Planned = "publish" | "expire" | "planned";

/** The column and the index that each is found by. */
const FOUND_BY: Record<Planned, { column: string; index: string }> = {
  publish: { column: "scheduled_for", index: "articles_scheduled" },
  expire: { column: "expires_at", index: "articles_expiring" },
  planned: { column: "planned_for", index: "articles_planned" },
};

/** Times in epoch milliseconds, `from` included, `until` not; `visibleTo` leaves out what is another's. */
export interface Stretch {
  from: number;
  until: number;
  most: number;
  visibleTo?: Owner | undefined;
}

/** What is planned in a stretch of time with stories and pages that are not in the bin, in the order of time. */
export function plannedQuery({
  from,
  until,
  most,
  visibleTo,
}: Stretch): Read<{ id: string; at: number; what: Planned }> {
  const whats = Object.keys(FOUND_BY) as Planned[];
  const planned = whats.map((what) => {
    const { column, index } = FOUND_BY[what];
    const own = "cross join revisions_by_slug r on r.article_id = a.id and r.n = a.head";
    return `
      select * from (
        select a.id, a.${column} as at, '${what}' as what
        from articles a indexed by ${index} cross join asked ${visibleTo ? own : ""}
        where a.${column} >= asked.since and a.${column} < asked.until and a.status <> 'binned'
          ${visibleTo ? `and ${OWN}` : ""}
        order by a.${column}, a.id limit (select most from asked))`;
  });
  return sql`
    with asked (since, until, most, filter) as (select ${from}, ${until}, ${most}, ${JSON.stringify({ visibleTo })}),
      planned (id, at, what) as (${new Fragment(planned.join(" union all "))})
    select id, at, what from planned order by at, id, what limit ${most}`;
}
