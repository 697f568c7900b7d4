import * as z from "zod";
import { STATUSES } from "../domain/article.ts";
import { isTimeZone } from "../domain/calendar.ts";
import { FOCAL_POINTS, showsSomething } from "../domain/hero.ts";
import { canonicalPath, RESERVED, SLUG, SLUG_LENGTH } from "../domain/paths.ts";
import type { Issue } from "../domain/problem.ts";
import { ROLES } from "../domain/role.ts";
import { logo, theme } from "./theme.ts";

// What editors may send. The OpenAPI document is made of the same schemas, so descriptions here are read by people.

/** The most stories in one bulk import. */
const IMPORT_LIMIT = 100;

/** What was sent: the fields that are right by themselves, and what is wrong with the others. */
export interface Input<T> {
  fields: Partial<T>;
  issues: Issue[];
}

/** Checks a body against a schema and keeps every right field, so that all problems can be told at once. */
export function readInput<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  body: unknown,
): Input<z.output<z.ZodObject<Shape>>> {
  const whole = schema.safeParse(body, { error: wanted });
  if (whole.success) return { fields: whole.data, issues: [] };
  return { fields: rightFields(schema, body), issues: issuesOf(whole.error) };
}

function rightFields<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, body: unknown) {
  const fields: Record<string, unknown> = {};
  if (typeof body === "object" && body !== null && !Array.isArray(body)) {
    for (const [name, field] of Object.entries(schema.shape)) {
      const value = (body as Record<string, unknown>)[name];
      const parsed = z.safeParse(field, value);
      if (parsed.success && parsed.data !== undefined) fields[name] = parsed.data;
    }
  }
  return fields as Partial<z.output<z.ZodObject<Shape>>>;
}

/** What an editor is told of a value of the wrong type or size; every other check says it in its own words. */
export function wanted(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_value":
      return `Must be one of ${issue.values.map(String).join(", ")}.`;
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1
        ? "Must not be empty."
        : `Must be at least ${String(issue.minimum)}.`;
    case "too_big":
      return `Must be at most ${String(issue.maximum)}${issue.origin === "string" ? " characters" : ""}.`;
    case "invalid_type":
      return issue.input === undefined
        ? "Is missing."
        : `Must be ${KINDS[issue.expected] ?? issue.expected}, got ${kindOf(issue.input)}.`;
    default:
      return undefined;
  }
}

const KINDS: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "number" ? String(value) : (KINDS[typeof value] ?? typeof value);
}

/** The most issues that one schema tells of: who sends more mistakes than that is not reading them. */
const ISSUES_TOLD = 100;

/** Zod's issues as the API tells them: one for each place, paths joined by dots. */
export function issuesOf(error: z.ZodError): Issue[] {
  const issues = error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys")
      return [{ path: path.join("."), message: issue.message }];
    return issue.keys.map((key) => ({
      path: [...path, key].join("."),
      message: "There is no such field.",
    }));
  });
  return issues.slice(0, ISSUES_TOLD);
}

/** Puts the issues of a part under the part's own path; "" is the whole. */
export function under(part: string, issues: Issue[]): Issue[] {
  return issues.map(({ path, message }) => ({
    path: [part, path].filter(Boolean).join("."),
    message,
  }));
}

const slug = z
  .string()
  .min(1, "Must not be empty.")
  .max(SLUG_LENGTH, `Must be at most ${SLUG_LENGTH} characters.`)
  .regex(SLUG, "Must be lower-case letters a to z, digits and single hyphens, like city-hall.");

const sectionSlug = slug.refine((value) => !RESERVED.has(value), {
  error: (issue) => `"${String(issue.input)}" is a page of the site itself; choose another slug.`,
});

/** Nothing that cannot be seen or that turns what follows around: controls, lone surrogates, bidi overrides, non-characters. */
const PRINTABLE = /^[^\p{Cc}\p{Cs}\u2028-\u202e\ufdd0-\ufdef\ufffe\uffff]*$/u;

/** The same with line breaks and tabs. */
const PRINTABLE_LINES = /^(?:[^\p{Cc}\p{Cs}\u202d\u202e\ufffe\uffff]|[\n\r\t])*$/u;

/** A line of plain text that shows something. */
function line(longest: number) {
  return z
    .string()
    .trim()
    .min(1, "Must not be empty.")
    .max(longest, `Must be at most ${longest} characters.`)
    .regex(PRINTABLE, "Must be one line of text without control characters.")
    .refine((value) => value === "" || showsSomething(value), "Must show something.");
}

