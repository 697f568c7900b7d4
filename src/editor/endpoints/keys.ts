import { granted, refused } from "../../domain/problem.ts";
import { isEditor } from "../../domain/role.ts";
import { auditQuery } from "../../store/audit.d1.ts";
import { keysQuery } from "../../store/keys.d1.ts";
import * as answers from "../answers.ts";
import { issueKey, revoke, rotate } from "../commands/keys.ts";
import { badCursor, endpoint, ok, page, readCursor, removed, type Endpoint } from "../endpoint.ts";
import * as input from "../input.ts";

/** Keys, and the record of what was done with them. */
export const keys: Endpoint[] = [
  endpoint({
    method: "POST",
    path: "/keys",
    group: "Keys",
    summary: "Make a key. It is shown in this answer and never again.",
    body: input.newKey,
    answer: { status: 201, schema: answers.issuedKey },
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
    query: input.listQuery,
    answer: { status: 200, schema: answers.list(answers.key) },
    async run({ context, query: { cursor, limit } }) {
      if (context.actor.role !== "admin")
        return refused({ kind: "forbidden", detail: "Keys need an admin's key." });
      const after = readCursor(cursor);
      if (after === null) return badCursor();
      const [rows] = await context.store.db.read(keysQuery({ after, limit: limit + 1 }));
      const { items, next } = page(rows, limit, ({ id }) => id);
      return ok({ items: items.map(answers.keyAnswer), next });
    },
  }),
  endpoint({
    method: "POST",
    path: "/keys/{id}/rotate",
    group: "Keys",
    summary: "Give a key another secret. The former one stops working at once.",
    answer: { status: 200, schema: answers.issuedKey },
    async run({ context, params }) {
      const issued = await rotate(context, params.id ?? "");
      return issued.ok ? ok(issued.value) : issued;
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/keys/{id}",
    group: "Keys",
    summary: "Revoke a key for good.",
    answer: { status: 204, schema: null },
    run: async ({ context, params }) => removed(await revoke(context, params.id ?? "")),
  }),
  endpoint({
    method: "GET",
    path: "/audit",
    group: "Audit",
    summary: "Who did what, newest first.",
    query: input.auditFilter,
    answer: { status: 200, schema: answers.list(answers.auditRecord) },
    async run({ context, query: { cursor, limit, subject = null } }) {
      if (!isEditor(context.actor))
        return refused({ kind: "forbidden", detail: "The audit needs an editor's key." });
      const from = readCursor(cursor);
      if (from === null || !/^\d*$/.test(from)) return badCursor();
      const before = from === "" ? Number.MAX_SAFE_INTEGER : Number(from);
      const [rows] = await context.store.db.read(auditQuery({ before, limit: limit + 1, subject }));
      const { items, next } = page(rows, limit, ({ id }) => String(id));
      return ok({ items: items.map(answers.auditAnswer), next });
    },
  }),
];
