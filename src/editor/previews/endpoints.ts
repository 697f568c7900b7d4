import { granted } from "../../domain/problem.ts";
import { endpoint, ok, removed, type Endpoint } from "../endpoint.ts";
import { listPreviews, makePreview, renderUnsaved, revokePreview } from "./commands.ts";
import * as schema from "./schema.ts";

/** What a story will look like, for eyes that have no key and for texts that are not saved. */
export const previews: Endpoint[] = [
  endpoint({
    method: "POST",
    path: "/articles/{id}/previews",
    group: "Previews",
    summary:
      "Make a link that shows one revision as readers will see it, without a key: for a day, or up to 30.",
    right: "show a preview",
    body: schema.newPreview,
    bodyOptional: true,
    response: { status: 201, schema: schema.madePreview },
    async run({ context, target, input }) {
      const made = await makePreview(context, target.id, input);
      if (!made.ok) return made;
      const { link, token } = made.value;
      const url = `${context.store.origin}/preview/${token}`;
      return granted({ status: 201, body: { ...schema.linkResponse(link), url } });
    },
  }),
  endpoint({
    method: "GET",
    path: "/articles/{id}/previews",
    group: "Previews",
    summary: "List the links to a story's previews that still lead there, newest first.",
    right: "see what is planned",
    response: { status: 200, schema: schema.listedPreviews },
    async run({ context, target }) {
      const links = await listPreviews(context, target.id);
      return links.ok ? ok({ items: links.value.map(schema.listedResponse) }) : links;
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/articles/{id}/previews/{preview}",
    group: "Previews",
    summary: "Revoke a link: from the next request on it leads nowhere.",
    right: "show a preview",
    response: { status: 204, schema: null },
    run: async ({ context, target, params: { preview = "" } }) =>
      removed(await revokePreview(context, target.id, preview)),
  }),
  endpoint({
    method: "POST",
    path: "/preview",
    group: "Previews",
    summary:
      "See an unsaved text as readers would see it, as a page. Nothing of it is kept. Its pictures are there for an hour.",
    right: "write a story",
    alsoNeeds: { right: "revise a story", when: "Of a story that is there" },
    query: schema.unsavedQuery,
    body: schema.unsavedText,
    response: { status: 200, schema: schema.rendered, also: "text/html" },
    async run({ context, input, query: { format } }) {
      const rendered = await renderUnsaved(context, input);
      if (!rendered.ok) return rendered;
      if (format === "json") return ok(rendered.value);
      const file = { body: rendered.value.html, type: "text/html; charset=utf-8" };
      return granted({ status: 200, file, headers: { "X-Robots-Tag": "noindex" } });
    },
  }),
];
