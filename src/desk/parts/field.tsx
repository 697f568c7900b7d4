import type { ComponentChildren, RefObject } from "preact";
import { useId } from "preact/hooks";
import type { Wrong } from "../api.ts";

interface Common {
  label: string;
  hint?: ComponentChildren;
  /** What the server said is wrong with it. */
  error?: string | undefined;
  /** For who sees the label anyway. */
  hideLabel?: boolean;
}

/** What a field may have beside: attributes of HTML by their names there. */
interface Shaped<Own extends HTMLElement> extends Common {
  value: string;
  onText: (text: string) => void;
  field?: RefObject<Own | null>;
  name?: string;
  type?: "text" | "search" | "url" | "email" | "date" | "datetime-local" | "number" | "color";
  list?: string;
  lang?: string | undefined;
  dir?: "auto" | "ltr" | "rtl";
  rows?: number;
  maxLength?: number;
  inputMode?: "numeric" | "url" | "email";
  enterkeyhint?: "search" | "go" | "done";
  placeholder?: string;
  autocomplete?: string;
  spellcheck?: boolean;
  required?: boolean;
  disabled?: boolean | undefined;
  readOnly?: boolean;
  class?: string;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}

/** A line of text with its label, hint and fault. */
export function TextField({
  label,
  hint,
  error,
  hideLabel,
  onText,
  field,
  ...rest
}: Shaped<HTMLInputElement>) {
  return (
    <Labelled {...{ label, hint, error, hideLabel }}>
      {(own) => (
        <input
          {...own}
          {...rest}
          ref={field}
          onInput={({ currentTarget }) => onText(currentTarget.value)}
        />
      )}
    </Labelled>
  );
}

/** Lines of text; it grows with them where a browser can do that. */
export function TextArea({
  label,
  hint,
  error,
  hideLabel,
  onText,
  field,
  ...rest
}: Shaped<HTMLTextAreaElement>) {
  return (
    <Labelled {...{ label, hint, error, hideLabel }}>
      {(own) => (
        <textarea
          {...own}
          {...rest}
          ref={field}
          onInput={({ currentTarget }) => onText(currentTarget.value)}
        />
      )}
    </Labelled>
  );
}

/** One of a few. */
export function Choice({
  label,
  hint,
  error,
  hideLabel,
  onText,
  options,
  value,
  field,
  ...rest
}: Shaped<HTMLSelectElement> & { options: readonly (readonly [value: string, text: string])[] }) {
  return (
    <Labelled {...{ label, hint, error, hideLabel }}>
      {(own) => (
        <select
          {...own}
          {...rest}
          ref={field}
          onChange={({ currentTarget }) => onText(currentTarget.value)}
        >
          {options.map(([option, text]) => (
            <option key={option} value={option} selected={option === value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** Yes or no. */
export function Check({
  label,
  hint,
  checked,
  onCheck,
  disabled,
}: {
  label: string;
  hint?: ComponentChildren;
  checked: boolean;
  onCheck: (checked: boolean) => void;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ currentTarget }) => onCheck(currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint && (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
    </div>
  );
}

interface Own {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

/** A label, and beneath the field what helps with it and what is wrong with it. */
export function Labelled({
  label,
  hint,
  error,
  hideLabel,
  children,
}: Common & { children: (own: Own) => ComponentChildren }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class={error ? "field faulty" : "field"}>
      <label for={id} class={hideLabel ? "unseen" : undefined}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {hint && (
        <small id={`${id}-hint`} class="hint">
          {hint}
        </small>
      )}
      {error && (
        <small id={`${id}-error`} class="fault">
          {error}
        </small>
      )}
    </div>
  );
}

/** What is wrong with a field, of what the server said; `hero` also has what is wrong within it. */
export function errorOf(wrong: readonly Wrong[], ...paths: string[]): string | undefined {
  const found = wrong.filter(({ path }) =>
    paths.some((name) => path === name || path.startsWith(`${name}.`)),
  );
  return found.length === 0 ? undefined : found.map(({ message }) => sentence(message)).join(" ");
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
