import { granted, invalid, refused } from "../../domain/problem.ts";
import type { Person } from "../../domain/people.ts";
import {
  challengeQuery,
  invitedQuery,
  passkeyQuery,
  spendChallenge,
  spendInvitation,
  usePasskey,
  writePasskey,
} from "../../store/passkeys.d1.ts";
import { writeSession } from "../../store/sessions.d1.ts";
import { act, type Acted } from "../act.ts";
import { actorOf, hashOf, newSecret, outsider } from "../auth.ts";
import type { CommandContext } from "../context.ts";
import type { Input } from "../input.ts";
import {
  makeChallenge,
  newPasskeyOf,
  newSession,
  optionsFor,
  readNew,
  readSigned,
} from "./answers.ts";
import { requestOptions, type NewPasskey, type SignedByPasskey } from "./passkeys.ts";

// People come in with a passkey: the first one by an invitation. Whatever is wrong, a stranger is told the same.

/** Somebody who has come in, and the secret for their browser. */
export interface SignedIn {
  person: Person;
  secret: string;
}

/** What a browser is to have signed by any passkey of this site. */
export async function askToSignIn(context: CommandContext) {
  const challenge = await makeChallenge(context, "sign in", null);
  return requestOptions(context.store.origin, challenge);
}

/** Lets in whoever's passkey signed a challenge of ours. */
export async function signIn(
  context: CommandContext,
  { fields: { passkey: answer }, issues }: Input<{ passkey: SignedByPasskey }>,
  userAgent: string | undefined,
): Promise<Acted<SignedIn>> {
  if (issues.length > 0 || answer === undefined) return invalid(issues);
  const signed = await readSigned(context, answer, "sign in");
  if (!signed.ok) return signed;
  const { person, passkey, hash, counter, backedUp } = signed.value;
  const secret = newSecret();
  return act(as(person, context), async (now) => {
    // The same answer may have been used since.
    const [[asked]] = await context.store.db.read(challengeQuery(hash, now));
    if (!asked) return outsider("a passkey's answer was used again");
    const session = await newSession(context, {
      person,
      passkeyId: passkey.id,
      secret,
      userAgent,
      now,
    });
    const wentBack = counter <= passkey.counter && (counter > 0 || passkey.counter > 0);
    if (wentBack)
      console.warn(
        JSON.stringify({ event: "counter went back", passkey: passkey.id, person: person.id }),
      );
    return granted({
      result: { person, secret },
      change: {
        kind: "private",
        writes: [
          spendChallenge(hash),
          usePasskey({ id: passkey.id, counter, backedUp, usedAt: now }),
          ...writeSession(session),
        ],
        audit: [
          {
            act: "sign in",
            subject: `person:${person.id}`,
            detail: {
              device: session.device,
              passkey: passkey.label,
              ...(wentBack && { counter: { before: passkey.counter, after: counter } }),
            },
          },
        ],
      },
    });
  });
}

/** Whom an invitation is for, and what their browser is to make a passkey of. */
export async function askInvited(
  context: CommandContext,
  { fields: { token }, issues }: Input<{ token: string }>,
) {
  if (issues.length > 0 || token === undefined) return invalid(issues);
  const { db } = context.store;
  const [[person]] = await db.read(invitedQuery(await hashOf(token), context.clock()));
  if (!person) return outsider("no such invitation");
  if (!(await context.countTry({ person: person.id }))) return refused({ kind: "tooManyTries" });
  return granted({
    name: person.name,
    role: person.role,
    options: await optionsFor(context, person, "invitation"),
  });
}

/** Gives an invited person their passkey, and lets them in. */
export async function accept(
  context: CommandContext,
  { fields, issues }: Input<{ token: string; passkey: NewPasskey; label?: string | undefined }>,
  userAgent: string | undefined,
): Promise<Acted<SignedIn>> {
  const { token, passkey: answer, label } = fields;
  if (issues.length > 0 || token === undefined || answer === undefined) return invalid(issues);
  const tokenHash = await hashOf(token);
  const { db } = context.store;
  const [[invited]] = await db.read(invitedQuery(tokenHash, context.clock()));
  if (!invited) return outsider("no such invitation");
  const made = await readNew(context, answer, { purpose: "invitation", personId: invited.id });
  if (!made.ok) return made;
  const secret = newSecret();
  return act(as(invited, context), async (now) => {
    const [[person], [asked], [taken]] = await db.read(
      invitedQuery(tokenHash, now),
      challengeQuery(made.value.hash, now),
      passkeyQuery(made.value.passkey.id),
    );
    if (!person || !asked || taken) return outsider("an invitation was accepted again");
    const passkey = newPasskeyOf(person.id, made.value.passkey, { label, userAgent, now });
    const session = await newSession(context, {
      person,
      passkeyId: passkey.id,
      secret,
      userAgent,
      now,
    });
    return granted({
      result: { person, secret },
      change: {
        kind: "private",
        writes: [
          spendInvitation(tokenHash),
          spendChallenge(made.value.hash),
          writePasskey(passkey),
          ...writeSession(session),
        ],
        audit: [
          {
            act: "accept invitation",
            subject: `person:${person.id}`,
            detail: { device: session.device, passkey: passkey.label },
          },
        ],
      },
    });
  });
}

/** A command of a stranger who turned out to be a person. */
function as(person: Person, context: CommandContext): CommandContext {
  return { ...context, actor: actorOf(person) };
}
