import { granted } from "../../domain/problem.ts";
import { auditQuery, type AuditFilter } from "../../store/audit.d1.ts";
import { endpoint, ok, type Endpoint } from "../endpoint.ts";
import { badCursor, page, readNumberCursor } from "../paging.ts";
import { list } from "../response-fields.ts";
import * as schema from "./schema.ts";

/** The record of what was done. */
export const audit: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/audit",
    group: "Audit",
    summary: "Who did what to what, before and after, newest first.",
    right: "read the audit",
    query: schema.auditFilter,
    response: { status: 200, schema: list(schema.auditRecord), also: "text/csv" },
    async run({ context, query: { cursor, limit: asked, format, ...filter } }) {
      const from = readNumberCursor(cursor);
      if (from === null) return badCursor();
      const before = from.at ?? Number.MAX_SAFE_INTEGER;
      const limit = format === "csv" ? schema.CSV_RECORDS : asked;
      const query = auditQuery(filter, { before, limit: limit + 1 });
      const [rows] = await context.store.db.read(query);
      const { items, next } = page(rows, limit, ({ id }) => String(id));
      if (format === "json") return ok({ items: items.map(schema.auditResponse), next });
      const file = { body: schema.auditCsv(items), type: "text/csv; charset=utf-8" };
      return granted({ status: 200, file, headers: nextLink(filter, next) });
    },
  }),
];

/** Leads to the records after these (RFC 8288). */
function nextLink(filter: AuditFilter, next: string | null): Record<string, string> {
  if (next === null) return {};
  const asked = Object.entries(filter).flatMap(
    ([name, value]: [string, string | number | undefined]) => {
      if (value === undefined) return [];
      return [[name, typeof value === "number" ? new Date(value).toISOString() : value]];
    },
  );
  const query = new URLSearchParams([...asked, ["format", "csv"], ["cursor", next]]);
  return { Link: `</api/v1/audit?${query.toString()}>; rel="next"` };
}
