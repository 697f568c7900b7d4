import { endpoint, ok, type Endpoint } from "../endpoint.ts";
import { readSchedule } from "./reading.ts";
import * as schema from "./schema.ts";

/** What is to happen, and when. */
export const schedule: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/schedule",
    group: "Schedule",
    summary:
      "Read what goes out, ends or is planned in a stretch of time, stories, pages and the front page, in the order of time: at most 500.",
    right: "see what is planned",
    query: schema.stretch,
    response: { status: 200, schema: schema.schedule },
    run: async ({ context, query }) => ok(await readSchedule(context, query)),
  }),
];
