import { WorkerEntrypoint } from "cloudflare:workers";
import { app } from "./app.ts";
import { tick } from "./cron.ts";
import { purge, type Forget } from "./edge/cache.ts";
import { outsideOf, type Platform } from "./outside.ts";
import type { Bindings } from "./store/open.ts";

/** The Worker: readers and editors come in by fetch, the minute by scheduled. */
export default class Broadsheet extends WorkerEntrypoint<Bindings> {
  override async fetch(request: Request): Promise<Response> {
    return app.fetch(request, this.env, this.ctx);
  }

  override async scheduled(): Promise<void> {
    await tick(this.env, outsideOf(this.env, this.#platform));
  }

  /** Purges this entrypoint's cache: a purge reaches only the cache of the entrypoint that calls it. */
  async purge(forget: Forget): Promise<boolean> {
    return purge(this.#platform.cache, forget);
  }

  get #platform(): Platform {
    return this.ctx;
  }
}