function text(longest: number) {
  return z
    .string()
    .trim()
    .min(1, "Must not be empty; send null for none.")
    .max(longest, `Must be at most ${longest} characters.`)
    .regex(PRINTABLE_LINES, "Must be text without control characters.")
    .refine((value) => value === "" || showsSomething(value), "Must show something.");
}

/** The earliest publication time: `place` pads a positive number. */
const EPOCH = "Must be 1970-01-01T00:00:00Z or later.";

const time = z.iso
  .datetime({
    offset: true,
    error: "Must be an RFC 3339 time with a zone, like 2026-11-23T08:00:00Z.",
  })
  .transform((value) => Date.parse(value))
  .refine((value) => value >= 0, EPOCH);

/** A language, with its script and region if need be (BCP 47). Extensions say nothing that a page could show. */
const language = z
  .string()
  .regex(
    /^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?$/i,
    "Must be a BCP 47 language tag, like en, pt-BR or zh-Hant.",
  )
  .transform((tag) => Intl.getCanonicalLocales(tag)[0] ?? tag);

const webAddress = z
  .string()
  .max(2000, "Must be at most 2000 characters.")
  .regex(PRINTABLE, "Must not have control characters.")
  .refine(isWebAddress, "Must be an absolute http or https URL.");

function isWebAddress(value: string): boolean {
  return (
    URL.canParse(value) &&
    /^https?:\/\/[^\s"'<>\\]+$/i.test(value) &&
    new URL(value).username === ""
  );
}

const PATH_WANTED =
  "Must be a canonical path on this site, like /city/harbour-bridge: lower case, no trailing slash, no query; not /.";

/** A path as requests have it: what is not ASCII is percent-encoded (RFC 3986 section 2.1), or no reader would get there. */
const sitePath = z
  .string()
  .max(1000, "Must be at most 1000 characters.")
  .refine(
    (value) => /^\/[^?#\s\\\p{Cc}\p{Cs}]+$/u.test(value) && !/\/\.{1,2}(\/|$)/.test(value),
    PATH_WANTED,
  )
  .transform(percentEncoded)
  .refine((value) => canonicalPath(value) === value, PATH_WANTED);

function percentEncoded(value: string): string {
  return value.replace(/[^\x21-\x7e]/gu, (character) =>
    /\p{Cs}/u.test(character) ? "" : encodeURIComponent(character),
  );
}

/** What can be told of a picture, in the library and in a story. */
const notes = {
  alt: text(1000)
    .nullable()
    .optional()
    .meta({ description: "What the picture shows, for who cannot see it." }),
  decorative: z
    .boolean()
    .optional()
    .meta({ description: "True when the picture tells nothing the text does not." }),
  caption: text(1000).nullable().optional(),
  credit: line(200).nullable().optional(),
  focalPoint: z
    .enum(FOCAL_POINTS)
    .optional()
    .meta({ description: "Where its subject is, so that a crop keeps it." }),
};

/** The body of `PATCH /media/{hash}`. */
export const pictureNotes = z.strictObject(notes);

/** Fields beside a picture are text: what is empty is left out. */
function sentAsText<T extends z.ZodType>(field: T) {
  return z.preprocess((value) => (value === "" ? undefined : value), field);
}

/** The fields beside a picture in `POST /media`. */
export const pictureUpload = z.strictObject({
  name: sentAsText(z.string().max(4000).optional()).meta({
    description: "The file's name, of which its address is made; a form's file brings its own.",
  }),
  alt: sentAsText(notes.alt),
  decorative: sentAsText(
    z
      .enum(["true", "false"])
      .transform((value) => value === "true")
      .optional(),
  ).meta({ description: "true when the picture tells nothing the text does not." }),
  caption: sentAsText(notes.caption),
  credit: sentAsText(notes.credit),
  focalPoint: sentAsText(notes.focalPoint),
});

const hero = z
  .strictObject({
    src: z
      .string()
      .max(2000, "Must be at most 2000 characters.")
      .regex(PRINTABLE, "Must not have control characters.")
      .refine(
        (value) =>
          /^\/(?!\/)[^\s"'<>\\]*$/.test(value) ||
          (isWebAddress(value) && value.startsWith("https://")),
        "Must be a path on this site or an https URL.",
      ),
    ...notes,
    width: z
      .int()
      .min(1)
      .max(20_000)
      .nullable()
      .optional()
      .meta({ description: "In pixels; of a picture of the library, read from its bytes." }),
    height: z.int().min(1).max(20_000).nullable().optional(),
  })
  .meta({
    description:
      "The picture that opens the story. Needs alt or decorative before it can be published. What is left out of a picture of the library is as the library says.",
  });

function slugList(longest: number) {
  return z
    .array(slug)
    .max(longest, `Must be at most ${longest}.`)
    .refine((slugs) => new Set(slugs).size === slugs.length, "Must not name one twice.");
}

/** The fields of a story that an editor writes. */
const story = {
  title: line(300),
  slug: slug.meta({ description: "Defaults to the title's." }),
  standfirst: text(1000).nullable(),
  body: z
    .string()
    .regex(/^[^\0\p{Cs}]*$/u, "Must not have NUL or lone surrogates.")
    .meta({ description: "Markdown (CommonMark and GFM), at most 512 KiB." }),
  section: slug.meta({ description: "The slug of a section that exists." }),
  tags: slugList(30).meta({ description: "Slugs; a tag is made on first use." }),
  authors: slugList(20).meta({
    description: "Slugs of authors that exist, in the order of the byline.",
  }),
  hero: hero.nullable(),
  language: language.nullable().meta({ description: "BCP 47; null means the site's." }),
  canonicalUrl: webAddress
    .nullable()
    .meta({ description: "Where the story first appeared, if elsewhere." }),
  translationOf: z
    .string()
    .max(100)
    .nullable()
    .meta({ description: "The id of the story this one translates." }),
  corrections: z
    .array(
      z.strictObject({
        text: text(2000),
        at: time.optional().meta({ description: "Defaults to now." }),
      }),
    )
    .max(50, "Must be at most 50."),
  seo: z.strictObject({
    title: line(300).nullable().default(null),
    description: line(500).nullable().default(null),
  }),
  publishedAt: time
    .nullable()
    .meta({ description: "A dateline of your own; null means the first publication." }),
  updatedAt: time
    .nullable()
    .meta({ description: "An update time of your own; null means the last material change." }),
  expiresAt: time.nullable().meta({ description: "When the story is withdrawn by itself." }),
  material: z
    .boolean()
    .meta({ description: "False leaves updatedAt as it is: the change is not worth telling." }),
};

const anyOfStory = z.object(story).partial();
const { title, section, ...optional } = {
  ...anyOfStory.shape,
  title: story.title,
  section: story.section,
};
// A story that is new has not changed yet.
const { material: _material, ...newborn } = optional;

/** The body of `POST /articles`. */
export const newArticle = z.strictObject({
  title,
  section,
  ...newborn,
  status: z
    .enum(["draft", "published", "scheduled"])
    .optional()
    .meta({ description: "Defaults to draft." }),
  scheduledFor: time.optional().meta({ description: "When a scheduled story goes out." }),
});

/** The body of `PATCH /articles/{id}`. */
export const articlePatch = z.strictObject({
  ...anyOfStory.shape,
  status: z
    .literal(
      "published",
      'Must be "published", which publishes what this call saves; other states have calls of their own.',
    )
    .optional(),
});

export const publication = z.strictObject({
  material: z.boolean().optional().meta({ description: "False leaves updatedAt as it is." }),
});

export const timetable = z.strictObject({
  scheduledFor: time.nullable().meta({ description: "Null takes the story out of the schedule." }),
});

const importKey = z
  .string()
  .regex(/^[A-Za-z0-9._~/-]{1,200}$/, "Must be 1 to 200 of A-Z a-z 0-9 . _ ~ / -.");

export const importSource = z
  .string()
  .regex(/^[a-z0-9-]{1,50}$/, "Must be 1 to 50 of a-z 0-9 -, like wordpress.");

/** One imported story, whole: what is left out is empty. */
export const importedStory = z.strictObject({
  title,
  section,
  ...optional,
  status: z
    .enum(["published", "draft"])
    .optional()
    .meta({ description: "Defaults to published. Draft takes a published story back." }),
  redirectFrom: z
    .array(sitePath)
    .max(50)
    .optional()
    .meta({ description: "Former paths that lead to the story." }),
});

export const importedItem = z.strictObject({ key: importKey, ...importedStory.shape });

/** The body of `POST /imports`, without its items, each of which is read on its own. */
export const bulkImport = z.strictObject({
  source: importSource,
  items: z
    .array(z.unknown())
    .min(1, "Must have at least one story.")
    .max(IMPORT_LIMIT, `Must be at most ${IMPORT_LIMIT} stories.`),
});

/** The same with its items, for the documentation. */
export const bulkImportDocument = z.strictObject({
  source: importSource,
  items: z.array(importedItem).max(IMPORT_LIMIT),
});

/** The query of both kinds of import. */
export const importManner = z.strictObject({
  check: z
    .enum(["true", "false"])
    .default("false")
    .transform((value) => value === "true")
    .meta({ description: "true writes nothing, and answers what an import would do." }),
});

const storyId = z.string().min(1).max(100);

export const placement = z.strictObject({
  lead: storyId.nullable().default(null),
  pinned: z
    .array(storyId)
    .max(12, "Must be at most 12.")
    .refine((ids) => new Set(ids).size === ids.length, "Must not name one twice.")
    .default([]),
});

const author = {
  name: line(120),
  role: line(120).nullable().default(null),
  bio: text(4000).nullable().default(null),
};
export const authorFields = z.strictObject(author);
export const newAuthor = z.strictObject({ slug, ...author });

const sectionShape = {
  name: line(60),
  description: text(1000).nullable().default(null),
  position: z
    .int()
    .min(0)
    .max(10_000)
    .default(0)
    .meta({ description: "Sections stand in this order, then by slug." }),
};
export const sectionFields = z.strictObject(sectionShape);
export const newSection = z.strictObject({ slug: sectionSlug, ...sectionShape });
export const sectionName = sectionSlug;

const tag = { name: line(80), description: text(1000).nullable().default(null) };
export const tagFields = z.strictObject(tag);
export const newTag = z.strictObject({ slug, ...tag });
export const anySlug = slug;

/** Where a redirect leads, as a Location header can say it. */
const target = z
  .string()
  .max(2000, "Must be at most 2000 characters.")
  .refine(
    (value) => /^\/(?!\/)[^\s\\\p{Cc}\p{Cs}]*$/u.test(value) || isWebAddress(value),
    "Must be a path on this site or an absolute http or https URL.",
  )
  .transform((value) => (value.startsWith("/") ? percentEncoded(value) : new URL(value).href));

export const redirectFields = z.strictObject({
  from: sitePath.meta({ description: "A canonical path; for kind prefix, everything below it." }),
  kind: z
    .enum(["exact", "prefix", "gone"])
    .default("exact")
    .meta({ description: "gone answers 410: legally removed, for good." }),
  to: target.nullable().default(null).meta({ description: "Where it leads; null for gone." }),
});

export const settingsPatch = z.strictObject({
  title: line(100).optional(),
  tagline: line(200).nullable().optional(),
  description: line(500).nullable().optional(),
  language: language.optional(),
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, "Must be an IANA time zone, like Europe/Lisbon.")
    .optional(),
  publisher: line(120).nullable().optional(),
  theme: theme.nullable().optional().meta({ description: "How the paper looks; replaced whole." }),
  logo: logo.nullable().optional(),
});

export const newKey = z.strictObject({
  name: line(100).meta({ description: "Whose key it is, so that you know which to revoke." }),
  role: z.enum(ROLES),
  author: slug.optional().meta({ description: "Binds the key to one author's stories." }),
});

export const removal = z.strictObject({
  force: z
    .enum(["true", "false"])
    .default("false")
    .transform((value) => value === "true")
    .meta({ description: "true takes a picture down although stories show it." }),
});

const limit = z
  .string()
  .regex(/^\d+$/, "Must be a whole number.")
  .transform(Number)
  .pipe(z.int().min(1).max(100))
  .default(20);
const cursor = z.string().max(2000).optional();

export const listQuery = z.strictObject({ limit, cursor });

export const articleQuery = z.strictObject({
  limit,
  cursor,
  status: z.enum(STATUSES).optional(),
  section: slug.optional(),
  tag: slug.optional(),
  author: slug.optional(),
  q: z.string().trim().min(1).max(100).optional().meta({ description: "Words in the headline." }),
});

export const purge = z.strictObject({
  tags: z.array(z.string()).max(100).optional().meta({
    description: "Cache tags, as Cache-Tag names them: story:…, list:section:city:1, site.",
  }),
  paths: z.array(z.string().max(2000)).max(100).optional().meta({
    description: "Paths of pages, also of those that are not there.",
  }),
  everything: z.boolean().optional(),
});

export const auditFilter = z.strictObject({
  limit,
  cursor,
  subject: z
    .string()
    .max(200)
    .optional()
    .meta({ description: "For example article:<id> or section:<slug>." }),
});

export type PictureUpload = z.output<typeof pictureUpload>;
export type PictureNotesPatch = z.output<typeof pictureNotes>;
export type NewArticle = z.output<typeof newArticle>;
export type ArticlePatch = z.output<typeof articlePatch>;
export type ImportedStory = z.output<typeof importedStory>;
export type Placement = z.output<typeof placement>;
export type SettingsPatch = z.output<typeof settingsPatch>;
export type StoryFields = z.output<typeof anyOfStory>;
