import { Hono } from "hono";
import * as z from "zod";
import { granted, invalid, type Outcome } from "../domain/problem.ts";
import { isEditor } from "../domain/role.ts";
import { listHeld } from "../store/articles.d1.ts";
import { auditQuery } from "../store/audit.d1.ts";
import { authorsQuery, sectionsQuery, tagsQuery } from "../store/directory.d1.ts";
import { keysQuery } from "../store/keys.d1.ts";
import { openEditor } from "../store/open.ts";
import { redirectsQuery } from "../store/redirects.d1.ts";
import { referencePage } from "../views/reference.tsx";
import * as answers from "./answers.ts";
import type { ArticleAnswer } from "./answers.ts";
import { hashOf } from "./auth.ts";
import { authors, sections, tags, type Filed } from "./commands/directory.ts";
import { importStories, type ImportItem } from "./commands/imports.ts";
import { issueKey, revoke, rotate } from "./commands/keys.ts";
import { arrangeFront, changeSettings, readFront, readPaper } from "./commands/paper.ts";
import { findRedirect, redirect, removeRedirect } from "./commands/redirects.ts";
import {
  binStory,
  createStory,
  publishStory,
  readStory,
  restoreStory,
  reviseStory,
  scheduleStory,
  withdrawStory,
} from "./commands/stories.ts";
import {
  badCursor,
  endpoint,
  mount,
  page,
  readCursor,
  writeCursor,
  type Answer,
  type EditorEnv,
  type Endpoint,
} from "./endpoint.ts";
import * as input from "./input.ts";
import { issuesOf, under, type Input } from "./input.ts";
import { openapi } from "./openapi.ts";
import { refusalResponse } from "./refusals.ts";

/** The most a bulk import may have, in bytes. */
const IMPORT_BYTES = 8 * 1024 * 1024;

