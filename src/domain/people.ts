import type { Role } from "./role.ts";

// People who work at the paper, and how long what lets them in is good. Times are in milliseconds.

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** Somebody who works at the paper. Times in epoch milliseconds. */
export interface Person {
  id: string;
  name: string;
  role: Role;
  /** The slug of the author they write as, if they are bound to one. */
  author: string | null;
  /** By which Cloudflare Access names them, in lower case. */
  email: string | null;
  createdAt: number;
  /** When they left: they cannot come in any more. */
  removedAt: number | null;
}

/** How long an invitation can be accepted. */
export const INVITATION_LIFETIME = 24 * HOUR;

/** How long somebody stays signed in who does nothing, and how long at most. */
export const SESSION_IDLE = 30 * DAY;
export const SESSION_LONGEST = 90 * DAY;

/** How old a session's last use may be before another is worth a write. */
export const USE_RESOLUTION = HOUR;

/** How long a passkey may take to sign what it was given. */
export const CHALLENGE_LIFETIME = 5 * 60_000;

/** How many passkeys a person may have. */
export const MOST_PASSKEYS = 20;

/** How long a session is good that was used last at a moment, in epoch milliseconds. */
export function sessionEnd({ createdAt, usedAt }: { createdAt: number; usedAt: number }): number {
  return Math.min(usedAt + SESSION_IDLE, createdAt + SESSION_LONGEST);
}

/** What a browser says of itself, in the words that a person knows it by: "Firefox on Android". */
export function deviceOf(userAgent: string | undefined): string {
  const known = (names: readonly (readonly [RegExp, string])[]) =>
    names.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
  const browser = known(BROWSERS);
  const system = known(SYSTEMS);
  return [browser, system].filter(Boolean).join(" on ") || "A browser";
}

/** The first that matches: most say that they are others, too. */
const BROWSERS = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
] as const;

const SYSTEMS = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "Mac"],
  [/\bLinux\b/, "Linux"],
] as const;
