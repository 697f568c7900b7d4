import type { Context } from "hono";
import { HonoBase } from "hono/hono-base";
import { TrieRouter } from "hono/router/trie-router";
import { StoreUnavailable } from "./domain/unavailable.ts";
import { networkOf } from "./edge/client.ts";
import { contentSecurityPolicy, guarantee } from "./edge/policy.ts";
import { api } from "./editor/api.ts";
import { contextOf, type EditorEnv } from "./editor/endpoint.ts";
import { previewResponse } from "./editor/previews/page.ts";
import { bugResponse, refusalResponse, unavailableResponse } from "./editor/refusals.ts";
import { noticeVersion } from "./editor/version.ts";
import { healthResponse } from "./health.ts";
import { readers } from "./reader/app.ts";
import { openForReaders, runtimeOf, type Platform } from "./runtime.ts";
import type { Cost } from "./store/batch.d1.ts";
import { openBuild, openEditor, openFlood, type Bindings } from "./store/open.ts";
import { toldInEach, unavailablePage } from "./views/notice.tsx";
import { hashOfStyle, referenceStylesheet, styleOf } from "./views/stylesheet.ts";

// The mounts: the API, whoever watches, the readers. Every response leaves through the seal.

type Env = {
  Bindings: { bindings: Bindings; platform: Platform };
  Variables: EditorEnv["Variables"];
};

export const app = new HonoBase<Env>({ router: new TrieRouter() });

app.use(async (context, next) => {
  await next();
  context.res = await seal(context.res, context.req.path, context.var.cost);
});
app.onError((error, { req }) => errorResponse(error, req.path));

// Editors, and whoever watches: never stored, never given to a reader.

app.use("/api/*", async (context, next) => {
  const { bindings, platform } = context.env;
  const made = (request: Request) => handlePastCache(request, bindings, platform);
  context.set("runtime", runtimeOf(bindings, platform, made));
  await next();
});
app.route("/api/v1", api);
app.all("/api/*", ({ req }) =>
  refusalResponse({ kind: "unknown", detail: "The API is at /api/v1." }, req.path),
);
app.get("/healthz", ({ env, req }) =>
  healthResponse(env.bindings, Date.now(), req.header("CF-Connecting-IP")),
);

app.all("*", async (context) => {
  const { bindings, platform } = context.env;
  if (isReading(context.req.method) && isOfPreview(context.req.path)) return answerPreview(context);
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

/** What is read before it is out, in the headers that every response has and in no cache. */
async function answerPreview(context: Context<Env>): Promise<Response> {
  const { bindings } = context.env;
  const store = openEditor(bindings);
  context.set("cost", store.db.cost);
  const { response, style } = await previewResponse(context.req.path, store, Date.now());
  const client = context.req.header("CF-Connecting-IP");
  // Who tries out links is stopped as who tries out addresses is.
  if (response.status === 404 && client !== undefined) {
    if (!(await openFlood(bindings, `preview ${networkOf(client)}`)))
      return new Response(toldInEach("tooMany"), {
        status: 429,
        headers: { "Retry-After": "60" },
      });
  }
  if (style !== null) {
    const policy = contentSecurityPolicy([await hashOfStyle(style)]);
    response.headers.set("Content-Security-Policy", policy);
  }
  return response;
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

/**
 * The response when something was thrown: 503 when the database is away, 500 for a bug, and nothing in between.
 * The log gets the error; a reader gets a page that says to come back, an editor a problem.
 */
function errorResponse(error: Error, path: string): Response {
  const away = error instanceof StoreUnavailable;
  const told = error.stack ?? error.message;
  console.error(JSON.stringify({ event: away ? "database away" : "bug", path, error: told }));
  if (path.startsWith("/api/")) return away ? unavailableResponse(path) : bugResponse(path);
  return new Response(unavailablePage(), {
    status: away ? 503 : 500,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      ...(away ? { "Retry-After": "30" } : {}),
    },
  });
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
    tellVersion(env, platform, version).catch((error: unknown) =>
      console.error(JSON.stringify({ event: "version not noticed", error: String(error) })),
    ),
  );
}

async function tellVersion(env: Bindings, platform: Platform, version: string): Promise<void> {
  const made = (request: Request) => handlePastCache(request, env, platform);
  const runtime = runtimeOf(env, platform, made);
  const actor = { id: "version", name: "version", role: "admin", author: null } as const;
  await noticeVersion(contextOf(openEditor(env), actor, runtime), version);
}
