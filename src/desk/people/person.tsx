import { useState } from "preact/hooks";
import { api, type Trouble } from "../api.ts";
import type { Person } from "../contract.ts";
import { formatMoment } from "../moments.ts";
import { Button } from "../parts/button.tsx";
import { TroubleNote } from "../parts/states.tsx";
import { tell } from "../parts/told.tsx";
import { hrefOf } from "../route.ts";
import { enter, me } from "../session.ts";
import { say } from "../words/words.ts";
import { EndSessions, InvitePerson, RemovePerson } from "./deeds.tsx";
import { bodyOf, draftOf, PersonFields } from "./fields.tsx";
import { wayIn } from "./list.tsx";
import { isLastAdmin } from "./roles.ts";

/** One person: who they are, how they come in, and how they leave. */
export function PersonPage({
  person,
  people,
  onChange,
}: {
  person: Person;
  people: readonly Person[];
  onChange: () => Promise<void>;
}) {
  const words = say().people;
  const isLast = isLastAdmin(person, people);
  return (
    <>
      <p>
        <a href={hrefOf("people")}>{words.allPeople}</a>
      </p>
      <header class="room">
        <h1>
          <bdi>{person.name}</bdi>
        </h1>
      </header>
      {person.removedAt !== null ? (
        <p class="note">{words.wasRemoved(formatMoment(person.removedAt))}</p>
      ) : (
        <div class="person">
          <WhoTheyAre key={person.id} {...{ person, isLast, onChange }} />
          <div class="beside">
            <WayIn {...{ person, onChange }} />
            <Leaving {...{ person, isLast, onChange }} />
          </div>
        </div>
      )}
    </>
  );
}

interface Part {
  person: Person;
  onChange: () => Promise<void>;
}

function WhoTheyAre({ person, isLast, onChange }: Part & { isLast: boolean }) {
  const words = say();
  const [draft, setDraft] = useState(() => draftOf(person));
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isChanged = JSON.stringify(bodyOf(draft)) !== JSON.stringify(bodyOf(draftOf(person)));
  const save = async () => {
    setBusy(true);
    const saved = await api.patch<Person>(`/people/${person.id}`, bodyOf(draft));
    setBusy(false);
    setTrouble(saved.ok ? null : saved.trouble);
    if (!saved.ok) return;
    setDraft(draftOf(saved.value));
    tell(words.people.saved(saved.value.name));
    await onChange();
    // What somebody makes of themselves holds at once, and the desk shows what is theirs now.
    if (me.value?.id === `person:${person.id}`) await enter();
  };
  return (
    <form
      class="panel form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{words.people.who}</h2>
      <PersonFields {...{ draft, isLast }} wrong={trouble?.wrong ?? []} onChange={setDraft} />
      {trouble && trouble.wrong.length === 0 && <TroubleNote trouble={trouble} />}
      <p class="actions">
        <Button type="submit" weight="first" busy={isBusy} disabled={!isChanged}>
          {words.desk.save}
        </Button>
        {isChanged && <span class="quiet">{words.desk.unsaved}</span>}
      </p>
    </form>
  );
}

function WayIn({ person, onChange }: Part) {
  const words = say().people;
  const [open, setOpen] = useState<"invite" | "end" | null>(null);
  const { mark, text } = wayIn(person);
  const close = () => setOpen(null);
  const hint =
    person.passkeys > 0 ? words.inviteWhy : person.email ? words.accessWhy : words.wayInOnce;
  return (
    <section class="panel">
      <h2>{words.wayIn}</h2>
      <p class={`state ${mark}`}>
        <strong>{text}</strong>
      </p>
      <p class="hint">{hint}</p>
      <p class="actions">
        <Button onClick={() => setOpen("invite")}>
          {person.passkeys === 0 && person.invitedUntil === null ? words.invite : words.inviteAgain}
        </Button>
        {person.passkeys > 0 && <Button onClick={() => setOpen("end")}>{words.endSessions}</Button>}
      </p>
      {open === "invite" && <InvitePerson {...{ person, onChange }} onClose={close} />}
      {open === "end" && <EndSessions person={person} onClose={close} />}
    </section>
  );
}

function Leaving({ person, isLast, onChange }: Part & { isLast: boolean }) {
  const words = say().people;
  const [isOpen, setOpen] = useState(false);
  return (
    <section class="panel">
      <h2>{words.removeHead}</h2>
      <p class="hint">{isLast ? words.lastAdmin : words.removeIntro}</p>
      {!isLast && (
        <p class="actions">
          <Button weight="grave" onClick={() => setOpen(true)}>
            {words.remove}
          </Button>
        </p>
      )}
      {isOpen && <RemovePerson {...{ person, onChange }} onClose={() => setOpen(false)} />}
    </section>
  );
}
