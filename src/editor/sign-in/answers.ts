import { granted, refused, type Outcome } from "../../domain/problem.ts";
import { CHALLENGE_LIFETIME, deviceOf, type Person } from "../../domain/people.ts";
import { note } from "../../store/notes.d1.ts";
import { readSettings, settingsQuery } from "../../store/paper.d1.ts";
import {
  challengeQuery,
  passkeyQuery,
  passkeysQuery,
  writeChallenge,
  type Challenge,
  type Passkey,
} from "../../store/passkeys.d1.ts";
import { personQuery } from "../../store/people.d1.ts";
import type { Session } from "../../store/sessions.d1.ts";
import { hashOf, newSecret, outsider } from "../auth.ts";
import type { CommandContext } from "../context.ts";
import {
  challengeIn,
  creationOptions,
  verifyNew,
  verifySigned,
  type NewPasskey,
  type SignedByPasskey,
} from "./passkeys.ts";

// Challenges, and the answers of passkeys to them. A challenge is spent by the command that believes the answer.

/** A new challenge, remembered for what it is for. */
export async function makeChallenge(
  { store, clock }: CommandContext,
  purpose: Challenge["purpose"],
  personId: string | null,
): Promise<string> {
  const challenge = newSecret();
  const expiresAt = clock() + CHALLENGE_LIFETIME;
  await note(store.db, [
    writeChallenge({ hash: await hashOf(challenge), purpose, personId, expiresAt }),
  ]);
  return challenge;
}

/** What a browser is to make a passkey of, for somebody. */
export async function optionsFor(
  context: CommandContext,
  person: Person,
  purpose: "invitation" | "add",
) {
  const { db, origin } = context.store;
  const [known, settings] = await db.read(passkeysQuery(person.id), settingsQuery());
  const challenge = await makeChallenge(context, purpose, person.id);
  const { title } = readSettings(settings);
  return creationOptions({ origin, title }, person, { challenge, known });
}

/** What of an answer was verified, and the hash of its challenge, which is still to be spent. */
export async function readSigned(
  context: CommandContext,
  answer: SignedByPasskey,
  purpose: Challenge["purpose"],
): Promise<
  Outcome<{ person: Person; passkey: Passkey; hash: string; counter: number; backedUp: boolean }>
> {
  const { db, origin } = context.store;
  const challenge = challengeIn(answer.response.clientDataJSON);
  if (challenge === null) return outsider("a passkey's answer without a challenge");
  const hash = await hashOf(challenge);
  const [[asked], [passkey]] = await db.read(
    challengeQuery(hash, context.clock()),
    passkeyQuery(answer.id),
  );
  if (asked?.purpose !== purpose || !passkey) return outsider("no such challenge or passkey");
  if (!(await context.countTry({ person: passkey.personId })))
    return refused({ kind: "tooManyTries" });
  const verified = await verifySigned(answer, passkey, { origin, challenge });
  if (!verified) return outsider("a passkey's answer that does not verify");
  const [[person]] = await db.read(personQuery(passkey.personId));
  if (!person || person.removedAt !== null) return outsider("a passkey of somebody who left");
  return granted({ person, passkey, hash, ...verified });
}

/** A new passkey that was verified, and the hash of its challenge, which is still to be spent. */
export async function readNew(
  context: CommandContext,
  answer: NewPasskey,
  made: Pick<Challenge, "purpose"> & { personId: string },
) {
  const { db, origin } = context.store;
  const challenge = challengeIn(answer.response.clientDataJSON);
  if (challenge === null) return outsider("a new passkey without a challenge");
  const hash = await hashOf(challenge);
  const [[asked]] = await db.read(challengeQuery(hash, context.clock()));
  if (asked?.purpose !== made.purpose || asked.personId !== made.personId)
    return outsider("no such challenge");
  const passkey = await verifyNew(answer, { origin, challenge });
  if (!passkey) return outsider("a new passkey that does not verify");
  return granted({ passkey, hash });
}

/** A passkey as it is kept; one without a label is called after its browser. */
export function newPasskeyOf(
  personId: string,
  made: Pick<Passkey, "id" | "publicKey" | "counter" | "transports" | "backedUp">,
  {
    label,
    userAgent,
    now,
  }: { label: string | undefined; userAgent: string | undefined; now: number },
): Passkey {
  return { ...made, personId, label: label ?? deviceOf(userAgent), createdAt: now, usedAt: null };
}

/** A session as it is kept. */
export async function newSession(
  { newId }: CommandContext,
  {
    person,
    passkeyId,
    secret,
    userAgent,
    now,
  }: {
    person: Person;
    passkeyId: string;
    secret: string;
    userAgent: string | undefined;
    now: number;
  },
): Promise<Session> {
  return {
    id: newId(),
    secretHash: await hashOf(secret),
    personId: person.id,
    passkeyId,
    device: deviceOf(userAgent),
    createdAt: now,
    usedAt: now,
  };
}
