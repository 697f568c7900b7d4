import { auditQuery } from "../../store/audit.d1.ts";
import { list } from "../response-fields.ts";
import { endpoint, ok, type Endpoint } from "../endpoint.ts";
import { badCursor, page, readNumberCursor } from "../paging.ts";
import * as schema from "./schema.ts";

/** The record of what was done. */
export const audit: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/audit",
    group: "Audit",
    summary: "Who did what, newest first.",
    right: "read the audit",
    query: schema.auditFilter,
    response: { status: 200, schema: list(schema.auditRecord) },
    async run({ context, query: { cursor, limit, subject = null } }) {
      const from = readNumberCursor(cursor);
      if (from === null) return badCursor();
      const before = from.at ?? Number.MAX_SAFE_INTEGER;
      const [rows] = await context.store.db.read(auditQuery({ before, limit: limit + 1, subject }));
      const { items, next } = page(rows, limit, ({ id }) => String(id));
      return ok({ items: items.map(schema.auditResponse), next });
    },
  }),
];
