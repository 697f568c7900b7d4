// Promises: a credential only of this site, by somebody whom the device recognised, over a challenge that was made here.
// Relies on: @simplewebauthn/server, which is loaded when somebody signs in (https://www.w3.org/TR/webauthn-3/#sctn-rp-operations).
// Does not: know whose a passkey is, or whether a challenge was answered before (store/passkeys.d1.ts).

import * as z from "zod/mini";
import { CHALLENGE_LIFETIME, type Person } from "../../domain/people.ts";
import type { Passkey } from "../../store/passkeys.d1.ts";
import { atMost } from "../fields.ts";

/** Bytes in base64url, as browsers write them (https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON). */
const bytes = (longest: number) =>
  z.string().check(atMost(longest), z.regex(/^[\w-]+$/, "must be base64url."));

/** What every answer of a passkey has; what else browsers say is left out. */
const answered = {
  id: bytes(1400),
  rawId: bytes(1400),
  type: z.literal("public-key"),
  clientExtensionResults: z.optional(z.looseObject({})),
  authenticatorAttachment: z.optional(z.nullable(z.string())),
};

/** A new passkey, as `RegistrationResponseJSON`. */
export const newPasskey = z.object({
  ...answered,
  response: z.object({
    clientDataJSON: bytes(8192),
    attestationObject: bytes(65_536),
    transports: z.optional(z.array(z.string().check(atMost(32))).check(z.maxLength(16))),
  }),
});
export type NewPasskey = z.output<typeof newPasskey>;

/** What a passkey signed, as `AuthenticationResponseJSON`. */
export const signedByPasskey = z.object({
  ...answered,
  response: z.object({
    clientDataJSON: bytes(8192),
    authenticatorData: bytes(8192),
    signature: bytes(8192),
    userHandle: z.optional(z.nullable(z.string().check(atMost(256)))),
  }),
});
export type SignedByPasskey = z.output<typeof signedByPasskey>;

/** Where passkeys are of: the site's origin and its host. */
interface Site {
  origin: string;
  /** What the browser shows. */
  title: string;
}

/** ES256, EdDSA and RS256 (https://www.iana.org/assignments/cose/): what every authenticator has one of. */
const ALGORITHMS = [-7, -8, -257];

/** What a browser is to make a passkey of: `PublicKeyCredentialCreationOptionsJSON`. */
export function creationOptions(
  { origin, title }: Site,
  { id, name }: Pick<Person, "id" | "name">,
  { challenge, known }: { challenge: string; known: Passkey[] },
) {
  return {
    rp: { id: new URL(origin).hostname, name: title },
    user: { id: handleOf(id), name, displayName: name },
    challenge,
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
    timeout: CHALLENGE_LIFETIME,
    attestation: "none",
    excludeCredentials: known.map(({ id: key, transports }) => ({
      type: "public-key",
      id: key,
      transports,
    })),
    authenticatorSelection: {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
  };
}

/** What a browser is to have signed: `PublicKeyCredentialRequestOptionsJSON`. Whoever's passkey it is. */
export function requestOptions(origin: string, challenge: string) {
  return {
    rpId: new URL(origin).hostname,
    challenge,
    timeout: CHALLENGE_LIFETIME,
    allowCredentials: [],
    userVerification: "required",
  };
}

/** The user handle of a person: their id, in base64url. */
function handleOf(id: string): string {
  return new TextEncoder().encode(id).toBase64({ alphabet: "base64url", omitPadding: true });
}

/** The challenge that the browser says it had signed; null where it says none. */
export function challengeIn(clientDataJSON: string): string | null {
  try {
    const text = new TextDecoder().decode(
      Uint8Array.fromBase64(clientDataJSON, { alphabet: "base64url" }),
    );
    const data: unknown = JSON.parse(text);
    const challenge =
      typeof data === "object" && data !== null ? Reflect.get(data, "challenge") : null;
    return typeof challenge === "string" && challenge.length <= 256 ? challenge : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A passkey that a browser made, verified; null where anything about it is not as it must be. */
export async function verifyNew(
  answer: NewPasskey,
  { origin, challenge }: { origin: string; challenge: string },
): Promise<Pick<Passkey, "id" | "publicKey" | "counter" | "transports" | "backedUp"> | null> {
  const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
  const verified = await quietly("new passkey", () =>
    verifyRegistrationResponse({
      response: withResults(answer) as never,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (!verified?.verified) return null;
  const { credential, credentialBackedUp } = verified.registrationInfo;
  return {
    id: credential.id,
    publicKey: credential.publicKey.toBase64({ alphabet: "base64url", omitPadding: true }),
    counter: credential.counter,
    transports: answer.response.transports ?? [],
    backedUp: credentialBackedUp,
  };
}

/** What a passkey signed, verified; null where anything about it is not as it must be. */
export async function verifySigned(
  answer: SignedByPasskey,
  passkey: Passkey,
  { origin, challenge }: { origin: string; challenge: string },
): Promise<Pick<Passkey, "counter" | "backedUp"> | null> {
  const { userHandle } = answer.response;
  if (userHandle && userHandle !== handleOf(passkey.personId)) return null;
  const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
  const verified = await quietly("sign-in", () =>
    verifyAuthenticationResponse({
      response: withResults(answer) as never,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: new URL(origin).hostname,
      credential: {
        id: passkey.id,
        publicKey: Uint8Array.fromBase64(passkey.publicKey, { alphabet: "base64url" }),
        // A counter that went back is told, not refused (commands.ts): backed-up passkeys have none, and some devices restore one.
        counter: 0,
      },
    }),
  );
  if (!verified?.verified) return null;
  const { newCounter, credentialBackedUp } = verified.authenticationInfo;
  return { counter: newCounter, backedUp: credentialBackedUp };
}

const withResults = <T extends { clientExtensionResults?: unknown }>(answer: T) => ({
  ...answer,
  clientExtensionResults: answer.clientExtensionResults ?? {},
});

/** The library throws at what is wrong: that is for the log. */
async function quietly<T>(what: string, verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(JSON.stringify({ event: "refused passkey", what, reason: reason.slice(0, 300) }));
    return null;
  }
}
