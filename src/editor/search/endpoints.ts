import { granted, refused } from "../../domain/problem.ts";
import { summaryFor } from "../articles/found.ts";
import { endpoint, ok, type Endpoint } from "../endpoint.ts";
import { badCursor, readCursor, readNumberCursor, writeCursor } from "../paging.ts";
import { list } from "../response-fields.ts";
import { findStories } from "./finding.ts";
import { reindexStories } from "./reindexing.ts";
import * as schema from "./schema.ts";

const NONE = "There is no search: bind SEARCH in wrangler.toml (docs/search.md).";

/** What is found in stories of every status, and the index that it is found in. */
export const search: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/search",
    group: "Articles",
    summary:
      "Find stories of every status by their words, best first: headline over standfirst over authors and tags over body, recent over old, among the newest five hundred matches.",
    right: "see the newsroom",
    query: schema.searching,
    response: { status: 200, schema: list(schema.foundArticle) },
    async run({ context, query: { cursor, limit, ...filter } }) {
      const from = readNumberCursor(cursor);
      if (from === null) return badCursor();
      const { actor, store } = context;
      if (!store.search) return refused({ kind: "unconfigured", detail: NONE });
      const outcome = await findStories(context, filter, { from: from.at ?? 0, limit });
      if (!outcome.ok) return outcome;
      const { found, next } = outcome.value;
      const items = found.map(({ story, excerpt }) => {
        return { ...summaryFor(actor, story, store.origin), excerpt };
      });
      return ok({ items, next: next === null ? null : writeCursor(String(next)) });
    },
  }),
  endpoint({
    method: "POST",
    path: "/reindex",
    group: "Edge",
    summary:
      "Write stories to the search index as they are now: some a call, until next is null. What is found meanwhile is what was found before.",
    right: "rebuild the search",
    query: schema.reindexing,
    response: { status: 200, schema: schema.reindexed },
    async run({ context, query: { cursor, limit } }) {
      const after = readCursor(cursor);
      if (after === null) return badCursor();
      if (!context.store.search) return refused({ kind: "unconfigured", detail: NONE });
      const acted = await reindexStories(context, { after, limit });
      if (!acted.ok) return acted;
      const { next, ...value } = acted.value;
      return granted({ status: 200, body: { ...value, next: next && writeCursor(next) } });
    },
  }),
];
