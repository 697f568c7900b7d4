// Promises: a challenge is answered once, by what it was made for; an invitation is accepted once.
// Relies on: challenges and tokens of 256 random bits, hashed before they come here; D1's batch being a transaction.
// Does not: verify what a passkey signed (editor/sign-in/passkeys.ts).

import { MOST_PASSKEYS, type Person } from "../domain/people.ts";
import {
  guarded,
  readAs,
  sql,
  sqlNote,
  sqlWrite,
  type Note,
  type Read,
  type Write,
} from "./batch.d1.ts";
import { columns, fromRow, names, table, values, type Row } from "./columns.ts";
import { PERSON_COLUMNS } from "./people.d1.ts";

/** A passkey. `id` and `publicKey` (COSE) are base64url; times in epoch milliseconds. */
export interface Passkey {
  id: string;
  personId: string;
  label: string;
  publicKey: string;
  counter: number;
  transports: string[];
  backedUp: boolean;
  createdAt: number;
  usedAt: number | null;
}

const PASSKEY = table<Passkey>("passkeys", {
  id: "plain",
  personId: "plain",
  label: "plain",
  publicKey: "plain",
  counter: "plain",
  transports: "json",
  backedUp: "flag",
  createdAt: "plain",
  usedAt: "plain",
});

export function passkeyQuery(id: string): Read<Passkey> {
  const query = sql<Row>`select ${columns(PASSKEY)} from passkeys where id = ${id}`;
  return readAs(query, (row) => fromRow(PASSKEY, row));
}

/** The passkeys of a person, in the order in which they came. */
export function passkeysQuery(personId: string): Read<Passkey> {
  const query = sql<Row>`
    select ${columns(PASSKEY)} from passkeys where person_id = ${personId}
    order by created_at, id limit ${MOST_PASSKEYS}`;
  return readAs(query, (row) => fromRow(PASSKEY, row));
}

/** Adds a passkey; lost where the person has as many as they may, or left. */
export function writePasskey(passkey: Passkey): Write {
  const { personId } = passkey;
  return guarded(
    sqlWrite`
      insert into passkeys (${names(PASSKEY)})
      select ${values(PASSKEY)} from json_each(${JSON.stringify([passkey])})
      where (select count(*) from passkeys where person_id = ${personId}) < ${MOST_PASSKEYS}
        and exists (select 1 from people where id = ${personId} and removed_at is null)`,
    "present",
  );
}

export function labelPasskey(id: string, personId: string, label: string): Write {
  return guarded(
    sqlWrite`update passkeys set label = ${label} where id = ${id} and person_id = ${personId}`,
    "present",
  );
}

/** Removes a passkey; lost where it is the last one of its person. */
export function removePasskey(id: string, personId: string): Write {
  return guarded(
    sqlWrite`
      delete from passkeys where id = ${id} and person_id = ${personId}
        and exists (select 1 from passkeys o where o.person_id = ${personId} and o.id <> ${id})`,
    "present",
  );
}

/** Writes down that a passkey signed: its counter, whether it is backed up by now, and when. */
export function usePasskey({
  id,
  counter,
  backedUp,
  usedAt,
}: Pick<Passkey, "id" | "counter" | "backedUp"> & { usedAt: number }): Write {
  return guarded(
    sqlWrite`
      update passkeys set counter = ${counter}, backed_up = ${Number(backedUp)}, used_at = ${usedAt}
      where id = ${id}`,
    "present",
  );
}

/** What a passkey is to sign; `hash` is the SHA-256 of the challenge in hex. */
export interface Challenge {
  hash: string;
  purpose: "sign in" | "invitation" | "add";
  /** Whom it was made for, where that is known. */
  personId: string | null;
  /** Epoch milliseconds. */
  expiresAt: number;
}

const CHALLENGE = table<Challenge>("challenges", {
  hash: "plain",
  purpose: "plain",
  personId: "plain",
  expiresAt: "plain",
});

/** Remembers a challenge. */
export function writeChallenge(challenge: Challenge): Note {
  return sqlNote`
    insert into challenges (${names(CHALLENGE)})
    select ${values(CHALLENGE)} from json_each(${JSON.stringify([challenge])})`;
}

/** A challenge that can still be answered. */
export function challengeQuery(hash: string, now: number): Read<Challenge> {
  return sql<Challenge>`
    select ${columns(CHALLENGE)} from challenges where hash = ${hash} and expires_at > ${now}`;
}

/** Takes a challenge away; lost where it was answered before. */
export function spendChallenge(hash: string): Write {
  return guarded(sqlWrite`delete from challenges where hash = ${hash}`, "present");
}

/** Forgets challenges and invitations that are over. */
export function forgetOld(now: number): Note[] {
  return [
    sqlNote`delete from challenges where expires_at <= ${now}`,
    sqlNote`delete from invitations where expires_at <= ${now}`,
  ];
}

/** A link by which a person makes a passkey. Times in epoch milliseconds. */
export interface Invitation {
  tokenHash: string;
  personId: string;
  createdAt: number;
  expiresAt: number;
}

const INVITATION = table<Invitation>("invitations", {
  tokenHash: "plain",
  personId: "plain",
  createdAt: "plain",
  expiresAt: "plain",
});

/** Whom an invitation is for, while it can be accepted. */
export function invitedQuery(tokenHash: string, now: number): Read<Person> {
  return sql<Person>`
    select ${PERSON_COLUMNS} from people where removed_at is null and id = (
      select person_id from invitations where token_hash = ${tokenHash} and expires_at > ${now})`;
}

/** Makes an invitation in the place of those that the person has. */
export function writeInvitation(invitation: Invitation): Write[] {
  return [
    dropInvitations(invitation.personId),
    sqlWrite`
      insert into invitations (${names(INVITATION)})
      select ${values(INVITATION)} from json_each(${JSON.stringify([invitation])})`,
  ];
}

export function dropInvitations(personId: string): Write {
  return sqlWrite`delete from invitations where person_id = ${personId}`;
}

/** Takes an invitation away; lost where it was accepted before. */
export function spendInvitation(tokenHash: string): Write {
  return guarded(sqlWrite`delete from invitations where token_hash = ${tokenHash}`, "present");
}

/** Takes away everything by which a person could come in. */
export function dropPasskeys(personId: string): Write {
  return sqlWrite`delete from passkeys where person_id = ${personId}`;
}
