import { purge, type PurgeableCache } from "./edge/cache.ts";
import type { Outside } from "./editor/endpoint.ts";
import { openOrigin, type Bindings } from "./store/open.ts";

/** What the platform gives a request or a tick: nothing below the wiring asks for it by itself. */
export interface Platform {
  waitUntil(promise: Promise<unknown>): void;
  cache?: PurgeableCache;
  exports: { default: { fetch(request: Request): Promise<Response> } };
}

/** The clock, ids, background work, self-fetch and purge that commands work with. */
export function outsideOf(env: Bindings, platform: Platform): Outside {
  return {
    clock: () => Date.now(),
    newId,
    waitUntil: (promise) => platform.waitUntil(promise),
    pause: (below) => new Promise((resolve) => setTimeout(resolve, Math.random() * below)),
    selfFetch: (path) => platform.exports.default.fetch(new Request(openOrigin(env) + path)),
    purge: (forget) => purge(platform.cache, forget),
  };
}

/** 80 random bits in base32: unguessable, and only what may stand in a URL or a cache tag. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => "abcdefghijklmnopqrstuvwxyz234567"[byte & 31]).join("");
}
