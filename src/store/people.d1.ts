// Promises: people by id, by their session or by their e-mail, and an admin always among them.
// Relies on: secrets being hashed before they come here (editor/auth.ts).
// Does not: decide who may do what (domain/role.ts), or store a secret.

import { type Person } from "../domain/people.ts";
import { Fragment, guarded, sql, sqlWrite, type Read, type Write } from "./batch.d1.ts";
import { columns, names, table, values } from "./columns.ts";

/** What a person has beside their author, who is stored by id and returned by slug. */
const PERSON = table<Omit<Person, "author">>("people", {
  id: "plain",
  name: "plain",
  role: "plain",
  email: "plain",
  createdAt: "plain",
  removedAt: "plain",
});

/** What is selected of `people` to be a Person. */
export const PERSON_COLUMNS = new Fragment(
  `${columns(PERSON).text}, (select slug from authors a where a.id = people.author) as author`,
);

/** A person as they are listed: with how many passkeys they have, and until when they are invited to make the first. */
export interface ListedPerson extends Person {
  passkeys: number;
  invitedUntil: number | null;
}

const LISTED_COLUMNS = new Fragment(`${PERSON_COLUMNS.text},
  (select count(*) from passkeys k where k.person_id = people.id) as passkeys,
  (select max(expires_at) from invitations i where i.person_id = people.id) as invitedUntil`);

export function personQuery(id: string): Read<ListedPerson> {
  return sql<ListedPerson>`select ${LISTED_COLUMNS} from people where id = ${id}`;
}

export function peopleQuery({
  after,
  limit,
}: {
  after: string;
  limit: number;
}): Read<ListedPerson> {
  return sql<ListedPerson>`
    select ${LISTED_COLUMNS} from people where id > ${after} order by id limit ${limit}`;
}

/** Whoever is here and is named by an e-mail, in lower case. */
export function personByEmailQuery(email: string): Read<Person> {
  return sql<Person>`
    select ${PERSON_COLUMNS} from people where email = ${email} and removed_at is null`;
}

export function writePerson(person: Person): Write {
  return sqlWrite`
    insert into people (${names(PERSON)}, author)
    select ${values(PERSON)}, (select id from authors where slug = ${person.author})
    from json_each(${JSON.stringify([person])})`;
}

/** Somebody else is an admin, or this one was none: a paper has one always. */
const ANOTHER_ADMIN = new Fragment(`(people.role <> 'admin' or exists (
  select 1 from people o where o.role = 'admin' and o.removed_at is null and o.id <> people.id))`);

/** Changes what a person is; lost where they left meanwhile, or where the last admin would be none. */
export function changePerson({ id, name, role, author, email }: Person): Write {
  return guarded(
    sqlWrite`
      update people set name = ${name}, role = ${role}, email = ${email},
        author = (select id from authors where slug = ${author})
      where id = ${id} and removed_at is null and (${role} = 'admin' or ${ANOTHER_ADMIN})`,
    "present",
  );
}

/** Removes a person; lost where they left already, or where they are the last admin. */
export function removePerson(id: string, now: number): Write {
  return guarded(
    sqlWrite`
      update people set removed_at = ${now}
      where id = ${id} and removed_at is null and ${ANOTHER_ADMIN}`,
    "present",
  );
}

/** How many admins there are beside a person. */
export function otherAdminsQuery(id: string): Read<{ n: number }> {
  return sql<{ n: number }>`
    select count(*) as n from people where role = 'admin' and removed_at is null and id <> ${id}`;
}
