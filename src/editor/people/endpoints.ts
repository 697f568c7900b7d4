import { granted } from "../../domain/problem.ts";
import { peopleQuery, personQuery } from "../../store/people.d1.ts";
import { endpoint, ok, removed, type Endpoint } from "../endpoint.ts";
import { listQuery } from "../fields.ts";
import { badCursor, page, readCursor } from "../paging.ts";
import { iso, list } from "../response-fields.ts";
import { refused } from "../../domain/problem.ts";
import { dismiss, invite, makePerson, revisePerson, signOutEverywhere } from "./commands.ts";
import * as schema from "./schema.ts";

/** Who works at the paper. */
export const people: Endpoint[] = [
  endpoint({
    method: "POST",
    path: "/people",
    group: "People",
    summary: "Make a person. They come in by an invitation, or by Cloudflare Access.",
    right: "manage people",
    body: schema.newPerson,
    response: { status: 201, schema: schema.person },
    async run({ context, input }) {
      const made = await makePerson(context, input);
      if (!made.ok) return made;
      const body = schema.personResponse(made.value);
      return granted({ status: 201, body, headers: { Location: `/api/v1/people/${body.id}` } });
    },
  }),
  endpoint({
    method: "GET",
    path: "/people",
    group: "People",
    summary: "List people, also those who left.",
    right: "manage people",
    query: listQuery,
    response: { status: 200, schema: list(schema.person) },
    async run({ context, query: { cursor, limit } }) {
      const after = readCursor(cursor);
      if (after === null) return badCursor();
      const [rows] = await context.store.db.read(peopleQuery({ after, limit: limit + 1 }));
      const { items, next } = page(rows, limit, ({ id }) => id);
      return ok({ items: items.map(schema.personResponse), next });
    },
  }),
  endpoint({
    method: "GET",
    path: "/people/{id}",
    group: "People",
    summary: "Read one person.",
    right: "manage people",
    response: { status: 200, schema: schema.person },
    async run({ context, params: { id = "" } }) {
      const [[found]] = await context.store.db.read(personQuery(id));
      if (!found) return refused({ kind: "unknown", detail: `There is no person "${id}".` });
      return ok(schema.personResponse(found));
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/people/{id}",
    group: "People",
    summary:
      "Change what a person is; it holds from their next request on. The last admin keeps the role.",
    right: "manage people",
    body: schema.personPatch,
    response: { status: 200, schema: schema.person },
    async run({ context, params: { id = "" }, input }) {
      const revised = await revisePerson(context, id, input);
      return revised.ok ? ok(schema.personResponse(revised.value)) : revised;
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/people/{id}",
    group: "People",
    summary:
      "Remove a person: they are signed out at once, everywhere, and cannot come in again. What they wrote stays. The last admin stays, too.",
    right: "manage people",
    response: { status: 204, schema: null },
    run: async ({ context, params: { id = "" } }) => removed(await dismiss(context, id)),
  }),
  endpoint({
    method: "POST",
    path: "/people/{id}/invitations",
    group: "People",
    summary:
      "Invite a person to make a passkey, the first time or when they have lost their device: a link that works once, for a day. Earlier ones lead nowhere then.",
    right: "manage people",
    response: { status: 201, schema: schema.invitation },
    async run({ context, params: { id = "" } }) {
      const invited = await invite(context, id);
      if (!invited.ok) return invited;
      const { url, expiresAt } = invited.value;
      return granted({ status: 201, body: { url, expiresAt: iso(expiresAt) } });
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/people/{id}/sessions",
    group: "People",
    summary: "Sign a person out everywhere.",
    right: "manage people",
    response: { status: 204, schema: null },
    run: async ({ context, params: { id = "" } }) => removed(await signOutEverywhere(context, id)),
  }),
];
