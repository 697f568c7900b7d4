import type { Deployed, Seen } from "./deployed.ts";

// The checks of docs/operations.md that a program can make, with their numbers there.

export interface Check {
  number: number;
  /** What it asks, as a question. */
  asks: string;
  takes: "seconds" | "minutes" | "a flood";
  run(paper: Deployed): Promise<Finding>;
}

interface Finding {
  isExpected: boolean;
  /** What was seen, in a sentence. */
  found: string;
}

/** A page that nothing but a first or last story of a month changes. */
const QUIET = "/archive";

export const CHECKS: Check[] = [
  {
    number: 1,
    asks: "Is there a cache?",
    takes: "seconds",
    async run({ see }) {
      await see(QUIET);
      const { headers } = await see(QUIET);
      const told = ["cloudflare-cdn-cache-control", "cache-tag"].filter((name) =>
        headers.has(name),
      );
      const etag = headers.get("etag") ?? "none";
      const isExpected =
        cacheStatusOf(headers) === "HIT" && etag.startsWith("W/") && told.length === 0;
      return {
        isExpected,
        found: `The second request: ${cacheStatusOf(headers)}, ETag ${etag}${told.length > 0 ? `, and readers see ${told.join(" and ")}` : ""}.`,
      };
    },
  },
  {
    number: 2,
    asks: "Does the Worker's own fetch pass through the cache?",
    takes: "seconds",
    async run({ see }) {
      await see(QUIET);
      const { headers } = await see(`${QUIET}?probe=${Date.now()}`);
      const status = headers.get("cache-status") ?? "no Cache-Status";
      return { isExpected: status.startsWith("Workers-Cache; hit"), found: `It says ${status}.` };
    },
  },
  {
    number: 3,
    asks: "Does a purge reach readers at once?",
    takes: "seconds",
    async run({ call, see, write }) {
      const story = await write({ title: "Measuring one", status: "published" });
      const warm = await see(story.path);
      const change = { title: "Measured again", status: "published" };
      const { edge } = await call("PATCH", `/articles/${story.id}`, change);
      const { text } = await see(story.path);
      const isThere = text.includes("Measured again");
      return {
        isExpected: [
          story.edge === "live",
          cacheStatusOf(warm.headers) === "HIT",
          edge === "live",
          isThere,
        ].every(Boolean),
        found: `Published: ${story.edge}; read back: ${cacheStatusOf(warm.headers)}; changed: ${String(edge)}; the change is ${isThere ? "there" : "not there"}.`,
      };
    },
  },
  {
    number: 4,
    asks: "Does a purge out of the cron reach them, too?",
    takes: "minutes",
    async run({ see, wait, write }) {
      await see("/");
      const before = await see("/");
      const scheduledFor = new Date(Date.now() + 90_000).toISOString();
      await write({ title: "By the clock", status: "scheduled", scheduledFor });
      await wait(180_000);
      const isThere = (await see("/")).text.includes("By the clock");
      return {
        isExpected: isThere && cacheStatusOf(before.headers) === "HIT",
        found: `The front page was ${cacheStatusOf(before.headers)}; three minutes later the story is ${isThere ? "on it" : "not on it"}.`,
      };
    },
  },
  {
    number: 5,
    asks: "Does an invalidation work?",
    takes: "minutes",
    async run({ see, wait, write }) {
      // The newest until then leads on to the new one and is purged: the one before it only lists it.
      const older = await write({ title: "Among the latest", status: "published" });
      await write({ title: "The latest until now", status: "published" });
      await wait(90_000);
      await see(older.path);
      const before = await see(older.path);
      await write({ title: "Newest of all", status: "published" });
      await wait(90_000);
      const first = await see(older.path);
      await wait(2000);
      const after = await see(older.path);
      const isThere = after.text.includes("Newest of all");
      const isOther = after.headers.get("etag") !== before.headers.get("etag");
      return {
        isExpected: isThere && isOther && cacheStatusOf(before.headers) === "HIT",
        found: `Before ${cacheStatusOf(before.headers)}; a minute and a half after the act ${cacheStatusOf(first.headers)}, then ${cacheStatusOf(after.headers)} with ${isOther ? "another" : "the same"} ETag; the newest story is ${isThere ? "named" : "not named"}.`,
      };
    },
  },
  {
    number: 6,
    asks: "Is If-None-Match answered on a hit, and does the ETag survive compression?",
    takes: "seconds",
    async run({ see }) {
      const told: string[] = [];
      const tags = new Set<string>();
      for (const coding of ["identity", "gzip", "br"]) {
        const etag = (await see(QUIET, { "Accept-Encoding": coding })).headers.get("etag") ?? "";
        const again = await see(QUIET, { "Accept-Encoding": coding, "If-None-Match": etag });
        tags.add(etag);
        told.push(`${coding} ${again.status}`);
      }
      const isOne = tags.size === 1 && !tags.has("");
      return {
        isExpected: isOne && told.every((line) => line.endsWith("304")),
        found: `${isOne ? "One tag" : `${tags.size} tags: ${[...tags].join(", ")}`}; ${told.join(", ")}.`,
      };
    },
  },
  {
    number: 7,
    asks: "Is a condition passed on to the Worker on a miss?",
    takes: "seconds",
    async run({ call, see, wait }) {
      const etag = (await see(QUIET)).headers.get("etag") ?? "";
      await call("POST", "/edge/purge", { tags: ["months"] });
      await wait(5000);
      const first = await see(QUIET, { "If-None-Match": etag });
      const second = await see(QUIET);
      const statuses = [first, second].map(({ headers }) => cacheStatusOf(headers));
      return {
        isExpected: statuses.join() === "MISS,HIT",
        found: `After a purge ${first.status} with ${statuses[0]}, then ${statuses[1]}.`,
      };
    },
  },
  {
    number: 9,
    asks: "Do requests for nothing count by reader?",
    takes: "a flood",
    async run(paper) {
      const plain = await flood(paper, (n) => `/nothing-here-${n}`);
      await paper.wait(60_000);
      const withQuery = await flood(paper, (n) => `/nor-here-${n}?x=1`);
      return {
        isExpected: plain > 0 && withQuery > 0,
        found: `Of 130 each ${plain} and ${withQuery} were refused.`,
      };
    },
  },
  {
    number: 13,
    asks: "Is everything there that it needs?",
    takes: "seconds",
    async run({ see }) {
      const { status, text } = await see("/healthz");
      const told = text.replace(/\s+/g, " ").slice(0, 300);
      return { isExpected: status === 200 && /"status": "ok"/.test(text), found: told };
    },
  },
];

/** How many of 130 addresses that are not there were refused. */
async function flood({ see }: Deployed, pathOf: (n: number) => string): Promise<number> {
  let refused = 0;
  for (let n = 0; n < 130; n += 1) if ((await see(pathOf(n))).status === 429) refused += 1;
  return refused;
}

function cacheStatusOf(headers: Seen["headers"]): string {
  return headers.get("cf-cache-status") ?? "no cf-cache-status";
}
