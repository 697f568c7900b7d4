import * as z from "zod/mini";
import { _default as withDefault } from "zod/mini";
import { ROLES } from "../../domain/role.ts";
import type { Key } from "../../store/keys.d1.ts";
import { iso, isoOrNull, optionalText, optionalTime, time } from "../response-fields.ts";
import { line, slug, wholeNumber } from "../fields.ts";

// The requests and responses for keys.

export const newKey = z.strictObject({
  name: line(100).check(z.describe("Whose key it is, so that you know which to revoke.")),
  role: z.enum(ROLES),
  author: z.optional(slug).check(z.describe("Binds the key to one author's stories.")),
});

export const key = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  author: optionalText,
  createdAt: time,
  lastUsedAt: optionalTime,
  revokedAt: optionalTime,
  formerUntil: optionalTime.check(
    z.describe("Until when the secret before the last rotation is valid."),
  ),
});
export const issuedKey = z.object({
  id: z.string(),
  key: z.string().check(z.describe("The key itself. It is shown this once.")),
});

const DAY = 24 * 60 * 60;

export const rotation = z.strictObject({
  overlap: withDefault(wholeNumber(0, 7 * DAY), DAY).check(
    z.describe("For how many seconds the former secret stays valid."),
  ),
});
export const rotatedKey = z.extend(issuedKey, {
  formerUntil: time.check(z.describe("Until then the former secret is valid, too.")),
});

/** A key with its new secret, and until when the former one is valid, in epoch milliseconds. */
export type RotatedKey = z.output<typeof issuedKey> & { formerUntil: number };

export function rotatedResponse(rotated: RotatedKey): z.output<typeof rotatedKey> {
  return { ...rotated, formerUntil: iso(rotated.formerUntil) };
}

export function keyResponse(held: Key): z.output<typeof key> {
  const { hash: _, formerHash: __, ...stored } = held;
  return {
    ...stored,
    createdAt: iso(stored.createdAt),
    lastUsedAt: isoOrNull(stored.lastUsedAt),
    revokedAt: isoOrNull(stored.revokedAt),
    formerUntil: isoOrNull(stored.formerUntil),
  };
}
