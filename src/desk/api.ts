import type { Listed } from "./contract.ts";

// The one place that speaks to the server, and only to /api/v1. Promises: never throws for what a server or a network may do; a
// refusal is a value that says why. Relies on: the session's cookie, which browsers send by themselves. Does not: keep anything.

/** One thing wrong with what was sent; `path` is the field's. */
export interface Wrong {
  path: string;
  message: string;
}

/** Why a call came to nothing. */
export interface Trouble {
  /** `offline`: no answer came; `signedOut`: nobody is known any more; `stale`: somebody else was faster. */
  kind: "offline" | "signedOut" | "stale" | "invalid" | "gone" | "refused" | "busy" | "broken";
  status: number;
  detail: string;
  wrong: Wrong[];
  /** Of `stale`: what is there now, and which fields changed. */
  current?: unknown;
  changed?: string[] | null;
}

export type Answer<T> =
  | { ok: true; value: T; etag: string | null }
  | { ok: false; trouble: Trouble };

interface Manner {
  /** The version that is meant, as it was received; `*` for whatever is there. */
  ifMatch?: number | string | undefined;
  /** Names a POST, so that it is carried out once however often it is sent. */
  once?: string | undefined;
  signal?: AbortSignal | undefined;
  /** It sends what a passkey signed: a 401 says that this was wrong, and nothing of the session. */
  isProof?: boolean;
}

type Query = Record<string, string | number | boolean | null | undefined>;

let onSignedOut: () => void = () => {};

/** Says what to do when the server knows the caller no more. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

export const api = {
  get: <T>(path: string, query: Query = {}, manner: Manner = {}) =>
    call<T>("GET", path + queryText(query), undefined, manner),
  post: <T>(path: string, body?: unknown, manner: Manner = {}) =>
    call<T>("POST", path, body, { once: crypto.randomUUID(), ...manner }),
  put: <T>(path: string, body: unknown, manner: Manner = {}) => call<T>("PUT", path, body, manner),
  patch: <T>(path: string, body: unknown, manner: Manner = {}) =>
    call<T>("PATCH", path, body, manner),
  delete: <T = null>(path: string, manner: Manner = {}) =>
    call<T>("DELETE", path, undefined, manner),
};

/** Reads a list to its end, or to `most` of it. */
export async function listAll<T>(
  path: string,
  query: Query = {},
  most = 2000,
): Promise<Answer<T[]>> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.get<Listed<T>>(path, { limit: 100, ...query, cursor });
    if (!page.ok) return page;
    items.push(...page.value.items);
    cursor = page.value.next ?? undefined;
  } while (cursor !== undefined && items.length < most);
  return { ok: true, value: items, etag: null };
}

/** Where the server has something that the browser itself loads, as an image does. */
export function addressOf(path: string, query: Query = {}): string {
  return `/api/v1${path}${queryText(query)}`;
}

/** Sends a picture's bytes; `progress` is told how much of it is there, from 0 to 1. */
export function upload<T>(
  path: string,
  file: Blob,
  query: Query,
  progress: (share: number) => void,
): Promise<Answer<T>> {
  const { promise, resolve } = Promise.withResolvers<Answer<T>>();
  // fetch tells nothing of how far an upload is.
  const request = new XMLHttpRequest();
  request.open("POST", addressOf(path, query));
  request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", ({ loaded, total }) =>
    progress(total === 0 ? 0 : loaded / total),
  );
  request.addEventListener("load", () => {
    if (request.status === 401) onSignedOut();
    resolve(answerOf<T>(request.status, request.responseText, request.getResponseHeader("ETag")));
  });
  for (const end of ["error", "abort"]) request.addEventListener(end, () => resolve(offline()));
  request.send(file);
  return promise;
}

async function call<T>(
  method: string,
  path: string,
  body: unknown,
  { ifMatch, once, signal, isProof = false }: Manner,
): Promise<Answer<T>> {
  const headers = new Headers({ Accept: "application/json" });
  // The API takes a session's calls only as JSON, which no form of another site can send.
  if (method !== "GET") headers.set("Content-Type", "application/json");
  if (ifMatch !== undefined) headers.set("If-Match", ifMatch === "*" ? "*" : `"${ifMatch}"`);
  if (once !== undefined) headers.set("Idempotency-Key", once);
  const init: RequestInit = {
    method,
    headers,
    credentials: "same-origin",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  };
  try {
    const response = await fetch(addressOf(path), init);
    if (response.status === 401 && !isProof) onSignedOut();
    return answerOf<T>(response.status, await response.text(), response.headers.get("ETag"));
  } catch {
    return offline();
  }
}

function answerOf<T>(status: number, text: string, etag: string | null): Answer<T> {
  const body = parsed(text);
  if (status >= 200 && status < 300) return { ok: true, value: body as T, etag };
  const told = isRecord(body) ? body : {};
  return {
    ok: false,
    trouble: {
      kind: kindOf(status),
      status,
      detail: typeof told["detail"] === "string" ? told["detail"] : "",
      wrong: Array.isArray(told["errors"]) ? (told["errors"] as Wrong[]) : [],
      current: told["current"],
      changed: (told["changed"] as string[] | null | undefined) ?? null,
    },
  };
}

function kindOf(status: number): Trouble["kind"] {
  if (status === 401) return "signedOut";
  if (status === 412) return "stale";
  if (status === 422 || status === 409 || status === 413 || status === 415) return "invalid";
  if (status === 404 || status === 410) return "gone";
  if (status === 429 || status === 503) return "busy";
  return status >= 500 ? "broken" : "refused";
}

function offline(): { ok: false; trouble: Trouble } {
  return { ok: false, trouble: { kind: "offline", status: 0, detail: "", wrong: [] } };
}

function parsed(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function queryText(query: Query): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== "") asked.set(name, String(value));
  const text = asked.toString();
  return text && `?${text}`;
}
