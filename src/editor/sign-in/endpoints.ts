import { granted, type Outcome } from "../../domain/problem.ts";
import { endpoint, ok, removed, type ApiResponse, type Endpoint } from "../endpoint.ts";
import { list } from "../response-fields.ts";
import type { Acted } from "../act.ts";
import { accept, askInvited, askToSignIn, signIn, type SignedIn } from "./commands.ts";
import { cookieWith, NO_COOKIE } from "./cookie.ts";
import {
  addPasskey,
  askForAnother,
  dropPasskey,
  ownPasskeys,
  ownSessions,
  renamePasskey,
  signOut,
} from "./own.ts";
import * as schema from "./schema.ts";

/** How people come in, and what they have of their own. */
export const signingIn: Endpoint[] = [
  endpoint({
    method: "POST",
    path: "/sessions/challenge",
    group: "Sign-in",
    summary: "Ask what a passkey is to sign.",
    open: true,
    right: "see the newsroom",
    response: { status: 200, schema: schema.challenge },
    run: async ({ context }) => ok({ options: await askToSignIn(context) }),
  }),
  endpoint({
    method: "POST",
    path: "/sessions",
    group: "Sign-in",
    summary:
      "Sign in with what a passkey signed. The session is a cookie, for pages of this site alone.",
    open: true,
    right: "see the newsroom",
    body: schema.signing,
    response: { status: 201, schema: schema.me },
    run: async ({ context, input, userAgent }) => come(await signIn(context, input, userAgent)),
  }),
  endpoint({
    method: "POST",
    path: "/invitations/challenge",
    group: "Sign-in",
    summary: "Ask whom an invitation is for, and what to make a passkey of.",
    open: true,
    right: "see the newsroom",
    body: schema.invited,
    response: { status: 200, schema: schema.invitedChallenge },
    async run({ context, input }) {
      const asked = await askInvited(context, input);
      return asked.ok ? ok(asked.value) : asked;
    },
  }),
  endpoint({
    method: "POST",
    path: "/invitations/accept",
    group: "Sign-in",
    summary: "Accept an invitation with a new passkey, and be signed in.",
    open: true,
    right: "see the newsroom",
    body: schema.accepting,
    response: { status: 201, schema: schema.me },
    run: async ({ context, input, userAgent }) => come(await accept(context, input, userAgent)),
  }),
  endpoint({
    method: "GET",
    path: "/people/me",
    group: "Sign-in",
    summary: "Read who you are: the person who is signed in, or the key that is used.",
    right: "see the newsroom",
    response: { status: 200, schema: schema.me },
    run: async ({ context: { actor } }) => ok(schema.meResponse(actor)),
  }),
  endpoint({
    method: "GET",
    path: "/people/me/sessions",
    group: "Sign-in",
    summary: "List where you are signed in, used last first.",
    right: "see the newsroom",
    response: { status: 200, schema: list(schema.session) },
    async run({ context }) {
      const own = await ownSessions(context);
      if (!own.ok) return own;
      const items = own.value.map((each) => schema.sessionResponse(each, context.session));
      return ok({ items, next: null });
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/people/me/sessions/{session}",
    group: "Sign-in",
    summary: "Sign out: here, as current, or elsewhere.",
    right: "see the newsroom",
    response: { status: 204, schema: null },
    async run({ context, params: { session = "" } }) {
      const isHere = session === "current" || session === context.session;
      const outcome = removed(await signOut(context, session));
      return outcome.ok && isHere
        ? granted({ ...outcome.value, headers: { "Set-Cookie": NO_COOKIE } })
        : outcome;
    },
  }),
  endpoint({
    method: "GET",
    path: "/people/me/passkeys",
    group: "Sign-in",
    summary: "List your passkeys.",
    right: "see the newsroom",
    response: { status: 200, schema: list(schema.passkey) },
    async run({ context }) {
      const own = await ownPasskeys(context);
      return own.ok ? ok({ items: own.value.map(schema.passkeyResponse), next: null }) : own;
    },
  }),
  endpoint({
    method: "POST",
    path: "/people/me/passkeys/challenge",
    group: "Sign-in",
    summary: "Ask what to make another passkey of, with what one that you have has just signed.",
    right: "see the newsroom",
    body: schema.signing,
    response: { status: 200, schema: schema.challenge },
    async run({ context, input }) {
      const asked = await askForAnother(context, input);
      return asked.ok ? ok(asked.value) : asked;
    },
  }),
  endpoint({
    method: "POST",
    path: "/people/me/passkeys",
    group: "Sign-in",
    summary: "Add a passkey.",
    right: "see the newsroom",
    body: schema.adding,
    response: { status: 201, schema: schema.passkey },
    async run({ context, input, userAgent }) {
      const added = await addPasskey(context, input, userAgent);
      return added.ok ? granted({ status: 201, body: schema.passkeyResponse(added.value) }) : added;
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/people/me/passkeys/{passkey}",
    group: "Sign-in",
    summary: "Call a passkey otherwise.",
    right: "see the newsroom",
    body: schema.labelling,
    response: { status: 200, schema: schema.passkey },
    async run({ context, params: { passkey = "" }, input }) {
      const renamed = await renamePasskey(context, passkey, input);
      return renamed.ok ? ok(schema.passkeyResponse(renamed.value)) : renamed;
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/people/me/passkeys/{passkey}",
    group: "Sign-in",
    summary: "Remove a passkey, and end the sessions that it opened. The last one stays.",
    right: "see the newsroom",
    response: { status: 204, schema: null },
    run: async ({ context, params: { passkey = "" } }) =>
      removed(await dropPasskey(context, passkey)),
  }),
];

/** Lets the browser of who has come in know their session. */
function come(signedIn: Acted<SignedIn>): Outcome<ApiResponse> {
  if (!signedIn.ok) return signedIn;
  const { person, secret } = signedIn.value;
  const headers = { "Set-Cookie": cookieWith(secret) };
  return granted({ status: 201, body: schema.personAsMe(person), headers });
}
