import { StandIn } from "../../src/edge/stand-in.ts";

// The stand-in with a Worker behind it, which is whatever a test says it is.

export const START = Date.UTC(2026, 10, 26, 12);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
const HTML = { "Content-Type": "text/html" };

export type Made = Response | Error;

/** The Worker behind the cache: what it was asked, and what it answers. */
export let asked: Request[];
let makes: (request: Request) => Made | Promise<Made>;
export let cache: StandIn;
let now: number;
export let behind: Promise<unknown>[];

/** Each test begins so: with an empty cache, and a Worker that nobody has asked. */
export function beginAnew(): void {
  asked = [];
  behind = [];
  now = START;
  openCache("version 1");
  makes = () => page({ "Cache-Control": "max-age=60" });
}

/** The cache as it is for another version of the Worker. */
export function openCache(version: string): void {
  cache = new StandIn(version, () => now);
}

export function pass(milliseconds: number): void {
  now += milliseconds;
}

/** The Worker's answers from now on are made so. */
export function answerWith(made: typeof makes): void {
  makes = made;
}

/** A page whose text says how many times the Worker was asked. */
export function page(headers: Record<string, string> = {}, status = 200): Response {
  const empty = [204, 304].includes(status);
  return new Response(empty ? null : `made ${asked.length}`, {
    status,
    headers: { ...HTML, ...headers },
  });
}

export async function worker(request: Request): Promise<Response> {
  asked.push(request);
  const made = await makes(request);
  if (made instanceof Error) throw made;
  return made;
}

/** Sends a request, and tells the cache's status, the HTTP status and the text. */
export async function get(path = "/page", init: RequestInit = {}) {
  const { response, ...told } = await send(path, init);
  await Promise.all(behind.splice(0));
  return { ...told, headers: response.headers };
}

export async function send(path: string, init: RequestInit = {}) {
  const request = new Request(new URL(path, "https://paper.example"), init);
  const response = await cache.fetch(request, {
    worker,
    waitUntil: (promise) => void behind.push(promise),
  });
  const text = await response.text();
  return {
    response,
    status: response.status,
    cache: response.headers.get("Cf-Cache-Status"),
    text,
  };
}

/** The cache's status of one request after another. */
export async function statuses(...requests: [path?: string, init?: RequestInit][]) {
  const told = [];
  for (const [path, init] of requests) told.push((await get(path, init)).cache);
  return told.join(" ");
}

export const twice = () => statuses([], []);

/** The Worker's answers from now on have these headers. */
export function say(headers: Record<string, string>, status = 200): void {
  makes = () => page(headers, status);
}
