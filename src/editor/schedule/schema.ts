import * as z from "zod/mini";
import { FORMS } from "../../domain/article.ts";
import { article, page } from "../articles/response.ts";
import { time as timeAsked } from "../fields.ts";
import { time } from "../response-fields.ts";

// The request and the response for what is planned.

/** The longest stretch that is looked at, in days. */
const LONGEST = 100;
const DAY = 24 * 60 * 60 * 1000;

export const stretch = z
  .strictObject({
    from: timeAsked.check(z.describe("The first moment that is asked for.")),
    until: timeAsked.check(
      z.describe(`The first moment that is not: at most ${LONGEST} days later.`),
    ),
  })
  .check(
    z.refine(({ from, until }) => until > from, {
      path: ["until"],
      message: "must be later than from.",
    }),
    z.refine(({ from, until }) => until - from <= LONGEST * DAY, {
      path: ["until"],
      message: `must be at most ${LONGEST} days after from.`,
    }),
  );

export const schedule = z.object({
  items: z.array(
    z.object({
      at: time,
      what: z
        .enum(["publish", "expire", "planned", "front"])
        .check(
          z.describe(
            "publish and expire happen by themselves, and so does front, which goes up; planned is when its editors mean it to go out.",
          ),
        ),
      form: z.optional(z.enum(FORMS)),
      article: z
        .optional(z.union([article, page]))
        .check(z.describe("The story or the page, without its body; none of the front page.")),
    }),
  ),
  more: z
    .boolean()
    .check(z.describe("True when there is more than these: ask for a shorter stretch.")),
});
export type ScheduleResponse = z.output<typeof schedule>;
