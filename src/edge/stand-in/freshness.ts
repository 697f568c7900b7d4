// Promises: whether a response may be stored, and how long it is good, as the platform says it decides.
// Relies on: RFC 9111 sections 3 and 4.2, and https://developers.cloudflare.com/workers/cache/configuration/ where it differs.
// Does not: keep anything, or know the time by itself.

import {
  isDictionary,
  parseAge,
  parseDate,
  parseDirectives,
  parseList,
  parseSeconds,
  type Directives,
} from "./fields.ts";

/** How long a stored response may be used, in milliseconds. */
export interface Freshness {
  /** Without revalidation, in seconds. 0: it is revalidated every time. */
  fresh: number;
  /** After that, while it is revalidated behind the response. */
  whileRevalidate: number;
  /** After that, when it fails. Infinity: as long as the response is there. */
  ifError: number;
}

/** The freshness of a response and the fields that must not be kept of it, or why it is not stored. */
export type Verdict =
  | { freshness: Freshness; unkept: string[] }
  | { refused: "BYPASS" | "DYNAMIC" | "MISS" };

/** What a verdict depends on. */
export interface Exchange {
  path: string;
  hasAuthorization: boolean;
  /** Cache-Control that the caller gave with the request (`cf.cacheControl`), before anything the Worker says. */
  override: string | null;
  status: number;
  headers: Headers;
  /** When the response came, in epoch milliseconds. */
  now: number;
}

/** How long a response is good that says nothing about it, in seconds, by its status. */
const DEFAULT_SECONDS: Record<number, number> = {
  200: 7200,
  203: 7200,
  204: 7200,
  300: 1200,
  301: 1200,
  404: 180,
  405: 60,
  410: 180,
  414: 60,
  501: 60,
};

/** Statuses whose meaning for caching is known, for `must-understand` (RFC 9111 section 5.2.2.3). */
const UNDERSTOOD = new Set([200, 203, 204, 300, 301, 302, 303, 307, 308, 404, 405, 410, 414, 501]);

/** Judges whether a response may be stored, and on which freshness. */
export function judge(exchange: Exchange): Verdict {
  const { status, headers, hasAuthorization } = exchange;
  if (status === 206 || status === 304 || (status >= 520 && status <= 526))
    return { refused: "MISS" };

  const policy = policyOf(exchange);
  const { directives } = policy;
  const says = (name: string) => directives.has(name);
  const fieldsOf = (name: string) =>
    parseList(directives.get(name) ?? null).map((field) => field.toLowerCase());

  // An unknown status is not stored; a known one may be, whatever no-store says to those who know less.
  const mustUnderstand = says("must-understand");
  if (mustUnderstand && !UNDERSTOOD.has(status)) return { refused: "BYPASS" };
  if (says("no-store") && !mustUnderstand) return { refused: "BYPASS" };
  const isPrivate = says("private") && fieldsOf("private").length === 0;
  if (isPrivate || parseList(headers.get("Vary")).includes("*")) return { refused: "BYPASS" };
  if (hasAuthorization && !says("public") && !says("must-revalidate") && !says("s-maxage"))
    return { refused: "BYPASS" };
  const unkept = [
    ...fieldsOf("private"),
    ...fieldsOf("no-cache").filter((field) => field === "set-cookie"),
  ];
  if (headers.has("Set-Cookie") && !unkept.includes("set-cookie")) return { refused: "BYPASS" };

  const fresh = freshnessLifetime(exchange, policy);
  if (fresh === null) return { refused: "DYNAMIC" };
  if (policy.isSilent && deceives(exchange.path, headers.get("Content-Type")))
    return { refused: "BYPASS" };
  return { freshness: { fresh, ...staleness(directives, headers) }, unkept };
}

/** How old a response was when it came, in milliseconds (RFC 9111 section 4.2.3). */
export function initialAge(headers: Headers, requestedAt: number, came: number): number {
  const date = parseDate(headers.get("Date"), came) ?? came;
  // A date tells whole seconds: less than one is no age.
  const apparent = Math.max(0, Math.floor((came - date) / 1000) * 1000);
  return Math.max(apparent, parseAge(headers.get("Age")) * 1000 + (came - requestedAt));
}

