import { INVITATION_LIFETIME, type Person } from "../../domain/people.ts";
import { granted, invalid, refused, type Issue, type Outcome } from "../../domain/problem.ts";
import { may, type Role } from "../../domain/role.ts";
import { entryQuery } from "../../store/directory.d1.ts";
import { dropInvitations, dropPasskeys, writeInvitation } from "../../store/passkeys.d1.ts";
import {
  changePerson,
  otherAdminsQuery,
  personByEmailQuery,
  personQuery,
  removePerson,
  writePerson,
  type ListedPerson,
} from "../../store/people.d1.ts";
import { endSessions } from "../../store/sessions.d1.ts";
import { act, type Acted } from "../act.ts";
import { hashOf, newSecret } from "../auth.ts";
import type { CommandContext } from "../context.ts";
import type { Input } from "../input.ts";

// People are made, changed, invited and removed. An invitation's token leaves the newsroom once, in the response.

export interface PersonFields {
  name?: string | undefined;
  role?: Role | undefined;
  author?: string | null | undefined;
  email?: string | null | undefined;
}

/** Makes a person, who cannot come in until they are invited or Cloudflare Access names them. */
export function makePerson(
  context: CommandContext,
  { fields, issues }: Input<PersonFields>,
): Promise<Acted<ListedPerson>> {
  return act(context, async (now) => {
    const { name, role, author = null, email = null } = fields;
    const problems = [...issues, ...(await problemsOf(context, null, { role, author, email }))];
    if (problems.length > 0 || name === undefined || role === undefined) return invalid(problems);
    const person: Person = {
      id: context.newId(),
      name,
      role,
      author,
      email,
      createdAt: now,
      removedAt: null,
    };
    return granted({
      result: { ...person, passkeys: 0, invitedUntil: null },
      change: {
        kind: "private",
        writes: [writePerson(person)],
        audit: [
          {
            act: "make",
            subject: `person:${person.id}`,
            detail: { before: null, after: told(person) },
          },
        ],
      },
    });
  });
}

/** Changes what a person is. It holds from their next request on. */
export function revisePerson(
  context: CommandContext,
  id: string,
  { fields, issues }: Input<PersonFields>,
): Promise<Acted<ListedPerson>> {
  return act(context, async () => {
    const found = await findPresent(context, id);
    if (!found.ok) return found;
    const before = found.value;
    const after = revised(before, fields);
    const problems = [...issues, ...(await problemsOf(context, id, after))];
    if (problems.length > 0) return invalid(problems);
    if (after.role !== "admin") {
      const kept = await keepAnAdmin(context, before, "cannot have another role");
      if (!kept.ok) return kept;
    }
    return granted({
      result: after,
      change: {
        kind: "private",
        writes: [changePerson(after)],
        audit: [
          {
            act: "change",
            subject: `person:${id}`,
            detail: { name: after.name, before: told(before), after: told(after) },
          },
        ],
      },
    });
  });
}

/** Removes a person: they are signed out at once, everywhere, and cannot come in again. What they wrote stays theirs. */
export function dismiss(context: CommandContext, id: string): Promise<Acted<null>> {
  return act(context, async (now) => {
    const found = await findPresent(context, id);
    if (!found.ok) return found;
    const kept = await keepAnAdmin(context, found.value, "cannot be removed");
    if (!kept.ok) return kept;
    return granted({
      result: null,
      change: {
        kind: "private",
        writes: [removePerson(id, now), endSessions(id), dropPasskeys(id), dropInvitations(id)],
        audit: [
          {
            act: "remove",
            subject: `person:${id}`,
            detail: { before: told(found.value), after: null },
          },
        ],
      },
    });
  });
}

/** Signs a person out everywhere. */
export function signOutEverywhere(context: CommandContext, id: string): Promise<Acted<null>> {
  return act(context, async () => {
    const found = await findPresent(context, id);
    if (!found.ok) return found;
    return granted({
      result: null,
      change: {
        kind: "private",
        writes: [endSessions(id)],
        audit: [{ act: "sign out", subject: `person:${id}`, detail: { name: found.value.name } }],
      },
    });
  });
}

/** A link by which a person makes a passkey, and until when, in epoch milliseconds. */
export interface InvitationLink {
  url: string;
  expiresAt: number;
}

/** Invites a person, the first time or when they have lost their device; earlier links lead nowhere then. */
export function invite(context: CommandContext, id: string): Promise<Acted<InvitationLink>> {
  return act(context, async (now) => {
    const found = await findPresent(context, id);
    if (!found.ok) return found;
    const token = newSecret();
    const expiresAt = now + INVITATION_LIFETIME;
    const invitation = {
      tokenHash: await hashOf(token),
      personId: id,
      createdAt: now,
      expiresAt,
    };
    return granted({
      // In the fragment, which browsers send to nobody: no log has it.
      result: { url: `${context.store.origin}/desk/#invitation=${token}`, expiresAt },
      change: {
        kind: "private",
        writes: writeInvitation(invitation),
        audit: [{ act: "invite", subject: `person:${id}`, detail: { name: found.value.name } }],
      },
    });
  });
}

/** What is wrong with who a person is to be. */
async function problemsOf(
  { store }: CommandContext,
  id: string | null,
  { role, author, email }: Omit<PersonFields, "name">,
): Promise<Issue[]> {
  const [[entry], [other]] = await store.db.read(
    entryQuery("author", author ?? ""),
    personByEmailQuery(email ?? ""),
  );
  return [
    ...(author && !entry
      ? [{ path: "author", message: `There is no author "${author}"; make them first.` }]
      : []),
    ...(author && role !== undefined && may({ role }, "write under any byline")
      ? [{ path: "author", message: "is only for people with the role author or contributor." }]
      : []),
    ...(email && other && other.id !== id
      ? [{ path: "email", message: `is that of ${other.name} already.` }]
      : []),
  ];
}

/** Refuses what would leave the paper without an admin. */
async function keepAnAdmin(
  { store }: CommandContext,
  { id, role, name }: Person,
  what: string,
): Promise<Outcome<null>> {
  if (role !== "admin") return granted(null);
  const [[others]] = await store.db.read(otherAdminsQuery(id));
  if ((others?.n ?? 0) > 0) return granted(null);
  return refused({
    kind: "wrongState",
    detail: `${name} is the last admin, and ${what}. Make somebody else an admin first.`,
  });
}

async function findPresent(context: CommandContext, id: string): Promise<Outcome<ListedPerson>> {
  const [[person]] = await context.store.db.read(personQuery(id));
  if (!person) return refused({ kind: "unknown", detail: `There is no person "${id}".` });
  if (person.removedAt !== null)
    return refused({ kind: "wrongState", detail: `${person.name} was removed.` });
  return granted(person);
}

/** What the audit says of a person. */
function told({ name, role, author, email }: Person) {
  return { name, role, author, email };
}

function revised(before: ListedPerson, fields: PersonFields): ListedPerson {
  const {
    name = before.name,
    role = before.role,
    author = before.author,
    email = before.email,
  } = fields;
  // Whoever writes under every byline has none of their own.
  const isBound = fields.author !== undefined || !may({ role }, "write under any byline");
  return { ...before, name, role, email, author: isBound ? author : null };
}
