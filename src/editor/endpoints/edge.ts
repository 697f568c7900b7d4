import { refused } from "../../domain/problem.ts";
import { isEditor } from "../../domain/role.ts";
import { pendingQuery } from "../../store/outbox.d1.ts";
import * as answers from "../answers.ts";
import { purgeByHand } from "../commands/edge.ts";
import { badCursor, changed, endpoint, ok, page, readCursor, type Endpoint } from "../endpoint.ts";
import * as input from "../input.ts";

/** The cache in front of the Worker: what it is still to be told, and telling it by hand. */
export const edge: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/edge/outbox",
    group: "Edge",
    summary:
      "What is still to be done after acts: purges, their repetitions, copies. Oldest first.",
    query: input.listQuery,
    answer: { status: 200, schema: answers.list(answers.outboxEntry) },
    async run({ context, query: { cursor, limit } }) {
      if (!isEditor(context.actor))
        return refused({ kind: "forbidden", detail: "The outbox needs an editor's key." });
      const after = readCursor(cursor);
      if (after === null || !/^\d*$/.test(after)) return badCursor();
      const [rows] = await context.store.db.read(
        pendingQuery({ after: Number(after), limit: limit + 1 }),
      );
      const { items, next } = page(rows, limit, ({ seq }) => String(seq));
      return ok({ items: items.map(answers.outboxAnswer), next });
    },
  }),
  endpoint({
    method: "POST",
    path: "/edge/purge",
    group: "Edge",
    summary:
      "Purge pages from the cache by their tags or paths, or all of them. No act needs it: what it changed is purged by itself.",
    body: input.purge,
    answer: { status: 200, schema: answers.purged },
    run: async ({ context, input: sent }) => changed(await purgeByHand(context, sent)),
  }),
];
