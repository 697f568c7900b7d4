import type * as z from "zod/mini";
import type { Entries } from "../../domain/directory.ts";
import type { Nameable } from "../../domain/lists.ts";
import { granted, type Outcome } from "../../domain/problem.ts";
import { may } from "../../domain/role.ts";
import { entriesQuery } from "../../store/directory.d1.ts";
import type { Acted } from "../act.ts";
import { list, withEdge } from "../response-fields.ts";
import type { CommandContext } from "../context.ts";
import {
  changed,
  endpoint,
  ok,
  removed,
  withName,
  type ApiResponse,
  type Endpoint,
} from "../endpoint.ts";
import { listQuery, slug } from "../fields.ts";
import type { Input } from "../input.ts";
import { badCursor, page, readCursor } from "../paging.ts";
import { fileEntry, findEntry, removeEntry, type Filed } from "./commands.ts";
import { mergeEntries } from "./merging.ts";
import * as schema from "./schema.ts";

/** Authors, sections and tags: three kinds of entry with the same six calls each, of which two can be merged. */
export const directory: Endpoint[] = [
  ...callsOf({
    kind: "author",
    path: "/authors",
    group: "Authors",
    one: "an author",
    response: schema.author,
    born: schema.newAuthor,
    fields: schema.authorFields,
    patch: schema.authorPatch,
  }),
  mergerOf({ kind: "author", path: "/authors", group: "Authors", response: schema.author }),
  ...callsOf({
    kind: "section",
    path: "/sections",
    group: "Sections",
    one: "a section",
    response: schema.section,
    born: schema.newSection,
    fields: schema.sectionFields,
    patch: schema.sectionPatch,
  }),
  ...callsOf({
    kind: "tag",
    path: "/tags",
    group: "Tags",
    one: "a tag",
    response: schema.tag,
    born: schema.newTag,
    fields: schema.tagFields,
    patch: schema.tagPatch,
  }),
  mergerOf({ kind: "tag", path: "/tags", group: "Tags", response: schema.tag }),
];

/** What the calls of one kind of entry are made of. */
interface Calls<Kind extends Nameable> {
  kind: Kind;
  path: string;
  group: string;
  /** The kind with its article, for summaries. */
  one: string;
  response: z.ZodMiniObject;
  born: z.ZodMiniObject;
  /** The same with the slug as the URL says it, or without. */
  fields: z.ZodMiniObject;
  /** The same with whatever of them changes. */
  patch: z.ZodMiniObject;
}

function callsOf<Kind extends Nameable>(calls: Calls<Kind>): Endpoint[] {
  const { kind, path, group, one, response } = calls;
  const written = withEdge(response);
  const write = async (
    context: CommandContext,
    how: "put" | "patch",
    named: string | undefined,
    sent: Input<object>,
  ) => {
    // What says its slug is sent back as it was received, or renamed.
    const fields = withName(withoutEdge(sent), "slug", slug, named) as Input<Entries[Kind]>;
    return filed(await fileEntry(context, kind, { how, named: named ?? "" }, fields), path);
  };
  return [
    endpoint({
      method: "GET",
      path,
      group,
      summary: `List ${group.toLowerCase()} by slug.`,
      right: "see the newsroom",
      query: listQuery,
      response: { status: 200, schema: list(response) },
      async run({ context, query: { cursor, limit } }) {
        const after = readCursor(cursor);
        if (after === null) return badCursor();
        const range = { after, limit: limit + 1 };
        const hidden = !may(context.actor, "see what is planned");
        const [rows] = await context.store.db.read(entriesQuery(kind, range, hidden));
        return ok(page(rows, limit, ({ slug }) => slug));
      },
    }),
    endpoint({
      method: "POST",
      path,
      group,
      summary: `Make ${one}.`,
      right: "change what stories are filed under",
      body: calls.born,
      response: { status: 201, schema: written },
      run: async ({ context, input: sent }) =>
        filed(
          await fileEntry(context, kind, { how: "create" }, sent as Input<Entries[Kind]>),
          path,
        ),
    }),
    endpoint({
      method: "GET",
      path: `${path}/{slug}`,
      group,
      summary: `Read ${one}.`,
      right: "see the newsroom",
      response: { status: 200, schema: response },
      async run({ context, params }) {
        const found = await findEntry(context, kind, params.slug ?? "");
        return found.ok ? ok(found.value) : found;
      },
    }),
    endpoint({
      method: "PUT",
      path: `${path}/{slug}`,
      group,
      summary: `Make or replace ${one}; another slug in the body renames it. The same again writes nothing.`,
      right: "change what stories are filed under",
      body: calls.fields,
      response: { status: 200, schema: written },
      makes: true,
      run: ({ context, params, input: sent }) => write(context, "put", params.slug, sent),
    }),
    endpoint({
      method: "PATCH",
      path: `${path}/{slug}`,
      group,
      summary: `Change ${one}; what is not sent stays. Another slug renames it, and its former addresses lead to the present one.`,
      right: "change what stories are filed under",
      body: calls.patch,
      response: { status: 200, schema: written },
      run: ({ context, params, input: sent }) => write(context, "patch", params.slug, sent),
    }),
    endpoint({
      method: "DELETE",
      path: `${path}/{slug}`,
      group,
      summary: `Delete ${one} that nothing uses.`,
      right: "change what stories are filed under",
      response: { status: 204, schema: null },
      run: async ({ context, params }) =>
        removed(await removeEntry(context, kind, params.slug ?? "")),
    }),
  ];
}

/** The call that files everything of one entry under another. */
function mergerOf({
  kind,
  path,
  group,
  response,
}: Pick<Calls<"author" | "tag">, "kind" | "path" | "group" | "response">): Endpoint {
  return endpoint({
    method: "POST",
    path: `${path}/{slug}/merge`,
    group,
    summary: `Merge the ${kind} into another: every story, draft and former revision that names the first names the second, once; the first is deleted, and its addresses lead to the second's.`,
    right: "change what stories are filed under",
    body: schema.merger,
    response: { status: 200, schema: withEdge(response) },
    run: async ({ context, params, input: sent }) =>
      changed(await mergeEntries(context, kind, params["slug"] ?? "", sent)),
  });
}

/** An entry that is sent back as it was received says what became of an earlier call, too. */
function withoutEdge<T extends object>({
  fields,
  issues,
}: Input<T & { edge?: unknown }>): Input<T> {
  const { edge: _, ...others } = fields;
  return { fields: others as Partial<T>, issues };
}

function filed<T extends { slug: string }>(
  acted: Acted<Filed<T>>,
  path: string,
): Outcome<ApiResponse> {
  if (!acted.ok) return acted;
  const { entry, created } = acted.value;
  const body = { ...entry, edge: acted.edge };
  if (!created) return ok(body);
  return granted({ status: 201, body, headers: { Location: `/api/v1${path}/${entry.slug}` } });
}
