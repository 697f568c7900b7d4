import path from "node:path";
import type { Issue } from "../../domain/problem.ts";
import type { Edit } from "./body-pictures.ts";
import { isMapping } from "./fields.ts";
import { datedPath, defaultSection, isOfPages, keyOf, withoutEnding } from "./file-names.ts";
import { addressByForm, listed, translate } from "./foreign-fields.ts";
import type { Reading } from "./foreign-fields.ts";
import { NO_FRONT_MATTER, splitFrontMatter } from "./front-matter.ts";
import type { SplitFile } from "./front-matter.ts";
import { withAddresses } from "./template-addresses.ts";
import { withoutCode } from "./markdown-code.ts";
import { bare } from "./names.ts";
import type { Ours, Part } from "./names.ts";
import { STORY, tagSlug } from "./shapes.ts";
import { findUses } from "./story-pictures.ts";
import type { Library, PictureUse } from "./story-pictures.ts";
import { readText } from "./text-file.ts";

/** A story as its file tells it: `fields` are the API's own, but for names of sections and authors and addresses of pictures. */
export interface StoryFile {
  /** The path below the folder without `.md`, in characters that the API takes. */
  key: string;
  file: string;
  fields: Record<string, unknown>;
  /** The key of the story that this one translates, and of those that it leads on to. */
  translationOf: string | null;
  related: string[];
  /** What the file calls a field, by our name. */
  names: ReadonlyMap<string, string>;
  /** The line of the file on which the body begins. */
  bodyLine: number;
  /** Whether the slug was taken from a former address, which had a date to tell it from others. */
  borrowedSlug: boolean;
  pictures: { uses: PictureUse[]; edits: Edit[] };
}

/** Reads a story; what is wrong goes to `issues`, what was not read as it is written to `notes`. */
export async function readStory(
  root: string,
  file: string,
  library: Library,
  told: { issues: Issue[]; notes: string[] },
): Promise<StoryFile | null> {
  const { reading } = library;
  const issues: Issue[] = [];
  const written = await readText(path.join(root, file), issues);
  const page = written === null ? null : splitFrontMatter(written, issues);
  const found = page && findFields(page, file, reading, issues);
  if (!page || !found) {
    told.issues.push(...issues);
    return null;
  }
  const { fields, names, body } = found;
  const hero = fields["hero"];
  const story = { file, body, written: page.body, bodyLine: page.bodyLine, hero };
  const pictures = await findUses(story, library);
  if (pictures.heroLost) delete fields["hero"];
  else if (reading.decorative) describeHero(hero, pictures.uses);
  for (const { path, message } of pictures.issues)
    issues.push({ path: names.get(path) ?? path, message });
  tellOfTemplates(page.body, page.bodyLine, found.notes);
  const key = keyOf(file);
  if (key.length > KEY_LENGTH) issues.push({ path: "", message: KEY_TOO_LONG });
  told.issues.push(...issues.filter(isOfConcern(reading)));
  told.notes.push(...page.notes, ...found.notes, ...pictures.notes);
  const { translationOf, related, ...own } = fields;
  return {
    key,
    file,
    fields: { ...inApi(own), body },
    translationOf: typeof translationOf === "string" ? translationOf : null,
    related: Array.isArray(related) ? related.filter((one) => typeof one === "string") : [],
    names,
    bodyLine: page.bodyLine + found.cutLines,
    borrowedSlug: found.borrowedSlug,
    pictures,
  };
}

/** The longest key that the API takes. */
const KEY_LENGTH = 200;
const KEY_TOO_LONG = `must have a path of at most ${KEY_LENGTH} characters, since that is its key`;

/** What is wrong with a name that is passed over is nobody's concern. */
function isOfConcern({ ignore }: Reading): (issue: Issue) => boolean {
  const ignored = new Set(ignore.map(bare));
  return ({ path }) => path === "" || !ignored.has(bare(path));
}

interface Found {
  fields: Record<string, unknown>;
  names: Map<string, string>;
  borrowedSlug: boolean;
  body: string;
  /** How many lines above the body its headline took. */
  cutLines: number;
  notes: string[];
}

function findFields(
  page: SplitFile,
  file: string,
  reading: Reading,
  issues: Issue[],
): Found | null {
  const notes: string[] = [];
  const given = translate(page.fields ?? {}, reading, issues);
  const body = withAddresses(page.body);
  const heading =
    given.fields.title === undefined ? /^# +(.+?)(?: +#+)? *(?:\n+|$)/.exec(body) : null;
  const section = given.fields.section ?? defaultSection(file, reading);
  const isPage = section === null && isOfPages(file);
  // A file that says nothing of itself is a story only for who says where it belongs.
  if (page.fields === null && (heading === null || (section === null && !isPage))) {
    issues.push({
      path: "",
      message: `${NO_FRONT_MATTER}; without one it must begin with a headline, # so, and --section must say where it belongs`,
    });
    return null;
  }
  const dated = datedPath(file);
  const raw = {
    ...(heading ? { title: heading[1] } : {}),
    ...saidByPath(file, dated),
    ...(reading.language === null ? {} : { language: reading.language }),
    ...(reading.author === null ? {} : { authors: [reading.author] }),
    ...given.fields,
    ...(section === null ? {} : { section }),
  };
  const fields = shape(raw, given.names, { issues, notes });
  addParts(fields, given.parts);
  addFormerAddress(fields, { file, slug: dated.slug }, reading);
  expire(fields, notes);
  if (isPage) {
    issues.push(...strangeTo(fields, given.names));
    fields["form"] = "page";
  }
  for (const name of isPage ? ["title"] : ["title", "section"])
    if (fields[name] === undefined) issues.push({ path: name, message: MISSING[name] ?? "" });
  const written = given.fields.slug !== undefined;
  return {
    fields,
    names: given.names,
    borrowedSlug: written ? given.names.get("slug") !== "slug" : dated.date !== null,
    notes,
    body: body.slice(heading?.[0].length ?? 0),
    cutLines: (heading?.[0].split("\n").length ?? 1) - 1,
  };
}

