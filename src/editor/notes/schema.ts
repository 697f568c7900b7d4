import * as z from "zod/mini";
import type { SignedNote } from "../../store/thread.d1.ts";
import { text } from "../fields.ts";
import { iso, optionalText, time } from "../response-fields.ts";

// The requests and responses for the notes on a story.

/** The longest note, in characters. */
export const NOTE_LENGTH = 4000;

export const newNote = z.strictObject({ text: text(NOTE_LENGTH) });

export const note = z.object({
  id: z.string(),
  kind: z
    .enum(["note", "submit", "return"])
    .check(z.describe("Written by itself, with a submission, or with a return.")),
  at: time,
  by: z.object({ id: z.string(), name: z.string() }),
  text: optionalText.check(z.describe("Null of a submission without a word.")),
});

export function noteResponse(written: SignedNote): z.output<typeof note> {
  const { id, kind, at, by, byName, text: said } = written;
  return { id, kind, at: iso(at), by: { id: by, name: byName }, text: said };
}
