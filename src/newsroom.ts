import { HonoBase } from "hono/hono-base";
import { TrieRouter } from "hono/router/trie-router";
import { networkOf } from "./edge/client.ts";
import { contentSecurityPolicy } from "./edge/policy.ts";
import { api } from "./editor/api.ts";
import { contextOf, type EditorEnv } from "./editor/endpoint.ts";
import { previewResponse } from "./editor/previews/page.ts";
import { bugResponse, refusalResponse, unavailableResponse } from "./editor/refusals.ts";
import { noticeVersion } from "./editor/version.ts";
import { tellFailure } from "./failure.ts";
import { runtimeOf, type Platform } from "./runtime.ts";
import { openEditor, openFlood, type Bindings } from "./store/open.ts";
import { toldInEach } from "./views/notice.tsx";
import { hashOfStyle } from "./views/stylesheet.ts";

// Everything that is not for readers: it is loaded by the first request that needs it, so that a Worker that starts for a
// reader starts with less than half of the code.

/** What the newsroom gets with each request; `made` is the Worker past its cache. */
export interface NewsroomBindings {
  bindings: Bindings;
  platform: Platform;
  made(request: Request): Promise<Response>;
  /** Told what is asked of the database, for whoever seals the response. */
  watch(cost: EditorEnv["Variables"]["cost"]): void;
}

type Env = { Bindings: NewsroomBindings; Variables: EditorEnv["Variables"] };

/** The editors' door, and previews. */
export const newsroom = new HonoBase<Env>({ router: new TrieRouter() });

newsroom.onError((error, { req }) => {
  // A preview is a page: whoever mounts this responds to what is thrown.
  if (!req.path.startsWith("/api/")) throw error;
  return tellFailure(error, req.path) === "away"
    ? unavailableResponse(req.path)
    : bugResponse(req.path);
});

newsroom.use("/api/*", async (context, next) => {
  const { bindings, platform, made, watch } = context.env;
  context.set("runtime", runtimeOf(bindings, platform, made));
  await next();
  watch(context.var.cost);
});
newsroom.route("/api/v1", api);
newsroom.all("/api/*", ({ req }) =>
  refusalResponse({ kind: "unknown", detail: "The API is at /api/v1." }, req.path),
);

/** Everything else that comes here is a preview: what is read before it is out, in no cache. */
newsroom.all("*", async (context) => {
  const { bindings, watch } = context.env;
  const store = openEditor(bindings);
  watch(store.db.cost);
  const { response, style } = await previewResponse(context.req.path, store, Date.now());
  const client = context.req.header("CF-Connecting-IP");
  // Who tries out links is stopped as who tries out addresses is.
  if (response.status === 404 && client !== undefined) {
    if (!(await openFlood(bindings, `preview ${networkOf(client)}`)))
      return new Response(toldInEach("tooMany"), { status: 429, headers: { "Retry-After": "60" } });
  }
  if (style !== null) {
    // Editors look at it beside what they write.
    const policy = contentSecurityPolicy([await hashOfStyle(style)], "self");
    response.headers.set("Content-Security-Policy", policy);
  }
  return response;
});

/** Has everything purged when another version serves than before. */
export async function tellVersion(
  { bindings, platform, made }: Omit<NewsroomBindings, "watch">,
  version: string,
): Promise<void> {
  const runtime = runtimeOf(bindings, platform, made);
  const actor = { id: "version", name: "version", role: "admin", author: null } as const;
  await noticeVersion(contextOf(openEditor(bindings), actor, runtime), version);
}
