import { WorkerEntrypoint } from "cloudflare:workers";
import { answer, answerPastCache } from "./app.ts";
import { tick } from "./cron.ts";
import { forget, type Forget } from "./edge/cache.ts";
import { outsideOfTick, type Platform } from "./outside.ts";
import type { Bindings } from "./store/open.ts";

/** The Worker: readers and editors come in by fetch, the minute by scheduled. */
export default class Broadsheet extends WorkerEntrypoint<Bindings> {
  override async fetch(request: Request): Promise<Response> {
    return answer(request, this.env, this.#platform);
  }

  override async scheduled(): Promise<void> {
    const made = (request: Request) => answerPastCache(request, this.env, this.#platform);
    await tick(this.env, outsideOfTick(this.env, this.#platform, made));
  }

  // For the cron: a purge reaches only the cache of the entrypoint that calls it.

  async purge(what: Forget): Promise<boolean> {
    return forget(this.#platform.cache, "purge", what);
  }

  async invalidate(what: Forget): Promise<boolean> {
    return forget(this.#platform.cache, "invalidate", what);
  }

  get #platform(): Platform {
    return this.ctx;
  }
}
