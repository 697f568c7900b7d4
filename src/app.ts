import type { Context } from "hono";
import { HonoBase } from "hono/hono-base";
import { TrieRouter } from "hono/router/trie-router";
import { guarantee } from "./edge/policy.ts";
import { tellFailure } from "./failure.ts";
import { healthResponse } from "./health.ts";
import type { NewsroomBindings } from "./newsroom.ts";
import { readers } from "./reader/app.ts";
import { openForReaders, type Platform } from "./runtime.ts";
import type { Cost } from "./store/batch.d1.ts";
import { findVersion, openBuild, type Bindings } from "./store/open.ts";
import { unavailablePage } from "./views/notice.tsx";
import { hashOfStyle, referenceStylesheet, styleOf } from "./views/stylesheet.ts";

// The mounts: the newsroom, whoever watches, the readers. Every response leaves through the seal.

type Env = {
  Bindings: { bindings: Bindings; platform: Platform };
  Variables: { cost?: Cost | undefined };
};

export const app = new HonoBase<Env>({ router: new TrieRouter() });

app.use(async (context, next) => {
  await next();
  context.res = await seal(context.res, context.req.path, context.var.cost);
});
app.onError((error, { req }) => {
  const away = tellFailure(error, req.path) === "away";
  return new Response(unavailablePage(), {
    status: away ? 503 : 500,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      ...(away ? { "Retry-After": "30" } : {}),
    },
  });
});

// Editors, and whoever watches: never stored, never given to a reader.

app.all("/api/*", (context) => askNewsroom(context));
app.get("/healthz", ({ env, req }) =>
  healthResponse(env.bindings, Date.now(), req.header("CF-Connecting-IP")),
);

// The desk is static files, which the platform serves by itself: whatever else is called so is not there, and no page of the paper.
for (const path of ["/desk", "/desk/*"])
  app.all(path, () => new Response("There is nothing here.\n", { status: 404 }));

app.all("*", async (context) => {
  const { bindings, platform } = context.env;
  if (isReading(context.req.method) && isOfPreview(context.req.path)) return askNewsroom(context);
  const opened = openForReaders(bindings, platform);
  try {
    return await readers.fetch(context.req.raw, opened);
  } finally {
    context.set("cost", opened.cost());
  }
});

const isReading = (method: string): boolean => method === "GET" || method === "HEAD";

/** However it is written: no reader's answer, such as a redirect, may carry a token into a cache. */
const isOfPreview = (path: string): boolean => /^(?:\/|%2f)+preview(?:\/|%2f)/i.test(path);

/** A Worker that starts for a reader does without it. */
const openNewsroom = () => import("./newsroom.ts");

async function askNewsroom(context: Context<Env>): Promise<Response> {
  const { newsroom } = await openNewsroom();
  return newsroom.fetch(context.req.raw, {
    ...newsroomOf(context.env.bindings, context.env.platform),
    watch: (cost) => context.set("cost", cost),
  });
}

function newsroomOf(bindings: Bindings, platform: Platform): Omit<NewsroomBindings, "watch"> {
  return {
    bindings,
    platform,
    made: (request) => handlePastCache(request, bindings, platform),
  };
}

/** Handles a request that came through the cache, or where there is none. */
export function handle(request: Request, env: Bindings, platform: Platform): Promise<Response> {
  watchVersion(env, platform);
  return handlePastCache(request, env, platform);
}

/** Handles a request without looking for another version: a page is made, whatever the cache has. */
export async function handlePastCache(
  request: Request,
  bindings: Bindings,
  platform: Platform,
): Promise<Response> {
  return app.fetch(request, { bindings, platform });
}

/** Gives a response the headers that every response has; `cost` is what its queries cost, if it made any. */
async function seal(response: Response, path: string, cost: Cost | undefined): Promise<Response> {
  const sealed = new Response(response.body, response);
  // Pages and pictures bring their policy.
  const needsPolicy = !sealed.headers.has("Content-Security-Policy");
  const style = path.startsWith("/api/") ? referenceStylesheet : styleOf(["notice"], null);
  guarantee(sealed, needsPolicy ? [await hashOfStyle(style)] : []);
  if (cost) {
    const isPublic = sealed.headers.get("Cache-Control")?.startsWith("public") ?? false;
    const isOpen = isPublic || isOfPreview(path);
    sealed.headers.set("Server-Timing", timingOf(cost, isOpen));
  }
  return sealed;
}

/**
 * What a response cost D1 (https://www.w3.org/TR/server-timing/); `dur` is the time that D1 says it took, in milliseconds.
 * Readers are told the trips and no more: an unpublished lead on the front page would be one row.
 */
function timingOf({ trips, rowsRead, rowsWritten, milliseconds }: Cost, isOpen: boolean): string {
  if (isOpen) return `d1;desc="trips=${trips}"`;
  const told = `trips=${trips} read=${rowsRead} written=${rowsWritten}`;
  return `d1;dur=${Number(milliseconds.toFixed(3))};desc="${told}"`;
}

/** The version that this isolate has told about itself. */
let watched: string | null = null;

/** Once an isolate, after the response: has another version served before this one? */
function watchVersion(env: Bindings, platform: Platform): void {
  const version = openBuild(env);
  if (watched === version) return;
  watched = version;
  platform.waitUntil(
    noticeVersion(env, platform, version).catch((error: unknown) =>
      console.error(JSON.stringify({ event: "version not noticed", error: String(error) })),
    ),
  );
}

async function noticeVersion(env: Bindings, platform: Platform, version: string): Promise<void> {
  if ((await findVersion(env)) === version) return;
  const { tellVersion } = await openNewsroom();
  await tellVersion(newsroomOf(env, platform), version);
}