interface Policy {
  directives: Directives;
  /** Given by a field for caches like this one: Expires says nothing then (RFC 9213 section 2.2). */
  isTargeted: boolean;
  /** Neither Cache-Control nor Expires. */
  isSilent: boolean;
}

/** The field that counts: the most specific one. */
function policyOf({ headers, override }: Exchange): Policy {
  if (override !== null)
    return { directives: parseDirectives(override), isTargeted: true, isSilent: false };
  for (const name of ["Cloudflare-CDN-Cache-Control", "CDN-Cache-Control"]) {
    const value = headers.get(name);
    if (value !== null && isDictionary(value))
      return { directives: parseDirectives(value), isTargeted: true, isSilent: false };
  }
  const value = headers.get("Cache-Control");
  return {
    directives: parseDirectives(value ?? ""),
    isTargeted: false,
    isSilent: value === null && !headers.has("Expires"),
  };
}

/** How long a response is fresh, in milliseconds; null for one that nothing allows to be stored (RFC 9111 section 3). */
function freshnessLifetime(
  { status, headers, now }: Exchange,
  { directives, isTargeted, isSilent }: Policy,
): number | null {
  const byDefault = DEFAULT_SECONDS[status];
  if (isSilent) return byDefault === undefined ? null : byDefault * 1000;
  if (revalidatesAlways(directives, headers)) return 0;
  for (const name of ["s-maxage", "max-age"]) {
    // What is malformed is stale (RFC 9111 section 4.2.1).
    if (directives.has(name)) return (parseSeconds(directives.get(name)) ?? 0) * 1000;
  }
  const date = parseDate(headers.get("Date"), now) ?? now;
  const expires = headers.get("Expires");
  if (expires !== null && !isTargeted) return Math.max(0, (parseDate(expires, now) ?? date) - date);
  if (byDefault === undefined && !directives.has("public")) return null;
  // The Worker's directives count instead of the defaults, and none says how long: a tenth of its age (RFC 9111 section 4.2.2).
  const modified = parseDate(headers.get("Last-Modified"), now);
  return modified === null ? 0 : Math.max(0, (date - modified) / 10);
}

/** Must it be revalidated before every use? A `no-cache` that names fields says so when one of them is there. */
function revalidatesAlways(directives: Directives, headers: Headers): boolean {
  if (!directives.has("no-cache")) return false;
  const named = parseList(directives.get("no-cache") ?? null);
  return (
    named.length === 0 ||
    named.some((field) => field.toLowerCase() !== "set-cookie" && headers.has(field))
  );
}

function staleness(directives: Directives, headers: Headers) {
  // These forbid stale responses (RFC 9111 section 4.2.4).
  if (["s-maxage", "must-revalidate", "proxy-revalidate"].some((name) => directives.has(name)))
    return { whileRevalidate: 0, ifError: 0 };
  const seconds = (name: string) => parseSeconds(directives.get(name));
  const ifError = seconds("stale-if-error");
  return {
    whileRevalidate: (seconds("stale-while-revalidate") ?? 0) * 1000,
    // Without the directive stale responses are served for as long as the Worker fails.
    ifError: revalidatesAlways(directives, headers) ? 0 : (ifError ?? Infinity) * 1000,
  };
}

/** What files with an ending are, where a Worker could be tricked into responding with a page. */
const TYPES: Record<string, string> = {
  css: "text/css",
  csv: "text/csv",
  doc: "application/msword",
  gif: "image/",
  gz: "application/gzip",
  ico: "image/",
  jpeg: "image/",
  jpg: "image/",
  js: "javascript",
  mjs: "javascript",
  json: "json",
  mp3: "audio/",
  mp4: "video/",
  pdf: "application/pdf",
  png: "image/",
  svg: "image/svg",
  txt: "text/plain",
  wasm: "application/wasm",
  webmanifest: "json",
  webp: "image/",
  woff: "font",
  woff2: "font",
  xml: "xml",
  zip: "application/zip",
};

/** Does an address pretend to be a file that the response is not? https://developers.cloudflare.com/cache/cache-security/cache-deception-armor/ */
function deceives(path: string, contentType: string | null): boolean {
  if (!/^(?:text|application)\//i.test(contentType ?? "")) return false;
  const wanted = TYPES[/\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ""];
  return wanted !== undefined && !contentType?.toLowerCase().includes(wanted);
}
