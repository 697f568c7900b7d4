import { savedArticle } from "../articles/response.ts";
import { saved } from "../articles/saved.ts";
import { endpoint, type Endpoint } from "../endpoint.ts";
import { assignStory, returnStory, submitStory } from "./commands.ts";
import * as schema from "./schema.ts";

/** A story's way through review. */
export const review: Endpoint[] = [
  endpoint({
    method: "POST",
    path: "/articles/{id}/submit",
    group: "Review",
    summary:
      "Hand a story in for review, as it stands. It is approved by being published or scheduled; an edit meanwhile shows in review.edited.",
    right: "submit a story",
    body: schema.submission,
    bodyOptional: true,
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target, input }) => saved(await submitStory(context, target, input)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/return",
    group: "Review",
    summary: "Return a story from review, with a note of what is to be done.",
    right: "return a story",
    body: schema.returned,
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target, input }) => saved(await returnStory(context, target, input)),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/assign",
    group: "Review",
    summary: "Give a story to an author to see to, who then may write it; or to nobody.",
    right: "assign a story",
    body: schema.assignment,
    ifMatch: true,
    response: { status: 200, schema: savedArticle },
    run: async ({ context, target, input }) => saved(await assignStory(context, target, input)),
  }),
];
