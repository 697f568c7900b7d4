import { endpoint, ok, type Endpoint } from "../endpoint.ts";
import { badCursor, readCursor, writeCursor } from "../paging.ts";
import {
  binStory,
  createStory,
  publishStory,
  readStory,
  restoreStory,
  reviseStory,
  scheduleStory,
  withdrawStory,
} from "./commands.ts";
import { correctStory } from "./corrections.ts";
import { summaryFor } from "./found.ts";
import { listed } from "./listing.ts";
import { removeStory } from "./removal.ts";
import { article, articleList, edgeOfStory, savedArticle } from "./response.ts";
import { saved, tagOf } from "./saved.ts";
import * as schema from "./schema.ts";
import { lookAtEdge } from "./seen.ts";

/** Stories, from draft to bin. */
export const articles: Endpoint[] = [
  endpoint({
    method: "POST",
    path: "/articles",
    group: "Articles",
    summary: "Write a story: a draft, published at once, or scheduled.",
    right: "write a story",
    alsoNeeds: { right: "publish a story", when: "With another status than draft" },
    body: schema.newArticle,
    response: { status: 201, schema: savedArticle },
    run: async ({ context, input }) =>
      saved(await createStory(context, input), { made: context.form }),
  }),
  endpoint({
    method: "GET",
    path: "/articles",
    group: "Articles",
    summary: "List stories of every status, newest first by creation, without their bodies.",
    right: "see the newsroom",
    query: schema.articleQuery,
    response: { status: 200, schema: articleList },
    async run({ context, query: { cursor, limit, ...filter } }) {
      const before = readCursor(cursor);
      if (before === null) return badCursor();
      const { actor, store, form } = context;
      const asked = { ...filter, form };
      const { stories, next } = await listed(context, asked, { before: before || null, limit });
      const items = stories.map((story) => summaryFor(actor, story, store.origin));
      return ok({ items, next: next && writeCursor(next) });
    },
  }),
  endpoint({
    method: "GET",
    path: "/articles/{id}",
    group: "Articles",
    summary: "Read one story as its editors see it.",
    right: "see the newsroom",
    response: { status: 200, schema: article },
    async run({ context, target }) {
      const story = await readStory(context, target.id);
      return story.ok ? ok(story.value, tagOf(story.value)) : story;
    },
  }),
  endpoint({
    method: "GET",
    path: "/articles/{id}/edge",
    group: "Articles",
    summary: "Look whether readers see what became of a story last.",
    right: "see the newsroom",
    response: { status: 200, schema: edgeOfStory },
    async run({ context, target }) {
      const edge = await lookAtEdge(context, target.id);
      return edge.ok ? ok({ edge: edge.value }) : edge;
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/articles/{id}",
    group: "Articles",
    summary:
      "Edit a story. What readers see stays as it is until it is published, here by status or by the call for it. A story may be sent whole: what is as it was received is passed over.",
    right: "revise a story",
    alsoNeeds: { right: "publish a story", when: "With status published" },
    body: schema.articlePatch,
    documentedBody: schema.articlePatchDocument,
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target, sent: { json } }) =>
      saved(await reviseStory(context, target, json)),
  }),
  endpoint({
    method: "DELETE",
    path: "/articles/{id}",
    group: "Articles",
    summary:
      "Put a story in the bin. Its address returns 410 if it was ever live. It can be restored for 30 days.",
    right: "revise a story",
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target }) => saved(await binStory(context, target)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/publish",
    group: "Articles",
    summary: "Publish a story as it stands.",
    right: "publish a story",
    body: schema.publication,
    bodyOptional: true,
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target, input }) => saved(await publishStory(context, target, input)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/unpublish",
    group: "Articles",
    summary:
      "Withdraw a story: its address returns 410. A scheduled story is taken out of the schedule.",
    right: "publish a story",
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target }) => saved(await withdrawStory(context, target)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/schedule",
    group: "Articles",
    summary: "Set a story to be published by itself.",
    right: "publish a story",
    body: schema.timetable,
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target, input }) => saved(await scheduleStory(context, target, input)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/corrections",
    group: "Articles",
    summary:
      "Add a correction, dated now. Readers of a live story see it at once, and nothing else that is not published yet; what is scheduled and what is being edited have it, too.",
    right: "revise a story",
    alsoNeeds: { right: "publish a story", when: "Of a live or scheduled story" },
    body: schema.correctionFields,
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target, input }) => saved(await correctStory(context, target, input)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/restore",
    group: "Articles",
    summary: "Bring a story back from the bin, unpublished.",
    right: "revise a story",
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target }) => saved(await restoreStory(context, target)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/remove",
    group: "Articles",
    summary:
      "Remove a story because the law says so: 410 for good at every address that it had, its pictures taken down unless others show them. It goes to the bin; the reason stands in the audit.",
    right: "remove a story for legal reasons",
    body: schema.removal,
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target, input }) => saved(await removeStory(context, target, input)),
  }),
];
