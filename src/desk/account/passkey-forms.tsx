import { useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import type { Passkey } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { errorOf, TextField } from "../parts/field.tsx";
import { TroubleNote, troubleLine } from "../parts/states.tsx";
import { addPasskey, type Came } from "../passkeys.ts";
import { say } from "../words/words.ts";

interface Making {
  /** What is said of it in passing. */
  onDone: (told: string) => void;
  onClose: () => void;
}

/** Makes another passkey: the browser asks for one that there is, then for the new one. */
export function AddPasskey({ onDone, onClose }: Making) {
  const words = say();
  const [label, setLabel] = useState("");
  const [fault, setFault] = useState("");
  const [isBusy, setBusy] = useState(false);
  const add = async () => {
    setBusy(true);
    setFault("");
    const came = await addPasskey(label.trim());
    setBusy(false);
    if (came.ok) onDone(words.account.added(came.value.label));
    else setFault(faultOf(came));
  };
  return (
    <Dialog title={words.account.add} onClose={onClose}>
      <p>{words.account.addIntro}</p>
      <p class="hint">{words.account.addElsewhere}</p>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField
          label={words.account.label}
          hint={words.account.labelHint}
          value={label}
          maxLength={100}
          autocomplete="off"
          onText={setLabel}
        />
        <p class="fault" role="alert">
          {fault}
        </p>
        <p class="actions closing">
          <Button onClick={onClose}>{words.desk.cancel}</Button>
          <Button type="submit" weight="first" busy={isBusy}>
            {words.account.addNow}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}

function faultOf(came: Extract<Came<Passkey>, { ok: false }>): string {
  const { account, entrance } = say();
  if (came.isKnown) return account.known;
  if (came.hitch === "cancelled") return account.cancelled;
  if (came.hitch === "unsupported") return entrance.unsupported;
  if (came.hitch === null && came.answer && !came.answer.ok)
    return troubleLine(came.answer.trouble);
  return account.refused;
}

export function RenamePasskey({ passkey, onDone, onClose }: Making & { passkey: Passkey }) {
  const words = say();
  const [label, setLabel] = useState(passkey.label);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const rename = async () => {
    setBusy(true);
    setTrouble(null);
    const path = `/people/me/passkeys/${encodeURIComponent(passkey.id)}`;
    const renamed = await api.patch<Passkey>(path, { label: label.trim() });
    setBusy(false);
    if (renamed.ok) onDone(words.account.renamed(renamed.value.label));
    else setTrouble(renamed.trouble);
  };
  const wrong = trouble?.wrong ?? [];
  return (
    <Dialog title={words.account.renameTitle} onClose={onClose}>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void rename();
        }}
      >
        <TextField
          label={words.account.label}
          error={errorOf(wrong, "label")}
          value={label}
          maxLength={100}
          autocomplete="off"
          onText={setLabel}
        />
        {trouble && wrong.length === 0 && <TroubleNote trouble={trouble} />}
        <p class="actions closing">
          <Button onClick={onClose}>{words.desk.cancel}</Button>
          <Button type="submit" weight="first" busy={isBusy}>
            {words.desk.save}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
