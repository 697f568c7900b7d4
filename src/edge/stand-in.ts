// Promises: in front of a Worker what Workers Cache documents that it does, where the platform's own is absent.
// Relies on: one isolate for the Worker, as under `wrangler dev`, Miniflare and Vitest; memory, which a reload empties.
// Does not: know what it stores. Its own README, in stand-in/, says what it holds and where it is less than the original.

import {
  isUnmodified,
  respondFrom,
  setCacheStatus,
  type CacheStatus,
} from "./stand-in/response.ts";
import {
  Allowance,
  matchingOf,
  refused,
  type PurgeOptions,
  type PurgeResult,
  RATE_LIMITED,
} from "./stand-in/purge.ts";
import { keyOf } from "./cache-key.ts";
import {
  LARGEST_BODY,
  StoredResponses,
  storedOf,
  updatedHeaders,
  type Stored,
} from "./stand-in/stored.ts";
import { judge, type Verdict } from "./stand-in/freshness.ts";

/** What the stand-in is given with each request. */
export interface Behind {
  /** The Worker: what responds when nothing stored may. */
  worker(request: Request): Promise<Response>;
  waitUntil(promise: Promise<unknown>): void;
}

/** How long a request waits for another that is having the same response made, in milliseconds; then it has its own made. */
const COLLAPSE_TIMEOUT = 10_000;

/** How often it looks, in milliseconds: at first, and at most. */
const FIRST_LOOK = 1;
const LOOK = 16;

/** How long a key whose response was not stored is taken to be one whose responses never are, in milliseconds. */
const UNCACHEABLE_FOR = 10_000;
const MOST_UNCACHEABLE = 1000;

/** A cache in front of one entrypoint of a Worker. */
export class StandIn {
  readonly #stored: StoredResponses;
  readonly #allowance = new Allowance();
  /** Keys whose response is being made. */
  readonly #fills = new Map<string, Fill>();
  /** Keys whose response was not stored, and until when that is remembered. */
  readonly #uncacheable = new Map<string, number>();
  readonly #partition: string;
  readonly #clock: () => number;

  /** `partition` is what no two versions of the Worker share; `clock` gives epoch milliseconds; `stored` may be another's. */
  constructor(
    partition: string,
    clock: () => number = Date.now,
    stored: StoredResponses = new StoredResponses(),
  ) {
    this.#partition = partition;
    this.#clock = clock;
    this.#stored = stored;
  }

