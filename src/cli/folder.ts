import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Issue } from "../domain/problem.ts";
import { flag, isMapping, listOf, mapping, moment, number, text } from "./fields.ts";
import type { Read } from "./fields.ts";
import { parseYaml, splitFrontMatter } from "./front-matter.ts";
import { Refusal } from "./refusal.ts";

/** What is wrong with a file: `field` is where in it (`hero.alt`), or "" for the file as a whole. */
export interface FileIssue {
  file: string;
  field: string;
  reason: string;
}

/** A story as its file tells it: `key` is the path below the folder without `.md`, `fields` are the API's own. */
export interface StoryFile {
  key: string;
  file: string;
  fields: Record<string, unknown>;
  /** The key of the story that this one translates. */
  translationOf: string | null;
}

/** A section or an author: its slug and the fields that the API takes. */
export interface Entry {
  slug: string;
  fields: Record<string, unknown>;
}

/** A folder of stories, read but not yet sent. Files with issues are not among the stories. */
export interface Folder {
  settings: Record<string, unknown> | null;
  sections: Entry[];
  authors: Entry[];
  front: { lead: string | null; pinned: string[] } | null;
  stories: StoryFile[];
  issues: FileIssue[];
}

/** Reads every Markdown file below `root`, and `settings`, `sections`, `authors` and `front.yaml` in it. */
export async function readFolder(root: string): Promise<Folder> {
  const known = await stat(root).catch(() => null);
  if (!known?.isDirectory()) throw new Refusal(`Cannot publish ${root}: there is no such folder.`);
  const issues: FileIssue[] = [];
  const stories: StoryFile[] = [];
  for (const file of await listMarkdown(root)) {
    const story = await readStory(root, file, issues);
    if (story) stories.push(story);
  }
  const front = await readYaml(
    root,
    "front.yaml",
    mapping({ lead: text, pinned: listOf(text) }),
    issues,
  );
  return {
    settings: await readYaml(root, "settings.yaml", mapping(SETTINGS), issues),
    sections:
      (await readYaml(root, "sections.yaml", entries({ name: text, description: text }), issues)) ??
      [],
    authors:
      (await readYaml(
        root,
        "authors.yaml",
        entries({ name: text, role: text, bio: text }),
        issues,
      )) ?? [],
    front: front && {
      lead: (front["lead"] as string | undefined) ?? null,
      pinned: (front["pinned"] as string[] | undefined) ?? [],
    },
    stories,
    issues,
  };
}

const SETTINGS = {
  title: text,
  tagline: text,
  description: text,
  language: text,
  timeZone: text,
  publisher: text,
};

const readHero = mapping({
  src: text,
  alt: text,
  decorative: flag,
  caption: text,
  credit: text,
  width: number,
  height: number,
  focalPoint: text,
});

/** The front matter of a story. `date` and `updated` are the API's publishedAt and updatedAt. */
const readStoryFields = mapping({
  title: text,
  slug: text,
  standfirst: text,
  section: text,
  tags: listOf(text),
  authors: listOf(text),
  date: moment,
  updated: moment,
  status: text,
  hero: readHero,
  language: text,
  canonicalUrl: text,
  translationOf: text,
  corrections: listOf(mapping({ text, at: moment })),
  redirectFrom: listOf(text),
  seo: mapping({ title: text, description: text }),
});

/** The characters and the length that the API takes for an importer's key. */
const KEY = /^[A-Za-z0-9._~/-]{1,200}$/;

/** Every `.md` below the folder in a stable order, so that the same folder makes the same requests. */
async function listMarkdown(root: string): Promise<string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) =>
      path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"),
    )
    .filter((file) => !/(^|\/)(\.|node_modules\/)/.test(file))
    .sort();
}

async function readStory(
  root: string,
  file: string,
  issues: FileIssue[],
): Promise<StoryFile | null> {
  const found: Issue[] = [];
  const key = file.slice(0, -".md".length);
  if (!KEY.test(key))
    found.push({
      path: "",
      message: "must be called by letters, digits, . _ ~ - and / only, in at most 200 characters",
    });
  const written = await readText(path.join(root, file), found);
  const page = written === null ? null : splitFrontMatter(written, found);
  const fields = page && readStoryFields(page.fields, "", found);
  if (found.length > 0) issues.push(...found.map((issue) => inFile(file, issue)));
  if (!page || !fields || found.length > 0) return null;
  const { date, updated, translationOf, ...same } = fields;
  return {
    key,
    file,
    fields: {
      ...same,
      body: page.body,
      ...(date === undefined ? {} : { publishedAt: date }),
      ...(updated === undefined ? {} : { updatedAt: updated }),
    },
    translationOf: (translationOf as string | undefined) ?? null,
  };
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

/** The file's text, or null when there is no such file or it is not text. */
async function readText(file: string, issues: Issue[]): Promise<string | null> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof TypeError) {
      issues.push({ path: "", message: "is not UTF-8 text" });
      return null;
    }
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function inFile(file: string, issue: Issue): FileIssue {
  return { file, field: issue.path, reason: issue.message };
}
