import type { Issue } from "../../domain/problem.ts";
import { isMapping, listOf, mapping, text } from "./fields.ts";
import type { Read } from "./fields.ts";
import type { FileIssue } from "./findings.ts";
import { isLocal } from "./picture-files.ts";
import type { PictureFile, PictureFiles } from "./picture-files.ts";
import { heroShape } from "./shapes.ts";

// front.yaml: what stands on the front page, by the keys of stories.

/** A story on the front page, and what it says there alone. */
export interface FrontEntry {
  /** The story's key. */
  story: string;
  title?: string;
  standfirst?: string;
  hero?: Record<string, unknown>;
  /** The file of the picture, where it is one of the folder's. */
  picture?: PictureFile;
}

export interface FrontFile {
  lead: FrontEntry | null;
  pinned: FrontEntry[];
  rows: { name: string; entries: FrontEntry[] }[];
}

const readWords = mapping({
  story: text,
  title: text,
  standfirst: text,
  hero: (value, path, issues) =>
    isMapping(value) ? mapping(heroShape)(value, path, issues) : { src: text(value, path, issues) },
});

/** Reads an entry: the key of a story, or a mapping with it and the words for the front page alone. */
const entry: Read = (value, path, issues) => {
  if (!isMapping(value)) return { story: text(value, path, issues) };
  const found = readWords(value, path, issues);
  if (found && typeof found["story"] !== "string")
    issues.push({ path: `${path}.story`, message: "is missing" });
  return found;
};

const named: Read = (value, path, issues) => {
  const row = mapping({ name: text, entries: listOf(entry) })(value, path, issues);
  for (const field of row ? ["name", "entries"] : [])
    if (row?.[field] === undefined)
      issues.push({ path: `${path}.${field}`, message: "is missing" });
  return row;
};

const readPlacement = mapping({ lead: entry, pinned: listOf(entry), rows: listOf(named) });

/** Reads the front page as front.yaml has it. */
export function readFrontFile(
  value: unknown,
  path: string,
  issues: Issue[],
): FrontFile | undefined {
  const found = readPlacement(value, path, issues);
  if (!found) return undefined;
  const { lead = null, pinned = [], rows = [] } = found as Partial<FrontFile>;
  return { lead, pinned, rows };
}

/** Every entry of a front page, with its path in the file. */
export function entriesOfFile({ lead, pinned, rows }: FrontFile): [string, FrontEntry][] {
  return [
    ...(lead ? [["lead", lead] as [string, FrontEntry]] : []),
    ...pinned.map((one, index): [string, FrontEntry] => [`pinned.${index}`, one]),
    ...rows.flatMap(({ entries }, row) =>
      entries.map((one, index): [string, FrontEntry] => [`rows.${row}.entries.${index}`, one]),
    ),
  ];
}

/** Finds the files of the pictures that entries have of their own; false when one of them is not there. */
export async function locatePictures(
  front: FrontFile,
  files: PictureFiles,
  issues: FileIssue[],
): Promise<boolean> {
  const before = issues.length;
  for (const [path, one] of entriesOfFile(front)) {
    const src = one.hero?.["src"];
    if (typeof src !== "string" || !isLocal(src)) continue;
    const found = await files.locate(src, "front.yaml");
    if (found.ok) one.picture = found.value;
    else issues.push({ file: "front.yaml", field: `${path}.hero`, reason: found.reason });
  }
  return issues.length === before;
}
