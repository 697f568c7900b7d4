import { granted } from "../../domain/problem.ts";
import { endpoint, ok, type Endpoint } from "../endpoint.ts";
import { listQuery } from "../fields.ts";
import { badCursor, page, readCursor } from "../paging.ts";
import { list } from "../response-fields.ts";
import { addNote, readThread } from "./commands.ts";
import * as schema from "./schema.ts";

/** The thread of notes on a story. */
export const notes: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/articles/{id}/notes",
    group: "Notes",
    summary: "Read the notes on a story, newest first, those of its review among them.",
    right: "see what is planned",
    query: listQuery,
    response: { status: 200, schema: list(schema.note) },
    async run({ context, target, query: { cursor, limit } }) {
      const before = readCursor(cursor);
      if (before === null) return badCursor();
      const range = { before: before || "~", limit: limit + 1 };
      const thread = await readThread(context, target.id, range);
      if (!thread.ok) return thread;
      const { items, next } = page(thread.value, limit, ({ born }) => born);
      return ok({ items: items.map(schema.noteResponse), next });
    },
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/notes",
    group: "Notes",
    summary: "Add a note to a story, for the newsroom alone.",
    right: "write a note",
    body: schema.newNote,
    response: { status: 201, schema: schema.note },
    async run({ context, target, input }) {
      const added = await addNote(context, target.id, input);
      if (!added.ok) return added;
      return granted({ status: 201, body: schema.noteResponse(added.value) });
    },
  }),
];
