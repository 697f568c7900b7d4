import type { ComponentChildren } from "preact";
import type { Wrong } from "../api.ts";
import type { Settings } from "../contract.ts";
import { errorOf, TextArea, TextField } from "../parts/field.tsx";
import { change, type Name } from "./draft.ts";

/** What each group of settings is given. */
export interface GroupProps {
  draft: Settings;
  wrong: readonly Wrong[];
}

type TextName = {
  [Each in Name]: Settings[Each] extends string | null ? Each : never;
}[Name];

interface Props extends GroupProps {
  name: TextName;
  label: string;
  hint?: ComponentChildren;
  dir?: "ltr" | "auto";
  list?: string;
  inputMode?: "url";
}

/** A setting of one line. */
export function Line({ draft, wrong, name, label, hint, ...rest }: Props) {
  return (
    <TextField
      {...rest}
      label={label}
      hint={hint}
      value={draft[name] ?? ""}
      error={errorOf(wrong, name)}
      onText={(text) => change({ [name]: text })}
    />
  );
}

/** A setting of several lines; a file that machines read is set as it is. */
export function Lines({ draft, wrong, name, label, hint, ...rest }: Props) {
  return (
    <TextArea
      {...rest}
      label={label}
      hint={hint}
      value={draft[name] ?? ""}
      error={errorOf(wrong, name)}
      spellcheck={rest.dir !== "ltr"}
      {...(rest.dir === "ltr" && { class: "machine" })}
      onText={(text) => change({ [name]: text })}
    />
  );
}

/** A group of settings under its heading. */
export function Group({
  id,
  title,
  intro,
  children,
}: {
  id: string;
  title: string;
  intro?: string;
  children: ComponentChildren;
}) {
  return (
    <section class="panel group" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} tabIndex={-1}>
        {title}
      </h2>
      {intro && <p class="quiet">{intro}</p>}
      {children}
    </section>
  );
}
