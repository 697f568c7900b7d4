import * as z from "zod/mini";
import { ROLES } from "../../domain/role.ts";
import type { Key } from "../../store/keys.d1.ts";
import { iso, isoOrNull, optionalText, optionalTime, time } from "../response-fields.ts";
import { line, slug } from "../fields.ts";

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
});
export const issuedKey = z.object({
  id: z.string(),
  key: z.string().check(z.describe("The key itself. It is shown this once.")),
});
export function keyResponse({ hash: _, ...stored }: Key): z.output<typeof key> {
  return {
    ...stored,
    createdAt: iso(stored.createdAt),
    lastUsedAt: isoOrNull(stored.lastUsedAt),
    revokedAt: isoOrNull(stored.revokedAt),
  };
}
