import { handle, handlePastCache } from "../../src/app.ts";
import type { Bindings } from "../../src/store/open.ts";
import type { StoredResponses } from "../../src/edge/stand-in/stored.ts";
import { openPlatform, tickOn, type TestPlatform } from "./platform.ts";
import { ORIGIN, ROOT_KEY } from "./site.ts";

/** A paper on a platform: what editors and readers can do with it, wherever its database is. */
export interface Paper {
  platform: TestPlatform;
  env: Bindings;
  /** One call of the API; a 500 is a bug and throws. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Called>;
  /** The same over a database of the test's own. */
  callOn(
    db: D1Database,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Called>;
  /** Uploads a picture. */
  upload(bytes: Uint8Array, query: Record<string, string>): Promise<Called>;
  /** A page through the cache. */
  visit(path: string, headers?: Record<string, string>): Promise<Response>;
  /** A page as the Worker makes it now. */
  made(path: string, headers?: Record<string, string>): Promise<Response>;
  tick(): Promise<void>;
}

export interface Called {
  status: number;
  // eslint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  json: any;
  /** The cookie that it gives, as a browser sends it back. */
  cookie?: string | undefined;
}

/** Opens a paper over some bindings. */
export function openPaper(
  env: Bindings,
  options: { unlimited?: boolean; stored?: StoredResponses } = {},
): Paper {
  const platform = openPlatform(env, options);

  async function called(on: Bindings, path: string, init: RequestInit): Promise<Called> {
    const request = new Request(`${ORIGIN}/api/v1${path}`, init);
    const response = await handle(request, on, platform);
    const text = await response.text();
    if (response.status === 500) throw new Error(`${init.method} ${path} answered 500: ${text}`);
    const cookie = response.headers.get("Set-Cookie")?.split(";")[0];
    return { status: response.status, json: text ? JSON.parse(text) : null, cookie };
  }

  const authorised = { Authorization: `Bearer ${ROOT_KEY}` };
  const initOf = (method: string, body?: unknown, headers: Record<string, string> = {}) => ({
    method,
    headers: {
      // Who comes with a cookie has no key.
      ...(headers["Cookie"] === undefined && authorised),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    platform,
    env,
    call: (method, path, body, headers) => called(env, path, initOf(method, body, headers)),
    callOn: (db, method, path, body, headers) =>
      called({ ...env, DB: db }, path, initOf(method, body, { "If-Match": "*", ...headers })),
    upload: (bytes, query) =>
      called(env, `/media?${new URLSearchParams(query).toString()}`, {
        method: "POST",
        headers: { ...authorised, "Content-Type": "image/png" },
        body: bytes,
      }),
    visit: (path, headers = {}) =>
      platform.exports.default.fetch(new Request(ORIGIN + path, { headers, redirect: "manual" })),
    made: (path, headers = {}) =>
      handlePastCache(new Request(ORIGIN + path, { headers, redirect: "manual" }), env, platform),
    tick: () => tickOn(platform, env),
  };
}
