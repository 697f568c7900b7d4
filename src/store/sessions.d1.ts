// Promises: a session is found by the hash of its secret, with the person as they are now; not once it is over, nor once they left.
// Relies on: secrets of 256 random bits, hashed before they come here (editor/auth.ts); D1's primary, so that nobody who has just
// come in is unknown to a replica.
// Does not: store a secret.

import { SESSION_IDLE, SESSION_LONGEST, USE_RESOLUTION, type Person } from "../domain/people.ts";
import { guarded, sql, sqlNote, sqlWrite, type Note, type Read, type Write } from "./batch.d1.ts";
import { columns, names, table, values } from "./columns.ts";
import { PERSON_COLUMNS } from "./people.d1.ts";

/** Somebody who is signed in somewhere. Times in epoch milliseconds; `secretHash` is the SHA-256 of the cookie's secret in hex. */
export interface Session {
  id: string;
  secretHash: string;
  personId: string;
  /** The passkey that opened it; null where that was removed, or Access let them in. */
  passkeyId: string | null;
  /** The browser, in words. */
  device: string;
  createdAt: number;
  usedAt: number;
}

const SESSION = table<Session>("sessions", {
  id: "plain",
  secretHash: "plain",
  personId: "plain",
  passkeyId: "plain",
  device: "plain",
  createdAt: "plain",
  usedAt: "plain",
});

/** How many sessions a person may have; the one that was used longest ago ends for another. */
const MOST_SESSIONS = 50;

/** A session that goes on, with whose it is. */
export type OpenSession = Person & { session: string; usedAt: number };

export function sessionQuery(secretHash: string, now: number): Read<OpenSession> {
  return sql<OpenSession>`
    select ${PERSON_COLUMNS}, s.id as session, s.used_at as usedAt
    from sessions s cross join people on people.id = s.person_id
    where s.secret_hash = ${secretHash} and people.removed_at is null
      and s.used_at > ${now - SESSION_IDLE} and s.created_at > ${now - SESSION_LONGEST}`;
}

/** The sessions of a person that go on, those used last first. */
export function sessionsQuery(personId: string, now: number): Read<Session> {
  return sql<Session>`
    select ${columns(SESSION)} from sessions
    where person_id = ${personId} and used_at > ${now - SESSION_IDLE} and created_at > ${now - SESSION_LONGEST}
    order by used_at desc, id limit ${MOST_SESSIONS}`;
}

/** Opens a session, and ends what the person has beyond as many as they may. */
export function writeSession(session: Session): Write[] {
  return [
    sqlWrite`
      insert into sessions (${names(SESSION)})
      select ${values(SESSION)} from json_each(${JSON.stringify([session])})`,
    sqlWrite`
      delete from sessions where id in (
        select id from sessions where person_id = ${session.personId}
        order by used_at desc, created_at desc, id limit -1 offset ${MOST_SESSIONS})`,
  ];
}

/** Notes that a session was used, if that was not noted within the hour. */
export function writeSessionUse(id: string, now: number): Note {
  return sqlNote`
    update sessions set used_at = ${now} where id = ${id} and used_at <= ${now - USE_RESOLUTION}`;
}

/** Ends one session of a person; lost where there is none. */
export function endSession(id: string, personId: string): Write {
  return guarded(
    sqlWrite`delete from sessions where id = ${id} and person_id = ${personId}`,
    "present",
  );
}

/** Ends all sessions of a person. */
export function endSessions(personId: string): Write {
  return sqlWrite`delete from sessions where person_id = ${personId}`;
}

/** Ends the sessions that a passkey opened. */
export function endSessionsOf(passkeyId: string): Write {
  return sqlWrite`delete from sessions where passkey_id = ${passkeyId}`;
}

/** Forgets sessions that are over. */
export function forgetSessions(now: number): Note {
  return sqlNote`
    delete from sessions where used_at <= ${now - SESSION_IDLE} or created_at <= ${now - SESSION_LONGEST}`;
}
