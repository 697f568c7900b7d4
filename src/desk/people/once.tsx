import { useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TextArea, TextField } from "../parts/field.tsx";
import { say } from "../words/words.ts";

// What is shown this once: a link, a key. Whoever closes it uncopied is asked whether they mean it.

/** A dialogue around a secret; its first closing asks when nothing was copied. */
export function Once({
  title,
  intro,
  onClose,
  children,
}: {
  title: string;
  intro: string;
  onClose: () => void;
  children: (onCopied: () => void) => ComponentChildren;
}) {
  const words = say().people;
  const [isCopied, setCopied] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const close = () => {
    if (isCopied || isWarned) onClose();
    else setWarned(true);
  };
  return (
    <Dialog title={title} onClose={close}>
      <p>{intro}</p>
      {children(() => setCopied(true))}
      {isWarned && !isCopied && (
        <p class="note" role="alert">
          {words.notCopied}
        </p>
      )}
      <footer>
        <Button weight={isCopied ? "first" : "plain"} onClick={close}>
          {isWarned && !isCopied ? words.closeAnyway : words.done}
        </Button>
      </footer>
    </Dialog>
  );
}

/** A text that can be taken away with one press, or by hand where the browser does not allow that. */
export function Copied({
  label,
  copy,
  text,
  isLong = false,
  onCopied,
}: {
  label: string;
  copy: string;
  text: string;
  isLong?: boolean;
  onCopied: () => void;
}) {
  const line = useRef<HTMLInputElement>(null);
  const lines = useRef<HTMLTextAreaElement>(null);
  const [isDone, setDone] = useState(false);
  useEffect(() => setDone(false), [text]);
  const take = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setDone(true);
      onCopied();
    } catch {
      // Without leave to write there, it is marked, for the keys that copy.
      (line.current ?? lines.current)?.select();
    }
  };
  // Whoever copies by hand has it as well.
  const onCopy = () => onCopied();
  return (
    <div class="copied" onCopy={onCopy}>
      {isLong ? (
        <TextArea field={lines} label={label} value={text} readOnly onText={() => {}} />
      ) : (
        <TextField
          field={line}
          label={label}
          value={text}
          readOnly
          dir="ltr"
          class="secret"
          onText={() => {}}
        />
      )}
      <p class="actions">
        <Button onClick={() => void take()}>{copy}</Button>
        <span class="quiet" role="status">
          {isDone && say().desk.copied}
        </span>
      </p>
    </div>
  );
}
