import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Issue } from "../../domain/problem.ts";
import { flag, isMapping, mapping, text, whole } from "./fields.ts";
import type { Read } from "./fields.ts";
import { AS_WRITTEN } from "./foreign-fields.ts";
import type { Reading } from "./foreign-fields.ts";
import { locatePictures, readFrontFile } from "./front-file.ts";
import type { FrontFile } from "./front-file.ts";
import { parseYaml } from "./front-matter.ts";
import { isLocal, PictureFiles } from "./picture-files.ts";
import type { PictureFile } from "./picture-files.ts";
import { readPictureNotes } from "./picture-notes.ts";
import type { PictureNotes } from "./picture-notes.ts";
import { Refusal } from "../refusal.ts";
import type { FileIssue, FileNote } from "./findings.ts";
import { readRedirects, type RedirectLine } from "./redirects-file.ts";
import { separateSlugs } from "./slugs.ts";
import { readStory } from "./story-file.ts";
import type { StoryFile } from "./story-file.ts";
import type { Library } from "./story-pictures.ts";
import { readText } from "./text-file.ts";

/** A section, an author or a tag: its slug and the fields that the API takes. */
export interface Entry {
  slug: string;
  fields: Record<string, unknown>;
}

/** A folder of stories, read but not yet sent. Files with issues are not among the stories. */
export interface Folder {
  settings: Record<string, unknown> | null;
  /** The file of the paper's logo, when settings.yaml names one of the folder's. */
  logo: PictureFile | null;
  sections: Entry[];
  authors: Entry[];
  tags: Entry[];
  front: FrontFile | null;
  redirects: RedirectLine[];
  /** What pictures.yaml tells of the folder's pictures, by their paths below it. */
  pictures: Map<string, PictureNotes>;
  stories: StoryFile[];
  issues: FileIssue[];
  notes: FileNote[];
}

/** Reads every Markdown file below `root`, and `settings`, `sections`, `authors`, `tags`, `pictures` and `front.yaml` and `redirects.csv` in it. */
export async function readFolder(root: string, reading: Reading = AS_WRITTEN): Promise<Folder> {
  const known = await stat(root).catch(() => null);
  if (!known?.isDirectory()) throw new Refusal(`Cannot publish ${root}: there is no such folder.`);
  const issues: FileIssue[] = [];
  const files = new PictureFiles(root, reading.pictures);
  const pictures = (await readYaml(root, "pictures.yaml", readPictureNotes, issues)) ?? new Map();
  const { stories, notes } = await readStories(root, { files, notes: pictures, reading }, issues);
  const front = await readYaml(root, "front.yaml", readFrontFile, issues);
  const isWhole = front !== null && (await locatePictures(front, files, issues));
  const settings = await readYaml(root, "settings.yaml", mapping(SETTINGS), issues);
  const logo = settings && (await takeLogo(settings, files, issues));
  return {
    settings,
    logo,
    sections: await readEntries(root, "sections.yaml", SECTION, issues),
    authors: await readEntries(root, "authors.yaml", AUTHOR, issues),
    tags: await readEntries(root, "tags.yaml", TAG, issues),
    front: isWhole ? front : null,
    redirects: await readRedirects(root, issues),
    pictures,
    stories,
    issues,
    notes,
  };
}

async function readStories(
  root: string,
  library: Library,
  issues: FileIssue[],
): Promise<{ stories: StoryFile[]; notes: FileNote[] }> {
  const { files, left: notes } = await listStories(root);
  const stories: StoryFile[] = [];
  for (const file of files) {
    const told = { issues: [] as Issue[], notes: [] as string[] };
    const story = await readStory(root, file, library, told);
    issues.push(...told.issues.map((issue) => inFile(file, issue)));
    notes.push(...told.notes.map((note) => ({ file, note })));
    if (story && told.issues.length === 0) stories.push(story);
  }
  const shared = sharedKeys(stories);
  issues.push(...shared);
  const refused = new Set(shared.map(({ file }) => file));
  const kept = stories.filter(({ file }) => !refused.has(file));
  notes.push(...separateSlugs(kept));
  return { stories: kept, notes };
}

