import * as z from "zod/mini";
import { granted, type Outcome } from "../../domain/problem.ts";
import { redirectsQuery, type Redirect } from "../../store/redirects.d1.ts";
import type { Acted } from "../act.ts";
import { list, withEdge } from "../response-fields.ts";
import { endpoint, ok, removed, withName, type ApiResponse, type Endpoint } from "../endpoint.ts";
import { listQuery } from "../fields.ts";
import { readOpaque } from "../opaque.ts";
import { badCursor, page, readCursor } from "../paging.ts";
import { readInput } from "../input.ts";
import {
  findRedirect,
  makeRedirect,
  makeRedirects,
  removeRedirect,
  replaceRedirect,
} from "./commands.ts";
import * as schema from "./schema.ts";

/** The most a bulk may have, in bytes: 500 long addresses. */
const BULK_BYTES = 2 * 1024 * 1024;

/** Paths that lead elsewhere, or nowhere any more. */
export const redirects: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/redirects",
    group: "Redirects",
    summary:
      "List the editors' redirects by path. Moved stories redirect by themselves and are not in it.",
    right: "see the newsroom",
    query: listQuery,
    response: { status: 200, schema: list(schema.redirect) },
    async run({ context, query: { cursor, limit } }) {
      const after = readCursor(cursor);
      if (after === null) return badCursor();
      const [rows] = await context.store.db.read(redirectsQuery({ after, limit: limit + 1 }));
      const { items, next } = page(rows, limit, ({ path }) => path);
      return ok({ items: items.map(schema.redirectResponse), next });
    },
  }),
  endpoint({
    method: "POST",
    path: "/redirects",
    group: "Redirects",
    summary:
      "Send a path, or everything below it, elsewhere (301); or declare it gone (410). One that leads readers in a circle is refused.",
    right: "redirect a path",
    body: schema.redirectFields,
    response: { status: 201, schema: withEdge(schema.redirect) },
    run: async ({ context, input: sent }) => redirected(await makeRedirect(context, sent), 201),
  }),
  endpoint({
    method: "POST",
    path: "/redirects/bulk",
    group: "Redirects",
    summary:
      "Make up to 500 redirects, all of them or none. One that stands already as it is sent is left alone. Redirects that lead to redirects are followed to their end, so that readers hop once.",
    right: "redirect a path",
    query: schema.bulkManner,
    body: schema.bulkRedirects,
    documentedBody: schema.bulkRedirectsDocument,
    bodyLimit: BULK_BYTES,
    response: { status: 200, schema: schema.redirectsMade },
    async run({ context, query: { check }, input: { fields, issues } }) {
      const sent = (fields.items ?? []).map((item, index) => ({
        input: readInput(schema.redirectFields, item),
        at: `items.${index}`,
      }));
      const how = { issues, replace: fields.replace ?? false, check };
      const made = await makeRedirects(context, sent, how);
      if (!made.ok) return made;
      const items = made.value.map(({ changed, ...each }) => ({
        ...schema.redirectResponse(each),
        changed,
      }));
      return ok({ items, edge: made.edge });
    },
  }),
  endpoint({
    method: "GET",
    path: "/redirects/{id}",
    group: "Redirects",
    summary: "Read one redirect.",
    right: "see the newsroom",
    response: { status: 200, schema: schema.redirect },
    async run({ context, params }) {
      const redirectFound = await findRedirect(context, readOpaque(params.id ?? "") ?? "");
      return redirectFound.ok ? ok(schema.redirectResponse(redirectFound.value)) : redirectFound;
    },
  }),
  endpoint({
    method: "PUT",
    path: "/redirects/{id}",
    group: "Redirects",
    summary: "Replace a redirect.",
    right: "redirect a path",
    body: z.omit(schema.redirectFields, { from: true }),
    response: { status: 200, schema: withEdge(schema.redirect) },
    async run({ context, params, input: sent }) {
      const path = readOpaque(params.id ?? "") ?? "";
      const existing = await findRedirect(context, path);
      if (!existing.ok) return existing;
      const { from } = schema.redirectResponse(existing.value);
      return redirected(
        await replaceRedirect(context, path, withName(sent, "from", z.string(), from)),
      );
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/redirects/{id}",
    group: "Redirects",
    summary: "Delete a redirect.",
    right: "redirect a path",
    response: { status: 204, schema: null },
    run: async ({ context, params }) =>
      removed(await removeRedirect(context, readOpaque(params.id ?? "") ?? "")),
  }),
];

function redirected(acted: Acted<Redirect>, status: 200 | 201 = 200): Outcome<ApiResponse> {
  if (!acted.ok) return acted;
  const body = { ...schema.redirectResponse(acted.value), edge: acted.edge };
  const headers = status === 201 ? { Location: `/api/v1/redirects/${body.id}` } : {};
  return granted({ status, body, headers });
}
