import * as z from "zod/mini";
import { granted, type Outcome } from "../../domain/problem.ts";
import { redirectsQuery, type Redirect } from "../../store/redirects.d1.ts";
import type { Acted } from "../act.ts";
import * as answers from "../answers.ts";
import {
  findRedirect,
  makeRedirect,
  removeRedirect,
  replaceRedirect,
} from "../commands/redirects.ts";
import {
  badCursor,
  endpoint,
  ok,
  page,
  readCursor,
  removed,
  withName,
  type Answer,
  type Endpoint,
} from "../endpoint.ts";
import * as input from "../input.ts";

/** Paths that lead elsewhere, or nowhere any more. */
export const redirects: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/redirects",
    group: "Redirects",
    summary:
      "List the editors' redirects by path. Moved stories redirect by themselves and are not in it.",
    query: input.listQuery,
    answer: { status: 200, schema: answers.list(answers.redirect) },
    async run({ context, query: { cursor, limit } }) {
      const after = readCursor(cursor);
      if (after === null) return badCursor();
      const [rows] = await context.store.db.read(redirectsQuery({ after, limit: limit + 1 }));
      const { items, next } = page(rows, limit, ({ path }) => path);
      return ok({ items: items.map(answers.redirectAnswer), next });
    },
  }),
  endpoint({
    method: "POST",
    path: "/redirects",
    group: "Redirects",
    summary: "Send a path, or everything below it, elsewhere (301); or declare it gone (410).",
    body: input.redirectFields,
    answer: { status: 201, schema: answers.withEdge(answers.redirect) },
    run: async ({ context, input: sent }) => redirected(await makeRedirect(context, sent), 201),
  }),
  endpoint({
    method: "GET",
    path: "/redirects/{id}",
    group: "Redirects",
    summary: "Read one redirect.",
    answer: { status: 200, schema: answers.redirect },
    async run({ context, params }) {
      const redirectFound = await findRedirect(
        context,
        answers.pathOfRedirect(params.id ?? "") ?? "",
      );
      return redirectFound.ok ? ok(answers.redirectAnswer(redirectFound.value)) : redirectFound;
    },
  }),
  endpoint({
    method: "PUT",
    path: "/redirects/{id}",
    group: "Redirects",
    summary: "Replace a redirect.",
    body: z.omit(input.redirectFields, { from: true }),
    answer: { status: 200, schema: answers.withEdge(answers.redirect) },
    async run({ context, params, input: sent }) {
      const path = answers.pathOfRedirect(params.id ?? "") ?? "";
      const existing = await findRedirect(context, path);
      if (!existing.ok) return existing;
      const { from } = answers.redirectAnswer(existing.value);
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
    answer: { status: 204, schema: null },
    run: async ({ context, params }) =>
      removed(await removeRedirect(context, answers.pathOfRedirect(params.id ?? "") ?? "")),
  }),
];

function redirected(acted: Acted<Redirect>, status: 200 | 201 = 200): Outcome<Answer> {
  if (!acted.ok) return acted;
  const body = { ...answers.redirectAnswer(acted.value), edge: acted.edge };
  const headers = status === 201 ? { Location: `/api/v1/redirects/${body.id}` } : {};
  return granted({ status, body, headers });
}