/** What only a story has. */
const OF_STORIES: readonly Ours[] = [
  "tags",
  "authors",
  "date",
  "updated",
  "translationOf",
  "corrections",
];

function strangeTo(fields: Record<string, unknown>, names: ReadonlyMap<string, string>): Issue[] {
  return OF_STORIES.filter((name) => fields[name] !== undefined).map((name) => {
    const message = "is no field of a page; a story says its section";
    return { path: names.get(name) ?? name, message };
  });
}

const MISSING: Record<string, string> = {
  title: "is missing",
  section: "is missing; --section says where such stories belong",
};

function saidByPath(file: string, { date, slug }: { date: string | null; slug: string }) {
  return {
    ...(date === null ? {} : { date, slug }),
    ...(/(?:^|\/)_drafts\//.test(file) ? { status: "draft" } : {}),
  };
}

/** Makes of each value what the API wants of it. */
function shape(
  raw: Record<string, unknown>,
  names: ReadonlyMap<string, string>,
  { issues, notes }: { issues: Issue[]; notes: string[] },
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(STORY)) {
    const value = name === "tags" ? tagsWithSlugs(raw[name], notes) : raw[name];
    if (value === undefined || value === null || value === "") continue;
    const shaped = read(value, names.get(name) ?? name, issues);
    if (shaped !== undefined) fields[name] = shaped;
  }
  return fields;
}

/** A tag is an address: one in letters that no address has is told, and left out. */
function tagsWithSlugs(written: unknown, notes: string[]): unknown[] | undefined {
  if (written === undefined) return undefined;
  const tags = listed(written).filter((tag) => {
    const kept = isMapping(tag) || tagSlug(tag) !== "";
    if (!kept) notes.push(`the tag "${String(tag)}" has neither letters nor digits; left out`);
    return kept;
  });
  const over = tags.slice(MOST_TAGS);
  if (over.length > 0)
    notes.push(`a story has at most ${MOST_TAGS} tags; left out: ${over.map(String).join(", ")}`);
  return tags.slice(0, MOST_TAGS);
}

/** The most tags that the API takes. */
const MOST_TAGS = 30;

/** What another generator would have filled in. */
const TEMPLATE = /\{%[^]*?%\}|\{\{[^]*?\}\}/g;

function tellOfTemplates(body: string, bodyLine: number, notes: string[]): void {
  const tags = [...withoutCode(body).matchAll(TEMPLATE)];
  if (tags.length === 0) return;
  const line = bodyLine + body.slice(0, tags[0]?.index).split("\n").length - 1;
  const many = tags.length === 1 ? "a template tag" : `${tags.length} template tags`;
  notes.push(
    `line ${line}: has ${many}, which readers see as ${tags.length === 1 ? "it stands" : "they stand"}`,
  );
}

/** Leads the address that the story had, by the form that --former gives, to the story. */
function addFormerAddress(
  fields: Record<string, unknown>,
  { file, slug }: { file: string; slug: string },
  { former }: Reading,
): void {
  if (former === null) return;
  const { date, section, redirectFrom } = fields;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(textOf(date)) ?? [];
  const path = withoutEnding(file);
  const last = slug || textOf(fields["slug"]) || path.replace(/^.*\//, "");
  const address = addressByForm(former, {
    year,
    month,
    day,
    slug: last.replace(/^.*\//, ""),
    section: textOf(section),
    path,
  });
  const others = Array.isArray(redirectFrom) ? redirectFrom : [];
  if (address !== null) fields["redirectFrom"] = [...new Set([...others, address])];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Says the parts of a picture or of the search result that stand beside it: `image` and `image_alt`. */
function addParts(fields: Record<string, unknown>, parts: Partial<Record<Part, unknown>>): void {
  for (const [name, value] of Object.entries(parts)) {
    const [field = "", part = ""] = name.split(".");
    const held = fields[field];
    // Without a picture there is nothing to describe; a search result may have a title of its own at any time.
    if (typeof value !== "string" || (!isMapping(held) && field === "hero")) continue;
    fields[field] = { [part]: value, ...(isMapping(held) ? held : {}) };
  }
}

/** A story that has expired is one that readers do not get: a draft. */
function expire(fields: Record<string, unknown>, notes: string[]): void {
  const { expires } = fields;
  if (typeof expires !== "string" || Date.parse(expires) > Date.now()) return;
  delete fields["expires"];
  fields["status"] = "draft";
  notes.push(`expired on ${expires.slice(0, 10)} and is a draft now`);
}

function describeHero(hero: unknown, uses: PictureUse[]): void {
  const use = uses.find(({ field }) => field === "hero");
  if (!isMapping(hero) || "alt" in hero || "decorative" in hero || use?.described) return;
  hero["decorative"] = true;
  if (use) use.described = true;
}

/** The API has names of its own for three fields. */
function inApi(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [IN_API[name] ?? name, value]),
  );
}

const IN_API: Record<string, string> = {
  date: "publishedAt",
  updated: "updatedAt",
  expires: "expiresAt",
};

/** The name that a field of the API has in a story's front matter. */
export function fieldInFile(path: string, names: ReadonlyMap<string, string>): string {
  const [first = "", ...rest] = path.split(".");
  const ours = Object.keys(IN_API).find((name) => IN_API[name] === first) ?? first;
  return [names.get(ours) ?? ours, ...rest].join(".");
}
