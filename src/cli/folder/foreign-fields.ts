import { canonicalPath, percentEncoded } from "../../domain/paths.ts";
import { slugify } from "./spelling.ts";
import type { Issue } from "../../domain/problem.ts";
import { isMapping } from "./fields.ts";
import { bare, NESTED, PARTS, standingOf, THEIRS, OURS } from "./names.ts";
import type { Ours, Part } from "./names.ts";

/** How a folder is to be read, beyond what its files say. */
export interface Reading {
  /** The section of files that name none: its slug or its name. */
  section: string | null;
  /** Whether the first folder on the way to a file is its section, when it names none. */
  sectionFromFolder: boolean;
  /** The author of files that name none. */
  author: string | null;
  language: string | null;
  /** The form of the addresses that stories had: `/:year/:month/:day/:slug`. */
  former: string | null;
  /** Which of their names holds which of ours. */
  map: [Ours | Part, string][];
  /** Names to pass over. */
  ignore: string[];
  ignoreUnknown: boolean;
  /** The folder in which addresses such as /images/gate.jpg begin, beside the folder itself. */
  pictures: string | null;
  /** Whether a picture without alt text is decorative. */
  decorative: boolean;
  /** Whether a story goes out without the pictures that cannot be read. */
  skipPictures: boolean;
}

/** A folder that is read as it is written: our own. */
export const AS_WRITTEN: Reading = {
  section: null,
  sectionFromFolder: false,
  author: null,
  language: null,
  former: null,
  map: [],
  ignore: [],
  ignoreUnknown: false,
  pictures: null,
  decorative: false,
  skipPictures: false,
};

/** Front matter under our names; the values are still as they were written. */
export interface Translated {
  fields: Partial<Record<Ours, unknown>>;
  parts: Partial<Record<Part, unknown>>;
  /** What the file calls a field, by our name. */
  names: Map<string, string>;
}

interface Given {
  /** As it is written, `extra.image` for what stands in a mapping. */
  name: string;
  leaf: string;
  value: unknown;
  nested: boolean;
  taken: boolean;
}

/** Finds our fields in front matter of whatever origin; adds names that nobody knows to `issues`. */
export function translate(
  fields: Record<string, unknown>,
  reading: Reading,
  issues: Issue[],
): Translated {
  const ignored = new Set(reading.ignore.map(bare));
  const given = flatten(fields).filter(
    ({ name, leaf }) => !ignored.has(bare(name)) && !ignored.has(leaf),
  );
  const found: Translated = { fields: {}, parts: {}, names: new Map() };
  for (const [ours, theirs] of reading.map) take(found, ours, mapped(given, theirs));
  for (const ours of [...OURS, ...PARTS]) {
    if (found.names.has(ours)) continue;
    take(found, ours, lookUp(given, ours));
  }
  takeOtherCategories(found);
  takeDraft(found, given);
  takeAddress(found, given);
  issues.push(...given.flatMap((one) => strangeness(one, reading)));
  return found;
}

function flatten(fields: Record<string, unknown>): Given[] {
  const own = Object.entries(fields).map(([name, value]) => givenOf(name, name, value, false));
  const nested = own.flatMap(({ name, leaf, value }) =>
    NESTED.includes(leaf) && isMapping(value)
      ? Object.entries(value).map(([inner, held]) => givenOf(`${name}.${inner}`, inner, held, true))
      : [],
  );
  return [...own.filter(({ leaf }) => !NESTED.includes(leaf)), ...nested];
}

function givenOf(name: string, leaf: string, value: unknown, nested: boolean): Given {
  return { name, leaf: bare(leaf), value, nested, taken: false };
}

function mapped(given: Given[], theirs: string): Given | undefined {
  const found = given.find(({ name }) => bare(name) === bare(theirs));
  if (found) {
    found.taken = true;
    return isEmpty(found.value) ? undefined : found;
  }
  const [outer = "", ...inner] = theirs.split(".");
  const held = given.find(({ name }) => bare(name) === bare(outer));
  if (!held || inner.length === 0) return undefined;
  const value = inner.reduce<unknown>(
    (value, name) => (isMapping(value) ? value[name] : undefined),
    held.value,
  );
  held.taken = true;
  return value === undefined || isEmpty(value) ? undefined : { ...held, name: theirs, value };
}

function lookUp(given: Given[], ours: Ours | Part): Given | undefined {
  for (const name of [ours, ...(THEIRS[ours] ?? [])]) {
    const found = given.find((one) => one.leaf === bare(name) && !one.taken && !isEmpty(one.value));
    // `hero: true` and `published: false` say something else than which picture, and when.
    if (found && asFlag(found.value) === null) return found;
  }
  return undefined;
}

function take(found: Translated, ours: Ours | Part, given: Given | undefined): void {
  if (!given) return;
  given.taken = true;
  found.names.set(ours, given.name);
  if (ours.includes(".")) found.parts[ours as Part] = given.value;
  else found.fields[ours as Ours] = given.value;
}

