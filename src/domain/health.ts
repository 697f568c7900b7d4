// How the paper is, of what its stores say of themselves.

/** What the stores say: of D1 what is to do and when the cron ran, or null; of the others whether they answer. Times in epoch milliseconds. */
export interface Health {
  d1: {
    pending: number;
    dueSince: number | null;
    tickedAt: number | null;
    since: number | null;
  } | null;
  kv: boolean;
  r2: boolean;
  search: boolean;
}

/** What may go on, but not as it should. */
export const LATE_PARTS = ["copies", "search", "outbox", "cron"] as const;

/** How old what is due at the edge, and the last tick, may be before somebody should look, in milliseconds. */
const LATE = 5 * 60_000;

/** What is told of it: away when something that readers or editors need is, late when something goes on, but not as it should. */
export function healthReport(
  { d1, kv, r2, search }: Health,
  { now, version }: { now: number; version: string },
) {
  const outboxAge = age(d1?.dueSince ?? null, now);
  // A paper that was just deployed has not been ticked yet.
  const untouched = age(d1?.tickedAt ?? d1?.since ?? null, now);
  const isLate: Record<(typeof LATE_PARTS)[number], boolean> = {
    // Nobody misses the copies until the database is away.
    copies: !kv,
    search: !search,
    outbox: outboxAge !== null && outboxAge > LATE,
    cron: d1 !== null && (untouched === null || untouched > LATE),
  };
  const late = LATE_PARTS.filter((part) => isLate[part]);
  const isUp = d1 !== null && r2;
  return {
    status: !isUp ? ("away" as const) : late.length > 0 ? ("late" as const) : ("ok" as const),
    d1: toldOf(d1 !== null),
    kv: toldOf(kv),
    r2: toldOf(r2),
    search: toldOf(search),
    late,
    outbox: d1 && { pending: d1.pending, oldestDueSeconds: seconds(outboxAge) },
    lastTickSeconds: seconds(age(d1?.tickedAt ?? null, now)),
    version,
  };
}

export type HealthReport = ReturnType<typeof healthReport>;

function toldOf(isThere: boolean): "ok" | "away" {
  return isThere ? "ok" : "away";
}

function age(since: number | null, now: number): number | null {
  return since === null ? null : Math.max(0, now - since);
}

function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds / 1000);
}
