import { setTimeout as sleep } from "node:timers/promises";
import type { Issue } from "../domain/problem.ts";
import { isMapping } from "./fields.ts";
import { Refusal } from "./refusal.ts";

/** What the API answered: a value, or why it refused the input. `rowsWritten` are D1's. */
export type Answer =
  | { ok: true; body: unknown; rowsWritten: number }
  | { ok: false; detail: string; issues: Issue[]; rowsWritten: number };

export interface Newsroom {
  /** Sends `body` as JSON to a path below /api/v1. Throws a Refusal when no input could do better. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
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

/** How often a busy site (429, 503) is asked again before giving up. */
const RETRIES = 5;

/** The longest that one Retry-After is honoured, in seconds. */
const LONGEST_WAIT = 60;

/** Refusals of what was sent: other input could be accepted. */
const ABOUT_THE_INPUT = new Set([400, 409, 413, 422]);

/** Opens the editors' API of a site with a key. Nothing is sent yet. */
export function openNewsroom(access: Access): Newsroom {
  return {
    async call(method, path, body) {
      const response = await sendPatiently(access, method, path, body);
      const text = await response.text();
      const parsed = parseJson(text);
      const rowsWritten = rowsWrittenBy(response);
      if (response.ok && parsed !== undefined) return { ok: true, body: parsed, rowsWritten };
      if (response.ok && text === "") return { ok: true, body: null, rowsWritten };
      if (!ABOUT_THE_INPUT.has(response.status))
        throw new Refusal(explain(access, `${method} /api/v1${path}`, response, parsed));
      return {
        ok: false,
        detail: detailOf(parsed) ?? `The site answered ${response.status}`,
        issues: issuesOf(parsed),
        rowsWritten,
      };
    },
  };
}

async function sendPatiently(
  access: Access,
  method: string,
  path: string,
  body: unknown,
): Promise<Response> {
  for (let tries = 0; ; tries++) {
    const response = await send(access, method, path, body);
    if ((response.status !== 429 && response.status !== 503) || tries === RETRIES) return response;
    await response.body?.cancel();
    const seconds = Math.min(retryAfter(response) ?? 2 ** tries, LONGEST_WAIT);
    access.note?.(
      `The site is busy (${response.status}); trying again in ${Math.ceil(seconds)} s.`,
    );
    await (access.wait ?? sleep)(seconds * 1000);
  }
}

async function send(
  access: Access,
  method: string,
  path: string,
  body: unknown,
): Promise<Response> {
  try {
    return await fetch(new URL(`/api/v1${path}`, access.url), {
      method,
      headers: {
        authorization: `Bearer ${access.key}`,
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A redirected write would arrive as a GET, and the key would go to whoever is named.
      redirect: "manual",
    });
  } catch (error) {
    const cause =
      error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (cause?.code === "ECONNREFUSED") {
      throw new Refusal(
        `Nothing answers at ${access.url}. Start the site with "npm start", or name another one with --url.`,
      );
    }
    throw new Refusal(`Cannot reach ${access.url}: ${cause?.code ?? String(error)}.`);
  }
}

/** Retry-After in seconds, from either of its forms (RFC 9110 section 10.2.3). */
function retryAfter(response: Response): number | null {
  const given = response.headers.get("retry-after");
  if (given === null) return null;
  if (/^\d+$/.test(given)) return Number(given);
  const moment = Date.parse(given);
  return Number.isNaN(moment) ? null : Math.max(0, (moment - Date.now()) / 1000);
}

/** The rows that D1 wrote for this request: `Server-Timing: d1;desc="trips=3 read=40 written=0"`. */
function rowsWrittenBy(response: Response): number {
  return Number(
    /\bd1;desc="[^"]*\bwritten=(\d+)/.exec(response.headers.get("server-timing") ?? "")?.[1] ?? 0,
  );
}

function explain(access: Access, request: string, response: Response, body: unknown): string {
  const detail = detailOf(body);
  if (response.status === 401)
    return `${access.url} does not accept the key. Pass another one with --key or BROADSHEET_KEY.`;
  if (response.status === 403)
    return `The key may not do this (${request}): ${detail ?? "its role does not allow it"}`;
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
  return errors
    .filter(isMapping)
    .map((error) => ({ path: String(error["path"]), message: String(error["message"]) }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
