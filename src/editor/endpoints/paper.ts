import * as answers from "../answers.ts";
import { arrangeFront, changeSettings, readFront, readPaper } from "../commands/paper.ts";
import { changed, endpoint, ok, type Endpoint } from "../endpoint.ts";
import * as input from "../input.ts";

/** The front page and the settings. */
export const paper: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/front",
    group: "Paper",
    summary: "Read what the editors placed on the front page.",
    answer: { status: 200, schema: answers.front },
    async run({ context }) {
      const front = await readFront(context);
      return front.ok ? ok(front.value) : front;
    },
  }),
  endpoint({
    method: "PUT",
    path: "/front",
    group: "Paper",
    summary: "Place stories on the front page: one lead, up to twelve pinned.",
    body: input.placement,
    answer: { status: 200, schema: answers.withEdge(answers.front) },
    run: async ({ context, input: sent }) => changed(await arrangeFront(context, sent)),
  }),
  endpoint({
    method: "GET",
    path: "/settings",
    group: "Paper",
    summary: "Read the settings of the paper.",
    answer: { status: 200, schema: answers.settings },
    run: async ({ context }) => ok(await readPaper(context)),
  }),
  endpoint({
    method: "PATCH",
    path: "/settings",
    group: "Paper",
    summary: "Change settings; those not sent stay.",
    body: input.settingsPatch,
    answer: { status: 200, schema: answers.withEdge(answers.settings) },
    run: async ({ context, input: sent }) => changed(await changeSettings(context, sent)),
  }),
];
