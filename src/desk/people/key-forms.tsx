import { useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import type { IssuedKey, Key } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Choice, errorOf, TextField } from "../parts/field.tsx";
import { TroubleNote } from "../parts/states.tsx";
import { authors } from "../session.ts";
import { say } from "../words/words.ts";
import { isBound, isRole, roleOptions } from "./roles.ts";

/** A key whose secret is to be shown, this once. */
export type Secret = IssuedKey & { name: string };

interface Making {
  onMade: (secret: Secret) => void;
  onClose: () => void;
}

export function MakeKey({ onMade, onClose }: Making) {
  const words = say();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Key["role"]>("contributor");
  const [author, setAuthor] = useState("");
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const wrong = trouble?.wrong ?? [];
  const make = async () => {
    setBusy(true);
    setTrouble(null);
    const bound = isBound(role) && author !== "" ? { author } : {};
    const made = await api.post<IssuedKey>("/keys", { name: name.trim(), role, ...bound });
    setBusy(false);
    if (made.ok) onMade({ ...made.value, name: name.trim() });
    else setTrouble(made.trouble);
  };
  return (
    <Dialog title={words.people.addKey} onClose={onClose}>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextField
          label={words.people.keyName}
          hint={words.people.keyNameHint}
          error={errorOf(wrong, "name")}
          value={name}
          maxLength={100}
          autocomplete="off"
          onText={setName}
        />
        <Choice
          label={words.people.role}
          hint={words.people.can[role]}
          error={errorOf(wrong, "role")}
          value={role}
          options={roleOptions()}
          onText={(text) => isRole(text) && setRole(text)}
        />
        {isBound(role) && (
          <Choice
            label={words.people.keyAuthor}
            hint={words.people.keyAuthorHint}
            error={errorOf(wrong, "author")}
            value={author}
            options={[
              ["", words.people.nobody],
              ...authors.value.map(({ slug, name: called }) => [slug, called] as const),
            ]}
            onText={setAuthor}
          />
        )}
        {trouble && wrong.length === 0 && <TroubleNote trouble={trouble} />}
        <p class="actions closing">
          <Button onClick={onClose}>{words.desk.cancel}</Button>
          <Button type="submit" weight="first" busy={isBusy}>
            {words.people.addKey}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}

/** For how many seconds a former secret may work on. */
const OVERLAPS = { now: 0, hour: 3600, day: 86_400, week: 7 * 86_400 } as const;

/** Gives a key another secret; the former one works on for a while. */
export function RotateKey({ named, onMade, onClose }: Making & { named: Key }) {
  const words = say();
  const [overlap, setOverlap] = useState<keyof typeof OVERLAPS>("day");
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const rotate = async () => {
    setBusy(true);
    setTrouble(null);
    const body = { overlap: OVERLAPS[overlap] };
    const made = await api.post<IssuedKey>(`/keys/${named.id}/rotate`, body);
    setBusy(false);
    if (made.ok) onMade({ ...made.value, name: named.name });
    else setTrouble(made.trouble);
  };
  return (
    <Dialog title={words.people.rotateTitle(named.name)} onClose={onClose}>
      <p>{words.people.rotateWhy}</p>
      <Choice
        label={words.people.overlap}
        hint={overlap === "now" ? words.people.overlapNow : undefined}
        error={errorOf(trouble?.wrong ?? [], "overlap")}
        value={overlap}
        options={Object.entries(words.people.overlaps)}
        onText={(text) => {
          if (Object.hasOwn(OVERLAPS, text)) setOverlap(text as keyof typeof OVERLAPS);
        }}
      />
      {trouble && trouble.wrong.length === 0 && <TroubleNote trouble={trouble} />}
      <footer>
        <Button onClick={onClose}>{words.desk.cancel}</Button>
        <Button weight="first" busy={isBusy} onClick={() => void rotate()}>
          {words.people.makeSecret}
        </Button>
      </footer>
    </Dialog>
  );
}
