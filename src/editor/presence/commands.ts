import { granted, type Outcome } from "../../domain/problem.ts";
import { storiesQuery } from "../../store/articles.d1.ts";
import { note } from "../../store/notes.d1.ts";
import {
  deleteBeat,
  isRecent,
  presentQuery,
  writeBeat,
  type Present,
} from "../../store/presence.d1.ts";
import { admit } from "../articles/found.ts";
import type { CommandContext } from "../context.ts";

// Who has a story open. It keeps nobody from writing: it is there so that two know of each other.

/** Who has a story open; with `beat`, the caller is one of them from now on. */
export async function findPresent(
  { store, actor, form, clock }: CommandContext,
  id: string,
  { beat }: { beat: boolean },
): Promise<Outcome<Present[]>> {
  const now = clock();
  const [[story], present] = await store.db.read(storiesQuery([id], false), presentQuery(id, now));
  const admitted = admit(actor, story, { id, form, right: "see what is planned" });
  if (!admitted.ok) return admitted;
  const own = present.find((each) => each.actor === actor.id);
  if (!beat || (own && isRecent(own, now))) return granted(present);
  await note(store.db, [writeBeat(id, actor.id, now)]);
  const self: Present = { actor: actor.id, name: actor.name, since: own?.since ?? now, at: now };
  return granted(
    [...present.filter((each) => each !== own), self].sort((a, b) => a.since - b.since),
  );
}

/** Says that the caller has closed a story. */
export async function leave(
  { store, actor, form }: CommandContext,
  id: string,
): Promise<Outcome<null>> {
  const [[story]] = await store.db.read(storiesQuery([id], false));
  const admitted = admit(actor, story, { id, form, right: "see what is planned" });
  if (!admitted.ok) return admitted;
  await note(store.db, [deleteBeat(id, actor.id)]);
  return granted(null);
}
