import { useEffect, useRef } from "preact/hooks";
import type { RefObject } from "preact";
import type { Trouble, Wrong } from "../api.ts";
import { say } from "../words/words.ts";
import { TroubleNote } from "./states.tsx";

// What the server says of a form's fields, said beside them.

/** The same without the name that the API has for a field: the field's label stands above. */
export function bare(wrong: readonly Wrong[]): Wrong[] {
  return wrong.map(({ path, message }) => ({
    path,
    message: message.startsWith(`${path} `) ? message.slice(path.length + 1) : message,
  }));
}

/** What went wrong with a form; `beside` are the fields that say it themselves. */
export function FormTrouble({
  trouble,
  beside,
}: {
  trouble: Trouble | null;
  beside: readonly string[];
}) {
  if (!trouble) return null;
  const rest = trouble.wrong.filter(
    ({ path }) => !beside.some((name) => path === name || path.startsWith(`${name}.`)),
  );
  if (trouble.wrong.length > 0 && rest.length === 0)
    return (
      <p class="trouble" role="alert">
        {say().filing.seeFields}
      </p>
    );
  return <TroubleNote trouble={{ ...trouble, wrong: rest }} />;
}

/** Brings whoever opens a form to its first field, and who sent it to the first one that was refused. */
export function useFirstFault(
  trouble: Trouble | null,
  isOpening = true,
): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // On a touch screen the keyboard would come up and hide the form.
    if (isOpening && matchMedia("(pointer: fine)").matches)
      form.current?.querySelector<HTMLElement>("input:not(:disabled), textarea")?.focus();
  }, []);
  useEffect(() => {
    if (!trouble) return;
    const field = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    field?.focus();
    if (!field)
      form.current?.querySelector(".fault:not(:empty)")?.scrollIntoView({ block: "center" });
  }, [trouble]);
  return form;
}
