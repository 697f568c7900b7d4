import type { Issue } from "../../domain/problem.ts";
import { parseMoment } from "./dates.ts";

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

/** Reads a number; front matter has its numbers as the text they are written as. */
export const number: Read = (value, path, issues) => {
  const parsed = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof parsed === "number" && Number.isFinite(parsed)) return parsed;
  return wrong(path, `must be a number, got ${JSON.stringify(value)}`, issues);
};

/** Takes whatever stands there: the API checks it. */
export const whole: Read = (value) => value;

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

function wrong(path: string, message: string, issues: Issue[]): undefined {
  issues.push({ path, message });
  return undefined;
}
