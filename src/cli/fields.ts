import type { Issue } from "../domain/problem.ts";

// Readers of what people write by hand in YAML. Each takes a value and where it was found, adds what is wrong with it to
// `issues`, and returns the value as the API wants it, or undefined when there is none.

export type Read = (value: unknown, path: string, issues: Issue[]) => unknown;

/** Reads a mapping with these fields and no others: a misspelt `embargo` must not publish a story early. */
export function mapping(
  shape: Record<string, Read>,
): (value: unknown, path: string, issues: Issue[]) => Record<string, unknown> | undefined {
  return (value, path, issues) => {
    if (!isMapping(value)) return wrong(path, "must be a mapping of names to values", issues);
    const found: Record<string, unknown> = {};
    for (const [name, given] of Object.entries(value)) {
      const read = Object.hasOwn(shape, name) ? shape[name] : undefined;
      const at = path ? `${path}.${name}` : name;
      if (!read) wrong(at, `is not known here; known are ${Object.keys(shape).join(", ")}`, issues);
      else if (given !== null) found[name] = read(given, at, issues);
    }
    return found;
  };
}

/** Reads a list; a single value counts as a list of one. */
export function listOf(read: Read): Read {
  return (value, path, issues) => {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.map((one, index) => read(one, `${path}.${index}`, issues));
  };
}

/** Reads text; YAML takes a headline such as 1984 for a number. */
export const text: Read = (value, path, issues) => {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return wrong(path, "must be text", issues);
};

export const number: Read = (value, path, issues) =>
  typeof value === "number"
    ? value
    : wrong(path, `must be a number, got ${JSON.stringify(value)}`, issues);

export const flag: Read = (value, path, issues) =>
  typeof value === "boolean"
    ? value
    : wrong(path, `must be true or false, got ${JSON.stringify(value)}`, issues);

/** Reads a moment as RFC 3339 in UTC. A date or time without a zone is read as UTC, so that every machine reads it the same. */
export const moment: Read = (value, path, issues) => {
  const parsed = typeof value === "string" ? parseMoment(value) : null;
  if (parsed !== null) return new Date(parsed).toISOString().replace(".000Z", "Z");
  const examples = "2026-11-03, 2026-11-03 08:00 or 2026-11-03T08:00:00+01:00";
  return wrong(path, `must be a date such as ${examples}, got ${JSON.stringify(value)}`, issues);
};

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:(?:[Tt]| +)(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?(?: *([Zz]|[+-]\d{2}(?::?\d{2})?))?)?$/;

function parseMoment(written: string): number | null {
  const parts = MOMENT.exec(written.trim());
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return null;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  // Date.UTC turns 31 June into 1 July: a day that does not exist must not become another one.
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null;
  const milliseconds = Math.floor(Number(parts[7] ?? 0) * 1000);
  return (
    midnight.getTime() +
    ((hour * 60 + minute) * 60 + second) * 1000 +
    milliseconds -
    offsetOf(parts[8] ?? "Z")
  );
}

function offsetOf(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const digits = zone.replace(/\D/g, "").padEnd(4, "0");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

function wrong(path: string, message: string, issues: Issue[]): undefined {
  issues.push({ path, message });
  return undefined;
}
