import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import type { Redirect } from "../../store/redirects.d1.ts";
import { optionalText } from "../response-fields.ts";
import { atMost, isWebAddress, nullUnlessSent, percentEncoded, sitePath } from "../fields.ts";
import { opaque } from "../opaque.ts";

// The requests and responses for redirects.

/** Where a redirect leads, as a Location header can say it. */
const target = z.pipe(
  z.string().check(
    atMost(2000),
    z.refine(
      (value) => /^\/(?!\/)[^\s\\\p{Cc}\p{Cs}]*$/u.test(value) || isWebAddress(value),
      "must be a path on this site or an absolute http or https URL.",
    ),
  ),
  z.transform((value) => (value.startsWith("/") ? percentEncoded(value) : new URL(value).href)),
);

export const redirectFields = z.strictObject({
  from: sitePath.check(z.describe("A canonical path; for kind prefix, everything below it.")),
  kind: withDefault(z.enum(["exact", "prefix", "gone"]), "exact").check(
    z.describe("gone returns 410: legally removed, for good."),
  ),
  to: nullUnlessSent(target).check(z.describe("Where it leads; null for gone.")),
});

export const redirect = z.object({
  id: z.string(),
  from: z.string(),
  kind: z.enum(["exact", "prefix", "gone"]),
  to: optionalText,
});
/** A redirect in a response: its id is its path, so that it fits in one path segment. */
export function redirectResponse({ path, kind, target }: Redirect): z.output<typeof redirect> {
  return { id: opaque(path), from: path.replace(/(.)\/$/, "$1"), kind, to: target };
}
