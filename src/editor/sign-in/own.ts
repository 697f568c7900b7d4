import { MOST_PASSKEYS } from "../../domain/people.ts";
import { granted, invalid, refused, type Outcome } from "../../domain/problem.ts";
import {
  challengeQuery,
  labelPasskey,
  passkeyQuery,
  passkeysQuery,
  removePasskey,
  spendChallenge,
  usePasskey,
  writePasskey,
  type Passkey,
} from "../../store/passkeys.d1.ts";
import { endSession, endSessionsOf, sessionsQuery, type Session } from "../../store/sessions.d1.ts";
import { act, type Acted } from "../act.ts";
import { outsider } from "../auth.ts";
import type { CommandContext } from "../context.ts";
import type { Input } from "../input.ts";
import { newPasskeyOf, optionsFor, readNew, readSigned } from "./answers.ts";
import type { NewPasskey, SignedByPasskey } from "./passkeys.ts";

// What people who are signed in do with their own passkeys and sessions.

/** What the browser of somebody who has just signed again is to make another passkey of. */
export async function askForAnother(
  context: CommandContext,
  { fields: { passkey: answer }, issues }: Input<{ passkey: SignedByPasskey }>,
) {
  const person = personIn(context);
  if (!person.ok) return person;
  if (issues.length > 0 || answer === undefined) return invalid(issues);
  const signed = await readSigned(context, answer, "sign in");
  if (!signed.ok) return signed;
  const { hash, counter, backedUp, passkey } = signed.value;
  if (signed.value.person.id !== person.value) return outsider("a passkey of somebody else");
  const spent = await act(context, async (now) => {
    const [[asked]] = await context.store.db.read(challengeQuery(hash, now));
    if (!asked) return outsider("a passkey's answer was used again");
    return granted({
      result: null,
      change: {
        kind: "private",
        writes: [
          spendChallenge(hash),
          usePasskey({ id: passkey.id, counter, backedUp, usedAt: now }),
        ],
        audit: [],
      },
    });
  });
  if (!spent.ok) return spent;
  return granted({ options: await optionsFor(context, signed.value.person, "add") });
}

/** Adds a passkey to those of whoever is signed in. */
export async function addPasskey(
  context: CommandContext,
  { fields, issues }: Input<{ passkey: NewPasskey; label?: string | undefined }>,
  userAgent: string | undefined,
): Promise<Acted<Passkey>> {
  const person = personIn(context);
  if (!person.ok) return person;
  const { passkey: answer, label } = fields;
  if (issues.length > 0 || answer === undefined) return invalid(issues);
  const made = await readNew(context, answer, { purpose: "add", personId: person.value });
  if (!made.ok) return made;
  return act(context, async (now) => {
    const [[asked], [taken], known] = await context.store.db.read(
      challengeQuery(made.value.hash, now),
      passkeyQuery(made.value.passkey.id),
      passkeysQuery(person.value),
    );
    if (!asked || taken) return outsider("a passkey was added again");
    if (known.length >= MOST_PASSKEYS)
      return refused({
        kind: "wrongState",
        detail: `A person has at most ${MOST_PASSKEYS} passkeys; remove one first.`,
      });
    const passkey = newPasskeyOf(person.value, made.value.passkey, { label, userAgent, now });
    return granted({
      result: passkey,
      change: {
        kind: "private",
        writes: [spendChallenge(made.value.hash), writePasskey(passkey)],
        audit: [
          {
            act: "add passkey",
            subject: `person:${person.value}`,
            detail: { passkey: passkey.label },
          },
        ],
      },
    });
  });
}

/** Calls a passkey of whoever is signed in otherwise. */
export async function renamePasskey(
  context: CommandContext,
  id: string,
  { fields: { label }, issues }: Input<{ label: string }>,
): Promise<Acted<Passkey>> {
  return act(context, async () => {
    if (issues.length > 0 || label === undefined) return invalid(issues);
    const own = await ownPasskey(context, id);
    if (!own.ok) return own;
    return granted({
      result: { ...own.value, label },
      change: {
        kind: "private",
        writes: [labelPasskey(id, own.value.personId, label)],
        audit: [
          {
            act: "rename passkey",
            subject: `person:${own.value.personId}`,
            detail: { before: own.value.label, after: label },
          },
        ],
      },
    });
  });
}

/** Removes a passkey of whoever is signed in, and ends the sessions that it opened. The last one stays: it is the only way in. */
export async function dropPasskey(context: CommandContext, id: string): Promise<Acted<null>> {
  return act(context, async () => {
    const own = await ownPasskey(context, id);
    if (!own.ok) return own;
    const { personId, label } = own.value;
    const [known] = await context.store.db.read(passkeysQuery(personId));
    if (known.length === 1)
      return refused({
        kind: "wrongState",
        detail: "This is the last passkey, and the only way in. Add another one first.",
      });
    return granted({
      result: null,
      change: {
        kind: "private",
        writes: [removePasskey(id, personId), endSessionsOf(id)],
        audit: [
          { act: "remove passkey", subject: `person:${personId}`, detail: { passkey: label } },
        ],
      },
    });
  });
}

/** Ends a session of whoever is signed in; `current` is the one of this request. */
export function signOut(context: CommandContext, named: string): Promise<Acted<null>> {
  return act(context, async (now) => {
    const person = personIn(context);
    if (!person.ok) return person;
    const id = named === "current" ? context.session : named;
    const [sessions] = await context.store.db.read(sessionsQuery(person.value, now));
    const session = sessions.find((each) => each.id === id);
    if (!session) return refused({ kind: "unknown", detail: `There is no session "${named}".` });
    return granted({
      result: null,
      change: {
        kind: "private",
        writes: [endSession(session.id, person.value)],
        audit: [
          {
            act: "sign out",
            subject: `person:${person.value}`,
            detail: { device: session.device },
          },
        ],
      },
    });
  });
}

/** The sessions and passkeys of whoever is signed in. */
export async function ownSessions(context: CommandContext): Promise<Outcome<Session[]>> {
  const person = personIn(context);
  if (!person.ok) return person;
  const [sessions] = await context.store.db.read(sessionsQuery(person.value, context.clock()));
  return granted(sessions);
}

export async function ownPasskeys(context: CommandContext): Promise<Outcome<Passkey[]>> {
  const person = personIn(context);
  if (!person.ok) return person;
  const [passkeys] = await context.store.db.read(passkeysQuery(person.value));
  return granted(passkeys);
}

/** The id of the person who acts; a key is nobody. */
function personIn({ actor }: CommandContext): Outcome<string> {
  const [, id] = /^person:(.+)$/.exec(actor.id) ?? [];
  if (id !== undefined) return granted(id);
  return refused({
    kind: "wrongState",
    detail: "A key has no sessions and no passkeys: this is for people who are signed in.",
  });
}

async function ownPasskey(context: CommandContext, id: string): Promise<Outcome<Passkey>> {
  const person = personIn(context);
  if (!person.ok) return person;
  const [[passkey]] = await context.store.db.read(passkeyQuery(id));
  if (passkey?.personId === person.value) return granted(passkey);
  return refused({ kind: "unknown", detail: `There is no passkey "${id}" of yours.` });
}
