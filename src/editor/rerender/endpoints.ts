import { withEdge } from "../response-fields.ts";
import { changed, endpoint, type Endpoint } from "../endpoint.ts";
import { badCursor, readCursor, writeCursor } from "../paging.ts";
import { rerenderStories } from "./commands.ts";
import * as schema from "./schema.ts";

/** Bodies that an older renderer made. */
export const rerender: Endpoint[] = [
  endpoint({
    method: "POST",
    path: "/rerender",
    group: "Edge",
    summary:
      "Make the HTML anew of what is live, scheduled or head and an older renderer made: some stories a call, until next is null. Pages that come out otherwise are purged; the history of revisions stays as it was.",
    right: "render stories anew",
    query: schema.rerendering,
    response: { status: 200, schema: withEdge(schema.rerendered) },
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