  /** Answers from what is stored, or with what the Worker makes. */
  async fetch(request: Request, behind: Behind): Promise<Response> {
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead || request.headers.get("Upgrade")?.toLowerCase() === "websocket")
      return this.#pass(request, behind);
    return this.#respond(request, behind, keyOf(request, this.#partition));
  }

  /** Removes stored responses: they must not be served again. */
  purge(options: PurgeOptions): Promise<PurgeResult> {
    return this.#purgeMatching(options, (matching) => this.#stored.empty(matching));
  }

  /** Makes stale: may be served on its freshness while it is revalidated. */
  invalidate(options: PurgeOptions): Promise<PurgeResult> {
    return this.#purgeMatching(options, (matching) =>
      this.#stored.makeStale(matching, this.#clock()),
    );
  }

  async #purgeMatching(
    options: PurgeOptions,
    apply: (matching: (stored: Stored) => boolean) => void,
  ): Promise<PurgeResult> {
    const matching = matchingOf(options);
    if (typeof matching !== "function") return matching;
    if (!this.#allowance.take(this.#clock()))
      return refused(RATE_LIMITED, "Too many purges: 5 a minute, of which 25 may be saved up.");
    apply(matching);
    return { success: true, errors: [] };
  }

  async #respond(request: Request, behind: Behind, key: string): Promise<Response> {
    const stored = this.#stored.find(key, request.headers);
    const state = stored && stateOf(stored, this.#clock());
    if (stored && state === "fresh") return this.#from(stored, request, "HIT");
    if (stored && state === "stale while revalidating") {
      if (!this.#isUnderWay(key)) this.#refresh(request, behind, { key, stored });
      return this.#from(stored, request, "UPDATING");
    }
    if (!this.#isUnderWay(key) || this.#isUncacheable(key))
      return this.#fill(request, behind, { key, stored });

    const since = this.#clock();
    await this.#collapse(key);
    // What another request had made in the meantime is for this one, too. If not, this one has its own made, and waits no more.
    const made = this.#stored.find(key, request.headers);
    return made && (made.storedAt >= since || stateOf(made, this.#clock()) === "fresh")
      ? this.#from(made, request, "HIT")
      : this.#fill(request, behind, { key, stored: made });
  }

  #from(stored: Stored, request: Request, status: CacheStatus): Response {
    return respondFrom(stored, request, { status, now: this.#clock() });
  }

  #isUnderWay(key: string): boolean {
    return (this.#fills.get(key)?.until ?? 0) > this.#clock();
  }

  #isUncacheable(key: string): boolean {
    return (this.#uncacheable.get(key) ?? 0) > this.#clock();
  }

  /**
   * Waits until the request that fills the key is done, or the timeout is over. It polls by its own timers: a promise belongs
   * to the request that made it, and awaiting another request's may hang for ever.
   */
  async #collapse(key: string): Promise<void> {
    let pause = FIRST_LOOK;
    for (let waited = 0; waited < COLLAPSE_TIMEOUT; waited += pause) {
      pause = Math.min(LOOK, pause * 2);
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (!this.#isUnderWay(key)) return;
    }
  }

  /** Has the response made behind a stale one. */
  #refresh(request: Request, behind: Behind, of: { key: string; stored: Stored }): void {
    const made = this.#fill(request, behind, of);
    behind.waitUntil(
      made
        .then((response) => response.body?.cancel())
        .catch((error: unknown) =>
          console.error("The Worker failed behind a stale response:", error),
        ),
    );
  }

  /** Has the response made, and stores it if it may. A client that goes away stops nothing. */
  async #fill(
    request: Request,
    behind: Behind,
    of: { key: string; stored: Stored | null },
  ): Promise<Response> {
    const fill = { until: this.#clock() + COLLAPSE_TIMEOUT };
    this.#fills.set(of.key, fill);
    const made = this.#make(request, behind, of);
    const over = made
      .then(({ storing }) => storing)
      // The request that failed gets the error; those that waited make their own.
      .catch(() => null)
      .finally(() => {
        if (this.#fills.get(of.key) === fill) this.#fills.delete(of.key);
      });
    behind.waitUntil(over);
    return (await made).response;
  }

  async #make(
    request: Request,
    behind: Behind,
    { key, stored }: { key: string; stored: Stored | null },
  ): Promise<Made> {
    const requestedAt = this.#clock();
    let response: Response;
    try {
      response = await behind.worker(requestFor(request, stored));
    } catch (error) {
      if (stored && this.#mayServeOnError(stored))
        return { response: this.#from(stored, request, "STALE") };
      throw error;
    }
    if (response.status >= 500 && stored && this.#mayServeOnError(stored)) {
      await response.body?.cancel();
      return { response: this.#from(stored, request, "STALE") };
    }
    if (response.status === 304 && stored) {
      const fresh = this.#renewed(stored, { request, response, requestedAt });
      this.#stored.replace(key, stored, fresh);
      return { response: this.#from(fresh ?? stored, request, "REVALIDATED") };
    }
    return this.#keep(request, response, { key, stored, requestedAt, behind });
  }

  /** Stores what the Worker made, if it may, and responds with it. */
  async #keep(
    request: Request,
    response: Response,
    of: { key: string; stored: Stored | null; requestedAt: number; behind: Behind },
  ): Promise<Made> {
    const { key, stored, requestedAt, behind } = of;
    const came = this.#clock();
    const { status, statusText, headers, body } = response;
    const verdict = this.#judge(request, response, came);
    if ("refused" in verdict) {
      // A response takes the place of what was stored before, unless it is a failure.
      if (stored && status < 500) this.#stored.replace(key, stored, null);
      this.#rememberUncacheable(key);
      return { response: passed(request, response, verdict.refused, came) };
    }
    this.#uncacheable.delete(key);
    const cacheStatus = stored ? "EXPIRED" : "MISS";
    const put = (bytes: Uint8Array | null) => {
      const made = { status, statusText, headers, body: bytes, requestedAt, came };
      const now = storedOf({ request, ...made, ...verdict });
      this.#stored.put(key, now);
      return now;
    };
    const isPlain =
      request.method === "GET" && !CONDITIONS.some((name) => request.headers.has(name));
    if (body === null || !isPlain) {
      const bytes = body && (await bytesOf(body));
      if (body && !bytes) return { response: await this.#pass(request, behind) };
      return { response: this.#from(put(bytes), request, cacheStatus) };
    }
    const [toReader, toStore] = body.tee();
    const sent = new Response(toReader, response);
    setCacheStatus(sent.headers, cacheStatus);
    return { response: sent, storing: bytesOf(toStore).then((bytes) => bytes && put(bytes)) };
  }

  /** The stored response after a 304: its headers updated, its time begun anew; null if it may not be stored any more. */
  #renewed(
    stored: Stored,
    {
      request,
      response,
      requestedAt,
    }: { request: Request; response: Response; requestedAt: number },
  ): Stored | null {
    const came = this.#clock();
    const headers = updatedHeaders(stored.headers, response.headers, came);
    const { status, statusText, body } = stored;
    const verdict = this.#judge(request, { status, headers }, came);
    if ("refused" in verdict) return null;
    return storedOf({ request, status, statusText, headers, body, ...verdict, requestedAt, came });
  }

  #judge(
    request: Request,
    { status, headers }: Pick<Response, "status" | "headers">,
    now: number,
  ): Verdict {
    const override = (request.cf as { cacheControl?: unknown } | undefined)?.cacheControl;
    return judge({
      path: new URL(request.url).pathname,
      hasAuthorization: request.headers.has("Authorization"),
      override: typeof override === "string" ? override : null,
      status,
      headers,
      now,
    });
  }

  /** The last response that was none of an error, for as long as it may be served stale. */
  #mayServeOnError(stored: Stored): boolean {
    return stored.status < 500 && this.#clock() - staleSince(stored) < stored.freshness.ifError;
  }

  #rememberUncacheable(key: string): void {
    if (this.#uncacheable.size >= MOST_UNCACHEABLE) this.#uncacheable.clear();
    this.#uncacheable.set(key, this.#clock() + UNCACHEABLE_FOR);
  }

  /** What a request changed is not as it was: its own address, and those that the response names (RFC 9111 section 4.4). */
  #dropChanged(request: Request, { headers }: Response): void {
    const named = [request.url, headers.get("Location"), headers.get("Content-Location")];
    for (const address of named) {
      const url = address === null ? null : URL.parse(address, request.url);
      if (url?.origin !== new URL(request.url).origin) continue;
      this.#stored.drop(keyOf(new Request(url), this.#partition));
    }
  }

  /** Hands on what is never stored. */
  async #pass(request: Request, { worker }: Behind): Promise<Response> {
    const response = await worker(request);
    const isUnsafe = !["GET", "HEAD", "OPTIONS", "TRACE"].includes(request.method);
    if (isUnsafe && response.status < 400) this.#dropChanged(request, response);
    if (response.webSocket) return response;
    return passed(request, response, "BYPASS", this.#clock());
  }
}

/** A response that is being made, and until when others wait for it, in epoch milliseconds. */
interface Fill {
  until: number;
}

/** A response that was made. Whoever waits for it waits until it is stored. */
interface Made {
  response: Response;
  storing?: Promise<unknown>;
}

type State = "fresh" | "stale while revalidating" | "stale";

function stateOf(stored: Stored, now: number): State {
  const stale = now - staleSince(stored);
  if (stale < 0) return "fresh";
  return stale < stored.freshness.whileRevalidate ? "stale while revalidating" : "stale";
}

/** When a response became stale, or will, in epoch milliseconds: the windows after it count from there. */
function staleSince({ storedAt, ageWhenStored, freshness, invalidatedAt }: Stored): number {
  return Math.min(storedAt - ageWhenStored + freshness.fresh, invalidatedAt ?? Infinity);
}

/** Headers that want a part, or a response under a condition: the cache sees to both. */
const CONDITIONS = ["Range", "If-Range", "If-None-Match", "If-Modified-Since"];

/** The request to the Worker: for all of it, and, if something is stored, whether that is still good. */
function requestFor(request: Request, stored: Stored | null): Request {
  const headers = new Headers(request.headers);
  for (const name of CONDITIONS) headers.delete(name);
  const etag = stored?.headers.get("ETag");
  const modified = stored?.headers.get("Last-Modified");
  if (etag) headers.set("If-None-Match", etag);
  if (modified) headers.set("If-Modified-Since", modified);
  return new Request(request, { method: "GET", headers });
}

/** A response that is not stored. Its conditions were kept from the Worker, and are evaluated here. */
function passed(request: Request, response: Response, status: CacheStatus, now: number): Response {
  if (response.status < 200 || response.status > 599) return response;
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead && response.status === 200 && isUnmodified(response, request.headers, now)) {
    const headers = new Headers(response.headers);
    for (const name of ["Content-Length", "Content-Type", "Content-Encoding"]) headers.delete(name);
    setCacheStatus(headers, status);
    return new Response(null, { status: 304, headers });
  }
  const sent = new Response(request.method === "HEAD" ? null : response.body, response);
  setCacheStatus(sent.headers, status);
  return sent;
}

/** All bytes of a body; null if there are more than are ever kept. */
async function bytesOf(body: ReadableStream<Uint8Array>): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY) return null;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
