import { useState } from "preact/hooks";
import { listAll } from "../api.ts";
import type { Person } from "../contract.ts";
import { useLoaded } from "../loading.ts";
import { Button } from "../parts/button.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { AddPerson } from "../people/add.tsx";
import { Keys } from "../people/keys.tsx";
import { PeopleList } from "../people/list.tsx";
import { PersonPage } from "../people/person.tsx";
import { hrefOf, type RoomProps } from "../route.ts";
import { mayI } from "../session.ts";
import { say } from "../words/words.ts";

/** Who works at the paper, and the keys of machines. */
export function People({ rest: [named] }: RoomProps) {
  if (named === "keys" && mayI("hand out keys"))
    return (
      <>
        <Head current="keys" />
        <Keys />
      </>
    );
  return <Everybody named={named} />;
}

function Everybody({ named }: { named: string | undefined }) {
  const words = say().people;
  const { loaded, reload } = useLoaded(() => listAll<Person>("/people"), []);
  const [isAdding, setAdding] = useState(false);
  const shown = (people: readonly Person[]) => {
    if (named === undefined) return <PeopleList people={people} />;
    const person = people.find(({ id }) => id === named);
    return person ? (
      <PersonPage {...{ person, people }} onChange={reload} />
    ) : (
      <Empty title={words.gone}>
        <p>
          <a href={hrefOf("people")}>{words.allPeople}</a>
        </p>
      </Empty>
    );
  };
  return (
    <>
      {named === undefined && (
        <>
          <Head current="people" />
          <header class="list-head">
            <p class="hint">{words.intro}</p>
            <Button weight="first" onClick={() => setAdding(true)}>
              {words.add}
            </Button>
          </header>
        </>
      )}
      <Read loaded={loaded} onRetry={() => void reload()}>
        {shown}
      </Read>
      {isAdding && <AddPerson onDone={() => void reload()} onClose={() => setAdding(false)} />}
    </>
  );
}

/** What the room is called, and the way between people and keys. */
function Head({ current }: { current: "people" | "keys" }) {
  const words = say();
  return (
    <>
      <header class="room">
        <h1>{words.rooms.people}</h1>
      </header>
      {mayI("hand out keys") && (
        <nav class="tabs" aria-label={words.people.tabs}>
          <a href={hrefOf("people")} aria-current={current === "people" ? "page" : undefined}>
            {words.people.people}
          </a>
          <a href={hrefOf("people/keys")} aria-current={current === "keys" ? "page" : undefined}>
            {words.people.keys}
          </a>
        </nav>
      )}
    </>
  );
}
