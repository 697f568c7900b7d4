import type { Context, MiddlewareHandler } from "hono";
import { HonoBase } from "hono/hono-base";
import { TrieRouter } from "hono/router/trie-router";
import { canonicalPath } from "../domain/paths.ts";
import { StoreUnavailable } from "../domain/unavailable.ts";
import { networkOf } from "../edge/client.ts";
import { hasOwnCacheKey, plainRequest, statusOfInner } from "../edge/plain-request.ts";
import { CANONICAL_HEADERS, COPY_HEADERS, leaveUnstored } from "../edge/policy.ts";
import type { Reader } from "../store/published/reader.d1.ts";
import { busyPage, toldInEach } from "../views/notice.tsx";
import type { IconDrawing } from "./drawing.ts";
import { respondWith } from "./respond.ts";
import type { PageKind } from "./kind.ts";
import { canonicalQuery, nowhere, PAGES } from "./pages.ts";

// The readers' way, in order: only GET and HEAD, of canonical addresses, in requests that the cache files under the page; the
// last good copy while the database is away; a limit to the misses of one client; and the page.

/** All that a reader's request may use. Nothing of the editors' is in it. */
export interface ReaderBindings {
  openReader(): Reader;
  /** Scheme and host, without a trailing slash. */
  origin: string;
  build: string;
  fetchThroughCache(request: Request): Promise<Response>;
  /** Counts an address that is not there, for a network; false once these are too many. */
  countMiss(network: string): Promise<boolean>;
  /** Counts a search, for a network; false once these are too many. */
  countSearch(network: string): Promise<boolean>;
  findCopy(path: string): Promise<LastGoodCopy | null>;
  /** Epoch milliseconds. */
  clock(): number;
  drawing: IconDrawing;
}

/** A page as it was served once. */
interface LastGoodCopy {
  status: number;
  headers: Record<string, string>;
  body: string;
}

type Env = { Bindings: ReaderBindings };

export const readers = new HonoBase<Env>({ router: new TrieRouter() });
// Whoever mounts it responds to what is thrown.
readers.onError((error) => {
  throw error;
});

readers.use(readOnly(), canonicalAddress(), plainRequests(), lastGoodCopy(), limitOfMisses());
for (const kind of PAGES) for (const pattern of kind.patterns) readers.get(pattern, page(kind));
readers.notFound(page(nowhere));

function page(kind: PageKind): (context: Context<Env>) => Promise<Response> {
  return async ({ req, env }) => {
    const context = {
      reader: env.openReader(),
      path: new URL(req.url).pathname,
      parameter: (name: string) => req.param(name) ?? "",
      query: (name: string) => req.query(name) ?? null,
      build: env.build,
      now: env.clock(),
      drawing: env.drawing,
    };
    const client = req.header("CF-Connecting-IP");
    // The Worker's own requests have no client, and do not count.
    if (client !== undefined && kind.isCounted?.(context.query)) {
      if (!(await env.countSearch(networkOf(client)))) return tooMany(networkOf(client));
    }
    return respondWith(kind, context, req.header("If-None-Match"));
  };
}

/** Refuses who has more pages made than anybody reads, in every language that pages speak: the paper's is not known here. */
function tooMany(client: string): Response {
  console.warn(JSON.stringify({ event: "flood", of: "searches", client }));
  return new Response(busyPage(), {
    status: 429,
    headers: { "Content-Type": "text/html; charset=utf-8", "Retry-After": String(MISS_PERIOD) },
  });
}

function readOnly(): MiddlewareHandler<Env> {
  return async ({ req }, next) => {
    if (req.method === "GET" || req.method === "HEAD") return next();
    return new Response(toldInEach("readOnly"), {
      status: 405,
      headers: { Allow: "GET, HEAD" },
    });
  };
}

/** Leads a request whose path is written otherwise than its page's to that. */
function canonicalAddress(): MiddlewareHandler<Env> {
  return async ({ req }, next) => {
    const { pathname, search } = new URL(req.url);
    const path = canonicalPath(pathname);
    if (path === pathname) return next();
    const headers = new Headers({ ...CANONICAL_HEADERS, Location: path + search });
    // As many queries as anyone can think of would each be an entry.
    if (search !== "") leaveUnstored(headers);
    return new Response(null, { status: 301, headers });
  };
}

/**
 * Answers a request that the cache files apart from its page, for a parameter that no page has or a header that none reads,
 * with what the cache has of the page. Nothing is stored under the other address, so that made-up addresses fill no cache.
 */
function plainRequests(): MiddlewareHandler<Env> {
  return async ({ req, env }, next) => {
    const { pathname, search, searchParams } = new URL(req.url);
    const query = canonicalQuery(pathname, searchParams);
    if (query === search && !hasOwnCacheKey(req.raw.headers)) return next();
    const inner = await env.fetchThroughCache(plainRequest(req.raw, env.origin + pathname + query));
    const response = new Response(inner.body, inner);
    const status = statusOfInner(inner.headers);
    if (status !== null) response.headers.set("Cache-Status", status);
    response.headers.delete("Cf-Cache-Status");
    // D1 was queried when the page was made.
    if (/=(HIT|UPDATING|STALE)$/.test(status ?? "")) response.headers.delete("Server-Timing");
    // What is no page is private already, and stays so.
    if (response.headers.get("Cache-Control")?.startsWith("public"))
      leaveUnstored(response.headers);
    return response;
  };
}

/**
 * Answers with the last good copy while the database is away, if there is one. A request with a condition comes from a cache
 * that has the page, and maybe a newer one: it gets the failure, so that it goes on with that.
 */
function lastGoodCopy(): MiddlewareHandler<Env> {
  return async ({ req, env }, next) => {
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || req.header("If-None-Match") !== undefined)
        throw error;
      const path = new URL(req.url).pathname;
      const copy = await copyOf(env, path);
      if (!copy) throw error;
      const { status, headers, body } = copy;
      console.warn(JSON.stringify({ event: "copy shown", path, status, error: error.message }));
      return new Response(status === 301 ? null : body, {
        status,
        headers: { ...headers, ...COPY_HEADERS, "Cache-Status": "Broadsheet; hit; detail=copy" },
      });
    }
  };
}

async function copyOf(env: ReaderBindings, path: string): Promise<LastGoodCopy | null> {
  try {
    return await env.findCopy(path);
  } catch (error) {
    console.error(JSON.stringify({ event: "copies away", path, error: String(error) }));
    return null;
  }
}

/** Retry-After of who requests too much that is not there, in seconds: the limit's period. */
const MISS_PERIOD = 60;

/**
 * Refuses who requests address after address that is not there: each would fill the cache with another 404. Only fills come
 * here, and pages that are there are always given.
 */
function limitOfMisses(): MiddlewareHandler<Env> {
  return async (context, next) => {
    await next();
    const { res, req, env } = context;
    // The Worker's own requests have no client, and do not count.
    const client = req.header("CF-Connecting-IP");
    if (res.status !== 404 || client === undefined || (await env.countMiss(networkOf(client))))
      return;
    console.warn(JSON.stringify({ event: "flood", client: networkOf(client) }));
    // Hono would keep the headers of the response that it replaces.
    context.res = undefined;
    context.res = new Response(toldInEach("tooMany"), {
      status: 429,
      headers: { "Retry-After": String(MISS_PERIOD) },
    });
  };
}
