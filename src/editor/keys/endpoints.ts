import { granted } from "../../domain/problem.ts";
import { keysQuery } from "../../store/keys.d1.ts";
import { list } from "../response-fields.ts";
import { endpoint, ok, removed, type Endpoint } from "../endpoint.ts";
import { listQuery } from "../fields.ts";
import { badCursor, page, readCursor } from "../paging.ts";
import { issueKey, revoke, rotate } from "./commands.ts";
import * as schema from "./schema.ts";

/** Keys of machines. */
export const keys: Endpoint[] = [
  endpoint({
    method: "POST",
    path: "/keys",
    group: "Keys",
    summary: "Make a key. It is shown in this response and never again.",
    right: "hand out keys",
    body: schema.newKey,
    response: { status: 201, schema: schema.issuedKey },
    async run({ context, input: sent }) {
      const issued = await issueKey(context, sent);
      return issued.ok ? granted({ status: 201, body: issued.value }) : issued;
    },
  }),
  endpoint({
    method: "GET",
    path: "/keys",
    group: "Keys",
    summary: "List keys, without their secrets.",
    right: "hand out keys",
    query: listQuery,
    response: { status: 200, schema: list(schema.key) },
    async run({ context, query: { cursor, limit } }) {
      const after = readCursor(cursor);
      if (after === null) return badCursor();
      const [rows] = await context.store.db.read(keysQuery({ after, limit: limit + 1 }));
      const { items, next } = page(rows, limit, ({ id }) => id);
      return ok({ items: items.map(schema.keyResponse), next });
    },
  }),
  endpoint({
    method: "POST",
    path: "/keys/{id}/rotate",
    group: "Keys",
    summary:
      "Give a key another secret. Both are valid until formerUntil: for a day, or as long as overlap says; 0 ends the former at once.",
    right: "hand out keys",
    body: schema.rotation,
    bodyOptional: true,
    response: { status: 200, schema: schema.rotatedKey },
    async run({ context, params, input }) {
      const rotated = await rotate(context, params.id ?? "", input);
      return rotated.ok ? ok(schema.rotatedResponse(rotated.value)) : rotated;
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/keys/{id}",
    group: "Keys",
    summary: "Revoke a key for good.",
    right: "hand out keys",
    response: { status: 204, schema: null },
    run: async ({ context, params }) => removed(await revoke(context, params.id ?? "")),
  }),
];
