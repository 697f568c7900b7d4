import { Passkeys } from "../account/passkeys.tsx";
import { Sessions } from "../account/sessions.tsx";
import type { RoomProps } from "../route.ts";
import { authorNames, mayI, me } from "../session.ts";
import { say } from "../words/words.ts";

/** What people have of their own: how they come in, and where they are. */
export function Account(_: RoomProps) {
  return (
    <>
      <header class="room">
        <h1>{say().rooms.account}</h1>
      </header>
      <div class="account">
        <Who />
        <Passkeys />
        <Sessions />
      </div>
    </>
  );
}

function Who() {
  const words = say();
  const here = me.value;
  if (!here) return null;
  const { name, role, author } = here;
  return (
    <section class="panel">
      <h2>{words.account.you}</h2>
      <dl class="told-of">
        <div>
          <dt>{words.account.name}</dt>
          <dd>
            <bdi>{name}</bdi>
          </dd>
        </div>
        <div>
          <dt>{words.account.role}</dt>
          <dd>
            {words.people.roleNames[role]}
            <p class="hint">{words.people.can[role]}</p>
          </dd>
        </div>
        {author && (
          <div>
            <dt>{words.account.author}</dt>
            <dd>{authorNames.value.get(author) ?? author}</dd>
          </div>
        )}
      </dl>
      <p class="hint">{mayI("manage people") ? words.account.yourself : words.account.askAdmin}</p>
    </section>
  );
}
