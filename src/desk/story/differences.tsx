import type { Difference } from "../contract.ts";
import { listOf } from "../moments.ts";
import { say } from "../words/words.ts";

/** What differs between two revisions: texts word by word, all else before and after. */
export function Differences({ difference }: { difference: Difference }) {
  const words = say().story.history;
  if (difference.fields.length === 0) return <p class="hint">{words.nothing}</p>;
  return (
    <dl class="differences">
      {difference.fields.map(({ field, before, after, parts }) => (
        <div key={field}>
          <dt>{nameOf(field)}</dt>
          <dd dir="auto">
            {parts ? (
              <p class="prose">
                {parts.map((part, index) => (
                  <Part key={index} part={part} />
                ))}
              </p>
            ) : (
              <p>
                <del>{shown(before)}</del> <ins>{shown(after)}</ins>
              </p>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Part({ part }: { part: NonNullable<Difference["fields"][number]["parts"]>[number] }) {
  if (part.kind === "skipped")
    return <span class="skipped">{say().story.history.skipped(part.words)}</span>;
  if (part.kind === "removed") return <del>{part.text}</del>;
  if (part.kind === "added") return <ins>{part.text}</ins>;
  return <span>{part.text}</span>;
}

/** The name of a field as its own label has it. */
export function nameOf(field: string): string {
  const names: Record<string, string> = say().story.fields;
  return names[field] ?? field;
}

/** A value in words. */
export function shown(value: unknown): string {
  const words = say().desk;
  if (value === null || value === undefined || value === "") return words.none;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (Array.isArray(value)) return value.length === 0 ? words.none : listOf(value.map(shown));
  if (typeof value === "object")
    return Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== false)
      .map(([name, inner]) => `${nameOf(name)}: ${shown(inner)}`)
      .join("; ");
  return typeof value === "string" ? value : JSON.stringify(value);
}
