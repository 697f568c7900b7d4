import { WorkerEntrypoint } from "cloudflare:workers";
import { handle, handlePastCache } from "./app.ts";
import { createRequestLog } from "./edge/request-log.ts";
import { purge, type PurgeTarget } from "./edge/cache.ts";
import { openStandIn, runtimeOfTick, type Platform } from "./runtime.ts";
import type { Bindings } from "./store/open.ts";

/** The Worker: readers and editors come in by fetch, the minute by scheduled. */
export default class Broadsheet extends WorkerEntrypoint<Bindings> {
  override async fetch(request: Request): Promise<Response> {
    const platform = this.#platform;
    const worker = (inner: Request) => handle(inner, this.env, platform);
    const standIn = openStandIn(this.env, this.ctx);
    if (!standIn) return worker(request);

    const { waitUntil } = platform;
    const log = createRequestLog(request, waitUntil);
    return log.finish(await standIn.fetch(request, { worker: log.watched(worker), waitUntil }));
  }

  override async scheduled(): Promise<void> {
    const made = (request: Request) => handlePastCache(request, this.env, this.#platform);
    const { tick } = await import("./cron.ts");
    await tick(this.env, runtimeOfTick(this.env, this.#platform, made));
  }

  // For the cron: a purge reaches only the cache of the entrypoint that calls it.

  async purge(what: PurgeTarget): Promise<boolean> {
    return purge(this.#platform.cache, "purge", what);
  }

  async invalidate(what: PurgeTarget): Promise<boolean> {
    return purge(this.#platform.cache, "invalidate", what);
  }

  /** The platform, with the stand-in's cache where it has none. */
  get #platform(): Platform {
    const cache = openStandIn(this.env, this.ctx) ?? this.ctx.cache;
    return {
      waitUntil: (promise) => this.ctx.waitUntil(promise),
      exports: this.ctx.exports,
      fetchElsewhere: (request) => fetch(request),
      ...(cache && { cache }),
      ...(this.ctx.access && { access: this.ctx.access }),
    };
  }
}