/** Takes the logo out of the settings when it is a file of the folder: its address is not known yet. */
async function takeLogo(
  settings: Record<string, unknown>,
  files: PictureFiles,
  issues: FileIssue[],
): Promise<PictureFile | null> {
  const { logo } = settings;
  const src: unknown = isMapping(logo) ? logo["src"] : logo;
  if (typeof src !== "string") return null;
  if (!isLocal(src)) {
    settings["logo"] = { src };
    return null;
  }
  delete settings["logo"];
  const found = await files.locate(src, "settings.yaml");
  if (found.ok) return found.value;
  issues.push({ file: "settings.yaml", field: "logo", reason: found.reason });
  return null;
}

const SECTION = { name: text, description: text, listed: flag };

const AUTHOR = { name: text, role: text, bio: text, links: whole };
const TAG = { name: text, description: text, series: flag };

const SETTINGS = {
  title: text,
  tagline: text,
  description: text,
  language: text,
  timeZone: text,
  publisher: text,
  // Of names and colours: the API knows which, and says so.
  theme: whole,
  logo: whole,
  social: whole,
  policies: whole,
  prefetch: flag,
  cardFont: text,
  // Of the files that crawlers and others ask for.
  contentSignals: whole,
  robots: text,
  security: whole,
  adsTxt: text,
  appAdsTxt: text,
  trustTxt: text,
  humansTxt: text,
  menu: whole,
  footer: whole,
};

/** Stories in Markdown in a stable order, so that the same folder makes the same requests. */
async function listStories(root: string): Promise<{ files: string[]; left: FileNote[] }> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  const all = found
    .filter((entry) => entry.isFile() && /\.(?:md|markdown|mdx)$/.test(entry.name))
    .map((entry) =>
      path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"),
    )
    .filter((file) => !/(^|\/)(\.|node_modules\/)/.test(file))
    .sort();
  const left = all.flatMap((file) => {
    const why = LEFT_OUT.find(([name]) => name.test(file))?.[1];
    return why === undefined ? [] : [{ file, note: why }];
  });
  const out = new Set(left.map(({ file }) => file));
  return { files: all.filter((file) => !out.has(file)), left };
}

const LEFT_OUT: [RegExp, string][] = [
  [/\.mdx$/, "left out: MDX is a program, not a text"],
  [/(?:^|\/)_index\.(?:md|markdown)$/, "left out: it is the page of a folder, not a story"],
  [
    /(?:^|\/)(?:README|LICEN[CS]E|CONTRIBUTING|CODE_OF_CONDUCT|CHANGELOG)\.(?:md|markdown)$/i,
    "left out: it is about the folder, not a story",
  ],
];

/** Two files of which one would overwrite the other. */
function sharedKeys(stories: StoryFile[]): FileIssue[] {
  const first = new Map<string, string>();
  return stories.flatMap(({ key, file }) => {
    const other = first.get(key);
    if (other === undefined) first.set(key, file);
    if (other === undefined) return [];
    return [{ file, field: "", reason: `would be the same story as ${other}: rename one of them` }];
  });
}

async function readEntries(
  root: string,
  file: string,
  shape: Record<string, Read>,
  issues: FileIssue[],
): Promise<Entry[]> {
  return (await readYaml(root, file, entries(shape), issues)) ?? [];
}

async function readYaml<T>(
  root: string,
  file: string,
  read: (value: unknown, path: string, issues: Issue[]) => T | undefined,
  issues: FileIssue[],
): Promise<T | null> {
  const found: Issue[] = [];
  const written = await readText(path.join(root, file), found);
  const parsed = written === null ? undefined : parseYaml(written, found);
  const value = parsed === undefined || parsed === null ? undefined : read(parsed, "", found);
  issues.push(...found.map((issue) => inFile(file, issue)));
  return found.length > 0 ? null : (value ?? null);
}

/** Reads entries in their order: a mapping of slugs, or a list in which each names its slug. */
function entries(
  shape: Record<string, Read>,
): (value: unknown, path: string, issues: Issue[]) => Entry[] {
  const readFields = mapping(shape);
  const readListed = mapping({ slug: text, ...shape });
  return (value, _path, issues) => {
    if (isMapping(value)) {
      return Object.entries(value).map(([slug, given]) => ({
        slug,
        fields: readFields(given, slug, issues) ?? {},
      }));
    }
    const listed: unknown[] = Array.isArray(value) ? value : [value];
    return listed.map((given, index) => {
      const { slug, ...fields } = readListed(given, String(index), issues) ?? {};
      if (typeof slug !== "string") issues.push({ path: `${index}.slug`, message: "is missing" });
      return { slug: String(slug), fields };
    });
  };
}

function inFile(file: string, issue: Issue): FileIssue {
  return { file, field: issue.path, reason: issue.message };
}
