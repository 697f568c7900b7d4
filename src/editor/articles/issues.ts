import type { Article } from "../../domain/article.ts";
import type { Issue } from "../../domain/problem.ts";
import { may, type Actor } from "../../domain/role.ts";
import type { Input } from "../input.ts";

// What can be wrong with a story beside its content: its hours, and its byline.

/** A story must not expire before it goes out. */
export function expiryIssues(expiresAt: number | null, goesOut: number | null): Issue[] {
  if (expiresAt === null || goesOut === null || expiresAt > goesOut) return [];
  const iso = (time: number) => new Date(time).toISOString();
  const message = `must be after it goes out at ${iso(goesOut)}, got ${iso(expiresAt)}.`;
  return [{ path: "expiresAt", message }];
}

/** A story neither translates itself nor leads on to itself. */
export function itselfIssues(
  {
    translationOf,
    related = [],
  }: { translationOf?: string | null | undefined; related?: string[] | undefined },
  id: string,
): Issue[] {
  const message = "is this story itself.";
  return [
    ...(translationOf === id ? [{ path: "translationOf", message }] : []),
    ...related.flatMap((one, index) => (one === id ? [{ path: `related.${index}`, message }] : [])),
  ];
}

/** A key bound to an author writes stories under that byline. */
export function withByline<T extends { authors?: string[] | undefined }>(
  input: Input<T>,
  actor: Actor,
): Input<T> {
  const { author } = actor;
  if (author === null || may(actor, "write under any byline")) return input;
  const { authors } = input.fields;
  if (authors === undefined) return { ...input, fields: { ...input.fields, authors: [author] } };
  return { ...input, issues: [...input.issues, ...bylineIssues({ authors }, actor, UNASSIGNED)] };
}

const UNASSIGNED = { form: "story", assignee: null } as const;

/** A story that is assigned to somebody is theirs to write, under whatever byline. A page has none. */
export function bylineIssues(
  { authors }: { authors: string[] },
  actor: Actor,
  { form, assignee }: Pick<Article, "form" | "assignee">,
): Issue[] {
  if (form === "page") return [];
  const bound = may(actor, "write under any byline") ? null : actor.author;
  if (bound === null || authors.includes(bound) || assignee === bound) return [];
  return [
    { path: "authors", message: `must include "${bound}": your key writes under that byline.` },
  ];
}

/** What is wrong with the hours that a request says. */
export function scheduleIssues(
  status: string,
  {
    scheduledFor,
    expiresAt,
  }: { scheduledFor?: number | undefined; expiresAt?: number | null | undefined },
  now: number,
): Issue[] {
  const path = "scheduledFor";
  if (status !== "scheduled") {
    return scheduledFor === undefined
      ? []
      : [{ path, message: 'only goes with status "scheduled".' }];
  }
  if (scheduledFor === undefined)
    return [{ path, message: "must say when a scheduled story goes out." }];
  if (scheduledFor > now) return expiryIssues(expiresAt ?? null, scheduledFor);
  return [{ path, message: `must be in the future, got ${new Date(scheduledFor).toISOString()}.` }];
}

/** One issue a place and message: what the fields say wrong, a saved byline may say again. */
export function dedupe(issues: Issue[]): Issue[] {
  const told = new Map(issues.map((issue) => [`${issue.path} ${issue.message}`, issue]));
  return [...told.values()];
}
