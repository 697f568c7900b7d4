import { pendingQuery } from "../../store/outbox.d1.ts";
import { list } from "../response-fields.ts";
import { changed, endpoint, ok, type Endpoint } from "../endpoint.ts";
import { listQuery } from "../fields.ts";
import { badCursor, page, readNumberCursor } from "../paging.ts";
import { purgeByHand } from "./commands.ts";
import * as schema from "./schema.ts";

/** The cache in front of the Worker: what it is still to be told, and telling it by hand. */
export const edge: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/edge/outbox",
    group: "Edge",
    summary:
      "What is still to be done after acts: purges, their repetitions, copies. Oldest first.",
    right: "see what the edge is to be told",
    query: listQuery,
    response: { status: 200, schema: list(schema.outboxEntry) },
    async run({ context, query: { cursor, limit } }) {
      const after = readNumberCursor(cursor);
      if (after === null) return badCursor();
      const [rows] = await context.store.db.read(
        pendingQuery({ after: after.at ?? 0, limit: limit + 1 }),
      );
      const { items, next } = page(rows, limit, ({ seq }) => String(seq));
      return ok({ items: items.map(schema.outboxResponse), next });
    },
  }),
  endpoint({
    method: "GET",
    path: "/health",
    group: "Edge",
    summary: "How the paper is: what /healthz tells whoever watches, as often as you like.",
    right: "see what the edge is to be told",
    response: { status: 200, schema: schema.health },
    run: async ({ context: { store, clock } }) => ok(await store.health(clock())),
  }),
  endpoint({
    method: "POST",
    path: "/edge/purge",
    group: "Edge",
    summary:
      "Purge pages from the cache by their tags or paths, or all of them. No act needs it: what it changed is purged by itself.",
    right: "purge pages",
    body: schema.purge,
    response: { status: 200, schema: schema.purged },
    run: async ({ context, input: sent }) => changed(await purgeByHand(context, sent)),
  }),
];
