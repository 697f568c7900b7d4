import type { Acted } from "../act.ts";
import type { Outcome } from "../../domain/problem.ts";
import { withEdge } from "../response-fields.ts";
import { endpoint, ok, type ApiResponse, type Endpoint } from "../endpoint.ts";
import { arrangeFront, dropScheduledFront, readFront } from "./commands.ts";
import { previewFront } from "./previewing.ts";
import * as schema from "./schema.ts";

/** The front page as editors arrange it. */
export const front: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/front",
    group: "Front page",
    summary:
      "Read what the editors placed on the front page, and what is scheduled. Each entry says its story's status: readers see those that are published.",
    right: "see the front page's placement",
    response: { status: 200, schema: schema.front },
    async run({ context }) {
      const found = await readFront(context);
      return ok(found, { ETag: schema.frontTag(found) });
    },
  }),
  endpoint({
    method: "PUT",
    path: "/front",
    group: "Front page",
    summary:
      "Arrange the front page, now or at an hour: a lead, up to twelve pinned, up to six named rows of up to eight stories; each story once. An entry is a story's id, or an object with words and a picture for the front page alone. What is not live is left out by itself and comes back with its story; the newest fill the rest. One front at a time can be scheduled.",
    right: "arrange the front page",
    body: schema.arrangement,
    documentedBody: schema.arrangementDocument,
    ifMatch: true,
    response: { status: 200, schema: withEdge(schema.front) },
    run: async ({ context, target, input }) => arranged(await arrangeFront(context, target, input)),
  }),
  endpoint({
    method: "POST",
    path: "/front/preview",
    group: "Front page",
    summary:
      "See what readers would see of a front page that is sent as for PUT /front, if it went up now, and which stories that takes off its first page or puts there. Nothing of it is kept.",
    right: "see the front page's placement",
    body: schema.arrangement,
    documentedBody: schema.arrangementDocument,
    response: { status: 200, schema: schema.frontPreview },
    async run({ context, input }) {
      const previewed = await previewFront(context, input);
      return previewed.ok ? ok(previewed.value) : previewed;
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/front/scheduled",
    group: "Front page",
    summary: "Take out the front that is scheduled; the one that is up stays.",
    right: "arrange the front page",
    ifMatch: true,
    response: { status: 200, schema: withEdge(schema.front) },
    run: async ({ context, target }) => arranged(await dropScheduledFront(context, target)),
  }),
];

/** The front after a write, and what became of it at the edge. */
function arranged(acted: Acted<schema.FrontResponse>): Outcome<ApiResponse> {
  if (!acted.ok) return acted;
  const { value, edge } = acted;
  return ok({ ...value, edge }, { ETag: schema.frontTag(value) });
}
