import type { PictureOutcome, ReadPicture } from "../../src/pictures/gate.ts";
import { readPicture } from "../../src/pictures/gate.ts";
import { box, join } from "../support/pictures.ts";

// What the gate makes of a picture: taken, or refused.

export type Case = [what: string, bytes: Uint8Array];
export type Told = [what: string, bytes: Uint8Array, told: string | RegExp];

export function taken(bytes: Uint8Array): ReadPicture {
  const outcome = readPicture(bytes);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

export function refusal(bytes: Uint8Array): Exclude<PictureOutcome, { ok: true }> {
  const outcome = readPicture(bytes);
  if (outcome.ok) throw new Error(`taken, ${outcome.value.width} × ${outcome.value.height}`);
  return outcome;
}

export const FILM = join(box("ftyp", "mp42\0\0\0\0mp42isom"), box("mdat", "film"));
