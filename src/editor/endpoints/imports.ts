import * as z from "zod/mini";
import * as answers from "../answers.ts";
import { hashOf } from "../auth.ts";
import { importStories, type ImportItem } from "../commands/imports.ts";
import { endpoint, ok, type Endpoint } from "../endpoint.ts";
import * as input from "../input.ts";
import { issuesOf } from "../input.ts";

/** The most an import may have, in bytes. */
const IMPORT_BYTES = 8 * 1024 * 1024;

/** Stories by an importer's own keys. */
export const imports: Endpoint[] = [
  endpoint({
    method: "PUT",
    path: "/imports/{source}/{key}",
    group: "Imports",
    summary: "Write a story by the importer's own key. The same import again writes nothing.",
    query: input.importManner,
    body: input.importedStory,
    bodyLimit: IMPORT_BYTES,
    answer: { status: 200, schema: answers.withEdge(answers.importedStory) },
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
    summary: "Write up to 100 stories by the importer's own keys, all of them or none.",
    query: input.importManner,
    body: input.bulkImport,
    documentedBody: input.bulkImportDocument,
    bodyLimit: IMPORT_BYTES,
    answer: { status: 200, schema: answers.importedStories },
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
  const schema = at === "" ? input.importedStory : input.importedItem;
  const checked = input.readInput<typeof input.importedItem.shape>(
    schema as typeof input.importedItem,
    json,
  );
  const { key: _, ...fields } = checked.fields;
  return { key, hash: await hashOf(JSON.stringify(fields)), input: { ...checked, fields }, at };
}

function keyOf(item: unknown): string {
  const key = typeof item === "object" && item !== null && "key" in item ? item.key : undefined;
  return typeof key === "string" ? key : "";
}

function nameIssues({ source, key }: { source: string; key: string }) {
  const named = z
    .object({ source: input.importSource, key: input.importedItem.shape.key })
    .safeParse({ source, key });
  return named.success ? [] : issuesOf(named.error);
}
