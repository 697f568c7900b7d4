import { granted } from "../../domain/problem.ts";
import { differencePage } from "../../views/difference.tsx";
import { savedArticle } from "../articles/response.ts";
import { saved } from "../articles/saved.ts";
import { endpoint, ok, type Endpoint } from "../endpoint.ts";
import { listQuery } from "../fields.ts";
import { badCursor, page, readNumberCursor } from "../paging.ts";
import { list } from "../response-fields.ts";
import {
  compareRevisions,
  discardDraft,
  listRevisions,
  readRevision,
  restoreRevision,
} from "./commands.ts";
import * as schema from "./schema.ts";

/** The history of a story. */
export const revisions: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/articles/{id}/revisions",
    group: "Revisions",
    summary:
      "List what was saved of a story, newest first: who, when, why, how many words. Quick saves by one hand are one revision.",
    right: "see what is planned",
    query: listQuery,
    response: { status: 200, schema: list(schema.savedRevision) },
    async run({ context, target, query: { cursor, limit } }) {
      const from = readNumberCursor(cursor);
      if (from === null) return badCursor();
      const before = from.at ?? Number.MAX_SAFE_INTEGER;
      const found = await listRevisions(context, target.id, { before, limit: limit + 1 });
      if (!found.ok) return found;
      const { saves, story } = found.value;
      const { items, next } = page(saves, limit, ({ n }) => String(n));
      return ok({ items: items.map((save) => schema.savedResponse(save, story.article)), next });
    },
  }),
  endpoint({
    method: "GET",
    path: "/articles/{id}/revisions/{revision}",
    group: "Revisions",
    summary:
      "Read one revision, by its number or by what it is to the story: head, published, scheduled or submitted.",
    right: "see what is planned",
    response: { status: 200, schema: schema.wholeRevision },
    async run({ context, target, params: { revision = "" } }) {
      const found = await readRevision(context, target.id, revision);
      return found.ok ? ok(found.value) : found;
    },
  }),
  endpoint({
    method: "GET",
    path: "/articles/{id}/revisions/{range}/diff",
    group: "Revisions",
    summary: "Compare two revisions, like 3..7 or published..head: by field, and texts by words.",
    right: "see what is planned",
    query: schema.differenceQuery,
    response: { status: 200, schema: schema.difference, also: "text/html" },
    async run({ context, target, params: { range = "" }, query: { format } }) {
      const found = await compareRevisions(context, target.id, range);
      if (!found.ok) return found;
      if (format === "json") return ok(found.value);
      const file = { body: differencePage(found.value), type: "text/html; charset=utf-8" };
      return granted({ status: 200, file });
    },
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/revisions/{revision}/restore",
    group: "Revisions",
    summary:
      "Make an earlier revision, by its number, the head again: as a new revision. Readers see nothing of it until it is published.",
    right: "revise a story",
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target, params: { revision = "" } }) =>
      saved(await restoreRevision(context, target, revision)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/discard",
    group: "Revisions",
    summary: "Go back from the draft of a live story to what readers see.",
    right: "revise a story",
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target }) => saved(await discardDraft(context, target)),
  }),
];
