import { withEdge } from "../response-fields.ts";
import { changed, endpoint, ok, type Endpoint } from "../endpoint.ts";
import { arrangeFront, changeSettings, readFront, readPaper } from "./commands.ts";
import * as schema from "./schema.ts";

/** The front page and the settings. */
export const paper: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/front",
    group: "Paper",
    summary: "Read what the editors placed on the front page.",
    right: "see the front page's placement",
    response: { status: 200, schema: schema.front },
    run: async ({ context }) => ok(await readFront(context)),
  }),
  endpoint({
    method: "PUT",
    path: "/front",
    group: "Paper",
    summary: "Place stories on the front page: one lead, up to twelve pinned.",
    right: "arrange the front page",
    body: schema.placement,
    response: { status: 200, schema: withEdge(schema.front) },
    run: async ({ context, input: sent }) => changed(await arrangeFront(context, sent)),
  }),
  endpoint({
    method: "GET",
    path: "/settings",
    group: "Paper",
    summary: "Read the settings of the paper.",
    right: "see the newsroom",
    response: { status: 200, schema: schema.settings },
    run: async ({ context }) => ok(await readPaper(context)),
  }),
  endpoint({
    method: "PATCH",
    path: "/settings",
    group: "Paper",
    summary: "Change settings; those not sent stay.",
    right: "change the settings",
    body: schema.settingsPatch,
    response: { status: 200, schema: withEdge(schema.settings) },
    run: async ({ context, input: sent }) => changed(await changeSettings(context, sent)),
  }),
];
