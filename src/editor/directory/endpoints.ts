import type * as z from "zod/mini";
import { granted, type Outcome } from "../../domain/problem.ts";
import { may } from "../../domain/role.ts";
import type { Read } from "../../store/batch.d1.ts";
import { authorsQuery, sectionsQuery, tagsQuery, type SlugPage } from "../../store/directory.d1.ts";
import type { Acted } from "../act.ts";
import { list, withEdge } from "../answers.ts";
import { endpoint, ok, removed, withName, type Answer, type Endpoint } from "../endpoint.ts";
import { listQuery, slug } from "../fields.ts";
import type { Input } from "../input.ts";
import { badCursor, page, readCursor } from "../paging.ts";
import { authors, sections, tags, type Filed, type Verbs } from "./commands.ts";
import * as schema from "./schema.ts";

/** Authors, sections and tags: three kinds of entry with the same six calls each. */
export const directory: Endpoint[] = [
  ...callsOf({
    path: "/authors",
    group: "Authors",
    one: "an author",
    verbs: authors,
    query: authorsQuery,
    answer: schema.author,
    born: schema.newAuthor,
    fields: schema.authorFields,
    patch: schema.authorPatch,
  }),
  ...callsOf({
    path: "/sections",
    group: "Sections",
    one: "a section",
    verbs: sections,
    query: sectionsQuery,
    answer: schema.section,
    born: schema.newSection,
    fields: schema.sectionFields,
    patch: schema.sectionPatch,
  }),
  ...callsOf({
    path: "/tags",
    group: "Tags",
    one: "a tag",
    verbs: tags,
    query: tagsQuery,
    answer: schema.tag,
    born: schema.newTag,
    fields: schema.tagFields,
    patch: schema.tagPatch,
  }),
];

/** What the calls of one kind of entry are made of. */
interface Kind<T extends { slug: string }> {
  path: string;
  group: string;
  /** The kind with its article, for summaries. */
  one: string;
  verbs: Verbs<T>;
  /** `publishedOnly`: nothing that only an unpublished story has. */
  query(asked: SlugPage, publishedOnly: boolean): Read<T>;
  answer: z.ZodMiniObject;
  born: z.ZodMiniObject;
  /** The same with the slug as the URL says it, or without. */
  fields: z.ZodMiniObject;
  /** The same with whatever of them changes. */
  patch: z.ZodMiniObject;
}

function callsOf<T extends { slug: string }>(kind: Kind<T>): Endpoint[] {
  const { path, group, one, verbs, answer } = kind;
  const changed = withEdge(answer);
  return [
    endpoint({
      method: "GET",
      path,
      group,
      summary: `List ${group.toLowerCase()} by slug.`,
      right: "see the newsroom",
      query: listQuery,
      answer: { status: 200, schema: list(answer) },
      async run({ context, query: { cursor, limit } }) {
        const after = readCursor(cursor);
        if (after === null) return badCursor();
        const asked = { after, limit: limit + 1 };
        const hidden = !may(context.actor, "see what is planned");
        const [rows] = await context.store.db.read(kind.query(asked, hidden));
        return ok(page(rows, limit, ({ slug }) => slug));
      },
    }),
    endpoint({
      method: "POST",
      path,
      group,
      summary: `Make ${one}.`,
      right: "change what stories are filed under",
      body: kind.born,
      answer: { status: 201, schema: changed },
      run: async ({ context, input: sent }) =>
        filed(await verbs.create(context, sent as Input<T>), path),
    }),
    endpoint({
      method: "GET",
      path: `${path}/{slug}`,
      group,
      summary: `Read ${one}.`,
      right: "see the newsroom",
      answer: { status: 200, schema: answer },
      async run({ context, params }) {
        const found = await verbs.find(context, params.slug ?? "");
        return found.ok ? ok(found.value) : found;
      },
    }),
    endpoint({
      method: "PUT",
      path: `${path}/{slug}`,
      group,
      summary: `Make or replace ${one}. The same again writes nothing.`,
      right: "change what stories are filed under",
      body: kind.fields,
      answer: { status: 200, schema: changed },
      makes: true,
      async run({ context, params, input: sent }) {
        const named = withName(withoutSlug(sent, params.slug), "slug", slug, params.slug);
        return filed(await verbs.put(context, named as Input<T>), path);
      },
    }),
    endpoint({
      method: "PATCH",
      path: `${path}/{slug}`,
      group,
      summary: `Change ${one}; what is not sent stays.`,
      right: "change what stories are filed under",
      body: kind.patch,
      answer: { status: 200, schema: changed },
      async run({ context, params: { slug = "" }, input: sent }) {
        return filed(await verbs.patch(context, slug, withoutSlug(sent, slug) as Input<T>), path);
      },
    }),
    endpoint({
      method: "DELETE",
      path: `${path}/{slug}`,
      group,
      summary: `Delete ${one} that nothing uses.`,
      right: "change what stories are filed under",
      answer: { status: 204, schema: null },
      run: async ({ context, params }) => removed(await verbs.remove(context, params.slug ?? "")),
    }),
  ];
}

/** An entry that is sent back as it was answered says its slug, too, and what became of an earlier call. */
function withoutSlug<T extends object>(
  { fields, issues }: Input<T & { slug?: unknown; edge?: unknown }>,
  slug: string | undefined,
): Input<T> {
  const { slug: sent = slug, edge: _, ...others } = fields;
  const message = `Is read-only, and "${slug}" here: an entry keeps its slug.`;
  return {
    fields: others as Partial<T>,
    issues: [...(sent === slug ? [] : [{ path: "slug", message }]), ...issues],
  };
}

function filed<T extends { slug: string }>(acted: Acted<Filed<T>>, path: string): Outcome<Answer> {
  if (!acted.ok) return acted;
  const { entry, created } = acted.value;
  const body = { ...entry, edge: acted.edge };
  if (!created) return ok(body);
  return granted({ status: 201, body, headers: { Location: `/api/v1${path}/${entry.slug}` } });
}
