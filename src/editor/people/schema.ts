import * as z from "zod/mini";
import { isMail } from "../../domain/links.ts";
import { ROLES } from "../../domain/role.ts";
import type { ListedPerson } from "../../store/people.d1.ts";
import { atMost, line, slug } from "../fields.ts";
import { iso, isoOrNull, optionalText, optionalTime, time } from "../response-fields.ts";

// The requests and responses for people.

const email = z
  .pipe(
    z.string().check(z.trim(), atMost(254), z.refine(isMail, "must be an e-mail address.")),
    z.transform((value) => value.toLowerCase()),
  )
  .check(z.describe("By which Cloudflare Access names them, where the paper is behind it."));

const fields = {
  name: line(100).check(z.describe("What their colleagues call them.")),
  role: z.enum(ROLES),
  author: z
    .nullable(slug)
    .check(z.describe("The author they write as: what has their byline is theirs.")),
  email: z.nullable(email),
};

/** The body of `POST /people`. */
export const newPerson = z.strictObject({
  ...fields,
  author: z.optional(fields.author),
  email: z.optional(fields.email),
});

/** The body of `PATCH /people/{id}`. */
export const personPatch = z.partial(z.strictObject(fields));

export const person = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  author: optionalText,
  email: optionalText,
  createdAt: time,
  removedAt: optionalTime.check(z.describe("When they left.")),
  passkeys: z.int().check(z.describe("How many they have: without any they have never come in.")),
  invitedUntil: optionalTime.check(z.describe("Until when they can accept an invitation.")),
});

export const invitation = z.object({
  url: z.url().check(z.describe("Opens the desk, which makes a passkey. It is shown this once.")),
  expiresAt: time,
});

export function personResponse(listed: ListedPerson): z.output<typeof person> {
  return {
    ...listed,
    createdAt: iso(listed.createdAt),
    removedAt: isoOrNull(listed.removedAt),
    invitedUntil: isoOrNull(listed.invitedUntil),
  };
}
