import type { Issue } from "../../domain/problem.ts";
import { applyEdits, findLinks, findPictures } from "./body-pictures.ts";
import type { Edit, BodyPicture } from "./body-pictures.ts";
import { isMapping } from "./fields.ts";
import type { Reading } from "./foreign-fields.ts";
import type { PictureNotes } from "./picture-notes.ts";
import type { Pictures } from "../press/pictures.ts";
import { isLocal } from "./picture-files.ts";
import type { PictureFiles } from "./picture-files.ts";

/** A picture of the folder that a story shows, not yet on the site. */
export interface PictureUse {
  /** The file to open. */
  file: string;
  /** What the folder calls it. */
  name: string;
  /** `hero`, or `body`. */
  field: string;
  /** For messages: `line 12: `, or "". */
  place: string;
  /** Whether the story says what it shows, or that it shows nothing that matters. */
  described: boolean;
  /** What is done to the body once its address is known. */
  edits: (src: string) => Edit[];
  /** What is done to the body when the story does without it. */
  cut: Edit[];
}

interface Story {
  file: string;
  body: string;
  /** The body before anything was done to it, and the line of the file on which it begins: for messages. */
  written: string;
  bodyLine: number;
  hero: unknown;
}

/** The pictures of a folder. */
export interface Library {
  files: PictureFiles;
  /** What pictures.yaml says of them, by name. */
  notes: Map<string, PictureNotes>;
  reading: Reading;
}

/** What was found of a story's pictures. */
interface Found {
  uses: PictureUse[];
  /** What is done to the body whatever becomes of its pictures. */
  edits: Edit[];
  heroLost: boolean;
  notes: string[];
  issues: Issue[];
}

/** Finds the pictures that a story names by their files, and says what is wrong with those that it cannot have. */
export async function findUses(story: Story, library: Library): Promise<Found> {
  const found: Found = { uses: [], edits: [], heroLost: false, notes: [], issues: [] };
  await findHero(story, library, found);
  for (const shown of findPictures(story.body)) await findShown(shown, story, library, found);
  await followLinks(story.body, story.file, library.files, found.uses);
  return found;
}

async function findHero({ file, hero }: Story, library: Library, found: Found): Promise<void> {
  if (!isMapping(hero) || typeof hero["src"] !== "string" || !isLocal(hero["src"])) return;
  const located = await library.files.locate(hero["src"], file);
  if (!located.ok) {
    found.heroLost = true;
    lose("hero", located.reason, library, found);
    return;
  }
  const told = isDescribed(library.notes.get(located.value.name));
  const described = hero["alt"] !== undefined || hero["decorative"] === true || told;
  const use = { field: "hero", place: "", described, edits: () => [], cut: [] };
  found.uses.push({ ...located.value, ...use });
}

async function findShown(
  shown: BodyPicture,
  { file, written, bodyLine }: Story,
  library: Library,
  found: Found,
): Promise<void> {
  const blank = [shown.silence];
  const silent = library.reading.decorative && !shown.described;
  if (!isLocal(shown.target)) {
    if (silent) found.edits.push(...blank);
    return;
  }
  const cut = [{ start: shown.start, end: shown.end, text: "" }];
  const place = `line ${bodyLine + linesBefore(written, shown.target)}: `;
  const located = await library.files.locate(shown.target, file);
  if (!located.ok) {
    found.edits.push(...cut);
    lose("body", place + located.reason, library, found);
    return;
  }
  const told = isDescribed(library.notes.get(located.value.name));
  found.uses.push({
    ...located.value,
    field: "body",
    place,
    described: shown.described || silent || told,
    edits: (src) => [...(silent && !told ? blank : []), shown.readdress(src)],
    cut,
  });
}

function lose(field: string, message: string, { reading }: Library, found: Found): void {
  if (reading.skipPictures) found.notes.push(`${field}: ${message}; left out`);
  else found.issues.push({ path: field, message });
}

function linesBefore(text: string, part: string): number {
  return text.slice(0, Math.max(0, text.indexOf(part))).split("\n").length - 1;
}

function isDescribed(notes: PictureNotes | undefined): boolean {
  return notes !== undefined && (notes.alt !== undefined || notes.decorative === true);
}

/** A link to a picture that the story shows, too, leads to where it is now: `[![gate](gate.jpg)](gate.jpg)`. */
async function followLinks(
  body: string,
  from: string,
  files: PictureFiles,
  uses: PictureUse[],
): Promise<void> {
  const shown = new Map(uses.filter(({ field }) => field === "body").map((use) => [use.file, use]));
  if (shown.size === 0) return;
  for (const { target, readdress } of findLinks(body)) {
    if (!isLocal(target) || !/\.(?:jpe?g|png|webp|avif|gif)(?:[?#]|$)/i.test(target)) continue;
    const found = await files.locate(target, from);
    const use = found.ok ? shown.get(found.value.file) : undefined;
    if (!use) continue;
    const { edits } = use;
    use.edits = (src) => [...edits(src), readdress(src)];
  }
}

/** Puts a story's pictures on the site and their addresses into the story, or says which it cannot have. */
export async function settle<T extends Pictured>(
  story: T,
  pictures: Pick<Pictures, "place">,
  skip: boolean,
): Promise<{ story: T; issues: Issue[]; notes: string[] }> {
  const { uses, edits } = story.pictures;
  if (uses.length === 0 && edits.length === 0) return { story, issues: [], notes: [] };
  const issues: Issue[] = [];
  const notes: string[] = [];
  const made: Edit[] = [...edits];
  const fields = { ...story.fields };
  for (const use of uses) {
    const { field, place, name, described } = use;
    const placed = await pictures.place(use);
    const wrong = placed.ok ? null : `${place}${name}: ${placed.reason}`;
    const hero = fields["hero"];
    if (!placed.ok && skip) {
      notes.push(`${field}: ${wrong}; left out`);
      if (field === "hero") delete fields["hero"];
      else made.push(...use.cut);
    } else if (!placed.ok) issues.push({ path: field, message: wrong ?? "" });
    else if (!described && !placed.described && fields["status"] !== "draft")
      issues.push({
        path: field === "hero" ? "hero.alt" : field,
        message: `${place}${name} ${UNDESCRIBED}`,
      });
    else if (field === "hero" && isMapping(hero)) fields["hero"] = { ...hero, src: placed.src };
    else made.push(...use.edits(placed.src));
  }
  if (typeof fields["body"] === "string") fields["body"] = applyEdits(fields["body"], made);
  return { story: { ...story, fields }, issues, notes };
}

const UNDESCRIBED =
  "needs a text for who cannot see it, in the story or in pictures.yaml; --decorative says of all such pictures that they tell nothing";

interface Pictured {
  fields: Record<string, unknown>;
  pictures: { uses: PictureUse[]; edits: Edit[] };
}
