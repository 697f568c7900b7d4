import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import { percentEncoded } from "../../domain/paths.ts";
import type { Redirect } from "../../store/redirects.d1.ts";
import { optionalText, withEdge } from "../response-fields.ts";
import { atMost, isWebAddress, nullUnlessSent, sitePath, yesOrNo } from "../fields.ts";
import { opaque } from "../opaque.ts";

// The requests and responses for redirects.

/** Where a redirect leads, as a Location header can say it. */
const target = z
  .pipe(
    z.string().check(
      atMost(2000),
      z.refine(
        (value) => /^\/(?!\/)[^\s\\\p{Cc}\p{Cs}]*$/u.test(value) || isWebAddress(value),
        "must be a path on this site or an absolute http or https URL.",
      ),
    ),
    z.transform((value) => (value.startsWith("/") ? percentEncoded(value) : new URL(value).href)),
  )
  .check(z.maxLength(2000, "must be at most 2000 characters, percent-encoded."));

export const redirectFields = z.strictObject({
  from: sitePath.check(z.describe("A canonical path; for kind prefix, everything below it.")),
  kind: withDefault(z.enum(["exact", "prefix", "gone"]), "exact").check(
    z.describe("gone returns 410: legally removed, for good."),
  ),
  to: nullUnlessSent(target).check(z.describe("Where it leads; null for gone.")),
});

/** The most redirects in one bulk. */
const BULK_LIMIT = 500;

const replace = z
  .optional(z.boolean())
  .check(z.describe("True replaces redirects that stand otherwise; without it they are a 409."));

/** The body of `POST /redirects/bulk`, without its items, each of which is read on its own. */
export const bulkRedirects = z.strictObject({
  items: z
    .array(z.unknown())
    .check(
      z.minLength(1, "must have at least one redirect."),
      z.maxLength(BULK_LIMIT, `must be at most ${BULK_LIMIT} redirects.`),
    ),
  replace,
});

/** The same with its items, for the documentation. */
export const bulkRedirectsDocument = z.strictObject({
  items: z.array(redirectFields).check(z.maxLength(BULK_LIMIT)),
  replace,
});

export const bulkManner = z.strictObject({
  check: yesOrNo.check(z.describe("true writes nothing, and returns what would change.")),
});

export const redirect = z.object({
  id: z.string(),
  from: z.string(),
  kind: z.enum(["exact", "prefix", "gone"]),
  to: optionalText,
});
export const redirectsMade = withEdge(
  z.object({
    items: z.array(
      z.extend(redirect, {
        changed: z.boolean().check(z.describe("False of one that stood like this already.")),
      }),
    ),
  }),
);

/** A redirect in a response: its id is its path, so that it fits in one path segment. */
export function redirectResponse({ path, kind, target }: Redirect): z.output<typeof redirect> {
  return { id: opaque(path), from: path.replace(/(.)\/$/, "$1"), kind, to: target };
}
