import { useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import type { Invitation, Person } from "../contract.ts";
import { Button } from "../parts/button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Check } from "../parts/field.tsx";
import { TroubleNote } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { go, hrefOf } from "../route.ts";
import { enter, me } from "../session.ts";
import { say } from "../words/words.ts";
import { Sure } from "./sure.tsx";
import { ShownInvitation } from "./invitation.tsx";

// What is done to a person. Each says first what comes of it.

interface Deed {
  person: Person;
  onClose: () => void;
}

const isMe = ({ id }: Person) => me.value?.id === `person:${id}`;

/** Makes another way in; for a lost device it ends what is open there, too. */
export function InvitePerson({
  person,
  onChange,
  onClose,
}: Deed & { onChange: () => Promise<void> }) {
  const words = say();
  const [alsoEnds, setAlsoEnds] = useState(false);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const invite = async () => {
    setBusy(true);
    setTrouble(null);
    const invited = await api.post<Invitation>(`/people/${person.id}/invitations`);
    if (!invited.ok) {
      setBusy(false);
      setTrouble(invited.trouble);
      return;
    }
    const ended = alsoEnds ? await api.delete(`/people/${person.id}/sessions`) : null;
    setBusy(false);
    setInvitation(invited.value);
    if (ended) tell(words.people[ended.ok ? "ended" : "notEnded"](person.name), !ended.ok);
    await onChange();
  };
  if (invitation) return <ShownInvitation {...{ person, invitation, onClose }} />;
  return (
    <Dialog title={words.people.inviteTitle(person.name)} onClose={onClose}>
      <p>{words.people.inviteConsequence}</p>
      {person.passkeys > 0 && !isMe(person) && (
        <Check
          label={words.people.alsoEnd}
          hint={words.people.alsoEndHint}
          checked={alsoEnds}
          onCheck={setAlsoEnds}
        />
      )}
      {trouble && <TroubleNote trouble={trouble} />}
      <footer>
        <Button onClick={onClose}>{words.desk.cancel}</Button>
        <Button weight="first" busy={isBusy} onClick={() => void invite()}>
          {words.people.makeLink}
        </Button>
      </footer>
    </Dialog>
  );
}

export function EndSessions({ person, onClose }: Deed) {
  const words = say().people;
  return (
    <Sure
      title={words.endTitle(person.name)}
      consequences={[words.endConsequence, ...(isMe(person) ? [words.endYou] : [])]}
      act={words.endSessions}
      onClose={onClose}
      deed={() => api.delete(`/people/${person.id}/sessions`)}
      onDone={() => {
        tell(words.ended(person.name));
        onClose();
        if (isMe(person)) void enter();
      }}
    />
  );
}

export function RemovePerson({
  person,
  onChange,
  onClose,
}: Deed & { onChange: () => Promise<void> }) {
  const words = say().people;
  return (
    <Sure
      title={words.removeTitle(person.name)}
      consequences={[words.removeConsequence, ...(isMe(person) ? [words.removeYou] : [])]}
      act={words.remove}
      onClose={onClose}
      deed={() => api.delete(`/people/${person.id}`)}
      onDone={() => {
        tell(words.removed(person.name));
        onClose();
        if (isMe(person)) void enter();
        else {
          go(hrefOf("people"));
          void onChange();
        }
      }}
    />
  );
}
