import {
  isCached,
  purge,
  type PurgeableCache,
  type PurgeKind,
  type PurgeTarget,
} from "./edge/cache.ts";
import { networkOf } from "./edge/client.ts";
import { base32 } from "./domain/base32.ts";
import { StandIn } from "./edge/stand-in.ts";
import type { Runtime } from "./editor/endpoint.ts";
import { drawIco, drawPng, drawSvg, icoFrom, svgFrom } from "./pictures/icon/draw.ts";
import type { ReaderBindings } from "./reader/app.ts";
import { siteMap } from "./reader/pages.ts";
import type { Cost } from "./store/batch.d1.ts";
import {
  openBuild,
  openCopiesOf,
  openEdge,
  openFlood,
  openOrigin,
  openReader,
  openTries,
  type Bindings,
} from "./store/open.ts";
import type { Reader } from "./store/published/reader.d1.ts";

/** What the platform gives a request or a tick: nothing below the wiring reads it from the request by itself. */
export interface Platform {
  waitUntil(promise: Promise<unknown>): void;
  cache?: PurgeableCache;
  /** Who came through Cloudflare Access, where the paper is behind it. */
  access?: Pick<CloudflareAccessContext, "getIdentity">;
  /** The entrypoint that readers come by; its methods are called by RPC. */
  exports: {
    default: { fetch(request: Request): Promise<Response> } & Partial<
      Record<PurgeKind, (what: PurgeTarget) => Promise<boolean>>
    >;
  };
  /** The network beyond the site. */
  fetchElsewhere(request: Request): Promise<Response>;
}

/** How long somebody else's server may take, in milliseconds: an editor waits for it. */
const PATIENCE = 4000;

/** Wrangler replaces `process.env.NODE_ENV` when it bundles: "production" for a deployment, "development" for a laptop. */
declare const process: { env: { NODE_ENV?: string } };

/** What is in front of the Worker on a developer's machine; another version has another. */
let standIn: { version: string; cache: StandIn } | null = null;

/** Opens the stand-in for Workers Cache: null where it is not turned on, and wherever the platform has its own. What is deployed is without it. */
export function openStandIn(env: Bindings, platform: Pick<Platform, "cache">): StandIn | null {
  // A block of its own, so that the bundler sees that the stand-in is used nowhere else.
  if (process.env.NODE_ENV !== "production") {
    if (openEdge(env) !== "stand-in" || isCached(platform.cache)) return null;
    const version = openBuild(env);
    if (standIn?.version !== version) standIn = { version, cache: new StandIn(version) };
    return standIn.cache;
  }
  return null;
}

/** The clock, ids, background work, self-fetch and purge that commands work with; `made` is the Worker past its cache. */
export function runtimeOf(
  env: Bindings,
  platform: Platform,
  made: (request: Request) => Promise<Response>,
): Runtime {
  const requestFor = (path: string, headers: HeadersInit = {}) =>
    new Request(openOrigin(env) + path, { headers, redirect: "manual" });
  return {
    clock: () => Date.now(),
    newId,
    pause: (below) => new Promise((resolve) => setTimeout(resolve, Math.random() * below)),
    hurried: true,
    cached: isCached(platform.cache),
    selfFetch: (path) => platform.exports.default.fetch(requestFor(path)),
    render: (path) => made(requestFor(path, { "If-None-Match": "*" })),
    renderWhole: (path) => made(requestFor(path)),
    fetchElsewhere: (address) =>
      platform.fetchElsewhere(
        new Request(address, {
          headers: { Accept: "image/*", "User-Agent": "Broadsheet" },
          redirect: "manual",
          signal: AbortSignal.timeout(PATIENCE),
        }),
      ),
    siteMap,
    emailAtAccess: async () => (await platform.access?.getIdentity())?.email ?? null,
    countTry: (of) =>
      openTries(env, "address" in of ? `address ${networkOf(of.address)}` : `person ${of.person}`),
    goOn: (work) => platform.waitUntil(work.catch(logFailure)),
    purge: (how, what) => purge(platform.cache, how, what),
  };
}

function logFailure(error: unknown): void {
  console.error(JSON.stringify({ event: "not gone on", error: String(error) }));
}

/** Opens what a reader's request may use; `cost` is that of its queries, if it made any. */
export function openForReaders(
  env: Bindings,
  platform: Platform,
): ReaderBindings & { cost(): Cost | undefined } {
  let reader: Reader | undefined;
  return {
    openReader: () => (reader ??= openReader(env)),
    cost: () => reader?.cost,
    origin: openOrigin(env),
    build: openBuild(env),
    fetchThroughCache: (request) => platform.exports.default.fetch(request),
    countMiss: (network) => openFlood(env, network),
    countSearch: (network) => openFlood(env, `search ${network}`),
    findCopy: (path) => openCopiesOf(env).find(path),
    clock: () => Date.now(),
    drawing: { drawPng, drawIco, drawSvg, icoFrom, svgFrom },
  };
}

/** What commands work with in the cron, for which nobody waits, and whose purges go through the entrypoint that readers come by. */
export function runtimeOfTick(
  env: Bindings,
  platform: Platform,
  made: (request: Request) => Promise<Response>,
): Runtime {
  const entrypoint = platform.exports.default;
  return {
    ...runtimeOf(env, platform, made),
    hurried: false,
    purge: (how, what) => entrypoint[how]?.(what) ?? purge(platform.cache, how, what),
  };
}

/** 80 random bits in base32: unguessable, and only what may stand in a URL or a cache tag. */
function newId(): string {
  return base32(crypto.getRandomValues(new Uint8Array(10)));
}
