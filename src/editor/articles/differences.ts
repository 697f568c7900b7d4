import type { StoryChange, StoryState } from "../../domain/article.ts";
import { isObject, isSameJson } from "../../domain/same.ts";
import type { AuditRecord } from "../../store/audit.d1.ts";
import { articleFacts, type ArticleFacts } from "./response.ts";

// What an act changed of a story, field by field as the API shows it: for the audit, and for whoever lost a race.

type Field = Exclude<keyof ArticleFacts, "version">;

/** The fields that an act changed. Every write moves the version, which tells nothing. */
export function changedFields(before: StoryState, after: StoryState): Field[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const fields = Object.keys(is) as Field[];
  return fields.filter((field) => !isSameJson(was[field], is[field]));
}

function fieldsOf(story: StoryState): Omit<ArticleFacts, "version"> {
  const { version: _, ...fields } = articleFacts(story, "");
  return fields;
}

/** The record of an act on a story: what changed, before and after, without the body. */
export function recordOf(
  act: string,
  { before, after }: StoryChange,
  more: Record<string, unknown> = {},
): Omit<AuditRecord, "actor"> {
  const { id, version } = after.article;
  const changed = before ? changedFields(before, after) : saidFields(after);
  const told = changed.filter((field) => !UNTOLD.has(field));
  const side = (story: StoryState) => {
    const fields = fieldsOf(story);
    return Object.fromEntries(told.map((field) => [field, brief(field, fields[field])]));
  };
  const sides = { before: before && side(before), after: side(after) };
  const detail = { version, revision: after.head.n, ...more, changed, ...sides };
  return { act, subject: `article:${id}`, detail };
}

/** What a record leaves out: the words of a story are in its revisions, and what never changes tells nothing. */
const UNTOLD: ReadonlySet<Field> = new Set(["body", "id", "url", "createdAt"]);

/** A value as a record has it: it tells that and how something changed, and the revisions have all of it. */
function brief(field: Field, value: unknown): unknown {
  if (field === "corrections") return Array.isArray(value) ? value.length : value;
  if (typeof value === "string" && value.length > BRIEF) return `${value.slice(0, BRIEF)}…`;
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, brief(field, part)]),
  );
}

/** The longest text in a record, in characters: of a hundred stories all must fit into what D1 takes at once (2 MB). */
const BRIEF = 200;

/** What is said of a new story: nothing of what is empty. */
function saidFields(story: StoryState): Field[] {
  const fields = Object.entries(fieldsOf(story)) as [Field, unknown][];
  return fields.flatMap(([field, value]) => (isEmpty(value) ? [] : [field]));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
