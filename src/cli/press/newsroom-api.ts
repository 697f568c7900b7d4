import { setTimeout as sleep } from "node:timers/promises";
import type { Issue } from "../../domain/problem.ts";
import { isMapping } from "../folder/fields.ts";
import { Refusal } from "../refusal.ts";

/** What the API answered: a value, or why it refused the input. `rowsWritten` are D1's. */
export type Answer =
  | { ok: true; body: unknown; rowsWritten: number }
  | { ok: false; status: number; detail: string; issues: Issue[]; rowsWritten: number };

export interface Newsroom {
  /**
   * Sends `body` to a path below /api/v1, a picture as the bytes that it is and everything else as JSON. Throws a
   * Refusal when no input could do better. `ifMatch` is the version that is meant, where a call needs one.
   */
  call(method: string, path: string, body?: unknown, ifMatch?: string): Promise<Answer>;
  /** Puts `body` in the place of what had this ETag: 412 when it has another by now. */
  replace(path: string, body: unknown, etag: string): Promise<Answer>;
  /** What is at a path, or null when the API knows of nothing there. */
  look(path: string): Promise<unknown>;
}

/** A picture on its way. */
interface Upload {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Access {
  /** Scheme, host and port of the site. */
  url: string;
  key: string;
  /** Told about every wait for a busy site. */
  note?: (sentence: string) => void;
  /** Waits for so many milliseconds; tests do not. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** How often a busy site (429, 502, 503, 504) or a broken connection is tried again before giving up. */
const RETRIES = 5;

/** The longest that one Retry-After is honoured, in seconds. */
const LONGEST_WAIT = 60;

const BUSY = new Set([429, 502, 503, 504]);

/** Refusals of what was sent: other input could be accepted. A 500 is our bug, but one that this input has found. */
const ABOUT_THE_INPUT = new Set([400, 409, 412, 413, 415, 422, 500]);

/** Opens the editors' API of a site with a key. Nothing is sent yet. */
export function openNewsroom(access: Access): Newsroom {
  return {
    call: (method, path, body, ifMatch) =>
      ask(access, { method, path, body, ...(ifMatch !== undefined && { ifMatch }) }),
    replace: (path, body, etag) => ask(access, { method: "PUT", path, body, ifMatch: etag }),
    async look(path) {
      const response = await sendPatiently(access, { method: "GET", path });
      const parsed = parseJson(await response.text());
      if (response.ok && parsed !== undefined) return parsed;
      // The API's own 404 says so in JSON; any other one is of a site that is not Broadsheet.
      if (response.status === 404 && detailOf(parsed) !== null) return null;
      throw new Refusal(explain(access, `GET /api/v1${path}`, response, parsed));
    },
  };
}

/** A request on its way. */
interface Asked {
  method: string;
  path: string;
  body?: unknown;
  /** The ETag of what it changes. */
  ifMatch?: string;
}

async function ask(access: Access, asked: Asked): Promise<Answer> {
  const response = await sendPatiently(access, asked);
  const text = await response.text();
  const parsed = parseJson(text);
  const rowsWritten = rowsWrittenBy(response);
  if (response.ok && parsed !== undefined) return { ok: true, body: parsed, rowsWritten };
  if (response.ok && text === "") return { ok: true, body: null, rowsWritten };
  const { status } = response;
  if (!ABOUT_THE_INPUT.has(status))
    throw new Refusal(explain(access, `${asked.method} /api/v1${asked.path}`, response, parsed));
  const detail = detailOf(parsed) ?? `The site answered ${status}`;
  return { ok: false, status, detail, issues: issuesOf(parsed), rowsWritten };
}

/** Everything that press sends may be sent twice: imports, pictures and settings are the same the second time. */
async function sendPatiently(access: Access, asked: Asked): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const response = await send(access, asked);
    if ((response instanceof Response && !BUSY.has(response.status)) || tries === RETRIES) {
      if (response instanceof Response) return response;
      throw new Refusal(`Cannot reach ${access.url}: ${response.lost}.`);
    }
    const why =
      response instanceof Response
        ? `The site is busy (${response.status})`
        : `The connection was lost (${response.lost})`;
    const named = response instanceof Response ? retryAfter(response) : null;
    if (response instanceof Response) await response.body?.cancel();
    const seconds = Math.min(named ?? 2 ** tries, LONGEST_WAIT);
    access.note?.(`${why}; trying again in ${Math.ceil(seconds)} s.`);
    await (access.wait ?? sleep)(seconds * 1000);
  }
}

