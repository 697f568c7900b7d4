import * as z from "zod/mini";
import { withEdge } from "../response-fields.ts";
import { isObject } from "../../domain/same.ts";
import { hashOf } from "../auth.ts";
import { endpoint, ok, type Endpoint } from "../endpoint.ts";
import { issuesOf, readInput } from "../input.ts";
import { importStories, type ImportItem } from "./commands.ts";
import * as schema from "./schema.ts";

/** The most an import may have, in bytes. */
const IMPORT_BYTES = 8 * 1024 * 1024;

/** Stories, and pages that are none, by an importer's own keys. */
export const imports: Endpoint[] = [
  endpoint({
    method: "PUT",
    path: "/imports/{source}/{key}",
    group: "Imports",
    summary:
      "Write a story, or a page, by the importer's own key. The same import again writes nothing.",
    right: "import stories",
    query: schema.importManner,
    body: schema.importedStory,
    documentedBody: schema.importedDocument,
    bodyLimit: IMPORT_BYTES,
    response: { status: 200, schema: withEdge(schema.importedResponse) },
    async run({ context, params, query: { check }, sent: { json } }) {
      const { source = "", key = "" } = params;
      const item = await importItem(key, json, "");
      const sent = nameIssues({ source, key });
      const written = await importStories(context, source, [item], { sent, check });
      if (!written.ok) return written;
      const [only] = written.value;
      return ok({ ...only, edge: written.edge });
    },
  }),
  endpoint({
    method: "POST",
    path: "/imports",
    group: "Imports",
    summary: "Write up to 100 stories and pages by the importer's own keys, all of them or none.",
    right: "import stories",
    query: schema.importManner,
    body: schema.bulkImport,
    documentedBody: schema.bulkImportDocument,
    bodyLimit: IMPORT_BYTES,
    response: { status: 200, schema: schema.importedResponses },
    async run({ context, query: { check }, input: { fields, issues: sent } }) {
      const items = await Promise.all(
        (fields.items ?? []).map((item, index) => importItem(keyOf(item), item, `items.${index}`)),
      );
      const written = await importStories(context, fields.source ?? "", items, { sent, check });
      return written.ok ? ok({ items: written.value, edge: written.edge }) : written;
    },
  }),
];

async function importItem(key: string, json: unknown, at: string): Promise<ImportItem> {
  const form = isObject(json) && json["form"] === "page" ? "page" : "story";
  const [alone, listed] =
    form === "page"
      ? [schema.importedPage, schema.importedPageItem]
      : [schema.importedStory, schema.importedItem];
  const checked = readInput<typeof schema.importedItem.shape>(
    (at === "" ? alone : listed) as typeof schema.importedItem,
    json,
  );
  const { key: _, form: __, ...fields } = checked.fields;
  const said = form === "page" ? { form, ...fields } : fields;
  const hash = await hashOf(JSON.stringify(said));
  return { key, form, hash, input: { ...checked, fields }, at };
}

function keyOf(item: unknown): string {
  const key = typeof item === "object" && item !== null && "key" in item ? item.key : undefined;
  return typeof key === "string" ? key : "";
}

function nameIssues({ source, key }: { source: string; key: string }) {
  const named = z
    .object({ source: schema.importSource, key: schema.importedItem.shape.key })
    .safeParse({ source, key });
  return named.success ? [] : issuesOf(named.error);
}
