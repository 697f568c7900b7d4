import { granted, invalid, type Outcome } from "../../domain/problem.ts";
import { listStories } from "../../store/articles.d1.ts";
import type { Acted } from "../act.ts";
import * as answers from "../answers.ts";
import type { ArticleAnswer } from "../answers.ts";
import { hashOf } from "../auth.ts";
import {
  answerTo,
  binStory,
  createStory,
  publishStory,
  readStory,
  restoreStory,
  reviseStory,
  scheduleStory,
  withdrawStory,
} from "../commands/stories.ts";
import {
  badCursor,
  endpoint,
  ok,
  readCursor,
  writeCursor,
  type Answer,
  type Endpoint,
} from "../endpoint.ts";
import * as input from "../input.ts";

/** Stories, from draft to bin. */
export const articles: Endpoint[] = [
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
    async run({ context, input: sent, sent: { text }, header }) {
      const key = header("Idempotency-Key");
      if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key)) {
        return invalid([
          { path: "Idempotency-Key", message: "Must be 1 to 255 printable ASCII characters." },
        ]);
      }
      const retry = key === undefined ? null : { key, bodyHash: await hashOf(text) };
      return saved(await createStory(context, sent, retry), 201);
    },
  }),
  endpoint({
    method: "GET",
    path: "/articles",
    group: "Articles",
    summary: "List stories of every status, newest first by creation, without their bodies.",
    query: input.articleQuery,
    answer: { status: 200, schema: answers.list(answers.article) },
    async run({ context, query: { cursor, limit, ...filter } }) {
      const before = readCursor(cursor);
      if (before === null) return badCursor();
      const { actor, store } = context;
      const visibleTo =
        actor.role === "contributor" ? { author: actor.author, key: actor.id } : undefined;
      const { stories, next } = await listStories(
        store.db,
        { ...filter, visibleTo },
        { before: before || null, limit },
      );
      const items = stories.map((story) => {
        const { body: _, ...summary } = answerTo(actor, story, store.origin);
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
    async run({ context, params }) {
      const story = await readStory(context, params.id ?? "");
      return story.ok ? ok(story.value, { ETag: answers.versionTag(story.value) }) : story;
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/articles/{id}",
    group: "Articles",
    summary:
      "Edit a story. What readers see stays as it is until it is published, here by status or by the call for it. A story may be sent whole: what is as it was answered is passed over.",
    body: input.articlePatch,
    documentedBody: input.articlePatchDocument,
    ifMatch: true,
    answer: { status: 200, schema: answers.savedArticle },
    run: async ({ context, params, ifMatch, sent: { json } }) =>
      saved(await reviseStory(context, { id: params.id ?? "", ifMatch }, json)),
  }),
  endpoint({
    method: "DELETE",
    path: "/articles/{id}",
    group: "Articles",
    summary:
      "Put a story in the bin. Its address answers 410 if it was ever live. It can be restored for 30 days.",
    ifMatch: true,
    answer: { status: 200, schema: answers.savedArticle },
    run: async ({ context, params, ifMatch }) =>
      saved(await binStory(context, { id: params.id ?? "", ifMatch })),
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
    async run({ context, params, ifMatch, input: { fields, issues } }) {
      if (issues.length > 0) return invalid(issues);
      return saved(await publishStory(context, { id: params.id ?? "", ifMatch }, fields.material));
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
    run: async ({ context, params, ifMatch }) =>
      saved(await withdrawStory(context, { id: params.id ?? "", ifMatch })),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/schedule",
    group: "Articles",
    summary: "Set a story to be published by itself.",
    body: input.timetable,
    ifMatch: true,
    answer: { status: 200, schema: answers.savedArticle },
    run: async ({ context, params, ifMatch, input: sent }) =>
      saved(await scheduleStory(context, { id: params.id ?? "", ifMatch }, sent)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/restore",
    group: "Articles",
    summary: "Bring a story back from the bin, unpublished.",
    ifMatch: true,
    answer: { status: 200, schema: answers.savedArticle },
    run: async ({ context, params, ifMatch }) =>
      saved(await restoreStory(context, { id: params.id ?? "", ifMatch })),
  }),
];

/** A story after a write, and what became of it at the edge. */
function saved(acted: Acted<ArticleAnswer>, status: 200 | 201 = 200): Outcome<Answer> {
  if (!acted.ok) return acted;
  const { value, edge } = acted;
  const headers: Record<string, string> = { ETag: answers.versionTag(value) };
  if (status === 201) headers.Location = `/api/v1/articles/${value.id}`;
  return granted({ status, body: { ...value, edge }, headers });
}
