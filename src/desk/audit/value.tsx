import { formatMoment } from "../moments.ts";
import { authorNames, sectionNames, tagNames } from "../session.ts";
import { regional, say } from "../words/words.ts";
import { storyName } from "./names.ts";

// What a record says of a field, as people read it.

/** What a field is called; one that the desk has no name for goes by that of the API. */
export function fieldName(name: string): string {
  const fields: Readonly<Record<string, string>> = say().audit.fields;
  return Object.hasOwn(fields, name) ? (fields[name] ?? name) : name;
}

/** Whether a value says nothing: null, an empty text, or a whole of such. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}

/** What of a picture only machines want to know. */
const MEASURES = new Set(["width", "height"]);

export function Value({ name, value }: { name: string; value: unknown }) {
  const words = say();
  if (isEmpty(value)) return <span class="quiet">{words.audit.nothing}</span>;
  if (typeof value === "boolean") return <>{value ? words.desk.yes : words.desk.no}</>;
  if (typeof value === "string") return <bdi>{textOf(name, value)}</bdi>;
  if (typeof value === "number") return <>{value.toLocaleString(regional())}</>;
  if (typeof value !== "object" || value === null) return null;
  if (Array.isArray(value)) {
    return (
      <ul class="values">
        {value.map((each: unknown, index) => (
          <li key={index}>
            <Value name={name} value={each} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <dl class="values">
      {Object.entries(value)
        .filter(([part, of]) => !isEmpty(of) && of !== false && !MEASURES.has(part))
        .map(([part, of]: [string, unknown]) => (
          <div key={part}>
            <dt>{fieldName(part)}</dt>
            <dd>
              <Value name={part} value={of} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

function textOf(name: string, value: string): string {
  if (MOMENT.test(value)) return formatMoment(value);
  const words = say();
  if (["translationOf", "related", "story"].includes(name)) return storyName(value);
  if (name === "section") return sectionNames.value.get(value) ?? value;
  if (name === "authors" || name === "author" || name === "assignee")
    return authorNames.value.get(value) ?? value;
  if (name === "tags") return tagNames.value.get(value) ?? value;
  if (name === "role" && Object.hasOwn(words.people.roleNames, value))
    return words.people.roleNames[value as keyof typeof words.people.roleNames];
  if (name === "status") return statusText(value);
  if (name === "kind" && Object.hasOwn(words.kinds, value))
    return words.kinds[value as keyof typeof words.kinds];
  return value;
}

function statusText(status: string): string {
  const words = say().status;
  const known: Readonly<Record<string, string>> = {
    draft: words.draft,
    inReview: words.waiting,
    scheduled: words.scheduled,
    published: words.live,
    withdrawn: words.withdrawn,
    binned: words.binned,
  };
  return known[status] ?? status;
}
