import { networkOf } from "./edge/client.ts";
import { openFlood, openBuild, openHealth, type Bindings } from "./store/open.ts";

/** How old what is due at the edge, and the last tick, may be before somebody should look, in milliseconds. */
const LATE = 5 * 60_000;

/**
 * Tells whoever watches how the paper is: 200 when readers and editors are served, 503 when something that they need is away.
 * `late` names what goes on, but not as it should. docs/operations.md says what to do.
 */
export async function healthResponse(
  env: Bindings,
  now: number,
  client: string | undefined,
): Promise<Response> {
  // Each one queries three stores: not more often than anyone needs to know.
  if (client !== undefined && !(await openFlood(env, `healthz ${networkOf(client)}`)))
    return new Response("Asked too often.\n", { status: 429, headers: { "Retry-After": "60" } });
  const { d1, kv, r2, search } = await openHealth(env, now);
  const outboxAge = age(d1?.dueSince ?? null, now);
  const lastTick = age(d1?.tickedAt ?? null, now);
  // A paper that was just deployed has not been ticked yet.
  const untouched = age(d1?.tickedAt ?? d1?.since ?? null, now);
  const late = [
    // Nobody misses the copies until the database is away.
    ...(kv ? [] : ["copies"]),
    ...(search ? [] : ["search"]),
    ...(outboxAge !== null && outboxAge > LATE ? ["outbox"] : []),
    ...(d1 && (untouched === null || untouched > LATE) ? ["cron"] : []),
  ];
  const isUp = d1 !== null && r2;
  const body = {
    status: !isUp ? "away" : late.length > 0 ? "late" : "ok",
    d1: d1 ? "ok" : "away",
    kv: kv ? "ok" : "away",
    r2: r2 ? "ok" : "away",
    search: search ? "ok" : "away",
    late,
    outbox: d1 && { pending: d1.pending, oldestDueSeconds: seconds(outboxAge) },
    lastTickSeconds: seconds(lastTick),
    version: openBuild(env),
  };
  return new Response(`${JSON.stringify(body, null, 2)}\n`, {
    status: isUp ? 200 : 503,
    headers: { "Content-Type": "application/json", ...(isUp ? {} : { "Retry-After": "30" }) },
  });
}

function age(since: number | null, now: number): number | null {
  return since === null ? null : Math.max(0, now - since);
}

function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds / 1000);
}
