import { handlePastCache } from "../../src/app.ts";
import type { PaperSample } from "../../src/reader/kind.ts";
import { nowhere, PAGES } from "../../src/reader/pages.ts";
import type { Platform } from "../../src/runtime.ts";
import type { Bindings } from "../../src/store/open.ts";

// The whole paper, which tells what it asked D1 for a page instead of the page; and, for a POST of what a paper has, the
// addresses of every kind of page.

interface Recorded {
  sql: string;
  values: unknown[];
}

export default {
  async fetch(request: Request, env: Bindings, context: ExecutionContext): Promise<Response> {
    if (request.method === "POST") {
      const paper = await request.json<PaperSample>();
      const samples = [...PAGES, nowhere].map(({ name, samples }) => [name, samples(paper)]);
      return Response.json(Object.fromEntries(samples));
    }
    const statements: Recorded[] = [];
    const cost = { trips: 0, rowsRead: 0 };
    const db = recording(env.DB, statements, cost);
    const platform = context as unknown as Platform;
    const response = await handlePastCache(request, { ...env, DB: db }, platform);
    await response.arrayBuffer();
    return Response.json({ status: response.status, statements, ...cost });
  },
};

/** The database, whose batches are written down. */
function recording(
  db: D1Database,
  statements: Recorded[],
  cost: { trips: number; rowsRead: number },
): D1Database {
  const known = new WeakMap<D1PreparedStatement, Recorded>();
  const withSession = (constraint?: string) => {
    const session = db.withSession(constraint);
    return {
      prepare(sql: string) {
        const statement = session.prepare(sql);
        return {
          bind(...values: unknown[]) {
            const bound = statement.bind(...values);
            known.set(bound, { sql, values });
            return bound;
          },
        };
      },
      async batch(bound: D1PreparedStatement[]) {
        cost.trips += 1;
        statements.push(...bound.flatMap((one) => known.get(one) ?? []));
        const results = await session.batch(bound);
        for (const { meta } of results) cost.rowsRead += meta.rows_read;
        return results;
      },
    };
  };
  return { withSession } as unknown as D1Database;
}
