// Promises: one line for a developer for each request: what the cache did, how many round trips to D1 it took, and how long.
// Relies on: Cf-Cache-Status, and Server-Timing of a response that was just made.
// Does not: run in production, where no line is worth what it costs.

type Handler = (request: Request) => Promise<Response>;

/** Logs one request. */
export interface RequestLog {
  /** The Worker, with a line for what it still makes once the response has been sent. */
  watched(worker: Handler): Handler;
  /** Logs the response, and returns it. */
  finish(response: Response): Response;
}

/** Opens the log of a request; the line is written after the response, since a Worker's clock stands still until then. */
export function createRequestLog(
  request: Pick<Request, "method" | "url">,
  waitUntil: (promise: Promise<unknown>) => void,
): RequestLog {
  const started = Date.now();
  let isFinished = false;

  async function write({ status, headers }: Response, cache: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    console.log(lineOf(request, { status, cache, headers, took: Date.now() - started }));
  }

  return {
    watched: (worker) => async (inner) => {
      const made = await worker(inner);
      if (isFinished) waitUntil(write(made, BEHIND));
      return made;
    },
    finish(response) {
      isFinished = true;
      waitUntil(write(response, response.headers.get("Cf-Cache-Status") ?? "NONE"));
      return response;
    },
  };
}

/** What the Worker makes behind a stale response. */
const BEHIND = "behind";

/** Responses for which the Worker ran. Server-Timing of any other was stored with it. */
const MADE = new Set(["MISS", "EXPIRED", "BYPASS", "DYNAMIC", "REVALIDATED", BEHIND]);

/** The line of a request; `took` in milliseconds. */
function lineOf(
  { method, url }: Pick<Request, "method" | "url">,
  {
    status,
    cache,
    headers,
    took,
  }: { status: number; cache: string; headers: Headers; took: number },
): string {
  const { pathname, search } = new URL(url);
  const timing = MADE.has(cache) ? headers.get("Server-Timing") : null;
  const trips = Number(/trips=(\d+)/.exec(timing ?? "")?.[1] ?? 0);
  const cost = `${trips} D1 ${trips === 1 ? "trip " : "trips"}`;
  return `${status} ${cache.padEnd(11)} ${cost} ${String(took).padStart(5)} ms  ${method} ${pathname}${search}`;
}
