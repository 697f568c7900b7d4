import * as z from "zod/mini";
import type { Person } from "../../domain/people.ts";
import { ROLES, type Actor } from "../../domain/role.ts";
import type { Passkey } from "../../store/passkeys.d1.ts";
import { sessionEnd } from "../../domain/people.ts";
import type { Session } from "../../store/sessions.d1.ts";
import { atMost, line } from "../fields.ts";
import { iso, isoOrNull, optionalText, optionalTime, time } from "../response-fields.ts";
import { newPasskey, signedByPasskey } from "./passkeys.ts";

// The requests and responses for signing in, and for what people have of their own.

const label = line(100).check(
  z.describe("What its owner calls it; after the browser if it is not said."),
);
const token = z
  .string()
  .check(atMost(100))
  .check(z.describe("What stands behind #invitation= in the link."));

/** The body of `POST /sessions`, and of the call for another passkey. */
export const signing = z.strictObject({
  passkey: signedByPasskey.check(z.describe("What navigator.credentials.get() gave, as JSON.")),
});
export const invited = z.strictObject({ token });
export const accepting = z.strictObject({
  token,
  passkey: newPasskey.check(z.describe("What navigator.credentials.create() gave, as JSON.")),
  label: z.optional(label),
});
export const adding = z.strictObject({
  passkey: newPasskey.check(z.describe("What navigator.credentials.create() gave, as JSON.")),
  label: z.optional(label),
});
export const labelling = z.strictObject({ label });

/** What is given to the browser. */
const options = z
  .looseObject({ challenge: z.string() })
  .check(z.describe("For navigator.credentials, by PublicKeyCredential.parse…OptionsFromJSON()."));
export const challenge = z.object({ options });
export const invitedChallenge = z.object({
  name: z.string(),
  role: z.enum(ROLES),
  options,
});

/** Whoever calls. */
export const me = z.object({
  id: z.string().check(z.describe("As the audit and revisions have it: person:…, key:… or root.")),
  name: z.string(),
  role: z.enum(ROLES),
  author: optionalText,
  kind: z.enum(["person", "key"]),
});

export const session = z.object({
  id: z.string(),
  device: z.string(),
  createdAt: time,
  usedAt: time.check(z.describe("To the hour.")),
  endsAt: time.check(z.describe("When it ends if it is not used again.")),
  current: z.boolean(),
});

export const passkey = z.object({
  id: z.string(),
  label: z.string(),
  backedUp: z.boolean().check(z.describe("Whether it is on more devices than one.")),
  createdAt: time,
  usedAt: optionalTime,
});

export function meResponse({ id, name, role, author }: Actor): z.output<typeof me> {
  return { id, name, role, author, kind: id.startsWith("person:") ? "person" : "key" };
}

export function personAsMe(person: Person): z.output<typeof me> {
  return meResponse({ ...person, id: `person:${person.id}` });
}

export function sessionResponse(held: Session, current: string | null): z.output<typeof session> {
  const { id, device, createdAt, usedAt } = held;
  return {
    id,
    device,
    createdAt: iso(createdAt),
    usedAt: iso(usedAt),
    endsAt: iso(sessionEnd(held)),
    current: id === current,
  };
}

export function passkeyResponse({
  id,
  label: called,
  backedUp,
  createdAt,
  usedAt,
}: Passkey): z.output<typeof passkey> {
  return { id, label: called, backedUp, createdAt: iso(createdAt), usedAt: isoOrNull(usedAt) };
}