/** A story has one section: where a file has several categories, the others are tags. */
function takeOtherCategories({ fields, names }: Translated): void {
  const several = /^categor/i.test(names.get("section") ?? "");
  if (!several && !Array.isArray(fields.section)) return;
  const [section, ...others] = listed(fields.section);
  fields.section = section;
  if (others.length === 0) return;
  fields.tags = [...listed(fields.tags), ...others];
  if (!names.has("tags")) names.set("tags", names.get("section") ?? "section");
}

/** A list as it is, or a text taken apart at its commas. */
export function listed(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.filter((one) => !isEmpty(one));
  if (typeof value !== "string") return isEmpty(value) ? [] : [value];
  return value
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
}

/** Of several things said about it, the one that hides the story counts. */
function takeDraft({ fields, names }: Translated, given: Given[]): void {
  for (const { leaf, name, value, taken } of given) {
    const flag = taken ? null : asFlag(value);
    const hides =
      leaf === "draft"
        ? flag === true
        : /^publish(?:ed)?$|^permalink$/.test(leaf) && flag === false;
    if (!hides) continue;
    fields.status = "draft";
    names.set("status", name);
  }
}

/** Where the story used to be: its last part makes the slug, and the whole leads here. */
function takeAddress(found: Translated, given: Given[]): void {
  const { fields, names } = found;
  const former = ["permalink", "url", "path", "link"].flatMap((name) => {
    const one = given.find(({ leaf, taken }) => leaf === name && !taken);
    return one && typeof one.value === "string" ? [{ ...one, value: one.value }] : [];
  });
  const slug = fields.slug;
  if (typeof slug === "string" && slug.includes("/"))
    former.unshift({ ...givenOf("slug", "slug", slug, false), value: slug });
  const paths = former.map(({ value }) => formerPath(value)).filter((path) => path !== null);
  if (paths.length > 0) fields.redirectFrom = [...listed(fields.redirectFrom), ...paths];
  const first = former.find(({ value }) => formerPath(value) !== null);
  if (!first) return;
  const last = slugOf(formerPath(first.value) ?? "");
  if ((slug === undefined || first.leaf === "slug") && last !== "") {
    fields.slug = last;
    names.set("slug", first.name);
  }
  const [, date] = /(?:^|\/)(\d{4}[-/]\d{1,2}[-/]\d{1,2})(?:[-/]|$)/.exec(first.value) ?? [];
  if (fields.date !== undefined || date === undefined) return;
  fields.date = date.replaceAll("/", "-");
  names.set("date", first.name);
}

/** A slug of ours from one of theirs, which may be a path, have capitals, or end in .html. */
export function slugOf(written: string): string {
  const [last = ""] = written
    .replace(/\/(?:index\.html?)?$/, "")
    .split("/")
    .slice(-1);
  return slugify(decoded(last).replace(/\.html?$/i, ""));
}

/** The address that a story had by the form of its site's addresses, or null when a part of it is not known. */
export function addressByForm(
  form: string,
  parts: Record<string, string | undefined>,
): string | null {
  const names = [...form.matchAll(/:([a-z]+)/g)].map(([, name = ""]) => name);
  if (names.some((name) => !parts[name])) return null;
  return formerPath(form.replace(/:([a-z]+)/g, (_, name: string) => parts[name] ?? ""));
}

/** The parts that the form of an address may have. */
export const ADDRESS_PARTS = ["year", "month", "day", "slug", "section", "path"];

/** A path of ours from an address of theirs, or null for a pattern such as /:year/:title, which is none. */
export function formerPath(written: string): string | null {
  const address = written.trim();
  const path = /^https?:\/\//i.test(address) ? (URL.parse(address)?.pathname ?? "") : address;
  const bare = `/${path}`.replace(/[?#].*$/, "").replace(/\/index\.html?$/i, "/");
  if (/\/:|\{/.test(bare)) return null;
  const canonical = canonicalPath(percentEncoded(bare));
  return canonical === "/" ? null : canonical;
}

function strangeness({ name, leaf, value, nested, taken }: Given, reading: Reading): Issue[] {
  if (taken) return [];
  const standing = standingOf(leaf);
  if (standing.is === "guarded" && !isEmpty(value) && asFlag(value) !== false) {
    const message = `says who may read the story, or when, and press cannot keep that; take it out, or pass --ignore ${name} to publish all the same`;
    return [{ path: name, message }];
  }
  // In a mapping of their own, others may call things as they like.
  if (nested) return [];
  if (standing.is === "close") {
    const message = `is not known here; if ${standing.to} is meant, write that, or pass --map ${standing.to}=${name} or --ignore ${name}`;
    return [{ path: name, message }];
  }
  if (standing.is !== "unknown" || reading.ignoreUnknown) return [];
  const message = `is not known here; known are ${OURS.join(", ")}; --ignore ${name} passes over it, --ignore-unknown over all such names`;
  return [{ path: name, message }];
}

/** Whether a value says yes or no, or null when it says anything else. */
export function asFlag(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return null;
  if (/^(?:true|yes|on)$/i.test(value)) return true;
  return /^(?:false|no|off)$/i.test(value) ? false : null;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
