import { isMapping } from "./folder/fields.ts";
import type { Newsroom } from "./press/newsroom-api.ts";
import { Refusal } from "./refusal.ts";

/** Who is to come in. */
export interface Guest {
  name: string;
  role: string;
  author?: string | undefined;
  email?: string | undefined;
}

/** A link by which somebody comes in, and until when it works, as RFC 3339. */
export interface Invitation {
  url: string;
  expiresAt: string;
  /** Whether they were there before: earlier links lead nowhere now. */
  wasHere: boolean;
}

/** Somebody who is here. */
interface Present {
  id: string;
  name: string;
  role: string;
  passkeys: number;
}

/** Everybody who is here. */
export async function findPeople(newsroom: Newsroom): Promise<Present[]> {
  const people: Present[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const at: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const page = await newsroom.look(`/people?limit=100${at}`);
    if (!isMapping(page) || !Array.isArray(page["items"])) return people;
    people.push(
      ...(page["items"] as (Present & { removedAt: string | null })[]).filter(
        ({ removedAt }) => removedAt === null,
      ),
    );
    cursor = typeof page["next"] === "string" ? page["next"] : null;
  }
  return people;
}

/** Invites somebody, who is made if nobody here is called so. Throws a Refusal that says what is wrong. */
export async function invite(newsroom: Newsroom, guest: Guest): Promise<Invitation> {
  const known = (await findPeople(newsroom)).filter(({ name }) => name === guest.name);
  if (known.length > 1)
    throw new Refusal(
      `There are ${known.length} people called ${guest.name}; invite the right one in the desk.`,
    );
  const id = known[0]?.id ?? (await make(newsroom, guest));
  const answer = await newsroom.call("POST", `/people/${id}/invitations`);
  if (!answer.ok) throw new Refusal(answer.detail);
  const { url, expiresAt } = answer.body as { url: string; expiresAt: string };
  return { url, expiresAt, wasHere: known.length === 1 };
}

async function make(newsroom: Newsroom, guest: Guest): Promise<string> {
  const answer = await newsroom.call("POST", "/people", guest);
  if (answer.ok) return (answer.body as { id: string }).id;
  const wrong = answer.issues.map(({ path, message }) => `${path}: ${message}`);
  throw new Refusal(wrong.join("\n") || answer.detail);
}
