import type { Context } from "hono";
import { HonoBase } from "hono/hono-base";
import { TrieRouter } from "hono/router/trie-router";
import {
  answerAway,
  answerError,
  answerOdd,
  answerPage,
  answerPicture,
  answerUncanonical,
  refuseFlood,
  seal,
  type Asking,
} from "./door.ts";
import { api } from "./editor/api.ts";
import { contextOf, type EditorEnv } from "./editor/endpoint.ts";
import { refusalResponse } from "./editor/refusals.ts";
import { noticeVersion } from "./editor/version.ts";
import { answerHealth } from "./health.ts";
import { outsideOf, type Platform } from "./runtime.ts";
import * as pages from "./reader/pages.ts";
import type { Ask, Page } from "./reader/pages.ts";
import { picturePage } from "./reader/pictures.ts";
import { StoreUnavailable } from "./store/batch.d1.ts";
import { openBuild, openEditor, openReader, type Bindings } from "./store/open.ts";

// Every URL in order, and what it passes through: the table of contents.

export const app = new HonoBase<EditorEnv>({ router: new TrieRouter() });

app.use(async (context, next) => {
  await next();
  context.res = await seal(context.res, context.req.path, context.var.cost);
});
app.onError((error, context) => answerError(error, context.req.path));

app.use(async (context, next) => {
  const platform = context.executionCtx as unknown as Platform;
  const made = (request: Request) => answerPastCache(request, context.env, platform);
  context.set("outside", outsideOf(context.env, platform, made));
  await next();
});

// Editors, and whoever watches: never stored, never given to a reader.

app.route("/api/v1", api);
app.all("/api/*", ({ req }) =>
  refusalResponse({ kind: "unknown", detail: "The API is at /api/v1." }, req.path),
);
app.get("/healthz", ({ env, req, var: { outside } }) =>
  answerHealth(env, outside.clock(), req.header("CF-Connecting-IP")),
);

// Readers: GET and HEAD of canonical addresses, and nothing in them that no page reads.

app.use(async ({ req, env, executionCtx }, next) => {
  if (req.method !== "GET" && req.method !== "HEAD") {
    return new Response("This address can only be read.\n", {
      status: 405,
      headers: { Allow: "GET, HEAD" },
    });
  }
  const platform = executionCtx as unknown as Platform;
  const answered =
    answerUncanonical(new URL(req.url)) ??
    (await answerOdd(req.raw, env, (request) => platform.exports.default.fetch(request)));
  return answered ?? next();
});

app.get(
  "/",
  page((ask) => pages.frontPage(ask, 1)),
);
app.get(
  "/page/:page",
  list((ask, number) => pages.frontPage(ask, number)),
);

app.get(
  "/archive",
  page((ask) => pages.archivePage(ask)),
);
app.get(
  "/archive/:year{\\d{4}}/:month{\\d{2}}",
  page((ask, of, query) =>
    pages.monthPage(ask, `${of("year")}-${of("month")}`, null, query("from")),
  ),
);

app.get("/media/:hash{[a-z2-7]{32}}/:name", (context) => {
  const of = ofPath(context);
  const read = () => picturePage(askOf(context), of("hash"), of("name"));
  return toReader(context, (asking) => answerPicture(read, asking));
});

app.get(
  "/authors/:slug",
  page((ask, of) => pages.authorPage(ask, of("slug"), 1)),
);
app.get(
  "/authors/:slug/page/:page",
  list((ask, number, of) => pages.authorPage(ask, of("slug"), number)),
);

app.get(
  "/tags/:slug",
  page((ask, of) => pages.tagPage(ask, of("slug"), 1)),
);
app.get(
  "/tags/:slug/page/:page",
  list((ask, number, of) => pages.tagPage(ask, of("slug"), number)),
);

app.get(
  "/:section",
  page((ask, of) => pages.sectionPage(ask, of("section"), 1)),
);
app.get(
  "/:section/page/:page",
  list((ask, number, of) => pages.sectionPage(ask, of("section"), number)),
);
app.get(
  "/:section/archive/:year{\\d{4}}/:month{\\d{2}}",
  page((ask, of, query) =>
    pages.monthPage(ask, `${of("year")}-${of("month")}`, of("section"), query("from")),
  ),
);
app.get(
  "/:section/:twin{[^/]+\\.md}",
  page((ask) => pages.twinPage(ask, ask.path.replace(/\.md$/, ""))),
);
app.get(
  "/:section/:slug",
  page((ask) => pages.articlePage(ask)),
);

app.notFound(page((ask) => pages.nowherePage(ask)));

type Answering = (context: Context<EditorEnv>) => Promise<Response>;
/** A part of the path by its name above. */
type Of = (name: string) => string;
/** A parameter that the page defines; others are never looked at. */
type Query = (name: string) => string | null;

/** Answers with a page, which is given the path and what it asks for, and never the request. */
function page(read: (ask: Ask, of: Of, query: Query) => Promise<Page>): Answering {
  return (context) =>
    toReader(context, async (asking) => {
      const query: Query = (name) => context.req.query(name) ?? null;
      return answerPage(await read(askOf(context), ofPath(context), query), asking);
    });
}

/** Answers a reader, also when the database is away, and not for ever who asks for nothing that is there. */
async function toReader(
  { req, env }: Context<EditorEnv>,
  answering: (asking: Asking) => Promise<Response>,
): Promise<Response> {
  const asking = {
    ifNoneMatch: req.header("If-None-Match"),
    client: req.header("CF-Connecting-IP"),
  };
  try {
    return await refuseFlood(await answering(asking), env, asking);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    return answerAway(error, env, { path: new URL(req.url).pathname, asking });
  }
}

/** Answers with a later page of a list: 2 to 10. The first one has no number, and what is older is in the archive. */
function list(read: (ask: Ask, number: number, of: Of) => Promise<Page>): Answering {
  return page((ask, of) => {
    const number = pages.pageNumber(of("page"));
    return number === null ? pages.nowherePage(ask) : read(ask, number, of);
  });
}

function askOf(context: Context<EditorEnv>): Ask {
  const { env, req } = context;
  const reader = openReader(env);
  context.set("cost", reader.cost);
  return { reader, path: new URL(req.url).pathname, build: openBuild(env) };
}

function ofPath({ req }: Context<EditorEnv>): Of {
  return (name) => req.param(name) ?? "";
}

/** Answers whoever comes through the cache, or where there is none. */
export function answer(request: Request, env: Bindings, platform: Platform): Promise<Response> {
  watchVersion(env, platform);
  return answerPastCache(request, env, platform);
}

/** What the Worker makes of a request, whatever the cache has. */
export async function answerPastCache(
  request: Request,
  env: Bindings,
  platform: Platform,
): Promise<Response> {
  return app.fetch(request, env, platform as unknown as ExecutionContext);
}

/** The version that this isolate has told about itself. */
let watched: string | null = null;

/** Once an isolate, behind the answer: has another version served before this one? */
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
  const made = (request: Request) => answerPastCache(request, env, platform);
  const outside = outsideOf(env, platform, made);
  const context = contextOf(
    openEditor(env),
    { id: "version", role: "admin", author: null },
    outside,
  );
  await noticeVersion(context, version);
}
