// Promises: one line for a developer for each request: what the cache did with it, what it asked of D1 and how long it took.
// Relies on: Cf-Cache-Status, and Server-Timing of an answer that was just made.
// Does not: run in production, where no line is worth what it costs.

/** Tells what became of a request. */
export interface RequestLog {
  /** The Worker; what it makes when the request is answered already is told, too. */
  watched(worker: (asked: Request) => Promise<Response>): (asked: Request) => Promise<Response>;
  /** Hands the answer on. */
  answered(response: Response): Response;
}

/** Opens the log of a request; the line is written behind the answer, when the clock has gone on. */
export function createRequestLog(
  request: Pick<Request, "method" | "url">,
  waitUntil: (promise: Promise<unknown>) => void,
): RequestLog {
  const started = Date.now();
  let isAnswered = false;

  async function tell({ status, headers }: Response, cache: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    console.log(lineOf(request, { status, cache, headers, took: Date.now() - started }));
  }

  return {
    watched: (worker) => async (asked) => {
      const made = await worker(asked);
      if (isAnswered) waitUntil(tell(made, BEHIND));
      return made;
    },
    answered(response) {
      isAnswered = true;
      waitUntil(tell(response, response.headers.get("Cf-Cache-Status") ?? "NONE"));
      return response;
    },
  };
}

/** What the Worker makes behind a stale answer. */
const BEHIND = "behind";

/** Answers for which the Worker ran. In all others Server-Timing is of the time they were stored. */
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
