import { HonoBase } from "hono/hono-base";
import { TrieRouter } from "hono/router/trie-router";
import { openOrigin } from "../store/open.ts";
import { mount, refuseOthers, type EditorEnv, type Endpoint } from "./endpoint.ts";
import { articles } from "./articles/endpoints.ts";
import { audit } from "./audit/endpoints.ts";
import { directory } from "./directory/endpoints.ts";
import { edge } from "./edge/endpoints.ts";
import { front } from "./front/endpoints.ts";
import { imports } from "./imports/endpoints.ts";
import { keys } from "./keys/endpoints.ts";
import { media } from "./media/endpoints.ts";
import { pages } from "./pages/endpoints.ts";
import { people } from "./people/endpoints.ts";
import { paper } from "./paper/endpoints.ts";
import { notes } from "./notes/endpoints.ts";
import { presence } from "./presence/endpoints.ts";
import { previews } from "./previews/endpoints.ts";
import { review } from "./review/endpoints.ts";
import { revisions } from "./revisions/endpoints.ts";
import { redirects } from "./redirects/endpoints.ts";
import { rerender } from "./rerender/endpoints.ts";
import { schedule } from "./schedule/endpoints.ts";
import { search } from "./search/endpoints.ts";
import { signingIn } from "./sign-in/endpoints.ts";
import { refusalResponse } from "./refusals.ts";

/** Every call of the API. The router and the documentation are made of this list. */
export const endpoints: Endpoint[] = [
  ...articles,
  ...revisions,
  ...review,
  ...notes,
  ...previews,
  ...presence,
  ...pages,
  ...schedule,
  ...imports,
  ...front,
  ...paper,
  ...directory,
  ...media,
  ...redirects,
  ...keys,
  // Before people: theirs is /people/me, which no id is called.
  ...signingIn,
  ...people,
  ...audit,
  ...edge,
  ...rerender,
  ...search,
];

/** The editors' API, to be mounted at `/api/v1`. Hono's smaller routers would also answer `/articles/`. */
export const api = new HonoBase<EditorEnv>({ router: new TrieRouter() });
api.get("/openapi.json", async ({ env, json }) => {
  const { openapi } = await import("./openapi.ts");
  return json(openapi(endpoints, openOrigin(env.bindings)));
});
api.get("/docs", async ({ env, html }) => {
  const [{ openapi }, { referencePage }] = await Promise.all([
    import("./openapi.ts"),
    import("../views/reference.tsx"),
  ]);
  return html(referencePage(openapi(endpoints, openOrigin(env.bindings))));
});
for (const path of ["/openapi.json", "/docs"]) refuseOthers(api, path, ["GET"]);
mount(api, endpoints);
api.all("*", ({ req }) =>
  refusalResponse(
    { kind: "unknown", detail: `There is no ${req.path}; see /api/v1/docs.` },
    req.path,
  ),
);