/** Every call of the API. The router and the documentation are made of this list. */
export const endpoints: Endpoint[] = [
  // Articles

  endpoint({
    method: "POST",
    path: "/articles",
    group: "Articles",
    summary: "Write a story: a draft, published at once, or scheduled.",
    body: input.newArticle,
    headers: {
      "Idempotency-Key":
        "A retry with the same key and body within 24 hours gets the first answer.",
    },
    answer: { status: 201, schema: answers.savedArticle },
    async run({ desk, input: sent, sent: { text }, header }) {
      const key = header("Idempotency-Key");
      if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key)) {
        return invalid([
          { path: "Idempotency-Key", message: "Must be 1 to 255 printable ASCII characters." },
        ]);
      }
      const retry = key === undefined ? null : { key, bodyHash: await hashOf(text) };
      return saved(await createStory(desk, sent, retry), 201);
    },
  }),
  endpoint({
    method: "GET",
    path: "/articles",
    group: "Articles",
    summary: "List stories of every status, newest first by creation, without their bodies.",
    query: input.articleQuery,
    answer: { status: 200, schema: answers.list(answers.article) },
    async run({ desk, query: { cursor, limit, ...filter } }) {
      const before = readCursor(cursor);
      if (before === null) return badCursor();
      const { actor, store } = desk;
      const visibleTo =
        actor.role === "contributor" ? { author: actor.author, key: actor.id } : undefined;
      const { held, next } = await listHeld(
        store.db,
        { ...filter, visibleTo },
        { before: before || null, limit },
      );
      const items = held.map((story) => {
        const { body: _, ...summary } = answers.articleAnswer(story, store.origin);
        return summary;
      });
      return ok({ items, next: next && writeCursor(next) });
    },
  }),
  endpoint({
    method: "GET",
    path: "/articles/{id}",
    group: "Articles",
    summary: "Read one story as its editors see it.",
    answer: { status: 200, schema: answers.article },
    async run({ desk, params }) {
      const story = await readStory(desk, params.id ?? "");
      return story.ok ? ok(story.value, { ETag: answers.versionTag(story.value) }) : story;
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/articles/{id}",
    group: "Articles",
    summary:
      "Edit a story. What readers see stays as it is until it is published, here by status or by the call for it.",
    body: input.articlePatch,
    ifMatch: true,
    answer: { status: 200, schema: answers.savedArticle },
    run: async ({ desk, params, ifMatch, input: sent }) =>
      saved(await reviseStory(desk, params.id ?? "", ifMatch, sent)),
  }),
  endpoint({
    method: "DELETE",
    path: "/articles/{id}",
    group: "Articles",
    summary:
      "Put a story in the bin. Its address answers 410 if it was ever live. It can be restored for 30 days.",
    ifMatch: true,
    answer: { status: 200, schema: answers.savedArticle },
    run: async ({ desk, params, ifMatch }) => saved(await binStory(desk, params.id ?? "", ifMatch)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/publish",
    group: "Articles",
    summary: "Publish a story as it stands.",
    body: input.publication,
    bodyOptional: true,
    ifMatch: true,
    answer: { status: 200, schema: answers.savedArticle },
    async run({ desk, params, ifMatch, input: { fields, issues } }) {
      if (issues.length > 0) return invalid(issues);
      return saved(await publishStory(desk, params.id ?? "", ifMatch, fields.material));
    },
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/unpublish",
    group: "Articles",
    summary:
      "Withdraw a story: its address answers 410. A scheduled story is taken out of the schedule.",
    ifMatch: true,
    answer: { status: 200, schema: answers.savedArticle },
    run: async ({ desk, params, ifMatch }) =>
      saved(await withdrawStory(desk, params.id ?? "", ifMatch)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/schedule",
    group: "Articles",
    summary: "Set a story to be published by itself.",
    body: input.timetable,
    ifMatch: true,
    answer: { status: 200, schema: answers.savedArticle },
    run: async ({ desk, params, ifMatch, input: sent }) =>
      saved(await scheduleStory(desk, params.id ?? "", ifMatch, sent)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/restore",
    group: "Articles",
    summary: "Bring a story back from the bin, unpublished.",
    ifMatch: true,
    answer: { status: 200, schema: answers.savedArticle },
    run: async ({ desk, params, ifMatch }) =>
      saved(await restoreStory(desk, params.id ?? "", ifMatch)),
  }),

  // Imports

  endpoint({
    method: "PUT",
    path: "/imports/{source}/{key}",
    group: "Imports",
    summary: "Write a story by the importer's own key. The same import again writes nothing.",
    body: input.importedStory,
    bodyLimit: IMPORT_BYTES,
    answer: {
      status: 200,
      schema: answers.imported.shape.items.element.extend({ edge: answers.edge }),
    },
    async run({ desk, params, sent: { json } }) {
      const { source = "", key = "" } = params;
      const item = await importItem(key, json, "");
      const written = await importStories(desk, source, [item], nameIssues({ source, key }));
      if (!written.ok) return written;
      const [only] = written.value;
      return ok({ ...only, edge: "none" });
    },
  }),
  endpoint({
    method: "POST",
    path: "/imports",
    group: "Imports",
    summary: "Write up to 100 stories by the importer's own keys, all of them or none.",
    body: input.bulkImport,
    documentedBody: input.bulkImportDocument,
    bodyLimit: IMPORT_BYTES,
    answer: { status: 200, schema: answers.imported },
    async run({ desk, input: { fields, issues } }) {
      const items = await Promise.all(
        (fields.items ?? []).map((item, index) => importItem(keyOf(item), item, `items.${index}`)),
      );
      const written = await importStories(desk, fields.source ?? "", items, issues);
      return written.ok ? ok({ items: written.value, edge: "none" }) : written;
    },
  }),

  // The front page and the settings

  endpoint({
    method: "GET",
    path: "/front",
    group: "Paper",
    summary: "Read what the editors placed on the front page.",
    answer: { status: 200, schema: answers.front },
    run: async ({ desk }) => ok(await readFront(desk)),
  }),
  endpoint({
    method: "PUT",
    path: "/front",
    group: "Paper",
    summary: "Place stories on the front page: one lead, up to twelve pinned.",
    body: input.placement,
    answer: { status: 200, schema: answers.front.extend({ edge: answers.edge }) },
    run: async ({ desk, input: sent }) => changed(await arrangeFront(desk, sent)),
  }),
  endpoint({
    method: "GET",
    path: "/settings",
    group: "Paper",
    summary: "Read the settings of the paper.",
    answer: { status: 200, schema: answers.settings },
    run: async ({ desk }) => ok(await readPaper(desk)),
  }),
  endpoint({
    method: "PATCH",
    path: "/settings",
    group: "Paper",
    summary: "Change settings; those not sent stay.",
    body: input.settingsPatch,
    answer: { status: 200, schema: answers.settings.extend({ edge: answers.edge }) },
    run: async ({ desk, input: sent }) => changed(await changeSettings(desk, sent)),
  }),

  // Authors, sections, tags

  endpoint({
    method: "GET",
    path: "/authors",
    group: "Authors",
    summary: "List authors by slug.",
    query: input.listQuery,
    answer: { status: 200, schema: answers.list(answers.author) },
    run: ({ desk, query }) =>
      listBySlug(query, async (asked) => (await desk.store.db.read(authorsQuery(asked)))[0]),
  }),
  endpoint({
    method: "POST",
    path: "/authors",
    group: "Authors",
    summary: "Make an author.",
    body: input.newAuthor,
    answer: { status: 201, schema: answers.author.extend({ edge: answers.edge }) },
    run: async ({ desk, input: sent }) => filed(await authors.create(desk, sent), "/authors"),
  }),
  endpoint({
    method: "GET",
    path: "/authors/{slug}",
    group: "Authors",
    summary: "Read one author.",
    answer: { status: 200, schema: answers.author },
    run: async ({ desk, params }) => found(await authors.find(desk, params.slug ?? "")),
  }),
  endpoint({
    method: "PUT",
    path: "/authors/{slug}",
    group: "Authors",
    summary: "Make or replace an author. The same again writes nothing.",
    body: input.authorFields,
    answer: { status: 200, schema: answers.author.extend({ edge: answers.edge }) },
    run: async ({ desk, params, input: sent }) =>
      filed(
        await authors.put(desk, withName(sent, "slug", input.anySlug, params.slug)),
        "/authors",
      ),
  }),
  endpoint({
    method: "DELETE",
    path: "/authors/{slug}",
    group: "Authors",
    summary: "Delete an author whom no story names.",
    answer: { status: 204, schema: null },
    run: async ({ desk, params }) => removed(await authors.remove(desk, params.slug ?? "")),
  }),
  endpoint({
    method: "GET",
    path: "/sections",
    group: "Sections",
    summary: "List sections by slug.",
    query: input.listQuery,
    answer: { status: 200, schema: answers.list(answers.section) },
    run: ({ desk, query }) =>
      listBySlug(query, async (asked) => (await desk.store.db.read(sectionsQuery(asked)))[0]),
  }),
  endpoint({
    method: "POST",
    path: "/sections",
    group: "Sections",
    summary: "Make a section.",
    body: input.newSection,
    answer: { status: 201, schema: answers.section.extend({ edge: answers.edge }) },
    run: async ({ desk, input: sent }) => filed(await sections.create(desk, sent), "/sections"),
  }),
  endpoint({
    method: "GET",
    path: "/sections/{slug}",
    group: "Sections",
    summary: "Read one section.",
    answer: { status: 200, schema: answers.section },
    run: async ({ desk, params }) => found(await sections.find(desk, params.slug ?? "")),
  }),
  endpoint({
    method: "PUT",
    path: "/sections/{slug}",
    group: "Sections",
    summary: "Make or replace a section. The same again writes nothing.",
    body: input.sectionFields,
    answer: { status: 200, schema: answers.section.extend({ edge: answers.edge }) },
    run: async ({ desk, params, input: sent }) =>
      filed(
        await sections.put(desk, withName(sent, "slug", input.sectionName, params.slug)),
        "/sections",
      ),
  }),
  endpoint({
    method: "DELETE",
    path: "/sections/{slug}",
    group: "Sections",
    summary: "Delete a section that holds no story.",
    answer: { status: 204, schema: null },
    run: async ({ desk, params }) => removed(await sections.remove(desk, params.slug ?? "")),
  }),
  endpoint({
    method: "GET",
    path: "/tags",
    group: "Tags",
    summary: "List tags by slug, also those that no published story has.",
    query: input.listQuery,
    answer: { status: 200, schema: answers.list(answers.tag) },
    run: ({ desk, query }) =>
      listBySlug(query, async (asked) => (await desk.store.db.read(tagsQuery(asked)))[0]),
  }),
  endpoint({
    method: "POST",
    path: "/tags",
    group: "Tags",
    summary: "Make a tag before its first use, to name or describe it.",
    body: input.newTag,
    answer: { status: 201, schema: answers.tag.extend({ edge: answers.edge }) },
    run: async ({ desk, input: sent }) => filed(await tags.create(desk, sent), "/tags"),
  }),
  endpoint({
    method: "GET",
    path: "/tags/{slug}",
    group: "Tags",
    summary: "Read one tag.",
    answer: { status: 200, schema: answers.tag },
    run: async ({ desk, params }) => found(await tags.find(desk, params.slug ?? "")),
  }),
  endpoint({
    method: "PUT",
    path: "/tags/{slug}",
    group: "Tags",
    summary: "Make, name or describe a tag. The same again writes nothing.",
    body: input.tagFields,
    answer: { status: 200, schema: answers.tag.extend({ edge: answers.edge }) },
    run: async ({ desk, params, input: sent }) =>
      filed(await tags.put(desk, withName(sent, "slug", input.anySlug, params.slug)), "/tags"),
  }),
  endpoint({
    method: "DELETE",
    path: "/tags/{slug}",
    group: "Tags",
    summary: "Delete a tag that no story has.",
    answer: { status: 204, schema: null },
    run: async ({ desk, params }) => removed(await tags.remove(desk, params.slug ?? "")),
  }),

  // Redirects

  endpoint({
    method: "GET",
    path: "/redirects",
    group: "Redirects",
    summary:
      "List the editors' redirects by path. Moved stories redirect by themselves and are not in it.",
    query: input.listQuery,
    answer: { status: 200, schema: answers.list(answers.redirect) },
    async run({ desk, query: { cursor, limit } }) {
      const after = readCursor(cursor);
      if (after === null) return badCursor();
      const [rows] = await desk.store.db.read(redirectsQuery({ after, limit: limit + 1 }));
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
    answer: { status: 201, schema: answers.redirect.extend({ edge: answers.edge }) },
    run: async ({ desk, input: sent }) =>
      redirected(await redirect(desk, sent, { replace: false })),
  }),
  endpoint({
    method: "GET",
    path: "/redirects/{id}",
    group: "Redirects",
    summary: "Read one redirect.",
    answer: { status: 200, schema: answers.redirect },
    async run({ desk, params }) {
      const redirectFound = await findRedirect(desk, answers.pathOfRedirect(params.id ?? "") ?? "");
      return redirectFound.ok ? ok(answers.redirectAnswer(redirectFound.value)) : redirectFound;
    },
  }),
  endpoint({
    method: "PUT",
    path: "/redirects/{id}",
    group: "Redirects",
    summary: "Replace a redirect.",
    body: input.redirectFields.omit({ from: true }),
    answer: { status: 200, schema: answers.redirect.extend({ edge: answers.edge }) },
    async run({ desk, params, input: sent }) {
      const existing = await findRedirect(desk, answers.pathOfRedirect(params.id ?? "") ?? "");
      if (!existing.ok) return existing;
      const { from } = answers.redirectAnswer(existing.value);
      return redirected(
        await redirect(desk, withName(sent, "from", z.string(), from), { replace: true }),
      );
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/redirects/{id}",
    group: "Redirects",
    summary: "Delete a redirect.",
    answer: { status: 204, schema: null },
    run: async ({ desk, params }) =>
      removed(await removeRedirect(desk, answers.pathOfRedirect(params.id ?? "") ?? "")),
  }),

  // Keys and the record

  endpoint({
    method: "POST",
    path: "/keys",
    group: "Keys",
    summary: "Make a key. It is shown in this answer and never again.",
    body: input.newKey,
    answer: { status: 201, schema: answers.issuedKey },
    async run({ desk, input: sent }) {
      const issued = await issueKey(desk, sent);
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
    async run({ desk, query: { cursor, limit } }) {
      if (desk.actor.role !== "admin") return needs("Keys need an admin's key.");
      const after = readCursor(cursor);
      if (after === null) return badCursor();
      const [rows] = await desk.store.db.read(keysQuery({ after, limit: limit + 1 }));
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
    async run({ desk, params }) {
      const issued = await rotate(desk, params.id ?? "");
      return issued.ok ? ok(issued.value) : issued;
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/keys/{id}",
    group: "Keys",
    summary: "Revoke a key for good.",
    answer: { status: 204, schema: null },
    run: async ({ desk, params }) => removed(await revoke(desk, params.id ?? "")),
  }),
  endpoint({
    method: "GET",
    path: "/audit",
    group: "Audit",
    summary: "Who did what, newest first.",
    query: input.auditFilter,
    answer: { status: 200, schema: answers.list(answers.auditRecord) },
    async run({ desk, query: { cursor, limit, subject = null } }) {
      if (!isEditor(desk.actor)) return needs("The audit needs an editor's key.");
      const from = readCursor(cursor);
      if (from === null || !/^\d*$/.test(from)) return badCursor();
      const before = from === "" ? Number.MAX_SAFE_INTEGER : Number(from);
      const [rows] = await desk.store.db.read(auditQuery({ before, limit: limit + 1, subject }));
      const { items, next } = page(rows, limit, ({ id }) => String(id));
      return ok({ items: items.map(answers.auditAnswer), next });
    },
  }),
];

/** The editors' API, to be mounted at `/api/v1`. */
export const api = new Hono<EditorEnv>();
api.get("/openapi.json", ({ env, json }) => json(openapi(endpoints, openEditor(env).origin)));
api.get("/docs", ({ env, html }) =>
  html(referencePage(openapi(endpoints, openEditor(env).origin))),
);
mount(api, endpoints);
api.all("*", ({ req }) =>
  refusalResponse(
    { kind: "unknown", detail: `There is no ${req.path}; see /api/v1/docs.` },
    req.path,
  ),
);

function ok(body: unknown, headers: Record<string, string> = {}): Outcome<Answer> {
  return granted({ status: 200, body, headers });
}

/** A story after a write. Nothing is cached yet, so nothing at the edge changes: edge is none. */
function saved(outcome: Outcome<ArticleAnswer>, status: 200 | 201 = 200): Outcome<Answer> {
  if (!outcome.ok) return outcome;
  const headers: Record<string, string> = { ETag: answers.versionTag(outcome.value) };
  if (status === 201) headers.Location = `/api/v1/articles/${outcome.value.id}`;
  return granted({ status, body: { ...outcome.value, edge: "none" }, headers });
}

function changed(outcome: Outcome<object>): Outcome<Answer> {
  return outcome.ok ? ok({ ...outcome.value, edge: "none" }) : outcome;
}

function filed<T extends { slug: string }>(
  outcome: Outcome<Filed<T>>,
  path: string,
): Outcome<Answer> {
  if (!outcome.ok) return outcome;
  const { entry, created } = outcome.value;
  const body = { ...entry, edge: "none" };
  if (!created) return ok(body);
  return granted({ status: 201, body, headers: { Location: `/api/v1${path}/${entry.slug}` } });
}

function redirected(outcome: Awaited<ReturnType<typeof redirect>>): Outcome<Answer> {
  if (!outcome.ok) return outcome;
  const body = { ...answers.redirectAnswer(outcome.value.redirect), edge: "none" };
  if (!outcome.value.created) return ok(body);
  return granted({ status: 201, body, headers: { Location: `/api/v1/redirects/${body.id}` } });
}

function found(outcome: Outcome<unknown>): Outcome<Answer> {
  return outcome.ok ? ok(outcome.value) : outcome;
}

function removed(outcome: Outcome<null>): Outcome<Answer> {
  return outcome.ok ? granted({ status: 204 }) : outcome;
}

function needs(detail: string): Outcome<never> {
  return { ok: false, problem: { kind: "forbidden", detail } };
}

async function listBySlug<T extends { slug: string }>(
  { cursor, limit }: z.output<typeof input.listQuery>,
  read: (asked: { after: string; limit: number }) => Promise<T[]>,
): Promise<Outcome<Answer>> {
  const after = readCursor(cursor);
  if (after === null) return badCursor();
  return ok(page(await read({ after, limit: limit + 1 }), limit, ({ slug }) => slug));
}

/** Adds what the URL names to what the body says, checked like any field. */
function withName<T, Name extends string>(
  { fields, issues }: Input<T>,
  name: Name,
  schema: z.ZodType<string>,
  value: string | undefined,
): Input<T & Record<Name, string>> {
  const named = schema.safeParse(value);
  return {
    fields: { [name]: value, ...fields } as Partial<T & Record<Name, string>>,
    issues: named.success ? issues : [...under(name, issuesOf(named.error)), ...issues],
  };
}

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
