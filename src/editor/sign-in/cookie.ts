import { SESSION_LONGEST } from "../../domain/people.ts";

// The cookie of a session (RFC 6265bis): of this host alone, never read by a script, never sent from another site.

const NAME = "__Host-broadsheet";
const ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict";

/** Gives the browser a session's secret. */
export function cookieWith(secret: string): string {
  return `${NAME}=${secret}; ${ATTRIBUTES}; Max-Age=${SESSION_LONGEST / 1000}`;
}

/** Takes it away. */
export const NO_COOKIE = `${NAME}=; ${ATTRIBUTES}; Max-Age=0`;

/** The secret in a Cookie header; null without one. */
export function secretIn(header: string | undefined): string | null {
  const pair = header
    ?.split(";")
    .map((each) => each.trim())
    .find((each) => each.startsWith(`${NAME}=`));
  const secret = pair?.slice(NAME.length + 1) ?? "";
  return /^[\w-]{43}$/.test(secret) ? secret : null;
}

/**
 * Tells whether a page of the site itself made a request: only then does a cookie count, whoever has it. Browsers say so in
 * `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/), older ones in `Origin`.
 */
export function isSameOrigin(
  header: (name: string) => string | undefined,
  origin: string,
): boolean {
  const site = header("Sec-Fetch-Site");
  return site === undefined ? header("Origin") === origin : site === "same-origin";
}
