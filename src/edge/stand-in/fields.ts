// Promises: header fields read as their specifications say; what is malformed is told apart from what is absent.
// Relies on: RFC 9110 (dates, lists), RFC 9111 (Cache-Control, Age, Expires) and RFC 9213 (targeted fields).
// Does not: decide anything.

/** Cache directives by their name in lower case: the argument without its quotes, or null for none. */
export type Directives = Map<string, string | null>;

/** Reads a Cache-Control field (RFC 9111 section 5.2). Of a directive that is there twice the first counts; the widest, if one has no argument. */
export function parseDirectives(value: string): Directives {
  const found: Directives = new Map();
  for (const [part] of value.matchAll(/(?:[^,"]|"(?:\\.|[^"\\])*"?)+/g)) {
    const [, name, quoted, token] =
      /^\s*([^\s="]+)(?:=(?:"((?:\\.|[^"\\])*)"|(\S*)))?\s*$/.exec(part) ?? [];
    if (name === undefined) continue;
    const argument = quoted?.replaceAll(/\\(.)/g, "$1") ?? token ?? null;
    if (argument === null || !found.has(name.toLowerCase()))
      found.set(name.toLowerCase(), argument);
  }
  return found;
}

/** Delta-seconds can be larger than anyone lives: what overflows is 2^31 (RFC 9111 section 1.2.2). */
const FOREVER_SECONDS = 2 ** 31;

/** A number of seconds (RFC 9111 section 1.2.2), or null for anything else. */
export function parseSeconds(value: string | null | undefined): number | null {
  return typeof value === "string" && /^\d+$/.test(value)
    ? Math.min(Number(value), FOREVER_SECONDS)
    : null;
}

/** An Age field in seconds (RFC 9111 section 5.1): the first of several, 0 for one that is malformed. */
export function parseAge(value: string | null): number {
  return parseSeconds(value?.split(",", 1)[0]?.trim()) ?? 0;
}

/** A comma-separated list (RFC 9110 section 5.6.1), without its empty members. */
export function parseList(value: string | null): string[] {
  return (value ?? "")
    .split(",")
    .map((member) => member.trim())
    .filter(Boolean);
}

/** A member of a dictionary (RFC 9651 section 3.2), as far as cache directives use it. */
const MEMBER =
  /^[a-z*][a-z0-9_\-.*]*(?:=(?:-?\d+(?:\.\d+)?|"(?:\\["\\]|[^"\\])*"|[a-z*][\w!#$%&'*+\-.^`|~:/]*|\?[01]))?$/i;

/** Tells whether a targeted field is a dictionary with times that are numbers: any other is as good as absent (RFC 9213 section 2.1). */
export function isDictionary(value: string): boolean {
  const members = parseList(value.replaceAll(/"(?:\\.|[^"\\])*"/g, '""'));
  return (
    members.length > 0 &&
    members.every((member) => MEMBER.test(member)) &&
    !/\b(?:max-age|s-maxage|stale-while-revalidate|stale-if-error)=(?!\d)/i.test(value)
  );
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH = `(${MONTHS.join("|")})`;
const TIME = String.raw`(\d\d):(\d\d):(\d\d)`;
const DAY = "(?:mon|tue|wed|thu|fri|sat|sun)";
const LONG_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";

// The three forms of a date (RFC 9110 section 5.6.7), in any case.
const IMF_FIXDATE = new RegExp(String.raw`^${DAY}, (\d\d) ${MONTH} (\d{4}) ${TIME} gmt$`, "i");
const RFC_850 = new RegExp(String.raw`^${LONG_DAY}, (\d\d)-${MONTH}-(\d\d) ${TIME} gmt$`, "i");
const ASCTIME = new RegExp(String.raw`^${DAY} ${MONTH} ([ \d]\d) ${TIME} (\d{4})$`, "i");

/** A date in epoch milliseconds, or null for anything else; `now` tells which century two digits are of. */
export function parseDate(value: string | null, now: number): number | null {
  const text = value?.trim() ?? "";
  const fixed = IMF_FIXDATE.exec(text) ?? RFC_850.exec(text);
  if (fixed) {
    const [, day, month, year, ...time] = fixed;
    return dateOf(fullYear(year ?? "", now), month, day, time);
  }
  const [, month, day, hours, minutes, seconds, year] = ASCTIME.exec(text) ?? [];
  return month === undefined ? null : dateOf(Number(year), month, day, [hours, minutes, seconds]);
}

function dateOf(
  year: number,
  month: string | undefined,
  day: string | undefined,
  time: (string | undefined)[],
): number | null {
  const [hours, minutes, seconds] = time.map(Number);
  const index = MONTHS.indexOf(month?.toLowerCase() ?? "");
  const date = new Date(Date.UTC(year, index, Number(day), hours, minutes, seconds));
  // The 31st of February would be a day of March.
  return date.getUTCMonth() === index && date.getUTCHours() === hours ? date.getTime() : null;
}

/** Two digits that would be more than 50 years ahead are of the last century (RFC 9110 section 5.6.7). */
function fullYear(digits: string, now: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(now).getUTCFullYear();
  const year = Math.floor(thisYear / 100) * 100 + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
