import type { Person } from "../contract.ts";
import { formatMoment } from "../moments.ts";
import { hrefOf } from "../route.ts";
import { authorNames, me } from "../session.ts";
import { say } from "../words/words.ts";

/** Who works here, and apart from them who did. */
export function PeopleList({ people }: { people: readonly Person[] }) {
  const words = say().people;
  const sorted = people.toSorted((a, b) => a.name.localeCompare(b.name));
  const here = sorted.filter(({ removedAt }) => removedAt === null);
  const former = sorted.filter(({ removedAt }) => removedAt !== null);
  return (
    <>
      <ul class="rows people" aria-label={words.people}>
        {here.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </ul>
      {former.length > 0 && (
        <details class="former">
          <summary>{words.former(former.length)}</summary>
          <ul class="rows people">
            {former.map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function PersonRow({ person }: { person: Person }) {
  const words = say().people;
  const { id, name, role, author, email, removedAt } = person;
  const { mark, text } = wayIn(person);
  return (
    <li>
      <div class="what">
        <h2 class="headline">
          <a href={hrefOf(`people/${id}`)}>
            <bdi>{name}</bdi>
          </a>
          {me.value?.id === `person:${id}` && <small class="quiet">{words.you}</small>}
        </h2>
        <p class="facts">
          <span>{words.roleNames[role]}</span>
          {author && <span>{words.writesAs(authorNames.value.get(author) ?? author)}</span>}
          {email && <span dir="ltr">{email}</span>}
        </p>
        {removedAt === null && <p class="quiet">{words.can[role]}</p>}
      </div>
      <p class={`state ${mark}`}>
        <strong>{text}</strong>
      </p>
    </li>
  );
}

/** How somebody comes in, or why they do not. */
export function wayIn({ passkeys, invitedUntil, email, removedAt }: Person): {
  mark: string;
  text: string;
} {
  const words = say().people;
  if (removedAt !== null)
    return { mark: "withdrawn", text: words.removedOn(formatMoment(removedAt)) };
  if (passkeys > 0) return { mark: "live", text: words.passkeys(passkeys) };
  if (invitedUntil !== null && Date.parse(invitedUntil) > Date.now())
    return { mark: "waiting", text: words.invitedUntil(formatMoment(invitedUntil)) };
  if (email !== null) return { mark: "live", text: words.byAccess };
  return { mark: "draft", text: words.neverIn };
}
