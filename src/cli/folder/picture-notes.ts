import type { Issue } from "../../domain/problem.ts";
import { flag, isMapping, mapping, text } from "./fields.ts";
import type { Read } from "./fields.ts";

/** What pictures.yaml tells of a picture; what it leaves out stays as the site has it. */
export interface PictureNotes {
  alt?: string;
  decorative?: boolean;
  caption?: string;
  credit?: string;
  focalPoint?: string;
}

/** The API keeps texts without the blanks around them: with them, they would differ at every run. */
const trimmed: Read = (value, path, issues) => {
  const written = text(value, path, issues);
  return typeof written === "string" ? written.trim() : written;
};

const readNotes = mapping({
  alt: trimmed,
  decorative: flag,
  caption: trimmed,
  credit: trimmed,
  focalPoint: trimmed,
});

/** Reads pictures.yaml: notes by the paths of pictures below the folder. */
export function readPictureNotes(
  value: unknown,
  path: string,
  issues: Issue[],
): Map<string, PictureNotes> {
  const notes = new Map<string, PictureNotes>();
  if (!isMapping(value)) {
    issues.push({ path, message: "must be a mapping of pictures' paths to what is told of them" });
    return notes;
  }
  for (const [name, given] of Object.entries(value)) {
    const read = readNotes(given ?? {}, name, issues);
    if (read) notes.set(name.replace(/^\.?\/+/, ""), read);
  }
  return notes;
}
