import * as z from "zod/mini";
import type { Outcome } from "../../domain/problem.ts";
import type { Present } from "../../store/presence.d1.ts";
import { endpoint, ok, removed, type ApiResponse, type Endpoint } from "../endpoint.ts";
import { iso, time } from "../response-fields.ts";
import { findPresent, leave } from "./commands.ts";

const present = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string(), since: time, at: time })),
});

/** Who has a story open. */
export const presence: Endpoint[] = [
  endpoint({
    method: "GET",
    path: "/articles/{id}/presence",
    group: "Presence",
    summary: "See who has a story open: whoever said so within the last minute.",
    right: "see what is planned",
    response: { status: 200, schema: present },
    run: async ({ context, target: { id } }) =>
      listed(await findPresent(context, id, { beat: false })),
  }),
  endpoint({
    method: "POST",
    path: "/articles/{id}/presence",
    group: "Presence",
    summary: "Say that you have a story open, every twenty seconds; the response says who has.",
    right: "see what is planned",
    response: { status: 200, schema: present },
    run: async ({ context, target: { id } }) =>
      listed(await findPresent(context, id, { beat: true })),
  }),
  endpoint({
    method: "DELETE",
    path: "/articles/{id}/presence",
    group: "Presence",
    summary: "Say that you have closed a story.",
    right: "see what is planned",
    response: { status: 204, schema: null },
    run: async ({ context, target: { id } }) => removed(await leave(context, id)),
  }),
];

function listed(found: Outcome<Present[]>): Outcome<ApiResponse> {
  if (!found.ok) return found;
  const items = found.value.map(({ actor, name, since, at }) => {
    return { id: actor, name, since: iso(since), at: iso(at) };
  });
  return ok({ items });
}
