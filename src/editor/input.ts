import * as z from "zod/mini";
import type { Issue } from "../domain/problem.ts";

// How what was sent is checked against a schema: every problem is told at once, in the API's words.

// zod/mini speaks no language by itself: this is the API's.
z.config({ localeError: wanted });

/** What was sent: the fields that are right by themselves, and what is wrong with the others. */
export interface Input<T> {
  fields: Partial<T>;
  issues: Issue[];
}

/** Checks a body against a schema and keeps every right field, so that all problems can be told at once. */
export function readInput<Shape extends z.core.$ZodShape>(
  schema: z.ZodMiniObject<Shape>,
  body: unknown,
): Input<z.output<z.ZodMiniObject<Shape>>> {
  const whole = schema.safeParse(body);
  if (whole.success) return { fields: whole.data, issues: [] };
  return { fields: rightFields(schema, body), issues: issuesOf(whole.error) };
}

function rightFields<Shape extends z.core.$ZodShape>(
  schema: z.ZodMiniObject<Shape>,
  body: unknown,
) {
  const fields: Record<string, unknown> = {};
  if (typeof body === "object" && body !== null && !Array.isArray(body)) {
    for (const [name, field] of Object.entries(schema.shape)) {
      const value = (body as Record<string, unknown>)[name];
      const parsed = z.safeParse(field, value);
      if (parsed.success && parsed.data !== undefined) fields[name] = parsed.data;
    }
  }
  return fields as Partial<z.output<z.ZodMiniObject<Shape>>>;
}

/** What an editor is told of a value of the wrong type or size; every other check says it in its own words. */
function wanted(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}.`;
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1
        ? "must not be empty."
        : `must be at least ${String(issue.minimum)}.`;
    case "too_big":
      return `must be at most ${String(issue.maximum)}${issue.origin === "string" ? " characters" : ""}.`;
    case "invalid_type":
      return issue.input === undefined
        ? "is missing."
        : `must be ${KINDS[issue.expected] ?? issue.expected}, got ${kindOf(issue.input)}.`;
    default:
      return undefined;
  }
}

const KINDS: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "number" ? String(value) : (KINDS[typeof value] ?? typeof value);
}

/** The most issues that one response lists. */
const ISSUES_TOLD = 100;

/** Zod's issues as the API returns them: one for each place, paths joined by dots. */
export function issuesOf(error: z.core.$ZodError): Issue[] {
  const issues = error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys")
      return [{ path: path.join("."), message: issue.message }];
    return issue.keys.map((key) => ({
      path: [...path, key].join("."),
      message: "is no field here.",
    }));
  });
  return issues.slice(0, ISSUES_TOLD);
}

/** Puts the issues of a part under the part's own path; "" is the whole. */
export function under(part: string, issues: Issue[]): Issue[] {
  return issues.map(({ path, message }) => ({
    path: [part, path].filter(Boolean).join("."),
    message,
  }));
}
