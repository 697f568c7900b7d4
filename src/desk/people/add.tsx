import { useRef, useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import type { Invitation, Person } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { TroubleNote } from "../parts/states.tsx";
import { say } from "../words/words.ts";
import { bodyOf, NOBODY, PersonFields } from "./fields.tsx";
import { ShownInvitation } from "./invitation.tsx";

/** Makes a person and their way in, one after the other. */
export function AddPerson({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const words = say();
  const [draft, setDraft] = useState(NOBODY);
  const [made, setMade] = useState<Person | null>(null);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const once = useRef(crypto.randomUUID());
  const add = async () => {
    setBusy(true);
    setTrouble(null);
    const failed = await steps();
    setBusy(false);
    if (failed) setTrouble(failed);
  };
  const steps = async (): Promise<Trouble | null> => {
    let person = made;
    if (!person) {
      const added = await api.post<Person>("/people", bodyOf(draft), { once: once.current });
      // What is sent next is another request; one that no answer came to may have been carried out, and is named the same.
      if (!added.ok) {
        if (added.trouble.kind !== "offline") once.current = crypto.randomUUID();
        return added.trouble;
      }
      person = added.value;
      setMade(person);
      onDone();
    }
    const invited = await api.post<Invitation>(`/people/${person.id}/invitations`);
    if (!invited.ok) return invited.trouble;
    setInvitation(invited.value);
    onDone();
    return null;
  };
  if (made && invitation) return <ShownInvitation person={made} {...{ invitation, onClose }} />;
  const wrong = trouble?.wrong ?? [];
  return (
    <Dialog title={words.people.add} onClose={onClose}>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        {made ? (
          <p>{words.people.notInvited(made.name)}</p>
        ) : (
          <PersonFields draft={draft} wrong={wrong} onChange={setDraft} />
        )}
        {trouble && wrong.length === 0 && <TroubleNote trouble={trouble} />}
        <p class="actions closing">
          <Button onClick={onClose}>{words.desk.cancel}</Button>
          <Button type="submit" weight="first" busy={isBusy}>
            {made ? words.people.makeLink : words.people.addAndInvite}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