/** How long one response may take, in milliseconds: a batch on a small plan is slow, but not that slow. */
const PATIENCE = 120_000;

async function send(
  access: Access,
  { method, path, body, ifMatch }: Asked,
): Promise<Response | { lost: string }> {
  try {
    return await fetch(new URL(`/api/v1${path}`, access.url), {
      method,
      headers: {
        authorization: `Bearer ${access.key}`,
        accept: "application/json",
        ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
        ...(body === undefined
          ? {}
          : { "content-type": isUpload(body) ? body.type : "application/json" }),
      },
      ...(body === undefined ? {} : { body: isUpload(body) ? body.bytes : JSON.stringify(body) }),
      // A redirected write would arrive as a GET, and the key would go to whoever is named.
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    const cause =
      error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (cause?.code === "ECONNREFUSED") {
      throw new Refusal(
        `Nothing answers at ${access.url}. Start the site with "npm start", or name another one with --url.`,
      );
    }
    if (cause?.code === "ENOTFOUND")
      throw new Refusal(`Cannot reach ${access.url}: there is no such host.`);
    return { lost: cause?.code ?? (error instanceof Error ? error.message : String(error)) };
  }
}

function isUpload(body: unknown): body is Upload {
  return isMapping(body) && body["bytes"] instanceof Uint8Array;
}

/** Retry-After in seconds, from either of its forms (RFC 9110 section 10.2.3). */
function retryAfter(response: Response): number | null {
  const given = response.headers.get("retry-after");
  if (given === null) return null;
  if (/^\d+$/.test(given)) return Number(given);
  const moment = Date.parse(given);
  return Number.isNaN(moment) ? null : Math.max(0, (moment - Date.now()) / 1000);
}

/** The rows that D1 wrote for this request: `Server-Timing: d1;dur=2;desc="trips=3 read=40 written=0"`. */
function rowsWrittenBy(response: Response): number {
  return Number(
    /\bd1;[^,]*desc="[^"]*\bwritten=(\d+)/.exec(response.headers.get("server-timing") ?? "")?.[1] ??
      0,
  );
}

function explain(access: Access, request: string, response: Response, body: unknown): string {
  const detail = detailOf(body);
  if (response.status === 401)
    return `${access.url} does not accept the key. Pass another one with --key or BROADSHEET_KEY.`;
  if (response.status === 403)
    return `The key may not do this (${request}): ${detail ?? "its role does not allow it"}`;
  if (detail === null && BUSY.has(response.status))
    return `${access.url} answered ${response.status} to ${request}, again and again. On the Free plan, --one-by-one asks less of it at once.`;
  if (detail === null)
    return `${access.url} does not look like Broadsheet: it answered ${response.status} to ${request}.`;
  return `${access.url} answered ${response.status} to ${request}: ${detail}`;
}

function detailOf(body: unknown): string | null {
  if (!isMapping(body)) return null;
  const words = body["detail"] ?? body["title"];
  return typeof words === "string" ? words : null;
}

function issuesOf(body: unknown): Issue[] {
  const errors = isMapping(body) ? body["errors"] : null;
  if (!Array.isArray(errors)) return [];
  return (
    errors
      .filter(isMapping)
      .map((error) => ({ path: String(error["path"]), message: String(error["message"]) }))
      // The path stands before it in reports.
      .map(({ path, message }) => ({
        path,
        message: message.startsWith(`${path} `) ? message.slice(path.length + 1) : message,
      }))
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
