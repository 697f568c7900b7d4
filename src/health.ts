import { healthReport } from "./domain/health.ts";
import { networkOf } from "./edge/client.ts";
import { openFlood, openBuild, openHealth, type Bindings } from "./store/open.ts";

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
  const body = healthReport(await openHealth(env, now), { now, version: openBuild(env) });
  const isUp = body.status !== "away";
  return new Response(`${JSON.stringify(body, null, 2)}\n`, {
    status: isUp ? 200 : 503,
    headers: { "Content-Type": "application/json", ...(isUp ? {} : { "Retry-After": "30" }) },
  });
}
