import { Hono, type Context } from "hono";
import { answerError, answerPage, answerPicture, canonicalLocation, seal } from "./door.ts";
import { api } from "./editor/api.ts";
import type { EditorEnv } from "./editor/endpoint.ts";
import { refusalResponse } from "./editor/refusals.ts";
import { outsideOf, type Platform } from "./outside.ts";
import * as pages from "./reader/pages.ts";
import type { Ask, Page } from "./reader/pages.ts";
import { picturePage } from "./reader/pictures.ts";
import { openBuild, openReader } from "./store/open.ts";

// Every URL in order, and what it passes through: the table of contents.

export const app = new Hono<EditorEnv>();

app.use(async (context, next) => {
  await next();
  context.res = await seal(context.res, context.req.path);
});
app.onError((error, context) => answerError(error, context.req.path));

// Editors: never stored, never given to a reader.

app.use("/api/v1/*", async (context, next) => {
  context.set("outside", outsideOf(context.env, context.executionCtx as unknown as Platform));
  await next();
});
app.route("/api/v1", api);
app.all("/api/*", ({ req }) =>
  refusalResponse({ kind: "unknown", detail: "The API is at /api/v1." }, req.path),
);

// Readers: GET and HEAD of canonical paths.

app.use(async ({ req }, next) => {
  if (req.method !== "GET" && req.method !== "HEAD") {
    return new Response("This address can only be read.\n", {
      status: 405,
      headers: { Allow: "GET, HEAD" },
    });
  }
  const location = canonicalLocation(new URL(req.url));
  if (location !== null)
    return new Response(null, { status: 301, headers: { Location: location } });
  return next();
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
  return answerPicture(read, context.req.header("If-None-Match"));
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
  return async (context) => {
    const found = await read(
      askOf(context),
      ofPath(context),
      (name) => context.req.query(name) ?? null,
    );
    return answerPage(found, context.req.header("If-None-Match"));
  };
}

/** Answers with a later page of a list: 2 to 10. The first one has no number, and what is older is in the archive. */
function list(read: (ask: Ask, number: number, of: Of) => Promise<Page>): Answering {
  return page((ask, of) => {
    const number = pages.pageNumber(of("page"));
    return number === null ? pages.nowherePage(ask) : read(ask, number, of);
  });
}

function askOf({ env, req }: Context<EditorEnv>): Ask {
  return { reader: openReader(env), path: new URL(req.url).pathname, build: openBuild(env) };
}

function ofPath({ req }: Context<EditorEnv>): Of {
  return (name) => req.param(name) ?? "";
}
