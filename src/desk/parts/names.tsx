import { useId, useState } from "preact/hooks";
import { say } from "../words/words.ts";
import { Button } from "./button.tsx";

/** An entry that can be chosen. */
interface Entry {
  slug: string;
  name: string;
}

/**
 * Several entries by name, in an order: tags, bylines. What is typed is found among the entries; what is not among them is taken as
 * it is where `makes` says so.
 */
export function Names({
  label,
  hint,
  error,
  entries,
  chosen,
  makes = false,
  disabled = false,
  onChange,
}: {
  label: string;
  hint?: string;
  error?: string | undefined;
  entries: readonly Entry[];
  chosen: readonly string[];
  makes?: boolean;
  disabled?: boolean;
  onChange: (chosen: string[]) => void;
}) {
  const words = say().desk;
  const id = useId();
  const [text, setText] = useState("");
  const nameOf = (slug: string) => entries.find((entry) => entry.slug === slug)?.name ?? slug;
  const add = (typed: string) => {
    const wanted = typed.trim();
    const found = entries.find(({ slug, name }) => isNamed(wanted, name) || slug === wanted);
    const next = found?.slug ?? (makes && wanted !== "" ? wanted : null);
    if (next === null) return;
    if (!chosen.includes(next)) onChange([...chosen, next]);
    setText("");
  };
  const isKnown = entries.some(({ name }) => isNamed(text.trim(), name));
  return (
    <div class={error ? "field faulty names" : "field names"}>
      <label for={id}>{label}</label>
      {chosen.length > 0 && (
        <ul class="chips">
          {chosen.map((slug, index) => (
            <li key={slug}>
              {nameOf(slug)}
              {!disabled && index > 0 && (
                <button
                  type="button"
                  aria-label={words.earlier(nameOf(slug))}
                  title={words.earlier(nameOf(slug))}
                  onClick={() => onChange(earlier(chosen, index))}
                >
                  ‹
                </button>
              )}
              {!disabled && (
                <button
                  type="button"
                  aria-label={words.takeOut(nameOf(slug))}
                  title={words.takeOut(nameOf(slug))}
                  onClick={() => onChange(chosen.filter((other) => other !== slug))}
                >
                  ×
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!disabled && (
        <div class="adding">
          <input
            id={id}
            list={`${id}-entries`}
            value={text}
            autocomplete="off"
            aria-describedby={hint || error ? `${id}-hint` : undefined}
            aria-invalid={error ? true : undefined}
            onInput={({ currentTarget, inputType }) => {
              setText(currentTarget.value);
              // What is chosen from the list is meant; what is typed may go on.
              if (inputType === "insertReplacementText") add(currentTarget.value);
            }}
            onKeyDown={(event) => {
              // What is saved by the keyboard has the name that is being typed.
              if (makes && (event.ctrlKey || event.metaKey) && event.key === "s") add(text);
              if (event.key !== "Enter" && event.key !== ",") return;
              event.preventDefault();
              add(text);
            }}
            onBlur={() => {
              if (makes || isKnown) add(text);
            }}
          />
          <datalist id={`${id}-entries`}>
            {entries
              .filter(({ slug }) => !chosen.includes(slug))
              .map(({ slug, name }) => (
                <option key={slug} value={name} />
              ))}
          </datalist>
          <Button disabled={text.trim() === ""} onClick={() => add(text)}>
            {words.add}
          </Button>
        </div>
      )}
      {(hint || error) && (
        <small id={`${id}-hint`} class={error ? "fault" : "hint"}>
          {error ?? hint}
        </small>
      )}
    </div>
  );
}

function isNamed(typed: string, name: string): boolean {
  return typed.localeCompare(name, undefined, { sensitivity: "base" }) === 0;
}

function earlier(chosen: readonly string[], index: number): string[] {
  const moved = [...chosen];
  const [entry = ""] = moved.splice(index, 1);
  moved.splice(index - 1, 0, entry);
  return moved;
}
