import { withEdge } from "../response-fields.ts";
import { changed, endpoint, ok, type Endpoint } from "../endpoint.ts";
import { changeSettings, readPaper } from "./commands.ts";
import * as schema from "./schema.ts";

/** The settings. */
export const paper: Endpoint[] = [
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
