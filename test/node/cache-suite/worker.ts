import { StandIn } from "../../../src/edge/stand-in.ts";

// Nothing but the stand-in, in front of the suite's origin.

const standIn = new StandIn("the only version");

export default {
  fetch(request: Request, env: { ORIGIN: string }, context: ExecutionContext): Promise<Response> {
    const worker = (asked: Request) => {
      const { pathname, search } = new URL(asked.url);
      return fetch(new Request(env.ORIGIN + pathname + search, asked));
    };
    const behind = { worker, waitUntil: (promise: Promise<unknown>) => context.waitUntil(promise) };
    // The platform answers for a Worker that throws, as this one does when the origin hangs up.
    return standIn
      .fetch(request, behind)
      .catch(() => new Response("The Worker failed.\n", { status: 500 }));
  },
};
