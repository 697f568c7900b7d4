import * as answers from "../answers.ts";
import { rerenderStories } from "../commands/rerender.ts";
import {
  badCursor,
  changed,
  endpoint,
  readCursor,
  writeCursor,
  type Endpoint,
} from "../endpoint.ts";
import * as input from "../input.ts";

/** Bodies that an older renderer made. */
export const rerender: Endpoint[] = [
  endpoint({
    method: "POST",
    path: "/rerender",
    group: "Edge",
    summary:
      "Make the HTML anew of what is live, scheduled or head and an older renderer made: some stories a call, until next is null. Pages that come out otherwise are purged; the history of revisions stays as it was.",
    query: input.rerendering,
    answer: { status: 200, schema: answers.withEdge(answers.rerendered) },
    async run({ context, query: { cursor, limit } }) {
      const after = readCursor(cursor);
      if (after === null) return badCursor();
      const acted = await rerenderStories(context, { after: after || "", limit });
      if (!acted.ok) return acted;
      const { next, ...value } = acted.value;
      return changed({ ...acted, value: { ...value, next: next && writeCursor(next) } });
    },
  }),
];
