import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { api, type Answer } from "./api.ts";
import type { Me, Passkey } from "./contract.ts";
import type { Words } from "./words/words.ts";

// What a browser and a device do for a sign-in. What is given to them and what they give goes through unread.

/** Options as the server made them: what is in them is between it and the device. */
interface Challenge<Options> {
  options: Options;
}
type Making = Parameters<typeof startRegistration>[0]["optionsJSON"];
type Signing = Parameters<typeof startAuthentication>[0]["optionsJSON"];

/** Why somebody is not in. */
type Hitch = keyof Pick<
  Words["entrance"],
  "refused" | "cancelled" | "unsupported" | "invitationGone"
>;
/** `isKnown`: the device has a passkey of theirs already. */
export type Came<T> =
  | { ok: true; value: T }
  | { ok: false; hitch: Hitch | null; answer?: Answer<T>; isKnown?: boolean };

export interface Invited extends Challenge<Making> {
  name: string;
  role: Me["role"];
}

export const hasPasskeys = browserSupportsWebAuthn;

/** Signs somebody in with a passkey of theirs. */
export async function signIn(): Promise<Came<Me>> {
  return withDevice(async () => {
    const asked = await api.post<Challenge<Signing>>("/sessions/challenge");
    if (!asked.ok) return asked;
    const passkey = await startAuthentication({ optionsJSON: asked.value.options });
    return api.post<Me>("/sessions", { passkey });
  });
}

/** Looks whom an invitation is for. */
export function openInvitation(token: string): Promise<Answer<Invited>> {
  return api.post<Invited>("/invitations/challenge", { token });
}

/** Makes a passkey on this device for who was invited. */
export async function acceptInvitation(token: string, { options }: Invited): Promise<Came<Me>> {
  return withDevice(async () => {
    const passkey = await startRegistration({ optionsJSON: options });
    return api.post<Me>("/invitations/accept", { token, passkey });
  });
}

/** Makes another passkey for who is here, after they signed with one that they have; without a label the server names it. */
export async function addPasskey(label?: string): Promise<Came<Passkey>> {
  return withDevice(async () => {
    const asked = await api.post<Challenge<Signing>>("/sessions/challenge");
    if (!asked.ok) return asked;
    const signed = await startAuthentication({ optionsJSON: asked.value.options });
    const made = await api.post<Challenge<Making>>(
      "/people/me/passkeys/challenge",
      { passkey: signed },
      { isProof: true },
    );
    if (!made.ok) return made;
    const passkey = await startRegistration({ optionsJSON: made.value.options });
    return api.post<Passkey>(
      "/people/me/passkeys",
      { passkey, ...(label ? { label } : {}) },
      { isProof: true },
    );
  });
}

/** What a device refuses, or its owner, is no fault of the desk's. */
async function withDevice<T>(act: () => Promise<Answer<T> | Answer<never>>): Promise<Came<T>> {
  if (!hasPasskeys()) return { ok: false, hitch: "unsupported" };
  try {
    const answer = await act();
    if (answer.ok) return { ok: true, value: answer.value };
    const isRefused = answer.trouble.kind === "signedOut" || answer.trouble.kind === "refused";
    return { ok: false, hitch: isRefused ? "refused" : null, answer };
  } catch (error) {
    const isCancelled =
      error instanceof Error && ["NotAllowedError", "AbortError"].includes(error.name);
    // Of a device that is among the excluded ones (WebAuthn 3, section 6.3.2).
    const isKnown = error instanceof Error && error.name === "InvalidStateError";
    return { ok: false, hitch: isCancelled ? "cancelled" : "refused", isKnown };
  }
}
