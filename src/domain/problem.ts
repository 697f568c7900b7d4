/**
 * One thing wrong with an input: where it is (`authors.1`, `hero.alt`) and what was wanted. A message that begins in lower case
 * is said of the path: "must not be empty."
 */
export interface Issue {
  path: string;
  message: string;
}

/** An issue as a sentence with a subject: "title must not be empty." */
export function sentenceOf({ path, message }: Issue): string {
  return /^[a-z]/.test(message) ? `${path || "The body"} ${message}` : message;
}

/**
 * Every refusal that Broadsheet expects. Anything else that goes wrong is a bug and throws.
 * `editor/refusals.ts` maps each kind to its HTTP status, exhaustively.
 */
export type Problem =
  | { kind: "malformed"; detail: string }
  | { kind: "unauthenticated" }
  /** Of tries to sign in. */
  | { kind: "tooManyTries" }
  | { kind: "forbidden"; detail: string }
  | { kind: "unknown"; detail: string }
  | { kind: "wrongMethod"; detail: string; allow: string }
  | { kind: "taken"; detail: string; issues: Issue[] }
  | { kind: "wrongState"; detail: string; issues?: Issue[] }
  /** `changed`: the fields that changed since it was read; null where that cannot be told. */
  | { kind: "stale"; detail: string; current: unknown; changed: string[] | null; etag: string }
  | { kind: "tooLarge"; detail: string }
  | { kind: "unsupportedType"; detail: string }
  | { kind: "invalid"; issues: Issue[] }
  | { kind: "unconditional"; detail: string }
  | { kind: "busy"; detail: string; retryAfterSeconds: number }
  | { kind: "unconfigured"; detail: string };

/** What a command returns: a value, or a refusal that says why not. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** Wraps a value as a success. */
export function granted<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/** Wraps a problem as a refusal. */
export function refused(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem };
}

/** Refuses input for the given reasons, all of them at once. */
export function invalid(issues: Issue[]): { ok: false; problem: Problem } {
  return refused({ kind: "invalid", issues });
}
