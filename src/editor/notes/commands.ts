import { granted, invalid, type Outcome } from "../../domain/problem.ts";
import { threadQuery, writeThreadNote, type SignedNote } from "../../store/thread.d1.ts";
import { act, type Acted } from "../act.ts";
import { findStory } from "../articles/found.ts";
import type { CommandContext } from "../context.ts";
import type { Input } from "../input.ts";

// What the newsroom says of a story among itself.

/** The notes on a story before a place in the thread, newest first. */
export async function readThread(
  context: CommandContext,
  id: string,
  page: { before: string; limit: number },
): Promise<Outcome<(SignedNote & { born: string })[]>> {
  const found = await findStory(context, id, "see what is planned");
  if (!found.ok) return found;
  const [notes] = await context.store.db.read(threadQuery(id, page));
  return granted(notes);
}

/** Adds a note to a story's thread. It is no change of the story: whoever writes at it need not read it anew. */
export function addNote(
  context: CommandContext,
  id: string,
  { fields: { text }, issues }: Input<{ text: string }>,
): Promise<Acted<SignedNote>> {
  const { actor, newId } = context;
  return act(context, async (now) => {
    const found = await findStory(context, id, "write a note");
    if (!found.ok) return found;
    if (issues.length > 0 || text === undefined) return invalid(issues);
    const note = { id: newId(), kind: "note", at: now, by: actor.id, text } as const;
    return granted({
      result: { ...note, byName: actor.name },
      change: {
        kind: "private",
        writes: [writeThreadNote(id, note)],
        audit: [{ act: "note", subject: `article:${id}`, detail: { note: note.id } }],
      },
    });
  });
}
