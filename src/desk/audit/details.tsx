import type { AuditRecord } from "../contract.ts";
import { sideOf } from "./acts.ts";
import { say } from "../words/words.ts";
import { fieldName, isEmpty, Value } from "./value.tsx";

/** What needs no telling: the first of them only counts writes, the others stand elsewhere in the record. */
const UNTOLD = new Set(["version", "before", "after"]);
/** What only matters where nothing else is told: which version of a story it was. */
const ASIDE = new Set(["revision", "publishedRevision"]);

type Side = Readonly<Record<string, unknown>>;

/** What an act changed, before and after, and what else is known of it. */
export function Details({ record: { detail } }: { record: AuditRecord }) {
  const words = say().audit;
  const [before, after] = [sideOf(detail, "before"), sideOf(detail, "after")];
  const isNew = isNothing(detail["before"]);
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) =>
      !UNTOLD.has(name) &&
      !(isEmpty(before[name]) && isEmpty(after[name])) &&
      !(isNew && ASIDE.has(name)),
  );
  const changed = Array.isArray(detail["changed"]) ? detail["changed"] : [];
  const isTextChanged = !isNew && changed.includes("body");
  const plain = Object.entries(detail).filter(
    ([name, value]) =>
      !UNTOLD.has(name) &&
      !(name === "changed" && Array.isArray(value)) &&
      !ASIDE.has(name) &&
      !isNothing(value),
  );
  // What has no sides is told beside them, as one value.
  const sides = (["before", "after"] as const).flatMap((side) =>
    typeof detail[side] === "string" ? [[side, detail[side]] as const] : [],
  );
  if (fields.length + plain.length + sides.length === 0 && !isTextChanged) return null;
  return (
    <>
      {(fields.length > 0 || isTextChanged) && (
        <Changes {...{ fields, before, after, isNew, isTextChanged }} />
      )}
      {plain.length + sides.length > 0 && (
        <dl class="told-of">
          {sides.map(([side, value]) => (
            <div key={side}>
              <dt>{words[side]}</dt>
              <dd>
                <Value name={side} value={value} />
              </dd>
            </div>
          ))}
          {plain.map(([name, value]) => (
            <div key={name}>
              <dt>{fieldName(name)}</dt>
              <dd>
                <Value name={name} value={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** Field by field, as it was and as it is; what is new has no before. */
function Changes({
  fields,
  before,
  after,
  isNew,
  isTextChanged,
}: {
  fields: readonly string[];
  before: Side;
  after: Side;
  isNew: boolean;
  isTextChanged: boolean;
}) {
  const words = say().audit;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.field}</th>
          {!isNew && <th scope="col">{words.before}</th>}
          <th scope="col">{isNew ? words.made : words.after}</th>
        </tr>
      </thead>
      <tbody>
        {isTextChanged && (
          <tr>
            <th scope="row">{fieldName("body")}</th>
            <td colSpan={2}>{words.changedText}</td>
          </tr>
        )}
        {fields.map((name) => (
          <tr key={name}>
            <th scope="row">{fieldName(name)}</th>
            {!isNew && (
              <td data-of={words.before}>
                <Value name={name} value={before[name]} />
              </td>
            )}
            <td data-of={isNew ? undefined : words.after}>
              <Value name={name} value={after[name]} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  );
}
